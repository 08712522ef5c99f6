// The `assert` that tests see: passes at once what certainly holds, and leaves the rest to the whole library, which most
// hints never need. Nothing fails here. Once code has been seen that might change the built-ins, everything is left to the
// library, which is hardened against that.
import host from 'grade:host';

const { defineProperty, freeze, getOwnPropertyDescriptor } = Object;
const { isArray } = Array;
const { apply } = Reflect;
const { bind, call } = Function.prototype;
const uncurry = bind.bind(call);
const exec = uncurry(RegExp.prototype.exec);
const hasOwn = uncurry(Object.prototype.hasOwnProperty);
const indexOf = uncurry(String.prototype.indexOf);
const hasInstance = uncurry(Function.prototype[Symbol.hasInstance]);
const RegExpConstructor = RegExp;
const { toStringTag } = Symbol;

let whole = null;
let mayBeMeddledWith = false;

const library = () => (whole ??= host.load('assert/index.js').assert);

const isPlainArray = value => isArray(value) && !(toStringTag in value);

const { prototype } = RegExp;
const getterOf = name => uncurry(getOwnPropertyDescriptor(prototype, name).get);
const sourceOf = getterOf('source');
const FLAGS = ['hasIndices', 'global', 'ignoreCase', 'multiline', 'dotAll', 'unicode', 'unicodeSets', 'sticky'];
const LETTERS = 'dgimsuvy';
const readFlag = [];
for (let i = 0; i < FLAGS.length; i += 1) readFlag[i] = getterOf(FLAGS[i]);

const flagsOf = pattern => {
  let flags = '';
  for (let i = 0; i < FLAGS.length; i += 1) if (readFlag[i](pattern)) flags += LETTERS[i];
  return flags;
};

// Whether a search outside of the engine finds something. That takes no time to speak of, and leaves the same `lastIndex`.
const findsOutside = (text, pattern) => {
  try {
    if (pattern === prototype) return false;
    const end = host.find(sourceOf(pattern), flagsOf(pattern), text);
    if (end > 0) pattern.lastIndex = end;
    return end >= 0;
  } catch {
    // What is no expression, or a frozen one: the engine has its own words for it.
    return false;
  }
};

const matches = (text, pattern) => {
  if (typeof text !== 'string' || !hasInstance(RegExpConstructor, pattern)) return false;
  const at = pattern.lastIndex;
  if (at === 0 && host.find !== undefined && findsOutside(text, pattern)) return true;
  if (exec(pattern, text) !== null) return true;
  // The library searches again, from the same place.
  if (pattern.lastIndex !== at) pattern.lastIndex = at;
  return false;
};

const areNumbers = (left, right) => typeof left === 'number' && typeof right === 'number';

// Whether an assertion about one value certainly holds.
const OF_ONE = {
  __proto__: null,
  isTrue: value => value === true,
  isFalse: value => value === false,
  isOk: value => !!value,
  ok: value => !!value,
  isNotOk: value => !value,
  notOk: value => !value,
  isNull: value => value === null,
  isNotNull: value => value !== null,
  isUndefined: value => value === undefined,
  isDefined: value => value !== undefined,
  exists: value => value !== null && value !== undefined,
  isString: value => typeof value === 'string',
  isNumber: value => typeof value === 'number',
  isBoolean: value => typeof value === 'boolean',
  isArray: isPlainArray,
};

// The same about two.
const OF_TWO = {
  __proto__: null,
  equal: (left, right) => left === right,
  strictEqual: (left, right) => left === right,
  notStrictEqual: (left, right) => left !== right,
  // Zero has a sign.
  deepEqual: (left, right) => left === right && left !== 0,
  isAbove: (left, right) => areNumbers(left, right) && left > right,
  isAtLeast: (left, right) => areNumbers(left, right) && left >= right,
  isBelow: (left, right) => areNumbers(left, right) && left < right,
  isAtMost: (left, right) => areNumbers(left, right) && left <= right,
  match: matches,
  include: (text, part) => typeof text === 'string' && typeof part === 'string' && indexOf(text, part) !== -1,
  lengthOf: (value, length) => (typeof value === 'string' || isPlainArray(value)) && value.length === length,
  // Looked at, as by chai: it may be a getter.
  property: (object, name) =>
    typeof object === 'object' && object !== null && typeof name === 'string' && name in object && (void object[name], true),
};

export function assert(expression, message) {
  if (!expression) library()(expression, message);
}

// A message that is no text may throw, or run code.
const isMessage = message => message === undefined || typeof message === 'string';

const ofOne = (name, holds) => (...args) => {
  if (!mayBeMeddledWith && isMessage(args[1]) && holds(args[0])) return undefined;
  return apply(library()[name], undefined, args);
};

const ofTwo = (name, holds) => (...args) => {
  if (!mayBeMeddledWith && isMessage(args[2]) && holds(args[0], args[1])) return undefined;
  return apply(library()[name], undefined, args);
};

const left = name => (...args) => apply(library()[name], undefined, args);

const methodOf = name => {
  if (name in OF_ONE) return ofOne(name, OF_ONE[name]);
  return name in OF_TWO ? ofTwo(name, OF_TWO[name]) : left(name);
};

/** Provides methods, by their names. */
export const add = names => {
  for (let i = 0; i < names.length; i += 1) {
    if (hasOwn(assert, names[i])) continue;
    defineProperty(assert, names[i], { value: methodOf(names[i]), enumerable: true });
  }
};

/** Provides all methods, before code that might change the built-ins or `assert` itself. */
export const complete = names => {
  if (mayBeMeddledWith) return;
  mayBeMeddledWith = true;
  add(names);
  library();
  for (let i = 0; i < names.length; i += 1) freeze(assert[names[i]]);
  freeze(assert.prototype);
  freeze(assert);
};
