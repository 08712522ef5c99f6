//! `include` and `deepInclude`: parts of strings, members of arrays, properties of objects.

use super::check::{Checked, chai_type, told, unmet};
use super::property::property;
use crate::port::js::{deep_equal, inspect, strict_equal, to_primitive_string};
use crate::verdict::Value;

pub(super) fn include(actual: &Value, expected: &Value, negated: bool, deep: bool) -> Checked {
    let verb = match (negated, deep) {
        (false, false) => "to include",
        (true, false) => "to not include",
        (false, true) => "to deep include",
        (true, true) => "to not deep include",
    };
    let told = |found: bool| {
        told(found != negated, actual, || format!("expected {} {verb} {}", inspect(actual), inspect(expected)))
    };
    match actual {
        Value::String(text) => match to_primitive_string(expected) {
            Some(part) => told(text.contains(&*part)),
            None => Checked::Unknown("the text of this value"),
        },
        Value::Array(items) if deep => told(items.iter().any(|item| deep_equal(item, expected))),
        // chai uses `indexOf`, so NaN is never found.
        Value::Array(items) => told(items.iter().any(|item| strict_equal(item, expected))),
        Value::Other { .. } | Value::Date(_) => Checked::Unknown("`include` on this value"),
        _ => properties(actual, expected, negated, deep),
    }
}

fn properties(actual: &Value, expected: &Value, negated: bool, deep: bool) -> Checked {
    let wanted: Vec<(Value, Value)> = match expected {
        Value::Object(object) => {
            object.iter().map(|(key, value)| (Value::String(key.clone()), value.clone())).collect()
        }
        Value::Array(_) | Value::Date(_) | Value::Other { .. } => {
            return Checked::Unknown("`include` of this value in an object");
        }
        primitive => {
            return unmet(format!(
                "the given combination of arguments ({} and {}) is invalid for this assertion. You can use an array, a \
                 map, an object, a set, a string, or a weakset instead of a {}",
                chai_type(actual),
                chai_type(primitive),
                chai_type(primitive),
            ));
        }
    };
    // Negated, chai wants one property at least to differ, and reports the first one when none does.
    let mut first = None;
    let mut failures = 0;
    for (key, value) in &wanted {
        match property(actual, key, Some(value), negated, deep) {
            Checked::Met => {}
            failed @ Checked::Unmet(_) if negated && wanted.len() > 1 => {
                failures += 1;
                first.get_or_insert(failed);
            }
            failed => return failed,
        }
    }
    match first {
        Some(failed) if failures == wanted.len() => failed,
        _ => Checked::Met,
    }
}
