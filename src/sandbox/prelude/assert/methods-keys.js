// Keys of objects, maps and sets.

import { announce, callOf, refuse, verifyValue } from './check.js';
import { visitAll } from './collections.js';
import { deepEqual } from './deep-equal.js';
import { inspect } from './inspect.js';
import { strict } from './methods-equality.js';
import {
  arrayPrototype,
  arraySort,
  enumerableKeys,
  getOwnPropertySymbols,
  isEnumerable,
  join,
  newList,
  push,
  setPrototypeOf,
  toText,
} from './primordials.js';
import { typeOf } from './type-of.js';

const keysInside = (collection) => {
  const keys = newList();
  visitAll(collection, (_, key) => push(keys, key));
  return keys;
};

const keysOfObject = (object) => {
  const keys = newList();
  const names = enumerableKeys(object);
  for (let i = 0; i < names.length; i += 1) push(keys, names[i]);
  const symbols = getOwnPropertySymbols(object);
  for (let i = 0; i < symbols.length; i += 1) {
    if (isEnumerable(object, symbols[i])) push(keys, symbols[i]);
  }
  return keys;
};

/** The keys that the test asks for: a list of them, the keys of an object, or a single one. */
const wantedKeys = (given, ofCollection) => {
  const kind = typeOf(given);
  const keys = newList();
  const source = kind === 'Array' ? given : kind === 'Object' && !ofCollection ? enumerableKeys(given) : [given];
  for (let i = 0; i < source.length; i += 1) {
    push(keys, ofCollection || typeof source[i] === 'symbol' ? source[i] : toText(source[i]));
  }
  return keys;
};

const contains = (keys, key, same) => {
  for (let i = 0; i < keys.length; i += 1) {
    if (same(key, keys[i])) return true;
  }
  return false;
};

const countPresent = (wanted, actual, same) => {
  let count = 0;
  for (let i = 0; i < wanted.length; i += 1) {
    if (contains(actual, wanted[i], same)) count += 1;
  }
  return count;
};

const sentenceOf = (keys, conjunction) => {
  if (keys.length === 1) return 'key ' + inspect(keys[0]);
  const shown = newList();
  for (let i = 0; i < keys.length - 1; i += 1) push(shown, inspect(keys[i]));
  return 'keys ' + join(shown, ', ') + ', ' + conjunction + ' ' + inspect(keys[keys.length - 1]);
};

const byLook = (left, right) => (inspect(left) < inspect(right) ? -1 : 1);

/** An ordinary array for the error, in an order that suits a comparison. */
const sorted = (keys) => {
  const copy = newList();
  for (let i = 0; i < keys.length; i += 1) push(copy, keys[i]);
  return setPrototypeOf(arraySort(copy, byLook), arrayPrototype);
};

const ANY = 'any';
const ALL = 'all';
const AMONG_OTHERS = 'among others';

const keys = (method, negated, extent, deep) => (object, given, message) => {
  const call = callOf(method, message, negated);
  announce(call);
  const kind = typeOf(object);
  const ofCollection = kind === 'Map' || kind === 'Set';
  const actual = ofCollection ? keysInside(object) : keysOfObject(object);
  const wanted = wantedKeys(given, ofCollection);
  if (wanted.length === 0) refuse(call, 'keys required');

  const present = countPresent(wanted, actual, deep ? deepEqual : strict);
  const complete = present === wanted.length && (extent === AMONG_OTHERS || wanted.length === actual.length);
  const words =
    (ofCollection && deep ? 'deeply ' : '') +
    (extent === AMONG_OTHERS ? 'contain ' : 'have ') +
    sentenceOf(wanted, extent === ANY ? 'or' : 'and');
  verifyValue(
    call,
    object,
    extent === ANY ? present > 0 : complete,
    'expected #{this} to ' + words,
    'expected #{this} to not ' + words,
    sorted(wanted),
    sorted(actual),
  );
};

export const keyMethods = {
  __proto__: null,
  hasAnyKeys: keys('hasAnyKeys', false, ANY, false),
  hasAllKeys: keys('hasAllKeys', false, ALL, false),
  containsAllKeys: keys('containsAllKeys', false, AMONG_OTHERS, false),
  doesNotHaveAnyKeys: keys('doesNotHaveAnyKeys', true, ANY, false),
  doesNotHaveAllKeys: keys('doesNotHaveAllKeys', true, ALL, false),
  hasAnyDeepKeys: keys('hasAnyDeepKeys', false, ANY, true),
  hasAllDeepKeys: keys('hasAllDeepKeys', false, ALL, true),
  containsAllDeepKeys: keys('containsAllDeepKeys', false, AMONG_OTHERS, true),
  doesNotHaveAnyDeepKeys: keys('doesNotHaveAnyDeepKeys', true, ANY, true),
  doesNotHaveAllDeepKeys: keys('doesNotHaveAllDeepKeys', true, ALL, true),
};
