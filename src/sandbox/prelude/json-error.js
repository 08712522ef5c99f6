// Why a text is no JSON, in the words of the browser. Loaded when a text is none.

// A reader that only looks for the first place that is wrong.
const firstFault = text => {
  let at = 0;
  const fault = message => {
    throw { message, at };
  };
  const space = () => {
    while (' \t\n\r'.includes(text[at] ?? 'x')) at += 1;
  };
  const token = () => fault(null);
  const digits = message => {
    if (!/[0-9]/.test(text[at] ?? '')) fault(message);
    while (/[0-9]/.test(text[at] ?? '')) at += 1;
  };
  const string = () => {
    at += 1;
    for (;;) {
      const character = text[at];
      if (character === undefined) fault('Unterminated string in JSON');
      if (character === '"') break;
      if (character < ' ') fault('Bad control character in string literal in JSON');
      if (character === '\\') {
        at += 1;
        if (text[at] === 'u') {
          for (let i = 0; i < 4; i += 1) {
            at += 1;
            if (!/[0-9a-fA-F]/.test(text[at] ?? '')) fault('Bad Unicode escape in JSON');
          }
        } else if (text[at] === undefined) {
          token();
        } else if (!'"\\/bfnrt'.includes(text[at])) {
          fault('Bad escaped character in JSON');
        }
      }
      at += 1;
    }
    at += 1;
  };
  const number = () => {
    if (text[at] === '-') {
      at += 1;
      if (!/[0-9]/.test(text[at] ?? '')) fault('No number after minus sign in JSON');
    }
    if (text[at] === '0') {
      at += 1;
      if (/[0-9]/.test(text[at] ?? '')) fault('Unexpected number in JSON');
    } else {
      digits(null);
    }
    if (text[at] === '.') {
      at += 1;
      digits('Unterminated fractional number in JSON');
    }
    if (text[at] === 'e' || text[at] === 'E') {
      at += 1;
      if (text[at] === '+' || text[at] === '-') at += 1;
      digits('Exponent part is missing a number in JSON');
    }
  };
  const word = expected => {
    for (const character of expected) {
      if (text[at] !== character) token();
      at += 1;
    }
  };
  // What is open, innermost last: no recursion, so that no depth is too deep.
  const open = [];
  const value = () => {
    space();
    const character = text[at];
    if (character === '{' || character === '[') {
      open.push(character);
      at += 1;
      space();
      if (character === '{') {
        if (text[at] === '}') return close();
        return key("Expected property name or '}' in JSON", true);
      }
      if (text[at] === ']') return close();
      return value;
    }
    if (character === '"') string();
    else if (character === '-' || (character >= '0' && character <= '9')) number();
    else if (character === 't') word('true');
    else if (character === 'f') word('false');
    else if (character === 'n') word('null');
    else token();
    return after;
  };
  const close = () => {
    open.pop();
    at += 1;
    return after;
  };
  // The browser has words for a missing colon after the first name only.
  const key = (message, isFirst) => {
    space();
    if (text[at] !== '"') fault(message);
    string();
    space();
    if (text[at] !== ':') fault(isFirst ? "Expected ':' after property name in JSON" : null);
    at += 1;
    return value;
  };
  const after = () => {
    space();
    const inside = open[open.length - 1];
    if (inside === undefined) {
      if (at < text.length) fault('Unexpected non-whitespace character after JSON');
      return null;
    }
    if (text[at] === ',') {
      at += 1;
      return inside === '{' ? () => key('Expected double-quoted property name in JSON', false) : value;
    }
    if (text[at] === (inside === '{' ? '}' : ']')) return close();
    return fault(inside === '{' ? "Expected ',' or '}' after property value in JSON" : "Expected ',' or ']' after array element in JSON");
  };
  try {
    for (let next = value; next !== null; ) next = next();
  } catch (found) {
    return found;
  }
  return null;
};

const AROUND = 10;

// What careless conversions give: the browser shows these without a guess at the culprit.
const CARELESS = ['NaN', 'Infinity', 'undefined', '[object Object]'];

const context = (text, at) => {
  if (text.length <= 2 * AROUND) return `"${text}"`;
  const from = Math.max(0, at - AROUND);
  const to = Math.min(text.length, at + AROUND);
  return `${from > 0 ? '...' : ''}"${text.slice(from, to)}"${to < text.length ? '...' : ''}`;
};

/** The message for a text that `JSON.parse` refused with `error`. */
export const explain = (text, error) => {
  const found = firstFault(text);
  if (found === null || typeof found.at !== 'number') return `${error.message}`;
  const { at } = found;
  const culprit = text[at] ?? '';
  const message = found.message ?? (culprit === '"' ? 'Unexpected string in JSON' : /[-0-9]/.test(culprit) ? 'Unexpected number in JSON' : null);
  if (message !== null) {
    const lines = text.slice(0, at).split(/\r\n|[\r\n]/);
    return `${message} at position ${at} (line ${lines.length} column ${lines[lines.length - 1].length + 1})`;
  }
  if (at >= text.length) return 'Unexpected end of JSON input';
  if (CARELESS.includes(text)) return `"${text}" is not valid JSON`;
  return `Unexpected token '${String.fromCodePoint(text.codePointAt(at))}', ${context(text, at)} is not valid JSON`;
};

/** Lets `JSON.parse` say what the browser's says. */
export const patch = () => {
  const { parse: native } = JSON;
  const parse = {
    parse(text, reviver) {
      // As text once: its conversion may be the test's own code.
      const source = `${text}`;
      try {
        return native(source, reviver);
      } catch (error) {
        throw error instanceof SyntaxError ? new SyntaxError(explain(source, error)) : error;
      }
    },
  }.parse;
  Object.defineProperty(JSON, 'parse', { value: parse, writable: true, configurable: true });
};
