// structuredClone.
import { Blob, File, blobBytes } from './blob.js';
import { DOMException } from './dom-exception.js';
import { isObject, need } from './idl.js';
import { isBuffer } from './text.js';

const ERRORS = { Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };
const getter = (proto, name) => Object.getOwnPropertyDescriptor(proto, name).get;
const mapSize = getter(Map.prototype, 'size');
const setSize = getter(Set.prototype, 'size');
const regexSource = getter(RegExp.prototype, 'source');
const regexFlags = getter(RegExp.prototype, 'flags');
const arrayTag = getter(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag);
const VIEWS = {
  Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array,
  Float32Array, Float64Array, BigInt64Array, BigUint64Array, DataView,
};

// True if `test(value)` does not throw: how to ask for an internal slot without trusting prototypes.
function has(test, value) {
  try {
    test.call(value);
    return true;
  } catch {
    return false;
  }
}

function refuse(value) {
  let what;
  try {
    what = typeof value === 'symbol' ? String(value) : typeof value === 'function' ? Function.prototype.toString.call(value) : `#<${value.constructor.name}>`;
  } catch {
    what = '#<Object>';
  }
  throw new DOMException(`Failed to execute 'structuredClone' on 'Window': ${what} could not be cloned.`, 'DataCloneError');
}

export function structuredClone(value, options = undefined) {
  need(1, arguments.length, "execute 'structuredClone' on 'Window'");
  const seen = new Map();
  const buffers = new Set();
  const transfer = isObject(options) && options.transfer !== undefined ? [...options.transfer] : [];
  for (const item of transfer) {
    if (!(item instanceof ArrayBuffer) || buffers.has(item) || item.detached) {
      throw new DOMException("Failed to execute 'structuredClone' on 'Window': Value could not be transferred.", 'DataCloneError');
    }
    buffers.add(item);
  }
  const copy = clone(value, seen);
  // The copy has its own bytes, so a transfer only has to empty the original.
  for (const buffer of transfer) buffer.transfer();
  return copy;
}

function clone(value, seen) {
  if (typeof value === 'symbol' || typeof value === 'function') refuse(value);
  if (!isObject(value)) return value;
  if (seen.has(value)) return seen.get(value);
  return shell(value, seen);
}

function keep(value, copy, seen) {
  seen.set(value, copy);
  return copy;
}

// Objects with internal slots, each by its own rule; plain objects and arrays last.
function shell(value, seen) {
  const proto = Object.getPrototypeOf(value);
  if (has(Date.prototype.getTime, value)) return keep(value, new Date(Date.prototype.getTime.call(value)), seen);
  if (value instanceof RegExp && value !== RegExp.prototype) {
    return keep(value, new RegExp(regexSource.call(value), regexFlags.call(value)), seen);
  }
  if (has(Boolean.prototype.valueOf, value)) return keep(value, Object(Boolean.prototype.valueOf.call(value)), seen);
  if (has(Number.prototype.valueOf, value)) return keep(value, Object(Number.prototype.valueOf.call(value)), seen);
  if (has(String.prototype.valueOf, value) && value instanceof String) {
    return keep(value, Object(String.prototype.valueOf.call(value)), seen);
  }
  if (has(BigInt.prototype.valueOf, value)) return keep(value, Object(BigInt.prototype.valueOf.call(value)), seen);
  if (has(Symbol.prototype.valueOf, value)) refuse(value);
  if (has(mapSize, value)) return map(value, seen);
  if (has(setSize, value)) return set(value, seen);
  if (isBuffer(value)) return keep(value, value.slice(0), seen);
  if (ArrayBuffer.isView(value)) return view(value, seen);
  if (value instanceof DOMException) return keep(value, exception(value), seen);
  if (value instanceof Error) return error(value, seen);
  if (value instanceof File) {
    const { name, type, lastModified } = value;
    return keep(value, new File([blobBytes(value)], name, { type, lastModified }), seen);
  }
  if (value instanceof Blob) return keep(value, new Blob([blobBytes(value)], { type: value.type }), seen);
  if (Array.isArray(value)) return properties(value, keep(value, new Array(value.length), seen), seen);
  if (isPlatformObject(value, proto)) refuse(value);
  return properties(value, keep(value, {}, seen), seen);
}

function map(value, seen) {
  const copy = keep(value, new Map(), seen);
  const entries = [];
  Map.prototype.forEach.call(value, (v, k) => entries.push([k, v]));
  for (const [k, v] of entries) copy.set(clone(k, seen), clone(v, seen));
  return copy;
}

function set(value, seen) {
  const copy = keep(value, new Set(), seen);
  const items = [];
  Set.prototype.forEach.call(value, (v) => items.push(v));
  for (const v of items) copy.add(clone(v, seen));
  return copy;
}

function view(value, seen) {
  const Kind = VIEWS[arrayTag.call(value) ?? 'DataView'];
  const buffer = clone(value.buffer, seen);
  const length = Kind === DataView ? value.byteLength : value.length;
  return keep(value, new Kind(buffer, value.byteOffset, length), seen);
}

function exception(value) {
  const copy = new DOMException(value.message, value.name);
  if (typeof value.stack === 'string') Object.defineProperty(copy, 'stack', { value: value.stack, configurable: true, writable: true });
  return copy;
}

function error(value, seen) {
  const name = value.name === undefined ? 'Error' : `${value.name}`;
  const Kind = Object.hasOwn(ERRORS, name) ? ERRORS[name] : Error;
  const copy = keep(value, new Kind(), seen);
  const hidden = (key, content) => Object.defineProperty(copy, key, { value: content, configurable: true, writable: true });
  const message = Object.getOwnPropertyDescriptor(value, 'message');
  if (message !== undefined && 'value' in message) hidden('message', `${message.value}`);
  if (typeof value.stack === 'string') hidden('stack', value.stack);
  if (Object.hasOwn(value, 'cause')) hidden('cause', clone(value.cause, seen));
  return copy;
}

function properties(value, copy, seen) {
  for (const key of Object.keys(value)) {
    // A getter that ran before may have removed it.
    if (!Object.hasOwn(value, key)) continue;
    Object.defineProperty(copy, key, { value: clone(value[key], seen), configurable: true, enumerable: true, writable: true });
  }
  return copy;
}

// Objects that carry state which a copy of their properties would lose.
function isPlatformObject(value, proto) {
  if (value instanceof Promise || value instanceof WeakMap || value instanceof WeakSet || value instanceof WeakRef) return true;
  for (let p = proto; p !== null; p = Object.getPrototypeOf(p)) {
    const name = Object.hasOwn(p, 'constructor') && typeof p.constructor === 'function' ? p.constructor.name : '';
    if (PLATFORM.has(name) && Object.hasOwn(p, Symbol.toStringTag)) return true;
  }
  return false;
}

const PLATFORM = new Set([
  'URL', 'URLSearchParams', 'Headers', 'FormData', 'Response', 'Request', 'EventTarget', 'Event', 'AbortController',
  'Node', 'TextEncoder', 'TextDecoder', 'Storage', 'DOMParser', 'Performance', 'Crypto', 'NodeList', 'HTMLCollection',
]);
