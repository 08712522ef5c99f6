import { AssertionError } from './assertion-error.js';
const fail = (method, message, actual, expected) => { throw Object.assign(new AssertionError(message), { method, actual, expected, showDiff: true }); };
export function assert(held, message) { if (!held) fail('assert', message ?? 'Unspecified AssertionError', held, true); }
assert.equal = (a, b, message) => { if (a != b) fail('equal', `${message ? message + ': ' : ''}expected '${String(a)}' to equal '${String(b)}'`, a, b); };
assert.isTrue = (a, message) => { if (a !== true) fail('isTrue', `expected ${String(a)} to be true`, a, true); };
assert.match = (a, re) => { if (!re.test(a)) fail('match', `expected '${a}' to match ${re}`, a, re); };
export { AssertionError };
