// Kinds of values. Each is a function that makes a fresh one, so that both libraries start from the same state.

class Point {
  constructor(x) {
    this.x = x;
  }
}
class Derived extends Point {}
class CustomError extends Error {}
class Tagged {
  get [Symbol.toStringTag]() {
    return 'Tagged';
  }
}
class ArrayChild extends Array {}
class MapChild extends Map {}

const shared = Symbol.for('shared');
const unshared = Symbol('unshared');
const named = function named() {};
const plainArrow = (() => () => 1)();

const cyclicObject = () => {
  const object = { a: 1 };
  object.self = object;
  return object;
};
const cyclicPair = () => {
  const one = { name: 'one' };
  const two = { name: 'two', one };
  one.two = two;
  return one;
};
const cyclicArray = () => {
  const list = [1];
  list.push(list);
  return list;
};
const cyclicMap = () => {
  const map = new Map([['a', 1]]);
  map.set('self', map);
  return map;
};
const argumentsOf = (...list) =>
  (function collect() {
    return arguments;
  })(...list);

export const kinds = {
  undefined: () => undefined,
  null: () => null,
  true: () => true,
  false: () => false,
  zero: () => 0,
  negativeZero: () => -0,
  one: () => 1,
  two: () => 2,
  fraction: () => 0.1 + 0.2,
  huge: () => 1e21,
  NaN: () => NaN,
  infinity: () => Infinity,
  negativeInfinity: () => -Infinity,
  bigint: () => 12n,
  longBigint: () => 10n ** 60n,
  emptyText: () => '',
  letter: () => 'a',
  text: () => 'hello',
  quoted: () => `it's "quoted" \\ and\n\ttabbed\u0000\u200b`,
  longText: () => 'The quick brown fox jumps over the lazy dog, twice.',
  placeholders: () => '#{this} #{act} #{exp}',
  emoji: () => '\u{1f600}'.repeat(25),
  symbol: () => shared,
  plainSymbol: () => unshared,
  emptySymbol: () => Symbol.iterator,
  arrow: () => plainArrow,
  named: () => named,
  longNamed: () => Object.defineProperty(() => 1, 'name', { value: 'aVeryLongFunctionNameThatNeverSeemsToComeToAnEnd' }),
  asyncFunction: () => async function later() {},
  generatorFunction: () => function* steps() {},
  class: () => Point,
  errorClass: () => TypeError,
  emptyObject: () => ({}),
  object: () => ({ a: 1 }),
  sameShape: () => ({ a: 1, b: { c: [1, 2, { d: 'deep' }] } }),
  otherShape: () => ({ a: 1, b: { c: [1, 2, { d: 'other' }] } }),
  express: () => ({ express: '^4.14.0', 'body-parser': '1.15.2', name: 'fcc-learn-npm', version: '0.0.1' }),
  wide: () => Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`key${i}`, i])),
  oddKeys: () => ({ "it's": 1, 'a-b': 2, '': 3, 7: 4, $d: 5 }),
  symbolKey: () => ({ [shared]: 1, a: 2 }),
  otherSymbolKey: () => ({ [unshared]: 1, a: 2 }),
  undefinedProperty: () => ({ a: undefined }),
  nanProperty: () => ({ a: NaN }),
  negativeZeroProperty: () => ({ a: -0 }),
  getter: () => ({
    get a() {
      return 1;
    },
  }),
  throwingGetter: () => ({
    get a() {
      throw new Error('the getter threw');
    },
  }),
  hidden: () => Object.defineProperty({}, 'a', { value: 1 }),
  inherited: () => Object.create({ a: 1 }),
  nullPrototype: () => Object.create(null),
  nullPrototypeFilled: () => Object.assign(Object.create(null), { a: 1 }),
  frozen: () => Object.freeze({ a: 1 }),
  sealed: () => Object.seal({ a: 1 }),
  inextensible: () => Object.preventExtensions({ a: 1 }),
  frozenArray: () => Object.freeze([1, 2]),
  constructorKey: () => ({ constructor: 'x', a: 1 }),
  lengthKey: () => ({ length: 2, size: 3 }),
  sizeKey: () => ({ message: 'hello', name: 'x' }),
  customInspect: () => ({ inspect: () => 'shown my way' }),
  taggedObject: () => ({ [Symbol.toStringTag]: 'Tag', a: 1 }),
  taggedAsyncFunction: () => ({ [Symbol.toStringTag]: 'AsyncFunction' }),
  taggedInstance: () => new Tagged(),
  instance: () => new Point(1),
  derived: () => new Derived(1),
  anonymousInstance: () => new (class {})(),
  proxy: () => new Proxy({ a: 1 }, {}),
  emptyArray: () => [],
  array: () => [1, 2],
  reversed: () => [2, 1],
  withNaN: () => [NaN, -0],
  holes: () => [1, , 2],
  nestedArray: () => [[1], { a: 1 }, 'hello'],
  objects: () => [{ a: 1 }, { b: 2 }],
  longArray: () => Array.from({ length: 100 }, (_, i) => i),
  arrayWithKey: () => Object.assign([1, 2], { extra: 'x' }),
  arrayChild: () => ArrayChild.from([1, 2]),
  arguments: () => argumentsOf(1, 2),
  noArguments: () => argumentsOf(),
  bytes: () => new Uint8Array([1, 2]),
  signedBytes: () => new Int8Array([1, 2]),
  manyBytes: () => new Uint8Array(100),
  floats: () => new Float64Array([1.5, NaN, -0]),
  bigints: () => new BigInt64Array([1n]),
  buffer: () => new ArrayBuffer(2),
  view: () => new DataView(new ArrayBuffer(2)),
  date: () => new Date(1_000_000_000_000),
  earlierDate: () => new Date(0),
  invalidDate: () => new Date(NaN),
  regexp: () => /hello/gi,
  slashes: () => /a\/b[/]/u,
  emptyMap: () => new Map(),
  smallMap: () => new Map([['a', 1]]),
  map: () =>
    new Map([
      ['a', 1],
      ['b', { c: 1 }],
    ]),
  shuffledMap: () =>
    new Map([
      ['b', { c: 1 }],
      ['a', 1],
    ]),
  objectKeyMap: () => new Map([[{ a: 1 }, 1]]),
  mapChild: () => new MapChild([[1, 2]]),
  emptySet: () => new Set(),
  set: () => new Set([1, 2]),
  shuffledSet: () => new Set([2, 1]),
  objectSet: () => new Set([{ a: 1 }]),
  bigSet: () => new Set(Array.from({ length: 60 }, (_, i) => i)),
  weakMap: () => new WeakMap(),
  weakSet: () => new WeakSet(),
  weakRef: () => new WeakRef(named),
  error: () => new Error('boom'),
  typeError: () => new TypeError('boom'),
  customError: () => new CustomError('boom'),
  codedError: () => Object.assign(new Error('boom'), { code: 'E_BOOM' }),
  longError: () => new Error('something went wrong in a place that is hard to find'),
  promise: () => Promise.resolve(1),
  generator: () =>
    (function* count() {
      yield 1;
      yield 2;
    })(),
  iterator: () => [1, 2][Symbol.iterator](),
  iterable: () => ({
    *[Symbol.iterator]() {
      yield 1;
    },
  }),
  boxedText: () => new String('hello'),
  boxedNumber: () => new Number(1),
  boxedNaN: () => new Number(NaN),
  boxedBoolean: () => new Boolean(false),
  boxedSymbol: () => Object(shared),
  boxedBigint: () => Object(12n),
  cyclicObject,
  cyclicPair,
  cyclicArray,
  cyclicMap,
  deep: () => ({ a: { b: { c: { d: { e: { f: { g: { h: 1 } } } } } } } }),
  veryDeep: () => Array.from({ length: 200 }).reduce((inner) => [inner], []),
  global: () => globalThis,
  math: () => Math,
  json: () => JSON,
};

