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
          if (!/^[0-9a-fA-F]{4}/.test(text.slice(at + 1, at + 5))) fault('Bad Unicode escape in JSON');
          at += 4;
        } else if (!'"\\/bfnrt'.includes(text[at] ?? 'x')) {
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
        return key("Expected property name or '}' in JSON");
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
  const key = message => {
    space();
    if (text[at] === undefined) fault(message);
    if (text[at] !== '"') fault(message);
    string();
    space();
    if (text[at] !== ':') fault("Expected ':' after property name in JSON");
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
      return inside === '{' ? () => key('Expected double-quoted property name in JSON') : value;
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
  const { at, message } = found;
  if (message !== null) {
    if (at < text.length || message.startsWith('Unterminated')) {
      const before = text.slice(0, at);
      const line = before.split('\n').length;
      const column = at - before.lastIndexOf('\n');
      return `${message} at position ${at} (line ${line} column ${column})`;
    }
  }
  if (at >= text.length) return 'Unexpected end of JSON input';
  return `Unexpected token '${String.fromCodePoint(text.codePointAt(at))}', ${context(text, at)} is not valid JSON`;
};
