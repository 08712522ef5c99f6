// What was thrown, as a text that the loop can read: loaded only when a hint fails.
import { facts } from './assert/assertion-error.js';
import { inspect } from './assert/inspect.js';

const MAX_DEPTH = 8;
const MAX_NODES = 2000;
const MAX_TEXT = 100_000;
const MAX_SEARCHED = 1_000_000;

const cut = (text, limit = MAX_TEXT) => text.slice(0, limit).toWellFormed();

const kindOf = value => Object.prototype.toString.call(value).slice(8, -1);

const shown = value => {
  try {
    return cut(String(inspect(value)));
  } catch {
    return `[${kindOf(value)}]`;
  }
};

// Numbers, strings and the rest as the Rust side expects them; the rest is tagged with `t`.
const encoder = () => {
  let nodes = 0;
  const encode = (value, depth) => {
    nodes += 1;
    if (value === undefined) return { t: 'u' };
    if (value === null || typeof value === 'boolean') return value;
    if (typeof value === 'string') return cut(value);
    if (typeof value === 'number') {
      return Number.isFinite(value) && !Object.is(value, -0) ? value : { t: 'n', v: Object.is(value, -0) ? '-0' : String(value) };
    }
    const other = () => ({ t: 'x', k: typeof value === 'object' || typeof value === 'function' ? kindOf(value) : typeof value, s: shown(value) });
    if (typeof value !== 'object' || depth > MAX_DEPTH || nodes > MAX_NODES) return other();
    if (Array.isArray(value)) return { t: 'a', e: Array.from({ length: Math.min(value.length, MAX_NODES) }, (_, i) => encode(value[i], depth + 1)) };
    if (value instanceof Date) return { t: 'd', v: Number.isNaN(value.getTime()) ? null : value.getTime() };
    const prototype = Object.getPrototypeOf(value);
    if (prototype !== null && prototype !== Object.prototype) return other();
    return { t: 'o', e: Object.keys(value).slice(0, MAX_NODES).map(key => [cut(key), encode(value[key], depth + 1)]) };
  };
  return value => {
    try {
      return encode(value, 0);
    } catch {
      return { t: 'x', k: kindOf(value), s: '[a value that cannot be shown]' };
    }
  };
};

const read = (object, key) => {
  try {
    return object[key];
  } catch {
    return undefined;
  }
};

const text = value => (typeof value === 'string' ? cut(value) : value === undefined ? '' : shown(value));

const described = error => {
  if (typeof error !== 'object' || error === null) return { name: text(error), message: text(error), stack: '' };
  if (typeof read(error, 'getResponseHeader') === 'function' && typeof read(error, 'statusText') === 'string') {
    const { status, statusText } = error;
    return { name: 'jqXHR', message: `the request was rejected: ${status === 0 ? '' : `${status} `}${statusText}`, stack: '' };
  }
  const isError = error instanceof Error || kindOf(error) === 'Error' || kindOf(error) === 'DOMException';
  if (!isError && read(error, 'message') === undefined) return { name: kindOf(error), message: shown(error), stack: '' };
  const name = read(error, 'name');
  return {
    name: typeof name === 'string' ? cut(name) : kindOf(error),
    message: text(read(error, 'message')),
    stack: typeof read(error, 'stack') === 'string' ? cut(error.stack) : '',
  };
};

export const describe = error => {
  const result = described(error);
  const isObject = typeof error === 'object' && error !== null;
  const known = facts(error);
  const carries = isObject && ('actual' in error || 'expected' in error);
  if (known !== undefined || (isObject && result.name === 'AssertionError') || carries) {
    const encode = encoder();
    const side = key => (isObject && key in error ? { v: encode(read(error, key)) } : known && known[key] !== undefined ? { v: encode(known[key]) } : null);
    result.assertion = {
      name: known?.method ?? '',
      message: known?.message === undefined || known?.message === null ? null : text(known.message),
      actual: side('actual'),
      expected: side('expected'),
      showDiff: isObject && read(error, 'showDiff') === true,
      negated: Boolean(known?.negated),
    };
    if (known?.pattern !== undefined) {
      const { source, flags } = known.pattern;
      result.assertion.search = {
        pattern: cut(String(source)),
        flags: flags ?? null,
        text: cut(String(known.text), MAX_SEARCHED),
      };
    }
  }
  return JSON.stringify(result);
};
