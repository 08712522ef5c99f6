// `Request`, and the second argument of `fetch`: loaded when a test uses one of them.
import host from 'grade:host';
import { Body, defineReaders, encodeBody, lib } from './body.js';
import { know } from './fetch.js';

const native = host.api('net');
const METHODS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT'];

const makeHeaders = init => new (lib('web/headers.js').Headers)(init);

const isObject = value => (typeof value === 'object' && value !== null) || typeof value === 'function';

const oneOf = (value, values, name) => {
  const text = `${value}`;
  if (!values.includes(text)) {
    throw new TypeError(`Failed to read the '${name}' property from 'RequestInit': The provided value '${text}' is not a valid enum value of type Request${name[0].toUpperCase()}${name.slice(1)}.`);
  }
  return text;
};

const resolve = (url, where) => {
  const resolved = native.resolve(`${url}`.toWellFormed());
  if (typeof resolved !== 'string') throw new TypeError(`Failed to ${where}: Failed to parse URL from ${url}`);
  return resolved;
};

// Everything that a request is made of, from the arguments of `fetch` or `new Request`.
export const prepare = (input, init, where) => {
  const base = input instanceof Request ? settingsOf(input) : null;
  const given = init === undefined || init === null ? {} : init;
  if (!isObject(given)) throw new TypeError(`Failed to ${where}: The provided value is not of type 'RequestInit'.`);
  const { method, headers, body, redirect, credentials, mode, signal, cache, integrity, keepalive, referrer, duplex, window, ...rest } = given;
  void integrity, keepalive, referrer, duplex, window, rest;
  const settings = {
    url: base === null ? resolve(input, where) : base.url,
    method: base?.method ?? 'GET',
    headers: null,
    body: null,
    type: null,
    redirect: base?.redirect ?? 'follow',
    credentials: base?.credentials ?? 'same-origin',
    mode: base?.mode ?? 'cors',
    signal: base?.signal ?? null,
  };
  const { url } = settings;
  if (base === null && /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*@/i.test(url)) {
    throw new TypeError(`Failed to ${where}: Request cannot be constructed from a URL that includes credentials: ${url}`);
  }
  if (method !== undefined) {
    const text = `${method}`;
    if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(text)) throw new TypeError(`Failed to ${where}: '${text}' is not a valid HTTP method.`);
    const upper = text.toUpperCase();
    if (['CONNECT', 'TRACE', 'TRACK'].includes(upper)) throw new TypeError(`Failed to ${where}: '${text}' HTTP method is unsupported.`);
    settings.method = METHODS.includes(upper) ? upper : text;
  }
  if (redirect !== undefined) settings.redirect = oneOf(redirect, ['follow', 'error', 'manual'], 'redirect');
  if (credentials !== undefined) settings.credentials = oneOf(credentials, ['omit', 'same-origin', 'include'], 'credentials');
  if (mode !== undefined) {
    settings.mode = oneOf(mode, ['cors', 'no-cors', 'same-origin', 'navigate'], 'mode');
    if (settings.mode === 'navigate') throw new TypeError(`Failed to ${where}: Cannot construct a Request with a RequestInit whose mode member is set as 'navigate'.`);
  }
  if (cache !== undefined && `${cache}` === 'only-if-cached' && settings.mode !== 'same-origin') {
    throw new TypeError(`Failed to ${where}: 'only-if-cached' can be set only with 'same-origin' mode`);
  }
  if (signal !== undefined) settings.signal = signal;
  if (headers !== undefined) settings.headers = makeHeaders(headers);
  else if (base !== null) settings.headers = makeHeaders(input.headers);
  if (body !== undefined && body !== null) {
    if (settings.method === 'GET' || settings.method === 'HEAD') {
      throw new TypeError(`Failed to ${where}: Request with GET/HEAD method cannot have body.`);
    }
    const encoded = encodeBody(body);
    settings.body = new Body(encoded.content);
    settings.type = encoded.type;
  } else if (base !== null && base.body !== null) {
    if (base.body.used) throw new TypeError(`Failed to ${where}: Cannot construct a Request with a Request object that has already been used.`);
    settings.body = base.body.clone();
    settings.type = base.type;
    base.body.used = true;
  }
  return settings;
};

let settingsOf;

export class Request {
  #settings;

  static {
    settingsOf = request => request.#settings;
    know(value => isObject(value) && #settings in value);
  }

  constructor(input, init = undefined) {
    if (arguments.length === 0) throw new TypeError("Failed to construct 'Request': 1 argument required, but only 0 present.");
    const settings = prepare(input, init, "construct 'Request'");
    settings.headers ??= makeHeaders();
    if (settings.type !== null && !settings.headers.has('content-type')) settings.headers.set('content-type', settings.type);
    this.#settings = settings;
  }

  get method() { return this.#settings.method; }
  get url() { return this.#settings.url; }
  get headers() { return this.#settings.headers; }
  get redirect() { return this.#settings.redirect; }
  get credentials() { return this.#settings.credentials; }
  get mode() { return this.#settings.mode; }
  get signal() { return (this.#settings.signal ??= new (lib('web/abort.js').AbortController)().signal); }
  get bodyUsed() { return this.#settings.body?.used ?? false; }
  get cache() { return 'default'; }
  get integrity() { return ''; }
  get keepalive() { return false; }
  get referrer() { return 'about:client'; }
  get referrerPolicy() { return ''; }
  get destination() { return ''; }
  get body() { return this.#settings.body === null ? null : host.unsupported('Request.body'); }

  clone() {
    if (this.bodyUsed) throw new TypeError("Failed to execute 'clone' on 'Request': Request body is already used");
    const copy = new Request(this.url, { method: this.method, headers: this.headers, redirect: this.redirect, credentials: this.credentials, mode: this.mode });
    copy.#settings.body = this.#settings.body?.clone() ?? null;
    copy.#settings.type = this.#settings.type;
    copy.#settings.signal = this.#settings.signal;
    return copy;
  }
}
defineReaders('Request', Request, request => settingsOf(request).body ?? new Body(null), request => request.headers.get('content-type') ?? '');
Object.defineProperty(Request.prototype, Symbol.toStringTag, { value: 'Request', configurable: true });
