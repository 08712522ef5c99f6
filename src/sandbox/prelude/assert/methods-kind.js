// What a value is: its truth, its type, its class, and what may be done to it.

import { announce, callOf, refuse, refuseAs, verify, verifyValue } from './check.js';
import { inspect } from './inspect.js';
import {
  enumerableKeys,
  hasInstance,
  isExtensible,
  isFrozen,
  isNil,
  isObject,
  isSealed,
  numberIsFinite,
  textIndexOf,
  textTrim,
  toLowerCase,
  TypeErrorConstructor,
} from './primordials.js';
import { sizeOf } from './collections.js';
import { lowerTypeOf, typeOf } from './type-of.js';

/** Asserts that `value` is of the type with this name, whatever the case of its letters. */
export const verifyKind = (call, value, name) => {
  const wanted = typeof name === 'string' ? toLowerCase(name) : name.toLowerCase();
  const article = textIndexOf('aeiou', wanted[0]) === -1 ? 'a ' : 'an ';
  const kind = lowerTypeOf(value);
  verify(call, value, wanted === kind, 'expected #{this} to be ' + article + wanted, 'expected #{this} not to be ' + article + wanted);
};

const state = (method, negated, words, opposite, holds) => (value, message) => {
  verify(callOf(method, message, negated), value, holds(value), 'expected #{this} to ' + words, 'expected #{this} ' + opposite);
};

const kind = (method, negated, name) => (value, message) => {
  verifyKind(callOf(method, message, negated), value, name);
};

const typed = (method, negated) => (value, name, message) => {
  verifyKind(callOf(method, message, negated), value, name);
};

/** Sameness with one fixed value. */
const same = (method, negated, fixed) => (value, message) => {
  const call = callOf(method, message, negated);
  verifyValue(call, value, value === fixed, 'expected #{this} to equal #{exp}', 'expected #{this} to not equal #{exp}', fixed, value);
};

const boolean = (method, fixed) => (value, message) => {
  const sentence = 'expected #{this} to be ' + fixed;
  verify(callOf(method, message), value, value === fixed, sentence, sentence, fixed);
};

const isInstance = (call, value, constructor) => {
  try {
    return value instanceof constructor;
  } catch (error) {
    if (!hasInstance(TypeErrorConstructor, error)) throw error;
    return refuse(call, 'The instanceof assertion needs a constructor but ' + typeOf(constructor) + ' was given.');
  }
};

const instance = (method, negated) => (value, constructor, message) => {
  const call = callOf(method, message, negated);
  const holds = isInstance(call, value, constructor);
  const name = typeof constructor === 'function' ? constructor.name : 'an unnamed constructor';
  verify(call, value, holds, 'expected #{this} to be an instance of ' + name, 'expected #{this} to not be an instance of ' + name);
};

const countOf = (call, value) => {
  switch (lowerTypeOf(value)) {
    case 'array':
    case 'string':
      return value.length;
    case 'map':
    case 'set':
      return sizeOf(value);
    case 'weakmap':
    case 'weakset':
      return refuse(call, '.empty was passed a weak collection');
    case 'function': {
      const prefix = call.message ? call.message + ': ' : '';
      return refuseAs(call, textTrim(prefix + '.empty was passed a function ' + value.name));
    }
    default:
      if (!isObject(value)) return refuse(call, '.empty was passed non-string primitive ' + inspect(value));
      return enumerableKeys(value).length;
  }
};

const empty = (method, negated) => (value, message) => {
  const call = callOf(method, message, negated);
  announce(call);
  verify(call, value, countOf(call, value) === 0, 'expected #{this} to be empty', 'expected #{this} not to be empty');
};

const isTruthy = (value) => !!value;
// eslint-disable-next-line no-self-compare -- only NaN differs from itself
const isNaNValue = (value) => value !== value;
const isPresent = (value) => !isNil(value);
const isFiniteNumber = (value) => numberIsFinite(value);

const ok = state('isOk', false, 'be truthy', 'to be falsy', isTruthy);
const notOk = state('isNotOk', true, 'be truthy', 'to be falsy', isTruthy);
const extensible = state('isExtensible', false, 'be extensible', 'to not be extensible', isExtensible);
const notExtensible = state('isNotExtensible', true, 'be extensible', 'to not be extensible', isExtensible);
const sealed = state('isSealed', false, 'be sealed', 'to not be sealed', isSealed);
const notSealed = state('isNotSealed', true, 'be sealed', 'to not be sealed', isSealed);
const frozen = state('isFrozen', false, 'be frozen', 'to not be frozen', isFrozen);
const notFrozen = state('isNotFrozen', true, 'be frozen', 'to not be frozen', isFrozen);
const isEmpty = empty('isEmpty', false);
const isNotEmpty = empty('isNotEmpty', true);

export const kindMethods = {
  __proto__: null,
  isOk: ok,
  ok,
  isNotOk: notOk,
  notOk,
  isTrue: boolean('isTrue', true),
  isNotTrue: same('isNotTrue', true, true),
  isFalse: boolean('isFalse', false),
  isNotFalse: same('isNotFalse', true, false),
  isNull: same('isNull', false, null),
  isNotNull: same('isNotNull', true, null),
  isUndefined: same('isUndefined', false, undefined),
  isDefined: same('isDefined', true, undefined),
  isNaN: state('isNaN', false, 'be NaN', 'not to be NaN', isNaNValue),
  isNotNaN: state('isNotNaN', true, 'be NaN', 'not to be NaN', isNaNValue),
  exists: state('exists', false, 'exist', 'to not exist', isPresent),
  notExists: state('notExists', true, 'exist', 'to not exist', isPresent),
  isFinite: state('isFinite', false, 'be a finite number', 'to not be a finite number', isFiniteNumber),
  isFunction: kind('isFunction', false, 'function'),
  isNotFunction: kind('isNotFunction', true, 'function'),
  isObject: kind('isObject', false, 'object'),
  isNotObject: kind('isNotObject', true, 'object'),
  isArray: kind('isArray', false, 'array'),
  isNotArray: kind('isNotArray', true, 'array'),
  isString: kind('isString', false, 'string'),
  isNotString: kind('isNotString', true, 'string'),
  isNumber: kind('isNumber', false, 'number'),
  isNotNumber: kind('isNotNumber', true, 'number'),
  isBoolean: kind('isBoolean', false, 'boolean'),
  isNotBoolean: kind('isNotBoolean', true, 'boolean'),
  typeOf: typed('typeOf', false),
  notTypeOf: typed('notTypeOf', true),
  instanceOf: instance('instanceOf', false),
  notInstanceOf: instance('notInstanceOf', true),
  isExtensible: extensible,
  extensible,
  isNotExtensible: notExtensible,
  notExtensible,
  isSealed: sealed,
  sealed,
  isNotSealed: notSealed,
  notSealed,
  isFrozen: frozen,
  frozen,
  isNotFrozen: notFrozen,
  notFrozen,
  isEmpty,
  empty: isEmpty,
  isNotEmpty,
  notEmpty: isNotEmpty,
};
