// Properties: whether they are there, and what they hold.

import { announce, callOf, refuse, verify, verifyValue } from './check.js';
import { sizeOf } from './collections.js';
import { deepEqual } from './deep-equal.js';
import { inspect } from './inspect.js';
import { strict } from './methods-equality.js';
import { hasProperty, lookUp } from './path.js';
import { hasOwn, isNil } from './primordials.js';
import { lowerTypeOf } from './type-of.js';

/** How a property is meant: any, own, or at the end of a path; its value compared strictly or deeply. */
export const way = (deep, where = '') => ({
  __proto__: null,
  deep,
  own: where === 'own',
  nested: where === 'nested',
  words: (deep ? 'deep ' : '') + (where === '' ? '' : where + ' ') + 'property ',
  same: deep ? deepEqual : strict,
});

const ANY = way(false);

const checkName = (call, name, how) => {
  const kind = typeof name;
  if (how.nested) {
    if (kind !== 'string') refuse(call, 'the argument to property must be a string when using nested syntax');
  } else if (kind !== 'string' && kind !== 'number' && kind !== 'symbol') {
    refuse(call, 'the argument to property must be a string, number, or symbol');
  }
};

const find = (object, name, how) => {
  if (how.nested) return lookUp(object, name);
  const exists = how.own ? hasOwn(object, name) : hasProperty(object, name);
  return { __proto__: null, value: object[name], exists };
};

const locate = (call, object, name, how) => {
  announce(call);
  checkName(call, name, how);
  if (isNil(object)) refuse(call, 'Target cannot be null or undefined.');
  return find(object, name, how);
};

const verifyPresence = (call, object, found, label) => {
  verify(call, object, found.exists, 'expected #{this} to have ' + label, 'expected #{this} to not have ' + label);
};

/** Asserts that the property is there. */
export const verifyProperty = (call, object, name, how = ANY) => {
  const found = locate(call, object, name, how);
  verifyPresence(call, object, found, how.words + inspect(name));
};

/** Asserts that the property is there and holds `value`; negated, that it does not hold it. */
export const verifyPropertyValue = (call, object, name, value, how) => {
  const found = locate(call, object, name, how);
  const label = how.words + inspect(name);
  if (!call.negated) verifyPresence(call, object, found, label);
  verifyValue(
    call,
    object,
    found.exists && how.same(value, found.value),
    'expected #{this} to have ' + label + ' of #{exp}, but got #{act}',
    'expected #{this} to not have ' + label + ' of #{act}',
    value,
    found.value,
  );
};

const presence = (method, negated, how) => (object, name, message) => {
  verifyProperty(callOf(method, message, negated), object, name, how);
};

const holding = (method, negated, how) => (object, name, value, message) => {
  verifyPropertyValue(callOf(method, message, negated), object, name, value, how);
};

const lengthOf = (value, length, message) => {
  const call = callOf('lengthOf', message);
  const kind = lowerTypeOf(value);
  const counted = kind === 'map' || kind === 'set';
  if (!counted) verifyProperty(call, value, 'length');
  const count = counted ? sizeOf(value) : value.length;
  const words = 'have a ' + (counted ? 'size' : 'length') + ' of #{exp}';
  verifyValue(
    call,
    value,
    // eslint-disable-next-line eqeqeq -- chai lets a text that holds the number pass
    count == length,
    'expected #{this} to ' + words + ' but got #{act}',
    'expected #{this} to not ' + words,
    length,
    count,
  );
};

export const propertyMethods = {
  __proto__: null,
  property: presence('property', false, way(false)),
  notProperty: presence('notProperty', true, way(false)),
  propertyVal: holding('propertyVal', false, way(false)),
  notPropertyVal: holding('notPropertyVal', true, way(false)),
  deepPropertyVal: holding('deepPropertyVal', false, way(true)),
  notDeepPropertyVal: holding('notDeepPropertyVal', true, way(true)),
  ownProperty: presence('ownProperty', false, way(false, 'own')),
  notOwnProperty: presence('notOwnProperty', true, way(false, 'own')),
  ownPropertyVal: holding('ownPropertyVal', false, way(false, 'own')),
  notOwnPropertyVal: holding('notOwnPropertyVal', true, way(false, 'own')),
  deepOwnPropertyVal: holding('deepOwnPropertyVal', false, way(true, 'own')),
  notDeepOwnPropertyVal: holding('notDeepOwnPropertyVal', true, way(true, 'own')),
  nestedProperty: presence('nestedProperty', false, way(false, 'nested')),
  notNestedProperty: presence('notNestedProperty', true, way(false, 'nested')),
  nestedPropertyVal: holding('nestedPropertyVal', false, way(false, 'nested')),
  notNestedPropertyVal: holding('notNestedPropertyVal', true, way(false, 'nested')),
  deepNestedPropertyVal: holding('deepNestedPropertyVal', false, way(true, 'nested')),
  notDeepNestedPropertyVal: holding('notDeepNestedPropertyVal', true, way(true, 'nested')),
  lengthOf,
};
