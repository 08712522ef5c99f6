// Makes json-errors.json: texts, and what V8 says of each. `node json-errors.mjs > json-errors.json`
const texts = ['', '{', '{"a"', '{"a":', '{"a":1', '{"a":1,', '[', '[1', '[1,', '{"a":1,}', '[1,]', '"abc', '"a\nb"', '"\\x"',
  '"\\u12"', '01', '-', '-a', '1.', '1e', '1.x', 'tru', 'trux', 'nul', 'undefined', 'NaN', 'Infinity', '[object Object]',
  ' undefined', 'x undefined long text here is it not so', '1 2', '{} x', '{"a":1}"b"', '{"a":1} 5', '{"a" 5}',
  '{"a":1 "b":2}', '[1 2]', '["a" "b"]', '{5:1}', "{'a':1}", '<!DOCTYPE html>\n<html><head>', 'aaaaaaaaaaaa<',
  '{"aaaaaaaaaaaaaaaa":<aaaaaaaaaaaaaaaaaaaaa}', '{"aaaaaaaaaaaaaaaaaaa":<a}', '\ufeff1', '[1,\n2,\n x]', '\u2028',
  '{"a":1}}', '[[1]', '--1', '+1', '.5', '"a\\', '"\\u', '"', '{"', '{"a":tru}', '"\\u12G4"', '{"a":"b', '{"a":"b\u0001"}',
  '[1}', '{"a":1]', '[object Array]', 'true false', '5"a"', 'nullx', '{"a":nul', '{"a":nul,"b":1}', ' ', '{,}', '[,]', '1e+',
  '1e+x', '-0', '00', '-01', '1.5.2', '{"a":-}', '"\t"', '\\', '[1,2', '{"a":1,"b"', '"\\u123', '"\\', '{"a":01}',
  '"\\u00zz and more text for it to be longer"', '"a" x and a lot more text behind it', '{"a":1}\n\n{"b":2}',
  '{\r\n"a":1,\r\r}', '{"a":[1,{"b":[]}],"c":{}}', '[1,\n\n', '"é😀" x', '[0.5e-3,-1E+2]', '{"a" :\t1 , "b" : [ ] } ',
  '{"a":1,"b" 5}', '{"a":1,"b" "c"}', '{"a":1,"b"}', '{"a":1,"b" -}', 'tru5', 'tru"', 'nul-', 'fals{', '[{"a"', '{"a",'];

// Older V8 says no line and column.
const place = (text, at) => {
  const lines = text.slice(0, at).split(/\r\n|\r|\n/);
  return `${at} (line ${lines.length} column ${lines[lines.length - 1].length + 1})`;
};

const said = text => {
  try {
    JSON.parse(text);
    return null;
  } catch ({ message }) {
    return message.replace(/at position (\d+)$/, (_, at) => `at position ${place(text, Number(at))}`);
  }
};

console.log(`[\n${texts.map(text => JSON.stringify([text, said(text)])).join(',\n')}\n]`);
