// Test blocks of our own in the shapes that challenges have, with the answers that each is run on.

const json = (value, status = 200) => ({ status, type: 'application/json; charset=utf-8', body: JSON.stringify(value) });
const raw = (body, type = 'application/json; charset=utf-8', status = 200) => ({ status, type, body });
const text = (body, status = 200) => raw(body, 'text/plain; charset=utf-8', status);
const html = (body, status = 200) => raw(body, 'text/html; charset=utf-8', status);
const refused = { refused: true };

// Values, as JSON texts; undefined is a key that is not there.
const values = [
  undefined, 'null', 'true', 'false', '0', '-0', '1', '-3', '2.5', '1e21', '0.1', '""', '"a"', '"abc"', '"1"', '" 1 "',
  '"true"', '"h\\u00e9llo 😀"', '"line\\nbreak \'quoted\' \\"double\\""', '"' + 'long text '.repeat(9) + '"', '[]', '[1]',
  '[1,2,3]', '[3,2,1]', '["a","b"]', '["b","a","a"]', '[null]', '[[1],{"x":1}]', '[{"x":1},{"x":2,"y":"z"}]',
  '["' + 'item","'.repeat(12) + 'last"]', '{}', '{"x":1}', '{"x":1,"y":"z"}', '{"y":"z","x":1}', '{"length":3}',
  '{"a":"abc","b":[1,2]}', '{"x":{"y":[1,{"z":"deep"}]}}', '{"2":"two","1":"one","b b":null}',
  '{"name":"' + 'somebody '.repeat(5) + '","description":"' + 'text '.repeat(12) + '","log":[1,2,3]}', '{"x":null,"y":0}',
];

const object = parts => raw(`{${parts.filter(([, value]) => value !== undefined).map(([key, value]) => `"${key}":${value}`).join(',')}}`);

// A fixed shuffle: the same table each time.
let seed = 20261122;
const random = end => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return Math.floor((seed / 2 ** 32) * end);
};
const some = list => list[random(list.length)];

function pairs(count, likely = []) {
  const chosen = likely.map(([a, b]) => [a, b]);
  for (const value of values) if (chosen.length < count * 0.4 + likely.length) chosen.push([value, value]);
  while (chosen.length < count + likely.length) chosen.push([some(values), some(values)]);
  return chosen;
}

export const blocks = [];
const block = (code, cases) => blocks.push({ code, cases: cases.map(one => (Array.isArray(one) ? one : [one])) });

const READ = "const response = await fetch(code + '/api');\nconst data = await response.json();\n";

// --- every method of assert -------------------------------------------------------------------------------------

const one = [
  'isOk', 'ok', 'isNotOk', 'notOk', 'isTrue', 'isNotTrue', 'isFalse', 'isNotFalse', 'isNull', 'isNotNull', 'isNaN',
  'isNotNaN', 'exists', 'notExists', 'isUndefined', 'isDefined', 'isObject', 'isNotObject', 'isArray', 'isNotArray',
  'isString', 'isNotString', 'isNumber', 'isNotNumber', 'isFinite', 'isBoolean', 'isNotBoolean', 'isFunction',
  'isNotFunction', 'isEmpty', 'isNotEmpty',
];
one.forEach((name, at) => {
  const message = at % 2 ? ", 'the value is wrong'" : '';
  block(`${READ}assert.${name}(data.a${message});`, values.map(value => object([['a', value]])));
});
block(`${READ}assert(data.a);`, values.map(value => object([['a', value]])));
block(`${READ}assert(data.a, 'has to be there');`, values.map(value => object([['a', value]])));

