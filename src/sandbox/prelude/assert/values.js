// The primitive inside a wrapper or a date, read past anything that code under test put in its way.

import { valueReaders } from './primordials.js';

/** What the object stands for; an object that only calls itself a `kind` is asked. */
export const primitiveOf = (object, kind) => {
  try {
    return valueReaders[kind](object);
  } catch {
    return object.valueOf();
  }
};
