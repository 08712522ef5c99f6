// The calls to compare: every method with the kinds of values that it can be given, then random ones.

import { kinds, randomMaker, variantOf } from './values.mjs';

const always = (value) => () => value;
const names = Object.keys(kinds);

/** One call: `make()` gives fresh arguments. */
const call = (method, label, make) => ({ method, label, make });

// An author's message: mostly none or a text, at times something that is no text at all.
const messages = [[], [], ['note'], ['note'], ['note'], [''], [undefined], [null], [0], [7], [{}], [Symbol('no')], ['#{this}']];

const methodsOf = (assert, test) => Object.keys(assert).filter(test);

const argumentless = (assert) => [
  call('', '()', () => []),
  ...Object.keys(assert).map((method) => call(method, '()', () => [])),
];

const unary = function* (pick) {
  const methods = [
    ...['isOk', 'isNotOk', 'ok', 'notOk', 'isTrue', 'isNotTrue', 'isFalse', 'isNotFalse', 'isNull', 'isNotNull'],
    ...['isNaN', 'isNotNaN', 'exists', 'notExists', 'isUndefined', 'isDefined', 'isFunction', 'isNotFunction'],
    ...['isObject', 'isNotObject', 'isArray', 'isNotArray', 'isString', 'isNotString', 'isNumber', 'isNotNumber'],
    ...['isFinite', 'isBoolean', 'isNotBoolean', 'ifError', 'isExtensible', 'isNotExtensible', 'extensible'],
    ...['notExtensible', 'isSealed', 'isNotSealed', 'sealed', 'notSealed', 'isFrozen', 'isNotFrozen', 'frozen'],
    ...['notFrozen', 'isEmpty', 'isNotEmpty', 'empty', 'notEmpty'],
  ];
  for (const method of methods) {
    for (const name of names) {
      const message = pick(messages);
      yield call(method, `(${name})`, () => [kinds[name](), ...message]);
    }
  }
  const sayings = ['fails', '', undefined, null, 0, 5, 'not #{this} #{act} #{exp}', 'we have it', () => 'made', () => '', {}];
  for (const name of names) {
    const saying = pick(sayings);
    yield call('', `(${name}, ${String(saying)})`, () => [kinds[name](), saying]);
    yield call('fail', `(${name})`, () => [kinds[name]()]);
    yield call('fail', `(${name}, 2, ${String(saying)})`, () => [kinds[name](), 2, saying]);
    yield call('fail', `(${name}, 2, m, op)`, () => [kinds[name](), 2, 'm', 'op']);
  }
};

const binaryMethods = (assert) => [
  ...['equal', 'notEqual', 'strictEqual', 'notStrictEqual', 'deepEqual', 'notDeepEqual', 'deepStrictEqual'],
  ...['isAbove', 'isAtLeast', 'isBelow', 'isAtMost', 'instanceOf', 'notInstanceOf', 'lengthOf', 'oneOf'],
  ...methodsOf(assert, (method) => /include$|members$/i.test(method)),
];

/** Two kinds at a time: all pairs for the comparisons, a random share of the pairs for the rest. */
const binary = function* (assert, pick, random) {
  for (const method of binaryMethods(assert)) {
    const all = method === 'deepEqual' || method === 'deepInclude';
    for (const left of names) {
      for (const right of names) {
        if (all || left === right || random(12) === 0) {
          const message = pick(messages);
          yield call(method, `(${left}, ${right})`, () => [kinds[left](), kinds[right](), ...message]);
        }
      }
      yield call(method, `(${left}, itself)`, () => {
        const value = kinds[left]();
        return [value, value];
      });
      yield call(method, `(${left}, [itself])`, () => {
        const value = kinds[left]();
        return [value, [value], 'note'];
      });
      yield call(method, `([itself, 1], ${left})`, () => {
        const value = kinds[left]();
        return [[value, 1], value, 'note'];
      });
      yield call(method, `(its set, ${left})`, () => {
        const value = kinds[left]();
        return [new Set([value]), value, 'note'];
      });
      yield call(method, `(its map, ${left})`, () => {
        const value = kinds[left]();
        return [new Map([[1, value], [value, 2]]), value, 'note'];
      });
    }
  }
};

const typeNames = ['string', 'Number', 'array', 'object', 'Object', 'null', 'undefined', 'function', 'AsyncFunction', 'date', 'regexp'];
const typeNamesMore = ['map', 'error', 'promise', 'symbol', 'bigint', 'arguments', 'Uint8Array', 'tagged', 'global', '', 'x'];

