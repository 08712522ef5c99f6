// Property paths as in `a.b[2].c`, with `\` to take `.`, `[` or `]` literally.

import { isNil, newList, ObjectConstructor, push, textIndexOf, textSlice, TypeErrorConstructor } from './primordials.js';

/** Never followed, so that a path can not reach what all objects share. */
const isForbidden = (part) => part === '__proto__' || part === 'constructor' || part === 'prototype';

const isDigits = (text) => {
  for (let i = 0; i < text.length; i += 1) {
    if (text[i] < '0' || text[i] > '9') return false;
  }
  return text.length > 0;
};

const isEscapable = (character) => character === '.' || character === '[' || character === ']';

const unescape = (part) => {
  let text = '';
  for (let i = 0; i < part.length; i += 1) {
    if (part[i] === '\\' && i + 1 < part.length && isEscapable(part[i + 1])) i += 1;
    text += part[i];
  }
  return text;
};

/** Puts a dot before each bracket that opens after some other, unescaping character. */
const withDots = (path) => {
  let text = '';
  for (let i = 0; i < path.length; i += 1) {
    text += path[i];
    if (path[i] !== '\\' && path[i + 1] === '[') {
      text += '.[';
      i += 1;
    }
  }
  return text;
};

const split = (path) => {
  const parts = newList();
  let part = '';
  for (let i = 0; i < path.length; i += 1) {
    if (path[i] === '\\' && path[i + 1] === '.') {
      part += '\\.';
      i += 1;
    } else if (path[i] === '.') {
      if (part !== '') push(parts, part);
      part = '';
    } else {
      part += path[i];
    }
  }
  if (part !== '') push(parts, part);
  return parts;
};

/** The name that a part stands for: a text, the number of an `[index]`, or nothing for what is forbidden. */
const keyOf = (part) => {
  if (isForbidden(part)) return undefined;
  const inBrackets = part[0] === '[' && textIndexOf(part, ']') === part.length - 1;
  const index = inBrackets ? textSlice(part, 1, -1) : '';
  return isDigits(index) ? +index : unescape(part);
};

export const hasProperty = (object, name) => !isNil(object) && name in ObjectConstructor(object);

const follow = (object, keys, count) => {
  let value = object;
  // chai's "nothing there": a missing value compares as null.
  let result = null;
  for (let i = 0; i < count; i += 1) {
    if (value) {
      value = value[keys[i]];
      if (i === count - 1) result = value;
    }
  }
  return result;
};

/** What `path` leads to from `object`: the value, and whether it is there at all. */
export const lookUp = (object, path) => {
  const parts = split(withDots(path));
  if (parts.length === 0) throw new TypeErrorConstructor('a property path must name at least one property');
  const keys = newList();
  for (let i = 0; i < parts.length; i += 1) push(keys, keyOf(parts[i]));
  const parent = keys.length > 1 ? follow(object, keys, keys.length - 1) : object;
  const name = keys[keys.length - 1];
  return {
    __proto__: null,
    value: follow(object, keys, keys.length),
    exists: hasProperty(parent, name),
  };
};
