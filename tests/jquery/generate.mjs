// Fills in what npm jquery@3.7.1 gives for every case: `npm i jquery@3.7.1 jsdom`, `node server.mjs &`, `node generate.mjs`.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { JSDOM, VirtualConsole } from 'jsdom';

const require = createRequire(import.meta.url);
const page = new JSDOM('<!doctype html>', {
  url: 'https://www.freecodecamp.org/learn',
  runScripts: 'outside-only',
  virtualConsole: new VirtualConsole(),
});
page.window.eval(fs.readFileSync(require.resolve('jquery/dist/jquery.js'), 'utf8'));
const AsyncFunction = (async () => {}).constructor;
const wait = () => new Promise(done => setTimeout(done, 120));
const cases = JSON.parse(fs.readFileSync('cases.json'));
for (const one of cases) {
  try {
    const value = await new AsyncFunction('$', 'U', 'W', one.code)(page.window.$, 'http://localhost:38123', wait);
    one.result = JSON.stringify(value) ?? 'undefined';
  } catch (error) {
    one.result = `THROW ${error?.message ?? JSON.stringify(error)}`;
  }
}
fs.writeFileSync('cases.json', `[\n${cases.map(one => `  ${JSON.stringify(one)}`).join(',\n')}\n]\n`);
process.exit(0);
