// `XMLHttpRequest`.
import host from 'grade:host';
import { answerOf, encodeBody, headersOf, lib } from './body.js';
import { DOMException } from './web/dom-exception.js';
import { EventTarget, ProgressEvent, Event, dispatch, eventHandlers, setErrorReporter } from './web/event.js';
import { constants, INTERNAL, illegal, shape } from './web/idl.js';

const native = host.api('net');
const timers = host.api('timers');
const FORBIDDEN_METHODS = ['CONNECT', 'TRACE', 'TRACK'];
const NORMAL_METHODS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT'];
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const UNSENT = 0;
const OPENED = 1;
const HEADERS_RECEIVED = 2;
const LOADING = 3;
const DONE = 4;

// An error in a listener only counts once the request has ended: on the way there many tests throw at every state.
let unfinished = 0;
setErrorReporter(error => {
  if (unfinished === 0) host.uncaught(error);
});

const invalidState = (method, why) => new DOMException(`Failed to execute '${method}' on 'XMLHttpRequest': ${why}`, 'InvalidStateError');

class XMLHttpRequestEventTarget extends EventTarget {
  constructor(token) {
    illegal(token);
    super();
  }
}
eventHandlers(XMLHttpRequestEventTarget, ['loadstart', 'progress', 'abort', 'error', 'load', 'timeout', 'loadend']);
shape(XMLHttpRequestEventTarget);

export class XMLHttpRequestUpload extends XMLHttpRequestEventTarget {}
shape(XMLHttpRequestUpload);

const charsetOf = type => /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(type)?.[1]?.toLowerCase() ?? 'utf-8';

const mimeOf = type => type.split(';')[0].trim().toLowerCase();

const isXml = mime => mime === 'text/xml' || mime === 'application/xml' || mime.endsWith('+xml');

export class XMLHttpRequest extends XMLHttpRequestEventTarget {
  #state = UNSENT;
  #sent = false;
  #method = 'GET';
  #url = '';
  #headers = [];
  #answer = null;
  #content = null;
  #cache;
  #request = -1;
  #timer = 0;
  #timeout = 0;
  #credentials = false;
  #type = '';
  #mime = null;
  #failed = false;
  #upload = null;

  constructor() {
    super(INTERNAL);
  }

