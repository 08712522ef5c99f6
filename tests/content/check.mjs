// Checks the built-in challenges and the sample projects against each other, in Node.
//
//   cd tests/content && npm install && node check.mjs
//
// chai must be there. Without express and socket.io the projects are only served from the manifest, and the check says so.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runHint } from './browser.mjs';
import { readChallenges } from './challenges.mjs';
import { readFixtures, serve, serveFixture, startProject } from './fixtures.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.join(here, '..', '..');
const OURS = 'realtime-chat';

const challenges = readChallenges(path.join(root, 'challenges'));
const fixtures = readFixtures(path.join(root, 'fixtures'));
const problems = [];
let checks = 0;

function check(holds, problem) {
  checks += 1;
  if (!holds) problems.push(problem);
}

function report(title, before) {
  console.log(`${title}: ${checks - before} checks`);
}

function checkFiles() {
  const ours = challenges.filter(({ block }) => block === OURS);
  const english = ours.filter(({ language }) => language === 'english');
  check(english.length >= 6, 'the block should have at least six challenges');
  const orders = english.map(({ frontMatter }) => Number(frontMatter.order)).sort((a, b) => a - b);
  check(orders.every((order, i) => order === i + 1), `the order should count from 1: ${orders}`);
  check(new Set(english.map(({ frontMatter }) => frontMatter.id)).size === english.length, 'the ids should differ');
  for (const challenge of ours) {
    const { file, frontMatter, hints, sections } = challenge;
    check(/^[0-9a-f]{24}$/.test(frontMatter.id), `${file}: the id should be 24 hex digits`);
    check(frontMatter.challengeType === '2', `${file}: the type should be 2`);
    check(path.basename(file, '.md') === frontMatter.dashedName, `${file}: the name of the file should be the dashedName`);
    check(hints.length >= 2 && hints.length <= 4, `${file}: there should be 2 to 4 hints`);
    check([...sections.keys()].join() === 'description,instructions,hints', `${file}: sections ${[...sections.keys()]}`);
    for (const [i, { code }] of hints.entries()) {
      const bare = statements(code).filter((line) => /^assert/.test(line) && !/'[^'\n]{15,}'\s*\)$/.test(line));
      check(bare.length === 0, `${file}: hint ${i + 1}: an assertion without a message: ${bare[0]}`);
    }
    const twin = english.find(({ key }) => key === challenge.key);
    check(twin, `${file}: there is no English challenge of that name`);
    for (const key of ['id', 'order', 'challengeType']) {
      check(twin?.frontMatter[key] === frontMatter[key], `${file}: ${key} should be the same in both languages`);
    }
    const tests = (of) => of?.hints.map(({ code }) => withoutMessages(code)).join('\n---\n');
    check(tests(twin) === tests(challenge), `${file}: the test code should be the same in both languages`);
  }
  for (const { key } of english) {
    check(ours.filter((other) => other.key === key).length === 2, `${key}: there should be two languages`);
  }
  const grading = withoutComments(fs.readFileSync(path.join(root, 'fixtures', 'complete', 'grading.js'), 'utf8').trim());
  for (const { file, frontMatter, sections } of ours) {
    if (frontMatter.order !== '1') continue;
    check(withoutComments(sections.get('description')).includes(grading), `${file}: grading.js should be that of the sample project`);
  }
}

function statements(code) {
  return code.split(/;\n|;$/);
}

