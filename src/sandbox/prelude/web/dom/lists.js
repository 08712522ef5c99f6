// The lists of the DOM. They are taken when they are asked for, and do not follow later changes.
import { DOMException } from '../dom-exception.js';
import { INTERNAL, illegal, shape } from '../idl.js';

let itemsOf;

class List {
  #items;

  static {
    itemsOf = (list) => list.#items;
  }

  constructor(token, items) {
    illegal(token);
    this.#items = items;
    for (let i = 0; i < items.length; i++) {
      Object.defineProperty(this, i, { value: items[i], enumerable: true, configurable: true });
    }
  }

  get length() { return this.#items.length; }
  item(index) { return this.#items[Math.trunc(Number(index)) || 0] ?? null; }
}

const at = (constructor, name, value, enumerable = true) =>
  Object.defineProperty(constructor.prototype, name, { value, enumerable, configurable: true, writable: true });

function listMethods(constructor, iteratorOnly) {
  // Lists share the methods of arrays, as the standard says, so each works on `length` and indices.
  if (!iteratorOnly) {
    for (const name of ['entries', 'keys', 'values', 'forEach']) at(constructor, name, Array.prototype[name]);
  }
  at(constructor, Symbol.iterator, Array.prototype.values, false);
}

const own = (constructor) => {
  // `length` and `item` belong to each class itself.
  for (const name of ['length', 'item']) {
    Object.defineProperty(constructor.prototype, name, Object.getOwnPropertyDescriptor(List.prototype, name));
  }
  Object.setPrototypeOf(constructor.prototype, Object.prototype);
};

export class NodeList extends List {}
own(NodeList);
listMethods(NodeList, false);
shape(NodeList);

export class HTMLCollection extends List {
  constructor(token, items) {
    super(token, items);
    for (const item of items) {
      for (const name of [item.id, item.getAttribute('name')]) {
        if (name && !(name in this)) Object.defineProperty(this, name, { value: item, configurable: true });
      }
    }
  }

  namedItem(name) {
    const wanted = `${name}`;
    return wanted === '' ? null : (itemsOf(this).find((e) => e.id === wanted || e.getAttribute('name') === wanted) ?? null);
  }
}
own(HTMLCollection);
listMethods(HTMLCollection, true);
shape(HTMLCollection);

export class NamedNodeMap extends List {
  constructor(token, items) {
    super(token, items);
    for (const item of items) {
      if (!(item.name in this)) Object.defineProperty(this, item.name, { value: item, configurable: true });
    }
  }

  getNamedItem(name) {
    const wanted = `${name}`;
    return itemsOf(this).find((a) => a.name === wanted || a.name === wanted.toLowerCase()) ?? null;
  }
}
own(NamedNodeMap);
listMethods(NamedNodeMap, true);
shape(NamedNodeMap);

export const nodeList = (items) => new NodeList(INTERNAL, items);
export const htmlCollection = (items) => new HTMLCollection(INTERNAL, items);
export const namedNodeMap = (items) => new NamedNodeMap(INTERNAL, items);

const words = (text) => [...new Set(text.split(/[\t\n\f\r ]+/).filter((word) => word !== ''))];

function checked(tokens) {
  return tokens.map((token) => {
    const text = `${token}`;
    if (text === '') throw new DOMException('The token provided must not be empty.', 'SyntaxError');
    if (/[\t\n\f\r ]/.test(text)) {
      throw new DOMException(
        `The token provided ('${text}') contains HTML space characters, which are not valid in tokens.`,
        'InvalidCharacterError',
      );
    }
    return text;
  });
}

// Tokens are also at their indices; methods must run on the list itself, which has the private state.
const indexed = {
  get(target, key) {
    if (typeof key === 'string' && /^\d+$/.test(key)) return target.item(key) ?? undefined;
    const value = Reflect.get(target, key, target);
    return typeof value === 'function' && key !== 'constructor' ? value.bind(target) : value;
  },
  set: (target, key, value) => Reflect.set(target, key, value, target),
};

export class DOMTokenList {
  #element;
  #name;

  constructor(token, element, name) {
    illegal(token);
    this.#element = element;
    this.#name = name;
    return new Proxy(this, indexed);
  }

  get #tokens() { return words(this.value); }
  #write(tokens) {
    this.#element.setAttribute(this.#name, [...new Set(tokens)].join(' '));
  }

  get length() { return this.#tokens.length; }
  get value() { return this.#element.getAttribute(this.#name) ?? ''; }
  set value(text) { this.#element.setAttribute(this.#name, text); }
  item(index) { return this.#tokens[Math.trunc(Number(index)) || 0] ?? null; }
  contains(token) { return this.#tokens.includes(`${token}`); }
  add(...tokens) { this.#write([...this.#tokens, ...checked(tokens)]); }
  remove(...tokens) {
    const gone = checked(tokens);
    this.#write(this.#tokens.filter((token) => !gone.includes(token)));
  }
  toggle(token, force = undefined) {
    const [text] = checked([token]);
    const on = force === undefined ? !this.contains(text) : Boolean(force);
    if (on) this.add(text);
    else this.remove(text);
    return on;
  }
  replace(token, replacement) {
    const [from, to] = checked([token, replacement]);
    const tokens = this.#tokens;
    if (!tokens.includes(from)) return false;
    this.#write(tokens.map((one) => (one === from ? to : one)));
    return true;
  }
  toString() { return this.value; }
  entries() { return this.#tokens.entries(); }
  keys() { return this.#tokens.keys(); }
  values() { return this.#tokens.values(); }
  forEach(callback, thisArg) { this.#tokens.forEach((token, i) => callback.call(thisArg, token, i, this)); }
  [Symbol.iterator]() { return this.#tokens.values(); }
}
shape(DOMTokenList);

const toData = (key) => `data-${key.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`;
const fromData = (name) => name.slice(5).replace(/-([a-z])/g, (_, c) => c.toUpperCase());

/** `dataset`: the data-* attributes as properties. */
export class DOMStringMap {
  constructor(token, element) {
    illegal(token);
    const names = () => element.getAttributeNames().filter((name) => /^data-[^A-Z]*$/.test(name));
    return new Proxy(this, {
      get: (target, key) =>
        typeof key === 'string' && element.hasAttribute(toData(key)) ? element.getAttribute(toData(key)) : Reflect.get(target, key),
      set(target, key, value) {
        if (typeof key === 'symbol') return Reflect.set(target, key, value);
        if (/-[a-z]/.test(key)) throw new DOMException(`'${key}' is not a valid property name.`, 'SyntaxError');
        element.setAttribute(toData(key), value);
        return true;
      },
      has: (target, key) => (typeof key === 'string' && element.hasAttribute(toData(key))) || Reflect.has(target, key),
      deleteProperty(target, key) {
        if (typeof key === 'string') element.removeAttribute(toData(key));
        return true;
      },
      ownKeys: () => names().map(fromData),
      getOwnPropertyDescriptor(target, key) {
        const value = typeof key === 'string' ? element.getAttribute(toData(key)) : null;
        return value === null ? undefined : { value, enumerable: true, configurable: true, writable: true };
      },
    });
  }
}
shape(DOMStringMap);

export const tokenList = (element, name) => new DOMTokenList(INTERNAL, element, name);
export const stringMap = (element) => new DOMStringMap(INTERNAL, element);
