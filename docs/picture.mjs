// Runs a command and draws what it prints, colours included, as an SVG picture of a terminal.
//
//   node docs/picture.mjs [options] "<command>" > docs/picture.svg
//
//   --show <text>      the command that the picture shows (default: the command itself)
//   --lines <n>        draw the first n lines only
//   --until <text>     draw no more than the lines up to the first one that contains the text
//   --columns <n>      width of the terminal (default: 90)
//
// The command runs in a shell, without a terminal. Only its standard output is drawn; its exit code does not matter,
// since a failed hint is a good picture too.
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const CHARACTER = 8.4;
const LINE = 20;
const FONT = 14;
const MARGIN = 20;
const BAR = 38;

const BACKGROUND = '#15181e';
const FOREGROUND = '#d5dae1';
const FAINT = '#8b949e';
const BASIC = ['#5c6370', '#ff7b72', '#56d364', '#e3b341', '#79c0ff', '#d2a8ff', '#56d4dd', '#d5dae1'];
const BRIGHT = ['#8b949e', '#ffa198', '#7ee787', '#f2cc60', '#a5d6ff', '#e2c5ff', '#7ce8ef', '#ffffff'];

function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      show: { type: 'string' },
      lines: { type: 'string' },
      until: { type: 'string' },
      columns: { type: 'string', default: '90' },
    },
  });
  const [command] = positionals;
  const columns = count(values.columns);
  const most = values.lines === undefined ? Infinity : count(values.lines);
  if (positionals.length !== 1 || columns === undefined || most === undefined) {
    fail('usage: node docs/picture.mjs [--show TEXT] [--lines N] [--until TEXT] [--columns N] "<command>"');
  }
  const lines = read(run(command, columns));
  if (lines.length === 0) fail(`\`${command}\` printed nothing`);
  const last = values.until === undefined ? lines.length : 1 + lines.findIndex((line) => plain(line).includes(values.until));
  if (last === 0) fail(`\`${command}\` printed no line with \`${values.until}\``);
  process.stdout.write(draw(shorten(lines, Math.min(most, last)), values.show ?? command, columns));
}

function count(text) {
  return /^[1-9]\d{0,3}$/.test(text) ? Number(text) : undefined;
}

function fail(text) {
  console.error(text);
  process.exit(2);
}

function run(command, columns) {
  const { NO_COLOR, ...environment } = process.env;
  const done = spawnSync(command, {
    shell: true,
    encoding: 'utf8',
    env: { ...environment, CLICOLOR_FORCE: '1', COLUMNS: String(columns) },
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 16 * 1024 * 1024,
  });
  if (done.error) fail(`\`${command}\` cannot be run: ${done.error.message}`);
  return done.stdout;
}

function plain(line) {
  return line.map(({ text }) => text).join('');
}

// Three dots stand for what is left out.
function shorten(lines, most) {
  if (lines.length <= most) return lines;
  const kept = lines.slice(0, most);
  while (kept.length > 0 && kept.at(-1).length === 0) kept.pop();
  return [...kept, [], [{ text: '...', style: { dim: true } }]];
}

// From text with escape sequences to lines of runs: `{ text, style }`.

