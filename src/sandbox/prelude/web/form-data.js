// FormData, and its encoding as multipart/form-data.
import host from 'grade:host';
import { Blob, File, blobBytes } from './blob.js';
import { iterable, need, shape, usv } from './idl.js';

const native = host.api('formData');

let listOf;

function entry(args, where) {
  need(2, args.length, where);
  const [name, value, filename] = args;
  const key = usv(name);
  if (value instanceof Blob) {
    if (value instanceof File && args.length < 3) return [key, value];
    const file = args.length < 3 ? 'blob' : usv(filename);
    const lastModified = value instanceof File ? value.lastModified : undefined;
    return [key, new File([value], file, { type: value.type, lastModified })];
  }
  if (args.length >= 3) throw new TypeError(`Failed to ${where}: parameter 2 is not of type 'Blob'.`);
  return [key, usv(value)];
}

export class FormData {
  #list = [];

  static {
    listOf = (data) => data.#list;
  }

  constructor(form = undefined) {
    if (form !== undefined) host.unsupported('FormData of a form element');
  }

  append(name, value, filename = undefined) {
    const args = filename === undefined && arguments.length > 2 ? [name, value] : [...arguments];
    this.#list.push(entry(args, "execute 'append' on 'FormData'"));
  }

  delete(name) {
    need(1, arguments.length, "execute 'delete' on 'FormData'");
    const key = usv(name);
    this.#list = this.#list.filter(([k]) => k !== key);
  }

  get(name) {
    need(1, arguments.length, "execute 'get' on 'FormData'");
    const key = usv(name);
    const found = this.#list.find(([k]) => k === key);
    return found === undefined ? null : found[1];
  }

  getAll(name) {
    need(1, arguments.length, "execute 'getAll' on 'FormData'");
    const key = usv(name);
    return this.#list.filter(([k]) => k === key).map(([, v]) => v);
  }

  has(name) {
    need(1, arguments.length, "execute 'has' on 'FormData'");
    const key = usv(name);
    return this.#list.some(([k]) => k === key);
  }

  set(name, value, filename = undefined) {
    const args = filename === undefined && arguments.length > 2 ? [name, value] : [...arguments];
    const pair = entry(args, "execute 'set' on 'FormData'");
    const at = this.#list.findIndex(([k]) => k === pair[0]);
    if (at < 0) {
      this.#list.push(pair);
    } else {
      this.#list[at] = pair;
      this.#list = this.#list.filter(([k], i) => k !== pair[0] || i === at);
    }
  }
}
iterable(FormData, 'FormData', (data) => listOf(data));
shape(FormData);

/** The bytes of a form and their type: `{ body: Uint8Array, type: 'multipart/form-data; boundary=...' }`. */
export function encodeMultipart(data) {
  const heads = [];
  const bodies = [];
  for (const [name, value] of listOf(data)) {
    if (typeof value === 'string') {
      heads.push([name, value]);
      bodies.push(null);
    } else {
      heads.push([name, value.name, value.type]);
      bodies.push(blobBytes(value));
    }
  }
  const boundary = native.boundary();
  return { body: native.encode(boundary, heads, bodies), type: `multipart/form-data; boundary=${boundary}` };
}