const two = {
  equal: [['"1"', '1'], ['true', '1'], ['null', undefined], ['[1]', '1'], ['{}', '"[object Object]"'], ['""', '0']],
  notEqual: [['"1"', '1'], ['null', undefined], ['[1,2]', '"1,2"']],
  strictEqual: [['0', '-0'], ['"1"', '1']],
  notStrictEqual: [['0', '-0']],
  deepEqual: [['0', '-0'], ['{"x":1,"y":2}', '{"y":2,"x":1}'], ['[1,[2,{"a":null}]]', '[1,[2,{"a":null}]]']],
  deepStrictEqual: [['{"x":1,"y":2}', '{"y":2,"x":1}']],
  notDeepEqual: [['{"x":1,"y":2}', '{"y":2,"x":1}']],
  include: [['"hello world"', '"world"'], ['[1,2,3]', '2'], ['{"x":1,"y":2}', '{"x":1}'], ['"a1b"', '1'], ['[null]', 'null'], ['"undefined"', undefined], ['{"x":1}', '{"x":2,"y":3}'], ['{"x":{"y":1}}', '{"x":{"y":1}}']],
  notInclude: [['"hello world"', '"world"'], ['[1,2,3]', '2'], ['{"x":1,"y":2}', '{"x":1}'], ['{"x":1,"y":2}', '{"x":1,"y":2}'], ['{"x":1,"y":2}', '{"x":1,"y":3}'], ['{"x":1}', '{}']],
  deepInclude: [['[{"x":1}]', '{"x":1}'], ['{"x":{"y":1}}', '{"x":{"y":1}}'], ['{"x":[1]}', '{"x":[2]}'], ['"abc"', '"b"']],
  notDeepInclude: [['[{"x":1}]', '{"x":1}'], ['{"x":{"y":1}}', '{"x":{"y":1}}'], ['{"x":[1]}', '{"x":[2]}']],
  property: [['{"x":1}', '"x"'], ['{"x.y":1}', '"x.y"'], ['{"x":{"y":1}}', '"x.y"'], ['[1,2]', '"length"'], ['[1,2]', '1'], ['[1,2]', '"5"'], ['"abc"', '"length"'], ['{}', '"x"'], ['5', '"x"'], ['null', '"x"'], ['{"x":1}', 'true']],
  notProperty: [['{"x":1}', '"x"'], ['{}', '"x"'], ['[1]', '"0"'], ['"abc"', '"x"']],
  lengthOf: [['"abc"', '3'], ['[1,2,3]', '3'], ['{"length":3}', '3'], ['"😀"', '2'], ['[]', '"0"'], ['[1]', 'null']],
  isAbove: [['2', '1'], ['1', '1'], ['"2"', '1'], ['2', '"1"']],
  isAtLeast: [['2', '1'], ['1', '1'], ['1', '2'], ['2', '"1"']],
  isBelow: [['2', '1'], ['1', '1'], ['1', '2']],
  isAtMost: [['2', '1'], ['1', '1'], ['1', '2']],
  oneOf: [['1', '[1,2]'], ['"a"', '["a","b"]'], ['"c"', '["a","b"]'], ['1', '5']],
  hasAllKeys: [['{"x":1,"y":2}', '["x","y"]'], ['{"x":1,"y":2}', '["x"]'], ['{"x":1}', '"x"'], ['{"x":1}', '{"x":5}'], ['{"x":1}', '[]'], ['{"x":1}', '["a","b","c"]']],
  hasAnyKeys: [['{"x":1,"y":2}', '["x","z"]'], ['{"x":1}', '["a"]'], ['{"x":1}', '["a","b"]'], ['{"x":1}', '["a","b","c"]']],
  containsAllKeys: [['{"x":1,"y":2}', '["x"]'], ['{"x":1,"y":2}', '["x","z"]'], ['{"x":1}', '{"x":1,"y":1}']],
  doesNotHaveAnyKeys: [['{"x":1,"y":2}', '["a","b"]'], ['{"x":1,"y":2}', '["a","x"]']],
  doesNotHaveAllKeys: [['{"x":1,"y":2}', '["x","y"]'], ['{"x":1,"y":2}', '["a","x"]']],
  sameMembers: [['[1,2,3]', '[3,2,1]'], ['[1,2]', '[1,2,3]'], ['[1,1,2]', '[1,2,2]'], ['[{"x":1}]', '[{"x":1}]'], ['5', '[5]'], ['[5]', '5']],
  sameDeepMembers: [['[{"x":1},2]', '[2,{"x":1}]'], ['[{"x":1}]', '[{"x":2}]']],
  includeMembers: [['[1,2,3]', '[3,1]'], ['[1,2]', '[1,1]'], ['[1,2]', '[4]'], ['[1]', '[]']],
  includeDeepMembers: [['[{"x":1},2]', '[{"x":1}]'], ['[{"x":1}]', '[{"x":2}]']],
};
Object.entries(two).forEach(([name, likely], at) => {
  const message = at % 2 ? ", 'wrong'" : '';
  block(`${READ}assert.${name}(data.a, data.b${message});`, pairs(34, likely).map(([a, b]) => object([['a', a], ['b', b]])));
});
for (const name of ['typeOf', 'notTypeOf']) {
  for (const kind of ['string', 'Number', 'array', 'object', 'undefined', 'null', 'boolean', 'date']) {
    block(`${READ}assert.${name}(data.a, '${kind}');`, values.filter((_, at) => at % 4 === 0).map(value => object([['a', value]])));
  }
}
const three = {
  propertyVal: [['{"x":1}', '"x"', '1'], ['{"x":1}', '"x"', '"1"'], ['{"x":[1]}', '"x"', '[1]'], ['{}', '"x"', undefined], ['[1,2]', '"length"', '2'], ['null', '"x"', '1']],
  notPropertyVal: [['{"x":1}', '"x"', '1'], ['{"x":1}', '"x"', '2'], ['{}', '"x"', '1'], ['null', '"x"', '1']],
  deepPropertyVal: [['{"x":[1]}', '"x"', '[1]'], ['{"x":{"y":1}}', '"x"', '{"y":2}'], ['{"x":1}', '"x"', '2'], ['{}', '"x"', '1']],
  notDeepPropertyVal: [['{"x":[1]}', '"x"', '[1]'], ['{"x":{"y":1}}', '"x"', '{"y":2}']],
  approximately: [['5', '5.5', '0.5'], ['5', '6', '0.5'], ['"5"', '5', '1'], ['5', '"5"', '1'], ['1.25', '1', '0.1']],
  closeTo: [['1000', '1003', '5'], ['1000', '1013', '5'], ['null', '1', '1'], ['1', '1', 'null']],
};
for (const [name, likely] of Object.entries(three)) {
  const random3 = Array.from({ length: 14 }, () => [some(values), '"x"', some(values)]);
  block(`${READ}assert.${name}(data.a, data.b, data.c, 'three');`, [...likely, ...random3].map(([a, b, c]) => object([['a', a], ['b', b], ['c', c]])));
}
for (const expected of ["'abc'", '5', 'null', 'undefined', 'true', '[1, 2, 3]', "{ x: 1, y: 'z' }", '-1', "'it\\'s'", 'NaN', '`abc`', '[]', '{}']) {
  for (const name of ['equal', 'strictEqual', 'deepEqual', 'include']) {
    block(`${READ}assert.${name}(data.a, ${expected}, 'as expected');`, values.filter((_, at) => at % 3 === expected.length % 3).map(value => object([['a', value]])));
  }
}

