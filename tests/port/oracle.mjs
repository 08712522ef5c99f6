// Runs the blocks of blocks.mjs as a page does and prints what became of each, as the table that tests/port_agreement.rs
// holds the ported engine to. Run it with `npm install && npm run oracle` in this folder, TZ=UTC.
//
// assert is npm chai 4.5.0, $ is npm jquery 3.7.1 in jsdom; fetch and XMLHttpRequest answer from the table.

import { assert } from 'chai';
import { JSDOM } from 'jsdom';
import jqueryFactory from 'jquery';

import { blocks } from './blocks.mjs';

const CODE = 'https://project.example';
const PAGE = 'https://www.freecodecamp.org/learn';
const NOW = Date.UTC(2026, 0, 2, 3, 4, 5, 678);

let answers = [];
let requests = [];
let asked = 0;

const phrase = { 200: 'OK', 201: 'Created', 204: 'No Content', 400: 'Bad Request', 404: 'Not Found', 500: 'Internal Server Error' };

function next() {
  const answer = answers[Math.min(asked, answers.length - 1)];
  asked += 1;
  return answer;
}

async function record(method, url, headers, body) {
  const seen = { method, url };
  const kept = [...headers].filter(([name, value]) => !(name === 'accept' && value === '*/*')).sort();
  if (kept.length) seen.headers = kept;
  if (body) seen.body = body;
  requests.push(seen);
}

async function fetch(url, options) {
  if (!URL.canParse(url, PAGE)) throw new TypeError(`Failed to parse URL from ${url}`);
  const request = new Request(new URL(url, PAGE), options);
  await record(request.method, request.url, request.headers, await request.text());
  const answer = next();
  if (answer.refused) throw Object.assign(new TypeError('Failed to fetch'), { refused: true });
  const response = new Response([204, 304].includes(answer.status) ? null : answer.body, {
    status: answer.status,
    statusText: phrase[answer.status],
    headers: answer.type === undefined ? {} : { 'content-type': answer.type },
  });
  // A body of text sets a type of its own, which servers do not.
  if (answer.type === undefined) response.headers.delete('content-type');
  Object.defineProperty(response, 'url', { value: request.url });
  return response;
}

class Xhr {
  open(method, url) {
    this.method = method;
    this.url = new URL(url, PAGE).href;
    this.headers = [];
    this.withCredentials = false;
  }
  setRequestHeader(name, value) {
    this.headers.push([name.toLowerCase(), value]);
  }
  getAllResponseHeaders() {
    return this.answer?.type === undefined ? '' : `content-type: ${this.answer.type}\r\n`;
  }
  abort() {}
  send(body) {
    record(this.method, this.url, this.headers, body);
    this.answer = next();
    setImmediate(() => {
      if (this.answer.refused) {
        Object.assign(this, { readyState: 4, status: 0, statusText: '' });
        return this.onerror();
      }
      this.readyState = 4;
      this.status = this.answer.status;
      this.statusText = phrase[this.answer.status] ?? '';
      this.responseType = '';
      this.responseText = this.status === 204 ? '' : this.answer.body;
      this.onload();
    });
  }
}

const dom = new JSDOM('<!doctype html>', { url: PAGE });
const $ = jqueryFactory(dom.window);
$.ajaxSetup({ xhr: () => new Xhr() });
$.Deferred.exceptionHook = undefined;

const RealDate = Date;
class FixedDate extends RealDate {
  constructor(...parts) {
    if (parts.length) super(...parts);
    else super(NOW);
  }
  static now() {
    return NOW;
  }
}

let unhandled = [];
process.on('unhandledRejection', reason => unhandled.push(reason));

const settle = () => new Promise(done => setTimeout(done, 0));

function described(error) {
  // A message may be cut in the middle of a character.
  if (error instanceof Error) return { name: error.name, message: error.message.toWellFormed() };
  return { name: '', message: '' };
}

async function run(code) {
  requests = [];
  asked = 0;
  unhandled = [];
  const globals = { assert, fetch, $, jQuery: $, code: CODE, Date: FixedDate };
  const names = Object.keys(globals);
  const values = Object.values(globals);
  const bare = code.trim().replace(/;$/, '');
  const isFunction = /^(async\s*)?(\([\w\s]*\)\s*=>|function)/.test(bare);
  let end = null;
  try {
    if (isFunction) {
      const test = new Function(...names, `'use strict'; return (${bare});`)(...values);
      await test(key => (key === 'url' ? CODE : ''));
    } else {
      await new Function(...names, `return (async () => {'use strict';${code}\n})();`)(...values);
    }
  } catch (error) {
    end = described(error);
  }
  // What is not awaited still has to come to its end.
  const rounds = code.includes('$.') ? 12 : 4;
  for (let round = 0; round < rounds; round += 1) await settle();
  if (end === null && unhandled.length) end = { ...described(unhandled[0]), late: true };
  // jQuery tells nobody of a rejection that is not looked at: it shows only when it is waited for.
  if (end === null && code.startsWith('$.')) {
    const again = await run(`return ${code}`);
    if (again.end) end = { ...again.end, late: true };
  }
  return { end, requests };
}

const table = [];
for (const { code, cases } of blocks) {
  const runs = [];
  for (const given of cases) {
    answers = given;
    const { end, requests: made } = await run(code);
    runs.push({ answers: given, ...(end ? { end } : {}), requests: made });
  }
  // Answers and requests repeat: they are written once and referred to by number.
  table.push({ code, runs });
}

const pool = { answers: [], requests: [] };
const index = (list, value) => {
  const text = JSON.stringify(value);
  let at = list.indexOf(text);
  if (at < 0) at = list.push(text) - 1;
  return at;
};
const rows = table.map(({ code, runs }) => {
  const lines = runs.map(run =>
    JSON.stringify({
      answers: run.answers.map(answer => index(pool.answers, answer)),
      requests: run.requests.map(request => index(pool.requests, request)),
      ...(run.end ? { end: run.end } : {}),
    }),
  );
  return `{"code":${JSON.stringify(code)},"runs":[\n${lines.join(',\n')}\n]}`;
});
process.stdout.write(
  `{"code":${JSON.stringify(CODE)},"now":${NOW},\n"answers":[\n${pool.answers.join(',\n')}\n],\n"requests":[\n${pool.requests.join(',\n')}\n],\n"blocks":[\n${rows.join(',\n')}\n]}\n`,
);
