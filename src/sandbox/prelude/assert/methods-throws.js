// What a function throws.

import { callOf, plain, searching, verifyValue } from './check.js';
import { verifyKind } from './methods-kind.js';
import {
  ErrorConstructor,
  hasInstance,
  isError,
  isNil,
  isRegExp,
  regexpExec,
  regexpFlags,
  regexpSource,
  textIndexOf,
  textTrim,
} from './primordials.js';

/** The name of an error's class, or of a class; anything else stands for itself. */
const classNameOf = (value) => {
  if (isError(value)) return typeof value.constructor === 'function' ? value.constructor.name : null;
  if (typeof value !== 'function') return value;
  const name = textTrim(value.name);
  if (name !== '') return name;
  // A function without a name may make functions that have one.
  const made = new value();
  return typeof made === 'function' ? made.name : name;
};

const shownError = (value) => (isError(value) ? value.toString() : value && classNameOf(value));

const isOfClass = (thrown, wanted) => {
  if (isError(wanted)) return thrown.constructor === wanted.constructor || hasInstance(wanted.constructor, thrown);
  if (wanted === ErrorConstructor || hasInstance(ErrorConstructor, wanted.prototype)) {
    return thrown.constructor === wanted || hasInstance(wanted, thrown);
  }
  return false;
};

const messageOf = (thrown) => {
  if (thrown && thrown.message) return thrown.message;
  return typeof thrown === 'string' ? thrown : '';
};

const matches = (call, thrown, wanted) => {
  const text = typeof thrown === 'string' ? thrown : thrown.message;
  if (isRegExp(wanted)) {
    if (typeof text === 'string') searching(call, text, regexpSource(wanted), regexpFlags(wanted));
    return regexpExec(wanted, text) !== null;
  }
  if (typeof wanted !== 'string') return false;
  if (typeof text !== 'string') return text.indexOf(wanted) !== -1;
  searching(call, text, wanted);
  return textIndexOf(text, wanted) !== -1;
};

const catchFrom = (run) => {
  try {
    run();
    return undefined;
  } catch (error) {
    return error;
  }
};

const BUT = ' but #{act} was thrown';

const verifyThrown = (call, run, thrown, wanted) => {
  let name = 'an error';
  if (isError(wanted)) name = '#{exp}';
  else if (wanted) name = classNameOf(wanted);
  const shown = isError(thrown) ? thrown.toString() : typeof thrown === 'string' ? thrown : thrown && classNameOf(thrown);
  verifyValue(
    call,
    run,
    thrown,
    'expected #{this} to throw ' + name,
    'expected #{this} to not throw an error but #{act} was thrown',
    wanted && wanted.toString(),
    shown,
  );
};

const failAs = (call, run, but, expected, actual) => {
  const opposite = 'expected #{this} to not throw #{exp}' + (but ? BUT : '');
  verifyValue(call, run, call.negated, 'expected #{this} to throw #{exp}' + BUT, opposite, expected, actual);
};

/**
 * Looks at a thrown value. Where both a class and a message are given, the negated assertion fails only if both fit:
 * what fits is then left for the end.
 */
const judge = (call, run, thrown, wanted, wantedMessage) => {
  const both = Boolean(wanted && wantedMessage) && call.negated;
  let classFits = false;
  let messageFits = false;

  if (wanted && isError(wanted) && (thrown === wanted) === call.negated) {
    if (both) classFits = true;
    else failAs(call, run, !call.negated, wanted.toString(), thrown.toString());
  }
  if (wanted && isOfClass(thrown, wanted) === call.negated) {
    if (both) classFits = true;
    else failAs(call, run, true, shownError(wanted), shownError(thrown));
  }
  if (!isNil(wantedMessage) && matches(call, thrown, wantedMessage) === call.negated) {
    if (both) {
      messageFits = true;
    } else {
      const how = isRegExp(wantedMessage) ? 'matching' : 'including';
      verifyValue(
        call,
        run,
        call.negated,
        'expected #{this} to throw error ' + how + ' #{exp} but got #{act}',
        'expected #{this} to throw error not ' + how + ' #{exp}',
        wantedMessage,
        messageOf(thrown),
      );
    }
  }
  if (classFits && messageFits) failAs(call, run, true, shownError(wanted), shownError(thrown));
};

const verifyThrows = (call, run, wanted, wantedMessage) => {
  verifyKind(plain(call), run, 'function');
  const thrown = catchFrom(run);
  const anything = wanted === undefined && wantedMessage === undefined;
  if (anything || !call.negated) verifyThrown(call, run, thrown, wanted);
  if (thrown) judge(call, run, thrown, wanted, wantedMessage);
  return thrown;
};

const throwing = (method, negated) => (run, wanted, wantedMessage, message) => {
  const onlyMessage = typeof wanted === 'string' || isRegExp(wanted);
  const call = callOf(method, message, negated);
  return verifyThrows(call, run, onlyMessage ? null : wanted, onlyMessage ? wanted : wantedMessage);
};

const throws = throwing('throws', false);
const doesNotThrow = throwing('doesNotThrow', true);

export const throwMethods = {
  __proto__: null,
  throws,
  throw: throws,
  Throw: throws,
  doesNotThrow: (run, wanted, wantedMessage, message) => {
    doesNotThrow(run, wanted, wantedMessage, message);
  },
};