// --- regular expressions on texts -------------------------------------------------------------------------------

const sources = [
  'io.on("connection", socket => {\n  socket.on(\'disconnect\', () => { --currentUsers; });\n});\n', "app.get('/', function (req, res) {\r\n  res.send('hi');\r\n});",
  '', '<h1>Error</h1>', 'const x = "undefined";', 'null', "socket.on('disconnect\", x)", 'app.use(helmet())\u2028// end', '😀 --currentUsers',
];
for (const regex of ["/socket.on.*('|\")disconnect\\1/s", '/--\\s*currentUsers/', '/app\\.get\\([^]*res\\.send/gi', '/^$/', '/undefined|null/', "/('|\")connection\\1.*socket/gis"]) {
  for (const method of ['match', 'notMatch']) {
    block(`const response = await fetch(new URL('/_api/server.js', code));\nconst data = await response.text();\nassert.${method}(data, ${regex}, 'source of the server');`, sources.map(source => text(source)));
  }
  block(`${READ}assert.match(data.a, ${regex});`, values.filter((_, at) => at % 3 === 0).map(value => object([['a', value]])));
}

// --- everything else: each block on answers that fit and on answers that do not -----------------------------------

const GENERIC = [
  json({ a: 'abc', b: [1, 2, 3], name: 'Ada', n: 7, list: [{ id: 1, name: 'x', tags: ['t'] }, { id: 2, name: 'yy' }], o: { p: { q: 'deep' } } }),
  json({}), json([]), json([{ id: 1, name: 'x' }, { id: 2, name: 'yy' }]), json(null), json('just text'), json(5),
  json({ a: null, b: 'abc', name: 5, list: {}, o: null }), json({ error: 'no such thing' }, 404), json({ a: 'ABC', n: '7', list: [1, null, 'x'], o: { p: 'text' } }, 500),
  html('<h1>hello</h1>'), html('<!DOCTYPE html><html><body>Error</body></html>', 500), text(''), text('hello world'), text('Not Found', 404),
  raw(''), raw('{"a":1'), raw("{'a':1}"), raw('[1,]'), refused,
];
const generic = code => block(code, GENERIC);
const onJson = (...lines) => lines.forEach(line => generic(READ + line));
const onText = (...lines) => lines.forEach(line => generic(`const response = await fetch(\`\${code}/page\`);\nconst data = await response.text();\n${line}`));

