// Helpers that the classes of the web platform share: conversions and shapes of Web IDL.

/** USVString: a string without lone surrogates, which is all that Rust accepts. */
export const usv = (value) => `${value}`.toWellFormed();

/** Web IDL's prototypes have enumerable members and a class string. */
export function shape(constructor, tag = constructor.name) {
  const proto = constructor.prototype;
  for (const name of Object.getOwnPropertyNames(proto)) {
    if (name === 'constructor') continue;
    const descriptor = Object.getOwnPropertyDescriptor(proto, name);
    if (descriptor.configurable) Object.defineProperty(proto, name, { ...descriptor, enumerable: true });
  }
  Object.defineProperty(proto, Symbol.toStringTag, { value: tag, configurable: true });
}

/** Constants live on the constructor and on its prototype. */
export function constants(constructor, values) {
  for (const name of Object.keys(values)) {
    const descriptor = { value: values[name], enumerable: true };
    Object.defineProperty(constructor, name, descriptor);
    Object.defineProperty(constructor.prototype, name, descriptor);
  }
}

/** "Illegal constructor" for classes that only we make: they are made with this token as first argument. */
export const INTERNAL = Symbol('internal');
export function illegal(token) {
  if (token !== INTERNAL) throw new TypeError('Illegal constructor');
}

/** Fails as browsers do when a required argument is missing. */
export function need(count, given, where) {
  if (given < count) {
    const plural = count === 1 ? 'argument' : 'arguments';
    throw new TypeError(`Failed to ${where}: ${count} ${plural} required, but only ${given} present.`);
  }
}

const IteratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()));

/**
 * Iterators over a list of [key, value] pairs that may change while it is walked.
 * `pairs(object)` gives the list of an instance and fails for a foreign object.
 */
export function iterable(constructor, name, pairs) {
  const states = new WeakMap();
  const proto = Object.create(IteratorPrototype, {
    next: {
      configurable: true,
      enumerable: true,
      writable: true,
      value: function next() {
        const state = states.get(this);
        if (!state) throw new TypeError('Illegal invocation');
        const list = pairs(state.target);
        if (state.index >= list.length) return { value: undefined, done: true };
        const [key, value] = list[state.index++];
        const result = state.kind === 'keys' ? key : state.kind === 'values' ? value : [key, value];
        return { value: result, done: false };
      },
    },
    [Symbol.toStringTag]: { configurable: true, value: `${name} Iterator` },
  });
  const make = (kind) =>
    ({
      [kind]() {
        pairs(this);
        const iterator = Object.create(proto);
        states.set(iterator, { target: this, kind, index: 0 });
        return iterator;
      },
    })[kind];
  const method = (value) => ({ value, configurable: true, enumerable: true, writable: true });
  const entries = make('entries');
  Object.defineProperties(constructor.prototype, {
    entries: method(entries),
    keys: method(make('keys')),
    values: method(make('values')),
    forEach: method(function forEach(callback, thisArg) {
      if (typeof callback !== 'function') throw new TypeError('The callback is not a function.');
      for (let i = 0; i < pairs(this).length; i++) {
        const [key, value] = pairs(this)[i];
        callback.call(thisArg, value, key, this);
      }
    }),
    [Symbol.iterator]: { ...method(entries), enumerable: false },
  });
}

/** The initialiser that URLSearchParams and Headers take: an iterable of pairs or a record. */
export function initPairs(init, where) {
  const list = [];
  if (typeof init[Symbol.iterator] === 'function') {
    for (const item of init) {
      if ((typeof item !== 'object' && typeof item !== 'function') || item === null || typeof item[Symbol.iterator] !== 'function') {
        throw new TypeError(`Failed to construct '${where}': The provided value cannot be converted to a sequence.`);
      }
      const pair = [...item];
      if (pair.length !== 2) {
        throw new TypeError(`Failed to construct '${where}': Sequence initializer must only contain pair elements`);
      }
      list.push(pair);
    }
  } else {
    for (const key of Reflect.ownKeys(init)) {
      const descriptor = Reflect.getOwnPropertyDescriptor(init, key);
      if (descriptor !== undefined && descriptor.enumerable) {
        if (typeof key === 'symbol') throw new TypeError('Cannot convert a Symbol value to a string');
        list.push([key, init[key]]);
      }
    }
  }
  return list;
}

export const isObject = (value) => (typeof value === 'object' && value !== null) || typeof value === 'function';
