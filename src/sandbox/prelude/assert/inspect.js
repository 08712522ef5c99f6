// Shows a value in a message, in about forty characters.

import {
  arrayIndexOf,
  bigintToText,
  chaiInspectSymbol,
  enumerableKeys,
  freeze,
  getOwnPropertyNames,
  getOwnPropertySymbols,
  getPrototypeOf,
  globalObject,
  hasInstance,
  isObject,
  join,
  newList,
  numberIsFinite,
  ObjectConstructor,
  objectPrototype,
  push,
  RangeErrorConstructor,
  regexpSource,
  regexpToString,
  symbolDescription,
  textIndexOf,
  textSlice,
  toLowerCase,
  toStringTag,
  toText,
} from './primordials.js';
import { sizeOf, visitAll } from './collections.js';
import { writeList } from './inspect-list.js';
import { ELLIPSIS, quote, quoteKey, shorten } from './inspect-text.js';
import { tagOf } from './type-of.js';

const ROOM = 40;

// Far beyond what can show in forty characters; they bound the work on values made to be expensive.
const DEEPEST = 100;
const MOST_VALUES = 5000;

/** What is still to be spent at one place of the output; `trail` is shared by all places of one call. */
const roomOf = (left, depth, trail) => ({ __proto__: null, left, depth, trail });

const isOpen = (value, open) => arrayIndexOf(open, value) !== -1;

const inner = (value, room) => {
  const { trail } = room;
  trail.count += 1;
  if (room.depth >= DEEPEST && isOpen(value, trail.lists)) {
    // A cycle that goes through no plain object: chai runs out of stack here.
    throw new RangeErrorConstructor('Maximum call stack size exceeded');
  }
  if (room.depth >= DEEPEST || trail.count > MOST_VALUES) return ELLIPSIS;
  return show(value, roomOf(room.left, room.depth + 1, trail));
};

const nameOfFunction = (value) => (typeof value === 'function' ? value.name : null);

const showNumber = (value, room) => {
  if (value === 0) return 1 / value > 0 ? '+0' : '-0';
  if (typeof value === 'number' && !numberIsFinite(value)) return toText(value);
  return shorten(value, room.left);
};

const showBigint = (value, room) => {
  const digits = shorten(typeof value === 'bigint' ? bigintToText(value) : value.toString(), room.left - 1);
  return digits === ELLIPSIS ? digits : digits + 'n';
};

const showSymbol = (value) => {
  const description = typeof value === 'symbol' ? symbolDescription(value) : value.description;
  return description ? 'Symbol(' + description + ')' : 'Symbol()';
};

const showFunction = (value, room) => {
  const { name } = value;
  return name ? '[Function ' + shorten(name, room.left - 11) + ']' : '[Function]';
};

const showDate = (value, room) => {
  const text = value.toJSON();
  if (text === null) return 'Invalid Date';
  const at = textIndexOf(text, 'T');
  return textSlice(text, 0, at) + 'T' + shorten(textSlice(text, at + 1), room.left - at - 1);
};

/** What stands between the second and the third slash: chai takes that for the flags, whatever the source holds. */
const showRegExp = (value, room) => {
  const text = regexpToString(value);
  const second = textIndexOf(text, '/', 1);
  const third = textIndexOf(text, '/', second + 1);
  const flags = textSlice(text, second + 1, third === -1 ? text.length : third);
  return '/' + shorten(regexpSource(value), room.left - (2 + flags.length)) + '/' + flags;
};

const showProperty = (object, key, room) => {
  room.left -= 2;
  const name = typeof key === 'symbol' ? '[' + inner(key, room) + ']' : quoteKey(key);
  room.left -= name.length;
  return name + ': ' + inner(object[key], room);
};

const showProperties = (object, keys, room) =>
  writeList(keys.length, room, (index) => showProperty(object, keys[index], room));

/** The enumerable keys of an array that are not elements (if it has no holes: chai only counts). */
const extraKeys = (list) => {
  const keys = enumerableKeys(list);
  const extra = newList();
  for (let i = list.length; i < keys.length; i += 1) push(extra, keys[i]);
  return extra;
};

