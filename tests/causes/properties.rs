//! Explaining is total: whatever a test compared, in whatever answer.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use grade::explain::{Subject, explain};
use grade::fetch::{Exchange, ExchangeEnd, Hop};
use grade::verdict::{
    AssertionFacts, Cause, CodePosition, Engine, Failure, FailureKind, HintResult, Object, Outcome, TextFacts, Value,
};
use proptest::prelude::*;

use crate::places::check_places;

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[a-z ]{0,12}",
        Just("Fri, 25 Dec 2015 00:00:00 GMT".to_owned()),
        Just("^2.10.2".to_owned()),
        Just("28".to_owned()),
        Just("<!DOCTYPE html><title>x".to_owned()),
        Just("{\"a\": 1}".to_owned()),
    ]
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Undefined),
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<f64>().prop_map(Value::Number),
        Just(Value::Number(1_451_001_600_000.0)),
        Just(Value::Number(404.0)),
        text().prop_map(Value::from),
        any::<f64>().prop_map(Value::Date),
        Just(Value::Other { kind: "Promise".into(), text: "[object Promise]".into() }),
    ];
    leaf.prop_recursive(3, 20, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(|items| Value::Array(items.into())),
            prop::collection::vec((text(), inner), 0..4).prop_map(|entries| {
                let entries = entries.into_iter().map(|(key, value)| (Arc::from(key), value));
                Value::Object(Arc::new(Object::from_entries(entries)))
            }),
        ]
    })
}

fn body() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..80),
        text().prop_map(String::into_bytes),
        value().prop_map(|value| grade::port::js::stringify(&value).unwrap_or_default().into_bytes()),
    ]
}

fn name() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "equal",
        "strictEqual",
        "deepEqual",
        "notEqual",
        "property",
        "propertyVal",
        "isNumber",
        "isArray",
        "typeOf",
        "assert",
        "isTrue",
        "isOk",
        "exists",
        "lengthOf",
        "oneOf",
        "approximately",
        "isAtLeast",
        "include",
        "match",
        "fail",
        "unknown",
        "",
        "isEmpty",
        "nestedProperty",
        "hasAllKeys",
    ])
    .prop_map(str::to_owned)
}

fn message() -> impl Strategy<Value = String> {
    prop_oneof![
        text(),
        Just("x: expected {} to have property 'y'".to_owned()),
        Just("expected 1 to be close to 1451001600000 +/- 20000".to_owned()),
        Just("Cannot read properties of undefined (reading 'a')".to_owned()),
        Just("data.map is not a function".to_owned()),
        Just("Unexpected token '<', \"<!DOCTYPE\" is not valid JSON".to_owned()),
        Just("Target cannot be null or undefined.".to_owned()),
    ]
}

fn test_block() -> impl Strategy<Value = String> {
    prop_oneof![
        text(),
        Just("const data = await res.json();\nassert.equal(data.a.b[0]?.c, 'x', \"it's\");".to_owned()),
        Just("assert(data.a === 1 && res.status == 200)".to_owned()),
        Just("assert.property(data, `é(`".to_owned()),
    ]
}

fn exchange(path: &str, status: Option<u16>, kind: String, body: Vec<u8>) -> Exchange {
    let url = url::Url::parse("http://localhost:3000").unwrap().join(path).unwrap();
    let hop = Hop {
        method: "GET".to_owned(),
        url: url.clone(),
        preflight: false,
        request_headers: [].into(),
        status,
        response_headers: vec![("content-type".into(), kind.into())],
    };
    Exchange {
        method: "GET".to_owned(),
        url,
        hops: if status.is_some() { [hop].into() } else { [].into() },
        end: ExchangeEnd::Answered,
        body: Bytes::from(body),
        duration: Duration::ZERO,
        from_memo: false,
        file: None,
    }
}

fn result(outcome: Outcome, exchanges: Vec<Exchange>) -> HintResult {
    HintResult {
        index: 0,
        text: String::new(),
        outcome,
        notes: Vec::new(),
        engine: Some(Engine::Ported),
        exchanges,
        console: Vec::new(),
        line: 1,
        duration: Duration::ZERO,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_failure_is_explained(
        (name, message, author, test) in (name(), message(), prop::option::of(text()), test_block()),
        (actual, expected, show_diff) in (prop::option::of(value()), prop::option::of(value()), any::<bool>()),
        (path, status, kind, body) in (
            prop::sample::select(vec!["/", "/_api/package.json", "/_api/get-tests", "/api/x"]),
            prop::option::of(prop::sample::select(vec![200_u16, 204, 400, 404, 500, 502])),
            prop::sample::select(vec!["application/json", "text/html", ""]),
            body(),
        ),
        part in prop::option::of(prop::sample::select(vec!["data.a === 1", "res.ok", "é", "a.length > 3"])),
        searched in prop::option::of((text(), any::<bool>())),
        thrown in prop::option::of(prop::sample::select(vec!["TypeError", "SyntaxError", "Error", "jqXHR", ""])),
        position in prop::option::of((0_usize..4, 0_usize..60)),
        request in prop::option::of(0_usize..2),
    ) {
        let facts = AssertionFacts {
            name,
            author_message: author,
            actual,
            expected,
            show_diff,
            text: searched.map(|(pattern, negated)| TextFacts {
                pattern,
                flags: None,
                text: String::from_utf8_lossy(&body).into_owned().into(),
                negated,
            }),
            failed_part: part.map(str::to_owned),
            request,
        };
        let failure = Failure {
            kind: thrown.map_or(FailureKind::Assertion, |name| FailureKind::Thrown { name: name.to_owned() }),
            message,
            assertion: Some(facts),
            refusal: None,
            position: position.map(|(line, column)| CodePosition { line, column }),
        };
        let result = result(Outcome::Failed(Box::new(failure)), vec![exchange(path, status, kind.to_owned(), body)]);
        let subject = Subject { result: &result, test: &test, url: "http://localhost:3000" };
        if let Some(explanation) = explain(&subject) {
            check_places(&explanation, &result);
            prop_assert_eq!(explain(&subject), Some(explanation), "it is pure");
        }
    }

    #[test]
    fn any_error_is_explained(message in any::<String>(), line in any::<usize>(), column in any::<usize>(), test in test_block()) {
        for cause in [
            Cause::Syntax { message: message.clone(), line, column },
            Cause::Internal { message: message.clone() },
            Cause::TimedOut { limit: Duration::from_secs(5), waiting_for: Some(message.clone()) },
            Cause::TimedOut { limit: Duration::from_millis(5), waiting_for: None },
            Cause::Unsupported { what: message.clone() },
            Cause::Limit { name: message.clone() },
            Cause::NeedsScript { reason: message.clone() },
        ] {
            let result = result(Outcome::Errored(cause), Vec::new());
            let explanation = explain(&Subject { result: &result, test: &test, url: "http://localhost:3000" }).unwrap();
            check_places(&explanation, &result);
        }
    }
}
