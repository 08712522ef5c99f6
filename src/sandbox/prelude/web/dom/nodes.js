// Node and its kinds.
import host from 'grade:host';
import { DOMException } from '../dom-exception.js';
import { EventTarget } from '../event.js';
import { INTERNAL, constants, illegal, need, shape, usv } from '../idl.js';
import { htmlCollection, namedNodeMap, nodeList, tokenList } from './lists.js';
import { closest, htmlClass, matches, native, select, setMaker, setNumbers, within, wrap, wrapAll } from './tree.js';

let pageOf;
let idOf;

export class Node extends EventTarget {
  #page;
  #id;

  static {
    pageOf = (node) => node.#page;
    idOf = (node) => node.#id;
  }

  constructor(token, page, id) {
    illegal(token);
    super();
    this.#page = page;
    this.#id = id;
  }

  get nodeType() { return native.kind(this.#page.number, this.#id); }
  get nodeName() {
    return { 3: '#text', 4: '#cdata-section', 8: '#comment', 9: '#document', 11: '#document-fragment' }[this.nodeType];
  }
  get nodeValue() { return null; }
  set nodeValue(value) { this.#id; }
  get ownerDocument() { return wrap(this.#page, 0); }
  get isConnected() { return native.contains(this.#page.number, 0, this.#id); }
  get baseURI() { return BASE; }
  get parentNode() { return wrap(this.#page, link(this, 0)); }
  get parentElement() { return wrap(this.#page, link(this, 5)); }
  get firstChild() { return wrap(this.#page, link(this, 1)); }
  get lastChild() { return wrap(this.#page, link(this, 2)); }
  get previousSibling() { return wrap(this.#page, link(this, 3)); }
  get nextSibling() { return wrap(this.#page, link(this, 4)); }
  get childNodes() { return nodeList(wrapAll(this.#page, native.children(this.#page.number, this.#id, false))); }
  hasChildNodes() { return link(this, 1) !== null; }
  get textContent() { return native.text(this.#page.number, this.#id); }
  set textContent(value) { within(native.setText(this.#page.number, this.#id, value === null ? '' : usv(value))); }
  getRootNode() {
    let node = this;
    while (node.parentNode !== null) node = node.parentNode;
    return node;
  }
  contains(other) {
    return other !== null && other !== undefined && pageOf(other) === this.#page && native.contains(this.#page.number, this.#id, idOf(other));
  }
  isSameNode(other) { return this === other; }
  isEqualNode(other) {
    return other !== null && (this === other || (this.nodeType === other.nodeType && outer(this) === outer(other) && this.nodeValue === other.nodeValue));
  }
  compareDocumentPosition(other) {
    if (this === other) return 0;
    if (pageOf(other) !== this.#page) return 37;
    if (this.contains(other)) return 20;
    if (other.contains(this)) return 10;
    const chain = (node) => (node === null ? [] : [...chain(node.parentNode), node]);
    const [a, b] = [chain(this), chain(other)];
    if (a[0] !== b[0]) return 37;
    let i = 0;
    while (a[i] === b[i]) i++;
    const siblings = [...a[i - 1].childNodes];
    return siblings.indexOf(a[i]) < siblings.indexOf(b[i]) ? 4 : 2;
  }
  cloneNode(deep = false) { return wrap(this.#page, within(native.clone(this.#page.number, this.#id, Boolean(deep)))); }
  appendChild(node) { return place(this, node, null, 'appendChild'); }
  insertBefore(node, child) { return place(this, node, child ?? null, 'insertBefore'); }
  removeChild(child) {
    if (child.parentNode !== this) {
      throw new DOMException("Failed to execute 'removeChild' on 'Node': The node to be removed is not a child of this node.", 'NotFoundError');
    }
    native.detach(this.#page.number, idOf(child));
    return child;
  }
  replaceChild(node, child) {
    place(this, node, child, 'replaceChild');
    return this.removeChild(child);
  }
  normalize() { host.unsupported('Node.normalize'); }
}
shape(Node);
constants(Node, {
  ELEMENT_NODE: 1, ATTRIBUTE_NODE: 2, TEXT_NODE: 3, CDATA_SECTION_NODE: 4, PROCESSING_INSTRUCTION_NODE: 7, COMMENT_NODE: 8,
  DOCUMENT_NODE: 9, DOCUMENT_TYPE_NODE: 10, DOCUMENT_FRAGMENT_NODE: 11, DOCUMENT_POSITION_DISCONNECTED: 1,
  DOCUMENT_POSITION_PRECEDING: 2, DOCUMENT_POSITION_FOLLOWING: 4, DOCUMENT_POSITION_CONTAINS: 8, DOCUMENT_POSITION_CONTAINED_BY: 16,
});

const link = (node, which) => native.link(pageOf(node).number, idOf(node), which);
const outer = (node) => native.outer(pageOf(node).number, idOf(node));
const name = (node, which) => native.name(pageOf(node).number, idOf(node))[which];

function place(parent, node, before, method) {
  if (!(node instanceof Node)) {
    throw new TypeError(`Failed to execute '${method}' on 'Node': parameter 1 is not of type 'Node'.`);
  }
  const page = pageOf(parent);
  if (pageOf(node) !== page) host.unsupported('moving a node to another document');
  const refused = native.insert(page.number, idOf(parent), idOf(node), before === null ? undefined : idOf(before));
  if (refused !== null) {
    throw new DOMException(`Failed to execute '${method}' on 'Node': The new child cannot be put there.`, refused);
  }
  return node;
}

// Members that several kinds share, copied to each prototype as mixins are.
function mix(constructor, ...mixins) {
  for (const mixin of mixins) {
    const { constructor: _, ...members } = Object.getOwnPropertyDescriptors(mixin.prototype);
    Object.defineProperties(constructor.prototype, members);
  }
  shape(constructor);
}

const element = (node, which) => wrap(pageOf(node), link(node, which));
const toNode = (parent, item) => (item instanceof Node ? item : parent.ownerDocument.createTextNode(`${item}`));

class ParentNode {
  get children() { return htmlCollection(wrapAll(pageOf(this), native.children(pageOf(this).number, idOf(this), true))); }
  get childElementCount() { return native.children(pageOf(this).number, idOf(this), true).length; }
  get firstElementChild() { return element(this, 6); }
  get lastElementChild() { return element(this, 7); }
  querySelector(selectors) {
    need(1, arguments.length, "execute 'querySelector'");
    return select(pageOf(this), idOf(this), usv(selectors), true, 'querySelector', kindName(this))[0] ?? null;
  }
  querySelectorAll(selectors) {
    need(1, arguments.length, "execute 'querySelectorAll'");
    return nodeList(select(pageOf(this), idOf(this), usv(selectors), false, 'querySelectorAll', kindName(this)));
  }
  append(...items) { for (const item of items) place(this, toNode(this, item), null, 'append'); }
  prepend(...items) {
    const first = this.firstChild;
    for (const item of items) place(this, toNode(this, item), first, 'prepend');
  }
  replaceChildren(...items) {
    native.clear(pageOf(this).number, idOf(this));
    this.append(...items);
  }
}

class ByName {
  getElementsByTagName(wanted) { return htmlCollection(wrapAll(pageOf(this), native.byTag(pageOf(this).number, idOf(this), usv(wanted)))); }
  getElementsByClassName(wanted) { return htmlCollection(wrapAll(pageOf(this), native.byClass(pageOf(this).number, idOf(this), usv(wanted)))); }
}

class ById {
  getElementById(id) { return wrap(pageOf(this), native.byId(pageOf(this).number, idOf(this), usv(id))); }
}

class ChildNode {
  remove() { native.detach(pageOf(this).number, idOf(this)); }
  before(...items) { for (const item of items) place(this.parentNode, toNode(this, item), this, 'before'); }
  after(...items) {
    const next = this.nextSibling;
    for (const item of items) place(this.parentNode, toNode(this, item), next, 'after');
  }
  replaceWith(...items) {
    this.before(...items);
    this.remove();
  }
}

class Siblings {
  get previousElementSibling() { return element(this, 8); }
  get nextElementSibling() { return element(this, 9); }
}

const kindName = (node) => ({ 1: 'Element', 9: 'Document' })[node.nodeType] ?? 'DocumentFragment';

export class Attr {
  #owner;
  #name;
  constructor(token, owner, attribute) {
    illegal(token);
    this.#owner = owner;
    this.#name = attribute;
  }
  get name() { return this.#name; }
  get nodeName() { return this.#name; }
  get localName() { return this.#name.slice(this.#name.indexOf(':') + 1); }
  get nodeType() { return 2; }
  get specified() { return true; }
  get ownerElement() { return this.#owner; }
  get value() { return this.#owner.getAttribute(this.#name) ?? ''; }
  set value(value) { this.#owner.setAttribute(this.#name, value); }
  get nodeValue() { return this.value; }
  get textContent() { return this.value; }
}
shape(Attr);

const HTML = 'http://www.w3.org/1999/xhtml';

export class Element extends Node {
  get tagName() {
    const qualified = name(this, 0);
    return pageOf(this).type === 'text/html' && this.namespaceURI === HTML ? qualified.toUpperCase() : qualified;
  }
  get nodeName() { return this.tagName; }
  get localName() { return name(this, 1); }
  get prefix() { return name(this, 2) || null; }
  get namespaceURI() { return name(this, 3) || null; }
  #attributeName(text) {
    const lower = pageOf(this).type === 'text/html' && this.namespaceURI === HTML;
    return lower ? usv(text).toLowerCase() : usv(text);
  }
  getAttribute(qualified) {
    need(1, arguments.length, "execute 'getAttribute' on 'Element'");
    return native.attribute(pageOf(this).number, idOf(this), this.#attributeName(qualified));
  }
  hasAttribute(qualified) { return this.getAttribute(qualified) !== null; }
  hasAttributes() { return this.getAttributeNames().length > 0; }
  getAttributeNames() { return native.attributes(pageOf(this).number, idOf(this)).filter((_, i) => i % 2 === 0); }
  getAttributeNode(qualified) { return this.hasAttribute(qualified) ? new Attr(INTERNAL, this, this.#attributeName(qualified)) : null; }
  setAttribute(qualified, value) {
    need(2, arguments.length, "execute 'setAttribute' on 'Element'");
    const key = this.#attributeName(qualified);
    if (!/^[^\t\n\f\r />=\0"'<][^\t\n\f\r />=\0]*$/.test(key)) {
      throw new DOMException(`Failed to execute 'setAttribute' on 'Element': '${key}' is not a valid attribute name.`, 'InvalidCharacterError');
    }
    native.setAttribute(pageOf(this).number, idOf(this), key, usv(value));
  }
  removeAttribute(qualified) { native.removeAttribute(pageOf(this).number, idOf(this), this.#attributeName(qualified)); }
  toggleAttribute(qualified, force = undefined) {
    const on = force === undefined ? !this.hasAttribute(qualified) : Boolean(force);
    if (!on) this.removeAttribute(qualified);
    else if (!this.hasAttribute(qualified)) this.setAttribute(qualified, '');
    return on;
  }
  get attributes() { return namedNodeMap(this.getAttributeNames().map((key) => new Attr(INTERNAL, this, key))); }
  get id() { return this.getAttribute('id') ?? ''; }
  set id(value) { this.setAttribute('id', value); }
  get className() { return this.getAttribute('class') ?? ''; }
  set className(value) { this.setAttribute('class', value); }
  get classList() { return tokenList(this, 'class'); }
  set classList(value) { this.className = value; }
  matches(selectors) {
    need(1, arguments.length, "execute 'matches' on 'Element'");
    return matches(pageOf(this), idOf(this), usv(selectors));
  }
  webkitMatchesSelector(selectors) { return this.matches(selectors); }
  closest(selectors) {
    need(1, arguments.length, "execute 'closest' on 'Element'");
    return closest(pageOf(this), idOf(this), usv(selectors));
  }
  get innerHTML() { return native.inner(pageOf(this).number, idOf(this)); }
  set innerHTML(value) {
    const target = native.template(pageOf(this).number, idOf(this)) ?? idOf(this);
    const fragment = parsed(this, this.localName, value === null ? '' : value);
    native.clear(pageOf(this).number, target);
    native.insert(pageOf(this).number, target, idOf(fragment), undefined);
  }
  get outerHTML() { return outer(this); }
  set outerHTML(value) { this.replaceWith(parsed(this, this.parentElement?.localName ?? 'body', value)); }
  insertAdjacentHTML(position, text) { this.#adjacent(`${position}`, (context) => parsed(this, context, text)); }
  insertAdjacentElement(position, node) {
    this.#adjacent(`${position}`, () => node);
    return node;
  }
  insertAdjacentText(position, text) { this.#adjacent(`${position}`, () => this.ownerDocument.createTextNode(text)); }
  #adjacent(position, content) {
    switch (position.toLowerCase()) {
      case 'beforebegin': return this.before(content(this.parentElement?.localName ?? 'body'));
      case 'afterbegin': return this.prepend(content(this.localName));
      case 'beforeend': return this.append(content(this.localName));
      case 'afterend': return this.after(content(this.parentElement?.localName ?? 'body'));
      default: throw new DOMException(`The value provided ('${position}') is not one of 'beforeBegin', 'afterBegin', 'beforeEnd', or 'afterEnd'.`, 'SyntaxError');
    }
  }
  get shadowRoot() { return null; }
  getBoundingClientRect() { host.unsupported('Element.getBoundingClientRect'); }
}
mix(Element, ParentNode, ByName, ChildNode, Siblings);

function parsed(node, context, text) {
  const page = pageOf(node);
  if (page.type !== 'text/html') host.unsupported('setting innerHTML in an XML document');
  return wrap(page, within(native.fragment(page.number, context, usv(text))));
}

export class CharacterData extends Node {
  get data() { return native.data(pageOf(this).number, idOf(this)); }
  set data(value) { native.setText(pageOf(this).number, idOf(this), value === null ? '' : usv(value)); }
  get length() { return this.data.length; }
  get nodeValue() { return this.data; }
  set nodeValue(value) { this.data = value; }
  get textContent() { return this.data; }
  set textContent(value) { this.data = value; }
  substringData(offset, count) { return this.data.slice(offset, offset + count); }
  appendData(text) { this.data += text; }
}
mix(CharacterData, ChildNode, Siblings);

export class Text extends CharacterData {
  get wholeText() {
    let first = this;
    while (first.previousSibling instanceof Text) first = first.previousSibling;
    let text = '';
    for (let node = first; node instanceof Text; node = node.nextSibling) text += node.data;
    return text;
  }
}
shape(Text);
export class CDATASection extends Text {}
shape(CDATASection);
export class Comment extends CharacterData {}
shape(Comment);
export class ProcessingInstruction extends CharacterData {
  get target() { return name(this, 0); }
  get nodeName() { return this.target; }
}
shape(ProcessingInstruction);

export class DocumentType extends Node {
  get name() { return name(this, 0); }
  get publicId() { return name(this, 1); }
  get systemId() { return name(this, 2); }
  get nodeName() { return this.name; }
  get textContent() { return null; }
  set textContent(value) { this.name; }
}
mix(DocumentType, ChildNode);

export class DocumentFragment extends Node {}
mix(DocumentFragment, ParentNode, ById);

const BASE = 'https://www.freecodecamp.org/';

export class Document extends Node {
  get ownerDocument() { return null; }
  get textContent() { return null; }
  set textContent(value) { this.nodeType; }
  get documentElement() { return this.firstElementChild; }
  get doctype() { return [...this.childNodes].find((node) => node.nodeType === 10) ?? null; }
  get head() { return this.#part(['HEAD']); }
  get body() { return this.#part(['BODY', 'FRAMESET']); }
  #part(names) {
    return [...(this.documentElement?.children ?? [])].find((child) => names.includes(child.tagName.toUpperCase())) ?? null;
  }
  get title() { return (this.querySelector('title')?.textContent ?? '').replace(/[\t\n\f\r ]+/g, ' ').trim(); }
  set title(value) {
    const found = this.querySelector('title') ?? this.head?.appendChild(this.createElement('title'));
    if (found) found.textContent = value;
  }
  get contentType() { return pageOf(this).type; }
  get compatMode() { return native.quirks(pageOf(this).number) ? 'BackCompat' : 'CSS1Compat'; }
  get characterSet() { return 'UTF-8'; }
  get charset() { return 'UTF-8'; }
  get URL() { return BASE; }
  get documentURI() { return BASE; }
  get readyState() { return 'complete'; }
  get defaultView() { return null; }
  get forms() { return this.getElementsByTagName('form'); }
  get images() { return this.getElementsByTagName('img'); }
  get scripts() { return this.getElementsByTagName('script'); }
  get links() { return htmlCollection([...this.querySelectorAll('a[href], area[href]')]); }
  getElementsByName(wanted) {
    const text = `${wanted}`;
    return nodeList([...this.querySelectorAll('[name]')].filter((node) => node.getAttribute('name') === text));
  }
  createElement(tag) {
    const text = usv(tag);
    if (!/^[A-Za-z_:\u0080-\uffff][^\t\n\f\r />\0]*$/.test(text)) {
      throw new DOMException(`Failed to execute 'createElement' on 'Document': The tag name provided ('${text}') is not a valid name.`, 'InvalidCharacterError');
    }
    return this.#create(1, pageOf(this).type === 'text/html' ? text.toLowerCase() : text);
  }
  createTextNode(data) { return this.#create(3, usv(data)); }
  createComment(data) { return this.#create(8, usv(data)); }
  createDocumentFragment() { return this.#create(11, ''); }
  #create(kind, text) { return wrap(pageOf(this), within(native.create(pageOf(this).number, kind, text))); }
  importNode(node, deep = false) {
    if (pageOf(node) !== pageOf(this)) host.unsupported('moving a node to another document');
    return node.cloneNode(deep);
  }
  evaluate() { host.unsupported('Document.evaluate'); }
  createTreeWalker() { host.unsupported('Document.createTreeWalker'); }
}
mix(Document, ParentNode, ByName, ById);
export class XMLDocument extends Document {}
shape(XMLDocument);

setNumbers((node) => [pageOf(node), idOf(node)]);
setMaker((page, id) => {
  const kind = native.kind(page.number, id);
  const constructor = kind === 1 ? htmlClass(native.name(page.number, id)) : kind === 9 && page.type !== 'text/html' ? XMLDocument : BY_KIND[kind];
  return new constructor(INTERNAL, page, id);
});
const BY_KIND = {
  3: Text, 4: CDATASection, 7: ProcessingInstruction, 8: Comment, 9: Document, 10: DocumentType, 11: DocumentFragment,
};
