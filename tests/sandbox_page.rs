//! The page of a challenge: what lives from one hint to the next, what must not, and what ends a hint.

// Tests may fail loudly.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod support;

use std::time::Duration;

use grade::sandbox::{Code, Hooks, Limits, Rules, Sandbox};
use grade::verdict::{Cause, FailureKind, Outcome};
use support::script::{block_on, honest, message, passed, program, run, run_all, settings, usual};

#[test]
fn globals_live_as_long_as_the_page_and_declarations_as_long_as_the_hint() {
    let verdicts = run_all(
        settings(Rules::Honest),
        &usual(),
        &[
            "const url = code; globalThis.kept = { list: [1] }; window.also = url;",
            "const url = code; kept.list.push(2); assert.equal(also, code);",
            "assert.deepEqual(kept, { list: [1, 2] }); assert.instanceOf(kept.list, Array);",
            "url",
        ],
    );
    assert!(verdicts[..3].iter().all(passed), "{verdicts:?}");
    assert_eq!(message(&verdicts[3]), "url is not defined");
}

#[test]
fn what_a_hint_stores_is_there_for_the_next_whatever_else_it_did() {
    for meddling in ["", "globalThis.x = 1; ", "JSON.parse = null; "] {
        let first = format!("{meddling}localStorage.setItem('a', '1'); sessionStorage.b = 2");
        let more = "assert.equal(localStorage.getItem('a') + sessionStorage.b, '12'); delete sessionStorage.b; localStorage.c = 3; window.y = 1";
        let last = "assert.equal(localStorage.a, '1'); assert.isNull(sessionStorage.getItem('b')); assert.lengthOf(localStorage, 2)";
        let changed = "Object.setPrototypeOf(localStorage, null); Storage.prototype.getItem = () => 'x'";
        let verdicts = run_all(settings(Rules::Honest), &usual(), &[&first, more, last, changed, last]);
        assert!(verdicts.iter().all(passed), "{meddling}: {verdicts:?}");
    }
}

#[test]
fn no_hint_changes_the_page_for_the_next() {
    let wrong = "assert.equal(1, 2)";
    for meddling in [
        "globalThis.assert = () => {}; globalThis.assert.equal = () => {};",
        "window.assert.equal = () => {};",
        "Object.assign(assert, { equal() {} })",
        "Object.prototype.then = function (done) { done(); };",
        "Object.defineProperty(Object.prototype, 'equal', { get: () => () => {}, set() {}, configurable: true });",
        "Promise.prototype.then = () => {}; Promise.reject = () => {};",
        "globalThis.Promise = class {};",
        "JSON.parse = () => ({ n: 3 }); JSON.stringify = () => 'x';",
        "Array.prototype[Symbol.iterator] = function* () {};",
        "String.prototype.includes = () => true; RegExp.prototype.exec = () => ['x']; RegExp.prototype.test = () => true;",
        "Object.freeze(assert); Object.freeze(Promise.prototype);",
        "Object.defineProperty(globalThis, 'assert', { value: Object.assign(() => {}, { equal() {} }), configurable: false, writable: false });",
        "delete globalThis.assert; globalThis.fetch = async () => new Response('{}');",
        "const proto = Object.getPrototypeOf(await fetch(code + '/json')); proto.json = async () => ({ n: 4 });",
        "Function.prototype.call = () => {}; Function.prototype.apply = () => {}; Reflect.apply = () => {};",
        "const key = 'constr' + 'uctor'; ({})[key].prototype.then = f => f();",
        "fetch = async () => new Response('{}');",
        "const blob = await new Response('x').blob(); Object.getPrototypeOf(blob).text = async () => 'y'; Headers = null; Blob = 1; Response = 2",
        "window.$ = null; window.Date = class {}; console.log = null; XMLHttpRequest.prototype.open = () => {};",
        "Error = class {}; Map.prototype.get = () => 1; Set.prototype.has = () => true; WeakMap.prototype.has = () => true;",
    ] {
        let data = "const data = await (await fetch(code + '/json')).json(); assert.equal(data.n, 4);";
        let good = "assert.equal(await new Response('x').blob().then(b => b.text()), 'x'); await $.get(code + '/json'); console.log(new Date(0)); const data = await (await fetch(code + '/json')).json(); assert.equal(data.n, 3); assert.match(data.greeting, /^h/);";
        let verdicts = run_all(settings(Rules::Honest), &usual(), &[meddling, wrong, data, good]);
        assert_eq!(message(&verdicts[1]), "expected 1 to equal 2", "{meddling}");
        assert_eq!(message(&verdicts[2]), "expected 3 to equal 4", "{meddling}");
        assert!(passed(&verdicts[3]), "{meddling}: {:?}", verdicts[3].outcome);
    }
}

