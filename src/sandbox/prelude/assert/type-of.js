// Names the kind of a value the way chai's messages and comparisons do.

import {
  arrayIteratorPrototype,
  datePrototype,
  dataViewPrototype,
  getPrototypeOf,
  globalObject,
  hasOwn,
  isArray,
  mapIteratorPrototype,
  mapPrototype,
  objectToString,
  promisePrototype,
  regexpPrototype,
  setIteratorPrototype,
  setPrototype,
  stringIteratorPrototype,
  textSlice,
  toLowerCase,
  toStringTag,
  weakMapPrototype,
  weakSetPrototype,
} from './primordials.js';

/** `Date` for `[object Date]`. */
export const tagOf = (value) => textSlice(objectToString(value), 8, -1);

const nameByPrototype = (prototype) => {
  switch (prototype) {
    case regexpPrototype:
      return 'RegExp';
    case datePrototype:
      return 'Date';
    case promisePrototype:
      return 'Promise';
    case setPrototype:
      return 'Set';
    case mapPrototype:
      return 'Map';
    case weakSetPrototype:
      return 'WeakSet';
    case weakMapPrototype:
      return 'WeakMap';
    case dataViewPrototype:
      return 'DataView';
    case mapIteratorPrototype:
      return 'Map Iterator';
    case setIteratorPrototype:
      return 'Set Iterator';
    case arrayIteratorPrototype:
      return 'Array Iterator';
    case stringIteratorPrototype:
      return 'String Iterator';
    default:
      return undefined;
  }
};

export const typeOf = (value) => {
  if (typeof value !== 'object') return typeof value;
  if (value === null) return 'null';
  if (value === globalObject) return 'global';
  if (isArray(value) && !(toStringTag in value)) return 'Array';
  const prototype = getPrototypeOf(value);
  // Before the tag, which may have been redefined on these prototypes.
  const name = nameByPrototype(prototype);
  if (name !== undefined && !hasOwn(value, toStringTag)) return name;
  const tag = value[toStringTag];
  if (typeof tag === 'string') return tag;
  return prototype === null ? 'Object' : name ?? tagOf(value);
};

export const lowerTypeOf = (value) => toLowerCase(typeOf(value));
