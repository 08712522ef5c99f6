// Makes the same calls on our assert and on npm chai@4.5.0, and compares how they end.

import { createRequire } from 'node:module';
import { inspect } from 'node:util';
import { calls } from './cases.mjs';
import { differences } from './differences.mjs';
import { add, assert as fast } from '../../src/sandbox/prelude/assert/front.js';
import { assert as ours, AssertionError as OurError, facts } from '../../src/sandbox/prelude/assert/index.js';

const require = createRequire(import.meta.url);
const { assert: theirs, AssertionError: TheirError } = require('chai');
const { version } = require('chai/package.json');

const SEED = 20_240_731;
const FEWEST_CALLS = 3000;
const SAME_MESSAGES = 0.99;
const SHOWN = 25;

const generator = (seed) => {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state >>> 8) % limit;
  };
};

/** A value as text, without the stacks of errors. */
const look = (value) => {
  const options = { depth: 6, maxArrayLength: 20, maxStringLength: 200, breakLength: Infinity };
  try {
    return inspect(value, options).replaceAll(/\n\s+at .*/g, '');
  } catch {
    return 'can not be shown';
  }
};

/** What a thrown value holds, as text, and which of the arguments it is. */
const side = (error, key, args) => {
  if (!(key in error)) return 'absent';
  const at = args.findIndex((arg) => Object.is(arg, error[key]));
  if (at !== -1 && typeof error[key] === 'object') return `argument ${at}`;
  return `${at}: ${look(error[key])}`;
};

const outcomeOf = (assert, ErrorClass, { method, make }) => {
  const args = make();
  const run = method === '' ? assert : assert[method];
  try {
    const value = run(...args);
    return { threw: false, returned: value instanceof Error ? String(value) : look(value) };
  } catch (error) {
    if (!(error instanceof ErrorClass)) {
      const isError = error instanceof Error;
      return { threw: true, kind: isError ? error.constructor.name : 'value', message: isError ? error.message : look(error) };
    }
    return {
      threw: true,
      kind: 'AssertionError',
      message: typeof error.message === 'string' ? error.message : look(error.message),
      keys: Object.keys(error).join(),
      actual: side(error, 'actual', args),
      expected: side(error, 'expected', args),
      showDiff: error.showDiff,
      operator: error.operator,
      known: ErrorClass === OurError ? facts(error) : undefined,
    };
  }
};

const FIELDS = ['kind', 'message', 'keys', 'actual', 'expected', 'showDiff', 'operator', 'returned'];

const differing = (our, their) => {
  if (our.threw !== their.threw) return ['threw'];
  return FIELDS.filter((field) => !Object.is(our[field], their[field]));
};

/** Whether the host can tell which method failed. */
const factsHold = (method, { known, kind }) => {
  if (kind !== 'AssertionError') return true;
  const name = known?.method;
  return method === '' ? name === 'assert' : name !== undefined && ours[name] === ours[method];
};

const sameInterface = () => {
  const problems = [];
  const list = (object) => Object.keys(object).sort().join();
  if (list(ours) !== list(theirs)) problems.push('the methods are not the same');
  for (const name of Object.keys(theirs)) {
    if (ours[name]?.length !== theirs[name].length) problems.push(`assert.${name}.length`);
    for (const other of Object.keys(theirs)) {
      if ((theirs[name] === theirs[other]) !== (ours[name] === ours[other])) problems.push(`${name} and ${other}: alias or not`);
    }
  }
  return problems;
};

add(Object.keys(ours));

let passed = 0;
const failures = [];
const counts = new Map(differences.map((difference) => [difference, 0]));
let made = 0;
let failedBoth = 0;
let sameMessage = 0;
let assertionErrors = 0;
let sameAssertionMessage = 0;
let verdicts = 0;
const perMethod = new Map();

for (const each of calls(theirs, generator(SEED))) {
  const our = outcomeOf(ours, OurError, each);
  const their = outcomeOf(theirs, TheirError, each);
  const fields = differing(our, their);
  made += 1;
  perMethod.set(each.method, (perMethod.get(each.method) ?? 0) + 1);
  if (our.threw !== their.threw) verdicts += 1;
  if (our.threw && their.threw) {
    const same = our.message === their.message;
    failedBoth += 1;
    if (same) sameMessage += 1;
    if (their.kind === 'AssertionError') {
      assertionErrors += 1;
      if (same) sameAssertionMessage += 1;
    }
  }
  if (!factsHold(each.method, our)) fields.push('facts');
  // What tests see passes some calls by itself; it must end like the library always.
  const quick = outcomeOf(fast, OurError, each);
  const sameAs = (slow) => differing(quick, slow).length === 0 && quick.known?.method === slow.known?.method;
  // What Node shows of the global object changes as it loads things: ask again before saying that they differ.
  if (!sameAs(our) && !sameAs(outcomeOf(ours, OurError, each))) fields.push('fast path');
  if (fields.length === 0) {
    passed += 1;
    continue;
  }
  const known = fields.includes('threw') || fields.includes('fast path') ? undefined : differences.find((difference) => difference.covers(each, our, their, fields));
  if (known === undefined) failures.push({ each, our, their, fields });
  else {
    passed += 1;
    counts.set(known, counts.get(known) + 1);
  }
}

const expect = (holds, text) => {
  if (holds) passed += 1;
  else failures.push({ text });
};

expect(version === '4.5.0', `the oracle is chai ${version}`);
for (const problem of sameInterface()) expect(false, problem);
expect(made >= FEWEST_CALLS, `only ${made} calls`);
expect(perMethod.size === Object.keys(theirs).length + 1, `only ${perMethod.size} methods were called`);
expect(verdicts === 0, `${verdicts} calls threw in one library only`);
expect(sameMessage / failedBoth >= SAME_MESSAGES, `only ${sameMessage} of ${failedBoth} messages are the same`);
for (const [difference, count] of counts) expect(count > 0, `the difference "${difference.name}" was not met: drop it`);

for (const { each, our, their, fields, text } of failures.slice(0, SHOWN)) {
  if (text) console.log(`FAILED: ${text}`);
  else {
    console.log(`FAILED: assert.${each.method}${each.label}: ${fields.join()}`);
    console.log('  ours  ', look(Object.fromEntries(Object.entries(our).filter(([key]) => key !== 'known'))));
    console.log('  theirs', look(their));
  }
}

const percent = (part, whole) => `${((100 * part) / whole).toFixed(3)} %`;
console.log(`${made} calls of ${perMethod.size} functions; ${verdicts} with another verdict`);
console.log(`${sameMessage} of ${failedBoth} messages the same (${percent(sameMessage, failedBoth)})`);
console.log(`${sameAssertionMessage} of ${assertionErrors} messages of AssertionErrors the same (${percent(sameAssertionMessage, assertionErrors)})`);
console.log('Known differences:');
for (const [{ name, reason }, count] of counts) console.log(`  ${count} x ${name}: ${reason}`);
console.log(`${passed} passed, ${failures.length} failed`);
process.exitCode = failures.length === 0 ? 0 : 1;
