//! A realm that served one page serves the next as a new one would, or does not serve it.

use std::time::Duration;

use super::super::program::{Code, Hooks, Limits, PageSettings};
use super::thread::{Thread, settings, told, with_stack};
use crate::verdict::Rules;

const BOTH: [Rules; 2] = [Rules::Browser, Rules::Honest];

/// Blocks that leave nothing, of all kinds that hints are of, with endings of all kinds.
const CLEAN: &[&str] = &[
    "const res = await fetch(code + '/json'); assert.isTrue(res.ok); assert.equal((await res.json()).n, 3);",
    "const data = await (await fetch(code + '/json')).json(); assert.deepEqual(data.list, [1, 3], 'the list');",
    "async (getUserInput) => { const res = await fetch(getUserInput('url') + '/json'); assert.equal(res.status, 201); }",
    "(getUserInput) => $.get(getUserInput('url') + '/json').then(data => { assert.equal(data.n, 3) }, xhr => { throw new Error(xhr.responseText) })",
    "(getUserInput) => $.get(getUserInput('url') + '/broken').then(() => {}, (xhr, status, error) => { throw new Error(status + error.message) })",
    "const xhr = new XMLHttpRequest(); xhr.open('GET', code + '/json'); await new Promise(done => { xhr.onload = done; xhr.send(); }); assert.equal(xhr.responseText, 'x')",
    "(getUserInput) => $.get(getUserInput('url') + '/xml').then(page => { assert.equal(page.documentElement.nodeName, 'b') })",
    "await (await fetch(code + '/broken')).json();",
    "JSON.parse('{\"a\" 1}')",
    "assert.equal(JSON.parse('{\"a\":1}').a, 2)",
    "assert.property({ a: 1 }, 'b')",
    "assert.throws(() => null.x, RangeError)",
    "assert.match('abc', /b/g); const parts = []; for (const [m] of 'abab'.matchAll(/b/g)) parts.push(m); assert.lengthOf(parts, 3)",
    "const tag = (strings, ...values) => strings.raw.join('|') + values; assert.equal(tag`a${1}b\\n`, 'x')",
    "null.foo()",
    "undeclared",
    "throw null",
    "assert.isAbove(new Date(2020, 1, 1).getTime(), Date.now())",
    "const form = new FormData(); form.append('a', 'b'); const res = await fetch(code + '/json', { method: 'POST', body: new URLSearchParams({ a: 'b' }) }); assert.equal(res.headers.get('x-b'), form.get('a'))",
    "const request = new Request(code + '/json', { headers: { 'X-A': '1' } }); assert.equal((await fetch(request)).url, request.headers.get('x-a'))",
    "assert.equal(atob(btoa('a')), 'b')",
    "const bytes = new TextEncoder().encode('aé'); assert.equal(new TextDecoder().decode(bytes), 'a')",
    "atob('*')",
    "assert.equal(await new Blob(['a', 'b']).text(), crypto.randomUUID().slice(0, 0))",
    "console.log('said', { a: [1] }); console.error('%d', 2); assert.fail('on purpose')",
    "fetch(code + '/json').then(res => { assert.equal(res.status, 500) })",
    "await new Promise(() => {})",
    "assert.instanceOf(await fetch(code + '/html'), Response); assert.equal((1234.5).toLocaleString('en-US'), 'x')",
    "class Made { static made = 1; #n = 2; n() { return [...'ab'].map(c => c + Made.made) } } assert.deepEqual(new Made().n(), [])",
    "assert.include(`${Symbol.for('a').description}`, 'b')",
    "assert.equal(getUserInput('url'), 'x')",
    "  // nothing",
    "let n = 0; while (n < 3) n += 1; n",
];

#[test]
fn blocks_that_leave_nothing_share_a_realm_and_see_no_difference() {
    with_stack(|| {
        for rules in BOTH {
            let fresh: Vec<_> = CLEAN.iter().map(|block| Thread::default().told(rules, &[block])).collect();
            let mut thread = Thread::default();
            for round in 1..=2 {
                for (at, block) in CLEAN.iter().enumerate() {
                    assert_eq!(thread.told(rules, &[block]), fresh[at], "round {round}, {block}");
                }
            }
            // One needs no realm at all: it is empty.
            let pages = u32::try_from(2 * (CLEAN.len() - 1)).unwrap();
            assert_eq!(thread.pages(), pages, "none of them is thrown away");
        }
    });
}