/** Writes what is in `value` while it counts as open, so that a cycle is noticed. */
const within = (value, open, write) => {
  push(open, value);
  const text = write();
  open.length -= 1;
  return text;
};

const showElements = (list, room) => writeList(list.length, room, (index) => inner(list[index], room));

const showArray = (value, room) => {
  const extra = extraKeys(value);
  if (value.length === 0 && extra.length === 0) return '[]';
  room.left -= 4;
  return within(value, room.trail.lists, () => {
    const elements = showElements(value, room);
    room.left -= elements.length;
    return '[ ' + elements + (extra.length === 0 ? '' : ', ' + showProperties(value, extra, room)) + ' ]';
  });
};

const showTypedArray = (value, room, tag) => {
  room.left -= tag.length + 4;
  const extra = extraKeys(value);
  if (value.length === 0 && extra.length === 0) return tag + '[]';
  let elements = '';
  for (let i = 0; i < value.length; i += 1) {
    const element = value[i];
    const text = shorten(element, room.left) + (i === value.length - 1 ? '' : ', ');
    room.left -= text.length;
    if (element !== value.length && room.left <= 3) {
      // chai counts from the element's value, not from its place.
      elements += ELLIPSIS + '(' + (value.length - element + 1) + ')';
      break;
    }
    elements += text;
  }
  return tag + '[ ' + elements + (extra.length === 0 ? '' : ', ' + showProperties(value, extra, room)) + ' ]';
};

const showMap = (value, room) => {
  // A map of one entry is shown as an empty one by chai 4.5.
  if (sizeOf(value) <= 1) return 'Map{}';
  room.left -= 7;
  const keys = newList();
  const values = newList();
  visitAll(value, (item, key) => {
    push(keys, key);
    push(values, item);
  });
  const showEntry = (index) => {
    room.left -= 4;
    const key = inner(keys[index], room);
    room.left -= key.length;
    return key + ' => ' + inner(values[index], room);
  };
  return within(value, room.trail.lists, () => 'Map{ ' + writeList(keys.length, room, showEntry) + ' }');
};

const showSet = (value, room) => {
  if (sizeOf(value) === 0) return 'Set{}';
  room.left -= 7;
  const items = newList();
  visitAll(value, (item) => push(items, item));
  return within(value, room.trail.lists, () => 'Set{ ' + showElements(items, room) + ' }');
};

const showArguments = (value, room) => {
  if (value.length === 0) return 'Arguments[]';
  room.left -= 13;
  return within(value, room.trail.lists, () => 'Arguments[ ' + showElements(value, room) + ' ]');
};

const UNSHOWN_OF_ERRORS = freeze([
  'stack',
  'line',
  'column',
  'name',
  'message',
  'fileName',
  'lineNumber',
  'columnNumber',
  'number',
  'description',
]);

const showError = (value, room) => {
  const { name, message } = value;
  const keys = newList();
  if (typeof message !== 'string') push(keys, 'message');
  const own = getOwnPropertyNames(value);
  for (let i = 0; i < own.length; i += 1) {
    if (arrayIndexOf(UNSHOWN_OF_ERRORS, own[i]) === -1) push(keys, own[i]);
  }
  room.left -= name.length;
  const said = typeof message === 'string' && message ? ': ' + shorten(message, room.left) : '';
  room.left -= said.length + 5;
  if (keys.length === 0) return name + said;
  return within(value, room.trail.lists, () => name + said + ' { ' + showProperties(value, keys, room) + ' }');
};

const showObject = (value, room) => {
  const names = getOwnPropertyNames(value);
  const symbols = getOwnPropertySymbols(value);
  if (names.length === 0 && symbols.length === 0) return '{}';
  room.left -= 4;
  if (isOpen(value, room.trail.objects)) return '[Circular]';
  return within(value, room.trail.objects, () => {
    const named = showProperties(value, names, room);
    const symbolic = showProperties(value, symbols, room);
    return '{ ' + named + (named && symbolic ? ', ' : '') + symbolic + ' }';
  });
};

const showInstance = (value, room) => {
  const tag = toStringTag in value ? value[toStringTag] : '';
  const given = tag || nameOfFunction(value.constructor);
  const name = !given || given === '_class' ? '<Anonymous Class>' : given;
  room.left -= name.length;
  return name + showObject(value, room);
};

