// The elements of HTML: attributes as properties, and what forms hold.
import { shape } from '../idl.js';
import { URL } from '../url.js';
import { htmlCollection, stringMap, tokenList } from './lists.js';
import { Element } from './nodes.js';
import { native, numbers, setHtmlClass, wrap } from './tree.js';

const accessor = (proto, name, get, set) =>
  Object.defineProperty(proto, name, { get, set, enumerable: true, configurable: true });

/** Properties that show an attribute: as text, as a URL, as a flag or as a number. */
const REFLECT = {
  text(proto, name, attribute) {
    accessor(proto, name, function () { return this.getAttribute(attribute) ?? ''; }, function (value) { this.setAttribute(attribute, value); });
  },
  url(proto, name, attribute) {
    const get = function () {
      const value = this.getAttribute(attribute);
      if (value === null) return '';
      return URL.canParse(value, this.baseURI) ? new URL(value, this.baseURI).href : value;
    };
    accessor(proto, name, get, function (value) { this.setAttribute(attribute, value); });
  },
  flag(proto, name, attribute) {
    accessor(proto, name, function () { return this.hasAttribute(attribute); }, function (value) { this.toggleAttribute(attribute, Boolean(value)); });
  },
  number(proto, name, attribute, fallback = 0) {
    const get = function () {
      const value = /^[\t\n\f\r ]*([+-]?\d+)/.exec(this.getAttribute(attribute) ?? '');
      return value === null ? fallback : Number(value[1]);
    };
    accessor(proto, name, get, function (value) { this.setAttribute(attribute, Math.trunc(Number(value)) || 0); });
  },
};

export class HTMLElement extends Element {
  get innerText() { return this.textContent; }
  set innerText(value) { this.textContent = value; }
  get outerText() { return this.textContent; }
  get dataset() { return stringMap(this); }
  get hidden() { return this.hasAttribute('hidden'); }
  set hidden(value) { this.toggleAttribute('hidden', Boolean(value)); }
}
for (const name of ['title', 'lang', 'dir', 'accessKey', 'slot']) REFLECT.text(HTMLElement.prototype, name, name.toLowerCase());
REFLECT.number(HTMLElement.prototype, 'tabIndex', 'tabindex', -1);
shape(HTMLElement);

export class HTMLUnknownElement extends HTMLElement {}
shape(HTMLUnknownElement);

