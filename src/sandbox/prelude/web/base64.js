// atob and btoa.
import host from 'grade:host';
import { DOMException } from './dom-exception.js';
import { need } from './idl.js';

const native = host.api('base64');

export function atob(data) {
  need(1, arguments.length, "execute 'atob' on 'Window'");
  const text = `${data}`;
  const decoded = text.isWellFormed() ? native.decode(text) : null;
  if (decoded === null) {
    throw new DOMException(
      "Failed to execute 'atob' on 'Window': The string to be decoded is not correctly encoded.",
      'InvalidCharacterError',
    );
  }
  return decoded;
}

export function btoa(data) {
  need(1, arguments.length, "execute 'btoa' on 'Window'");
  const text = `${data}`;
  const encoded = text.isWellFormed() ? native.encode(text) : null;
  if (encoded === null) {
    throw new DOMException(
      "Failed to execute 'btoa' on 'Window': The string to be encoded contains characters outside of the Latin1 range.",
      'InvalidCharacterError',
    );
  }
  return encoded;
}
