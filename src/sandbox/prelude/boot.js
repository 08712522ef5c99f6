// Evaluated first in every context: how globals come about, and what the loop needs to run a block.
import host from 'grade:host';

const { defineProperty } = Object;

const provide = (name, value) =>
  defineProperty(globalThis, name, { __proto__: null, value, writable: true, configurable: true, enumerable: false });

// What the guard has to know of while it watches: modules that are loaded late, and globals that appear with them.
let guard = null;

const loadModule = host.load;
const loaded = { __proto__: null };
host.load = path => {
  let exported = loaded[path];
  if (exported === undefined) {
    exported = loadModule(path);
    loaded[path] = exported;
    if (guard !== null) guard.include(exported);
  }
  return exported;
};

const provideLazily = (path, names) => {
  const settle = wanted => {
    const exported = host.load(path);
    for (let i = 0; i < names.length; i += 1) {
      const name = names[i];
      // A test may have put something of its own where another name of the module was.
      if (pending[i] || name === wanted) provide(name, exported[name]);
      if (guard !== null && (pending[i] || name === wanted)) guard.adopt(name);
      pending[i] = false;
    }
    return exported[wanted];
  };
  const pending = names.map(() => true);
  for (let i = 0; i < names.length; i += 1) {
    const name = names[i];
    defineProperty(globalThis, name, {
      __proto__: null,
      get: () => settle(name),
      set(value) {
        pending[i] = false;
        provide(name, value);
      },
      configurable: true,
      enumerable: false,
    });
  }
};

const provided = { __proto__: null };

// The globals of one module, for a block that names one of them.
export const provideModule = (path, names) => {
  if (provided[path] === true) return;
  provided[path] = true;
  provideLazily(path, names);
};

// All globals, for code that might reach any of them by whatever way.
const provideAll = () => {
  const globals = host.globals();
  const paths = Object.keys(globals);
  for (let i = 0; i < paths.length; i += 1) provideModule(paths[i], globals[paths[i]]);
  const aliases = ['window', 'self', 'frames', 'parent', 'top'];
  for (let i = 0; i < aliases.length; i += 1) provide(aliases[i], globalThis);
};

Error.stackTraceLimit = 50;

// The completion value of a block, told apart from what the block itself returns.
class Tail {
  constructor(value) {
    this.value = value;
  }
}
Object.setPrototypeOf(Tail.prototype, null);

export const tail = value => new Tail(value);

// For a value after which the block goes on: the last one counts when the block ends without another.
let kept;
tail.keep = value => {
  kept = value;
  return value;
};

export const isTail = value => value instanceof Tail;

const follow = async (value, argument) => {
  const settled = await value;
  if (typeof settled === 'function') await settled(argument);
};

// A block of the dialects whose value counts: awaited, and called when it is a function.
export const runValue = async (block, argument) => {
  kept = undefined;
  const value = block();
  await follow(value instanceof Tail ? value.value : kept, argument);
};

// The completion value of a block whose value does not count in the browser.
export const finish = (box, argument) => follow(box.value, argument);

// Something that browsers have and we lack, or that is gone: using it ends the hint.
const lacking = new Set();

export const lack = (names, prefix = '') => {
  for (let i = 0; i < names.length; i += 1) {
    const name = names[i];
    if (name in globalThis) continue;
    lacking.add(name);
    defineProperty(globalThis, name, {
      __proto__: null,
      get: () => host.unsupported(prefix + name),
      set: value => {
        lacking.delete(name);
        provide(name, value);
      },
      configurable: true,
      enumerable: false,
    });
  }
};

// Methods of `assert` that a block names.
export const provideAssertions = names => host.load('assert/front.js').add(names);

const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor;

// Whether the engine's own parser gets through a text without running out of stack.
export const isTooDeep = text => {
  try {
    return typeof new AsyncFunction(text) !== 'function';
  } catch (error) {
    return error?.name !== 'SyntaxError' || `${error.message}`.includes('stack');
  }
};

const patched = new Set();

// Loads what changes an intrinsic, once.
export const patch = paths => {
  for (let i = 0; i < paths.length; i += 1) {
    if (patched.has(paths[i])) continue;
    patched.add(paths[i]);
    host.load(paths[i]).patch();
  }
};

// Before code that might change what we rely on: everything that takes intrinsics for later has to have them now.
export const watch = () => {
  provideAll();
  patch(host.patches());
  host.load('assert/front.js').complete(host.assertions());
  const module = host.load('guard.js');
  module.record();
  guard = module;
};

// What a page script has changed is the page.
export const record = () => guard.record();

export const restore = () => guard.restore();

export const added = () => guard.added(name => lacking.has(name));
