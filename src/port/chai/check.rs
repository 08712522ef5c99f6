//! One assertion on its operands.

use std::fmt::Display;

use super::include::include;
use super::keys::{keys, members};
use super::method::Method;
use super::property::property;
use crate::port::js::{
    deep_equal, inspect, loose_equal, number_to_string, strict_equal, to_boolean, to_primitive_string, type_of, units,
};
use crate::port::regex::JsRegex;
use crate::verdict::Value;

/// An operand.
#[derive(Debug, Clone)]
pub enum Operand<'a> {
    /// A value.
    Value(Value),
    /// A regular expression.
    Regex(&'a JsRegex),
}

/// What came of it.
#[derive(Debug)]
pub enum Checked {
    /// It holds.
    Met,
    /// It does not.
    Unmet(Box<Unmet>),
    /// The call itself is wrong in a way that chai answers with a plain `TypeError`.
    TypeError(String),
    /// Cannot be told exactly here.
    Unknown(&'static str),
}

/// An assertion that does not hold.
#[derive(Debug, Clone, Default)]
pub struct Unmet {
    /// `error.message` without the author's part.
    pub message: String,
    /// `error.actual`, where the error carries one.
    pub actual: Option<Value>,
    /// `error.expected`, where the error carries one.
    pub expected: Option<Value>,
    /// chai's `showDiff`.
    pub show_diff: bool,
}

pub(super) fn unmet(message: String) -> Checked {
    Checked::Unmet(Box::new(Unmet { message, ..Unmet::default() }))
}

/// The usual case: a sentence about one value.
pub(super) fn told(met: bool, actual: &Value, message: impl FnOnce() -> String) -> Checked {
    if met {
        return Checked::Met;
    }
    Checked::Unmet(Box::new(Unmet { message: message(), actual: Some(actual.clone()), ..Unmet::default() }))
}

/// A comparison of two values whose difference says something.
pub(super) fn compared(met: bool, actual: &Value, expected: &Value, message: impl FnOnce() -> String) -> Checked {
    if met {
        return Checked::Met;
    }
    Checked::Unmet(Box::new(Unmet {
        message: message(),
        actual: Some(actual.clone()),
        expected: Some(expected.clone()),
        show_diff: true,
    }))
}

/// Checks an assertion. Missing operands are `undefined`.
pub fn check(method: Method, operands: &[Operand<'_>]) -> Checked {
    let value = |at: usize| match operands.get(at) {
        None => Some(Value::Undefined),
        Some(Operand::Value(value)) => Some(value.clone()),
        Some(Operand::Regex(_)) => None,
    };
    if matches!(method.name(), "match" | "notMatch") {
        return matched(method.name() == "match", value(0), operands.get(1));
    }
    let (Some(actual), Some(expected), Some(third)) = (value(0), value(1), value(2)) else {
        return Checked::Unknown("an assertion on a regular expression");
    };
    match method.operands() {
        1 => about_one(method.name(), &actual),
        2 => about_two(method.name(), &actual, &expected),
        _ => about_three(method.name(), &actual, &expected, &third),
    }
}

fn matched(wanted: bool, text: Option<Value>, pattern: Option<&Operand<'_>>) -> Checked {
    let (Some(text), Some(Operand::Regex(regex))) = (text, pattern) else {
        return Checked::Unknown("`match` without a regular expression");
    };
    let Some(searched) = to_primitive_string(&text) else {
        return Checked::Unknown("the text of this value");
    };
    let Some(found) = regex.is_match(&searched) else {
        return Checked::Unknown("a regular expression of this size");
    };
    told(found == wanted, &text, || {
        let verb = if wanted { "to match" } else { "not to match" };
        format!("expected {} {verb} /{}/{}", inspect(&text), regex.source(), regex.flags())
    })
}

fn about_one(name: &str, actual: &Value) -> Checked {
    let shown = || inspect(actual);
    let says = |met: bool, text: &str| told(met, actual, || format!("expected {} {text}", shown()));
    let equals = |negated: bool, expected: Value, word: &str| {
        let met = strict_equal(actual, &expected) != negated;
        compared(met, actual, &expected, || format!("expected {} {word}", shown()))
    };
    let is = |kind: &str, negated: bool| {
        let verb = if negated { "not to be" } else { "to be" };
        says((chai_type(actual) == kind) != negated, &format!("{verb} {}", with_article(kind)))
    };
    let missing = matches!(actual, Value::Undefined | Value::Null);
    match name {
        "assert" => {
            if to_boolean(actual) {
                return Checked::Met;
            }
            // chai's `assert(x)` carries `null` as its actual value, whatever x is.
            Checked::Unmet(Box::new(Unmet {
                message: "Unspecified AssertionError".to_owned(),
                actual: Some(Value::Null),
                ..Unmet::default()
            }))
        }
        "isOk" | "ok" => says(to_boolean(actual), "to be truthy"),
        "isNotOk" | "notOk" => says(!to_boolean(actual), "to be falsy"),
        "isTrue" => equals(false, Value::Bool(true), "to be true"),
        "isNotTrue" => equals(true, Value::Bool(true), "to not equal true"),
        "isFalse" => equals(false, Value::Bool(false), "to be false"),
        "isNotFalse" => equals(true, Value::Bool(false), "to not equal false"),
        "isNull" => equals(false, Value::Null, "to equal null"),
        "isNotNull" => equals(true, Value::Null, "to not equal null"),
        "isUndefined" => equals(false, Value::Undefined, "to equal undefined"),
        "isDefined" => {
            told(!matches!(actual, Value::Undefined), actual, || format!("expected {} to not equal undefined", shown()))
        }
        "isNaN" => says(matches!(actual, Value::Number(number) if number.is_nan()), "to be NaN"),
        "isNotNaN" => says(!matches!(actual, Value::Number(number) if number.is_nan()), "not to be NaN"),
        "exists" => says(!missing, "to exist"),
        "notExists" => says(missing, "to not exist"),
        "isFinite" => says(matches!(actual, Value::Number(number) if number.is_finite()), "to be a finite number"),
        "isObject" => is("object", false),
        "isNotObject" => is("object", true),
        "isArray" => is("array", false),
        "isNotArray" => is("array", true),
        "isString" => is("string", false),
        "isNotString" => is("string", true),
        "isNumber" => is("number", false),
        "isNotNumber" => is("number", true),
        "isBoolean" => is("boolean", false),
        "isNotBoolean" => is("boolean", true),
        "isFunction" => is("function", false),
        "isNotFunction" => is("function", true),
        "isEmpty" => empty(actual, false),
        "isNotEmpty" => empty(actual, true),
        _ => Checked::Unknown("this assertion"),
    }
}

fn about_two(name: &str, actual: &Value, expected: &Value) -> Checked {
    let says = |verb: &str| format!("expected {} {verb} {}", inspect(actual), inspect(expected));
    match name {
        "equal" | "notEqual" => {
            let Some(equal) = loose_equal(actual, expected) else {
                return Checked::Unknown("`==` on these values");
            };
            let wanted = name == "equal";
            compared(equal == wanted, actual, expected, || says(if wanted { "to equal" } else { "to not equal" }))
        }
        "strictEqual" => compared(strict_equal(actual, expected), actual, expected, || says("to equal")),
        "notStrictEqual" => compared(!strict_equal(actual, expected), actual, expected, || says("to not equal")),
        "deepEqual" | "deepStrictEqual" => {
            compared(deep_equal(actual, expected), actual, expected, || says("to deeply equal"))
        }
        "notDeepEqual" => compared(!deep_equal(actual, expected), actual, expected, || says("to not deeply equal")),
        "typeOf" | "notTypeOf" => {
            let Value::String(kind) = expected else { return Checked::Unknown("`typeOf` without a name") };
            let wanted = name == "typeOf";
            let kind = kind.to_lowercase();
            told((chai_type(actual) == kind) == wanted, actual, || {
                let verb = if wanted { "to be" } else { "not to be" };
                format!("expected {} {verb} {}", inspect(actual), with_article(&kind))
            })
        }
        "include" | "notInclude" => include(actual, expected, name == "notInclude", false),
        "deepInclude" | "notDeepInclude" => include(actual, expected, name == "notDeepInclude", true),
        "property" | "notProperty" => property(actual, expected, None, name == "notProperty", false),
        "lengthOf" => length_of(actual, expected),
        "isAbove" => ordered(actual, expected, "above", |actual, expected| actual > expected),
        "isAtLeast" => ordered(actual, expected, "at least", |actual, expected| actual >= expected),
        "isBelow" => ordered(actual, expected, "below", |actual, expected| actual < expected),
        "isAtMost" => ordered(actual, expected, "at most", |actual, expected| actual <= expected),
        "oneOf" => match expected {
            Value::Array(items) => {
                compared(items.iter().any(|item| strict_equal(item, actual)), actual, expected, || says("to be one of"))
            }
            _ => told(false, expected, || format!("expected {} to be an array", inspect(expected))),
        },
        "sameMembers" | "sameDeepMembers" | "includeMembers" | "includeDeepMembers" => members(name, actual, expected),
        _ => keys(name, actual, expected),
    }
}

fn about_three(name: &str, actual: &Value, second: &Value, third: &Value) -> Checked {
    match name {
        "propertyVal" => property(actual, second, Some(third), false, false),
        "notPropertyVal" => property(actual, second, Some(third), true, false),
        "deepPropertyVal" => property(actual, second, Some(third), false, true),
        "notDeepPropertyVal" => property(actual, second, Some(third), true, true),
        _ => close_to(actual, second, third),
    }
}

/// chai's type names, in lower case.
pub(super) fn chai_type(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Array(_) => "array".to_owned(),
        Value::Date(_) => "date".to_owned(),
        Value::Other { kind, .. } => kind.to_lowercase(),
        other => type_of(other).to_owned(),
    }
}

fn with_article(kind: &str) -> String {
    let article = if kind.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {kind}")
}

fn empty(actual: &Value, negated: bool) -> Checked {
    let count = match actual {
        Value::Array(items) => items.len(),
        Value::String(text) => text.len(),
        Value::Object(object) => object.len(),
        Value::Date(_) => 0,
        Value::Other { .. } => return Checked::Unknown("`isEmpty` on this value"),
        primitive => {
            return unmet(format!(".empty was passed non-string primitive {}", inspect_plain(primitive)));
        }
    };
    told((count == 0) != negated, actual, || {
        format!("expected {} {} empty", inspect(actual), if negated { "not to be" } else { "to be" })
    })
}

fn inspect_plain(value: &Value) -> String {
    match value {
        Value::Number(number) if *number == 0.0 => if number.is_sign_negative() { "-0" } else { "+0" }.to_owned(),
        Value::Number(number) => number_to_string(*number),
        other => inspect(other),
    }
}

fn ordered(actual: &Value, expected: &Value, verb: &str, holds: impl Fn(f64, f64) -> bool) -> Checked {
    let short = match verb {
        "at least" => "least",
        "at most" => "most",
        other => other,
    };
    let (left, right) = match (actual, expected) {
        (Value::Number(left), Value::Number(right)) | (Value::Date(left), Value::Date(right)) => (*left, *right),
        (Value::Date(_), _) => return unmet(format!("the argument to {short} must be a date")),
        (Value::Number(_), _) => return unmet(format!("the argument to {short} must be a number")),
        // chai joins these values to the text as JavaScript does; it does not inspect them.
        (Value::String(text), _) => return unmet(format!("expected '{text}' to be a number or a date")),
        _ => {
            let Some(text) = to_primitive_string(actual) else { return Checked::Unknown("the text of this value") };
            return unmet(format!("expected {text} to be a number or a date"));
        }
    };
    compared(holds(left, right), actual, expected, || {
        format!("expected {} to be {verb} {}", inspect(actual), inspect(expected))
    })
}

fn close_to(actual: &Value, expected: &Value, delta: &Value) -> Checked {
    let Value::Number(left) = actual else {
        return told(false, actual, || format!("expected {} to be a number", inspect(actual)));
    };
    let (Value::Number(right), Value::Number(delta)) = (expected, delta) else {
        return unmet("the arguments to closeTo or approximately must be numbers".to_owned());
    };
    told((left - right).abs() <= *delta, actual, || {
        let (right, delta) = (number_to_string(*right), number_to_string(*delta));
        format!("expected {} to be close to {right} +/- {delta}", inspect(actual))
    })
}

fn length_of(actual: &Value, expected: &Value) -> Checked {
    let length = match actual {
        Value::Undefined | Value::Null => return no_target(),
        Value::Array(items) => index_value(items.len()),
        Value::String(text) => index_value(units(text)),
        Value::Object(object) => match object.get("length") {
            Some(length) => length.clone(),
            None => return no_length(actual),
        },
        Value::Other { .. } => return Checked::Unknown("the length of this value"),
        _ => return no_length(actual),
    };
    let Some(equal) = loose_equal(&length, expected) else {
        return Checked::Unknown("`==` on these values");
    };
    compared(equal, &length, expected, || {
        let (shown, wanted, got) = (inspect(actual), inspect(expected), inspect(&length));
        format!("expected {shown} to have a length of {wanted} but got {got}")
    })
}

fn no_length(actual: &Value) -> Checked {
    told(false, actual, || format!("expected {} to have property 'length'", inspect(actual)))
}

pub(super) fn no_target() -> Checked {
    unmet("Target cannot be null or undefined.".to_owned())
}

#[expect(clippy::cast_precision_loss, reason = "lengths are far below 2^53")]
pub(super) fn index_value(length: usize) -> Value {
    Value::Number(length as f64)
}

/// A list of texts as `'a', 'b', and 'c'`.
pub(super) fn listing<T: Display>(items: &[T], word: &str) -> String {
    match items {
        [] => String::new(),
        [one] => one.to_string(),
        [init @ .., last] => {
            let init: Vec<String> = init.iter().map(ToString::to_string).collect();
            format!("{}, {word} {last}", init.join(", "))
        }
    }
}