const types = function* (pick) {
  for (const method of ['typeOf', 'notTypeOf']) {
    for (const name of names) {
      for (const type of [...typeNames, ...typeNamesMore, 5]) {
        const message = pick(messages);
        yield call(method, `(${name}, ${type})`, () => [kinds[name](), type, ...message]);
      }
    }
  }
  for (const method of ['instanceOf', 'notInstanceOf']) {
    const classes = [Object, Array, Function, Date, Error, Map, class {}, () => 1, { [Symbol.hasInstance]: () => true }];
    for (const name of names) {
      for (const type of classes) yield call(method, `(${name}, ${String(type)})`, () => [kinds[name](), type, 'note']);
    }
  }
};

const patterns = [/hello/, /HELLO/i, /^$/, /\d+/g, /undefined|null/, /a\/b/u, /[/]/y, new RegExp('x'.repeat(60)), /\s*/s];

const texts = function* (pick) {
  for (const method of ['match', 'notMatch']) {
    for (const name of names) {
      for (const pattern of patterns) {
        const message = pick(messages);
        yield call(method, `(${name}, ${pattern})`, () => [kinds[name](), new RegExp(pattern), ...message]);
      }
    }
    for (const name of ['undefined', 'text', 'object', 'one']) {
      yield call(method, `(hello, ${name})`, () => ['hello', kinds[name]()]);
    }
    yield call(method, '(hello, its own exec)', () => ['hello', { exec: (text) => text === 'hello', toString: () => 'own' }]);
  }
  for (const operator of ['==', '===', '>', '>=', '<', '<=', '!=', '!==', '=', 'toString', '', undefined, null]) {
    for (const left of names) {
      const right = pick(names);
      const message = pick(messages);
      yield call('operator', `(${left}, ${operator}, ${right})`, () => [kinds[left](), operator, kinds[right](), ...message]);
    }
  }
};

const numbers = function* (pick) {
  const values = [0, -0, 1, 1.4, 1.5, -3, NaN, Infinity, '1', null, undefined, 2n, new Number(1), {}];
  for (const method of ['closeTo', 'approximately']) {
    for (const value of values) {
      for (const other of values) {
        for (const delta of [0, 0.5, 4, -1, NaN, Infinity, '1', undefined]) {
          const message = pick(messages);
          yield call(method, `(${String(value)}, ${String(other)}, ${delta})`, () => [value, other, delta, ...message]);
        }
      }
    }
  }
};

const paths = ['a', 'b', 'a.b', 'b.c', 'b.c[0]', 'b.c[2].d', 'b.c[9].d', '[0]', '[1].a', 'length', 'toString', 'x', 'b\\.c', '', '.', '7'];
const pathsMore = ['constructor', '__proto__', 'constructor.name', 'a-b', "it's", 'express', 'b..c', 'b.c.', '[x]', 0, 1, -1, NaN];

const properties = function* (assert, pick, random) {
  const keys = [...paths, ...pathsMore, Symbol.for('shared'), Symbol.iterator, undefined, null, {}, true];
  for (const method of methodsOf(assert, (each) => /property(val)?$/i.test(each))) {
    const held = /val$/i.test(method);
    for (const name of names) {
      for (const key of keys) {
        if (random(3) !== 0) continue;
        const value = pick(['one', 'text', 'undefined', 'null', 'deep', 'sameShape', 'array', 'NaN', 'letter', 'two']);
        const message = pick(messages);
        const rest = held ? () => [kinds[value](), ...message] : () => message;
        yield call(method, `(${name}, ${String(key)}, ${held ? value : ''})`, () => [kinds[name](), key, ...rest()]);
      }
      if (held) {
        const key = pick(['a', 'b', 'length', 'x', 'b.c', 'message']);
        yield call(method, `(${name}, ${key}, what it holds)`, () => {
          const value = kinds[name]();
          const held = name === 'throwingGetter' ? 1 : value?.[key];
          return [value, key, held, 'note'];
        });
      }
    }
  }
};

