// Lists compared by their members.

import { callOf, plain, verifyValue } from './check.js';
import { deepEqual } from './deep-equal.js';
import { strict } from './methods-equality.js';
import { verifyKind } from './methods-kind.js';
import { newList, push } from './primordials.js';

/** Whether `members` are, one by one, at the start of `list`. Holes are no members. */
const inOrder = (members, list, same) => {
  for (let i = 0; i < members.length; i += 1) {
    if (i in members && !same(members[i], list[i])) return false;
  }
  return true;
};

/** Whether each of `members` is in `list`; with `once`, an item of the list stands for one member only. */
const inAnyOrder = (members, list, same, once) => {
  const free = newList();
  for (let i = 0; i < list.length; i += 1) {
    if (i in list) push(free, i);
  }
  for (let i = 0; i < members.length; i += 1) {
    if (i in members) {
      let at = 0;
      while (at < free.length && !same(members[i], list[free[at]])) at += 1;
      if (at === free.length) return false;
      if (once) {
        for (let j = at + 1; j < free.length; j += 1) free[j - 1] = free[j];
        free.length -= 1;
      }
    }
  }
  return true;
};

const members = (method, negated, { deep, ordered, partial }) => {
  const same = deep ? deepEqual : strict;
  const order = ordered ? 'ordered ' : '';
  const words = partial
    ? (ordered ? 'an ordered' : 'a') + ' superset of #{exp}'
    : 'have the same ' + order + 'members as #{exp}';
  const verb = partial ? 'be ' : '';
  return (list, expected, message) => {
    const call = callOf(method, message, negated);
    verifyKind(plain(call), list, 'array');
    verifyKind(plain(call), expected, 'array');
    const fits = partial || list.length === expected.length;
    const holds = fits && (ordered ? inOrder(expected, list, same) : inAnyOrder(expected, list, same, !partial));
    verifyValue(call, list, holds, 'expected #{this} to ' + verb + words, 'expected #{this} to not ' + verb + words, expected, list);
  };
};

const SET = { __proto__: null, deep: false, ordered: false, partial: false };
const DEEP = { __proto__: null, deep: true, ordered: false, partial: false };
const ORDERED = { __proto__: null, deep: false, ordered: true, partial: false };
const DEEP_ORDERED = { __proto__: null, deep: true, ordered: true, partial: false };
const partial = (kind) => ({ __proto__: null, ...kind, partial: true });

export const memberMethods = {
  __proto__: null,
  sameMembers: members('sameMembers', false, SET),
  notSameMembers: members('notSameMembers', true, SET),
  sameDeepMembers: members('sameDeepMembers', false, DEEP),
  notSameDeepMembers: members('notSameDeepMembers', true, DEEP),
  sameOrderedMembers: members('sameOrderedMembers', false, ORDERED),
  notSameOrderedMembers: members('notSameOrderedMembers', true, ORDERED),
  sameDeepOrderedMembers: members('sameDeepOrderedMembers', false, DEEP_ORDERED),
  notSameDeepOrderedMembers: members('notSameDeepOrderedMembers', true, DEEP_ORDERED),
  includeMembers: members('includeMembers', false, partial(SET)),
  notIncludeMembers: members('notIncludeMembers', true, partial(SET)),
  includeDeepMembers: members('includeDeepMembers', false, partial(DEEP)),
  notIncludeDeepMembers: members('notIncludeDeepMembers', true, partial(DEEP)),
  includeOrderedMembers: members('includeOrderedMembers', false, partial(ORDERED)),
  notIncludeOrderedMembers: members('notIncludeOrderedMembers', true, partial(ORDERED)),
  includeDeepOrderedMembers: members('includeDeepOrderedMembers', false, partial(DEEP_ORDERED)),
  notIncludeDeepOrderedMembers: members('notIncludeDeepOrderedMembers', true, partial(DEEP_ORDERED)),
};
