// AbortController and AbortSignal.
import host from 'grade:host';
import { DOMException } from './dom-exception.js';
import { Event, EventTarget, dispatch, eventHandlers } from './event.js';
import { INTERNAL, illegal, need, shape } from './idl.js';

let abort;

export class AbortSignal extends EventTarget {
  #aborted = false;
  #reason = undefined;
  #dependents = [];

  static {
    abort = (signal, reason) => {
      // First mark all that depend on it, then tell: a listener sees every one of them aborted.
      const marked = [];
      const queue = [signal];
      while (queue.length > 0) {
        const next = queue.shift();
        if (next.#aborted) continue;
        next.#aborted = true;
        next.#reason = reason;
        marked.push(next);
        queue.push(...next.#dependents);
        next.#dependents = [];
      }
      for (const one of marked) dispatch(one, new Event('abort'));
    };
  }

  constructor(token) {
    illegal(token);
    super();
  }

  static abort(reason = undefined) {
    const signal = new AbortSignal(INTERNAL);
    signal.#aborted = true;
    signal.#reason = reasonOr(reason);
    return signal;
  }

  static timeout(milliseconds) {
    need(1, arguments.length, "execute 'timeout' on 'AbortSignal'");
    const delay = Number(milliseconds);
    if (!(delay >= 0 && delay <= Number.MAX_SAFE_INTEGER)) {
      throw new TypeError("Failed to execute 'timeout' on 'AbortSignal': Value is outside the 'unsigned long long' value range.");
    }
    const signal = new AbortSignal(INTERNAL);
    host.load('timers.js').setTimeout(() => abort(signal, new DOMException('signal timed out', 'TimeoutError')), delay);
    return signal;
  }

  static any(signals) {
    need(1, arguments.length, "execute 'any' on 'AbortSignal'");
    const all = [...signals];
    for (const one of all) {
      if (!(one instanceof AbortSignal)) {
        throw new TypeError("Failed to execute 'any' on 'AbortSignal': Failed to convert value to 'AbortSignal'.");
      }
    }
    const signal = new AbortSignal(INTERNAL);
    const done = all.find((one) => one.#aborted);
    if (done !== undefined) {
      signal.#aborted = true;
      signal.#reason = done.#reason;
    } else {
      for (const one of all) one.#dependents.push(signal);
    }
    return signal;
  }

  get aborted() { return this.#aborted; }
  get reason() { return this.#reason; }
  throwIfAborted() {
    if (this.#aborted) throw this.#reason;
  }
}
shape(AbortSignal);
eventHandlers(AbortSignal, ['abort']);

const reasonOr = (reason) =>
  reason === undefined ? new DOMException('signal is aborted without reason', 'AbortError') : reason;

export class AbortController {
  #signal = new AbortSignal(INTERNAL);

  get signal() { return this.#signal; }
  abort(reason = undefined) {
    abort(this.#signal, reasonOr(reason));
  }
}
shape(AbortController);