const keyLists = [
  ['a', always(['a'])],
  ['a b', always(['a', 'b'])],
  ['b a', always(['b', 'a'])],
  ['a x y', always(['a', 'x', 'y'])],
  ['none', always([])],
  ['text', always('a')],
  ['number', always(7)],
  ['numbers', always([1, 0])],
  ['object', always({ a: 1, z: 2 })],
  ['empty object', always({})],
  ['symbol', always(Symbol.for('shared'))],
  ['symbols', always(['a', Symbol.for('shared')])],
  ['objects', () => [{ a: 1 }]],
  ['undefined', always(undefined)],
  ['null', always(null)],
  ['odd', always(["it's", 'a-b', '', '7', '$d'])],
  ['twice', always(['a', 'a'])],
  ['nested', always([['a'], ['b']])],
  ['long', always(Array.from({ length: 30 }, (_, i) => `key${i}`))],
];

const keys = function* (assert, pick) {
  for (const method of methodsOf(assert, (each) => /keys$/i.test(each))) {
    for (const name of names) {
      for (const [label, make] of keyLists) {
        const message = pick(messages);
        yield call(method, `(${name}, ${label})`, () => [kinds[name](), make(), ...message]);
      }
    }
  }
};

class Custom extends Error {}
const thrower = (value) =>
  function thrower() {
    throw value;
  };
const quiet = function quiet() {};

const throwing = function* (pick) {
  const one = new TypeError('boom');
  const named = Object.assign(new Error('named'), { name: 'Named' });
  const functions = [quiet, () => 1, 5, undefined, 'text', {}, async () => 1];
  const thrown = [one, new Custom('custom boom'), named, new Error(''), 'boom', '', 0, 5, null, undefined, {}, { message: 'boom' }, [1], () => 1];
  functions.push(...thrown.map(thrower));
  const matchers = [undefined, null, 'boom', 'other', '', /boom/, /other/i, 5, {}];
  const wanted = [...matchers, TypeError, Error, RangeError, Custom, one, new Error('boom'), named, class {}, quiet, true];
  for (const method of ['throws', 'doesNotThrow', 'throw', 'Throw']) {
    for (const [at, run] of functions.entries()) {
      yield call(method, `(#${at})`, () => [run]);
      for (const [like, error] of wanted.entries()) {
        yield call(method, `(#${at}, #${like})`, () => [run, error]);
        for (const [match, matcher] of matchers.entries()) {
          const message = pick(messages);
          yield call(method, `(#${at}, #${like}, #${match})`, () => [run, error, matcher, ...message]);
        }
      }
    }
  }
};

const changes = function* (assert, pick) {
  const steps = [0, 1, -1, 5];
  const targets = ['count', 'missing', 'label', '', 0, undefined, null, Symbol.for('shared')];
  for (const method of methodsOf(assert, (each) => /change|crease/i.test(each))) {
    const amounts = /By$/.test(method) ? [[1], [5], [-1], [0], ['1'], [undefined], []] : [[]];
    for (const step of steps) {
      for (const target of targets) {
        for (const amount of amounts) {
          const message = pick(messages);
          const label = `(by ${step}, ${String(target)}, ${amount})`;
          const state = () => ({ count: 3, label: 'x' });
          const stepping = (object) => () => {
            object.count += step;
          };
          yield call(method, label, () => {
            const object = state();
            return [stepping(object), object, target, ...amount, ...message];
          });
          yield call(method, `${label} read by a function`, () => {
            const object = state();
            return [stepping(object), () => object.count, ...amount, ...message];
          });
          yield call(method, `${label} of what is no object`, () => [quiet, 5, target, ...amount]);
          yield call(method, `${label} by what is no function`, () => [5, state(), target, ...amount, ...message]);
        }
      }
    }
  }
};

/** Random nested values against themselves, their copies, near misses and each other. */
const random = function* (assert, pick, next, count) {
  const methods = binaryMethods(assert);
  for (let i = 0; i < count; i += 1) {
    const make = randomMaker(next);
    const others = [make, variantOf(make, next), randomMaker(next), () => [make()]];
    const other = pick(others);
    const method = next(3) === 0 ? 'deepEqual' : pick(methods);
    yield call(method, `(random ${i})`, () => [make(), other(), 'note']);
  }
};

/** All calls, the same for the same seed. */
export const calls = function* (assert, next) {
  const pick = (list) => list[next(list.length)];
  yield* argumentless(assert);
  yield* unary(pick);
  yield* binary(assert, pick, next);
  yield* types(pick);
  yield* texts(pick);
  yield* numbers(pick);
  yield* properties(assert, pick, next);
  yield* keys(assert, pick);
  yield* throwing(pick);
  yield* changes(assert, pick);
  yield* random(assert, pick, next, 5000);
};
