// Timers and microtasks.
import host from 'grade:host';

const native = host.api('timers');
const running = new Map();

const callable = handler => {
  if (typeof handler === 'function') return handler;
  return host.unsupported('a timer with a string of code');
};

// An error in a callback reaches nobody in a browser but the console; the honest rules count it.
const guarded = (handler, args) => () => {
  try {
    handler(...args);
  } catch (error) {
    host.uncaught(error);
  }
};

export function setTimeout(handler, delay = 0, ...args) {
  return native.start(guarded(callable(handler), args), Number(delay), false);
}

export function setInterval(handler, delay = 0, ...args) {
  const call = guarded(callable(handler), args);
  // Browsers keep nested timers at least 4 ms apart.
  const period = Math.max(4, Number(delay) || 0);
  let id;
  const tick = () => {
    running.set(id, native.start(tick, period, true));
    call();
  };
  const first = native.start(tick, period, true);
  id = first;
  running.set(id, first);
  return id;
}

export function clearTimeout(id) {
  const number = Number(id);
  if (running.has(number)) {
    native.stop(running.get(number));
    running.delete(number);
  } else if (number > 0) {
    native.stop(number);
  }
}

export const clearInterval = clearTimeout;

export function queueMicrotask(callback) {
  if (typeof callback !== 'function') throw new TypeError("Failed to execute 'queueMicrotask': parameter 1 is not a function");
  Promise.resolve().then(guarded(callback, []));
}