function withoutMessages(code) {
  return statements(code).map((line) => (/^assert/.test(line) ? line.replace(/'[^'\n]*'(\s*\))$/, 'MESSAGE$1') : line)).join(';\n');
}

function withoutComments(code) {
  return code.replace(/^\s*\/\/.*\n/gm, '');
}

function checkOverlays() {
  for (const { name, base, folders, expected } of fixtures) {
    const keys = new Set(challenges.map(({ key }) => key));
    check(Object.keys(expected).sort().join() === [...keys].sort().join(), `${name}: expected should name every challenge`);
    if (!base) continue;
    const files = fs.readdirSync(folders[0], { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    check(files.length > 0, `${name}: the overlay is empty`);
    for (const entry of files) {
      const file = path.relative(folders[0], path.join(entry.parentPath ?? entry.path, entry.name));
      const below = folders.slice(1).map((folder) => path.join(folder, file)).find((candidate) => fs.existsSync(candidate));
      const same = below && fs.readFileSync(below).equals(fs.readFileSync(path.join(folders[0], file)));
      check(!same, `${name}: ${file} is the same as in its base`);
    }
  }
}

async function checkOutcomes(fixture, server, how) {
  const hints = challenges.flatMap((challenge) =>
    challenge.hints.map(({ code }, i) => ({ code, name: `${challenge.file} ${i + 1}`, expected: fixture.expected[challenge.key]?.[i] }))
  );
  for (const challenge of challenges) {
    const count = fixture.expected[challenge.key]?.length;
    check(count === challenge.hints.length, `${fixture.name}: ${challenge.file} has ${challenge.hints.length} hints, expected has ${count}`);
  }
  try {
    for (const [order, list] of [['forwards', hints], ['again', hints], ['backwards', [...hints].reverse()]]) {
      for (const { code, name, expected } of list) {
        await nextMillisecond();
        const { outcome, message } = await runHint(code, server.url);
        check(outcome === expected, `${fixture.name} (${how}, ${order}): ${name}: expected ${expected}, but ${outcome}: ${message ?? ''}`);
      }
    }
  } finally {
    await server.stop();
  }
}

// A hint may tell what it posts from all else by the time, and the last of one round is the first of the next.
async function nextMillisecond() {
  const now = Date.now();
  while (Date.now() === now) await new Promise(setImmediate);
}

async function checkAlone(fixture) {
  for (const challenge of challenges) {
    for (const [i, { code }] of challenge.hints.entries()) {
      const server = await serveFixture(fixture);
      const { outcome } = await runHint(code, server.url);
      await server.stop();
      check(outcome === fixture.expected[challenge.key][i], `${fixture.name}: alone, ${challenge.file} ${i + 1} ${outcome}`);
    }
  }
}

// No hint may pass because of an answer that has nothing to do with the challenge.
const STRANGERS = {
  'an empty page': () => [200, 'text/html', ''],
  'an empty JSON object': () => [200, 'application/json', '{}'],
  'an empty JSON array': () => [200, 'application/json', '[]'],
  'a 404 page': (req) => [404, 'text/html', `<h1>Not Found</h1><pre>Cannot ${req.method} ${req.url}</pre>`],
  'a 500 page': () => [500, 'text/html', '<h1>Internal Server Error</h1>'],
  'an error page with status 200': () => [200, 'text/html', '<!DOCTYPE html><title>Error</title><h1>Something went wrong</h1><p>Try again.</p>'],
  'an echo as a page': (req, body) => [200, 'text/html', `<pre>${req.method} ${req.url}\n${JSON.stringify(req.headers)}\n${body}</pre>`],
  'an echo as JSON': (req, body) => [200, 'application/json', JSON.stringify({ method: req.method, url: req.url, headers: req.headers, body })],
  'an echo of the body': (req, body) => [201, 'application/json', body || '{}'],
  'a server that refuses everything': () => [400, 'application/json', '{"error":"Bad request, whatever it was"}']
};

// What is right for the one hint that asks for a refusal is right even from a server that does nothing else.
const ALLOWED = new Set([
  `a server that refuses everything: ${OURS}/store-and-list-messages 2`,
  `an empty JSON array: ${OURS}/store-and-list-messages 3`
]);

async function checkStrangers() {
  for (const [name, respond] of Object.entries(STRANGERS)) {
    const server = await serve(async (req, res) => {
      let body = '';
      for await (const chunk of req) body += chunk;
      const [status, type, text] = respond(req, body);
      const cors = { 'access-control-allow-origin': '*', 'access-control-allow-headers': 'content-type' };
      res.writeHead(req.method === 'OPTIONS' ? 204 : status, { ...cors, 'content-type': type }).end(text);
    });
    for (const challenge of challenges) {
      for (const [i, { code }] of challenge.hints.entries()) {
        const { outcome } = await runHint(code, server.url);
        const allowed = ALLOWED.has(`${name}: ${challenge.key} ${i + 1}`);
        check(outcome === (allowed ? 'passed' : 'failed'), `${name}: ${challenge.file} ${i + 1} ${outcome}`);
      }
    }
    await server.stop();
  }
}

// Two people in the complete project: the chat must work, not only its tests.
async function checkChat(project) {
  const { io } = await import('socket.io-client');
  const next = (socket, event) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no ${event} within a second`)), 1000);
      socket.once(event, (data) => {
        clearTimeout(timer);
        resolve(data);
      });
    });
  const online = async () => (await (await fetch(`${project.url}/api/status`)).json()).online;
  const ada = io(project.url, { autoConnect: false });
  const grace = io(project.url, { autoConnect: false });
  try {
    const first = next(ada, 'user count');
    ada.connect();
    check((await first) === 1, 'the first user should be told that there is one');
    const second = next(ada, 'user count');
    grace.connect();
    check((await second) === 2, 'the first user should be told of the second');
    check((await online()) === 2, 'the status should count both');
    const message = next(grace, 'chat message');
    for (const bad of [undefined, null, 5, { author: { toString: 1 }, text: ['x'] }]) ada.emit('chat message', bad);
    ada.emit('chat message', { author: 'Ada', text: 'Hello, Grace!' });
    check((await message).text === 'Hello, Grace!', 'a good message should arrive, and bad ones should not');
    const left = next(ada, 'user count');
    grace.disconnect();
    check((await left) === 1, 'the first user should be told that the second left');
    check((await online()) === 1, 'the status should no longer count who left');
  } finally {
    ada.close();
    grace.close();
    await project.stop();
  }
}

let before = checks;
checkFiles();
checkOverlays();
report('files, languages and overlays', before);

before = checks;
for (const fixture of fixtures) await checkOutcomes(fixture, await serveFixture(fixture), 'manifest');
report(`${fixtures.length} projects from the manifest, three times each`, before);

before = checks;
for (const fixture of fixtures) await checkAlone(fixture);
report('each hint alone on a fresh server', before);

before = checks;
await checkStrangers();
report(`${Object.keys(STRANGERS).length} servers that have nothing to do with the challenges`, before);

const packages = path.join(here, 'node_modules');
if (['express', 'socket.io', 'socket.io-client'].every((name) => fs.existsSync(path.join(packages, name)))) {
  before = checks;
  for (const fixture of fixtures) await checkOutcomes(fixture, await startProject(fixture, packages), 'Node');
  report(`${fixtures.length} projects run by Node, three times each`, before);
  before = checks;
  await checkChat(await startProject(fixtures[0], packages));
  report('a conversation in the complete project', before);
} else {
  console.log('skipped: express and socket.io are not installed, so no project was run by Node');
}

for (const problem of problems) console.error(`- ${problem}`);
console.log(`${checks} checks, ${problems.length} problems`);
process.exitCode = problems.length === 0 ? 0 : 1;
