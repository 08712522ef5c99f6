// Where nodes come from: a document's number and a node's number become one object, always the same.
import host from 'grade:host';
import { DOMException } from '../dom-exception.js';

export const native = host.api('dom');

// A document in Rust is freed when no node of it can be reached any more: nodes hold their page.
const freed = new FinalizationRegistry((number) => native.free(number));

/**
 * One parsed document: its number in Rust, the objects made for its nodes (held weakly, or they and the page would keep
 * each other), and what users or scripts put into its form fields.
 */
export class Page {
  nodes = new Map();
  values = new Map();
  checks = new Map();
  constructor(number, type) {
    this.number = number;
    this.type = type;
    freed.register(this, number);
  }
}

let make;

/** `maker(page, id)` makes the object for a node; given by nodes.js, which knows the classes. */
export function setMaker(maker) {
  make = maker;
}

/** `htmlClass(name)` gives the class for an element's name; set by html.js, which builds on nodes.js. */
export let htmlClass;
export function setHtmlClass(chooser) {
  htmlClass = chooser;
}

/** `numbers(node)` gives its page and its number; set by nodes.js. */
export let numbers;
export function setNumbers(getter) {
  numbers = getter;
}

export function wrap(page, id) {
  if (id === null || id === undefined) return null;
  let node = page.nodes.get(id)?.deref();
  if (node === undefined) {
    node = make(page, id);
    page.nodes.set(id, new WeakRef(node));
  }
  return node;
}

export const wrapAll = (page, ids) => ids.map((id) => wrap(page, id));

const SYNTAX = 0xffffffff;
const COSTLY = 0xfffffffe;

function check(code, selector, method, where) {
  if (code === SYNTAX || code === -1) {
    throw new DOMException(`Failed to execute '${method}' on '${where}': '${selector}' is not a valid selector.`, 'SyntaxError');
  }
  if (code === COSTLY || code === -2) host.unsupported(`the selector '${selector.slice(0, 60)}' on so large a document`);
}

export function select(page, id, selector, first, method, where) {
  const found = native.select(page.number, id, selector, first);
  if (found.length === 1) check(found[0], selector, method, where);
  return wrapAll(page, found);
}

export function matches(page, id, selector) {
  const answer = native.matches(page.number, id, selector);
  check(answer, selector, 'matches', 'Element');
  return answer === 1;
}

export function closest(page, id, selector) {
  const found = native.closest(page.number, id, selector);
  if (found.length === 1) check(found[0], selector, 'closest', 'Element');
  return wrap(page, found[0]);
}

/** For results that are null when a limit of the document's size is reached. */
export function within(result) {
  if (result === null || result === false) host.unsupported('a document that large or that deeply nested');
  return result;
}
