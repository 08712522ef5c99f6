// `$.param`: an object as a query string.
const isPlain = value => {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
};

const add = (pairs, name, value) => {
  const plain = typeof value === 'function' ? value() : value;
  pairs.push(`${encodeURIComponent(name)}=${encodeURIComponent(plain ?? '')}`);
};

const build = (pairs, name, value, traditional) => {
  if (Array.isArray(value)) {
    value.forEach((item, index) => {
      if (traditional || /\[\]$/.test(name)) add(pairs, name, item);
      else build(pairs, `${name}[${typeof item === 'object' && item !== null ? index : ''}]`, item, traditional);
    });
  } else if (!traditional && isObject(value)) {
    for (const key in value) build(pairs, `${name}[${key}]`, value[key], traditional);
  } else {
    add(pairs, name, value);
  }
};

// What jQuery calls an object: by its class string, so neither a Date nor null.
const isObject = value => typeof value === 'object' && value !== null && Object.prototype.toString.call(value) === '[object Object]';

export const param = (data, traditional = false) => {
  if (data === null || data === undefined) return '';
  const pairs = [];
  if (Array.isArray(data)) for (const item of data) add(pairs, item.name, item.value);
  else for (const name in data) build(pairs, name, data[name], traditional);
  return pairs.join('&');
};

export { isPlain };
