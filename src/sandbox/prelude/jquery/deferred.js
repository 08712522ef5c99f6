// Deferred objects with jQuery 3's manners: `done`, `fail` and `always` call back at once, `then` later and chained.
import host from 'grade:host';

const timers = host.api('timers');
const PENDING = 'pending';
const RESOLVED = 'resolved';
const REJECTED = 'rejected';

const later = work => void timers.start(work, 0, false);

const isThenable = value => {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return undefined;
  const { then } = value;
  return typeof then === 'function' ? then : undefined;
};

// Callbacks may come singly or in (nested) lists.
const flatten = callbacks => callbacks.flat(Infinity).filter(callback => typeof callback === 'function');

/**
 * A deferred object. `watched`: a rejection that nobody handles counts as an unhandled one; so it is for what `then` gives,
 * where the test's own assertions are.
 */
export const makeDeferred = (watched = false) => {
  let state = PENDING;
  let context;
  let outcome = [];
  let queue = [];
  let progress = [];
  let handled = false;
  let expected = watched;
  let mourner = null;

  // A native promise stands in for a rejection, so that the engine judges both kinds alike.
  const mourn = () => {
    if (state !== REJECTED || handled || !expected || mourner !== null) return;
    mourner = Promise.reject(outcome[0]);
  };

  const handle = () => {
    handled = true;
    if (mourner !== null) {
      mourner.catch(() => {});
      mourner = null;
    }
  };

  const settle = (next, self, values) => {
    if (state !== PENDING) return;
    state = next;
    context = self;
    outcome = [...values];
    const waiting = queue;
    queue = [];
    progress = [];
    for (const entry of waiting) if (entry.when === state) entry.callback.apply(context, outcome);
    mourn();
  };

  const on = (when, callbacks) => {
    for (const callback of flatten(callbacks)) {
      if (state === PENDING) queue.push({ when, callback });
      else if (state === when) callback.apply(context, outcome);
    }
  };

  const promise = {
    state: () => state,
    done(...callbacks) {
      expected ||= callbacks.length > 0;
      on(RESOLVED, callbacks);
      mourn();
      return this;
    },
    fail(...callbacks) {
      handle();
      on(REJECTED, callbacks);
      return this;
    },
    progress(...callbacks) {
      progress.push(...flatten(callbacks));
      return this;
    },
    always(...callbacks) {
      handle();
      on(RESOLVED, callbacks);
      on(REJECTED, callbacks);
      return this;
    },
    catch(onRejected) {
      return promise.then(null, onRejected);
    },
    then(onFulfilled, onRejected) {
      handle();
      const next = makeDeferred(true);
      // How deep the chain of thenables that were returned is: only the innermost may settle `next`.
      let depth = 0;
      const adopt = (returned, isOwn, self, values) => {
        if (returned === next.promise()) throw new TypeError('Thenable self-resolution');
        const then = isThenable(returned);
        if (then !== undefined) {
          depth += 1;
          then.call(returned, step(depth, null, RESOLVED), step(depth, null, REJECTED));
        } else if (isOwn) {
          next.resolveWith(next.promise(), [returned]);
        } else {
          next.resolveWith(self ?? next.promise(), values);
        }
      };
      const step = (level, handler, when) => {
        const isOwn = typeof handler === 'function';
        return function settled(...values) {
          const self = this;
          const run = () => {
            if (level < depth) return;
            if (!isOwn && when === REJECTED) {
              next.rejectWith(self, values);
              return;
            }
            try {
              adopt(isOwn ? handler.apply(self, values) : values[0], isOwn, self, values);
            } catch (error) {
              if (level + 1 >= depth) next.rejectWith(undefined, [error]);
            }
          };
          if (level > 0) run();
          else later(run);
        };
      };
      on(RESOLVED, [step(0, onFulfilled, RESOLVED)]);
      on(REJECTED, [step(0, onRejected, REJECTED)]);
      return next.promise();
    },
    promise: target => (target === undefined || target === null ? promise : Object.assign(target, promise)),
  };
  promise.pipe = promise.then;

  return {
    ...promise,
    promise: promise.promise,
    resolveWith(self, values = []) {
      settle(RESOLVED, self, values);
      return this;
    },
    rejectWith(self, values = []) {
      settle(REJECTED, self, values);
      return this;
    },
    resolve(...values) {
      settle(RESOLVED, promise, values);
      return this;
    },
    reject(...values) {
      settle(REJECTED, promise, values);
      return this;
    },
    notifyWith(self, values = []) {
      if (state === PENDING) for (const callback of progress) callback.apply(self, values);
      return this;
    },
    notify(...values) {
      return this.notifyWith(promise, values);
    },
  };
};

/** `$.when`: fulfilled with all results, or rejected with the first failure. */
export const when = (...values) => {
  const deferred = makeDeferred();
  if (values.length === 0) return deferred.resolve().promise();
  const results = [];
  let left = values.length;
  values.forEach((value, index) => {
    const settle = (...found) => {
      results[index] = values.length === 1 ? found : found.length > 1 ? found : found[0];
      left -= 1;
      if (left === 0) deferred.resolveWith(undefined, values.length === 1 ? results[0] : results);
    };
    const then = isThenable(value);
    if (then === undefined) settle(value);
    else if (typeof value.done === 'function' && typeof value.fail === 'function') value.done(settle).fail((...why) => deferred.rejectWith(undefined, why));
    else then.call(value, settle, (...why) => deferred.rejectWith(undefined, why));
  });
  return deferred.promise();
};