#[test]
fn the_clock_is_further_at_each_hint() {
    let verdicts = run_all(
        settings(Rules::Honest),
        &usual(),
        &[
            "globalThis.first = Date.now(); globalThis.real = new Date(); assert.instanceOf(real, Date)",
            "assert.isAtLeast(Date.now() - first, 100); globalThis.second = +new Date();",
            "assert.isAtLeast(new Date().getTime() - second, 100); assert.isBelow(Date.now() - first, 5000)",
            "assert.equal(new Date(0).toISOString(), '1970-01-01T00:00:00.000Z'); assert.equal(Date.UTC(1970, 0), 0); assert.isString(Date()); assert.equal(Date.name, 'Date')",
        ],
    );
    assert!(verdicts.iter().all(passed), "{verdicts:?}");
}

#[test]
fn hooks_run_around_the_hints() {
    let code = |text: &str| Some(Code::at_line(text, 1));
    let mut with_hooks = settings(Rules::Honest);
    with_hooks.hooks = Hooks {
        before_all: code(
            "const shared = []; function add(x) { shared.push(x); }\nArray.prototype.last = function () { return this[this.length - 1]; };",
        ),
        before_each: code("const each = 'each';"),
        after_each: code("add('after'); if (shared.includes('bad')) throw new Error('after each');"),
        after_all: code("console.log(shared.join()); throw new Error('logged')"),
    };
    let (verdicts, console) = block_on(async {
        let server = usual();
        let mut page = Sandbox::new().page(with_hooks);
        let mut verdicts = Vec::new();
        for block in [
            "add(each);",
            "assert.deepEqual(shared, ['each', 'after']); assert.equal(shared.last(), 'after')",
            "add('bad')",
        ] {
            verdicts.push(page.run(&program(block), &server).await);
        }
        let console = page.finish(&server).await;
        (verdicts, console)
    });
    assert!(verdicts[..2].iter().all(passed), "{verdicts:?}");
    assert_eq!(message(&verdicts[2]), "after each");
    assert_eq!(console, ["after-all: logged", "each,after,after,bad,after"]);
}

#[test]
fn the_console_is_captured_and_bounded() {
    let verdict = honest("console.log('a', 1, { b: [null, undefined] }); console.error('%s is %d', 'x', 2);");
    assert_eq!(verdict.console, ["a 1 {b: [null, undefined]}", "x is 2"]);
    let verdict = honest("for (let i = 0; i < 10000; i += 1) console.log('x'.repeat(100));");
    assert!(passed(&verdict));
    assert!(verdict.console.iter().map(String::len).sum::<usize>() < 70_000);
}

#[test]
fn a_thrown_null_fails_and_unsettled_promises_are_errors() {
    let verdict = honest("throw null");
    let Outcome::Failed(failure) = &verdict.outcome else { panic!("{:?}", verdict.outcome) };
    assert_eq!(failure.kind, FailureKind::Thrown { name: "null".to_owned() });
    let outcome = honest("await new Promise(() => {})").outcome;
    assert!(matches!(outcome, Outcome::Errored(Cause::TimedOut { .. })), "{outcome:?}");
    assert!(passed(&run(Rules::Browser, &usual(), "new Promise(() => {})")));
    assert!(passed(&honest("const p = Promise.reject(new Error('x')); await fetch(code); try { await p; } catch {}")));
    assert_eq!(message(&honest("Promise.reject(new Error('x')); await fetch(code);")), "x");
}

