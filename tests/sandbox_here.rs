//! Hints that are evaluated on the thread of whoever asks: the same verdicts as on threads of their own, and nobody waits long.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

mod support;

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use grade::fetch::{FetchFuture, Fetcher, Request};
use grade::sandbox::{Limits, PageSettings, Rules, Sandbox, ScriptPage, ScriptVerdict};
use grade::verdict::{Cause, Outcome};
use support::here::{evaluate, introduce, told, with_stack};
use support::script::{Server, block_on, message, passed, program, settings, usual};

/// A hint that is brief, evaluated here. On a busy machine a turn may last long all the same.
async fn here(page: &mut ScriptPage, sandbox: &Sandbox, block: &str, server: &dyn Fetcher) -> ScriptVerdict {
    for _ in 0..20 {
        let (verdict, here) = evaluate(page, block, server).await;
        if here {
            return verdict;
        }
        introduce(sandbox, &settings(Rules::Honest), block, server).await;
    }
    panic!("{block} is not evaluated here");
}

const BRIEF: &[&str] = &[
    "assert.equal(1, 1)",
    "const data = await (await fetch(code + '/json')).json(); assert.equal(data.n, 4, 'é');",
    "const [a, b] = await Promise.all([fetch(code + '/json'), fetch(code + '/html')]); assert.equal((await a.json()).n, 3); assert.match(await b.text(), /helo/)",
    "$.get(getUserInput('url') + '/html').then(data => { assert.equal(data, 1) }, xhr => { throw new Error(xhr.statusText) })",
    "(getUserInput) => $.get(getUserInput('url') + '/none').then(() => {}, xhr => { throw new Error(xhr.responseText) })",
    "await fetch(code + '/dead')",
    "await fetch(code + '/refused')",
    "await (await fetch(code + '/cut')).text()",
    "fetch(code + '/html').then(r => { assert.equal(r.status, 201) })",
    "console.log('said', { a: [1] }); assert.fail('on purpose')",
    "await new Promise(() => {})",
    "throw null",
    "undeclared",
    "console.log(Date.now())",
];

#[test]
fn verdicts_are_those_of_a_thread_of_its_own() {
    with_stack(|| {
        for rules in [Rules::Honest, Rules::Browser] {
            let settings = PageSettings { still: Some(1_700_000_000_000.0), ..settings(rules) };
            block_on(async {
                let (server, threads, sandbox) = (usual(), Sandbox::new(), Sandbox::for_many(4));
                for block in BRIEF {
                    let fresh = told(&threads.page(settings.clone()).run(&program(block), &server).await);
                    introduce(&sandbox, &settings, block, &server).await;
                    for round in 0..3 {
                        let mut page = sandbox.page(settings.clone());
                        let verdict = here(&mut page, &sandbox, block, &server).await;
                        assert_eq!(told(&verdict), fresh, "{round}: {block}");
                    }
                }
                // All hints of one page, and pages side by side.
                let mut pages: Vec<ScriptPage> = (0..3).map(|_| sandbox.page(settings.clone())).collect();
                for block in BRIEF {
                    let fresh = told(&threads.page(settings.clone()).run(&program(block), &server).await);
                    let [one, two, three] = &mut pages[..] else { unreachable!() };
                    let all = tokio::join!(
                        here(one, &sandbox, block, &server),
                        here(two, &sandbox, block, &server),
                        here(three, &sandbox, block, &server)
                    );
                    for verdict in [all.0, all.1, all.2] {
                        assert_eq!(told(&verdict), fresh, "{block}");
                    }
                }
            });
        }
    });
}

/// A server that is as usual until it is turned.
struct Turning {
    before: Server,
    after: Server,
    turned: AtomicBool,
}

