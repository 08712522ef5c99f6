// Event, CustomEvent, ProgressEvent and EventTarget: a flat target, without a tree to bubble through.
import host from 'grade:host';
import { DOMException } from './dom-exception.js';
import { constants, isObject, need, shape } from './idl.js';

let control;

export class Event {
  #type;
  #bubbles;
  #cancelable;
  #composed;
  #target = null;
  #current = null;
  #phase = 0;
  #prevented = false;
  #stopped = false;
  #dispatching = false;
  #trusted = false;
  #passive = false;
  #stamp = typeof host.now === 'function' ? host.now() : Date.now();

  static {
    control = {
      begin(event, target, trusted) {
        if (event.#dispatching) {
          throw new DOMException(
            "Failed to execute 'dispatchEvent' on 'EventTarget': The event is already being dispatched.",
            'InvalidStateError',
          );
        }
        event.#dispatching = true;
        event.#trusted = trusted;
        event.#target = target;
        event.#current = target;
        event.#phase = 2;
      },
      end(event) {
        event.#dispatching = false;
        event.#current = null;
        event.#phase = 0;
        event.#stopped = false;
        return !event.#prevented;
      },
      stopped: (event) => event.#stopped,
      passive: (event, on) => { event.#passive = on; },
    };
  }

  constructor(type, init = undefined) {
    need(1, arguments.length, `construct '${new.target.name}'`);
    this.#type = `${type}`;
    const options = isObject(init) ? init : {};
    this.#bubbles = Boolean(options.bubbles);
    this.#cancelable = Boolean(options.cancelable);
    this.#composed = Boolean(options.composed);
  }

  get type() { return this.#type; }
  get target() { return this.#target; }
  get srcElement() { return this.#target; }
  get currentTarget() { return this.#current; }
  get eventPhase() { return this.#phase; }
  get bubbles() { return this.#bubbles; }
  get cancelable() { return this.#cancelable; }
  get composed() { return this.#composed; }
  get defaultPrevented() { return this.#prevented; }
  get isTrusted() { return this.#trusted; }
  get timeStamp() { return this.#stamp; }
  get returnValue() { return !this.#prevented; }
  set returnValue(value) { if (!value) this.preventDefault(); }
  get cancelBubble() { return this.#stopped; }
  set cancelBubble(value) { if (value) this.stopPropagation(); }

  composedPath() { return this.#current === null ? [] : [this.#current]; }
  preventDefault() { if (this.#cancelable && !this.#passive) this.#prevented = true; }
  // With one target there is nowhere to propagate to.
  stopPropagation() { this.#type; }
  stopImmediatePropagation() { this.#stopped = true; }
}
shape(Event);
constants(Event, { NONE: 0, CAPTURING_PHASE: 1, AT_TARGET: 2, BUBBLING_PHASE: 3 });

export class CustomEvent extends Event {
  #detail;
  constructor(type, init = undefined) {
    super(type, init);
    this.#detail = isObject(init) && init.detail !== undefined ? init.detail : null;
  }
  get detail() { return this.#detail; }
}
shape(CustomEvent);

export class ProgressEvent extends Event {
  #computable;
  #loaded;
  #total;
  constructor(type, init = undefined) {
    super(type, init);
    const options = isObject(init) ? init : {};
    this.#computable = Boolean(options.lengthComputable);
    this.#loaded = Number(options.loaded ?? 0);
    this.#total = Number(options.total ?? 0);
  }
  get lengthComputable() { return this.#computable; }
  get loaded() { return this.#loaded; }
  get total() { return this.#total; }
}
shape(ProgressEvent);

// A listener that throws does not stop the dispatch: the error is reported like an unhandled rejection.
let report = (error) => {
  Promise.reject(error);
};

/** Lets the engine decide what an error in a listener means. */
export function setErrorReporter(reporter) {
  report = reporter;
}

let fire;
let handlers;
let setHandler;

export class EventTarget {
  #listeners = [];
  #handlers = new Map();

  static {
    handlers = (target) => target.#handlers;
    fire = (target, event, trusted) => {
      const listeners = target.#listeners;
      control.begin(event, target, trusted);
      for (const entry of [...listeners]) {
        if (entry.type !== event.type || entry.removed) continue;
        if (entry.once) target.#drop(entry);
        control.passive(event, entry.passive);
        try {
          if (typeof entry.callback === 'function') {
            const result = entry.callback.call(target, event);
            if (entry.handler && result === false) event.preventDefault();
          } else {
            entry.callback.handleEvent(event);
          }
        } catch (error) {
          report(error);
        }
        control.passive(event, false);
        if (control.stopped(event)) break;
      }
      return control.end(event);
    };
  }

  #drop(entry) {
    entry.removed = true;
    const at = this.#listeners.indexOf(entry);
    if (at >= 0) this.#listeners.splice(at, 1);
  }

  addEventListener(type, callback, options = undefined) {
    need(2, arguments.length, "execute 'addEventListener' on 'EventTarget'");
    if (callback === null || callback === undefined) return;
    if (!isObject(callback)) {
      throw new TypeError("Failed to execute 'addEventListener' on 'EventTarget': parameter 2 is not of type 'Object'.");
    }
    const settings = isObject(options) ? options : { capture: options };
    const entry = {
      type: `${type}`,
      callback,
      capture: Boolean(settings.capture),
      once: Boolean(settings.once),
      passive: Boolean(settings.passive),
      removed: false,
      handler: false,
    };
    const signal = settings.signal;
    if (signal !== undefined && signal.aborted) return;
    const same = (e) => e.type === entry.type && e.callback === callback && e.capture === entry.capture && !e.handler;
    if (this.#listeners.some(same)) return;
    this.#listeners.push(entry);
    if (signal !== undefined) signal.addEventListener('abort', () => this.#drop(entry), { once: true });
  }

  removeEventListener(type, callback, options = undefined) {
    need(2, arguments.length, "execute 'removeEventListener' on 'EventTarget'");
    const capture = Boolean(isObject(options) ? options.capture : options);
    const wanted = `${type}`;
    const entry = this.#listeners.find(
      (e) => e.type === wanted && e.callback === callback && e.capture === capture && !e.handler,
    );
    if (entry !== undefined) this.#drop(entry);
  }

  dispatchEvent(event) {
    if (!(event instanceof Event)) {
      throw new TypeError("Failed to execute 'dispatchEvent' on 'EventTarget': parameter 1 is not of type 'Event'.");
    }
    return fire(this, event, false);
  }

  static #setHandler(target, type, callback) {
    const old = target.#handlers.get(type);
    if (!isObject(callback)) {
      if (old !== undefined) target.#drop(old);
      target.#handlers.delete(type);
    } else if (old !== undefined) {
      old.callback = callback;
    } else {
      const entry = { type, callback, capture: false, once: false, passive: false, removed: false, handler: true };
      target.#handlers.set(type, entry);
      target.#listeners.push(entry);
    }
  }

  static {
    setHandler = (target, type, callback) => EventTarget.#setHandler(target, type, callback);
  }
}
shape(EventTarget);


/** Dispatches an event of our own making (`isTrusted`). */
export const dispatch = (target, event) => fire(target, event, true);

/** Defines `on<type>` attributes on a prototype whose instances are EventTargets. */
export function eventHandlers(constructor, types) {
  for (const type of types) {
    Object.defineProperty(constructor.prototype, `on${type}`, {
      configurable: true,
      enumerable: true,
      get() {
        const entry = handlers(this).get(type);
        return entry === undefined ? null : entry.callback;
      },
      set(callback) {
        setHandler(this, type, callback);
      },
    });
  }
}
