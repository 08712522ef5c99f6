//! Hints of several pages that wait for their answers in one realm, while others run there: none can tell, and none is the
//! worse for what befalls another.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

mod support;

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use bytes::Bytes;
use futures_util::future::join_all;
use grade::fetch::{FetchFuture, Fetcher, Request, Response, ResponseKind};
use grade::sandbox::{Limits, PageSettings, Rules, Sandbox};
use grade::verdict::{Cause, Outcome};
use support::corpus;
use support::here::{evaluate, introduce, told, with_stack};
use support::random::Random;
use support::script::{block_on, fetched, message, passed, program, settings};

/// A server whose answers tell what was asked, and come in any order. Once it is turned, `/n` is a large number, `/large` has a
/// large body, and `/held` is never answered. `/pause` takes a while.
struct Mixing {
    random: Mutex<Random>,
    turned: AtomicBool,
}

impl Mixing {
    fn new(seed: u64) -> Self {
        Self { random: Mutex::new(Random::new(seed, "order")), turned: AtomicBool::new(false) }
    }

    fn turn(&self) {
        self.turned.store(true, Ordering::Relaxed);
    }

    fn is_turned(&self) -> bool {
        self.turned.load(Ordering::Relaxed)
    }

    fn body(&self, path: &str) -> String {
        let name = path.rsplit('/').next().unwrap_or_default();
        match (name, self.is_turned()) {
            ("xml", _) => format!("<a path='{path}'/>"),
            ("broken", _) => format!("{{\"path\": {path}"),
            ("n", turned) => format!("{{\"n\":{}}}", if turned { 1_000_000_000 } else { 1 }),
            ("large", turned) => "large ".repeat(if turned { 500_000 } else { 1 }),
            _ => format!("{{\"path\":\"{path}\",\"n\":{}}}", path.len()),
        }
    }
}

impl Fetcher for Mixing {
    fn fetch(&self, request: Request) -> FetchFuture<'_> {
        Box::pin(async move {
            let path = request.url.path();
            if path.ends_with("/held") && self.is_turned() {
                std::future::pending::<()>().await;
            }
            if path.ends_with("/pause") {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
            let wait = self.random.lock().unwrap().below(7);
            for _ in 0..wait {
                tokio::task::yield_now().await;
            }
            let body = Bytes::from(self.body(path));
            let kind = if path.ends_with("/xml") { "application/xml" } else { "application/json" };
            let response = Response {
                status: if path.ends_with("/none") { 404 } else { 200 },
                status_text: String::new(),
                url: request.url.clone(),
                redirected: false,
                kind: ResponseKind::Cors,
                headers: vec![("content-type".into(), kind.into()), ("x-path".into(), path.into())],
                body: Ok(body),
            };
            fetched(request, Ok(response))
        })
    }
}

/// Settings of a page for which the server's answers are its own.
fn own(rules: Rules, page: usize) -> PageSettings {
    let still = Some(1_700_000_000_000.0 + f64::from(u32::try_from(page).unwrap()));
    PageSettings { url: format!("http://localhost:3000/p{page}"), still, ..settings(rules) }
}

