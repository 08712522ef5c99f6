// Text to documents and back.
import host from 'grade:host';
import { need, shape, usv } from '../idl.js';
import { Page, native, numbers, within, wrap } from './tree.js';

const TYPES = ['text/html', 'text/xml', 'application/xml', 'application/xhtml+xml', 'image/svg+xml'];

/** A new document from text; `type` is one of DOMParser's. */
export function parseDocument(text, type) {
  const number = within(native.parse(usv(text), type === 'text/html'));
  const page = new Page(number, type);
  return wrap(page, 0);
}

export class DOMParser {
  #brand = true;
  parseFromString(text, type) {
    this.#brand;
    need(2, arguments.length, "execute 'parseFromString' on 'DOMParser'");
    const kind = `${type}`;
    if (!TYPES.includes(kind)) {
      throw new TypeError(
        `Failed to execute 'parseFromString' on 'DOMParser': The provided value '${kind}' is not a valid enum value of type SupportedType.`,
      );
    }
    return parseDocument(text, kind);
  }
}
shape(DOMParser);

export class XMLSerializer {
  #brand = true;
  serializeToString(node) {
    this.#brand;
    if (numbers(node)[0].type === 'text/html') host.unsupported('XMLSerializer for an HTML document');
    const [page, id] = numbers(node);
    return native.outer(page.number, id);
  }
}
shape(XMLSerializer);
