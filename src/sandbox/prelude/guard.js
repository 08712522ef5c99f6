// Takes stock of everything that the page provides, and puts it back. Loaded before the first hint that might change any of
// it, so what it takes here is still what the engine made. Nothing below may rely on an object that a test can reach.
import { isStore } from './web/stores.js';

const { ownKeys, getOwnPropertyDescriptor, defineProperty, deleteProperty, getPrototypeOf, setPrototypeOf, isExtensible } = Reflect;
const { is } = Object;
const bind = Function.prototype.call.bind(Function.prototype.bind, Function.prototype.call);
const mapGet = bind(Map.prototype.get);
const mapSet = bind(Map.prototype.set);
const mapHas = bind(Map.prototype.has);
const setHas = bind(Set.prototype.has);
const setAdd = bind(Set.prototype.add);
const create = Object.create;
const NewMap = Map;
const NewSet = Set;
const ErrorClass = Error;

const ownGlobals = new NewSet(ownKeys(globalThis));
let stock;
let seen;
let ofGlobal;
let stackSettings;

// An array whose elements cannot meet setters that a test has put on the prototypes.
const list = () => {
  const made = create(null);
  made.size = 0;
  return made;
};

const append = (to, value) => {
  to[to.size] = value;
  to.size += 1;
};

const isObject = value => (typeof value === 'object' && value !== null) || typeof value === 'function';

const hiddenRoots = () => [
  getPrototypeOf(function* () {}),
  getPrototypeOf(async function () {}),
  getPrototypeOf(async function* () {}),
  getPrototypeOf([][Symbol.iterator]()),
  getPrototypeOf(''[Symbol.iterator]()),
  getPrototypeOf(new Map()[Symbol.iterator]()),
  getPrototypeOf(new Set()[Symbol.iterator]()),
  getPrototypeOf('a'.matchAll(/a/g)),
];

const take = (object, visit) => {
  const keys = ownKeys(object);
  const prototype = getPrototypeOf(object);
  visit(prototype);
  // Most objects by far are functions with nothing but a name: changing that changes no verdict. And what a test stores is there
  // for the next one, as in a page.
  if ((typeof object === 'function' && keys.length === 2) || isStore(object)) {
    append(stock, { __proto__: null, object, properties: null, known: null, prototype, extensible: isExtensible(object) });
    return;
  }
  const properties = list();
  const known = new NewSet();
  for (let i = 0; i < keys.length; i += 1) {
    const key = keys[i];
    if (object === globalThis && !setHas(ownGlobals, key)) continue;
    const descriptor = getOwnPropertyDescriptor(object, key);
    setPrototypeOf(descriptor, null);
    setAdd(known, key);
    append(properties, { __proto__: null, key, descriptor });
    visit(descriptor.value);
    visit(descriptor.get);
    visit(descriptor.set);
  }
  const entry = { __proto__: null, object, properties, known, prototype, extensible: isExtensible(object) };
  append(stock, entry);
  if (object === globalThis) ofGlobal = entry;
};

const takeAll = roots => {
  const queue = list();
  const visit = value => {
    if (!isObject(value) || mapHas(seen, value)) return;
    mapSet(seen, value, true);
    append(queue, value);
  };
  for (let i = 0; i < roots.size; i += 1) visit(roots[i]);
  for (let at = 0; at < queue.size; at += 1) take(queue[at], visit);
};

/** Takes stock of all objects that can be reached from our globals. */
export const record = () => {
  seen = new NewMap();
  stock = list();
  const roots = list();
  append(roots, globalThis);
  const hidden = hiddenRoots();
  for (let i = 0; i < hidden.length; i += 1) append(roots, hidden[i]);
  takeAll(roots);
  stackSettings = { __proto__: null, limit: ErrorClass.stackTraceLimit, prepare: ErrorClass.prepareStackTrace };
};

/** Takes stock of a module that has just been loaded. */
export const include = exported => {
  const roots = list();
  const keys = ownKeys(exported);
  for (let i = 0; i < keys.length; i += 1) append(roots, exported[keys[i]]);
  takeAll(roots);
};

/** A global of ours has just got its value. */
export const adopt = name => {
  const { properties } = ofGlobal;
  for (let i = 0; i < properties.size; i += 1) {
    if (properties[i].key === name) {
      const descriptor = getOwnPropertyDescriptor(globalThis, name);
      setPrototypeOf(descriptor, null);
      properties[i].descriptor = descriptor;
    }
  }
};

const same = (a, b) =>
  is(a.value, b.value) && a.get === b.get && a.set === b.set &&
  a.writable === b.writable && a.enumerable === b.enumerable && a.configurable === b.configurable;

const restoreObject = ({ object, properties, known, prototype, extensible }) => {
  let whole = true;
  if (getPrototypeOf(object) !== prototype) whole = setPrototypeOf(object, prototype);
  if (properties === null) return whole;
  for (let i = 0; i < properties.size; i += 1) {
    const { key, descriptor } = properties[i];
    const now = getOwnPropertyDescriptor(object, key);
    if (now !== undefined) {
      setPrototypeOf(now, null);
      if (same(now, descriptor)) continue;
      // A length of a function that was made shorter, a frozen method: only what still has its value is harmless.
      if (!now.configurable && is(now.value, descriptor.value) && now.get === descriptor.get) continue;
    }
    whole = defineProperty(object, key, descriptor) && whole;
  }
  if (object !== globalThis) {
    const keys = ownKeys(object);
    for (let i = 0; i < keys.length; i += 1) {
      if (!setHas(known, keys[i])) whole = deleteProperty(object, keys[i]) && whole;
    }
  }
  // Nothing can make it extensible again, but it is what it was.
  return whole && (extensible || !isExtensible(object));
};

/** Puts everything back; false when something cannot be. */
export const restore = () => {
  let whole = true;
  for (let at = 0; at < stock.size; at += 1) whole = restoreObject(stock[at]) && whole;
  if (ErrorClass.stackTraceLimit !== stackSettings.limit) ErrorClass.stackTraceLimit = stackSettings.limit;
  if (ErrorClass.prepareStackTrace !== stackSettings.prepare) ErrorClass.prepareStackTrace = stackSettings.prepare;
  return whole;
};

/** Names of the globals that are not ours, and of which `isOurs` does not say otherwise. */
export const added = isOurs => {
  const names = [];
  const keys = ownKeys(globalThis);
  for (let i = 0; i < keys.length; i += 1) {
    if (typeof keys[i] === 'string' && !setHas(ownGlobals, keys[i]) && !isOurs(keys[i])) names.push(keys[i]);
  }
  return names;
};
