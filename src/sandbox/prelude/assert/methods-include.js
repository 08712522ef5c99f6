// Inclusion: a part of a text, an item of a collection, a subset of an object's properties.

import { AssertionError } from './assertion-error.js';
import { announce, callOf, refuse, searching, verify } from './check.js';
import { setContains, visitAll, weakSetContains } from './collections.js';
import { inspect } from './inspect.js';
import { verifyPropertyValue, way } from './methods-property.js';
import { arrayIndexOf, enumerableKeys, hasInstance, isArray, isObject, sameValue, textIndexOf } from './primordials.js';
import { lowerTypeOf } from './type-of.js';

const inText = (call, text, part) => {
  if (typeof text !== 'string') return text.indexOf(part) !== -1;
  if (typeof part === 'string') searching(call, text, part);
  return textIndexOf(text, part) !== -1;
};

const inArray = (list, item, how) => {
  if (!isArray(list)) return how.deep ? list.some((each) => how.same(each, item)) : list.indexOf(item) !== -1;
  if (!how.deep) return arrayIndexOf(list, item) !== -1;
  for (let i = 0; i < list.length; i += 1) {
    if (i in list && how.same(list[i], item)) return true;
  }
  return false;
};

/** As a set compares: NaN is NaN, and zero has no sign. */
const sameItem = (one, other) => one === other || sameValue(one, other);

const inCollection = (collection, item, how) => {
  const same = how.deep ? how.same : sameItem;
  let found = false;
  visitAll(collection, (each) => {
    found = found || same(each, item);
  });
  return found;
};

const failureOf = (attempt) => {
  try {
    attempt();
    return undefined;
  } catch (error) {
    if (hasInstance(AssertionError, error)) return error;
    throw error;
  }
};

const includesProperties = (call, object, part, how) => {
  const keys = enumerableKeys(part);
  const verifyOne = (i) => verifyPropertyValue(call, object, keys[i], part[keys[i]], how);
  if (!call.negated || keys.length === 1) {
    for (let i = 0; i < keys.length; i += 1) verifyOne(i);
    return;
  }
  // Negated, it is enough that one of them differs; chai looks at all of them even so.
  let first;
  let failed = 0;
  for (let i = 0; i < keys.length; i += 1) {
    const failure = failureOf(() => verifyOne(i));
    if (failure === undefined) continue;
    first ??= failure;
    failed += 1;
  }
  if (failed > 0 && failed === keys.length) throw first;
};

const refuseKinds = (call, kind, item) => {
  const itemKind = lowerTypeOf(item);
  refuse(
    call,
    'the given combination of arguments (' +
      kind +
      ' and ' +
      itemKind +
      ') is invalid for this assertion. You can use an array, a map, an object, a set, a string, or a weakset instead of a ' +
      itemKind,
  );
};

const includes = (call, whole, part, how) => {
  const kind = lowerTypeOf(whole);
  switch (kind) {
    case 'string':
      return inText(call, whole, part);
    case 'weakset':
      if (how.deep) refuse(call, 'unable to use .deep.include with WeakSet');
      return weakSetContains(whole, part);
    case 'map':
      return inCollection(whole, part, how);
    case 'set':
      return how.deep ? inCollection(whole, part, how) : setContains(whole, part);
    case 'array':
      return inArray(whole, part, how);
    default:
      if (!isObject(part)) refuseKinds(call, kind, part);
      includesProperties(call, whole, part, how);
      return undefined;
  }
};

const including = (method, negated, how) => (whole, part, message) => {
  const call = callOf(method, message, negated);
  announce(call);
  const found = includes(call, whole, part, how);
  if (found === undefined) return;
  const words = (how.deep ? 'deep ' : '') + 'include ' + inspect(part);
  verify(call, whole, found, 'expected #{this} to ' + words, 'expected #{this} to not ' + words);
};

export const includeMethods = {
  __proto__: null,
  include: including('include', false, way(false)),
  notInclude: including('notInclude', true, way(false)),
  deepInclude: including('deepInclude', false, way(true)),
  notDeepInclude: including('notDeepInclude', true, way(true)),
  nestedInclude: including('nestedInclude', false, way(false, 'nested')),
  notNestedInclude: including('notNestedInclude', true, way(false, 'nested')),
  deepNestedInclude: including('deepNestedInclude', false, way(true, 'nested')),
  notDeepNestedInclude: including('notDeepNestedInclude', true, way(true, 'nested')),
  ownInclude: including('ownInclude', false, way(false, 'own')),
  notOwnInclude: including('notOwnInclude', true, way(false, 'own')),
  deepOwnInclude: including('deepOwnInclude', false, way(true, 'own')),
  notDeepOwnInclude: including('notDeepOwnInclude', true, way(true, 'own')),
};