const showElementNode = (value, room) => {
  const tag = toLowerCase(value.tagName);
  const names = value.getAttributeNames();
  room.left -= tag.length * 2 + 5;
  let attributes = '';
  if (names.length > 0) {
    const list = newList();
    for (let i = 0; i < names.length; i += 1) {
      push(list, names[i] + '=' + quote(toText(value.getAttribute(names[i])), room.left));
    }
    attributes = ' ' + shorten(join(list, ' '), room.left);
    room.left -= attributes.length;
  }
  const { children } = value;
  const content = children.length === 0 ? toText(value.textContent) : ELLIPSIS + '(' + children.length + ')';
  return '<' + tag + attributes + '>' + shorten(content, room.left) + '</' + tag + '>';
};

const WITH_A_WAY = freeze({
  __proto__: null,
  undefined: () => 'undefined',
  null: () => 'null',
  boolean: toText,
  Boolean: toText,
  number: showNumber,
  Number: showNumber,
  bigint: showBigint,
  BigInt: showBigint,
  string: (value, room) => quote(value, room.left),
  String: (value, room) => quote(toText(value), room.left),
  function: showFunction,
  Function: showFunction,
  symbol: showSymbol,
  Symbol: showSymbol,
  Array: showArray,
  Date: showDate,
  Map: showMap,
  Set: showSet,
  RegExp: showRegExp,
  Promise: () => 'Promise{…}',
  WeakSet: () => 'WeakSet{…}',
  WeakMap: () => 'WeakMap{…}',
  Arguments: showArguments,
  Int8Array: showTypedArray,
  Uint8Array: showTypedArray,
  Uint8ClampedArray: showTypedArray,
  Int16Array: showTypedArray,
  Uint16Array: showTypedArray,
  Int32Array: showTypedArray,
  Uint32Array: showTypedArray,
  Float32Array: showTypedArray,
  Float64Array: showTypedArray,
  Generator: () => '',
  DataView: () => '',
  ArrayBuffer: () => '',
  Error: showError,
});

const DEPTH_FOR_CUSTOM = 2;

/** Values may say how they want to be shown. */
const ownWay = (value, room) => {
  const options = { __proto__: null, depth: DEPTH_FOR_CUSTOM, truncate: room.left, showHidden: false, colors: false };
  if (typeof value[chaiInspectSymbol] === 'function') return value[chaiInspectSymbol](options);
  if (typeof value.inspect === 'function') return value.inspect(DEPTH_FOR_CUSTOM, options);
  return '';
};

const isElementNode = (value) => {
  const { HTMLElement } = globalObject;
  return typeof HTMLElement === 'function' && hasInstance(HTMLElement, value);
};

const show = (value, room) => {
  const tag = value === null ? 'null' : typeof value === 'object' ? tagOf(value) : typeof value;
  const way = WITH_A_WAY[tag];
  if (way !== undefined) return way(value, room, tag);
  const own = ownWay(value, room);
  if (own) return typeof own === 'string' ? own : inner(own, room);
  const prototype = getPrototypeOf(value);
  if (prototype === objectPrototype || prototype === null) return showObject(value, room);
  if (isElementNode(value)) return showElementNode(value, room);
  if ('constructor' in value && value.constructor !== ObjectConstructor) return showInstance(value, room);
  return showObject(value, room);
};

export const inspect = (value, left = ROOM) =>
  show(value, roomOf(left, 0, { __proto__: null, count: 0, objects: newList(), lists: newList() }));

/** The form for a place in a sentence: what is still too long is only named by its kind. */
export const brief = (value) => {
  const text = inspect(value);
  if (text.length < ROOM || !isObject(value)) return text;
  switch (tagOf(value)) {
    case 'Function':
      return value.name ? '[Function: ' + value.name + ']' : '[Function]';
    case 'Array':
      return '[ Array(' + value.length + ') ]';
    case 'Object': {
      const keys = enumerableKeys(value);
      const shown = newList();
      for (let i = 0; i < keys.length && i < 2; i += 1) push(shown, keys[i]);
      return '{ Object (' + join(shown, ', ') + (keys.length > 2 ? ', ...' : '') + ') }';
    }
    default:
      return text;
  }
};
