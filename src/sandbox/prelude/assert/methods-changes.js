// What a function changes.

import { callOf, opposite, plain, verify } from './check.js';
import { verifyKind } from './methods-kind.js';
import { verifyProperty } from './methods-property.js';
import { abs, isNil } from './primordials.js';

const CHANGE = { __proto__: null, verb: 'change', holds: (before, after) => before !== after };
const INCREASE = { __proto__: null, verb: 'increase', numeric: true, holds: (before, after) => after - before > 0 };
const DECREASE = { __proto__: null, verb: 'decrease', numeric: true, holds: (before, after) => after - before < 0 };

const readBefore = (call, subject, property) => {
  if (property) {
    verifyProperty(plain(call), subject, property);
    return subject[property];
  }
  verifyKind(plain(call), subject, 'function');
  return subject();
};

/** Runs the function and asserts the direction; returns what is needed to look at the amount. */
const verifyChange = (call, run, subject, property, kind) => {
  verifyKind(plain(call), run, 'function');
  const before = readBefore(call, subject, property);
  if (kind.numeric) verifyKind(plain(call), before, 'number');
  run();
  const bare = isNil(property);
  const after = bare ? subject() : subject[property];
  const words = 'expected ' + (bare ? before : '.' + property) + ' to ';
  verify(call, run, kind.holds(before, after), words + kind.verb, words + 'not ' + kind.verb);
  return { __proto__: null, before, after, words };
};

const amountHolds = (kind, before, after, delta) => {
  if (kind === CHANGE) return abs(after - before) === abs(delta);
  return (kind === INCREASE ? after - before : before - after) === abs(delta);
};

const verifyAmount = (call, run, kind, { before, after, words }, delta) => {
  const holds = amountHolds(kind, before, after, delta);
  const by = kind.verb + ' by ' + delta;
  verify(call, run, holds, words + by, words + 'not ' + by);
};

// The number of arguments matters to chai here, and so does the `length` of the methods: hence `arguments`.

const change = (method, negated, kind) =>
  function (run, subject, property, message) {
    const short = arguments.length === 3 && typeof subject === 'function';
    const call = callOf(method, short ? property : message, negated);
    verifyChange(call, run, subject, short ? null : property, kind);
  };

/** `butNot`: the direction is as said, the amount is not. */
const changeBy = (method, negated, kind, butNot) =>
  function (run, subject, property, delta, message) {
    let by = delta;
    let name = property;
    let said = message;
    if (arguments.length === 4 && typeof subject === 'function') {
      by = property;
      said = delta;
    } else if (arguments.length === 3) {
      by = property;
      name = null;
    }
    const call = callOf(method, said, negated);
    const observed = verifyChange(call, run, subject, name, kind);
    verifyAmount(butNot ? opposite(call) : call, run, kind, observed, by);
  };

export const changeMethods = {
  __proto__: null,
  changes: change('changes', false, CHANGE),
  changesBy: changeBy('changesBy', false, CHANGE, false),
  doesNotChange: change('doesNotChange', true, CHANGE),
  changesButNotBy: changeBy('changesButNotBy', false, CHANGE, true),
  increases: change('increases', false, INCREASE),
  increasesBy: changeBy('increasesBy', false, INCREASE, false),
  doesNotIncrease: change('doesNotIncrease', true, INCREASE),
  increasesButNotBy: changeBy('increasesButNotBy', false, INCREASE, true),
  decreases: change('decreases', false, DECREASE),
  decreasesBy: changeBy('decreasesBy', false, DECREASE, false),
  doesNotDecrease: change('doesNotDecrease', true, DECREASE),
  doesNotDecreaseBy: changeBy('doesNotDecreaseBy', true, DECREASE, false),
  decreasesButNotBy: changeBy('decreasesButNotBy', false, DECREASE, true),
};
