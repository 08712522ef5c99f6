// Pieces of text for messages: shortening, quoting, escaping.

import { charCodeAt, numberToText, textSlice, toText } from './primordials.js';

export const ELLIPSIS = '…';

/** Cuts to `room` characters, the last of them an ellipsis. A text of one character is never cut. */
export const shorten = (value, room) => {
  const text = toText(value);
  if (text.length <= 1 || text.length <= room) return text;
  return room < 1 ? ELLIPSIS : textSlice(text, 0, room - 1) + ELLIPSIS;
};

const SHORT_ESCAPES = {
  __proto__: null,
  8: '\\b',
  9: '\\t',
  10: '\\n',
  12: '\\f',
  13: '\\r',
  39: "\\'",
};

const isHidden = (code) =>
  code < 0x20 ||
  (code >= 0x7f && code <= 0x9f) ||
  code === 0xad ||
  (code >= 0x600 && code <= 0x604) ||
  code === 0x70f ||
  code === 0x17b4 ||
  code === 0x17b5 ||
  (code >= 0x200c && code <= 0x200f) ||
  (code >= 0x2028 && code <= 0x202f) ||
  (code >= 0x2060 && code <= 0x206f) ||
  code === 0xfeff ||
  code >= 0xfff0;

const escapeCode = (code) => {
  const digits = numberToText(code, 16);
  return '\\u' + textSlice('0000', digits.length) + digits;
};

/** The text in single quotes, escaped, at most `room` characters long (if the quotes leave any room). */
export const quote = (text, room) => {
  let escaped = '';
  // What lies behind the cut is never looked at: an answer can be megabytes long.
  for (let i = 0; i < text.length && (escaped.length <= room || escaped.length < 2); i += 1) {
    const code = charCodeAt(text, i);
    if (code === 39 || isHidden(code)) escaped += SHORT_ESCAPES[code] ?? escapeCode(code);
    else escaped += text[i];
  }
  return "'" + shorten(escaped, room - 2) + "'";
};

const isPlainKey = (key) => {
  for (let i = 0; i < key.length; i += 1) {
    const code = charCodeAt(key, i);
    const letter = (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95;
    const digit = code >= 48 && code <= 57;
    if (!letter && !(digit && i > 0)) return false;
  }
  return key.length > 0;
};

const isLoneSurrogate = (text, i) => {
  const code = charCodeAt(text, i);
  if (code < 0xd800 || code > 0xdfff) return false;
  const high = code < 0xdc00;
  const partner = charCodeAt(text, high ? i + 1 : i - 1);
  return high ? !(partner >= 0xdc00 && partner <= 0xdfff) : !(partner >= 0xd800 && partner < 0xdc00);
};

/** A property name as it stands before the colon. chai shows a backslash doubled, but not the last character's. */
export const quoteKey = (key) => {
  if (isPlainKey(key)) return key;
  let escaped = '';
  for (let i = 0; i < key.length; i += 1) {
    const code = charCodeAt(key, i);
    if (code === 92) escaped += i === key.length - 1 ? '\\' : '\\\\';
    else if (code === 39 || code < 0x20 || isLoneSurrogate(key, i)) escaped += SHORT_ESCAPES[code] ?? escapeCode(code);
    else escaped += key[i];
  }
  return "'" + escaped + "'";
};
