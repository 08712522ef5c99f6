// `$.extend`: properties of later objects go to the first; with `true` in front, into nested objects and lists too.
import { isPlain } from './param.js';

export const extend = (target, ...sources) => {
  const deep = target === true;
  const [into, ...from] = deep ? sources : [target, ...sources];
  const result = (typeof into === 'object' && into !== null) || typeof into === 'function' ? into : {};
  for (const source of from) {
    if (source === null || source === undefined) continue;
    for (const name in source) {
      const value = source[name];
      if (name === '__proto__' || value === result || value === undefined) continue;
      if (deep && (isPlain(value) || Array.isArray(value))) {
        const known = result[name];
        const base = Array.isArray(value) ? (Array.isArray(known) ? known : []) : isPlain(known) ? known : {};
        result[name] = extend(true, base, value);
      } else {
        result[name] = value;
      }
    }
  }
  return result;
};
