// Redefines the built-ins one at a time and makes assertions that fail: none may pass because of it.

import { assert, complete } from '../../src/sandbox/prelude/assert/front.js';
import { assert as library, AssertionError, facts } from '../../src/sandbox/prelude/assert/index.js';

// As before the first code that might meddle.
complete(Object.keys(library));

const one = { a: 1, b: [1, { c: 'x' }] };
const other = { a: 1, b: [1, { c: 'y' }] };
const boom = () => {
  throw new TypeError('boom');
};
const quiet = () => {};
const counter = { count: 1 };
// Made now: a redefined `add` would leave them empty.
const set1 = new Set([1]);
const set12 = new Set([1, 2]);
const set13 = new Set([1, 3]);
const map12 = new Map([[1, 2]]);
const map13 = new Map([[1, 3]]);
const mapOfObject = new Map([[{ a: 1 }, 1]]);

/** Calls that fail in an honest realm, over all groups of methods. */
const failing = [
  () => assert(false),
  () => assert(0, 'zero'),
  () => assert.fail(),
  () => assert.equal('a', 'b'),
  () => assert.strictEqual(1, 2),
  () => assert.deepEqual(one, other),
  () => assert.deepEqual([1, 2], [2, 1]),
  () => assert.deepEqual(map12, map13),
  () => assert.deepEqual(set12, set13),
  () => assert.deepEqual(new Date(1), new Date(2)),
  () => assert.deepEqual(/a/, /b/),
  () => assert.deepEqual(new Error('a'), new Error('b')),
  () => assert.deepEqual(new Uint8Array([1]), new Uint8Array([2])),
  () => assert.deepEqual(new DataView(new ArrayBuffer(1)), new DataView(new ArrayBuffer(2))),
  () => assert.deepEqual(new String('a'), new String('b')),
  () => assert.deepEqual(new Number(1), new Number(2)),
  () => assert.deepEqual(Promise.prototype, {}),
  () => assert.notDeepEqual(one, { ...one }),
  () => assert.isTrue(false),
  () => assert.isNull({}),
  () => assert.isDefined(undefined),
  () => assert.exists(null),
  () => assert.isNaN(1),
  () => assert.isFinite(Infinity),
  () => assert.isAbove(1, 2),
  () => assert.isBelow(2, 1),
  () => assert.isAtLeast(1, 2),
  () => assert.typeOf('text', 'number'),
  () => assert.isArray({}),
  () => assert.isObject([]),
  () => assert.isString(5),
  () => assert.isFunction({}),
  () => assert.notInstanceOf(one, Object),
  () => assert.include('hello', 'x'),
  () => assert.include([1, 2], 3),
  () => assert.include(one, { a: 2 }),
  () => assert.include(set1, 2),
  () => assert.include(map12, 3),
  () => assert.notInclude('hello', 'ell'),
  () => assert.notInclude([1, 2], 1),
  () => assert.notInclude(one, { a: 1 }),
  () => assert.deepInclude([one], other),
  () => assert.deepInclude(one, { b: other.b }),
  () => assert.nestedInclude(one, { 'b[1].c': 'y' }),
  () => assert.match('hello', /x/),
  () => assert.match('hello', /^x(?<name>.)$/u, 'a message'),
  () => assert.notMatch('hello', /ell/),
  () => assert.property(one, 'x'),
  () => assert.notProperty(one, 'a'),
  () => assert.propertyVal(one, 'a', 2),
  () => assert.nestedProperty(one, 'b[1].x'),
  () => assert.nestedPropertyVal(one, 'b[1].c', 'y'),
  () => assert.deepPropertyVal(one, 'b', other.b),
  () => assert.ownProperty(one, 'toString'),
  () => assert.lengthOf([1], 2),
  () => assert.lengthOf('ab', 3),
  () => assert.lengthOf(set1, 2),
  () => assert.hasAllKeys(one, ['a']),
  () => assert.hasAnyKeys(one, ['x', 'y']),
  () => assert.containsAllKeys(one, { a: 1, x: 2 }),
  () => assert.doesNotHaveAnyKeys(one, 'a'),
  () => assert.hasAllDeepKeys(mapOfObject, [{ a: 2 }]),
  () => assert.throws(quiet),
  () => assert.throws(boom, RangeError),
  () => assert.throws(boom, /x/),
  () => assert.throws(boom, 'other'),
  () => assert.doesNotThrow(boom),
  () => assert.operator(1, '>', 2),
  () => assert.closeTo(1, 2, 0.5),
  () => assert.sameMembers([1, 2], [1, 3]),
  () => assert.sameDeepMembers([one], [other]),
  () => assert.sameOrderedMembers([1, 2], [2, 1]),
  () => assert.includeMembers([1, 2], [3]),
  () => assert.notIncludeMembers([1, 2], [2]),
  () => assert.oneOf(1, [2, 3]),
  () => assert.changes(quiet, counter, 'count'),
  () => assert.increases(quiet, counter, 'count'),
  () => assert.ifError(new Error('given')),
  () => assert.isFrozen({}),
  () => assert.isSealed({}),
  () => assert.isNotExtensible({}),
  () => assert.isEmpty([1]),
  () => assert.isEmpty('x'),
  () => assert.isEmpty(one),
  () => assert.isEmpty(set1),
  () => assert.isNotEmpty([]),
];