// class, its tags, and its reflected attributes ("property" or "property=attribute") by kind
const TABLE = [
  ['Anchor', 'a', { text: 'target rel type download hreflang name ping', url: 'href' }],
  ['Area', 'area', { text: 'alt coords shape target rel', url: 'href' }],
  ['Audio', 'audio', { text: 'preload', url: 'src', flag: 'autoplay controls loop' }],
  ['Base', 'base', { text: 'target', url: 'href' }],
  ['Body', 'body', { text: 'bgColor=bgcolor' }],
  ['BR', 'br', {}],
  ['Button', 'button', { text: 'name value', flag: 'disabled autofocus formNoValidate=formnovalidate', url: 'formAction=formaction' }],
  ['Canvas', 'canvas', { number: 'width height' }],
  ['Details', 'details', { flag: 'open' }],
  ['Dialog', 'dialog', { flag: 'open' }],
  ['Div', 'div', { text: 'align' }],
  ['DList', 'dl', {}],
  ['Embed', 'embed', { text: 'type width height', url: 'src' }],
  ['FieldSet', 'fieldset', { text: 'name', flag: 'disabled' }],
  ['Form', 'form', { text: 'name target acceptCharset=accept-charset autocomplete', url: 'action', flag: 'noValidate=novalidate' }],
  ['Head', 'head', {}],
  ['Heading', 'h1 h2 h3 h4 h5 h6', { text: 'align' }],
  ['HR', 'hr', {}],
  ['Html', 'html', {}],
  ['IFrame', 'iframe', { text: 'name width height allow srcdoc', url: 'src' }],
  ['Image', 'img', { text: 'alt name srcset sizes useMap=usemap loading crossOrigin=crossorigin', url: 'src', number: 'width height', flag: 'isMap=ismap' }],
  ['Input', 'input', { text: 'name placeholder min max step pattern accept alt autocomplete', url: 'src formAction=formaction', flag: 'disabled required readOnly=readonly multiple autofocus defaultChecked=checked', number: 'size maxLength=maxlength minLength=minlength' }],
  ['Label', 'label', { text: 'htmlFor=for' }],
  ['Legend', 'legend', {}],
  ['LI', 'li', { number: 'value' }],
  ['Link', 'link', { text: 'rel type media hreflang as', url: 'href', flag: 'disabled' }],
  ['Map', 'map', { text: 'name' }],
  ['Meta', 'meta', { text: 'name content httpEquiv=http-equiv' }],
  ['Meter', 'meter', {}],
  ['Mod', 'ins del', { text: 'dateTime=datetime' }],
  ['Object', 'object', { text: 'name type', url: 'data' }],
  ['OList', 'ol', { text: 'type', flag: 'reversed', number: 'start' }],
  ['OptGroup', 'optgroup', { text: 'label', flag: 'disabled' }],
  ['Option', 'option', { flag: 'disabled defaultSelected=selected' }],
  ['Output', 'output', { text: 'name' }],
  ['Paragraph', 'p', { text: 'align' }],
  ['Picture', 'picture', {}],
  ['Pre', 'pre listing xmp', {}],
  ['Progress', 'progress', {}],
  ['Quote', 'blockquote q', { url: 'cite' }],
  ['Script', 'script', { text: 'type charset integrity crossOrigin=crossorigin', url: 'src', flag: 'defer noModule=nomodule async' }],
  ['Select', 'select', { text: 'name', flag: 'disabled required multiple autofocus', number: 'size' }],
  ['Source', 'source', { text: 'type srcset sizes media', url: 'src' }],
  ['Span', 'span', {}],
  ['Style', 'style', { text: 'type media' }],
  ['Table', 'table', { text: 'border' }],
  ['TableCaption', 'caption', {}],
  ['TableCell', 'td th', { text: 'headers scope abbr', number: 'colSpan=colspan rowSpan=rowspan' }],
  ['TableCol', 'col colgroup', {}],
  ['TableRow', 'tr', {}],
  ['TableSection', 'thead tbody tfoot', {}],
  ['Template', 'template', {}],
  ['TextArea', 'textarea', { text: 'name placeholder wrap', flag: 'disabled required readOnly=readonly', number: 'rows cols maxLength=maxlength minLength=minlength' }],
  ['Time', 'time', { text: 'dateTime=datetime' }],
  ['Title', 'title', {}],
  ['Track', 'track', { text: 'kind label', url: 'src' }],
  ['UList', 'ul', { text: 'type' }],
  ['Video', 'video', { text: 'preload', url: 'src poster', number: 'width height', flag: 'autoplay controls loop' }],
];

/** The classes by name, for globals. */
export const htmlClasses = { HTMLElement, HTMLUnknownElement };
const byTag = new Map();
for (const [short, tags, attributes] of TABLE) {
  const name = `HTML${short}Element`;
  const made = { [name]: class extends HTMLElement {} }[name];
  for (const kind of Object.keys(attributes)) {
    for (const item of attributes[kind].split(' ')) {
      const [property, attribute = property.toLowerCase()] = item.split('=');
      REFLECT[kind](made.prototype, property, attribute);
    }
  }
  shape(made, name);
  htmlClasses[name] = made;
  for (const tag of tags.split(' ')) byTag.set(tag, made);
}
export const {
  HTMLAnchorElement, HTMLButtonElement, HTMLDivElement, HTMLFormElement, HTMLHeadingElement, HTMLImageElement,
  HTMLInputElement, HTMLLabelElement, HTMLLIElement, HTMLLinkElement, HTMLMetaElement, HTMLOptionElement,
  HTMLParagraphElement, HTMLScriptElement, HTMLSelectElement, HTMLSpanElement, HTMLTableElement, HTMLTemplateElement,
  HTMLTextAreaElement, HTMLUListElement,
} = htmlClasses;

