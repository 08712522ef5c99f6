//! Methods of strings, arrays, numbers and dates.

use super::Stop;
use super::evaluate::Frame;
use crate::port::js::{inspect, same_value_zero, slice16, strict_equal, to_date_string, to_iso_string, units};
use crate::verdict::Value;

/// Names that [`call`] knows for some receiver.
pub(in crate::port) const METHODS: &[&str] = &[
    "toLowerCase",
    "toUpperCase",
    "trim",
    "includes",
    "startsWith",
    "endsWith",
    "indexOf",
    "replace",
    "replaceAll",
    "slice",
    "substring",
    "substr",
    "split",
    "join",
    "toString",
    "getTime",
    "valueOf",
    "toISOString",
    "toDateString",
    "concat",
    "charAt",
    "hasOwnProperty",
];

/// `receiver.method(...arguments)`; `text` is how the source names the function, for the message of a `TypeError`.
pub(super) fn call(
    frame: &Frame<'_>,
    receiver: &Value,
    method: &str,
    arguments: &[Value],
    text: &str,
) -> Result<Value, Stop> {
    match receiver {
        Value::Undefined | Value::Null => {
            let kind = inspect(receiver);
            Err(Stop::type_error(format!("Cannot read properties of {kind} (reading '{method}')")))
        }
        Value::String(subject) => string(frame, subject, method, arguments),
        Value::Array(items) => array(frame, items, method, arguments, text),
        Value::Date(time) => date(frame, *time, method, text),
        Value::Number(_) | Value::Bool(_) => match (method, arguments) {
            ("toString", []) => Ok(Value::from(frame.text(receiver)?)),
            ("valueOf", []) => Ok(receiver.clone()),
            ("toString" | "hasOwnProperty", _) => Err(Stop::bail(format!("`{method}` on this value"))),
            _ => Err(not_a_function(text)),
        },
        Value::Object(object) => match method {
            _ if object.has(method) => Err(not_a_function(text)),
            "hasOwnProperty" => {
                let key = frame.text(arguments.first().unwrap_or(&Value::Undefined))?;
                Ok(Value::Bool(object.has(&key)))
            }
            "toString" | "valueOf" => Err(Stop::bail(format!("`{method}` on this value"))),
            _ => Err(not_a_function(text)),
        },
        Value::Other { .. } => Err(Stop::bail(format!("`{method}` on this value"))),
    }
}

fn not_a_function(text: &str) -> Stop {
    Stop::type_error(format!("{text} is not a function"))
}

fn unsupported(method: &str) -> Stop {
    Stop::bail(format!("`{method}` with these arguments"))
}

fn string(frame: &Frame<'_>, subject: &str, method: &str, arguments: &[Value]) -> Result<Value, Stop> {
    let text = |at: usize| match arguments.get(at) {
        Some(value @ (Value::String(_) | Value::Number(_) | Value::Bool(_) | Value::Null | Value::Undefined)) => {
            frame.text(value)
        }
        None => Ok("undefined".to_owned()),
        Some(_) => Err(unsupported(method)),
    };
    let only = |count: usize| if arguments.len() == count { Ok(()) } else { Err(unsupported(method)) };
    let value = match method {
        "toLowerCase" => Value::from(subject.to_lowercase()),
        "toUpperCase" => Value::from(subject.to_uppercase()),
        "trim" => Value::from(subject.trim_matches(crate::port::js::is_js_space)),
        "includes" => only(1).and(text(0)).map(|part| Value::Bool(subject.contains(&part)))?,
        "startsWith" => only(1).and(text(0)).map(|part| Value::Bool(subject.starts_with(&part)))?,
        "endsWith" => only(1).and(text(0)).map(|part| Value::Bool(subject.ends_with(&part)))?,
        "indexOf" => {
            only(1)?;
            let at = subject.find(&text(0)?).and_then(|at| subject.get(..at)).map(units);
            at.map_or(Value::Number(-1.0), index)
        }
        "replace" | "replaceAll" => {
            only(2)?;
            let (part, by) = (text(0)?, text(1)?);
            if by.contains('$') || (part.is_empty() && method == "replaceAll") {
                return Err(unsupported(method));
            }
            Value::from(if method == "replace" { subject.replacen(&part, &by, 1) } else { subject.replace(&part, &by) })
        }
        "split" => {
            only(1)?;
            let separator = text(0)?;
            if separator.is_empty() || matches!(arguments.first(), Some(Value::Undefined)) {
                return Err(unsupported(method));
            }
            Value::Array(subject.split(&separator).map(Value::from).collect())
        }
        "slice" | "substring" | "substr" => cut(subject, method, arguments)?,
        "charAt" => {
            let start = whole(arguments.first(), 0.0)?;
            let kept = if start < 0.0 { Some(String::new()) } else { slice16(subject, clamp(start), clamp(start) + 1) };
            Value::from(kept.ok_or_else(|| unsupported(method))?)
        }
        "concat" => {
            let mut joined = subject.to_owned();
            for argument in arguments {
                joined.push_str(&frame.text(argument)?);
            }
            Value::from(joined)
        }
        "toString" | "valueOf" => Value::from(subject),
        _ => return Err(unsupported(method)),
    };
    Ok(value)
}