const typedArray = Object.getPrototypeOf(Uint8Array);
const targets = { Object, Function, Array, String, Number, Boolean, Symbol, BigInt, RegExp, Date, Map, Set, WeakMap, WeakSet };
Object.assign(targets, { Promise, Error, TypeError, RangeError, JSON, Reflect, Proxy, Uint8Array, typedArray, ArrayBuffer, DataView });
const objects = Object.entries(targets).flatMap(([name, target]) =>
  target.prototype ? [[name, target], [`${name}.prototype`, target.prototype]] : [[name, target]],
);
objects.push(['array iterator', Object.getPrototypeOf([][Symbol.iterator]())]);
objects.push(['map iterator', Object.getPrototypeOf(new Map().entries())]);
objects.push(['set iterator', Object.getPrototypeOf(new Set().values())]);

const behaviours = [
  ['returns true', () => true],
  ['returns nothing', () => undefined],
];

/** Each sabotage is done by `redefine(target, key, descriptor)` alone, so that it can be undone. */
const sabotages = [];
for (const [name, target] of objects) {
  for (const key of Reflect.ownKeys(target)) {
    // Nothing asks a date for its parts.
    if (name === 'Date.prototype' && /^(get|set|to.*String$)/.test(String(key))) continue;
    const { configurable, writable, value, get } = Object.getOwnPropertyDescriptor(target, key);
    const label = `${name}.${String(key)}`;
    for (const [does, behave] of behaviours) {
      if (typeof value === 'function' && (configurable || writable)) sabotages.push([`${label} ${does}`, target, key, { value: behave }]);
      else if (get && configurable) sabotages.push([`${label} ${does}`, target, key, { get: behave }]);
    }
    if (key === Symbol.toStringTag && configurable) {
      for (const tag of ['String', 'Error', 'Array', 'Map']) sabotages.push([`${label} is ${tag}`, target, key, { value: tag, get: undefined }]);
    }
  }
}
const added = [0, 1, 2, 'length', 'get', 'set', 'value', 'writable', 'enumerable', 'message', 'negated', 'deep', 'own', 'nested'];
added.push('exists', 'numeric', 'partial', 'pattern', 'text', 'toJSON', 'then', 'index', 'done', 'next', 'String', 'null');
for (const key of added) {
  for (const [name, target] of [['Object.prototype', Object.prototype], ['Array.prototype', Array.prototype]]) {
    if (name === 'Array.prototype' && key === 'length') continue;
    sabotages.push([`${name}.${key} is true`, target, key, { value: true, writable: true, configurable: true }]);
    sabotages.push([`${name}.${key} swallows`, target, key, { get: () => 0, set: () => {}, configurable: true }]);
  }
}
for (const tag of ['String', 'Number', 'Date', 'Error', 'Array', 'Arguments', 'RegExp', 'Map', 'Set', 'Promise', 'ArrayBuffer']) {
  sabotages.push([`Object.prototype tagged ${tag}`, Object.prototype, Symbol.toStringTag, { value: tag, configurable: true }]);
}
for (const target of [Error, RegExp, TypeError, AssertionError]) {
  for (const answer of [true, false]) {
    sabotages.push([`${target.name} has any instance: ${answer}`, target, Symbol.hasInstance, { value: () => answer, configurable: true }]);
  }
}

