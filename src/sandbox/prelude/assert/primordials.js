// The built-ins that this library uses, taken once while the realm is still ours. Code under test may redefine any of
// them later; that must never turn a failed assertion into a passed one. For the same reason this library uses no array
// iteration (spread, for-of, destructuring), no regular expressions of its own, and builds lists without a prototype.

const { apply, getPrototypeOf, ownKeys } = Reflect;
const { bind, call, toString: functionToString } = Function.prototype;

/** Turns a method into a function that takes its `this` first, with nothing left to look up when it is called. */
const uncurry = bind.bind(call);

const getterOf = (prototype, key) => {
  const { get } = Object.getOwnPropertyDescriptor(prototype, key);
  return uncurry(get);
};

export { apply, getPrototypeOf, ownKeys };

export const {
  create,
  defineProperty,
  freeze,
  getOwnPropertyNames,
  getOwnPropertySymbols,
  is: sameValue,
  isExtensible,
  isFrozen,
  isSealed,
  keys: enumerableKeys,
  setPrototypeOf,
} = Object;

export const ObjectConstructor = Object;
export const objectPrototype = Object.prototype;
export const objectToString = uncurry(Object.prototype.toString);
export const hasOwn = uncurry(Object.prototype.hasOwnProperty);
export const isEnumerable = uncurry(Object.prototype.propertyIsEnumerable);
export const hasInstance = uncurry(Function.prototype[Symbol.hasInstance]);
export const sourceOfFunction = uncurry(functionToString);

export const isArray = Array.isArray;
export const arrayPrototype = Array.prototype;
export const arraySort = uncurry(Array.prototype.sort);
export const arrayIndexOf = uncurry(Array.prototype.indexOf);

export const toText = String;
export const { fromCharCode } = String;
export const charCodeAt = uncurry(String.prototype.charCodeAt);
export const textIndexOf = uncurry(String.prototype.indexOf);
export const textSlice = uncurry(String.prototype.slice);
export const textTrim = uncurry(String.prototype.trim);
export const toLowerCase = uncurry(String.prototype.toLowerCase);

export const numberIsFinite = Number.isFinite;
export const numberToText = uncurry(Number.prototype.toString);
export const abs = Math.abs;
export const bigintToText = uncurry(BigInt.prototype.toString);

export const { iterator: iteratorSymbol, toStringTag } = Symbol;
export const chaiInspectSymbol = Symbol.for('chai/inspect');
export const symbolDescription = getterOf(Symbol.prototype, 'description');

export const regexpExec = uncurry(RegExp.prototype.exec);
export const regexpSource = getterOf(RegExp.prototype, 'source');
export const regexpFlags = getterOf(RegExp.prototype, 'flags');
/** As `toString` gives it, unless that or what it reads was redefined. */
export const regexpToString = (regexp) => {
  try {
    return '/' + regexpSource(regexp) + '/' + regexpFlags(regexp);
  } catch {
    return toText(regexp);
  }
};
export const RegExpConstructor = RegExp;
export const regexpPrototype = RegExp.prototype;

export const datePrototype = Date.prototype;
export const valueReaders = {
  __proto__: null,
  Boolean: uncurry(Boolean.prototype.valueOf),
  Date: uncurry(Date.prototype.valueOf),
  Number: uncurry(Number.prototype.valueOf),
  String: uncurry(String.prototype.valueOf),
};
export const promisePrototype = Promise.prototype;

export const MapConstructor = Map;
export const mapPrototype = Map.prototype;
export const mapForEach = uncurry(Map.prototype.forEach);
export const mapSize = getterOf(Map.prototype, 'size');

export const setPrototype = Set.prototype;
export const setForEach = uncurry(Set.prototype.forEach);
export const setHas = uncurry(Set.prototype.has);
export const setSize = getterOf(Set.prototype, 'size');

export const WeakMapConstructor = WeakMap;
export const weakMapPrototype = WeakMap.prototype;
export const weakMapGet = uncurry(WeakMap.prototype.get);
export const weakMapSet = uncurry(WeakMap.prototype.set);
export const weakMapHas = uncurry(WeakMap.prototype.has);

export const weakSetPrototype = WeakSet.prototype;
export const weakSetHas = uncurry(WeakSet.prototype.has);

export const dataViewPrototype = DataView.prototype;
export const bufferOfView = getterOf(DataView.prototype, 'buffer');
export const ByteArray = Uint8Array;
export const lengthOfBuffer = getterOf(ArrayBuffer.prototype, 'byteLength');
export const lengthOfTyped = getterOf(getPrototypeOf(Uint8Array.prototype), 'length');

export const mapIteratorPrototype = getPrototypeOf(new Map()[Symbol.iterator]());
export const setIteratorPrototype = getPrototypeOf(new Set()[Symbol.iterator]());
export const arrayIteratorPrototype = getPrototypeOf([][Symbol.iterator]());
export const stringIteratorPrototype = getPrototypeOf(''[Symbol.iterator]());

export const ErrorConstructor = Error;
export const RangeErrorConstructor = RangeError;
export const TypeErrorConstructor = TypeError;
export const globalObject = globalThis;

/** A list that inherits nothing: writing to an index of it can not run a setter somebody put on a prototype. */
export const newList = () => setPrototypeOf([], null);

export const push = (list, item) => {
  list[list.length] = item;
};

/** The elements of a list or array-like as one text. */
export const join = (list, separator) => {
  let text = '';
  for (let i = 0; i < list.length; i += 1) {
    text += i === 0 ? toText(list[i]) : separator + toText(list[i]);
  }
  return text;
};

/** Replaces every `mark` in `text`; the replacement is made when the first one is met. */
export const replaceAll = (text, mark, makeReplacement) => {
  let at = textIndexOf(text, mark);
  if (at === -1) return text;
  const replacement = makeReplacement();
  let result = '';
  let from = 0;
  while (at !== -1) {
    result += textSlice(text, from, at) + replacement;
    from = at + mark.length;
    at = textIndexOf(text, mark, from);
  }
  return result + textSlice(text, from);
};

export const isError = (value) => hasInstance(ErrorConstructor, value);
export const isRegExp = (value) => hasInstance(RegExpConstructor, value);
export const isNil = (value) => value === null || value === undefined;
export const isObject = (value) => (typeof value === 'object' && value !== null) || typeof value === 'function';
