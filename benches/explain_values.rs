//! What it costs to explain values and answers. `cargo bench --bench explain_values`. Nothing may take more than 20 ms.
#![allow(clippy::unwrap_used, reason = "a benchmark")]

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use divan::{Bencher, black_box};
use grade::explain::{Explanation, Subject, explain};
use grade::fetch::{Exchange, ExchangeEnd, Hop};
use grade::port::js::parse_json;
use grade::verdict::{AssertionFacts, CodePosition, Failure, FailureKind, HintResult, Outcome, Value};

const LARGEST: usize = 2 * 1024 * 1024;

fn main() {
    divan::main();
}

fn result(body: &str, kind: &str, name: &str, message: &str, values: Option<(Value, Value)>) -> HintResult {
    let url = url::Url::parse("http://localhost:3000/api/users").unwrap();
    let (actual, expected) = values.map_or((None, None), |(actual, expected)| (Some(actual), Some(expected)));
    let assertion = AssertionFacts {
        name: name.to_owned(),
        show_diff: expected.is_some(),
        actual,
        expected,
        request: Some(0),
        ..AssertionFacts::default()
    };
    let kind_of = if name.is_empty() { FailureKind::Thrown { name: kind.to_owned() } } else { FailureKind::Assertion };
    let failure = Failure {
        kind: kind_of,
        message: message.to_owned(),
        assertion: (!name.is_empty()).then_some(assertion),
        refusal: None,
        position: Some(CodePosition { line: 2, column: 1 }),
    };
    HintResult {
        index: 0,
        text: String::new(),
        outcome: Outcome::Failed(Box::new(failure)),
        notes: Vec::new(),
        engine: None,
        exchanges: vec![Exchange {
            method: "GET".to_owned(),
            url: url.clone(),
            hops: [Hop {
                method: "GET".to_owned(),
                url,
                preflight: false,
                request_headers: [].into(),
                status: Some(200),
                response_headers: vec![("content-type".into(), "application/json".into())],
            }]
            .into(),
            end: ExchangeEnd::Answered,
            body: Bytes::copy_from_slice(body.as_bytes()),
            duration: Duration::ZERO,
            from_memo: false,
            file: None,
        }],
        console: Vec::new(),
        line: 1,
        duration: Duration::ZERO,
    }
}

fn run(bencher: Bencher<'_, '_>, result: &HintResult, test: &str) {
    let told = || -> Option<Explanation> {
        explain(&Subject { result: black_box(result), test, url: "http://localhost:3000" })
    };
    assert!(told().is_some());
    bencher.bench(told);
}

const TEST: &str =
    "const data = await (await fetch(code + '/api/users')).json();\nassert.deepEqual(data.users, wanted);\n";

/// A list of users, as JSON of nearly the largest size.
fn users(changed: usize) -> String {
    let user = |n: usize| {
        format!(r#"{{"_id":"5f{n:06x}","username":"user {n}","log":[{{"duration":{}}}]}}"#, usize::from(n == changed))
    };
    let count = LARGEST / user(1).len() - 100;
    format!(r#"{{"users":[{}]}}"#, (0..count).map(user).collect::<Vec<_>>().join(","))
}

fn list(text: &str) -> Value {
    match parse_json(text).unwrap() {
        Value::Object(object) => object.get("users").unwrap().clone(),
        other => other,
    }
}

#[divan::bench]
fn a_property_of_a_large_object(bencher: Bencher<'_, '_>) {
    let keys: Vec<String> = (0..80_000).map(|n| format!("\"passport-{n}\": {n}")).collect();
    let body = format!("{{{}}}", keys.join(", "));
    let value = parse_json(&body).unwrap();
    let mut result =
        result(&body, "", "property", "expected {} to have property 'passport-locl'", Some((value, Value::Null)));
    if let Outcome::Failed(failure) = &mut result.outcome {
        let facts = failure.assertion.as_mut().unwrap();
        (facts.expected, facts.show_diff) = (None, false);
    }
    run(bencher, &result, TEST);
}

#[divan::bench]
fn two_large_lists(bencher: Bencher<'_, '_>) {
    let body = users(10_000);
    let result = result(&body, "", "deepEqual", "expected [] to deeply equal []", Some((list(&body), list(&users(0)))));
    run(bencher, &result, TEST);
}

#[divan::bench]
fn two_large_texts(bencher: Bencher<'_, '_>) {
    let body = format!("{}x", "a b ".repeat(LARGEST / 4));
    let other = format!("{}y", "a  b".repeat(LARGEST / 4));
    let result = result(&body, "", "equal", "", Some((Value::from(body.as_str()), Value::from(other))));
    run(bencher, &result, TEST);
}

#[divan::bench]
fn a_large_page_for_json(bencher: Bencher<'_, '_>) {
    let body = format!("<!DOCTYPE html><title>x</title>{}", "<p>a<script>".repeat(LARGEST / 12));
    run(bencher, &result(&body, "SyntaxError", "", "Unexpected token '<' in JSON", None), TEST);
}

#[divan::bench]
fn invalid_json_at_the_end(bencher: Bencher<'_, '_>) {
    let mut body = users(0);
    body.truncate(body.len() - 2);
    body.push(',');
    run(bencher, &result(&body, "SyntaxError", "", "Unexpected token in JSON", None), TEST);
}

#[divan::bench]
fn a_key_on_the_way_of_a_large_answer(bencher: Bencher<'_, '_>) {
    let message = "Cannot read properties of undefined (reading 'name')";
    let test = "const data = await (await fetch(code)).json();\nassert.equal(data.user.name, 'x');\n";
    run(bencher, &result(&users(0), "TypeError", "", message, None), test);
}

#[divan::bench]
fn deep_json(bencher: Bencher<'_, '_>) {
    let depth = 120;
    let deep = format!("{}{}{}", "[".repeat(depth), "0,".repeat(LARGEST / 2 - depth) + "0", "]".repeat(depth));
    let value = Value::Array(Arc::from([Value::Null]));
    run(bencher, &result(&deep, "", "deepEqual", "", Some((parse_json(&deep).unwrap(), value))), TEST);
}
