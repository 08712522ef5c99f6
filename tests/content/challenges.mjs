// Reads the built-in challenges: just enough of the format for the checks, not a parser for other people's files.
import fs from 'node:fs';
import path from 'node:path';

export function readChallenges(root) {
  const challenges = [];
  for (const language of fs.readdirSync(root).sort()) {
    for (const block of fs.readdirSync(path.join(root, language)).sort()) {
      for (const name of fs.readdirSync(path.join(root, language, block)).sort()) {
        const file = path.join(language, block, name);
        challenges.push({ language, block, file, ...parse(fs.readFileSync(path.join(root, file), 'utf8'), file) });
      }
    }
  }
  return challenges;
}

function parse(source, file) {
  const [, head, body] = /^---\n([^]*?)\n---\n([^]*)$/.exec(source) ?? fail(file, 'no front matter');
  const frontMatter = Object.fromEntries(head.split('\n').map((line) => line.split(/: (.*)/s, 2)));
  const sections = new Map();
  for (const part of body.split(/^# (?=--)/m).slice(1)) {
    const [, name, text] = /^--(.+?)--\n([^]*)$/.exec(part) ?? fail(file, 'a marker that is none');
    sections.set(name, text.trim());
  }
  const hints = [];
  const rest = (sections.get('hints') ?? '').replace(/([^\n]+)\n\n```js\n([^]*?)\n```(\n+|$)/g, (_, text, code) => {
    hints.push({ text, code });
    return '';
  });
  if (rest !== '') fail(file, `hints must be pairs of a line and a block, but there is also: ${rest.slice(0, 60)}`);
  return { frontMatter, sections, hints, key: `${path.basename(path.dirname(file))}/${frontMatter.dashedName}` };
}

function fail(file, what) {
  throw new Error(`${file}: ${what}`);
}
