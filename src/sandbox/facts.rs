//! What a block threw, as facts.

use std::sync::Arc;

use rquickjs::{CatchResultExt, Ctx, Function, Value as JsValue};
use serde::Deserialize;
use serde_json::Value as Json;

use super::host;
use super::source::{Generated, frames};
use super::wording::in_browsers_words;
use crate::verdict::{AssertionFacts, Failure, FailureKind, Object, TextFacts, Value};

/// The describing module's answer.
#[derive(Deserialize)]
struct Described {
    name: String,
    message: String,
    stack: String,
    assertion: Option<Assertion>,
}

#[derive(Deserialize)]
struct Assertion {
    name: String,
    message: Option<String>,
    actual: Option<Side>,
    expected: Option<Side>,
    #[serde(rename = "showDiff")]
    show_diff: bool,
    negated: bool,
    search: Option<Search>,
}

#[derive(Deserialize)]
struct Side {
    v: Json,
}

#[derive(Deserialize)]
struct Search {
    pattern: String,
    flags: Option<String>,
    text: String,
}

/// The facts of a failure, from what was thrown.
pub(super) fn failure_of<'js>(ctx: &Ctx<'js>, thrown: &JsValue<'js>, source: &Generated) -> Failure {
    let described = describe(ctx, thrown).unwrap_or_else(|| Described {
        name: "Error".to_owned(),
        message: "the test threw something that cannot be shown".to_owned(),
        stack: String::new(),
        assertion: None,
    });
    let position = frames(&described.stack).find_map(|frame| source.position_of(&frame));
    let thrown_at = frames(&described.stack).next().filter(|frame| frame.called.is_none());
    let callee = thrown_at.and_then(|frame| source.callee_at(&frame));
    let message = in_browsers_words(&described.name, &described.message, callee).unwrap_or(described.message);
    let assertion = described.assertion.map(assertion_facts);
    let kind = match assertion {
        Some(_) if described.name == "AssertionError" => FailureKind::Assertion,
        _ => FailureKind::Thrown { name: described.name },
    };
    Failure { kind, message, assertion, refusal: None, position }
}

/// The limit that an error of the engine itself stands for; no browser has such errors, or only far later.
pub(super) fn engine_limit<'js>(ctx: &Ctx<'js>, thrown: &JsValue<'js>) -> Option<&'static str> {
    let described = describe(ctx, thrown)?;
    match (described.name.as_str(), described.message.as_str()) {
        ("RangeError", "Maximum call stack size exceeded") => Some("stack"),
        ("InternalError", "string too long") => Some("length of a string"),
        ("InternalError", message) if message.contains("stack") => Some("stack"),
        ("InternalError", _) => Some("memory"),
        _ => None,
    }
}

/// Message and place of an error that the engine's own parser found.
pub(super) fn syntax_of<'js>(ctx: &Ctx<'js>, thrown: &JsValue<'js>) -> (String, Option<(usize, usize)>) {
    let described = describe(ctx, thrown);
    let place = described.as_ref().and_then(|it| frames(&it.stack).next().map(|frame| (frame.line, frame.column)));
    (described.map_or_else(|| "it does not parse".to_owned(), |it| it.message), place)
}

fn describe<'js>(ctx: &Ctx<'js>, thrown: &JsValue<'js>) -> Option<Described> {
    let exported = host::describe_module(ctx).catch(ctx).ok()?;
    let describe: Function<'js> = exported.get("describe").ok()?;
    let text = describe.call::<_, String>((thrown.clone(),)).catch(ctx).ok()?;
    serde_json::from_str(&text).ok()
}

fn assertion_facts(it: Assertion) -> AssertionFacts {
    AssertionFacts {
        name: it.name,
        author_message: it.message,
        actual: it.actual.map(|side| value_of(&side.v)),
        expected: it.expected.map(|side| value_of(&side.v)),
        show_diff: it.show_diff,
        text: it.search.map(|search| TextFacts {
            pattern: search.pattern,
            flags: search.flags,
            text: Arc::from(search.text),
            negated: it.negated,
        }),
        failed_part: None,
        request: None,
    }
}

/// The value that the describing module has encoded; its depth is bounded there.
fn value_of(json: &Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(value) => Value::Bool(*value),
        Json::Number(value) => Value::Number(value.as_f64().unwrap_or(f64::NAN)),
        Json::String(value) => Value::from(value.as_str()),
        Json::Array(_) => Value::Undefined,
        Json::Object(tagged) => {
            let text = |key: &str| tagged.get(key).and_then(Json::as_str).unwrap_or_default();
            let elements = tagged.get("e").and_then(Json::as_array).map(Vec::as_slice).unwrap_or_default();
            match text("t") {
                "n" => Value::Number(match text("v") {
                    "-0" => -0.0,
                    "Infinity" => f64::INFINITY,
                    "-Infinity" => f64::NEG_INFINITY,
                    _ => f64::NAN,
                }),
                "a" => Value::Array(elements.iter().map(value_of).collect()),
                "d" => Value::Date(tagged.get("v").and_then(Json::as_f64).unwrap_or(f64::NAN)),
                "o" => Value::Object(Arc::new(Object::from_entries(
                    elements
                        .iter()
                        .filter_map(|entry| Some((Arc::from(entry.get(0)?.as_str()?), value_of(entry.get(1)?)))),
                ))),
                "x" => Value::Other { kind: text("k").into(), text: text("s").into() },
                _ => Value::Undefined,
            }
        }
    }
}
