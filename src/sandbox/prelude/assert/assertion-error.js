// The error that a failed assertion throws, and the facts that the host reads to explain it.

import {
  defineProperty,
  enumerableKeys,
  ErrorConstructor,
  freeze,
  hasOwn,
  isObject,
  WeakMapConstructor,
  weakMapGet,
  weakMapHas,
  weakMapSet,
} from './primordials.js';

const NAME = 'AssertionError';

const set = (object, key, value) =>
  defineProperty(object, key, { __proto__: null, value, writable: true, enumerable: true, configurable: true });

export class AssertionError extends ErrorConstructor {
  constructor(message, details) {
    super();
    // Not through super(message): chai keeps the message as it is, text or not, and lists it first.
    set(this, 'message', message || 'Unspecified AssertionError');
    set(this, 'showDiff', false);
    if (!isObject(details)) return;
    const keys = enumerableKeys(details);
    for (let i = 0; i < keys.length; i += 1) {
      const key = keys[i];
      if (key !== 'name' && key !== 'message' && key !== 'stack') set(this, key, details[key]);
    }
  }

  get name() {
    return NAME;
  }

  // The prototype is frozen; an assignment to one error must still work.
  set name(value) {
    set(this, 'name', value);
  }

  /** A plain object for `JSON.stringify`; with `false`, without the stack. */
  toJSON(withStack) {
    const plain = {};
    set(plain, 'name', this.name);
    const keys = enumerableKeys(this);
    for (let i = 0; i < keys.length; i += 1) {
      if (keys[i] !== 'stack') set(plain, keys[i], this[keys[i]]);
    }
    if (withStack !== false && this.stack) set(plain, 'stack', this.stack);
    return plain;
  }
}

freeze(AssertionError.prototype);
freeze(AssertionError);

const recorded = new WeakMapConstructor();

/**
 * What is known of the assertion that threw `error`, or undefined if none of ours did:
 * - `method`: the name of the method, `assert` for the function itself
 * - `message`: what the test's author passed as the message
 * - `negated`: whether the opposite was asserted
 * - `actual`, `expected`: the two sides; for `assert`, `actual` is the value of the expression
 * - `text`, `pattern`: the text that was searched, and what for: `{ source, flags }`, with `flags` null where `source`
 *   is a plain text. Only for searches in a text.
 */
export const facts = (error) => (isObject(error) ? weakMapGet(recorded, error) : undefined);

/** Keeps the first record: an error that passes through an outer assertion still tells of the inner one. */
export const record = (error, known) => {
  if (!weakMapHas(recorded, error)) weakMapSet(recorded, error, freeze(known));
  return error;
};

/** A copy of the own properties, safe from whatever is on `Object.prototype`. */
export const factsOf = (call, actual, expected) => {
  const known = {
    __proto__: null,
    method: call.method,
    message: call.message,
    negated: call.negated,
    actual,
    expected,
  };
  if (hasOwn(call, 'pattern')) {
    known.text = call.text;
    known.pattern = call.pattern;
  }
  return known;
};
