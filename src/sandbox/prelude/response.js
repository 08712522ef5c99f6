// Answers that a test makes itself.
import host from 'grade:host';
import { encodeBody, lib, stringify } from './body.js';

const native = host.api('net');
const NULL_BODY = [101, 103, 204, 205, 304];

const makeHeaders = init => new (lib('web/headers.js').Headers)(init);

const isObject = value => (typeof value === 'object' && value !== null) || typeof value === 'function';

/** What `new Response(body, init)` is made of. */
export const make = (body, init) => {
  const given = isObject(init) ? init : {};
  const status = given.status === undefined ? 200 : Math.trunc(Number(given.status)) & 0xffff;
  if (status < 200 || status > 599) {
    throw new RangeError(`Failed to construct 'Response': The status provided (${status}) is outside the range [200, 599].`);
  }
  const statusText = given.statusText === undefined ? '' : `${given.statusText}`;
  if (/[^\t\x20-\x7e\x80-\xff]/.test(statusText)) throw new TypeError("Failed to construct 'Response': Invalid statusText");
  const answer = { status, statusText, url: '', redirected: false, type: 'default', headers: [] };
  const headers = makeHeaders(given.headers);
  if (body === null || body === undefined) return { answer, headers, content: null };
  if (NULL_BODY.includes(status)) throw new TypeError("Failed to construct 'Response': Response with null body status cannot have body");
  const { content, type } = encodeBody(body);
  if (type !== null && !headers.has('content-type')) headers.set('content-type', type);
  return { answer, headers, content };
};

/** `Response.json(data, init)`, with the class that makes it. */
export const json = (Response, data, init) => {
  const text = stringify(data);
  if (text === undefined) throw new TypeError("Failed to execute 'json' on 'Response': The data is not JSON serializable");
  const response = new Response(text, init);
  if (!makeHeaders(init?.headers).has('content-type')) response.headers.set('content-type', 'application/json');
  return response;
};

const bare = (status, type, headers) => ({ status, statusText: '', url: '', redirected: false, type, headers, empty: true });

/** What `Response.error()` is made of. */
export const error = () => bare(0, 'error', []);

/** What `Response.redirect(url, status)` is made of. */
export const redirect = (url, status) => {
  const location = native.resolve(`${url}`.toWellFormed());
  if (typeof location !== 'string') throw new TypeError(`Failed to execute 'redirect' on 'Response': Failed to parse URL from ${url}`);
  if (![301, 302, 303, 307, 308].includes(status)) throw new RangeError("Failed to execute 'redirect' on 'Response': Invalid status code");
  return bare(status, 'default', ['location', location]);
};
