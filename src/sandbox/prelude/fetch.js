// `fetch` and `Response`.
import host from 'grade:host';
import { Body, answerOf, defineReaders, headersOf, lib } from './body.js';

const native = host.api('net');

const makeHeaders = init => new (lib('web/headers.js').Headers)(init);

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
    const { answer, headers, content } = lib('response.js').make(body, init);
    this.#answer = answer;
    this.#headers = headers;
    this.#body = new Body(content);
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
      const headers = headersOf(this.#answer);
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
    return lib('response.js').json(Response, data, init);
  }

  static error() {
    return new Response(ANSWER, lib('response.js').error());
  }

  static redirect(url, status = 302) {
    return new Response(ANSWER, lib('response.js').redirect(url, status));
  }
}
defineReaders('Response', Response, response => bodyOf(response), response => response.headers.get('content-type') ?? '');
Object.defineProperty(Response.prototype, Symbol.toStringTag, { value: 'Response', configurable: true });

const abortReason = signal => signal.reason ?? new (lib('web/dom-exception.js').DOMException)('The user aborted a request.', 'AbortError');

const flat = headers => {
  if (headers === null) return [];
  const list = [];
  for (const [name, value] of headers) list.push(name, value);
  return list;
};

const sendWithSettings = (settings, answered, reject, failure) => {
  const { signal } = settings;
  if (signal !== null && signal.aborted) {
    reject(abortReason(signal));
    return 0;
  }
  let content = null;
  if (settings.body !== null) {
    content = settings.body.content;
    settings.body.used = true;
  }
  if (settings.mode === 'no-cors') host.unsupported("fetch with mode 'no-cors'");
  if (settings.mode === 'same-origin') {
    reject(failure);
    return 0;
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
    answered,
  );
  if (id >= 0 && signal !== null) {
    signal.addEventListener('abort', () => {
      native.cancel(id);
      reject(abortReason(signal));
    });
  }
  return id;
};

// Whether a value is a `Request`: there is none until its module is loaded.
let isRequest = () => false;

export const know = check => {
  isRequest = check;
};

const WHERE = "execute 'fetch' on 'Window'";

export function fetch(input, init = undefined) {
  // Throws at once when the hint may make no more requests, so that a loop of them ends.
  native.admit();
  // Made here, where the call still is on the stack: that is the place to show.
  const failure = new TypeError('Failed to fetch');
  return new Promise((fulfil, reject) => {
    if (arguments.length === 0) throw new TypeError(`Failed to ${WHERE}: 1 argument required, but only 0 present.`);
    const answered = (id, status, statusText, url, redirected, type, headers) => {
      if (id === null) reject(failure);
      else fulfil(new Response(ANSWER, answerOf(id, status, statusText, url, redirected, type, headers)));
    };
    const simple = init === undefined && !isRequest(input);
    const url = simple ? `${input}`.toWellFormed() : null;
    const settings = simple ? null : lib('request.js').prepare(input, init, WHERE);
    const id = simple ? native.get(url, answered) : sendWithSettings(settings, answered, reject, failure);
    if (id === native.NO_URL) throw new TypeError(`Failed to ${WHERE}: Failed to parse URL from ${input}`);
    if (id === native.CREDENTIALS) {
      const shown = native.resolve(url);
      throw new TypeError(`Failed to ${WHERE}: Request cannot be constructed from a URL that includes credentials: ${shown}`);
    }
    if (id === native.NO_SERVER) host.unsupported(`fetch of a ${native.resolve(url ?? settings.url).slice(0, 5)} URL`);
    if (id < 0) reject(failure);
  });
}
