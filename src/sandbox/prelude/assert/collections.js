// Maps and sets, read past anything that code under test may have put on their prototypes. What only calls itself a map
// or a set (by its tag) is asked through its own properties.

import { mapForEach, mapSize, setForEach, setHas, setSize, weakSetHas } from './primordials.js';

const works = (read, value) => {
  try {
    read(value);
    return true;
  } catch {
    return false;
  }
};

export const sizeOf = (value) => {
  if (works(mapSize, value)) return mapSize(value);
  if (works(setSize, value)) return setSize(value);
  return value.size;
};

/** Calls `visit(value, key)` for every entry. */
export const visitAll = (value, visit) => {
  if (works(mapSize, value)) mapForEach(value, visit);
  else if (works(setSize, value)) setForEach(value, visit);
  else value.forEach(visit);
};

export const setContains = (set, item) => (works(setSize, set) ? setHas(set, item) : set.has(item));

export const weakSetContains = (set, item) =>
  works((probed) => weakSetHas(probed, probed), set) ? weakSetHas(set, item) : set.has(item);