onJson(
  "assert.equal(data.o.p.q, 'deep');", "assert.equal(data['o']['p']['q'], 'deep', 'path');", "assert.equal(data?.o?.p?.q, 'deep');",
  "assert.isUndefined(data.o?.nothing?.more.and.more);", "assert.equal(data.list?.[0]?.name, 'x');", "assert.equal(data.list[1].name.length, 2);",
  "assert.equal(data.list[5]?.name ?? 'none', 'none');", "assert.equal(data.name?.toUpperCase(), 'ADA');", "assert.isTrue(data.list?.length > 1, `there are ${data.list?.length}`);",
  "assert.equal(`${data.a}-${data.b}-${data.n}`, 'abc-1,2,3-7');", "assert.equal('n: ' + data.n + 1, 'n: 71');", "assert.equal(data.n + 1, 8);",
  "assert.equal(data.n - 1, 6);", "assert.equal(data.n * '2', 14);", "assert.equal(data.n / 2, 3.5);", "assert.equal(data.n % 4, 3);", "assert.equal(-data.n, -7);",
  "assert.equal(+data.n, 7);", "assert.isTrue(data.n == '7');", "assert.isTrue(data.n === 7);", "assert.isTrue(data.n != '7');", "assert.isTrue(data.n !== 7, 'not seven');",
  "assert(data.n > 5 && data.n < 10, 'between');", "assert(data.a === 'abc' || data.b === 'abc', 'one of them');", "assert(!data.error, 'no error');", "assert(!!data.a);",
  "assert(data.n >= 7 ? data.a : data.b, 'chosen');", "assert(typeof data.a === 'string', 'a is a string');", "assert.equal(typeof data.b, 'object');", "assert.equal(typeof data, 'object');",
  "assert('a' in data, 'has a');", "assert(data.hasOwnProperty('a'), 'own a');", "assert.equal(Number(data.n), 7);", "assert.equal(String(data.b), '1,2,3');", "assert.equal(Boolean(data.a), true);",
  "assert(isNaN(data.a), 'no number');", "assert(Array.isArray(data.list), 'a list');", "assert.deepEqual(Object.keys(data), ['a', 'b', 'name', 'n', 'list', 'o']);",
  "assert.equal(Object.keys(data).length, 6, 'six keys');", "assert.equal(Math.abs(data.n - 10), 3);", "assert.equal(Math.floor(data.n / 2), 3);", "assert.deepEqual(JSON.parse(data.a), {});",
  "assert.deepEqual(JSON.parse(data), 5);", "assert.equal(JSON.stringify(data.o), '{\"p\":{\"q\":\"deep\"}}');", "assert.equal(JSON.stringify(data), '[]');", "assert.equal(encodeURIComponent(data.name + ' & co'), 'Ada%20%26%20co');",
  // Destructuring.
  "const { a, name } = data;\nassert.equal(a + name, 'abcAda');", "const { a: first, o: { p } } = data;\nassert.equal(first, 'abc');\nassert.property(p, 'q');", "const [first, second] = data;\nassert.equal(first.id, 1);\nassert.equal(second.id, 2);",
  "const { list: [head] } = data;\nassert.equal(head.name, 'x');", "const { 'name': who } = data;\nassert.equal(who, 'Ada');", "const { length } = data.list;\nassert.equal(length, 2);",
  // Arrays and their methods.
  "data.list.forEach(item => {\n  assert.property(item, 'id');\n  assert.isNumber(item.id, 'id is a number');\n});", "data.forEach((item) => { assert.isString(item.name, `name of ${item.id}`); });",
  "assert.equal(data.list.find(item => item.id === 2).name, 'yy');", "assert.exists(data.find(item => item.name == 'x'), 'x is there');", "assert.equal(data.list.filter(item => item.name).length, 2);",
  "assert.deepEqual(data.list.map(item => item.name), ['x', 'yy']);", "assert.isTrue(data.some(item => item.id > 1));", "assert.isTrue(data.every(item => item.name.length > 1), 'long names');", "assert.equal(data.findIndex(item => item.id === 2), 1);",
  "assert(data.b.includes(2));", "assert.equal(data.b.indexOf(3), 2);", "assert.equal(data.b.join('-'), '1-2-3');", "assert.equal(data.b.join(), '1,2,3');", "assert.include(data.list.map(item => item.id), 2);",
  "for (const item of data.list) {\n  assert.isAtLeast(item.id, 1);\n}", "for (const item of data) {\n  if (item.id === 1) continue;\n  assert.equal(item.name, 'yy');\n}", "for (const { id, name } of data) {\n  assert(id, 'id');\n  assert.equal(name.length, id);\n}",
  "for (const key of ['a', 'name', 'n']) {\n  assert.property(data, key);\n}", "for (const key of ['a', 'zzz', 'n']) {\n  if (key === 'zzz') break;\n  assert.isOk(data[key], 'has ' + key);\n}", "['a', 'b'].forEach(key => assert.isDefined(data[key], `no ${key}`));",
  "const found = data.list.filter(item => item.id > 1).map(item => item.name);\nassert.deepEqual(found, ['yy']);", "for (const item of data.list) {\n  for (const tag of item.tags) {\n    assert.equal(tag, 't');\n  }\n}",
  // Texts.
  "assert.equal(data.a.toUpperCase(), 'ABC');", "assert.equal(data.name.toLowerCase(), 'ada');", "assert.isTrue(data.a.startsWith('ab'));", "assert.isTrue(data.a.endsWith('bc'));", "assert.isTrue(data.name.includes('d'), 'has d');",
  "assert.equal(data.a.slice(1), 'bc');", "assert.equal(data.a.slice(-2, -1), 'b');", "assert.equal(data.a.substring(2, 0), 'ab');", "assert.equal(data.a.substr(-2, 1), 'b');", "assert.deepEqual(data.a.split('b'), ['a', 'c']);", "assert.equal(data.a.charAt(1), 'b');",
  "assert.equal(data.a[1], 'b');", "assert.equal(data.a.replace('b', 'x'), 'axc');", "assert.equal(data.a.replace(/[ac]/g, ''), 'b');", "assert.equal(data.a.replace(/z*/g, '-'), '-a-b-c-');", "assert.equal(data.a.trim().length, 3);", "assert.equal(data.a.concat(data.n, '!'), 'abc7!');",
  "assert.isNotNull(data.a.match(/b/), 'a b in it');", "assert(data.a.match(/^abc$/i));", "assert(/b/.test(data.a), 'test');", "assert.isFalse(/x/.test(data.nothing));", "assert.equal(data.a.indexOf('c'), 2);", "assert.equal(data.n.toString(), '7');", "assert.equal(data.a.length, 3);",
  // Dates.
  "assert.equal(new Date('2016-12-25').getTime(), 1482624000000);", "assert.equal(new Date('2016-12-25T00:00:00.000Z').toISOString(), '2016-12-25T00:00:00.000Z');", "assert.equal(new Date('Sun, 25 Dec 2016 00:00:00 GMT').getTime(), 1482624000000);",
  "assert.equal(new Date(data.n).toISOString(), '1970-01-01T00:00:00.007Z');", "assert.approximately(new Date().getTime(), Date.now(), 20);", "assert.equal(new Date(1451001600000).toDateString(), 'Fri Dec 25 2015');", "assert.isAbove(Date.now(), 1000);", "assert.closeTo(Date.now() - data.n, Date.now(), 10);",
  // Several assertions; the first that fails counts.
  "assert.isObject(data, 'an object');\nassert.property(data, 'a');\nassert.lengthOf(data.b, 3, 'three');\nassert.equal(data.b[2], 3);", "const wanted = { a: 'abc', n: 7 };\nassert.equal(data.a, wanted.a);\nassert.equal(data.n, wanted.n);",
  "let seen = data.a;\nif (data.n === 7) { seen = 'other'; }\nassert.equal(seen, 'other');", "if (data.error) throw new Error(data.error);\nassert.isOk(data.a);", "if (!data.a) {\n  throw new Error(`no a in ${data}`);\n} else {\n  assert.equal(data.a, 'abc');\n}", "if (data.a) return;\nassert.fail;", "return data.a ? 1 : 2;",
);
onText(
  "assert.equal(data, 'hello world');", "assert.include(data, 'hello');", "assert.notInclude(data, 'Error', 'no error page');", "assert.match(data, /hello/i);", "assert.isNotEmpty(data);", "assert.isAbove(data.length, 5);", "assert.lengthOf(data, 11);",
  "const parsed = JSON.parse(data);\nassert.equal(parsed.a, 'abc');", "assert.equal(JSON.parse(data).list.length, 2);", "assert(data.match(/<h1>(.*)<\\/h1>/), 'a heading');", "assert.isTrue(data.trim().toLowerCase().startsWith('hello'));", "assert.equal(data.replace(/\\s/g, ''), 'helloworld');", "assert.isTrue(/^<h1>/.test(data) || data === '');",
  "assert.isFalse(data.includes('<'), 'plain text');", "assert.equal(data.split(' ').length, 2);", "assert.notEqual(data, '');", "assert.oneOf(data, ['hello world', '<h1>hello</h1>']);",
);
// Responses.
generic("const res = await fetch(code + '/x');\nassert.equal(res.status, 200, 'status');");
generic("const res = await fetch(code + '/x');\nassert.isTrue(res.ok, await res.text());");
generic("const res = await fetch(code + '/x');\nif (!res.ok) {\n  throw new Error(await res.text());\n}\nconst data = await res.json();\nassert.property(data, 'a');");
generic("const res = await fetch(code + '/x');\nif (res.ok) {\n  const data = await res.json();\n  assert.equal(data.a, 'abc');\n} else {\n  throw new Error(`${res.status} ${res.statusText}`);\n}");
generic("const res = await fetch(code + '/x');\nassert.equal(res.url, code + '/x');\nassert.isFalse(res.redirected);");
generic("const res = await fetch(code + '/x');\nassert.include(res.headers.get('content-type'), 'json');");
generic("const res = await fetch(code + '/x');\nassert.isNull(res.headers.get('X-Powered-By'));");
generic("const res = await fetch(code + '/x');\nawait res.text();\nawait res.json();");
generic("const res = await fetch(code + '/x');\nconst one = await res.json();\nconst two = await (await fetch(code + '/y')).json();\nassert.deepEqual(one, two);");
generic("assert.equal((await fetch(code + '/x')).status, 200);");
generic("const { a } = await (await fetch(`${code}/x`)).json();\nassert.equal(a, 'abc');");
generic("const res = await fetch(code + '/x', { method: 'POST' });\nassert.equal(res.status, 200);\nassert(res, 'there');");
generic("const res = await fetch(code + '/missing.js');\nassert.equal(res.status, 404);\nassert.equal(res.statusText, 'Not Found');");
// try and catch.
generic("try {\n  const res = await fetch(code + '/x');\n  const data = await res.json();\n  assert.equal(data.a, 'abc');\n} catch (err) {\n  throw new Error(err.responseText || err.message);\n}");
generic("try {\n  const data = await (await fetch(code + '/x')).json();\n  assert.equal(data.o.p.q, 'deep', 'inside');\n} catch (e) {\n  throw e;\n}");
generic("try {\n  const data = await (await fetch(code + '/x')).json();\n  assert.equal(data.o.p.q, 'deep', 'inside');\n} catch (e) {\n  throw new Error(e);\n}");
generic("try {\n  const data = await (await fetch(code + '/x')).json();\n  assert.isArray(data);\n} catch (e) {\n  assert.equal(e.name, 'AssertionError');\n}\nassert.isOk(1);");
generic("try {\n  const data = await (await fetch(code + '/x')).json();\n  assert.isArray(data);\n} catch {\n  assert(false, 'failed before');\n}");
generic("let data = null;\ntry {\n  data = await (await fetch(code + '/x')).json();\n} catch (e) {\n  data = 'none';\n}\nassert.notEqual(data, 'none', 'should be JSON');");
generic("try {\n  try {\n    await (await fetch(code + '/x')).json();\n  } catch (inner) {\n    throw new TypeError('inner: ' + inner.name);\n  }\n} catch (outer) {\n  throw new RangeError(`outer: ${outer}`);\n}");
// then and catch.
generic("await fetch(code + '/x').then(res => res.json()).then(data => { assert.equal(data.a, 'abc', 'in then'); });");
generic("return fetch(code + '/x').then(res => res.text()).then(text => assert.include(text, 'hello'));");
generic("await fetch(code + '/x').then(res => res.json()).then(data => assert.isArray(data)).catch(err => { throw new Error(err.message); });");
generic("await fetch(code + '/x').then(res => { if (!res.ok) throw new Error('status ' + res.status); return res.json(); }).then(({ a }) => assert.equal(a, 'abc'));");
generic("const data = await fetch(code + '/x').then(r => r.json());\nassert.isObject(data);");
generic("const data = await fetch(code + '/x').then(function (r) { return r.text(); });\nassert.isString(data);\nassert.isNotEmpty(data, 'empty');");
generic("await fetch(code + '/x').then(res => res.json(), err => { throw new Error('refused: ' + err.message); });");
generic("fetch(code + '/x').then(res => res.json()).then(data => { assert.equal(data.a, 'abc', 'not awaited'); });");
generic("async () => {\n  const res = await fetch(code + '/x');\n  const data = await res.json();\n  assert.equal(data.a, 'abc', 'in a function');\n}");
generic("() => fetch(code + '/x').then(res => res.text()).then(data => assert.include(data, 'hello'))");
generic("(getUserInput) => fetch(getUserInput('url') + '/x').then(res => res.json()).then(data => assert.isObject(data, 'an object'))");
generic("async (getUserInput) => {\n  const url = getUserInput('url');\n  const res = await fetch(url + '/x');\n  if (res.ok) {\n    const { name } = await res.json();\n    assert.equal(name, 'Ada');\n  } else {\n    throw new Error(`${res.status}`);\n  }\n}");
// jQuery.
generic("(getUserInput) =>\n  $.get(getUserInput('url') + '/_api/server.js').then(\n    (data) => {\n      assert.match(data, /hello/, 'hello');\n    },\n    (xhr) => {\n      throw new Error(xhr.responseText);\n    }\n  )");
generic("(getUserInput) => $.get(getUserInput('url') + '/x').then((data) => { assert.equal(data.a, 'abc'); }, (xhr) => { throw new Error(xhr.statusText); })");
generic("(getUserInput) => $.get(getUserInput('url') + '/x').then((data) => { assert.isObject(data); assert.property(data, 'name'); })");
generic("(getUserInput) => $.get(getUserInput('url') + '/x').then(data => { const parsed = JSON.parse(data); assert.equal(parsed.a, 'abc'); }, xhr => { throw new Error(xhr.status + ' ' + xhr.statusText); })");
generic("(getUserInput) => $.post(getUserInput('url') + '/x', { name: 'A B', n: 5, plus: 'a+b&c=d', e: 'é😀', s: \"it's (1)*!~\", nothing: null, t: true }).then(data => assert.equal(data.name, 'Ada'), xhr => { throw new Error(xhr.responseText); })");
generic("(getUserInput) => $.post(getUserInput('url') + '/x').then(data => assert.isDefined(data))");
generic("(getUserInput) => $.post(getUserInput('url') + '/x', {}).then(data => assert.isDefined(data))");
generic("(getUserInput) => $.ajax({ url: getUserInput('url') + '/x', type: 'PUT', data: { _id: 'x y' } }).then(data => assert.isDefined(data))");
generic("(getUserInput) => $.ajax({ url: getUserInput('url') + '/x', method: 'DELETE' }).then(data => assert.isDefined(data))");
generic("(getUserInput) => $.getJSON(getUserInput('url') + '/x').then(data => assert.equal(data.a, 'abc', 'json'))");
generic("const data = await $.get(code + '/x');\nassert.equal(data.a, 'abc');");
generic("$.get(code + '/x').then(data => assert.equal(data, 'hello world', 'text'));");
block("const data = await $.get(code + '/x');\nassert.equal(typeof data, 'string', `${data}`);", [
  raw('{"a":1}', 'application/json'), raw('{"a":1}', 'application/vnd.api+json'), raw('{"a":1}', 'text/json'), raw('{"a":1}', 'text/plain'), raw('{"a":1}', undefined), raw('<p>x</p>', 'text/html'), raw('<p>x</p>', 'application/xhtml+xml'),
  raw('var a = 1', 'application/javascript'), raw('var a', 'text/javascript; charset=utf-8'), raw('', 'application/json'), raw('null', 'application/json'), raw('"x"', 'APPLICATION/JSON'), raw('', 'text/plain', 204), raw('{"a":1}', 'application/json', 201), raw('oops', 'image/png'), raw('{"a":1}', ''),
  raw('{"a":1}', 'application/jsonp'), raw('{"a":1}', 'application/ld+json; profile=x'),
]);
// Requests: what is asked.
const asks = code => block(code, [json({ a: 'abc' }), json({}, 404), refused]);
for (const url of ["code + '/api/x'", "code + '/api/2015-12-25'", '`${code}/api/a b?c=d e&f=é#frag`', "new URL('/api', code)", "new URL('/api?x=1', code).href", "new URL('api/y', code + '/z/')", "code", "code + '//double'", "code + '/%zz?%'", "'/relative'", "new URL('?q=1', code).toString()", "code + '/' + encodeURIComponent('a/b c')", "code + '/api?date=' + '2015-12-25'", "`${code}/📁/ü`", "code + '/a/../b/./c'", "'https://other.example/x'", "'http://bad host/'"]) {
  asks(`const res = await fetch(${url});\nassert.equal(res.status, 200);`);
}
for (const options of [
  "{ method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ a: 1, b: ['x', null], c: { d: 'é' } }) }", "{ method: 'post', body: 'plain text' }", "{ method: 'PUT', body: '' }", "{ method: 'patch', body: 'x' }", "{ method: 'DELETE' }", "{ method: 'delete', headers: { 'X-Custom': 'One', 'accept': 'text/html' } }",
  "{ method: 'POST', body: new URLSearchParams({ username: 'A B', description: 'x&y=z+é', n: 5 }) }", "{ method: 'POST', headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body: 'a=1&b=2' }", "{ method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams({ a: '*-._~ !' }).toString() }",
  "{ headers: { Accept: 'application/json' } }", "{ method: 'HEAD' }", "{ mode: 'cors', credentials: 'omit' }", "{ method: 'POST', body: 5 }", "{ method: 'POST', body: null }", "{ method: 'POST', body: undefined }", "{ method: 'POST', body: { a: 1 } }", "{ method: 'POST', body: ['a', 1] }", "{ method: 'POST', headers: { 'X-N': 5 } }", "{ method: 'POST', body: `${1 + 1}` }",
]) {
  asks(`const res = await fetch(code + '/api', ${options});\nassert.isTrue(res.ok, 'ok');`);
}
block("const first = await (await fetch(code + '/api/users', { method: 'POST', body: new URLSearchParams({ username: 'ada' }) })).json();\nconst second = await (await fetch(`${code}/api/users/${first._id}/logs?limit=${first.n - 1}`)).json();\nassert.equal(second._id, first._id, 'the same user');", [
  [json({ _id: 'abc1', n: 3 }), json({ _id: 'abc1' })], [json({ _id: 'abc1', n: 3 }), json({ _id: 'other' })], [json({ _id: 'a/b ?', n: '3' }), json({})], [json({}), json({})], [json({ _id: null, n: 1 }), refused], [refused, refused],
  [json({ _id: 5, n: null }), json({ _id: '5' })], [html('<p>'), json({})],
]);
block("const before = await (await fetch(code + '/n')).json();\nawait fetch(code + '/n', { method: 'POST' });\nconst after = await (await fetch(code + '/n')).json();\nassert.equal(after.n, before.n + 1, 'counted');", [
  [json({ n: 1 }), json({}), json({ n: 2 })], [json({ n: 1 }), json({}), json({ n: 1 })], [json({ n: '1' }), json({}), json({ n: '11' })], [json({}), json({}), json({})], [json({ n: 1 }), refused],
]);
// JSON oddities.
block(`${READ}assert.deepEqual(data, { a: 1 });`, [
  '{"a":1}', ' \t\r\n{"a":1}\n', '\u{feff}{"a":1}', '{"a":1.0}', '{"a":1e0}', '{"a":10e-1}', '{"a":2,"a":1}', '{"b":1}', '{"a":"1"}', '{"__proto__":5,"a":1}', '[{"a":1}]', '{"a":01}', '{"a":+1}', '{"a":.5}', '{"a":1.}', '{"a":0x1}', '{"a":NaN}', "{'a':1}", '{a:1}', '{"a":1,}', '{"a":1}x',
  '{"a":1}{"a":1}', 'true', 'null', '"\\u0041\\n\\/"', '"\\x41"', '"tab\there"', '12345678901234567890', '1e400', '-', '', ' ', '{"a":"\\ud83d\\ude00"}', '{"a":"\\ud83d"}', '\u{a0}{"a":1}', '// {"a":1}', 'undefined', '{"a":1', '["a"', '"abc', 'tru', '{"a"}', '{"a":}', '{,}', '[,1]', '{"a":1;}', '{"é":"😀",}', '<!doctype html>',
].map(body => raw(body)));
block(`${READ}assert.equal(data.toString, 5);`, [json({ toString: 5 }), json({}), json([])]);
block(`${READ}assert.equal(\`\${data.a}\`, '[object Object]');`, [json({ a: {} }), json({ a: [[], [1, [2]]] }), json({ a: { toString: 1 } }), json({ a: [null, undefined] }), json({ a: -0 }), json({ a: 1e21 }), json({ a: 1e-7 }), json({ a: 123456789.125 })]);
block(`${READ}assert.equal(data.a < data.b, true, 'less');`, pairs(30).map(([a, b]) => object([['a', a], ['b', b]])));
block(`${READ}assert.equal(data.a + data.b, '', 'sum');`, pairs(30).map(([a, b]) => object([['a', a], ['b', b]])));
block(`${READ}assert.equal(data.a == data.b, true, 'loosely');`, pairs(60).map(([a, b]) => object([['a', a], ['b', b]])));
block(`${READ}assert.equal(data.a && data.b, data.a || data.b);`, pairs(30).map(([a, b]) => object([['a', a], ['b', b]])));
block(`${READ}assert.equal(data.a ?? data.b, data.b);`, pairs(20).map(([a, b]) => object([['a', a], ['b', b]])));
block(`${READ}assert.equal(data.a[data.b], 'b', 'indexed');`, pairs(40, [['[1,"b"]', '1'], ['"abc"', '1'], ['{"x":"b"}', '"x"'], ['"abc"', '"1"'], ['"abc"', '-1'], ['[1]', '"01"']]).map(([a, b]) => object([['a', a], ['b', b]])));
block(`${READ}assert.equal(data.a.includes(data.b), true, 'included');`, pairs(40, [['[1,"b"]', '"b"'], ['"abc"', '"b"'], ['"a1"', '1']]).map(([a, b]) => object([['a', a], ['b', b]])));
block(`${READ}assert.equal(data.a, 1, data.b);`, pairs(24).map(([a, b]) => object([['a', a], ['b', b]])));
block(`${READ}assert(data.a, data.b);`, pairs(24).map(([a, b]) => object([['a', a], ['b', b]])));
