// What the host gives to `assert/front.js`: the whole library.
import * as library from '../../src/sandbox/prelude/assert/index.js';

export default {
  load(path) {
    if (path !== 'assert/index.js') throw new Error(`${path} is not known here`);
    return library;
  },
};
