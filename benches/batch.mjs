// The same list as in batch.rs, graded by a script of one's own: fetch and chai, 32 submissions side by side.
// `node batch.mjs <list.csv> <folder with node_modules/chai>`
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [list, folder] = process.argv.slice(2);
const { assert } = createRequire(join(folder, 'package.json'))('chai');
const rows = readFileSync(list, 'utf8').trim().split('\n').slice(1).map(row => row.split(','));
const tests = [
  async url => {
    const data = await (await fetch(new URL('/_api/server.js', url))).text();
    assert.match(data, /socket.on.*('|")disconnect('|")/s, '');
  },
  async url => {
    const data = await (await fetch(new URL('/public/client.js', url))).text();
    assert.match(data, /socket.on.*('|")user count('|")/s, '');
  },
];
const results = [];
let next = 0;
const worker = async () => {
  while (next < rows.length) {
    const [id, url] = rows[next++];
    const hints = [];
    for (const test of tests) {
      hints.push(await test(url).then(() => 'passed', error => String(error)));
    }
    results.push(JSON.stringify({ id, hints }));
  }
};
await Promise.all(Array.from({ length: 32 }, worker));
writeFileSync('out-node.jsonl', results.join('\n') + '\n');
