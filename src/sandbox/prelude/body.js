// What requests and answers have in common: a body that is read once.
import host from 'grade:host';

const native = host.api('net');
const { stringify, parse } = JSON;
const toString = Object.prototype.toString;

// Modules that most tests never need are loaded when the first value of theirs turns up.
export const lib = path => host.load(path);

const tagOf = value => toString.call(value).slice(8, -1);

const bytesOf = value =>
  ArrayBuffer.isView(value) ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength).slice() : new Uint8Array(value).slice();

/** What a body argument becomes on the wire: `{ content: string | Uint8Array, type: string | null }`. */
export const encodeBody = value => {
  if (typeof value === 'string') return { content: value, type: 'text/plain;charset=UTF-8' };
  if (typeof value === 'object' && value !== null) {
    switch (tagOf(value)) {
      case 'URLSearchParams':
        return { content: `${value}`, type: 'application/x-www-form-urlencoded;charset=UTF-8' };
      case 'FormData': {
        const { body, type } = lib('web/form-data.js').encodeMultipart(value);
        return { content: body, type };
      }
      case 'Blob':
      case 'File':
        return { content: lib('web/blob.js').blobBytes(value), type: value.type === '' ? null : value.type };
      case 'ReadableStream':
        return host.unsupported('a ReadableStream as body');
      case 'HTMLDocument':
      case 'Document':
      case 'XMLDocument':
        return host.unsupported('a document as body');
      default:
        if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return { content: bytesOf(value), type: null };
    }
  }
  return { content: `${value}`, type: 'text/plain;charset=UTF-8' };
};

const utf8 = text => lib('web/text.js').encodeUtf8(text);
const decode = bytes => lib('web/text.js').decodeUtf8(bytes);

/** What is known of an answer, from what the host tells the callback that waits for it. */
export const answerOf = (id, status, statusText, url, redirected, type, headers) =>
  ({ id, status, statusText, url, redirected, type, headers, empty: type === 'opaque' || type === 'opaqueredirect' });

/** The headers of an answer: names and values by turns. Most tests never look at them. */
export const headersOf = ({ headers }) => (typeof headers === 'string' ? native.headers(headers) : headers);

/** Parses JSON; an error says what stands there, and begins like the browser's. */
export const parseJson = text => {
  try {
    return parse(text);
  } catch (error) {
    throw new SyntaxError(host.load('json-error.js').explain(text, error));
  }
};

/**
 * The body of one request or answer. `content` is a string, bytes, null, or the number of an answer whose bytes the host
 * still has.
 */
export class Body {
  #content;
  used = false;

  constructor(content) {
    this.#content = content;
  }

  get isNull() {
    return this.#content === null;
  }

  #take(what) {
    if (this.used) throw new TypeError(`Failed to execute '${what.name}' on '${what.owner}': body stream already read`);
    // A body that is null can be read again and again.
    if (this.#content !== null) this.used = true;
    const content = this.#content;
    if (this.used && typeof content === 'number') this.#content = '';
    return content;
  }

  text(what) {
    const content = this.#take(what);
    if (typeof content === 'number') return native.text(content);
    if (content === null) return '';
    return typeof content === 'string' ? content.toWellFormed() : decode(content);
  }

  bytes(what) {
    const content = this.#take(what);
    if (typeof content === 'number') return new Uint8Array(native.bytes(content));
    if (content === null) return new Uint8Array(0);
    return typeof content === 'string' ? utf8(content) : content.slice();
  }

  /** A second body with the same content. */
  clone() {
    if (typeof this.#content === 'number') this.#content = new Uint8Array(native.bytes(this.#content));
    return new Body(this.#content);
  }

  /** What is sent. */
  get content() {
    return this.#content;
  }
}

/** The methods that read, for a class whose instances `bodyOf` knows. */
export const defineReaders = (owner, constructor, bodyOf, typeOf) => {
  const readers = {
    async text() {
      return bodyOf(this).text({ name: 'text', owner });
    },
    async json() {
      return parseJson(bodyOf(this).text({ name: 'json', owner }));
    },
    async arrayBuffer() {
      return bodyOf(this).bytes({ name: 'arrayBuffer', owner }).buffer;
    },
    async bytes() {
      return bodyOf(this).bytes({ name: 'bytes', owner });
    },
    async blob() {
      return new (lib('web/blob.js').Blob)([bodyOf(this).bytes({ name: 'blob', owner })], { type: typeOf(this) });
    },
    async formData() {
      return host.unsupported(`${owner}.formData`);
    },
  };
  for (const name of Object.keys(readers)) {
    Object.defineProperty(constructor.prototype, name, { value: readers[name], writable: true, enumerable: true, configurable: true });
  }
};

export { stringify };
