// TextEncoder and TextDecoder.
import host from 'grade:host';
import { isObject, shape, usv } from './idl.js';

const native = host.api('text');

/** The bytes of a string as UTF-8. */
export const encodeUtf8 = (text) => native.encode(usv(text));

/** Text as a response's `text()` reads it: UTF-8, byte order mark dropped, U+FFFD for what is not UTF-8. */
export const decodeUtf8 = (bytes) => native.decode(bytesOf(bytes), 'utf-8', false, false);

/** A view of the bytes of a buffer source. */
export function bytesOf(source) {
  if (ArrayBuffer.isView(source)) return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
  if (isBuffer(source)) return new Uint8Array(source);
  throw new TypeError("The provided value is not of type '(ArrayBuffer or ArrayBufferView)'.");
}

export const isBuffer = (value) =>
  value instanceof ArrayBuffer || (typeof SharedArrayBuffer === 'function' && value instanceof SharedArrayBuffer);

export class TextEncoder {
  #brand = true;

  get encoding() {
    this.#brand;
    return 'utf-8';
  }

  encode(input = '') {
    this.#brand;
    return encodeUtf8(input);
  }

  encodeInto(source, destination) {
    this.#brand;
    const text = usv(source);
    if (!(destination instanceof Uint8Array)) {
      throw new TypeError("Failed to execute 'encodeInto' on 'TextEncoder': parameter 2 is not of type 'Uint8Array'.");
    }
    let read = 0;
    let written = 0;
    for (const character of text) {
      const bytes = native.encode(character);
      if (written + bytes.length > destination.length) break;
      destination.set(bytes, written);
      written += bytes.length;
      read += character.length;
    }
    return { read, written };
  }
}
shape(TextEncoder);

export class TextDecoder {
  #label;
  #fatal;
  #ignoreBOM;
  #pending = null;
  #seenBom = false;

  constructor(label = 'utf-8', options = undefined) {
    const found = native.label(usv(label));
    if (found === null) {
      throw new RangeError(`Failed to construct 'TextDecoder': The encoding label provided ('${label}') is invalid.`);
    }
    this.#label = found;
    const settings = isObject(options) ? options : {};
    this.#fatal = Boolean(settings.fatal);
    this.#ignoreBOM = Boolean(settings.ignoreBOM);
  }

  get encoding() { return this.#label; }
  get fatal() { return this.#fatal; }
  get ignoreBOM() { return this.#ignoreBOM; }

  decode(input = undefined, options = undefined) {
    let bytes = input === undefined ? new Uint8Array(0) : bytesOf(input);
    const stream = isObject(options) && Boolean(options.stream);
    if (stream && this.#label !== 'utf-8') host.unsupported(`TextDecoder.decode with stream for ${this.#label}`);
    if (this.#pending !== null) {
      const joined = new Uint8Array(this.#pending.length + bytes.length);
      joined.set(this.#pending, 0);
      joined.set(bytes, this.#pending.length);
      bytes = joined;
      this.#pending = null;
    }
    if (stream) {
      const keep = native.incompleteTail(bytes);
      this.#pending = bytes.slice(bytes.length - keep);
      bytes = bytes.subarray(0, bytes.length - keep);
    }
    const text = native.decode(bytes, this.#label, this.#fatal, this.#ignoreBOM || this.#seenBom);
    if (text === null) {
      this.#seenBom = false;
      throw new TypeError("Failed to execute 'decode' on 'TextDecoder': The encoded data was not valid.");
    }
    this.#seenBom = stream && (this.#seenBom || bytes.length > 0);
    return text;
  }
}
shape(TextDecoder);
