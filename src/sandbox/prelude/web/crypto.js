// crypto: random values; SubtleCrypto is not offered.
import host from 'grade:host';
import { DOMException } from './dom-exception.js';
import { INTERNAL, illegal, need, shape } from './idl.js';

const native = host.api('crypto');
const INTEGERS = ['Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Int32Array', 'Uint32Array', 'BigInt64Array', 'BigUint64Array'];
const tagOf = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get;

export class Crypto {
  #brand = true;

  constructor(token) {
    illegal(token);
  }

  getRandomValues(array) {
    this.#brand;
    need(1, arguments.length, "execute 'getRandomValues' on 'Crypto'");
    if (!ArrayBuffer.isView(array) || !INTEGERS.includes(tagOf.call(array))) {
      throw new DOMException(
        "Failed to execute 'getRandomValues' on 'Crypto': The provided ArrayBufferView is not an integer array type.",
        'TypeMismatchError',
      );
    }
    if (array.byteLength > 65536) {
      throw new DOMException(
        `Failed to execute 'getRandomValues' on 'Crypto': The ArrayBufferView's byte length (${array.byteLength}) exceeds the number of bytes of entropy available via this API (65536).`,
        'QuotaExceededError',
      );
    }
    new Uint8Array(array.buffer, array.byteOffset, array.byteLength).set(native.random(array.byteLength));
    return array;
  }

  randomUUID() {
    this.#brand;
    return native.uuid();
  }

  get subtle() {
    this.#brand;
    host.unsupported('crypto.subtle');
  }
}
shape(Crypto);

export const crypto = new Crypto(INTERNAL);
