// Blob and File: bytes in memory.
import host from 'grade:host';
import { isObject, need, shape, usv } from './idl.js';
import { bytesOf, decodeUtf8, encodeUtf8, isBuffer } from './text.js';

let bytesIn;

const type = (value) => {
  const text = value === undefined ? '' : `${value}`;
  return /[^\x20-\x7e]/.test(text) ? '' : text.toLowerCase();
};

function join(parts, endings) {
  const chunks = [];
  let size = 0;
  for (const part of parts) {
    let chunk;
    if (part instanceof Blob) chunk = bytesIn(part);
    else if (ArrayBuffer.isView(part) || isBuffer(part)) chunk = bytesOf(part);
    else {
      const text = usv(part);
      chunk = encodeUtf8(endings === 'native' ? text.replace(/\r\n?/g, '\n') : text);
    }
    chunks.push(chunk);
    size += chunk.length;
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

export class Blob {
  #bytes;
  #type;

  static {
    bytesIn = (blob) => blob.#bytes;
  }

  constructor(parts = undefined, options = undefined) {
    const where = `Failed to construct '${new.target.name}'`;
    if (parts !== undefined && (!isObject(parts) || typeof parts[Symbol.iterator] !== 'function')) {
      throw new TypeError(`${where}: The provided value cannot be converted to a sequence.`);
    }
    if (options !== undefined && options !== null && !isObject(options)) {
      throw new TypeError(`${where}: The provided value is not of type 'BlobPropertyBag'.`);
    }
    const settings = options ?? {};
    const endings = settings.endings === undefined ? 'transparent' : `${settings.endings}`;
    if (endings !== 'transparent' && endings !== 'native') {
      throw new TypeError(`${where}: The provided value '${endings}' is not a valid enum value of type EndingType.`);
    }
    this.#bytes = parts === undefined ? new Uint8Array(0) : join(parts, endings);
    this.#type = type(settings.type);
  }

  get size() { return this.#bytes.length; }
  get type() { return this.#type; }

  slice(start = 0, end = this.#bytes.length, contentType = undefined) {
    return new Blob([this.#bytes.slice(start, end)], { type: contentType });
  }

  async text() { return decodeUtf8(this.#bytes); }
  async arrayBuffer() { return this.#bytes.slice().buffer; }
  async bytes() { return this.#bytes.slice(); }
  stream() {
    this.#bytes;
    host.unsupported('Blob.stream');
  }
}
shape(Blob);

export class File extends Blob {
  #name;
  #modified;

  constructor(parts, name, options = undefined) {
    need(2, arguments.length, "construct 'File'");
    super(parts, options);
    this.#name = usv(name);
    const modified = options?.lastModified;
    this.#modified = modified === undefined ? Date.now() : Math.trunc(Number(modified)) || 0;
  }

  get name() { return this.#name; }
  get lastModified() { return this.#modified; }
  get webkitRelativePath() {
    this.#name;
    return '';
  }
}
shape(File);

/** The bytes of a Blob, at once and without a copy; they must not be written to. */
export const blobBytes = (blob) => bytesIn(blob);
