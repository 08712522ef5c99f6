// performance: the page's clock, counted from the first look at it.
import host from 'grade:host';
import { INTERNAL, illegal, shape } from './idl.js';

const clock = () => (typeof host.now === 'function' ? host.now() : Date.now());

export class Performance {
  #origin = clock();
  #last = 0;

  constructor(token) {
    illegal(token);
  }

  now() {
    // Never backwards, whatever the clock does.
    this.#last = Math.max(this.#last, clock() - this.#origin);
    return this.#last;
  }

  get timeOrigin() { return this.#origin; }
  toJSON() { return { timeOrigin: this.#origin }; }
  mark() { host.unsupported('performance.mark'); }
  measure() { host.unsupported('performance.measure'); }
}
shape(Performance);

export const performance = new Performance(INTERNAL);
