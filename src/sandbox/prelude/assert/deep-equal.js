// chai's idea of deep equality: same kind, same contents; NaN equals NaN, and 0 does not equal -0.

import {
  arraySort,
  bufferOfView,
  ByteArray,
  getOwnPropertySymbols,
  isEnumerable,
  isArray,
  isError,
  isObject,
  isRegExp,
  iteratorSymbol,
  lengthOfBuffer,
  lengthOfTyped,
  newList,
  push,
  RangeErrorConstructor,
  regexpToString,
  sameValue,
  toText,
  WeakMapConstructor,
  weakMapGet,
  weakMapSet,
} from './primordials.js';
import { sizeOf, visitAll } from './collections.js';
import { typeOf } from './type-of.js';
import { primitiveOf } from './values.js';

const DEEPEST = 1000;

/** Remembers which pairs were compared, or are being compared: that ends cycles, and work done twice. */
class Pairs {
  #results = new WeakMapConstructor();

  get(left, right) {
    const of = weakMapGet(this.#results, left);
    return of === undefined ? undefined : weakMapGet(of, right);
  }

  set(left, right, result) {
    let of = weakMapGet(this.#results, left);
    if (of === undefined) {
      of = new WeakMapConstructor();
      weakMapSet(this.#results, left, of);
    }
    weakMapSet(of, right, result);
    return result;
  }
}

const countOf = (list) => {
  if (isArray(list)) return list.length;
  try {
    return lengthOfTyped(list);
  } catch {
    return list.length;
  }
};

const sameList = (left, right, walk) => {
  const count = countOf(left);
  if (count !== countOf(right)) return false;
  for (let i = 0; i < count; i += 1) {
    if (!walk(left[i], right[i])) return false;
  }
  return true;
};

const sameProperties = (left, right, keys, walk) => {
  for (let i = 0; i < keys.length; i += 1) {
    if (!walk(left[keys[i]], right[keys[i]])) return false;
  }
  return true;
};

/**
 * The entries of a map or a set, in an order that does not depend on how they were put in, as far as their texts tell
 * them apart. They are ordinary arrays because sorting turns them into text.
 */
const sortedEntries = (collection) => {
  const entries = newList();
  visitAll(collection, (value, key) => push(entries, [value, key]));
  return arraySort(entries);
};

/** Everything that an iterator gives, its return value last. */
const drain = (iterator) => {
  const items = newList();
  for (;;) {
    const { done, value } = iterator.next();
    push(items, value);
    if (done !== false) return items;
  }
};

const iterated = (object) => {
  if (typeof object !== 'object' || typeof object[iteratorSymbol] !== 'function') return newList();
  try {
    return drain(object[iteratorSymbol]());
  } catch {
    return newList();
  }
};

const inheritedKeys = (object) => {
  const keys = newList();
  for (const key in object) push(keys, key);
  return arraySort(keys);
};

const enumerableSymbols = (object) => {
  const all = getOwnPropertySymbols(object);
  const symbols = newList();
  for (let i = 0; i < all.length; i += 1) {
    if (isEnumerable(object, all[i])) push(symbols, all[i]);
  }
  return symbols;
};

const asKeyText = (key) => (typeof key === 'symbol' ? toText(key) : key);

const keysOf = (object) => {
  const keys = inheritedKeys(object);
  const symbols = enumerableSymbols(object);
  for (let i = 0; i < symbols.length; i += 1) push(keys, symbols[i]);
  return keys;
};

const sortedTexts = (keys) => {
  const texts = newList();
  for (let i = 0; i < keys.length; i += 1) push(texts, asKeyText(keys[i]));
  return arraySort(texts);
};

const sameObject = (left, right, walk) => {
  const leftKeys = keysOf(left);
  const rightKeys = keysOf(right);
  if (leftKeys.length > 0 && leftKeys.length === rightKeys.length) {
    const leftTexts = sortedTexts(leftKeys);
    const rightTexts = sortedTexts(rightKeys);
    for (let i = 0; i < leftTexts.length; i += 1) {
      if (leftTexts[i] !== rightTexts[i]) return false;
    }
    return sameProperties(left, right, leftKeys, walk);
  }
  const leftItems = iterated(left);
  const rightItems = iterated(right);
  if (leftItems.length > 0 && leftItems.length === rightItems.length) {
    return sameList(arraySort(leftItems), arraySort(rightItems), walk);
  }
  return leftKeys.length === 0 && leftItems.length === 0 && rightKeys.length === 0 && rightItems.length === 0;
};

/** The whole buffer: chai does not look at which part of it a view shows. */
const bytesOf = (view) => new ByteArray(bufferOfView(view));

const sameSize = (left, right) => {
  try {
    return sizeOf(left) === sizeOf(right);
  } catch {
    return false;
  }
};

const ERROR_KEYS = ['name', 'message', 'code'];

// A value can call itself whatever it likes by a tag, and a tag on `Object.prototype` renames everything. Where a kind is
// compared by less than its properties, only genuine ones are; the others are compared as plain objects.

const isBuffer = (value) => {
  try {
    return lengthOfBuffer(value) >= 0;
  } catch {
    return false;
  }
};

const samePrimitives = (left, right, kind, walk) => {
  const leftValue = primitiveOf(left, kind);
  const rightValue = primitiveOf(right, kind);
  if (leftValue === left && rightValue === right) return sameObject(left, right, walk);
  return walk(leftValue, rightValue);
};

const sameContents = (left, right, kind, walk) => {
  switch (kind) {
    case 'String':
    case 'Number':
    case 'Boolean':
    case 'Date':
      return samePrimitives(left, right, kind, walk);
    case 'Promise':
    case 'Symbol':
    case 'function':
    case 'WeakMap':
    case 'WeakSet':
      return left === right;
    case 'Error':
      if (!isError(left) || !isError(right)) return sameObject(left, right, walk);
      return sameProperties(left, right, ERROR_KEYS, walk);
    case 'Arguments':
    case 'Int8Array':
    case 'Uint8Array':
    case 'Uint8ClampedArray':
    case 'Int16Array':
    case 'Uint16Array':
    case 'Int32Array':
    case 'Uint32Array':
    case 'Float32Array':
    case 'Float64Array':
    case 'Array':
      if (typeof left.length !== 'number' || typeof right.length !== 'number') return sameObject(left, right, walk);
      return sameList(left, right, walk);
    case 'RegExp':
      if (!isRegExp(left) || !isRegExp(right)) return sameObject(left, right, walk);
      return regexpToString(left) === regexpToString(right);
    case 'Generator':
      return sameList(drain(left), drain(right), walk);
    case 'DataView':
      return sameList(bytesOf(left), bytesOf(right), walk);
    case 'ArrayBuffer':
      if (!isBuffer(left) || !isBuffer(right)) return sameObject(left, right, walk);
      return sameList(new ByteArray(left), new ByteArray(right), walk);
    case 'Set':
    case 'Map':
      return sameSize(left, right) && sameList(sortedEntries(left), sortedEntries(right), walk);
    default:
      return sameObject(left, right, walk);
  }
};

export const deepEqual = (one, other) => {
  const pairs = new Pairs();
  let depth = 0;
  const walk = (left, right) => {
    if (sameValue(left, right)) return true;
    if (!isObject(left) || !isObject(right)) return false;
    const known = pairs.get(left, right);
    if (known !== undefined) return known;
    const kind = typeOf(left);
    if (kind !== typeOf(right)) return pairs.set(left, right, false);
    if (depth >= DEEPEST) throw new RangeErrorConstructor('Maximum call stack size exceeded: values nested too deeply');
    pairs.set(left, right, true);
    depth += 1;
    const result = sameContents(left, right, kind, walk);
    depth -= 1;
    return pairs.set(left, right, result);
  };
  return walk(one, other);
};