const KNOWN = new Set(
  ('abbr acronym address article aside b basefont bdi bdo big center cite code dd dfn dt em figcaption figure footer header hgroup i kbd main mark nav nobr noembed noframes noscript plaintext rb rp rt rtc ruby s samp search section small strike strong sub summary sup tt u var wbr').split(' '),
);

setHtmlClass(([, local, , namespace]) => {
  if (namespace !== 'http://www.w3.org/1999/xhtml') return Element;
  return byTag.get(local) ?? (KNOWN.has(local) || local.includes('-') ? HTMLElement : HTMLUnknownElement);
});

// State that is not an attribute: what a user (or a script) typed or ticked.
// It is kept with the page, by the node's number.
const typed = {
  has: (store, node) => numbers(node)[0][store].has(numbers(node)[1]),
  get: (store, node) => numbers(node)[0][store].get(numbers(node)[1]),
  set: (store, node, value) => numbers(node)[0][store].set(numbers(node)[1], value),
};
const dirty = (store, get) => [
  function () { return typed.has(store, this) ? typed.get(store, this) : get.call(this); },
  function (value) { typed.set(store, this, value); },
];

const INPUT_TYPES = new Set(
  'hidden text search tel url email password date month week time datetime-local number range color checkbox radio file submit image reset button'.split(' '),
);

function limited(made, attribute, allowed, missing, invalid = missing) {
  accessor(made.prototype, attribute, function () {
    const value = this.getAttribute(attribute);
    if (value === null) return missing;
    const lower = value.toLowerCase();
    return allowed.has(lower) ? lower : invalid;
  }, function (value) { this.setAttribute(attribute, value); });
}
limited(HTMLInputElement, 'type', INPUT_TYPES, 'text');
limited(HTMLButtonElement, 'type', new Set(['submit', 'reset', 'button']), 'submit');
limited(HTMLFormElement, 'method', new Set(['get', 'post', 'dialog']), 'get');
limited(HTMLFormElement, 'enctype', new Set(['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain']), 'application/x-www-form-urlencoded');

{
  const [get, set] = dirty('values', function () {
    const value = this.getAttribute('value');
    return value ?? (this.type === 'checkbox' || this.type === 'radio' ? 'on' : '');
  });
  accessor(HTMLInputElement.prototype, 'value', get, function (value) { set.call(this, value === null ? '' : `${value}`); });
  REFLECT.text(HTMLInputElement.prototype, 'defaultValue', 'value');
  const [checked, check] = dirty('checks', function () { return this.hasAttribute('checked'); });
  accessor(HTMLInputElement.prototype, 'checked', checked, function (value) { check.call(this, Boolean(value)); });
}
{
  const [get, set] = dirty('values', function () { return this.textContent; });
  accessor(HTMLTextAreaElement.prototype, 'value', get, function (value) { set.call(this, value === null ? '' : `${value}`); });
  accessor(HTMLTextAreaElement.prototype, 'defaultValue', function () { return this.textContent; }, function (value) { this.textContent = value; });
  accessor(HTMLTextAreaElement.prototype, 'type', () => 'textarea');
}
{
  const proto = HTMLOptionElement.prototype;
  const text = function () { return this.textContent.replace(/[\t\n\f\r ]+/g, ' ').trim(); };
  accessor(proto, 'text', text, function (value) { this.textContent = value; });
  accessor(proto, 'value', function () { return this.getAttribute('value') ?? this.text; }, function (value) { this.setAttribute('value', value); });
  accessor(proto, 'label', function () { return this.getAttribute('label') ?? this.text; }, function (value) { this.setAttribute('label', value); });
  accessor(proto, 'selected', function () {
    const select = this.closest('select');
    return select === null ? this.hasAttribute('selected') : selectedOptions(select).includes(this);
  }, function (value) {
    typed.set('checks', this, Boolean(value));
  });
}

