// Looks at the pages of a folder as their readers do: `node check.mjs FOLDER SCREENSHOTS [CHROMIUM]`. Every `.html` file must
// be valid, quiet, and as wide as the window; those named in AXE must have nothing that axe objects to, and the screenshots
// show them. Problems go to standard output, a line each, and make the exit code 1.
import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { HtmlValidate } from 'html-validate';
import { chromium } from 'playwright-core';

const AXE = ['pass', 'mixed', 'many', 'cohort', 'cohort-anonymous'];
const HEIGHT = 900;
// How many pages are looked at at the same time.
const AT_ONCE = 2;

// Each page narrow and wide; those for axe also in between, light and dark; of the largest, what shows each of these once.
function* views() {
  for (const name of names) {
    if (!AXE.includes(name)) yield* [[name, 'light', 320], [name, 'light', 1280]];
    else if (name === 'many') yield* [[name, 'light', 320], [name, 'dark', 1280]];
    else for (const scheme of ['light', 'dark']) for (const width of [320, 768, 1280]) yield [name, scheme, width];
  }
}

const [folder, screenshots, executablePath = '/usr/bin/chromium'] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const names = readdirSync(folder).filter((file) => file.endsWith('.html')).map((file) => file.slice(0, -5)).sort();
const problems = [];
const told = [];
mkdirSync(screenshots, { recursive: true });

async function validate(name) {
  const validator = new HtmlValidate({ extends: ['html-validate:recommended'] });
  const report = await validator.validateFile(join(folder, `${name}.html`));
  for (const { messages } of report.results) {
    for (const { line, column, message, ruleId } of messages.slice(0, 20)) {
      problems.push(`${name}.html:${line}:${column}: ${message} (${ruleId})`);
    }
  }
}

const browser = await chromium.launch({ executablePath, headless: true, args: ['--no-sandbox', '--disable-gpu'] });

// A page that must ask for nothing, say nothing on the console, and start nothing.
async function open(name, options = {}) {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  const address = pathToFileURL(resolve(folder, `${name}.html`)).href;
  page.on('request', (request) => request.url() !== address && problems.push(`${name}: asks for ${request.url()}`));
  page.on('console', (message) => problems.push(`${name}: console: ${message.text()}`));
  page.on('pageerror', (error) => problems.push(`${name}: ${error}`));
  page.on('dialog', (dialog) => problems.push(`${name}: dialog: ${dialog.message()}`));
  await page.goto(address);
  return page;
}

const unfold = (page) => page.evaluate(() => {
  for (const details of document.querySelectorAll('details')) details.open = true;
});

async function look(name, colorScheme, width) {
  const where = `${name}, ${colorScheme}, ${width} px`;
  const page = await open(name, { colorScheme, viewport: { width, height: HEIGHT } });
  if (AXE.includes(name)) {
    await page.screenshot({ path: join(screenshots, `html-${name}-${colorScheme}-${width}.png`), fullPage: name !== 'many' });
  }
  if (name !== 'many') await unfold(page);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (wide > 0) problems.push(`${where}: ${wide} px wider than the window`);
  if (AXE.includes(name) && width !== 768) {
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
    for (const { id, help, nodes } of violations) {
      problems.push(`${where}: ${help} (axe ${id}, ${nodes.length} times: ${nodes[0].target} ${nodes[0].failureSummary})`);
    }
  }
  await page.context().close();
}

function expect(what, actual, expected) {
  if (JSON.stringify(actual) !== JSON.stringify(expected)) {
    problems.push(`${what}: ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`);
  }
}

const visible = (page, selector) => page.locator(selector).filter({ visible: true }).count();

// What needs no script.
async function withoutScript() {
  const page = await open('mixed', { javaScriptEnabled: false });
  expect('button without script', await visible(page, '#unfold'), 0);
  expect('all hints', await visible(page, '.h'), await page.locator('.h').count());
  await page.locator('#show-f').check();
  expect('failed hints', await visible(page, '.h.f'), await page.locator('.h.f').count());
  expect('other hints', await visible(page, '.h:not(.f)'), 0);
  expect('challenges without failed hints', await visible(page, '.ch:not(.has-f)'), 0);
  await page.context().close();
}

// What the keyboard meets first, and what the script adds.
async function withScript() {
  const page = await open('mixed');
  const focus = () => page.evaluate(() => document.activeElement.id || document.activeElement.className);
  await page.keyboard.press('Tab');
  expect('first focus', await focus(), 'skip');
  const box = await page.locator('.skip').boundingBox();
  expect('skip link in sight', box.y >= 0, true);
  await page.keyboard.press('Enter');
  expect('focus after the skip link', await focus(), 'results');
  await page.locator('#unfold').click();
  expect('folded details', await page.locator('details:not([open])').count(), 0);
  await page.goto(`${page.url().split('#')[0]}#c1h1`);
  await page.reload();
  expect('details of the hint in the address', await page.locator('#c1h1 > details[open]').count(), 1);
  await page.context().close();
}

