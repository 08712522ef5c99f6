// Headers: a list of names and values, normalised, without a guard (requests apply their own).
import { initPairs, isObject, iterable, need, shape } from './idl.js';

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

function name(value, where) {
  const text = `${value}`;
  if (!TOKEN.test(text)) throw new TypeError(`Failed to ${where}: Invalid name`);
  return text.toLowerCase();
}

function value(input, where) {
  const text = `${input}`.replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, '');
  // A value is bytes: nothing above U+00FF, and no NUL or line break.
  if (/[\0\n\r]|[^\0-\xff]/.test(text)) throw new TypeError(`Failed to ${where}: Invalid value`);
  return text;
}

let sorted;

export class Headers {
  #list = [];

  static {
    // Iteration shows names in order; values of one name are combined, except set-cookie.
    sorted = (headers) => {
      const out = [];
      for (const key of [...new Set(headers.#list.map(([k]) => k))].sort()) {
        const all = headers.#list.filter(([k]) => k === key).map(([, v]) => v);
        if (key === 'set-cookie') for (const one of all) out.push([key, one]);
        else out.push([key, all.join(', ')]);
      }
      return out;
    };
  }

  constructor(init = undefined) {
    if (init === undefined) return;
    if (!isObject(init)) {
      throw new TypeError(
        "Failed to construct 'Headers': The provided value is not of type '(record<ByteString, ByteString> or sequence<sequence<ByteString>>)'.",
      );
    }
    for (const [k, v] of initPairs(init, 'Headers')) {
      this.#list.push([name(k, "construct 'Headers'"), value(v, "construct 'Headers'")]);
    }
  }

  append(key, text) {
    const where = "execute 'append' on 'Headers'";
    need(2, arguments.length, where);
    this.#list.push([name(key, where), value(text, where)]);
  }

  delete(key) {
    const where = "execute 'delete' on 'Headers'";
    need(1, arguments.length, where);
    const wanted = name(key, where);
    this.#list = this.#list.filter(([k]) => k !== wanted);
  }

  get(key) {
    const where = "execute 'get' on 'Headers'";
    need(1, arguments.length, where);
    const wanted = name(key, where);
    const found = this.#list.filter(([k]) => k === wanted).map(([, v]) => v);
    return found.length === 0 ? null : found.join(', ');
  }

  getSetCookie() {
    return this.#list.filter(([k]) => k === 'set-cookie').map(([, v]) => v);
  }

  has(key) {
    const where = "execute 'has' on 'Headers'";
    need(1, arguments.length, where);
    const wanted = name(key, where);
    return this.#list.some(([k]) => k === wanted);
  }

  set(key, text) {
    const where = "execute 'set' on 'Headers'";
    need(2, arguments.length, where);
    const wanted = name(key, where);
    const pair = [wanted, value(text, where)];
    const at = this.#list.findIndex(([k]) => k === wanted);
    if (at < 0) {
      this.#list.push(pair);
    } else {
      this.#list[at] = pair;
      this.#list = this.#list.filter(([k], i) => k !== wanted || i === at);
    }
  }
}
iterable(Headers, 'Headers', (headers) => sorted(headers));
shape(Headers);
