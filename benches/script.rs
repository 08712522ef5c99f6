//! What a script hint costs besides its requests: in a page that is open already, with a page of its own, and in a realm that
//! no other page has used.
#![allow(clippy::unwrap_used, reason = "a benchmark")]

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use divan::Bencher;
use grade::fetch::{Exchange, ExchangeEnd, FetchFuture, Fetched, Fetcher, Request, Response, ResponseKind};
use grade::sandbox::{Code, Hooks, PageSettings, Program, Rules, Sandbox, ScriptPage};
use grade::verdict::Outcome;
use tokio::runtime::Runtime;

const HINT: &str = r"const res = await fetch(code + '/api/status');
if (!res.ok) throw new Error(await res.text());
const data = await res.json();
assert.property(data, 'status');
assert.strictEqual(data.status, 'ok', 'the status should be ok');
assert.match(data.time, /^\d{4}-\d\d-\d\dT/);
assert.isAbove(data.users.filter(user => user.online).length, 0);";

const BODY: &[u8] = br#"{"status":"ok","time":"2020-01-01T00:00:00.000Z","users":[{"online":true},{"online":false}]}"#;

/// Answers everything at once.
struct Memory;

impl Fetcher for Memory {
    fn fetch(&self, request: Request) -> FetchFuture<'_> {
        let body = Bytes::from_static(BODY);
        let response = Response {
            status: 200,
            status_text: "OK".to_owned(),
            url: request.url.clone(),
            redirected: false,
            kind: ResponseKind::Cors,
            headers: vec![("content-type".into(), "application/json; charset=utf-8".into())],
            body: Ok(body.clone()),
        };
        let exchange = Exchange {
            method: request.method,
            url: request.url,
            hops: [].into(),
            end: ExchangeEnd::Answered,
            body,
            duration: Duration::ZERO,
            from_memo: false,
            file: None,
        };
        Box::pin(async move { Fetched { result: Ok(Arc::new(response)), exchange } })
    }
}

struct Setting {
    sandbox: Sandbox,
    runtime: Runtime,
    program: Program,
}

impl Setting {
    fn new(code: &str) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let program = Program { code: Code::at_line(code, 1), not_before: 0.0 };
        let setting = Self { sandbox: Sandbox::new(), runtime, program };
        // The prelude is compiled once per process.
        setting.run(&mut setting.page());
        setting
    }

    fn page(&self) -> ScriptPage {
        let url = "http://localhost:3000".to_owned();
        self.sandbox.page(PageSettings { url, rules: Rules::Honest, ..PageSettings::default() })
    }

    /// A page that shares its realm with no other, as it has a hook; none that is ever run.
    fn page_of_its_own(&self) -> ScriptPage {
        let hooks = Hooks { after_all: Some(Code::at_line(";", 1)), ..Hooks::default() };
        let url = "http://localhost:3000".to_owned();
        self.sandbox.page(PageSettings { url, rules: Rules::Honest, hooks, ..PageSettings::default() })
    }

    fn run(&self, page: &mut ScriptPage) {
        let verdict = self.runtime.block_on(page.run(&self.program, &Memory));
        assert!(matches!(verdict.outcome, Outcome::Passed), "{:?}", verdict.outcome);
    }
}

fn main() {
    divan::main();
}

/// Wall time, two changes of threads for the hint and two for its request included.
#[divan::bench]
fn hint_in_a_warm_page(bencher: Bencher<'_, '_>) {
    let setting = Setting::new(HINT);
    let mut page = setting.page();
    bencher.bench_local(|| setting.run(&mut page));
}

/// A page is opened, in the realm of the one before, and runs the hint.
#[divan::bench]
fn hint_in_a_fresh_page(bencher: Bencher<'_, '_>) {
    let setting = Setting::new(HINT);
    bencher.bench_local(|| setting.run(&mut setting.page()));
}

/// A page is opened, runs the hint in a new realm, and is thrown away with it.
#[divan::bench]
fn hint_in_a_new_realm(bencher: Bencher<'_, '_>) {
    let setting = Setting::new(HINT);
    bencher.bench_local(|| setting.run(&mut setting.page_of_its_own()));
}

/// The same for next to nothing: what a realm costs.
#[divan::bench]
fn nothing_in_a_new_realm(bencher: Bencher<'_, '_>) {
    let setting = Setting::new("code;");
    bencher.bench_local(|| setting.run(&mut setting.page_of_its_own()));
}

/// A page is opened and runs next to nothing: what a page costs.
#[divan::bench]
fn nothing_in_a_fresh_page(bencher: Bencher<'_, '_>) {
    let setting = Setting::new("code;");
    bencher.bench_local(|| setting.run(&mut setting.page()));
}

/// To be taken off the one above.
#[divan::bench]
fn nothing_in_a_warm_page(bencher: Bencher<'_, '_>) {
    let setting = Setting::new("code;");
    let mut page = setting.page();
    bencher.bench_local(|| setting.run(&mut page));
}
