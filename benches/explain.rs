//! What it costs to say why a search missed. `cargo bench --bench explain`. Nothing may take more than 20 ms.
#![allow(clippy::unwrap_used, reason = "a benchmark")]

use std::time::Duration;

use bytes::Bytes;
use divan::{Bencher, black_box};
use grade::explain::{Explanation, Subject, explain};
use grade::fetch::{Exchange, ExchangeEnd, Hop};
use grade::verdict::{AssertionFacts, Failure, FailureKind, HintResult, Outcome, TextFacts};

const SOURCE: &str = include_str!("../fixtures/complete/server.js");
const MINIFIED: &str = include_str!("../fixtures/minified/server.js");
const LARGEST: usize = 2 * 1024 * 1024;

/// Shapes that the curriculum has, each with a word that no source here has.
const EXPRESSIONS: [&str; 6] = [
    r#"socket.on.*('|")disconnnect\1"#,
    r#"socket.on.*('|")chat message('|")[^]*io.emit.*('|")chat message('|").*nickname.*message"#,
    r#"process\.env(\.MONGO_URL|\[(?<q>"|')MONGO_URL\k<q>\])"#,
    r"START_ASYNC[^]*bcrypt.hash[^]*bcrypt.compare.*END_ASYNC",
    r"require\s*\(('|`)\.\/routes(\.js)?\1\)",
    r"fetch\(\s*('|`)https:\/\/cdn\.example\.org\/news\-page\/authors\.json\1\s*\)\s*\.then\(\s*(\(\s*res\s*\)|res)\s*=>",
];

fn main() {
    divan::main();
}

fn result(pattern: &str, text: &str) -> HintResult {
    let url = url::Url::parse("http://localhost:3000/_api/server.js").unwrap();
    let assertion = AssertionFacts {
        name: "match".to_owned(),
        text: Some(TextFacts {
            pattern: pattern.to_owned(),
            flags: Some("s".to_owned()),
            text: text.into(),
            negated: false,
        }),
        request: Some(0),
        ..AssertionFacts::default()
    };
    let failure = Failure {
        kind: FailureKind::Assertion,
        message: String::new(),
        assertion: Some(assertion),
        refusal: None,
        position: None,
    };
    let hop = Hop {
        method: "GET".to_owned(),
        url: url.clone(),
        preflight: false,
        request_headers: [].into(),
        status: Some(200),
        response_headers: vec![("content-type".into(), "text/javascript".into())],
    };
    HintResult {
        index: 0,
        text: String::new(),
        outcome: Outcome::Failed(Box::new(failure)),
        notes: Vec::new(),
        engine: None,
        exchanges: vec![Exchange {
            method: "GET".to_owned(),
            url,
            hops: [hop].into(),
            end: ExchangeEnd::Answered,
            body: Bytes::copy_from_slice(text.as_bytes()),
            duration: Duration::ZERO,
            from_memo: false,
            file: None,
        }],
        console: Vec::new(),
        line: 1,
        duration: Duration::ZERO,
    }
}

fn say(result: &HintResult) -> Explanation {
    explain(&Subject { result, test: "", url: "http://localhost:3000" }).unwrap()
}

fn run(bencher: Bencher<'_, '_>, pattern: &str, text: &str) {
    let result = result(pattern, text);
    bencher.bench_local(|| say(black_box(&result)));
}

#[divan::bench(args = EXPRESSIONS)]
fn source_of_a_learner(bencher: Bencher<'_, '_>, pattern: &str) {
    run(bencher, pattern, SOURCE);
}

#[divan::bench(args = EXPRESSIONS)]
fn largest_answer(bencher: Bencher<'_, '_>, pattern: &str) {
    run(bencher, pattern, &SOURCE.repeat(LARGEST / SOURCE.len()));
}

#[divan::bench(args = EXPRESSIONS)]
fn largest_answer_on_one_line(bencher: Bencher<'_, '_>, pattern: &str) {
    run(bencher, pattern, &MINIFIED.trim().repeat(LARGEST / MINIFIED.len()));
}

/// The largest source that is parsed.
#[divan::bench(args = EXPRESSIONS)]
fn largest_script(bencher: Bencher<'_, '_>, pattern: &str) {
    run(bencher, pattern, &SOURCE.repeat(127 * 1024 / SOURCE.len()));
}

#[divan::bench]
fn emoji(bencher: Bencher<'_, '_>) {
    run(bencher, r"a.*b[^]*disconnect", &"😀a😀\n".repeat(LARGEST / 10));
}
