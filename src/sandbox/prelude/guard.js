// Takes stock of everything that the page provides, and puts it back. Loaded before the first hint that might change any of
// it, so what it takes here is still what the engine made. Nothing below may rely on an object that a test can reach.
import host from 'grade:host';

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

let ownGlobals;
let stock;
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

/** Loads everything that is loaded lazily and takes down the names of our globals. */
export const prepare = () => {
  for (const path of Object.keys(host.globals)) {
    for (const name of host.globals[path]) void globalThis[name];
  }
  ownGlobals = new NewSet(ownKeys(globalThis));
};

/** Takes stock of all objects that can be reached from our globals. */
export const record = () => {
  const seen = new NewMap();
  const queue = list();
  const visit = value => {
    if (!isObject(value) || mapHas(seen, value)) return;
    mapSet(seen, value, true);
    append(queue, value);
  };
  visit(globalThis);
  const roots = hiddenRoots();
  for (let i = 0; i < roots.length; i += 1) visit(roots[i]);
  stock = list();
  for (let at = 0; at < queue.size; at += 1) {
    const object = queue[at];
    const keys = ownKeys(object);
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
    const prototype = getPrototypeOf(object);
    visit(prototype);
    append(stock, { __proto__: null, object, properties, known, prototype, extensible: isExtensible(object) });
  }
  stackSettings = { __proto__: null, limit: ErrorClass.stackTraceLimit, prepare: ErrorClass.prepareStackTrace };
};

const same = (a, b) =>
  is(a.value, b.value) && a.get === b.get && a.set === b.set &&
  a.writable === b.writable && a.enumerable === b.enumerable && a.configurable === b.configurable;

const restoreObject = ({ object, properties, known, prototype, extensible }) => {
  let whole = true;
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
  if (getPrototypeOf(object) !== prototype) whole = setPrototypeOf(object, prototype) && whole;
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