/// Blocks of all kinds that wait, with endings of all kinds, which tell of their page.
const WAITING: &[&str] = &[
    "const a = await (await fetch(code + '/a')).json(); const b = await (await fetch(code + '/bb')).json(); assert.equal(a.path, b.path)",
    "const all = await Promise.all(['/x', '/y', '/z'].map(async path => (await (await fetch(code + path)).json()).path)); console.log(all); assert.equal(all.join(), code)",
    "(getUserInput) => $.get(getUserInput('url') + '/a').then(a => $.get(getUserInput('url') + '/b').then(b => { assert.equal(a.path, b.path) }))",
    "(getUserInput) => $.ajax({ url: getUserInput('url') + '/none', dataType: 'json' }).then(() => {}, xhr => { throw new Error(xhr.status + xhr.responseText) })",
    "(getUserInput) => $.get(getUserInput('url') + '/broken').then(() => {}, (xhr, status, error) => { throw new Error(status + error.message) })",
    "async (getUserInput) => { const first = await fetch(getUserInput('url') + '/a'); const text = await first.text(); await fetch(getUserInput('url') + '/b'); console.log(text); throw new RangeError(getUserInput('url')) }",
    "const xhr = new XMLHttpRequest(); xhr.open('GET', code + '/a'); await new Promise(done => { xhr.onload = done; xhr.send() }); const { path } = JSON.parse(xhr.responseText); await fetch(code); assert.equal(path, xhr.getResponseHeader('x-path') + '!')",
    "const xhr = new XMLHttpRequest(); xhr.open('GET', code + '/a'); xhr.onload = () => { assert.equal(xhr.responseURL, '') }; await new Promise(done => { xhr.onloadend = done; xhr.send() }); await fetch(code + '/b')",
    "(getUserInput) => $.get(getUserInput('url') + '/xml').then(page => fetch(code + '/a').then(() => { assert.equal(page.documentElement.getAttribute('path'), '') }))",
    "await (await fetch(code + '/broken')).json()",
    "fetch(code + '/a').then(res => { assert.equal(res.url, code) })",
    "const first = fetch(code + '/a'); first.then(() => { throw new Error(code) }); await first; await fetch(code + '/b')",
    "const failing = fetch(code + '/a').then(() => { throw new Error('seen') }); await fetch(code + '/b'); await failing.catch(e => console.log(e.message)); assert.fail(code)",
    "Promise.reject(new Error('nobody sees ' + code)); await fetch(code + '/a')",
    "await fetch(code + '/a'); console.log(Date.now()); await fetch(code + '/b'); assert.equal(new Date(Date.now()).getTime(), 0)",
    "const res = await fetch(code + '/a'); const copy = res.clone(); await fetch(code + '/b'); assert.notEqual(await copy.text(), await res.text())",
    "const parts = []; for await (const path of ['/1', '/2', '/3']) { const [m] = (await (await fetch(code + path)).text()).match(/p(\\d+)/); console.log(m) } assert.lengthOf(parts, 1)",
    "await fetch(code + '/a'); await new Promise(() => {})",
    "await fetch(code + '/a'); undeclared",
    "await fetch(code + '/a'); throw null",
    "await fetch(new Request(code + '/a', { headers: { a: 'b' } })); await fetch('https://user:pass@x.test')",
    "await fetch(code + '/a'); assert.equal(getUserInput('url'), code); assert.equal(atob(btoa(code)), new URL(code).pathname)",
    "const { headers } = await fetch(code + '/a'); await fetch(code + '/b'); assert.equal(headers.get('x-path'), new URLSearchParams({ a: code }).toString())",
    "assert.match(await (await fetch(code + '/a')).text(), /p\\d+.b/)",
    "assert.equal(code, 1)",
    "async function* own() { yield (await fetch(code + '/a')).url; yield code } for await (const one of own()) console.log(one); assert.fail()",
];

#[test]
fn no_page_can_tell_that_others_run_between() {
    with_stack(|| {
        for rules in [Rules::Honest, Rules::Browser] {
            let sandbox = Sandbox::for_many(20);
            let server = Mixing::new(1);
            block_on(async {
                for block in WAITING {
                    introduce(&sandbox, &own(rules, 0), block, &server).await;
                }
                let mut random = Random::new(2, "pages");
                let mut were_here = 0;
                for round in 0..6 {
                    // Each page has some of the blocks, in an order of its own.
                    let pages = (1..=20).map(|page| {
                        let blocks: Vec<&str> = (0..8).map(|_| *random.pick(WAITING)).collect();
                        (own(rules, page), blocks)
                    });
                    let pages: Vec<(PageSettings, Vec<&str>)> = pages.collect();
                    let all = join_all(pages.iter().map(async |(settings, blocks)| {
                        let (mut page, mut all) = (sandbox.page(settings.clone()), Vec::new());
                        for block in blocks {
                            let (verdict, is_here) = evaluate(&mut page, block, &server).await;
                            all.push((told(&verdict), is_here));
                        }
                        all
                    }));
                    for ((settings, blocks), all) in pages.iter().zip(all.await) {
                        let (threads, alone) = (Sandbox::new(), Mixing::new(3));
                        let mut page = threads.page(settings.clone());
                        for (block, (verdict, is_here)) in blocks.iter().zip(all) {
                            let expected = told(&page.run(&program(block), &alone).await);
                            assert_eq!(verdict, expected, "{rules:?}, round {round}, {}: {block}", settings.url);
                            were_here += usize::from(is_here);
                        }
                    }
                }
                // On a busy machine a turn may last long, and all that share the realm give way.
                assert!(were_here > 100, "{were_here} of 960");
            });
        }
    });
}