impl Turning {
    fn new() -> Self {
        let after =
            Server::new(&[("/json", 200, "application/json", r#"{"n":1000000000}"#), ("/echo", 200, "text/plain", "")]);
        Self { before: usual(), after, turned: AtomicBool::new(false) }
    }

    fn turn(&self) {
        self.turned.store(true, Ordering::Relaxed);
    }

    fn seen_after(&self) -> Vec<String> {
        self.after.seen().iter().map(|request| format!("{} {}", request.method, request.url.path())).collect()
    }
}

impl Fetcher for Turning {
    fn fetch(&self, request: Request) -> FetchFuture<'_> {
        if self.turned.load(Ordering::Relaxed) { self.after.fetch(request) } else { self.before.fetch(request) }
    }
}

#[test]
fn a_block_that_is_not_brief_after_all_gives_way() {
    with_stack(|| {
        let limits = Limits { time: Duration::from_millis(400), ..Limits::default() };
        let settings = PageSettings { limits, ..settings(Rules::Honest) };
        block_on(async {
            let (server, sandbox) = (Turning::new(), Sandbox::for_many(2));
            let block = "const { n } = await (await fetch(code + '/json')).json(); let i = 0; while (i < n) i += 1; assert.isOk(i)";
            introduce(&sandbox, &settings, block, &server).await;
            server.turn();
            let mut page = sandbox.page(settings.clone());
            assert!(page.may_run_here(&program(block)));
            let (verdict, here) = evaluate(&mut page, block, &server).await;
            assert!(!here);
            assert!(matches!(verdict.outcome, Outcome::Errored(Cause::TimedOut { .. })), "{:?}", verdict.outcome);
            assert_eq!(server.seen_after(), ["GET /json", "GET /json"]);
            assert_eq!(verdict.exchanges.len(), 1, "what was given up is not told");
            // It is not trusted any more, by no page; others are.
            assert!(!sandbox.page(settings.clone()).may_run_here(&program(block)));
            let fine = "assert.equal(1, 2)";
            introduce(&sandbox, &settings, fine, &server).await;
            let (verdict, here) = evaluate(&mut sandbox.page(settings.clone()), fine, &server).await;
            assert!(here);
            assert_eq!(message(&verdict), "expected 1 to equal 2");
            // Nor can it go on by catching what stops it.
            let block = "const { n } = await (await fetch(code + '/json')).json(); for (;;) { try { let i = 0; while (i < n) i += 1; break } catch {} } ";
            let turned = Turning::new();
            introduce(&sandbox, &settings, block, &turned).await;
            turned.turn();
            let (verdict, here) = evaluate(&mut sandbox.page(settings.clone()), block, &turned).await;
            assert!(
                !here && matches!(verdict.outcome, Outcome::Errored(Cause::TimedOut { .. })),
                "{:?}",
                verdict.outcome
            );
        });
    });
}

#[test]
fn what_changes_the_project_is_asked_for_once_and_on_a_thread() {
    with_stack(|| {
        let settings = settings(Rules::Honest);
        block_on(async {
            let (server, sandbox) = (usual(), Sandbox::for_many(2));
            let always = "assert.equal((await fetch(code + '/echo', { method: 'POST', body: 'a' })).status, 200)";
            for _ in 0..3 {
                let (verdict, here) = evaluate(&mut sandbox.page(settings.clone()), always, &server).await;
                assert!(passed(&verdict) && !here);
            }
            assert_eq!(server.seen().len(), 3);
            let sometimes = "const { n } = await (await fetch(code + '/json')).json(); if (n > 3) await fetch(code + '/echo', { method: 'DELETE' }); assert.equal(n, 1e9)";
            let server = Turning::new();
            introduce(&sandbox, &settings, sometimes, &server).await;
            server.turn();
            let (verdict, here) = evaluate(&mut sandbox.page(settings.clone()), sometimes, &server).await;
            assert!(passed(&verdict) && !here, "{:?}", verdict.outcome);
            assert_eq!(server.seen_after(), ["GET /json", "GET /json", "DELETE /echo"]);
        });
    });
}

#[test]
fn a_page_in_which_something_was_left_goes_on_where_it_is() {
    with_stack(|| {
        let settings = settings(Rules::Honest);
        block_on(async {
            let (server, threads, sandbox) = (usual(), Sandbox::new(), Sandbox::for_many(2));
            let looks = "assert.equal(await $.ajax({}), '<h1>hello</h1>')";
            let leaves = "$.ajaxSetup({ url: code + '/html' })";
            introduce(&sandbox, &settings, looks, &server).await;
            let mut page = sandbox.page(settings.clone());
            let (verdict, here) = evaluate(&mut page, looks, &server).await;
            assert!(!passed(&verdict) && here);
            let (verdict, here) = evaluate(&mut page, leaves, &server).await;
            assert!(passed(&verdict) && !here);
            let (verdict, here) = evaluate(&mut page, looks, &server).await;
            assert!(passed(&verdict) && !here, "{:?}", verdict.outcome);
            let mut own = threads.page(settings.clone());
            assert!(
                passed(&own.run(&program(leaves), &server).await) && passed(&own.run(&program(looks), &server).await)
            );
            let (verdict, here) = evaluate(&mut sandbox.page(settings.clone()), looks, &server).await;
            assert!(!passed(&verdict) && here, "another page has nothing of it");
        });
    });
}

#[test]
fn a_hint_that_is_cut_off_leaves_nothing_to_others() {
    with_stack(|| {
        let settings = settings(Rules::Honest);
        block_on(async {
            let (server, sandbox) = (Turning::new(), Sandbox::for_many(2));
            let slow = "const { n } = await (await fetch(code + '/json')).json(); if (n > 3) await fetch(code + '/slow'); console.log('awake'); assert.equal(n, 3)";
            introduce(&sandbox, &settings, slow, &server).await;
            server.turn();
            let mut page = sandbox.page(settings.clone());
            let cut = tokio::time::timeout(Duration::from_millis(100), page.run_here(&program(slow), &server)).await;
            assert!(cut.is_err());
            drop(page);
            let fine = "console.log('x'); assert.equal(1, 2)";
            introduce(&sandbox, &settings, fine, &server).await;
            for _ in 0..3 {
                let (verdict, here) = evaluate(&mut sandbox.page(settings.clone()), fine, &server).await;
                assert!(here);
                assert_eq!(verdict.console, ["x"]);
            }
        });
    });
}

#[test]
fn limits_are_those_of_a_thread_of_its_own() {
    with_stack(|| {
        let limits = Limits { time: Duration::from_millis(300), memory: 8 << 20, requests: 2, ..Limits::default() };
        let settings = PageSettings { limits, ..settings(Rules::Honest) };
        block_on(async {
            let (server, threads, sandbox) = (usual(), Sandbox::new(), Sandbox::for_many(2));
            for block in [
                "await fetch(code + '/slow')",
                "for (let i = 0; i < 3; i += 1) await fetch(code + '/json')",
                "const f = () => f(); f()",
                "const list = []; for (;;) list.push('x'.repeat(1e5) + list.length);",
                "setInterval(() => {}, 1); await new Promise(() => {})",
            ] {
                let fresh = told(&threads.page(settings.clone()).run(&program(block), &server).await);
                for _ in 0..3 {
                    let (verdict, _) = evaluate(&mut sandbox.page(settings.clone()), block, &server).await;
                    assert_eq!(told(&verdict), fresh, "{block}");
                }
            }
        });
    });
}

#[test]
fn without_realms_here_nothing_runs_here() {
    block_on(async {
        let (server, sandbox) = (usual(), Sandbox::new());
        let block = "assert.equal(1, 1)";
        let mut page = sandbox.page(settings(Rules::Honest));
        page.run(&program(block), &server).await;
        assert!(!page.may_run_here(&program(block)));
        assert!(page.run_here(&program(block), &server).await.is_none());
    });
}

/// Searches that are left to others than the engine where that cannot be seen.
const SEARCHES: &[&str] = &[
    "assert.match(await (await fetch(code + '/html')).text(), /<h1>.*o</s)",
    "const r = /l+/g; assert.match('hello all', r); assert.equal(r.lastIndex, 4); assert.match('hello all', r); assert.equal(r.lastIndex, 0)",
    "const r = /b/g; assert.match('é\\u{1f600}b', r); assert.equal(r.lastIndex, 4)",
    "const r = /x?/g; assert.match('abc', r); assert.equal(r.lastIndex, 1)",
    "const r = /a/g; r.lastIndex = 1; assert.match('aa', r); assert.equal(r.lastIndex, 2); assert.match('aa', r)",
    "const r = /a/; r.lastIndex = 5; assert.match('aa', r); assert.equal(r.lastIndex, 0)",
    "assert.match('a\\u{1f600}b', /^a..b$/)",
    "assert.match('a\\u{1f600}b', /^a.b$/u)",
    "assert.match('\\ud83d', /\\ud83d/)",
    "assert.match('\\ud83d', /^.$/)",
    "assert.match('ab', /(a)\\1|b/)",
    "assert.match('a\\nb', /^b/m)",
    "assert.match('ax', /x/y)",
    "assert.match('A', /a/i)",
    "assert.match('x', RegExp.prototype)",
    "assert.match('x', Object.create(RegExp.prototype))",
    "assert.match('x', Object.freeze(/x/g))",
    "class R extends RegExp { exec() { return null } } assert.match('x', new R('x'))",
    "const r = /a/; Object.defineProperty(r, 'global', { value: true }); assert.match('ba', r); assert.equal(r.lastIndex, 1)",
    "const r = /a/g; Object.defineProperty(r, 'flags', { value: '' }); assert.match('ba', r); assert.equal(r.lastIndex, 1)",
    "const r = /a/; Object.defineProperty(r, 'source', { value: 'b' }); assert.match('b', r)",
    "assert.match(new String('x'), /x/)",
    "assert.match(5, /5/)",
    "assert.match('b', /a/, 'no a')",
    "assert.match('x'.repeat(18), /(x+x+)+y/)",
    "RegExp.prototype.exec = () => null; assert.match('x', /x/)",
];

#[test]
fn searches_outside_of_the_engine_come_to_the_same() {
    let settings = settings(Rules::Honest);
    block_on(async {
        let (server, threads, sandbox) = (usual(), Sandbox::new(), Sandbox::for_many(2));
        for block in SEARCHES {
            let fresh = told(&threads.page(settings.clone()).run(&program(block), &server).await);
            for _ in 0..2 {
                let verdict = sandbox.page(settings.clone()).run(&program(block), &server).await;
                assert_eq!(told(&verdict), fresh, "{block}");
            }
        }
    });
}