function read(output) {
  const lines = [[]];
  let style = {};
  for (const [, sequence, text] of output.matchAll(TOKEN)) {
    if (sequence !== undefined) {
      const parameters = /^\x1b\[([\d;]*)m$/.exec(sequence)?.[1];
      if (parameters !== undefined) style = restyle(style, parameters.split(';').map(Number));
      continue;
    }
    text.split('\n').forEach((part, index) => {
      if (index > 0) lines.push([]);
      const clean = part.replace(UNDRAWABLE, '');
      if (clean !== '') lines.at(-1).push({ text: clean, style });
    });
  }
  while (lines.length > 0 && lines.at(-1).length === 0) lines.pop();
  return lines;
}

// A CSI or OSC sequence, or another escape; or text up to the next one.
const TOKEN = /(\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[^[\]]?)|([^\x1b]+)/g;
// What XML or a line of text cannot hold; tabs are drawn as spaces.
const UNDRAWABLE = /[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]/g;

function restyle(style, codes) {
  let next = { ...style };
  while (codes.length > 0) {
    const code = codes.shift();
    if (code === 0) next = {};
    else if (code === 1) next.bold = true;
    else if (code === 2) next.dim = true;
    else if (code === 3) next.italic = true;
    else if (code === 4) next.underline = true;
    else if (code === 7) next.inverse = true;
    else if (code === 22) next.bold = next.dim = false;
    else if (code === 23) next.italic = false;
    else if (code === 24) next.underline = false;
    else if (code === 27) next.inverse = false;
    else if (code === 38) next.color = extended(codes) ?? next.color;
    else if (code === 48) next.background = extended(codes) ?? next.background;
    else if (code === 39) next.color = undefined;
    else if (code === 49) next.background = undefined;
    else if (code >= 30 && code < 38) next.color = BASIC[code - 30];
    else if (code >= 40 && code < 48) next.background = BASIC[code - 40];
    else if (code >= 90 && code < 98) next.color = BRIGHT[code - 90];
    else if (code >= 100 && code < 108) next.background = BRIGHT[code - 100];
  }
  return next;
}

// The colour after 38 or 48: `5;index` or `2;red;green;blue`.
function extended(codes) {
  const hex = (...parts) => '#' + parts.map((part) => Math.min(part || 0, 255).toString(16).padStart(2, '0')).join('');
  switch (codes.shift()) {
    case 2:
      return hex(...codes.splice(0, 3));
    case 5: {
      const index = codes.shift() ?? 0;
      if (index < 16) return [...BASIC, ...BRIGHT][index];
      if (index > 231) return hex(...Array(3).fill(8 + 10 * (index - 232)));
      const level = (step) => (step === 0 ? 0 : 55 + 40 * step);
      const cube = index - 16;
      return hex(level(Math.floor(cube / 36)), level(Math.floor(cube / 6) % 6), level(cube % 6));
    }
    default:
      return undefined;
  }
}

// Columns that a character takes in a terminal.

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const WIDE = [
  [0x1100, 0x115f], [0x2e80, 0x303e], [0x3041, 0x33ff], [0x3400, 0x4dbf], [0x4e00, 0x9fff], [0xa000, 0xa4cf],
  [0xac00, 0xd7a3], [0xf900, 0xfaff], [0xfe30, 0xfe6f], [0xff00, 0xff60], [0xffe0, 0xffe6], [0x20000, 0x3fffd],
];

function widthOf(grapheme) {
  if (/^[\p{Mark}\p{Format}]+$/u.test(grapheme)) return 0;
  if (/\p{Emoji_Presentation}|\ufe0f/u.test(grapheme)) return 2;
  const point = grapheme.codePointAt(0);
  return WIDE.some(([first, last]) => point >= first && point <= last) ? 2 : 1;
}

// Pieces of a run, each with its column and width: wide characters stand alone, so that what follows stays in its column.
function pieces(text, start) {
  const found = [];
  let column = start;
  let plain;
  for (const { segment } of graphemes.segment(text)) {
    if (segment === '\t') {
      column += 8 - (column % 8);
      plain = undefined;
      continue;
    }
    const width = widthOf(segment);
    if (width === 2) {
      found.push({ text: segment, column, width });
      plain = undefined;
    } else if (plain === undefined) {
      plain = { text: segment, column, width };
      found.push(plain);
    } else {
      plain.text += segment;
      plain.width += width;
    }
    column += width;
  }
  return { found, column };
}

// The picture.

function draw(lines, shown, columns) {
  const prompt = [{ text: '$ ', style: { color: BASIC[2] } }, { text: shown, style: { bold: true } }];
  const rows = [prompt, [], ...lines];
  const body = [];
  let widest = columns;
  rows.forEach((row, index) => {
    const y = BAR + MARGIN + index * LINE;
    let start = 0;
    for (const { text, style } of row) {
      const { found, column } = pieces(text, start);
      body.push(...found.flatMap((piece) => drawPiece(piece, style, y)));
      start = column;
    }
    widest = Math.max(widest, start);
  });
  const width = Math.ceil(widest * CHARACTER + 2 * MARGIN);
  const height = BAR + 2 * MARGIN + rows.length * LINE - 4;
  const dots = ['#ff5f57', '#febc2e', '#28c840'].map(
    (color, index) => `<circle cx="${22 + 20 * index}" cy="${BAR / 2}" r="6" fill="${color}"/>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${escape(`What ${shown} prints`)}</title>`,
    `<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="10" fill="${BACKGROUND}" stroke="#484f58"/>`,
    `<path d="M1 ${BAR}V10.5A9.5 9.5 0 0 1 10.5 1H${width - 10.5}A9.5 9.5 0 0 1 ${width - 1} 10.5V${BAR}Z" fill="#22272e"/>`,
    ...dots,
    `<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace" font-size="${FONT}" fill="${FOREGROUND}">`,
    `<text x="${width / 2}" y="${BAR / 2 + 5}" text-anchor="middle" font-size="13" fill="${FAINT}">${escape(shown)}</text>`,
    ...body,
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

function drawPiece({ text, column, width }, style, y) {
  const blank = text.trim() === '';
  let color = style.color ?? (style.dim ? FAINT : undefined);
  let background = style.background;
  if (style.inverse) [color, background] = [background ?? BACKGROUND, color ?? FOREGROUND];
  const x = MARGIN + column * CHARACTER;
  const length = width * CHARACTER;
  const drawn = [];
  if (background !== undefined) {
    drawn.push(`<rect x="${round(x)}" y="${y}" width="${round(length)}" height="${LINE}" fill="${background}"/>`);
  }
  if (blank && !style.underline) return drawn;
  // Blanks at the start are no part of the text: viewers differ in what they make of them.
  const lead = text.length - text.trimStart().length;
  const inner = style.underline ? text : text.trim();
  const from = style.underline ? x : x + lead * CHARACTER;
  const span = style.underline ? length : length - (text.length - inner.length) * CHARACTER;
  const attributes = [
    `x="${round(from)}"`,
    `y="${y + 15}"`,
    // Fonts differ in width; the columns must not.
    `textLength="${round(span)}"`,
    'lengthAdjust="spacingAndGlyphs"',
    'xml:space="preserve"',
    color !== undefined && `fill="${color}"`,
    style.bold && 'font-weight="bold"',
    style.dim && style.color !== undefined && 'opacity="0.7"',
    style.italic && 'font-style="italic"',
    style.underline && 'text-decoration="underline"',
  ];
  drawn.push(`<text ${attributes.filter(Boolean).join(' ')}>${escape(inner)}</text>`);
  return drawn;
}

function round(number) {
  return Number(number.toFixed(2));
}

function escape(text) {
  const names = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replace(/[&<>"]/g, (character) => names[character]);
}

main();