function selectedOptions(select) {
  const options = [...select.querySelectorAll('option')];
  const on = options.filter((option) => (typed.has('checks', option) ? typed.get('checks', option) : option.hasAttribute('selected')));
  if (select.hasAttribute('multiple')) return on;
  if (on.length > 0) return [on[on.length - 1]];
  const first = options.find((option) => !option.disabled);
  return first === undefined || select.size > 1 ? [] : [first];
}
{
  const proto = HTMLSelectElement.prototype;
  accessor(proto, 'options', function () { return htmlCollection([...this.querySelectorAll('option')]); });
  accessor(proto, 'selectedOptions', function () { return htmlCollection(selectedOptions(this)); });
  accessor(proto, 'selectedIndex', function () { return [...this.options].indexOf(selectedOptions(this)[0]); });
  accessor(proto, 'length', function () { return this.options.length; });
  accessor(proto, 'type', function () { return this.hasAttribute('multiple') ? 'select-multiple' : 'select-one'; });
  accessor(proto, 'value', function () { return selectedOptions(this)[0]?.value ?? ''; }, function (value) {
    for (const option of this.options) typed.set('checks', option, option.value === `${value}`);
  });
}
{
  const fields = (form) => [...form.querySelectorAll('button, fieldset, input:not([type=image i]), object, output, select, textarea')];
  accessor(HTMLFormElement.prototype, 'elements', function () { return htmlCollection(fields(this)); });
  accessor(HTMLFormElement.prototype, 'length', function () { return fields(this).length; });
  for (const name of ['HTMLButtonElement', 'HTMLInputElement', 'HTMLSelectElement', 'HTMLTextAreaElement', 'HTMLLabelElement']) {
    accessor(htmlClasses[name].prototype, 'form', function () { return this.closest('form'); });
  }
  accessor(HTMLLabelElement.prototype, 'control', function () {
    return this.htmlFor === '' ? this.querySelector('button, input, meter, output, progress, select, textarea') : this.ownerDocument.getElementById(this.htmlFor);
  });
}
{
  const rows = function () { return htmlCollection([...this.querySelectorAll('tr')].filter((row) => row.closest('table') === this.closest('table'))); };
  accessor(HTMLTableElement.prototype, 'rows', rows);
  accessor(htmlClasses.HTMLTableSectionElement.prototype, 'rows', rows);
  accessor(HTMLTableElement.prototype, 'tBodies', function () { return htmlCollection([...this.children].filter((child) => child.localName === 'tbody')); });
  for (const [name, tag] of [['tHead', 'thead'], ['tFoot', 'tfoot'], ['caption', 'caption']]) {
    accessor(HTMLTableElement.prototype, name, function () { return [...this.children].find((child) => child.localName === tag) ?? null; });
  }
  accessor(htmlClasses.HTMLTableRowElement.prototype, 'cells', function () {
    return htmlCollection([...this.children].filter((child) => child.localName === 'td' || child.localName === 'th'));
  });
}
accessor(HTMLTemplateElement.prototype, 'content', function () {
  const [page, id] = numbers(this);
  return wrap(page, native.template(page.number, id));
});
for (const made of [HTMLScriptElement, htmlClasses.HTMLTitleElement, HTMLAnchorElement]) {
  accessor(made.prototype, 'text', function () { return this.textContent; }, function (value) { this.textContent = value; });
}
for (const name of ['protocol', 'host', 'hostname', 'port', 'pathname', 'search', 'hash', 'origin']) {
  accessor(HTMLAnchorElement.prototype, name, function () {
    return URL.canParse(this.href) ? new URL(this.href)[name] : '';
  });
}
for (const made of [HTMLAnchorElement, HTMLLinkElement]) accessor(made.prototype, 'relList', function () { return tokenList(this, 'rel'); });