// On paper: what failed with its test, no controls.
async function print() {
  const page = await open('mixed');
  await page.emulateMedia({ media: 'print' });
  expect('tests on paper', await visible(page, '.h.f > .d > .num'), await page.locator('.h.f > .d > .num').count());
  expect('controls on paper', await visible(page, '.tools, .skip, summary'), 0);
  await page.pdf({ path: join(screenshots, 'html-mixed.pdf'), format: 'A4', printBackground: true, preferCSSPageSize: true });
  await page.context().close();
}

// Strangers' texts made nothing but text.
async function harmless(name) {
  const page = await open(name);
  const found = await page.evaluate(() => ({
    scripts: document.scripts.length,
    styles: document.querySelectorAll('style, link').length,
    active: document.querySelectorAll('img, iframe, object, embed, form, video, audio, base').length,
    handlers: [...document.querySelectorAll('*')].filter((element) => [...element.attributes].some(({ name }) => /^(on|style$)/.test(name))).length,
    links: [...document.links].filter(({ protocol }) => !['http:', 'https:', 'file:'].includes(protocol)).length,
  }));
  expect(`${name}: what is active`, found, { scripts: 1, styles: 1, active: 0, handlers: 0, links: 0 });
  await page.context().close();
}

// The picture of the README.
async function picture() {
  const page = await open('mixed', { viewport: { width: 1120, height: 1220 }, deviceScaleFactor: 1.25 });
  await page.screenshot({ path: join(screenshots, 'html-report.png') });
  await page.context().close();
}

// The cohort: found, chosen and sorted rows, and a table to whoever listens.
async function cohort() {
  const quiet = await open('cohort', { javaScriptEnabled: false });
  expect('controls without script', await visible(quiet, '#ask'), 0);
  await quiet.context().close();
  const page = await open('cohort');
  const rows = '.map tbody tr';
  const all = await page.locator(rows).count();
  const first = () => page.locator(`${rows}:not([hidden]) > th`).first().textContent();
  const found = (text) => page.locator('#found', { hasText: text }).waitFor({ timeout: 5_000 }).catch(() => problems.push(`cohort: not ${text}`));
  const cut = (cells) => cells.filter((cell) => getComputedStyle(cell).overflow !== 'visible').length;
  expect('cells that cut a sign or a number', await page.locator('.map td:not(.v, .o)').evaluateAll(cut), 0);
  await page.locator('#sort').selectOption('least');
  await found(`${all} of ${all}`);
  const passed = (await page.locator(`${rows} > .c`).allTextContents()).map(Number);
  expect('sorted', passed, [...passed].sort((a, b) => a - b));
  await page.locator('#sort').selectOption('');
  expect('the order of the list', await first(), 'student-0000');
  await page.locator('#find').fill('Student-011');
  await found(`10 of ${all}`);
  expect('found', await first(), 'student-0110');
  await page.locator('#find').fill('');
  await found(`${all} of ${all}`);
  await page.locator('#show').selectOption('not graded');
  expect('chosen', new Set(await page.locator(`${rows}:not([hidden]) > .v`).allTextContents()).size, 1);
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  const roles = new Set(nodes.filter(({ ignored }) => !ignored).map(({ role }) => role.value));
  for (const role of ['table', 'rowgroup', 'row', 'rowheader', 'columnheader', 'cell']) {
    if (!roles.has(role)) problems.push(`cohort: no ${role} for whoever listens`);
  }
  await page.context().close();
}

// 5,000 submissions of 40 hints: how long until they are there, and their picture.
async function large() {
  if (!names.includes('cohort')) return;
  const page = await open('large/cohort', { viewport: { width: 1440, height: 1400 } });
  const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  await page.evaluate(painted);
  const times = await page.evaluate(() => ({
    loaded: performance.getEntriesByType('navigation')[0].loadEventEnd,
    seen: performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
    painted: performance.now(),
    cells: document.querySelectorAll('.map td').length,
  }));
  const words = Object.entries(times).map(([name, value]) => `${name} ${Math.round(value)}`).join(', ');
  told.push(`large cohort (ms): ${words}`);
  await page.screenshot({ path: join(screenshots, 'cohort.png') });
  await page.context().close();
}

try {
  await large();
  const jobs = [
    ...[...views()].map((view) => () => look(...view)),
    ...names.flatMap((name) => [() => validate(name), () => harmless(name)]),
    withoutScript, withScript, print, picture, cohort,
  ];
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    for (let job = jobs.shift(); job; job = jobs.shift()) await job();
  }));
} finally {
  await browser.close();
}
console.log([...told, problems.join('\n') || `no problems in ${names.join(', ')}`].join('\n'));
process.exitCode = problems.length > 0 ? 1 : 0;