const { defineProperty, deleteProperty, getOwnPropertyDescriptor } = Reflect;

// From here to the end of this function nothing may rely on what is being redefined.
const failsUnder = (target, key, descriptor, results) => {
  const before = getOwnPropertyDescriptor(target, key);
  if (!defineProperty(target, key, descriptor)) return false;
  for (let i = 0; i < failing.length; i += 1) {
    let threw = false;
    try {
      failing[i]();
    } catch (error) {
      threw = true;
    }
    results[i] = threw;
  }
  if (before === undefined) deleteProperty(target, key);
  else defineProperty(target, key, before);
  return true;
};

let passed = 0;
let failed = 0;
const judge = (holds, text) => {
  if (holds) passed += 1;
  else {
    failed += 1;
    if (failed <= 30) console.log(`FAILED: ${text}`);
  }
};

for (const run of failing) {
  let error;
  try {
    run();
  } catch (thrown) {
    error = thrown;
  }
  const isOurs = error instanceof AssertionError && facts(error)?.method !== undefined;
  judge(isOurs || error?.message === 'given', `${run} does not fail as it should`);
}
// Stacks cost more than all the rest.
Error.stackTraceLimit = 0;
let redefined = 0;
for (const [label, target, key, descriptor] of sabotages) {
  const results = failing.map(() => true);
  const full = { ...getOwnPropertyDescriptor(target, key), ...descriptor };
  if ('get' in descriptor && descriptor.get) {
    delete full.value;
    delete full.writable;
  } else if ('value' in descriptor) {
    delete full.get;
    delete full.set;
  }
  if (!failsUnder(target, key, full, results)) continue;
  redefined += 1;
  // A tag on all objects renames them, for chai too; what an answer's JSON holds must still be told apart.
  const renames = label.startsWith('Object.prototype tagged');
  const relies = (run) => renames && /new |isArray|isNotEmpty|notDeepEqual/.test(run);
  results.forEach((threw, i) => judge(threw || relies(failing[i]), `passes when ${label}: ${failing[i]}`));
}

const mustThrow = (change) => {
  try {
    change();
    return false;
  } catch {
    return true;
  }
};
judge(mustThrow(() => (assert.equal = quiet)), 'assert.equal can be replaced');
judge(mustThrow(() => (assert.extra = quiet)), 'assert can be extended');
judge(mustThrow(() => (AssertionError.prototype.toJSON = quiet)), 'AssertionError.prototype can be changed');

const nested = (depth) => {
  let value = [];
  for (let i = 0; i < depth; i += 1) value = [value];
  return value;
};
const wideAndDeep = () => {
  let value = [1];
  for (let i = 0; i < 200; i += 1) value = [value, value];
  return value;
};
const errorOf = (run) => {
  try {
    run();
    return undefined;
  } catch (error) {
    return error;
  }
};
judge(errorOf(() => assert.deepEqual(nested(1e5), nested(1e5))) instanceof RangeError, 'depth of comparisons is not bounded');
judge(errorOf(() => assert.isNull(nested(1e5))) instanceof AssertionError, 'depth of messages is not bounded');
judge(errorOf(() => assert.isNull(wideAndDeep())) instanceof AssertionError, 'work on messages is not bounded');
judge(errorOf(() => assert.deepEqual(wideAndDeep(), wideAndDeep())) === undefined, 'shared parts are compared again and again');
judge(errorOf(() => assert.equal('x'.repeat(2e7), 1)) instanceof AssertionError, 'long texts');

console.log(`${failing.length} failing assertions under ${redefined} redefinitions`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
