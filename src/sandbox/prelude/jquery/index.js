// `$`: the part of jQuery that tests of a running project use.
import host from 'grade:host';
import { ajax, ajaxSetup } from './ajax.js';
import { makeDeferred, when } from './deferred.js';
import { extend } from './extend.js';
import { isPlain, param } from './param.js';

export function jQuery() {
  return host.unsupported('$() on the page');
}

const request = type => (url, data, success, dataType) => {
  const withoutData = typeof data === 'function';
  const base = withoutData
    ? { url, type, data: undefined, success: data, dataType: dataType ?? success }
    : { url, type, data, success, dataType };
  return ajax(isPlain(url) ? { ...base, ...url } : base);
};

const each = (collection, callback) => {
  const isList = Array.isArray(collection) || typeof collection?.length === 'number';
  const keys = isList ? Array.from({ length: collection.length }, (_, index) => index) : Object.keys(collection);
  for (const key of keys) if (callback.call(collection[key], key, collection[key]) === false) break;
  return collection;
};

const map = (collection, callback) => {
  const results = [];
  each(collection, (key, value) => {
    const result = callback(value, key);
    if (result !== null && result !== undefined) results.push(result);
  });
  return results.flat();
};

Object.assign(jQuery, {
  ajax,
  ajaxSetup,
  get: request('GET'),
  post: request('POST'),
  getJSON: (url, data, success) => jQuery.get(url, data, success, 'json'),
  Deferred(setUp) {
    const deferred = makeDeferred();
    setUp?.call(deferred, deferred);
    return deferred;
  },
  when,
  param,
  extend: (...objects) => (objects.length === 1 ? extend(jQuery, objects[0]) : extend(...objects)),
  each,
  map,
  inArray: (value, list, from) => (list === null || list === undefined ? -1 : Array.prototype.indexOf.call(list, value, from)),
  isArray: Array.isArray,
  isFunction: value => typeof value === 'function',
  isPlainObject: isPlain,
  isEmptyObject: value => {
    for (const name in value) return name === undefined;
    return true;
  },
  isNumeric: value => (typeof value === 'number' || typeof value === 'string') && !Number.isNaN(value - parseFloat(value)),
  trim: text => (text === null || text === undefined ? '' : `${text}`.replace(/^[\s\uFEFF\xA0]+|[\s\uFEFF\xA0]+$/g, '')),
  parseJSON: text => JSON.parse(`${text}`),
  now: () => Date.now(),
  noop() {},
  type: value => (value === null || value === undefined ? `${value}` : typeof value === 'object' ? Object.prototype.toString.call(value).slice(8, -1).toLowerCase() : typeof value),
});

for (const name of ['getScript', 'parseHTML', 'parseXML', 'fn', 'event', 'Event', 'cookie', 'ajaxPrefilter', 'ajaxTransport', 'Callbacks', 'ready']) {
  Object.defineProperty(jQuery, name, { get: () => host.unsupported(`$.${name}`), configurable: true });
}

export { jQuery as $ };
