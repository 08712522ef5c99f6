//! Operators with two operands.

use super::Stop;
use super::evaluate::Frame;
use crate::port::js::{loose_equal, strict_equal, to_number};
use crate::port::plan::Operator;
use crate::verdict::Value;

pub(super) fn binary(frame: &Frame<'_>, operator: Operator, left: &Value, right: &Value) -> Result<Value, Stop> {
    let number = |value: &Value| to_number(value).ok_or_else(|| Stop::bail("arithmetic on this value"));
    let arithmetic = |apply: fn(f64, f64) -> f64| Ok(Value::Number(apply(number(left)?, number(right)?)));
    let loosely = || loose_equal(left, right).ok_or_else(|| Stop::bail("`==` on these values"));
    match operator {
        Operator::Add => add(frame, left, right),
        Operator::Subtract => arithmetic(|left, right| left - right),
        Operator::Multiply => arithmetic(|left, right| left * right),
        Operator::Divide => arithmetic(|left, right| left / right),
        Operator::Remainder => arithmetic(|left, right| left % right),
        Operator::Equal => Ok(Value::Bool(loosely()?)),
        Operator::NotEqual => Ok(Value::Bool(!loosely()?)),
        Operator::Same => Ok(Value::Bool(strict_equal(left, right))),
        Operator::NotSame => Ok(Value::Bool(!strict_equal(left, right))),
        Operator::Less => compare(left, right, |left, right| left < right),
        Operator::LessOrEqual => compare(left, right, |left, right| left <= right),
        Operator::Greater => compare(left, right, |left, right| left > right),
        Operator::GreaterOrEqual => compare(left, right, |left, right| left >= right),
        Operator::In => contains(frame, left, right),
    }
}

fn add(frame: &Frame<'_>, left: &Value, right: &Value) -> Result<Value, Stop> {
    let textual = |value: &Value| !matches!(value, Value::Undefined | Value::Null | Value::Bool(_) | Value::Number(_));
    if textual(left) || textual(right) {
        return Ok(Value::from(frame.text(left)? + &frame.text(right)?));
    }
    match (to_number(left), to_number(right)) {
        (Some(left), Some(right)) => Ok(Value::Number(left + right)),
        _ => Err(Stop::bail("`+` on these values")),
    }
}

fn compare(left: &Value, right: &Value, holds: fn(f64, f64) -> bool) -> Result<Value, Stop> {
    let textual = |value: &Value| matches!(value, Value::String(_) | Value::Array(_) | Value::Object(_));
    if textual(left) && textual(right) {
        return Err(Stop::bail("the order of texts"));
    }
    match (to_number(left), to_number(right)) {
        (Some(left), Some(right)) => Ok(Value::Bool(holds(left, right))),
        _ => Err(Stop::bail("the order of these values")),
    }
}

fn contains(frame: &Frame<'_>, key: &Value, object: &Value) -> Result<Value, Stop> {
    let key = frame.text(key)?;
    match object {
        Value::Object(object) => {
            if !object.has(&key) && crate::port::chai::inherited(&Value::Undefined, &key) {
                return Err(Stop::bail("an inherited property"));
            }
            Ok(Value::Bool(object.has(&key)))
        }
        Value::Undefined | Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            let shown = frame.text(object)?;
            Err(Stop::type_error(format!("Cannot use 'in' operator to search for '{key}' in {shown}")))
        }
        _ => Err(Stop::bail("`in` on this value")),
    }
}
