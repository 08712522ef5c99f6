//! Compiling test blocks and regular expressions, and running plans. `cargo bench --bench port`.
#![allow(clippy::unwrap_used, reason = "a benchmark")]

use bytes::Bytes;
use divan::{Bencher, black_box};
use grade::fetch::{Response, ResponseKind};
use grade::port::regex::JsRegex;
use grade::port::{Check, Ending, Plan, Run, Wanted, World, compile};
use jiff::tz::TimeZone;

const SOURCE: &str = include_str!("../fixtures/complete/server.js");

const TEXT_BLOCK: &str = r#"
  const url = new URL("/_api/server.js", code);
  const res = await fetch(url);
  const data = await res.text();
  assert.match(data, /socket.on.*('|")disconnect\1/s, 'Your server should listen to the disconnect event');
"#;

const JSON_BLOCK: &str = r"
  const res = await fetch(code + '/api/status');
  if (!res.ok) {
    throw new Error(await res.text());
  }
  const data = await res.json();
  assert.property(data, 'users', 'the number of users');
  assert.isAtLeast(data.users, 0);
  assert.deepEqual(data.names.map(name => name.toLowerCase()), ['ada', 'grace']);
";

const STATUS: &str = r#"{"users":2,"names":["Ada","Grace"],"uptime":12.5}"#;

fn main() {
    divan::main();
}

fn plan(code: &str) -> Plan {
    match compile(code) {
        Check::Ported(plan) => plan,
        other => panic!("{other:?}"),
    }
}

fn response(body: &'static str) -> Response {
    Response {
        status: 200,
        status_text: "OK".to_owned(),
        url: url::Url::parse("http://127.0.0.1:3000/").unwrap(),
        redirected: false,
        kind: ResponseKind::Cors,
        headers: Vec::new(),
        body: Ok(Bytes::from_static(body.as_bytes())),
    }
}

fn passes(plan: &Plan, world: &World<'_>, body: &'static str) -> bool {
    let mut run = Run::new(plan, world);
    let mut answer = None;
    loop {
        match run.step(answer.take(), 0.0) {
            Wanted::Answer(_) => answer = Some(Ok(std::sync::Arc::new(response(body)))),
            Wanted::Nothing(ending) => return matches!(ending, Ending::Passed),
            Wanted::Detached => {}
        }
    }
}

/// A block and an answer that it passes on.
fn block(name: &str) -> (&'static str, &'static str) {
    if name == "text" { (TEXT_BLOCK, SOURCE) } else { (JSON_BLOCK, STATUS) }
}

#[divan::bench(args = ["text", "json"])]
fn compile_block(name: &str) -> Check {
    compile(black_box(block(name).0))
}

#[divan::bench(args = ["text", "json"])]
fn run_plan(bencher: Bencher<'_, '_>, name: &str) {
    let (code, body) = block(name);
    let (plan, world) = (plan(code), World::new("http://127.0.0.1:3000", TimeZone::UTC));
    assert!(passes(&plan, &world, body), "the plan has to pass for its time to mean something");
    bencher.bench_local(|| passes(black_box(&plan), &world, body));
}

#[divan::bench(args = ["/_api/", "('|\")disconnect\\1", "io\\.on\\(['\"]connection['\"],[^]*socket\\s*=>"])]
fn translate_and_compile_regex(source: &str) -> bool {
    JsRegex::new(black_box(source), "i").unwrap().is_match("").unwrap()
}
