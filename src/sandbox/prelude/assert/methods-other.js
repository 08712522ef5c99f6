// Regular expressions, operators by name, and failing outright.

import { AssertionError, factsOf, record } from './assertion-error.js';
import { callOf, refuseAs, searching, verify } from './check.js';
import { inspect } from './inspect.js';
import { isRegExp, regexpExec, regexpFlags, regexpSource, regexpToString, toText } from './primordials.js';

const search = (call, value, pattern) => {
  if (!isRegExp(pattern)) return pattern.exec(value);
  // As `exec` does: what is no text is searched as the text that it turns into.
  const text = typeof value === 'symbol' ? value : toText(value);
  if (typeof text === 'string') searching(call, text, regexpSource(pattern), regexpFlags(pattern));
  return regexpExec(pattern, text);
};

const matching = (method, negated) => (value, pattern, message) => {
  const call = callOf(method, message, negated);
  const found = search(call, value, pattern);
  const shown = isRegExp(pattern) ? regexpToString(pattern) : pattern;
  verify(call, value, found, 'expected #{this} to match ' + shown, 'expected #{this} not to match ' + shown);
};

const OPERATORS = {
  __proto__: null,
  // eslint-disable-next-line eqeqeq -- asked for by name
  '==': (left, right) => left == right,
  '===': (left, right) => left === right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  // eslint-disable-next-line eqeqeq -- asked for by name
  '!=': (left, right) => left != right,
  '!==': (left, right) => left !== right,
};

const operator = (left, name, right, message) => {
  const call = callOf('operator', message);
  const compare = typeof name === 'string' ? OPERATORS[name] : undefined;
  if (compare === undefined) refuseAs(call, (message ? message + ': ' : message) + 'Invalid operator "' + name + '"');
  const holds = compare(left, right);
  const sentence = inspect(left) + ' to be ' + name + ' ' + inspect(right);
  verify(call, holds, holds, 'expected ' + sentence, 'expected ' + sentence);
};

function fail(actual, expected, message, operatorName) {
  const onlyMessage = arguments.length < 2;
  const said = onlyMessage ? actual : message;
  const call = callOf('fail', said);
  const left = onlyMessage ? undefined : actual;
  const details = { __proto__: null, actual: left, expected, operator: operatorName };
  throw record(new AssertionError(said || 'assert.fail()', details), factsOf(call, left, expected));
}

export const otherMethods = {
  __proto__: null,
  fail,
  match: matching('match', false),
  notMatch: matching('notMatch', true),
  operator,
  ifError: (value) => {
    if (value) throw value;
  },
};
