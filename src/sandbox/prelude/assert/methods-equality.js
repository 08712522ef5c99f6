// Equality, order of size, and membership of a list.

import { announce, callOf, plain, refuse, verify, verifyValue } from './check.js';
import { deepEqual } from './deep-equal.js';
import { abs, arrayIndexOf, isArray, isObject } from './primordials.js';
import { verifyKind } from './methods-kind.js';
import { lowerTypeOf } from './type-of.js';
import { primitiveOf } from './values.js';

const equality = (method, negated, same, words) => (actual, expected, message) => {
  const call = callOf(method, message, negated);
  verifyValue(call, actual, same(actual, expected), words.sentence, words.opposite, expected, actual);
};

const wording = (verb) => ({
  __proto__: null,
  sentence: 'expected #{this} to ' + verb + ' #{exp}',
  opposite: 'expected #{this} to not ' + verb + ' #{exp}',
});

const EQUAL = wording('equal');
const DEEPLY = wording('deeply equal');

// eslint-disable-next-line eqeqeq -- the loose comparison is what `equal` asserts
const loose = (left, right) => left == right;
export const strict = (left, right) => left === right;

const comparable = (value, kind) => (kind === 'date' && isObject(value) ? primitiveOf(value, 'Date') : value);

const ordering = (method, name, words, holds) => (value, limit, message) => {
  const call = callOf(method, message);
  announce(call);
  const kind = lowerTypeOf(value);
  const limitKind = lowerTypeOf(limit);
  if (kind === 'date' && limitKind !== 'date') refuse(call, 'the argument to ' + name + ' must be a date');
  if (kind === 'number' && limitKind !== 'number') refuse(call, 'the argument to ' + name + ' must be a number');
  if (kind !== 'date' && kind !== 'number') {
    const shown = kind === 'string' ? "'" + value + "'" : value;
    refuse(call, 'expected ' + shown + ' to be a number or a date');
  }
  const sentence = 'expected #{this} to be ' + words + ' #{exp}';
  verify(call, value, holds(comparable(value, kind), comparable(limit, limitKind)), sentence, sentence, limit);
};

const near = (method) => (value, expected, delta, message) => {
  const call = callOf(method, message);
  verifyKind(call, value, 'number');
  if (typeof expected !== 'number' || typeof delta !== 'number') {
    const hint = delta === undefined ? ', and a delta is required' : '';
    refuse(call, 'the arguments to closeTo or approximately must be numbers' + hint);
  }
  const words = 'be close to ' + expected + ' +/- ' + delta;
  verify(call, value, abs(value - expected) <= delta, 'expected #{this} to ' + words, 'expected #{this} not to ' + words);
};

const oneOf = (value, list, message) => {
  const call = callOf('oneOf', message);
  verifyKind(plain(call), list, 'array');
  const found = (isArray(list) ? arrayIndexOf(list, value) : list.indexOf(value)) > -1;
  verifyValue(call, value, found, 'expected #{this} to be one of #{exp}', 'expected #{this} to not be one of #{exp}', list, value);
};

const deeply = equality('deepEqual', false, deepEqual, DEEPLY);

export const equalityMethods = {
  __proto__: null,
  equal: equality('equal', false, loose, EQUAL),
  notEqual: equality('notEqual', true, loose, EQUAL),
  strictEqual: equality('strictEqual', false, strict, EQUAL),
  notStrictEqual: equality('notStrictEqual', true, strict, EQUAL),
  deepEqual: deeply,
  deepStrictEqual: deeply,
  notDeepEqual: equality('notDeepEqual', true, deepEqual, DEEPLY),
  isAbove: ordering('isAbove', 'above', 'above', (value, limit) => value > limit),
  isAtLeast: ordering('isAtLeast', 'least', 'at least', (value, limit) => value >= limit),
  isBelow: ordering('isBelow', 'below', 'below', (value, limit) => value < limit),
  isAtMost: ordering('isAtMost', 'most', 'at most', (value, limit) => value <= limit),
  closeTo: near('closeTo'),
  approximately: near('approximately'),
  oneOf,
};