  get readyState() { return this.#state; }
  get upload() { return (this.#upload ??= new XMLHttpRequestUpload(INTERNAL)); }

  get timeout() { return this.#timeout; }
  set timeout(value) { this.#timeout = Math.max(0, Math.trunc(Number(value)) || 0); }

  get withCredentials() { return this.#credentials; }
  set withCredentials(value) {
    if (this.#state > OPENED || this.#sent) throw invalidState('withCredentials', 'The value may only be set if the object\'s state is UNSENT or OPENED.');
    this.#credentials = Boolean(value);
  }

  get responseType() { return this.#type; }
  set responseType(value) {
    if (this.#state >= LOADING) throw invalidState('responseType', 'The response type cannot be set if the object\'s state is LOADING or DONE.');
    const text = `${value}`;
    if (['', 'arraybuffer', 'blob', 'document', 'json', 'text'].includes(text)) this.#type = text;
  }

  open(method, url, async = true, user = null, password = null) {
    if (arguments.length < 2) throw new TypeError(`Failed to execute 'open' on 'XMLHttpRequest': 2 arguments required, but only ${arguments.length} present.`);
    const text = `${method}`;
    if (!TOKEN.test(text)) throw new DOMException(`Failed to execute 'open' on 'XMLHttpRequest': '${text}' is not a valid HTTP method.`, 'SyntaxError');
    const upper = text.toUpperCase();
    if (FORBIDDEN_METHODS.includes(upper)) throw new DOMException(`Failed to execute 'open' on 'XMLHttpRequest': '${text}' HTTP method is unsupported.`, 'SecurityError');
    const resolved = native.resolve(`${url}`.toWellFormed());
    if (typeof resolved !== 'string') throw new DOMException("Failed to execute 'open' on 'XMLHttpRequest': Invalid URL", 'SyntaxError');
    if (!async) host.unsupported('a synchronous XMLHttpRequest');
    if (user !== null || password !== null) host.unsupported('XMLHttpRequest.open with a user name');
    this.#stop();
    this.#method = NORMAL_METHODS.includes(upper) ? upper : text;
    this.#url = resolved;
    this.#headers = [];
    this.#sent = false;
    this.#reset();
    if (this.#state !== OPENED) this.#enter(OPENED);
  }

  setRequestHeader(name, value) {
    if (this.#state !== OPENED || this.#sent) throw invalidState('setRequestHeader', "The object's state must be OPENED.");
    const key = `${name}`;
    const text = `${value}`.trim();
    if (!TOKEN.test(key)) throw new DOMException(`Failed to execute 'setRequestHeader' on 'XMLHttpRequest': '${key}' is not a valid HTTP header field name.`, 'SyntaxError');
    if (/[\0\r\n]|[^\0-\xff]/.test(text)) throw new DOMException(`Failed to execute 'setRequestHeader' on 'XMLHttpRequest': '${text}' is not a valid HTTP header field value.`, 'SyntaxError');
    const lower = key.toLowerCase();
    const known = this.#headers.find(header => header[0].toLowerCase() === lower);
    if (known === undefined) this.#headers.push([key, text]);
    else known[1] = `${known[1]}, ${text}`;
  }

  overrideMimeType(mime) {
    if (this.#state >= LOADING) throw invalidState('overrideMimeType', 'MimeType cannot be overridden when the state is LOADING or DONE.');
    this.#mime = `${mime}`;
  }

  send(body = null) {
    if (this.#state !== OPENED || this.#sent) throw invalidState('send', "The object's state must be OPENED.");
    native.admit();
    if (/^(?:data|blob):/.test(this.#url)) host.unsupported(`XMLHttpRequest to a ${this.#url.slice(0, 5)} URL`);
    let content = null;
    let type = null;
    if (body !== null && body !== undefined && this.#method !== 'GET' && this.#method !== 'HEAD') {
      const encoded = encodeBody(body);
      content = encoded.content;
      type = encoded.type;
    }
    this.#sent = true;
    this.#tell('loadstart');
    if (this.#state !== OPENED || !this.#sent) return;
    const headers = [];
    for (const [name, value] of this.#headers) headers.push(name, value);
    this.#request = native.start(
      { url: this.#url, method: this.#method, headers, body: content, type, redirect: 'follow', credentials: this.#credentials, xhr: true },
      (id, status, statusText, url, redirected, type, headers) =>
        this.#receive(id === null ? null : answerOf(id, status, statusText, url, redirected, type, headers)),
    );
    if (this.#request < 0) this.#end('error');
    else if (this.#timeout > 0) this.#timer = timers.start(() => this.#expire(), this.#timeout, false);
  }

  abort() {
    const underWay = this.#sent && this.#state < DONE && this.#state > UNSENT;
    this.#stop();
    if (underWay) this.#end('abort');
    if (this.#state === DONE) {
      this.#state = UNSENT;
      this.#reset();
    }
  }

  getResponseHeader(name) {
    const wanted = `${name}`.toLowerCase();
    const found = this.#received().filter(header => header[0] === wanted).map(header => header[1]);
    return found.length === 0 ? null : found.join(', ');
  }

  getAllResponseHeaders() {
    const combined = new Map();
    for (const [name, value] of this.#received()) combined.set(name, combined.has(name) ? `${combined.get(name)}, ${value}` : value);
    return [...combined.keys()].sort().map(name => `${name}: ${combined.get(name)}\r\n`).join('');
  }

  get status() { return this.#state < HEADERS_RECEIVED || this.#failed ? 0 : this.#answer.status; }
  get statusText() { return this.#state < HEADERS_RECEIVED || this.#failed ? '' : this.#answer.statusText; }
  get responseURL() { return this.#state < HEADERS_RECEIVED || this.#failed ? '' : this.#answer.url.split('#')[0]; }

  get responseText() {
    if (this.#type !== '' && this.#type !== 'text') {
      throw new DOMException(`Failed to read the 'responseText' property from 'XMLHttpRequest': The value is only accessible if the object's 'responseType' is '' or 'text' (was '${this.#type}').`, 'InvalidStateError');
    }
    return this.#state < LOADING || this.#failed ? '' : this.#text();
  }

  get responseXML() {
    if (this.#type !== '' && this.#type !== 'document') {
      throw new DOMException(`Failed to read the 'responseXML' property from 'XMLHttpRequest': The value is only accessible if the object's 'responseType' is '' or 'document' (was '${this.#type}').`, 'InvalidStateError');
    }
    return this.#state !== DONE || this.#failed ? null : this.#document();
  }

  get response() {
    if (this.#type === '' || this.#type === 'text') return this.#state < LOADING || this.#failed ? '' : this.#text();
    if (this.#state !== DONE || this.#failed) return null;
    if (this.#cache === undefined) this.#cache = this.#converted();
    return this.#cache;
  }

  #converted() {
    switch (this.#type) {
      case 'arraybuffer':
        return this.#bytes().slice().buffer;
      case 'blob':
        return new (lib('web/blob.js').Blob)([this.#bytes()], { type: this.#contentType() });
      case 'json':
        try {
          return JSON.parse(lib('web/text.js').decodeUtf8(this.#bytes()));
        } catch {
          return null;
        }
      default:
        return this.#document();
    }
  }

  #document() {
    const mime = mimeOf(this.#contentType() || 'text/xml');
    if (mime === 'text/html' ? this.#type !== 'document' : !isXml(mime)) return null;
    const parsed = new (lib('web/dom.js').DOMParser)().parseFromString(this.#text(), mime === 'text/html' ? mime : 'text/xml');
    return mime !== 'text/html' && parsed.getElementsByTagName('parsererror').length > 0 ? null : parsed;
  }

  #contentType() {
    return this.#mime ?? this.getResponseHeader('content-type') ?? '';
  }

  #received() {
    if (this.#state < HEADERS_RECEIVED || this.#failed) return [];
    const headers = headersOf(this.#answer);
    const pairs = [];
    for (let i = 0; i + 1 < headers.length; i += 2) pairs.push([headers[i], headers[i + 1]]);
    return pairs;
  }

  #text() {
    if (typeof this.#content === 'string') return this.#content;
    const charset = charsetOf(this.#contentType());
    if (this.#content === null && (charset === 'utf-8' || charset === 'utf8')) {
      this.#content = this.#answer.empty ? '' : native.text(this.#answer.id);
      return this.#content;
    }
    let decoder;
    try {
      decoder = new (lib('web/text.js').TextDecoder)(charset);
    } catch {
      decoder = new (lib('web/text.js').TextDecoder)();
    }
    return decoder.decode(this.#bytes());
  }

  #bytes() {
    if (typeof this.#content === 'string') return lib('web/text.js').encodeUtf8(this.#content);
    this.#content ??= this.#answer.empty ? new Uint8Array(0) : new Uint8Array(native.bytes(this.#answer.id));
    return this.#content;
  }

  #receive(answer) {
    this.#request = -1;
    if (answer === null) {
      this.#end('error');
      return;
    }
    this.#answer = answer;
    this.#enter(HEADERS_RECEIVED);
    if (this.#state !== HEADERS_RECEIVED) return;
    // A body that was cut off is an error although the headers came.
    let size;
    try {
      size = this.#type === '' || this.#type === 'text' ? this.#text().length : this.#bytes().length;
    } catch {
      this.#end('error');
      return;
    }
    if (size > 0) {
      this.#enter(LOADING);
      if (this.#state !== LOADING) return;
      this.#tell('progress', size);
      if (this.#state !== LOADING) return;
    }
    this.#stopTimer();
    this.#sent = false;
    this.#enter(DONE);
    if (this.#state !== DONE) return;
    this.#tell('load', size);
    this.#tell('loadend', size);
  }

  #expire() {
    this.#timer = 0;
    this.#stop();
    this.#end('timeout');
  }

  #end(type) {
    this.#stopTimer();
    this.#failed = true;
    this.#sent = false;
    this.#enter(DONE);
    if (this.#state !== DONE) return;
    this.#tell(type);
    this.#tell('loadend');
  }

  #enter(state) {
    this.#state = state;
    this.#guarded(() => dispatch(this, new Event('readystatechange')));
  }

  #tell(type, loaded = 0) {
    this.#guarded(() => dispatch(this, new ProgressEvent(type, { loaded, total: loaded, lengthComputable: loaded > 0 })));
  }

  #guarded(work) {
    const early = this.#state !== DONE;
    if (early) unfinished += 1;
    try {
      work();
    } finally {
      if (early) unfinished -= 1;
    }
  }

  #stop() {
    this.#stopTimer();
    if (this.#request >= 0) native.cancel(this.#request);
    this.#request = -1;
  }

  #stopTimer() {
    if (this.#timer > 0) timers.stop(this.#timer);
    this.#timer = 0;
  }

  #reset() {
    this.#answer = null;
    this.#content = null;
    this.#cache = undefined;
    this.#failed = false;
  }
}
eventHandlers(XMLHttpRequest, ['readystatechange']);
shape(XMLHttpRequest);
const STATES = { UNSENT, OPENED, HEADERS_RECEIVED, LOADING, DONE };
constants(XMLHttpRequest, STATES);

export { XMLHttpRequestEventTarget };
