//! Values of another type than the test expects.

use super::Case;
use crate::explain::code::Code;
use crate::explain::model::{Explanation, Fault};
use crate::explain::show;
use crate::port::js::{parse_json, parse_number};
use crate::verdict::Value;

/// A promise that was compared instead of what it stands for: the test does not wait.
pub fn promise(case: &Case<'_>) -> Option<Explanation> {
    let Some(Value::Other { kind, .. }) = &case.facts.actual else { return None };
    (&**kind == "Promise").then(|| {
        Explanation::new(
            Code::TestNotAwaited,
            format!(
                "The test compares a promise instead of waiting for what it stands for: `await` is missing before {}",
                case.named.name()
            ),
        )
        .fault(Fault::Test)
        .help("the project is not at fault; tell whoever maintains the challenge")
    })
}

pub fn explain(case: &Case<'_>) -> Option<Explanation> {
    let facts = case.facts;
    let actual = facts.actual.as_ref()?;
    if let Some(wanted) = wanted_kind(case) {
        return Some(other_kind(case, actual, wanted));
    }
    let expected = facts.expected.as_ref().filter(|_| facts.show_diff)?;
    let found = confusion(expected, actual)?;
    let name = case.named.begin();
    let headline = match found {
        Confusion::Type => format!("{name} is {}; the test wants {}", described(actual), described(expected)),
        Confusion::Listed => format!("{name} is an array with the right value in it; the test wants the value itself"),
        Confusion::Encoded => format!("{name} is a text with the right JSON in it; the test wants the data itself"),
    };
    let help = match (found, expected) {
        (Confusion::Listed, _) => "take the first element: value[0]".to_owned(),
        (Confusion::Encoded, _) => "call JSON.stringify once only; res.json(object) does it already".to_owned(),
        (_, other) => convert(other, actual)?,
    };
    Some(
        with_place(case, Explanation::new(Code::TypeDiffers, headline), actual)
            .values(show::pair(expected, actual))
            .help(help),
    )
}

/// Marks the value in the answer, where its place is known.
pub fn with_place(case: &Case<'_>, explanation: Explanation, actual: &Value) -> Explanation {
    let excerpt = case.answer.as_ref().and_then(|answer| {
        let path = case.named.path.as_ref().filter(|path| !path.is_empty() && !case.named.is_length)?;
        answer.marked(path, &show::kind(actual))
    });
    explanation.excerpt(excerpt)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Confusion {
    /// The same in another type.
    Type,
    /// The value alone in an array.
    Listed,
    /// JSON as a text.
    Encoded,
}

/// How the actual value is the expected one in disguise.
fn confusion(expected: &Value, actual: &Value) -> Option<Confusion> {
    let same = match (expected, actual) {
        (Value::Number(number), Value::String(text)) | (Value::String(text), Value::Number(number)) => {
            !text.trim().is_empty()
                && parse_number(text).is_finite()
                && (parse_number(text) - number).abs() < f64::EPSILON
        }
        (Value::Bool(value), Value::String(text)) | (Value::String(text), Value::Bool(value)) => {
            **text == *value.to_string()
        }
        (Value::Bool(value), Value::Number(_)) => *actual == Value::Number(f64::from(u8::from(*value))),
        (Value::Null, Value::String(text)) => &**text == "null",
        (Value::Undefined, Value::String(text)) => &**text == "undefined",
        _ => false,
    };
    if same {
        return Some(Confusion::Type);
    }
    match (expected, actual) {
        (Value::Object(_) | Value::Array(_), Value::String(text)) => {
            parse_json(text).is_ok_and(|value| value == *expected).then_some(Confusion::Encoded)
        }
        (Value::Array(_), _) => None,
        (one, Value::Array(items)) => matches!(&**items, [only] if only == one).then_some(Confusion::Listed),
        _ => None,
    }
}

fn described(value: &Value) -> String {
    match value {
        Value::String(_) => format!("the text {}", show::brief(value, 60)),
        Value::Number(_) => format!("the number {}", show::brief(value, 60)),
        other => show::brief(other, 60),
    }
}

fn convert(wanted: &Value, actual: &Value) -> Option<String> {
    Some(match (wanted, actual) {
        (Value::Number(_), _) => {
            "send a number: convert the text with Number(...), and leave out quotes in JSON".to_owned()
        }
        (Value::String(_), _) => "send a text: String(value)".to_owned(),
        (Value::Bool(_), _) => "send true or false without quotes".to_owned(),
        (Value::Null | Value::Undefined, _) => "send null without quotes".to_owned(),
        _ => return None,
    })
}

/// The type that the assertion is about: `isNumber`, `typeOf(x, 'number')`.
fn wanted_kind(case: &Case<'_>) -> Option<&'static str> {
    let message = &case.failure.message;
    Some(match case.facts.name.as_str() {
        "isString" => "a text",
        "isNumber" | "isFinite" => "a number",
        "isBoolean" => "true or false",
        "isArray" => "an array",
        "isObject" => "an object",
        "typeOf" => match message.rsplit(' ').next()? {
            "string" => "a text",
            "number" => "a number",
            "boolean" => "true or false",
            "array" => "an array",
            "object" => "an object",
            _ => return None,
        },
        _ => return None,
    })
}

fn other_kind(case: &Case<'_>, actual: &Value, wanted: &str) -> Explanation {
    let name = case.named.begin();
    let got = match actual {
        Value::String(_) | Value::Number(_) => described(actual),
        other => show::kind(other),
    };
    let explanation = Explanation::new(Code::TypeDiffers, format!("{name} is {got}; the test wants {wanted}"));
    let explanation = with_place(case, explanation, actual);
    let shown = explanation.evidence.is_empty().then(|| show::value(actual));
    let help = match (wanted, actual) {
        ("a number", Value::String(text)) if parse_number(text).is_finite() => {
            "convert the text with Number(...), and leave out quotes in JSON".to_owned()
        }
        ("an array", Value::Object(object)) => {
            match object.iter().find(|(_, value)| matches!(value, Value::Array(_))) {
                Some((key, _)) => format!("send the array itself, without `{}` around it", show::line(key, 60)),
                None => "send an array, even when it has one element or none: [ ... ]".to_owned(),
            }
        }
        ("an array", _) => "send an array, even when it has one element or none: [ ... ]".to_owned(),
        ("a text", _) => "send a text".to_owned(),
        ("an object", _) => "send an object: { ... }".to_owned(),
        ("true or false", _) => "send true or false without quotes".to_owned(),
        _ => "send a number without quotes".to_owned(),
    };
    explanation.maybe_fact("found", shown).help(help)
}