/// What a page must not find of one before: a block that leaves it, and one that fails when it is there.
const LEFT: &[(&str, &str)] = &[
    ("globalThis.left = 1", "assert.equal(typeof left, 'undefined')"),
    ("fetch = 1", "assert.equal(typeof fetch, 'function')"),
    ("({ fetch } = { fetch: 1 })", "assert.equal(typeof fetch, 'function')"),
    ("[fetch] = [1]", "assert.equal(typeof fetch, 'function')"),
    ("for (fetch of [1]);", "assert.equal(typeof fetch, 'function')"),
    ("const g = (() => this)(); g.left = 1", "assert.equal(typeof left, 'undefined')"),
    ("Array.prototype.left = 1", "assert.isUndefined([].left)"),
    ("const { prototype } = Array; prototype.left = 1", "assert.isUndefined([].left)"),
    ("const a = []; try { throw Array } catch (a) { a.left = 1 }", "assert.isUndefined(Array.left)"),
    ("const a = []; { const [a] = [Array]; a.left = 1 }", "assert.isUndefined(Array.left)"),
    ("let a = []; ({ a } = { a: Array }); a.left = 1", "assert.isUndefined(Array.left)"),
    ("function URL() { return Array } const a = new URL(); a.left = 1", "assert.isUndefined(Array.left)"),
    ("JSON.parse = () => 1", "assert.deepEqual(JSON.parse('[]'), [])"),
    ("Object.freeze(Array.prototype)", "assert.isFalse(Object.isFrozen(Array.prototype))"),
    ("Object.freeze(fetch)", "assert.isFalse(Object.isFrozen(fetch))"),
    ("localStorage.setItem('left', 1)", "assert.isNull(localStorage.getItem('left'))"),
    ("sessionStorage.left = 1", "assert.isNull(sessionStorage.getItem('left'))"),
    ("console.count()", "console.count()"),
    ("console.group()", "console.log('x')"),
    ("for (const [name, write] of Object.entries(console)) if (name === 'co' + 'unt') write()", "console.count()"),
    ("$.ajaxSetup({ headers: { left: '1' } })", "assert.isUndefined($.left)"),
    (
        "$.each($, (name, own) => { if (name === 'ajax' + 'Setup') own({ url: code + '/404' }) })",
        "await $.ajax({}); assert.fail()",
    ),
    ("Error.stackTraceLimit = 0", "null.foo()"),
    (
        "setInterval(() => console.log('tick'), 1)",
        "await fetch(code + '/json'); await fetch(code + '/json'); assert.fail()",
    ),
    ("document.title", "assert.fail()"),
    ("assert.equal.left = 1", "assert.isUndefined(assert.equal.left)"),
    ("getUserInput.left = 1", "assert.isUndefined(getUserInput.left)"),
    ("performance.left = 1", "assert.isUndefined(performance.left)"),
    ("new FinalizationRegistry(() => console.log('gone')).register({}, 1)", "assert.fail()"),
    ("const { get } = $; get.left = 1", "assert.isUndefined($.get.left)"),
    ("assert.match('x', /x/); assert.equal(1, 1)", "assert.equal(Object.keys(assert).slice(0, 3).join(), '')"),
    (
        "assert.match('x', /x/); new Headers()",
        "assert.equal(Object.getOwnPropertyNames(globalThis).slice(-3).join(), '')",
    ),
    ("new Headers()", "assert.isFalse(('Head' + 'ers') in this)"),
];

#[test]
fn what_a_block_leaves_is_gone_with_its_page() {
    with_stack(|| {
        let rules = Rules::Honest;
        let mut thread = Thread::default();
        for (leaving, looking) in LEFT {
            let fresh = Thread::default().told(rules, &[looking]);
            // A realm that has been used is there for whoever would take it.
            thread.told(rules, &["assert.equal(1, 1)"]);
            thread.told(rules, &[leaving]);
            assert_eq!(thread.told(rules, &[looking]), fresh, "after {leaving}");
            let mut first = Thread::default();
            first.told(rules, &[leaving]);
            assert_eq!(first.told(rules, &[looking]), fresh, "after {leaving} in a realm of its own");
        }
        assert!(thread.pages() >= u32::try_from(LEFT.len()).unwrap(), "the shared realm is still there");
    });
}

#[test]
fn a_page_goes_on_in_a_realm_of_its_own_when_a_block_may_leave_something() {
    with_stack(|| {
        let mut thread = Thread::default();
        let clean = "assert.equal(1, 1)";
        thread.told(Rules::Honest, &[clean]);
        assert_eq!(thread.pages(), 1);
        let reports = thread.told(
            Rules::Honest,
            &[clean, "globalThis.left = 1", "assert.equal(left, 1)", "localStorage.setItem('a', 1)"],
        );
        assert!(reports.iter().all(|report| report.starts_with("Passed")), "{reports:?}");
        assert_eq!(thread.pages(), 2, "the shared one went back to its shelf");
        let report = thread.told(Rules::Honest, &["assert.equal(typeof left, 'undefined')"]).remove(0);
        assert!(report.starts_with("Passed"), "{report}");
        assert_eq!(thread.pages(), 3);
        // Hooks and other limits make a page that shares with none.
        let code = Some(Code::at_line("globalThis.left = 1", 1));
        let hooks = Hooks { before_each: code, ..Hooks::default() };
        thread.page(&PageSettings { hooks, ..settings(Rules::Honest) }, &[clean]);
        assert_eq!(thread.pages(), 3);
        let limits = Limits { memory: 16 << 20, ..Limits::default() };
        thread.page(&PageSettings { limits, ..settings(Rules::Honest) }, &[clean]);
        assert_eq!(thread.pages(), 1);
    });
}

