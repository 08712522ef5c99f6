// Objects that tests put things into, which stay for as long as the page lives: the guard leaves what is in them alone.
const stores = { __proto__: null, size: 0 };

export const addStore = object => {
  stores[stores.size] = object;
  stores.size += 1;
  return object;
};

export const isStore = object => {
  for (let i = 0; i < stores.size; i += 1) {
    if (stores[i] === object) return true;
  }
  return false;
};
