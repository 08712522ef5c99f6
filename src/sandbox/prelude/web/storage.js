// localStorage and sessionStorage: in memory, for as long as the page lives.
import { DOMException } from './dom-exception.js';
import { INTERNAL, illegal, shape } from './idl.js';
import { addStore } from './stores.js';

/** What browsers allow an origin, in UTF-16 code units. */
const QUOTA = 5 * 1024 * 1024;

let itemsOf;

export class Storage {
  #items = new Map();
  #size = 0;

  static {
    itemsOf = (storage) => storage.#items;
  }

  constructor(token) {
    illegal(token);
    // Items are also properties: `localStorage.name = 'x'`.
    return new Proxy(this, new Facade(this));
  }

  get length() { return this.#items.size; }
  key(index) { return [...this.#items.keys()][Math.trunc(Number(index)) || 0] ?? null; }
  getItem(key) { return this.#items.get(`${key}`) ?? null; }
  setItem(key, value) {
    const name = `${key}`;
    const text = `${value}`;
    const old = this.#items.get(name);
    const size = this.#size - (old === undefined ? 0 : name.length + old.length) + name.length + text.length;
    if (size > QUOTA) {
      throw new DOMException(
        `Failed to execute 'setItem' on 'Storage': Setting the value of '${name}' exceeded the quota.`,
        'QuotaExceededError',
      );
    }
    this.#size = size;
    this.#items.set(name, text);
  }
  removeItem(key) {
    const name = `${key}`;
    const old = this.#items.get(name);
    if (old !== undefined) this.#size -= name.length + old.length;
    this.#items.delete(name);
  }
  clear() {
    this.#items.clear();
    this.#size = 0;
  }
}

class Facade {
  #real;
  #bound = new Map();

  constructor(real) {
    this.#real = real;
  }

  get(target, key) {
    if (key in target) {
      const value = Reflect.get(target, key, this.#real);
      if (typeof value !== 'function' || key === 'constructor') return value;
      // Methods must run on the storage itself, which has the private state.
      if (!this.#bound.has(key)) this.#bound.set(key, value.bind(this.#real));
      return this.#bound.get(key);
    }
    return typeof key === 'symbol' ? undefined : itemsOf(this.#real).get(key);
  }
  set(target, key, value) {
    if (typeof key === 'symbol') return Reflect.set(target, key, value);
    this.#real.setItem(key, value);
    return true;
  }
  has(target, key) {
    return key in target || itemsOf(this.#real).has(key);
  }
  deleteProperty(target, key) {
    if (typeof key === 'symbol') return Reflect.deleteProperty(target, key);
    this.#real.removeItem(key);
    return true;
  }
  ownKeys() {
    return [...itemsOf(this.#real).keys()];
  }
  getOwnPropertyDescriptor(target, key) {
    const value = typeof key === 'symbol' ? undefined : itemsOf(this.#real).get(key);
    return value === undefined ? undefined : { value, writable: true, enumerable: true, configurable: true };
  }
}
shape(Storage);

export const localStorage = addStore(new Storage(INTERNAL));
export const sessionStorage = addStore(new Storage(INTERNAL));