#[expect(clippy::cast_precision_loss, reason = "lengths are far below 2^53")]
fn cut(subject: &str, method: &str, arguments: &[Value]) -> Result<Value, Stop> {
    let length = units(subject) as f64;
    let first = whole(arguments.first(), 0.0)?;
    let from_end = |at: f64| if at < 0.0 { (length + at).max(0.0) } else { at.min(length) };
    let (start, end) = match method {
        "slice" => (from_end(first), from_end(whole(arguments.get(1), length)?)),
        "substr" => {
            let start = from_end(first);
            (start, (start + whole(arguments.get(1), length)?.clamp(0.0, length)).min(length))
        }
        _ => {
            let (one, other) = (first.clamp(0.0, length), whole(arguments.get(1), length)?.clamp(0.0, length));
            (one.min(other), one.max(other))
        }
    };
    slice16(subject, clamp(start), clamp(end.max(start))).map(Value::from).ok_or_else(|| Stop::bail("half a character"))
}

fn array(frame: &Frame<'_>, items: &[Value], method: &str, arguments: &[Value], text: &str) -> Result<Value, Stop> {
    let first = arguments.first().cloned().unwrap_or(Value::Undefined);
    Ok(match (method, arguments.len()) {
        ("includes", 1) => Value::Bool(items.iter().any(|item| same_value_zero(item, &first))),
        ("indexOf", 1) => items.iter().position(|item| strict_equal(item, &first)).map_or(Value::Number(-1.0), index),
        ("join", 0 | 1) => {
            let separator = if matches!(first, Value::Undefined) { ",".to_owned() } else { frame.text(&first)? };
            let mut parts = Vec::with_capacity(items.len());
            for item in items {
                parts.push(match item {
                    Value::Undefined | Value::Null => String::new(),
                    item => frame.text(item)?,
                });
            }
            Value::from(parts.join(&separator))
        }
        ("slice" | "concat" | "toString" | "valueOf" | "hasOwnProperty" | "includes" | "indexOf" | "join", _) => {
            return Err(unsupported(method));
        }
        _ => return Err(not_a_function(text)),
    })
}

fn date(frame: &Frame<'_>, time: f64, method: &str, text: &str) -> Result<Value, Stop> {
    Ok(match method {
        "getTime" | "valueOf" => Value::Number(time),
        "toDateString" => Value::from(to_date_string(time, frame.world.zone())),
        "toISOString" => match to_iso_string(time) {
            Some(iso) => Value::from(iso),
            None => {
                return Err(Stop::Throw(Box::new(super::Thrown::error("RangeError", "Invalid time value".to_owned()))));
            }
        },
        "toString" | "hasOwnProperty" => return Err(unsupported(method)),
        _ => return Err(not_a_function(text)),
    })
}

/// `ToIntegerOrInfinity` of an argument, or `missing` when it is not there.
fn whole(argument: Option<&Value>, missing: f64) -> Result<f64, Stop> {
    match argument {
        None | Some(Value::Undefined) => Ok(missing),
        Some(Value::Number(number)) if number.is_nan() => Ok(0.0),
        Some(Value::Number(number)) => Ok(number.trunc()),
        Some(_) => Err(Stop::bail("an index that is no number")),
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the length of a text before")]
fn clamp(number: f64) -> usize {
    number.clamp(0.0, 9e15) as usize
}

#[expect(clippy::cast_precision_loss, reason = "lengths are far below 2^53")]
fn index(at: usize) -> Value {
    Value::Number(at as f64)
}
