// chai's assert interface, version 4.5, for code that runs in the sandbox.

import { AssertionError, facts } from './assertion-error.js';
import { verifyExpression } from './check.js';
import { changeMethods } from './methods-changes.js';
import { equalityMethods } from './methods-equality.js';
import { includeMethods } from './methods-include.js';
import { keyMethods } from './methods-keys.js';
import { kindMethods } from './methods-kind.js';
import { memberMethods } from './methods-members.js';
import { otherMethods } from './methods-other.js';
import { propertyMethods } from './methods-property.js';
import { throwMethods } from './methods-throws.js';
import { defineProperty, enumerableKeys, freeze } from './primordials.js';

function assert(expression, message) {
  verifyExpression(expression, message);
}

const addAll = (methods) => {
  const names = enumerableKeys(methods);
  for (let i = 0; i < names.length; i += 1) {
    const value = freeze(methods[names[i]]);
    defineProperty(assert, names[i], { __proto__: null, value, enumerable: true });
  }
};

addAll(kindMethods);
addAll(equalityMethods);
addAll(includeMethods);
addAll(propertyMethods);
addAll(keyMethods);
addAll(memberMethods);
addAll(throwMethods);
addAll(changeMethods);
addAll(otherMethods);
freeze(assert.prototype);
freeze(assert);

export { assert, AssertionError, facts };
