// One assertion being made: decides, and throws with chai's words.

import { AssertionError, factsOf, record } from './assertion-error.js';
import { brief } from './inspect.js';
import { charCodeAt, replaceAll, textIndexOf, TypeErrorConstructor } from './primordials.js';
import { typeOf } from './type-of.js';

/** A call of `method` with the author's `message`. A negated call asserts the opposite. */
export const callOf = (method, message, negated = false) => ({ __proto__: null, method, message, negated });

/** The same call, for a condition that must hold whether or not the call is negated. */
export const plain = (call) => ({ __proto__: null, ...call, negated: false });

export const opposite = (call) => ({ __proto__: null, ...call, negated: !call.negated });

/** Notes what is searched in which text, for the facts. */
export const searching = (call, text, source, flags = null) => {
  call.text = text;
  call.pattern = { __proto__: null, source, flags };
};

const isSpace = (text, at) => {
  const code = charCodeAt(text, at);
  return code === 32 || (code >= 9 && code <= 13) || code === 0xa0;
};

const hasWord = (text, word) => {
  for (let at = textIndexOf(text, word); at !== -1; at = textIndexOf(text, word, at + 1)) {
    if (at > 0 && isSpace(text, at - 1) && isSpace(text, at + word.length)) return true;
  }
  return false;
};

/** chai derives the operator from its own sentence. */
const operatorOf = (sentence, expected) => {
  if (!sentence || hasWord(sentence, 'have')) return undefined;
  const kind = typeOf(expected);
  const deep = kind === 'Array' || kind === 'Object' || kind === 'function';
  if (hasWord(sentence, 'not')) return deep ? 'notDeepStrictEqual' : 'notStrictEqual';
  return deep ? 'deepStrictEqual' : 'strictEqual';
};

const fillIn = (sentence, subject, actual, expected) => {
  let text = replaceAll(sentence, '#{this}', () => brief(subject));
  text = replaceAll(text, '#{act}', () => brief(actual));
  return replaceAll(text, '#{exp}', () => brief(expected));
};

const prefixed = (call, text) => (call.message ? call.message + ': ' + text : text);

/** For methods that build the author's message into their texts before they look: one that is no text throws at once. */
export const announce = (call) => {
  prefixed(call, '');
};

const decide = (call, subject, holds, sentence, negatedSentence, actual, expected, showDiff) => {
  if (call.negated ? !holds : holds) return;
  const chosen = call.negated ? negatedSentence : sentence;
  const details = { __proto__: null, actual, expected, showDiff };
  const text = prefixed(call, fillIn(chosen, subject, actual, expected));
  const operator = operatorOf(chosen, expected);
  if (operator !== undefined) details.operator = operator;
  throw record(new AssertionError(text, details), factsOf(call, actual, expected));
};

/** Asserts that `holds`; the subject is the actual value, and there may be one to compare it with. */
export const verify = (call, subject, holds, sentence, negatedSentence, expected) =>
  decide(call, subject, holds, sentence, negatedSentence, subject, expected, expected !== undefined);

/** Asserts that `holds`, about a value that need not be the subject of the sentence. */
export const verifyValue = (call, subject, holds, sentence, negatedSentence, expected, actual) => {
  const showDiff = expected !== undefined || actual !== undefined;
  decide(call, subject, holds, sentence, negatedSentence, actual, expected, showDiff);
};

const throwUnusable = (call, text) => {
  throw record(new AssertionError(text), factsOf(call));
};

/** Fails because the assertion makes no sense for what it was given. */
export const refuse = (call, text) => throwUnusable(call, prefixed(call, text));

/** The same for methods that put the author's message before the text in their own way. */
export const refuseAs = throwUnusable;

/** `assert(value, message)`: the message is the whole sentence, and may be made by a function. */
export const verifyExpression = (value, message) => {
  if (value) return;
  const call = callOf('assert', message);
  const sentence = (typeof message === 'function' ? message() : message) || '';
  if (typeof sentence !== 'string') throw new TypeErrorConstructor('the message of an assertion must be a text');
  const text = fillIn(sentence, null, null, undefined);
  const details = { __proto__: null, actual: null, expected: undefined, showDiff: false };
  const operator = operatorOf(sentence, undefined);
  if (operator !== undefined) details.operator = operator;
  throw record(new AssertionError(text, details), factsOf(call, value, undefined));
};