#[test]
fn a_page_that_spoils_the_realm_does_others_no_harm() {
    with_stack(|| {
        let limits = Limits { time: Duration::from_millis(700), ..Limits::default() };
        let limited = |page| PageSettings { limits: limits.clone(), ..own(Rules::Honest, page) };
        let innocent =
            "for (const at of [1, 2, 3, 4, 5, 6]) await fetch(code + '/' + at); assert.equal(code, 'x', 'as it is')";
        let endless = "const { n } = await (await fetch(code + '/n')).json(); let i = 0; while (i < n) i += 1";
        // On a busy machine a turn of the innocent may last long, too.
        let only_one_is_doubted = (0..5).any(|_| {
            block_on(async {
                let (server, sandbox) = (Mixing::new(4), Sandbox::for_many(3));
                introduce(&sandbox, &limited(0), innocent, &server).await;
                introduce(&sandbox, &limited(0), endless, &server).await;
                server.turn();
                let (mut one, mut two, mut three) =
                    (sandbox.page(limited(1)), sandbox.page(limited(2)), sandbox.page(limited(3)));
                let (before, spoiling, after) = tokio::join!(
                    evaluate(&mut one, innocent, &server),
                    evaluate(&mut two, endless, &server),
                    evaluate(&mut three, innocent, &server)
                );
                assert!(
                    matches!(spoiling.0.outcome, Outcome::Errored(Cause::TimedOut { .. })),
                    "{:?}",
                    spoiling.0.outcome
                );
                assert!(!spoiling.1);
                for (verdict, page) in [(before.0, 1), (after.0, 3)] {
                    assert_eq!(
                        message(&verdict),
                        format!("as it is: expected 'http://localhost:3000/p{page}' to equal 'x'")
                    );
                    assert_eq!(verdict.exchanges.len(), 6, "what was given up is not told");
                }
                assert!(!sandbox.page(limited(0)).may_run_here(&program(endless)));
                let is_trusted = sandbox.page(limited(0)).may_run_here(&program(innocent));
                // Those that waited go on in another realm.
                for page in [&mut one, &mut three, &mut sandbox.page(limited(3))] {
                    let (verdict, _) = evaluate(page, innocent, &server).await;
                    assert!(message(&verdict).starts_with("as it is"));
                }
                is_trusted
            })
        });
        assert!(only_one_is_doubted);
    });
}

#[test]
fn what_costs_the_realm_every_time_is_kept_from_others() {
    with_stack(|| {
        block_on(async {
            let (server, sandbox) = (Mixing::new(9), Sandbox::for_many(3));
            let settings = own(Rules::Honest, 1);
            let always = "await fetch('data:text/plain,x')";
            let sometimes = "const { n } = await (await fetch(code + '/n')).json(); if (n > 1) await fetch('data:,x')";
            introduce(&sandbox, &settings, sometimes, &server).await;
            server.turn();
            for block in [always, sometimes] {
                for _ in 0..3 {
                    let (verdict, _) = evaluate(&mut sandbox.page(settings.clone()), block, &server).await;
                    assert!(matches!(verdict.outcome, Outcome::Errored(Cause::Unsupported { .. })));
                    assert!(!sandbox.page(settings.clone()).may_run_here(&program(block)), "{block}");
                }
            }
        });
    });
}

#[test]
fn whoever_waits_in_vain_or_is_cut_off_leaves_the_realm_to_others() {
    with_stack(|| {
        let limits = Limits { time: Duration::from_secs(1), ..Limits::default() };
        let limited = |page| PageSettings { limits: limits.clone(), ..own(Rules::Honest, page) };
        let held = "await fetch(code + '/a'); await fetch(code + '/held')";
        let fine = "for (const at of [1, 2, 3, 4, 5, 6]) { await fetch(code + '/pause'); console.log(at) }";
        // On a busy machine a turn may last long, and all that share the realm give way.
        let all_were_here = (0..5).any(|_| {
            block_on(async {
                let (server, sandbox) = (Mixing::new(5), Sandbox::for_many(3));
                introduce(&sandbox, &limited(0), held, &server).await;
                introduce(&sandbox, &limited(0), fine, &server).await;
                server.turn();
                let (mut waiting, mut cut) = (sandbox.page(limited(1)), sandbox.page(limited(2)));
                let all = tokio::join!(
                    evaluate(&mut waiting, held, &server),
                    async {
                        let held = program(held);
                        let run = tokio::time::timeout(Duration::from_millis(200), cut.run_here(&held, &server)).await;
                        assert!(run.is_err());
                        drop(cut);
                    },
                    async {
                        let (begun, mut were_here, mut page) = (Instant::now(), true, 3);
                        // They wait for something when the others are cut off and when their time is over.
                        while begun.elapsed() < Duration::from_millis(1500) {
                            let (verdict, is_here) = evaluate(&mut sandbox.page(limited(page)), fine, &server).await;
                            assert!(passed(&verdict), "{:?}", verdict.outcome);
                            assert_eq!(verdict.console.len(), 6);
                            (were_here, page) = (were_here && is_here, page + 1);
                        }
                        were_here
                    }
                );
                let (verdict, _) = all.0;
                let Outcome::Errored(Cause::TimedOut { waiting_for, .. }) = &verdict.outcome else {
                    panic!("{:?}", verdict.outcome);
                };
                assert_eq!(waiting_for.as_deref(), Some("GET http://localhost:3000/p1/held"));
                all.2
            })
        });
        assert!(all_were_here);
    });
}

