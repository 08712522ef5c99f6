// URL and URLSearchParams over the `url` crate.
import host from 'grade:host';
import { initPairs, isObject, iterable, need, shape, usv } from './idl.js';

const native = host.api('url');
const PARTS = ['href', 'origin', 'protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search', 'hash'];

let listOf;
let attach;

export class URLSearchParams {
  #list = [];
  #changed = null;

  static {
    listOf = (params) => params.#list;
    // Binds the parameters to a URL: replaces the list, and calls back when it changes.
    attach = (params, query, changed) => {
      params.#list = parseQuery(query);
      params.#changed = changed;
    };
  }

  constructor(init = '') {
    if (isObject(init)) {
      this.#list = initPairs(init, 'URLSearchParams').map(([key, value]) => [usv(key), usv(value)]);
    } else {
      const text = usv(init);
      this.#list = parseQuery(text.startsWith('?') ? text.slice(1) : text);
    }
  }

  #update() {
    if (this.#changed !== null) this.#changed(this.toString());
  }

  get size() {
    return this.#list.length;
  }

  append(name, value) {
    need(2, arguments.length, "execute 'append' on 'URLSearchParams'");
    this.#list.push([usv(name), usv(value)]);
    this.#update();
  }

  delete(name, value = undefined) {
    need(1, arguments.length, "execute 'delete' on 'URLSearchParams'");
    const key = usv(name);
    const only = value === undefined ? undefined : usv(value);
    this.#list = this.#list.filter(([k, v]) => k !== key || (only !== undefined && v !== only));
    this.#update();
  }

  get(name) {
    need(1, arguments.length, "execute 'get' on 'URLSearchParams'");
    const key = usv(name);
    const found = this.#list.find(([k]) => k === key);
    return found === undefined ? null : found[1];
  }

  getAll(name) {
    need(1, arguments.length, "execute 'getAll' on 'URLSearchParams'");
    const key = usv(name);
    return this.#list.filter(([k]) => k === key).map(([, v]) => v);
  }

  has(name, value = undefined) {
    need(1, arguments.length, "execute 'has' on 'URLSearchParams'");
    const key = usv(name);
    const only = value === undefined ? undefined : usv(value);
    return this.#list.some(([k, v]) => k === key && (only === undefined || v === only));
  }

  set(name, value) {
    need(2, arguments.length, "execute 'set' on 'URLSearchParams'");
    const key = usv(name);
    const text = usv(value);
    const at = this.#list.findIndex(([k]) => k === key);
    if (at < 0) {
      this.#list.push([key, text]);
    } else {
      this.#list[at][1] = text;
      this.#list = this.#list.filter(([k], i) => k !== key || i === at);
    }
    this.#update();
  }

  sort() {
    // By code units, and stable, which is what the comparison of strings gives.
    this.#list.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    this.#update();
  }

  toString() {
    return native.formatQuery(this.#list.flat());
  }
}
iterable(URLSearchParams, 'URLSearchParams', (params) => listOf(params));
shape(URLSearchParams);

function parseQuery(text) {
  const flat = native.parseQuery(text);
  const list = [];
  for (let i = 0; i + 1 < flat.length; i += 2) list.push([flat[i], flat[i + 1]]);
  return list;
}

export class URL {
  #href;
  // Most tests want nothing but the whole: it is taken apart when a part is asked for.
  #parts = null;
  #text;
  #base;
  #params = null;

  constructor(url, base = undefined) {
    need(1, arguments.length, "construct 'URL'");
    this.#text = usv(url);
    this.#base = base === undefined ? undefined : usv(base);
    const href = native.parse(this.#text, this.#base);
    if (href === null) throw new TypeError("Failed to construct 'URL': Invalid URL");
    this.#href = href;
  }

  static canParse(url, base = undefined) {
    need(1, arguments.length, "execute 'canParse' on 'URL'");
    return native.parse(usv(url), base === undefined ? undefined : usv(base)) !== null;
  }

  static parse(url, base = undefined) {
    need(1, arguments.length, "execute 'parse' on 'URL'");
    return URL.canParse(url, base) ? new URL(url, base) : null;
  }

  static createObjectURL() {
    host.unsupported('URL.createObjectURL');
  }

  static revokeObjectURL() {
    host.unsupported('URL.revokeObjectURL');
  }

  #get(name) {
    this.#parts ??= native.parts(this.#text, this.#base);
    return this.#parts[PARTS.indexOf(name)];
  }

  #set(name, value) {
    const parts = native.set(this.#href, name, usv(value));
    if (parts === null) return false;
    this.#parts = parts;
    this.#href = parts[0];
    return true;
  }

  #refresh() {
    if (this.#params !== null) this.#bind();
  }

  #bind() {
    const search = this.search;
    attach(this.#params, search.startsWith('?') ? search.slice(1) : search, (query) => this.#set('search', query));
  }

  get href() { return this.#href; }
  set href(value) {
    if (!this.#set('href', value)) throw new TypeError("Failed to set the 'href' property on 'URL': Invalid URL");
    this.#refresh();
  }
  get origin() { return this.#get('origin'); }
  get protocol() { return this.#get('protocol'); }
  set protocol(value) { this.#set('protocol', value); }
  get username() { return this.#get('username'); }
  set username(value) { this.#set('username', value); }
  get password() { return this.#get('password'); }
  set password(value) { this.#set('password', value); }
  get host() { return this.#get('host'); }
  set host(value) { this.#set('host', value); }
  get hostname() { return this.#get('hostname'); }
  set hostname(value) { this.#set('hostname', value); }
  get port() { return this.#get('port'); }
  set port(value) { this.#set('port', value); }
  get pathname() { return this.#get('pathname'); }
  set pathname(value) { this.#set('pathname', value); }
  get search() { return this.#get('search'); }
  set search(value) {
    this.#set('search', value);
    this.#refresh();
  }
  get hash() { return this.#get('hash'); }
  set hash(value) { this.#set('hash', value); }

  get searchParams() {
    if (this.#params === null) {
      this.#params = new URLSearchParams();
      this.#bind();
    }
    return this.#params;
  }

  toString() { return this.href; }
  toJSON() { return this.href; }
}
shape(URL);
