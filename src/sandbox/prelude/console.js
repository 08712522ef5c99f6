// `console`: lines for the report.
import host from 'grade:host';

const { log } = host.api('console');
const MAX_DEPTH = 4;
const MAX_ITEMS = 50;
const MAX_LENGTH = 10_000;

const cut = text => (text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text);

const entries = (value, depth, seen) => {
  const keys = Object.keys(value);
  const shown = keys.slice(0, MAX_ITEMS).map(key => {
    const text = show(value[key], depth + 1, seen);
    return Array.isArray(value) ? text : `${key}: ${text}`;
  });
  if (keys.length > MAX_ITEMS) shown.push(`… ${keys.length - MAX_ITEMS} more`);
  return shown.join(', ');
};

const show = (value, depth = 0, seen = []) => {
  if (typeof value === 'string') return depth === 0 ? value : JSON.stringify(cut(value));
  if (typeof value === 'function') return `[Function: ${value.name || 'anonymous'}]`;
  if (typeof value === 'bigint') return `${value}n`;
  if (Object.is(value, -0)) return '-0';
  if (typeof value !== 'object' || value === null) return String(value);
  if (seen.includes(value)) return '[Circular]';
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (value instanceof RegExp) return String(value);
  if (value instanceof Promise) return 'Promise {}';
  const inside = [...seen, value];
  if (value instanceof Map || value instanceof Set) return `${value.constructor.name}(${value.size}) [${entries([...value], depth, inside)}]`;
  if (depth >= MAX_DEPTH) return Array.isArray(value) ? '[Array]' : '[Object]';
  if (Array.isArray(value)) return `[${entries(value, depth, inside)}]`;
  const name = Object.getPrototypeOf(value)?.constructor?.name;
  return `${name && name !== 'Object' ? `${name} ` : ''}{${entries(value, depth, inside)}}`;
};

const format = values => {
  const parts = [];
  let rest = values;
  if (typeof values[0] === 'string' && values[0].includes('%')) {
    let next = 1;
    parts.push(
      values[0].replace(/%[sdifoOc%]/g, mark => {
        if (mark === '%%') return '%';
        if (next >= values.length) return mark;
        const value = values[next];
        next += 1;
        if (mark === '%c') return '';
        if (mark === '%s') return show(value);
        if (mark === '%d' || mark === '%i' || mark === '%f') return String(mark === '%i' ? parseInt(value, 10) : Number(value));
        return show(value, 1);
      })
    );
    rest = values.slice(next);
  }
  for (const value of rest) parts.push(show(value));
  return cut(parts.join(' '));
};

const counts = new Map();
let indent = '';

const write = (...values) => {
  let line;
  try {
    line = format(values);
  } catch {
    // A getter of the value threw: showing it must not change the test.
    line = '[a value that cannot be shown]';
  }
  log(indent + line);
};

const count = (label = 'default') => {
  counts.set(label, (counts.get(label) ?? 0) + 1);
  write(`${label}: ${counts.get(label)}`);
};

export const console = {
  log: write,
  info: write,
  debug: write,
  warn: write,
  error: write,
  trace: write,
  dir: value => write(value),
  dirxml: write,
  table: value => write(value),
  assert: (held, ...values) => {
    if (!held) write('Assertion failed:', ...values);
  },
  count,
  countReset: (label = 'default') => void counts.delete(label),
  group: (...values) => {
    if (values.length > 0) write(...values);
    if (indent.length < 40) indent += '  ';
  },
  groupCollapsed: (...values) => console.group(...values),
  groupEnd: () => {
    indent = indent.slice(2);
  },
  time: () => {},
  timeLog: () => {},
  timeEnd: () => {},
  clear: () => {},
};