#[test]
fn memory_that_pages_use_together_is_no_limit_for_any_of_them() {
    with_stack(|| {
        let limits = Limits { memory: 16 << 20, ..Limits::default() };
        let limited = |page| PageSettings { limits: limits.clone(), ..own(Rules::Honest, page) };
        block_on(async {
            let (server, sandbox) = (Mixing::new(6), Sandbox::for_many(8));
            // Six of them would hold 18 MB, and each alone 3.
            let large = "const text = await (await fetch(code + '/large')).text(); for (const at of [1, 2, 3, 4]) await fetch(code + '/' + at); assert.equal(text.length, 3e6); assert.equal(code, 'x')";
            let greedy = "const { n } = await (await fetch(code + '/n')).json(); const list = []; for (let i = 0; i < n; i += 1) list.push(`${'x'.repeat(1e5)}${i}`); assert.fail()";
            introduce(&sandbox, &limited(0), large, &server).await;
            introduce(&sandbox, &limited(0), greedy, &server).await;
            server.turn();
            let mut pages: Vec<_> = (1..=8).map(|page| sandbox.page(limited(page))).collect();
            let all = join_all(pages.iter_mut().enumerate().map(async |(at, page)| {
                let block = if at == 3 { greedy } else { large };
                (at, evaluate(page, block, &server).await)
            }));
            for (at, (verdict, is_here)) in all.await {
                if at == 3 {
                    assert!(matches!(&verdict.outcome, Outcome::Errored(Cause::Limit { name }) if name == "memory"));
                    assert!(!is_here);
                } else {
                    let url = format!("http://localhost:3000/p{}", at + 1);
                    assert_eq!(message(&verdict), format!("expected '{url}' to equal 'x'"));
                }
            }
        });
    });
}

/// The real challenges, a page each, as many side by side as a processor has by default and more.
#[test]
fn challenges_of_the_corpus_get_the_same_verdicts_side_by_side() {
    const PAGES: usize = 24;
    let mut files: Vec<(String, Vec<String>)> = Vec::new();
    for era in corpus::ERAS {
        let Some(hints) = corpus::hints(era) else { return };
        for hint in hints {
            match files.last_mut().filter(|(file, _)| *file == hint.file) {
                Some((_, blocks)) => blocks.push(hint.code),
                None => files.push((hint.file, vec![hint.code])),
            }
        }
    }
    with_stack(move || {
        let settings = PageSettings { still: Some(1_700_000_000_000.0), ..settings(Rules::Honest) };
        let (sandbox, threads) = (Sandbox::for_many(PAGES), Sandbox::new());
        let server = Mixing::new(7);
        let (mut were_here, mut random) = (0, Random::new(8, "files"));
        block_on(async {
            let mut expected = Vec::new();
            for (_, blocks) in &files {
                let (mut page, mut all) = (threads.page(settings.clone()), Vec::new());
                for block in blocks {
                    all.push(told(&page.run(&program(block), &server).await));
                }
                expected.push(all);
            }
            // In the first round, blocks earn their trust.
            for round in 1..=3 {
                let mut order: Vec<usize> = (0..files.len()).collect();
                order.sort_by_cached_key(|_| random.bits());
                for some in order.chunks(PAGES) {
                    let all = join_all(some.iter().map(async |&at| {
                        let (mut page, mut all) = (sandbox.page(settings.clone()), Vec::new());
                        for block in &files[at].1 {
                            all.push(evaluate(&mut page, block, &server).await);
                        }
                        (at, all)
                    }));
                    for (at, all) in all.await {
                        for (which, (verdict, is_here)) in all.iter().enumerate() {
                            // What a test makes of chance is another thing each time.
                            if !files[at].1[which].contains("random") {
                                assert_eq!(told(verdict), expected[at][which], "round {round}, {}", files[at].0);
                            }
                            were_here += usize::from(*is_here && round > 1);
                        }
                    }
                }
            }
        });
        println!("{were_here} hints were evaluated side by side");
        assert!(were_here > 0);
    });
}
