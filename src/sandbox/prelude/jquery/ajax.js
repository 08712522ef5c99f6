// `$.ajax`: a request by XMLHttpRequest, its answer converted by its type.
import { explain } from '../json-error.js';
import { lib } from '../body.js';
import { XMLHttpRequest } from '../xhr.js';
import { makeDeferred } from './deferred.js';
import { extend } from './extend.js';
import { isPlain, param } from './param.js';

const FORM = 'application/x-www-form-urlencoded';
const ACCEPTS = {
  '*': '*/*',
  text: 'text/plain',
  html: 'text/html',
  xml: 'application/xml, text/xml',
  json: 'application/json, text/javascript',
  script: 'text/javascript, application/javascript, application/ecmascript, application/x-ecmascript',
};
const KINDS = { xml: /\bxml\b/, html: /\bhtml/, json: /\bjson\b/ };
const FIELDS = { xml: 'responseXML', text: 'responseText', json: 'responseJSON' };

const parseJson = text => {
  try {
    return JSON.parse(`${text}`);
  } catch (error) {
    throw new SyntaxError(explain(`${text}`, error));
  }
};

const parseXml = text => {
  if (!text || typeof text !== 'string') return null;
  const parsed = new (lib('web/dom.js').DOMParser)().parseFromString(text, 'text/xml');
  const fault = parsed.getElementsByTagName('parsererror')[0];
  if (fault) throw new Error(`Invalid XML: ${fault.textContent}`);
  return parsed;
};

const CONVERTERS = { 'text html': true, 'text json': parseJson, 'text xml': parseXml, '* text': String };

export const defaults = {
  url: 'https://www.freecodecamp.org/learn',
  type: 'GET',
  processData: true,
  async: true,
  contentType: `${FORM}; charset=UTF-8`,
  accepts: ACCEPTS,
  contents: KINDS,
  responseFields: FIELDS,
  converters: CONVERTERS,
};

// Settings are copied as deep as they go, but for these; what is undefined does not count.
const FLAT = ['url', 'context'];

const merge = (...sources) => {
  const merged = {};
  for (const source of sources) {
    const deep = {};
    for (const key in source) if (source[key] !== undefined) (FLAT.includes(key) ? merged : deep)[key] = source[key];
    extend(true, merged, deep);
  }
  return merged;
};

export const ajaxSetup = options => Object.assign(defaults, merge(defaults, options));