#[test]
fn a_realm_in_which_a_limit_was_met_is_thrown_away() {
    with_stack(|| {
        let limits = Limits { time: Duration::from_millis(300), memory: 8 << 20, requests: 2, ..Limits::default() };
        let limited = PageSettings { limits, ..settings(Rules::Honest) };
        let fine = "assert.equal(await (await fetch(code + '/html')).text(), '<h1>hello</h1>')";
        for (bad, pages) in [
            ("for (;;);", 0),
            ("try { for (;;); } catch {}", 0),
            ("const list = []; for (;;) list.push('x'.repeat(1e5) + list.length);", 0),
            ("for (let i = 0; i < 3; i += 1) await fetch(code + '/json')", 0),
            ("await fetch(code + '/json', { mode: 'no-cors' })", 0),
            ("let text = 'x'; for (;;) text += text;", 0),
            ("const f = () => f(); f()", 0),
            // The module that is loaded where the stack is full is lost to its realm.
            ("const f = () => { try { f() } catch { assert.equal(1, 2) } }; try { f() } catch {}", 0),
            ("const f = () => f(); try { f() } catch {}", 2),
        ] {
            let mut thread = Thread::default();
            assert!(told(&thread.page(&limited, &[fine])[0]).starts_with("Passed"));
            assert_eq!(thread.pages(), 1);
            let fresh = told(&Thread::default().page(&limited, &[bad])[0]);
            assert_eq!(told(&thread.page(&limited, &[bad])[0]), fresh, "{bad}");
            assert_eq!(thread.pages(), pages, "{bad}");
            assert!(told(&thread.page(&limited, &[fine])[0]).starts_with("Passed"), "{bad}");
            let wrong = told(&thread.page(&limited, &["assert.equal(1, 2)"])[0]);
            assert!(wrong.contains("expected 1 to equal 2"), "{bad}: {wrong}");
        }
    });
}

#[test]
fn the_clock_of_a_page_is_its_own() {
    with_stack(|| {
        let mut thread = Thread::default();
        let still = |time| PageSettings { still: Some(time), ..settings(Rules::Honest) };
        let show = "console.log(Date.now(), new Date().toISOString())";
        let mut shown = |settings: &PageSettings| thread.page(settings, &[show]).remove(0).console.remove(0);
        assert_eq!(shown(&still(1000.0)), "1000 1970-01-01T00:00:01.000Z");
        assert_eq!(shown(&still(500.0)), "500 1970-01-01T00:00:00.500Z");
        let time = |line: String| line.split(' ').next().unwrap().parse::<u64>().unwrap();
        let running = PageSettings { still: None, ..settings(Rules::Honest) };
        let running = time(shown(&running));
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_millis();
        assert!(u128::from(running).abs_diff(now) < 60_000, "{running} {now}");
        assert_eq!(shown(&still(500.0)), "500 1970-01-01T00:00:00.500Z");
        assert_eq!(thread.pages(), 4);
        // It goes on where a page changes its realm.
        let running = PageSettings { still: None, ..settings(Rules::Honest) };
        let lines = thread.page(&running, &[show, "globalThis.x = 1", show]);
        let first = time(lines[0].console[0].clone());
        assert!(time(lines[2].console[0].clone()) >= first + 200, "{:?}", (first, &lines[2].console));
        let lines = thread.page(&still(500.0), &[show, "globalThis.x = 1", show]);
        assert_eq!(lines[2].console[0], "500 1970-01-01T00:00:00.500Z");
    });
}

#[test]
fn the_memory_of_a_thread_stays_bounded() {
    with_stack(|| {
        let mut thread = Thread::default();
        // Rings, which counting alone never frees.
        let ring = "const ring = { text: 'x'.repeat(50000) }; ring.self_ = ring; assert.isOk(ring)";
        let mut most = 0;
        for page in 0..200 {
            let report = thread.told(Rules::Honest, &[ring]).remove(0);
            assert!(report.starts_with("Passed"), "{page}: {report}");
            most = most.max(thread.shelf.with_last(|realm| realm.state.usage.used()).unwrap());
        }
        assert!(most < 2 << 20, "{most}");
        assert_eq!(thread.pages(), 200);
        for _ in 0..900 {
            thread.told(Rules::Honest, &["assert.equal(1, 1)"]);
        }
        assert!(thread.pages() < 200, "no realm lives for ever: {}", thread.pages());
    });
}
