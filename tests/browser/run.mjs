// Answers, line by line, what Chromium makes of hints: {id, url, dialect, hints: [block]} on stdin gives
// {id, results: [{pass, name, message}]} on stdout. Each request gets a frame of its own in one page, whose origin is
// https://www.freecodecamp.org; the projects are asked over the network, by the browser's own fetch and XHR.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';

const HOST = 'www.freecodecamp.org';
const here = (path) => new URL(path, import.meta.url);
const read = (path) => readFileSync(here(path));

const served = {
  '/': ['text/html', '<!doctype html><meta charset="utf-8"><title>Agreement</title>'],
  '/frame.html': ['text/html', read('frame.html')],
  '/evaluate.js': ['text/javascript', read('evaluate.js')],
  '/chai.js': ['text/javascript', read('node_modules/chai/chai.js')],
  '/jquery.js': ['text/javascript', read('node_modules/jquery/dist/jquery.min.js')],
};

function serve() {
  // Any certificate does: the browser is told not to look.
  const tls = { cert: read('../fetch/tls/good.pem'), key: read('../fetch/tls/good.key.pem') };
  const server = createServer(tls, (request, response) => {
    const found = served[request.url];
    if (!found) return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': `${found[0]}; charset=utf-8`, 'cache-control': 'max-age=3600' });
    response.end(found[1]);
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

const server = await serve();
const profile = mkdtempSync(join(tmpdir(), 'grade-browser-'));
// Debian's Chromium refuses cookies of other sites; upstream's default is to take them.
mkdirSync(join(profile, 'Default'));
writeFileSync(join(profile, 'Default', 'Preferences'), JSON.stringify({ profile: { cookie_controls_mode: 0 } }));
const context = await chromium.launchPersistentContext(profile, {
  executablePath: process.argv[2] ?? '/usr/bin/chromium',
  headless: true,
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--ignore-certificate-errors',
    `--host-resolver-rules=MAP ${HOST} 127.0.0.1:${server.address().port}`,
  ],
});

async function stop(status) {
  await context.close().catch(() => {});
  server.close();
  server.closeAllConnections();
  rmSync(profile, { recursive: true, force: true });
  process.exit(status);
}

const page = context.pages()[0] ?? (await context.newPage());
await page.goto(`https://${HOST}/`);

// Runs in the page.
async function inFrame({ url, dialect, hints }) {
  const frame = document.createElement('iframe');
  frame.src = '/frame.html';
  const loaded = new Promise((resolve) => (frame.onload = resolve));
  document.body.append(frame);
  await loaded;
  const results = await frame.contentWindow.evaluateHints(dialect, url, hints);
  frame.remove();
  return results;
}

function say(answer) {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

say({ ready: context.browser()?.version() ?? (await page.evaluate(() => navigator.userAgent)) });
createInterface({ input: process.stdin })
  .on('line', async (line) => {
    const { id, ...challenge } = JSON.parse(line);
    try {
      say({ id, results: await page.evaluate(inFrame, challenge) });
    } catch (error) {
      say({ id, error: String(error) });
    }
  })
  .on('close', () => stop(0));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => stop(1));