/** Random nested values: a maker that gives the same value whenever it is called. */
export const randomMaker = (random, depth = 3) => {
  const leaves = ['null', 'true', 'zero', 'one', 'NaN', 'letter', 'text', 'longText', 'date', 'regexp', 'undefined', 'bigint', 'symbol'];
  const pick = (list) => list[random(list.length)];
  if (depth === 0 || random(4) === 0) return kinds[pick(leaves)];
  const parts = Array.from({ length: random(5) }, () => randomMaker(random, depth - 1));
  const names = parts.map((_, i) => pick(['a', 'b', 'c', 'd-e', 'length', 'name']) + (random(3) ? '' : i));
  switch (random(6)) {
    case 0:
      return () => new Map(parts.map((make, i) => [names[i], make()]));
    case 1:
      return () => new Set(parts.map((make) => make()));
    case 2:
      return () => Object.assign(new Point(1), Object.fromEntries(parts.map((make, i) => [names[i], make()])));
    case 3:
    case 4:
      return () => parts.map((make) => make());
    default:
      return () => Object.fromEntries(parts.map((make, i) => [names[i], make()]));
  }
};

/** A maker of nearly the same value, for comparisons that fail late. */
export const variantOf = (make, random) => {
  const at = random(100);
  return () => {
    const value = make();
    if (Array.isArray(value) && value.length > 0) {
      return value.map((item, i) => (i === at % value.length ? 'changed' : item));
    }
    const isPlain = value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype;
    return isPlain ? { ...value, changed: true } : [value];
  };
};