/// Blocks that try to take everything. Each must end as errored, soon, and leave the page usable.
#[test]
fn hostile_blocks_end_within_their_limits() {
    let hostile = [
        "while (true) {}",
        "while (true) { try { while (true) {} } finally { continue; } }",
        "const f = () => Promise.resolve().then(f); await f();",
        "const f = () => Promise.resolve().then(f); f();",
        "const f = () => setTimeout(f, 0); f(); await new Promise(() => {});",
        "setTimeout(() => { while (true) {} }, 0); await new Promise(() => {});",
        "await new Promise(() => setInterval(() => {}, 1));",
        "/^(a+)+$/.test('a'.repeat(40) + 'b')",
        "let s = 'x'; while (true) s += s;",
        "let s = 'x'; for (;;) { try { s = s + s; } catch { } }",
        "const a = []; while (true) a.push(new Array(1000).fill(0));",
        "new Array(1e9).fill(0)",
        "const f = () => f(); f();",
        "const f = () => { try { f(); } finally { f(); } }; f();",
        "const s = 'a'.repeat(2e7); for (let i = 0; i < 1000; i += 1) s.indexOf('b');",
        "for (;;) await fetch(code + '/json');",
        "for (;;) fetch(code + '/json');",
        "await new Promise(() => {});",
        "await fetch(code + '/slow');",
        "await new Promise(done => { const x = new XMLHttpRequest(); x.open('GET', code + '/slow'); x.onload = done; x.send(); });",
        "const o = {}; o.toString = () => { throw o; }; for (;;) { try { `${o}` } catch {} }",
        "throw { get message() { for (;;) {} } }",
        "JSON.parse('['.repeat(1e6))",
        "new Proxy({}, { get(t, k, r) { return r[k]; } }).x",
    ];
    let mut small = settings(Rules::Honest);
    small.limits = Limits { time: Duration::from_millis(300), ..Limits::default() };
    block_on(async {
        let server = usual();
        let sandbox = Sandbox::new();
        for block in hostile {
            let mut page = sandbox.page(small.clone());
            assert!(passed(&page.run(&program("globalThis.mine = 1;"), &server).await));
            let verdict = page.run(&program(block), &server).await;
            let throws = block.starts_with("throw {") || block.starts_with("JSON");
            let expected = matches!(verdict.outcome, Outcome::Errored(_))
                || (throws && matches!(verdict.outcome, Outcome::Failed(_)));
            assert!(expected, "{block}: {:?}", verdict.outcome);
            assert!(verdict.duration < Duration::from_secs(5), "{block}: {:?}", verdict.duration);
            eprintln!("{:>5} ms  {:?}  {block}", verdict.duration.as_millis(), verdict.outcome);
            let next = page
                .run(&program("assert.equal(await (await fetch(code + '/html')).text(), '<h1>hello</h1>');"), &server)
                .await;
            assert!(passed(&next), "after {block}: {:?}", next.outcome);
            let kept = page.run(&program("assert.equal(mine, 1)"), &server).await;
            let known = passed(&kept) || matches!(kept.outcome, Outcome::Errored(Cause::Unsupported { .. }));
            assert!(known, "after {block}: {:?}", kept.outcome);
        }
    });
}

/// From its second run on, a block runs from what the engine kept of the first.
#[test]
fn a_block_comes_to_the_same_end_however_often_it_runs() {
    let blocks = [
        "assert.equal(1, 1);",
        "const data = await (await fetch(code + '/json')).json();\n\n  assert.equal(data.n, 4, 'é');",
        "let a;\nlet b = `é${1}`; a.b.c();",
        "throw new TypeError('x');",
        "undeclared = 1;",
        "assert.equal(this === globalThis, false)",
        "const f = function () { return this };\nassert.equal(f(), 1)",
        "const f = () => { /* in its text */ }; assert.equal(f.toString(), 'x')",
        "assert.equal((function () { return arguments.length })(1, 2), 3)",
        "const await_ = 1; <!-- a comment\nassert.equal(await_, 2)",
        "(getUserInput) => { var await = 1;\nassert.equal(await + getUserInput('url'), 2) }",
        "getUserInput('url').then(1)",
        "$.get(getUserInput('url') + '/html').then(data => { assert.equal(data, 1) })",
        "fetch(code + '/html').then(r => { assert.equal(r.status, 201) })",
        "const r = eval('1 +'); ",
        "assert.match('a\\u2028b', /a.b/); class A { #x = 1; get x() { return this.#x } }\nassert.equal(new A().x, 2n)",
        "for (;;) {}",
        "const a = 1; const a = 2;",
    ];
    let mut short = settings(Rules::Honest);
    short.limits = Limits { time: Duration::from_millis(200), ..Limits::default() };
    let server = usual();
    for rules in [Rules::Honest, Rules::Browser] {
        let sandbox = Sandbox::new();
        let settings = grade::sandbox::PageSettings { rules, ..short.clone() };
        let round = || -> Vec<String> {
            let one = |block: &&str| {
                let mut page = sandbox.page(settings.clone());
                let verdict = block_on(page.run(&program(block), &server));
                format!("{block}\n{:#?}\n{:?}", verdict.outcome, verdict.notes)
            };
            blocks.iter().map(one).collect()
        };
        let first = round();
        for _ in 0..3 {
            assert_eq!(round(), first);
        }
    }
}
