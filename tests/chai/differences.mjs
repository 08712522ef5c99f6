// Where we differ from chai 4.5.0 on purpose. The test fails on any other difference, and on an entry that is not met.

const ENGINE_TEXTS = /is not a (function|constructor)$|^Cannot read properties of|^Method .* called on incompatible receiver/;

export const differences = [
  {
    name: 'misuse that chai leaves to the engine',
    reason: 'a TypeError in both, in the words of the engine about the line that met the value',
    covers: (call, our, their, fields) =>
      our.kind === 'TypeError' && their.kind === 'TypeError' && fields.join() === 'message' && ENGINE_TEXTS.test(their.message),
  },
  {
    name: 'what the change methods return',
    reason: 'chai hands out the Assertion object that it works with; ours return nothing, as the documentation has it',
    covers: ({ method }, our, their, fields) => /change|crease/i.test(method) && fields.join() === 'returned',
  },
];
