//! `--fcc-expected--` and `--fcc-actual--` in a hint's text.

use std::borrow::Cow;

use crate::verdict::{Failure, Value};

/// Replaces the first `--fcc-expected--` and the first `--fcc-actual--` by what the failed assertion compared; a side that
/// the failure does not carry is `undefined`, as in the browser.
pub fn fill_placeholders(text: &str, failure: &Failure) -> String {
    let sides = failure.assertion.as_ref();
    let expected = sides.and_then(|facts| facts.expected.as_ref());
    let actual = sides.and_then(|facts| facts.actual.as_ref());
    let text = replace_first(text, "--fcc-expected--", expected);
    replace_first(&text, "--fcc-actual--", actual).into_owned()
}

fn replace_first<'t>(text: &'t str, mark: &str, value: Option<&Value>) -> Cow<'t, str> {
    match text.split_once(mark) {
        Some((before, after)) => {
            let shown = value.map_or_else(|| "undefined".to_owned(), |value| shown(value, 0));
            Cow::Owned(format!("{before}{shown}{after}"))
        }
        None => Cow::Borrowed(text),
    }
}

/// A value as JavaScript's `String(value)` would show it, but objects by their content.
fn shown(value: &Value, depth: usize) -> String {
    match value {
        Value::Undefined => "undefined".to_owned(),
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(value) => number(*value),
        Value::String(text) if depth == 0 => text.to_string(),
        Value::String(text) => format!("{text:?}"),
        Value::Date(time) => format!("Date({})", number(*time)),
        Value::Other { text, .. } => text.to_string(),
        _ if depth > 8 => "…".to_owned(),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(|item| shown(item, depth + 1)).collect();
            format!("[{}]", items.join(","))
        }
        Value::Object(object) => {
            let entries: Vec<String> =
                object.iter().map(|(key, value)| format!("{key:?}:{}", shown(value, depth + 1))).collect();
            format!("{{{}}}", entries.join(","))
        }
    }
}

fn number(value: f64) -> String {
    if value.is_nan() {
        return "NaN".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { "Infinity" } else { "-Infinity" }.to_owned();
    }
    // `-0` is shown as `0`, as by String().
    if value == 0.0 { "0".to_owned() } else { value.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verdict::{AssertionFacts, FailureKind};

    fn failure(expected: Option<Value>, actual: Option<Value>) -> Failure {
        Failure {
            kind: FailureKind::Assertion,
            message: String::new(),
            assertion: Some(AssertionFacts { actual, expected, ..AssertionFacts::default() }),
            refusal: None,
            position: None,
        }
    }

    #[test]
    fn the_first_of_each_is_replaced() {
        let failure = failure(Some(Value::Number(-0.0)), Some(Value::from("a--fcc-expected--")));
        assert_eq!(
            fill_placeholders("want --fcc-expected--, got --fcc-actual-- (--fcc-expected--)", &failure),
            "want 0, got a--fcc-expected-- (--fcc-expected--)"
        );
        assert_eq!(fill_placeholders("none", &failure), "none");
    }

    #[test]
    fn a_side_that_is_missing_is_undefined_and_objects_are_shown() {
        let array = Value::Array([Value::Null, Value::from("x"), Value::Number(1.5)].into());
        let failure = failure(None, Some(array));
        assert_eq!(fill_placeholders("--fcc-actual-- --fcc-expected--", &failure), "[null,\"x\",1.5] undefined");
    }
}