const isOurs = url => /^(?!(?:[a-z][a-z0-9+.-]*:)?\/\/)|^(?:https:)?\/\/www\.freecodecamp\.org(?::443)?(?:[/?#]|$)/i.test(url);

// Which type the answer is of, and how to get from its text to what was asked for.
const chain = (settings, contentType) => {
  const types = [...settings.dataTypes];
  if (types[0] === '*') {
    while (types[0] === '*') types.shift();
    if (contentType) {
      const kind = Object.keys(settings.contents).find(name => settings.contents[name] && settings.contents[name].test(contentType));
      if (kind !== undefined) types.unshift(kind);
    }
  }
  return types[0] === 'text' ? types : ['text', ...types];
};

const convert = (settings, jqXHR, types, text, isSuccess) => {
  let value = text;
  let from = null;
  for (const to of types) {
    if (from !== null && to !== '*' && to !== from) {
      const converter = settings.converters[`${from} ${to}`] ?? settings.converters[`* ${to}`];
      if (converter === undefined) return { state: 'parsererror', error: `No conversion from ${from} to ${to}` };
      if (converter !== true) {
        try {
          value = converter(value);
        } catch (error) {
          if (settings.throws) throw error;
          return { state: 'parsererror', error };
        }
      }
    }
    if (settings.responseFields[to]) jqXHR[settings.responseFields[to]] = value;
    if (from === null && isSuccess && settings.dataFilter) value = settings.dataFilter(value, settings.dataType);
    if (to !== '*') from = to;
  }
  return { state: 'success', data: value };
};

// Options are copied, and the copy has no undefined members.
const copy = value => {
  if (!Array.isArray(value) && !isPlain(value)) return value;
  const made = Array.isArray(value) ? [] : {};
  for (const key in value) if (value[key] !== undefined) made[key] = copy(value[key]);
  return made;
};

const prepareData = settings => {
  settings.data = copy(settings.data);
  if (settings.data && settings.processData && typeof settings.data !== 'string') settings.data = param(settings.data, settings.traditional);
  const hash = settings.url.indexOf('#');
  let url = hash < 0 ? settings.url : settings.url.slice(0, hash);
  const fragment = hash < 0 ? '' : settings.url.slice(hash);
  const join = more => {
    url += `${url.includes('?') ? '&' : '?'}${more}`;
  };
  if (settings.hasContent) {
    if (settings.data && settings.processData && `${settings.contentType || ''}`.startsWith(FORM)) settings.data = settings.data.replace(/%20/g, '+');
  } else {
    if (settings.data && (settings.processData || typeof settings.data === 'string')) {
      join(settings.data);
      delete settings.data;
    }
    if (settings.cache === false) join(`_=${Date.now()}`);
  }
  settings.url = url + fragment;
};

const headersOf = (settings, given) => {
  const headers = new Map();
  const set = (name, value) => headers.set(name.toLowerCase(), [name, value]);
  if ((settings.data && settings.hasContent && settings.contentType !== false) || given.contentType) set('Content-Type', `${settings.contentType}`);
  const first = settings.dataTypes[0];
  const accept = settings.accepts[first];
  set('Accept', accept ? accept + (first === '*' ? '' : ', */*; q=0.01') : settings.accepts['*']);
  for (const name in settings.headers) set(name, settings.headers[name]);
  return { headers, set };
};

export const ajax = (first, second) => {
  const given = (typeof first === 'object' ? first : second) ?? {};
  const settings = merge(defaults, given);
  const context = settings.context ?? settings;
  settings.url = `${(typeof first === 'object' ? undefined : first) ?? settings.url}`.replace(/^\/\//, 'https://');
  settings.type = `${given.method ?? given.type ?? settings.method ?? settings.type}`.toUpperCase();
  settings.dataTypes = `${settings.dataType || '*'}`.toLowerCase().match(/[^\x20\t\r\n\f]+/g) ?? [''];
  settings.crossDomain ??= !isOurs(settings.url);
  settings.hasContent = !/^(?:GET|HEAD)$/.test(settings.type);
  prepareData(settings);
  const { headers, set } = headersOf(settings, given);

  const deferred = makeDeferred();
  const completed = makeDeferred();
  const codes = settings.statusCode ?? {};
  const xhr = typeof settings.xhr === 'function' ? settings.xhr() : new XMLHttpRequest();
  let isDone = false;
  let timer;
  // Before the request is sent, giving it up is no abortion.
  let abortText = 'canceled';

  const jqXHR = {
    readyState: 0,
    getResponseHeader: name => (isDone ? xhr.getResponseHeader(name) : null),
    getAllResponseHeaders: () => (isDone ? xhr.getAllResponseHeaders() : null),
    setRequestHeader(name, value) {
      if (!isDone) set(name, value);
      return this;
    },
    overrideMimeType(type) {
      if (!isDone) settings.mimeType = type;
      return this;
    },
    statusCode(map) {
      if (isDone) jqXHR.always(map?.[jqXHR.status]);
      else for (const code in map) codes[code] = [codes[code], map[code]];
      return this;
    },
    abort(why = abortText) {
      xhr.onload = xhr.onerror = xhr.ontimeout = xhr.onabort = null;
      xhr.abort();
      finish(0, `${why}`, null);
      return this;
    },
  };
  deferred.promise(jqXHR);

  const finish = (status, nativeText, text) => {
    if (isDone) return;
    isDone = true;
    if (timer !== undefined) lib('timers.js').clearTimeout(timer);
    jqXHR.readyState = status > 0 ? 4 : 0;
    let isSuccess = (status >= 200 && status < 300) || status === 304;
    const types = text === null ? [] : chain(settings, settings.mimeType ?? xhr.getResponseHeader('Content-Type'));
    const converted = convert(settings, jqXHR, types, text ?? undefined, isSuccess);
    let statusText = nativeText;
    let data;
    let error;
    if (isSuccess) {
      if (status === 204 || settings.type === 'HEAD') statusText = 'nocontent';
      else if (status === 304) statusText = 'notmodified';
      else {
        statusText = converted.state;
        ({ data, error } = converted);
        isSuccess = !error;
      }
    } else {
      error = statusText;
      if (status !== 0 || statusText === '') statusText = 'error';
    }
    jqXHR.status = status;
    jqXHR.statusText = `${nativeText || statusText}`;
    if (isSuccess) deferred.resolveWith(context, [data, statusText, jqXHR]);
    else deferred.rejectWith(context, [jqXHR, statusText, error]);
    if (codes[status] !== undefined) (isSuccess ? jqXHR.done : jqXHR.fail).call(jqXHR, codes[status]);
    completed.resolveWith(context, [jqXHR, statusText]);
  };

  if (settings.beforeSend && settings.beforeSend.call(context, jqXHR, settings) === false) return jqXHR.abort();
  if (isDone) return jqXHR.abort();
  abortText = 'abort';
  completed.done(settings.complete ?? []);
  if (settings.success) jqXHR.done(settings.success);
  if (settings.error) jqXHR.fail(settings.error);
  jqXHR.readyState = 1;
  if (settings.async && settings.timeout > 0) timer = lib('timers.js').setTimeout(() => jqXHR.abort('timeout'), settings.timeout);

  try {
    xhr.open(settings.type, settings.url, settings.async, settings.username ?? null, settings.password ?? null);
    for (const name in settings.xhrFields) xhr[name] = settings.xhrFields[name];
    if (settings.mimeType) xhr.overrideMimeType(settings.mimeType);
    if (!settings.crossDomain && !headers.has('x-requested-with')) set('X-Requested-With', 'XMLHttpRequest');
    for (const [name, value] of headers.values()) xhr.setRequestHeader(name, value);
    xhr.onload = () => {
      const isText = xhr.responseType === '' || xhr.responseType === 'text';
      if (isText) finish(xhr.status, xhr.statusText, xhr.responseText);
      else finish(xhr.status, xhr.statusText, xhr.response);
    };
    xhr.onerror = xhr.ontimeout = () => finish(xhr.status, xhr.statusText, null);
    xhr.onabort = () => finish(0, 'abort', null);
    xhr.send((settings.hasContent && settings.data) || null);
  } catch (error) {
    if (isDone) throw error;
    finish(0, `${error}`, null);
  }
  return jqXHR;
};
