// `fetch`, `Request` and `Response`.
import host from 'grade:host';
import { Body, defineReaders, encodeBody, lib, stringify } from './body.js';

const native = host.api('net');
const METHODS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT'];
const NULL_BODY = [101, 103, 204, 205, 304];

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
const prepare = (input, init, where) => {
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

const ANSWER = Symbol('answer');
let bodyOf;

export class Response {
  #answer;
  #headers = null;
  #body;

  static {
    bodyOf = response => response.#body;
  }

  constructor(body = null, init = undefined) {
    if (body === ANSWER) {
      this.#answer = init;
      this.#body = new Body(init.empty ? null : init.id);
      return;
    }
    const given = isObject(init) ? init : {};
    const status = given.status === undefined ? 200 : Math.trunc(Number(given.status)) & 0xffff;
    if (status < 200 || status > 599) {
      throw new RangeError(`Failed to construct 'Response': The status provided (${status}) is outside the range [200, 599].`);
    }
    const statusText = given.statusText === undefined ? '' : `${given.statusText}`;
    if (/[^\t\x20-\x7e\x80-\xff]/.test(statusText)) throw new TypeError("Failed to construct 'Response': Invalid statusText");
    this.#answer = { status, statusText, url: '', redirected: false, type: 'default', headers: [] };
    this.#headers = makeHeaders(given.headers);
    this.#body = new Body(null);
    if (body !== null && body !== undefined) {
      if (NULL_BODY.includes(status)) throw new TypeError("Failed to construct 'Response': Response with null body status cannot have body");
      const { content, type } = encodeBody(body);
      this.#body = new Body(content);
      if (type !== null && !this.#headers.has('content-type')) this.#headers.set('content-type', type);
    }
  }

  get status() { return this.#answer.status; }
  get statusText() { return this.#answer.statusText; }
  get ok() { return this.#answer.status >= 200 && this.#answer.status <= 299; }
  get url() { return this.#answer.url; }
  get redirected() { return this.#answer.redirected; }
  get type() { return this.#answer.type; }
  get bodyUsed() { return this.#body.used; }
  get body() { return this.#body.isNull ? null : host.unsupported('Response.body'); }

  get headers() {
    if (this.#headers === null) {
      const { headers } = this.#answer;
      const list = makeHeaders();
      for (let i = 0; i + 1 < headers.length; i += 2) list.append(headers[i], headers[i + 1]);
      this.#headers = list;
    }
    return this.#headers;
  }

  clone() {
    if (this.#body.used) throw new TypeError("Failed to execute 'clone' on 'Response': Response body is already used");
    const copy = new Response(ANSWER, { ...this.#answer, empty: true });
    copy.#body = this.#body.clone();
    copy.#headers = makeHeaders(this.headers);
    return copy;
  }

  static json(data, init = undefined) {
    const text = stringify(data);
    if (text === undefined) throw new TypeError("Failed to execute 'json' on 'Response': The data is not JSON serializable");
    const response = new Response(text, init);
    if (!makeHeaders(init?.headers).has('content-type')) response.headers.set('content-type', 'application/json');
    return response;
  }

  static error() {
    return new Response(ANSWER, { status: 0, statusText: '', url: '', redirected: false, type: 'error', headers: [], empty: true });
  }

  static redirect(url, status = 302) {
    const location = resolve(url, "execute 'redirect' on 'Response'");
    if (![301, 302, 303, 307, 308].includes(status)) throw new RangeError("Failed to execute 'redirect' on 'Response': Invalid status code");
    const response = new Response(ANSWER, { status, statusText: '', url: '', redirected: false, type: 'default', headers: ['location', location], empty: true });
    return response;
  }
}
defineReaders('Response', Response, response => bodyOf(response), response => {
  const type = response.headers.get('content-type') ?? '';
  // Of an answer from the network, Chromium leaves out the parameters.
  return response.type === 'default' ? type : type.split(';')[0].trim();
});
Object.defineProperty(Response.prototype, Symbol.toStringTag, { value: 'Response', configurable: true });

const flat = headers => {
  if (headers === null) return [];
  const list = [];
  for (const [name, value] of headers) list.push(name, value);
  return list;
};

const abortReason = signal => signal.reason ?? new (lib('web/dom-exception.js').DOMException)('The user aborted a request.', 'AbortError');

const send = (settings, failure, fulfil, reject) => {
  const { signal } = settings;
  if (signal !== null && signal.aborted) {
    reject(abortReason(signal));
    return;
  }
  let content = null;
  if (settings.body !== null) {
    content = settings.body.content;
    settings.body.used = true;
  }
  if (/^(?:data|blob):/.test(settings.url)) host.unsupported(`fetch of a ${settings.url.slice(0, 5)} URL`);
  if (settings.mode === 'no-cors') host.unsupported("fetch with mode 'no-cors'");
  if (settings.mode === 'same-origin') {
    reject(failure);
    return;
  }
  const id = native.start(
    {
      url: settings.url,
      method: settings.method,
      headers: flat(settings.headers),
      body: content,
      type: settings.type,
      redirect: settings.redirect,
      credentials: settings.credentials === 'include',
      xhr: false,
    },
    answer => {
      if (answer === null) reject(failure);
      else fulfil(new Response(ANSWER, answer));
    },
  );
  if (id < 0) reject(failure);
  else if (signal !== null) {
    signal.addEventListener('abort', () => {
      native.cancel(id);
      reject(abortReason(signal));
    });
  }
};

export function fetch(input, init = undefined) {
  // Throws at once when the hint may make no more requests, so that a loop of them ends.
  native.admit();
  // Made here, where the call still is on the stack: that is the place to show.
  const failure = new TypeError('Failed to fetch');
  return new Promise((fulfil, reject) => {
    if (arguments.length === 0) throw new TypeError("Failed to execute 'fetch' on 'Window': 1 argument required, but only 0 present.");
    send(prepare(input, init, "execute 'fetch' on 'Window'"), failure, fulfil, reject);
  });
}
