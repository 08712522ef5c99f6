//! `hasAllKeys` and its kin, and the `members` family.

use super::check::{Checked, compared, listing, told, unmet};
use crate::port::js::{deep_equal, inspect, strict_equal};
use crate::verdict::Value;

pub(super) fn keys(name: &str, actual: &Value, expected: &Value) -> Checked {
    let Value::Object(object) = actual else {
        return match actual {
            Value::Undefined | Value::Null => {
                Checked::TypeError("Cannot convert undefined or null to object".to_owned())
            }
            _ => Checked::Unknown("the keys of this value"),
        };
    };
    let wanted: Vec<Value> = match expected {
        Value::Array(items) => items.to_vec(),
        Value::Object(object) => object.iter().map(|(key, _)| Value::String(key.clone())).collect(),
        Value::String(_) => vec![expected.clone()],
        _ => return Checked::Unknown("`keys` of this value"),
    };
    if wanted.iter().any(|key| !matches!(key, Value::String(_))) {
        return Checked::Unknown("`keys` that are no strings");
    }
    if wanted.is_empty() {
        return unmet("keys required".to_owned());
    }
    let has = |key: &Value| matches!(key, Value::String(key) if object.has(key));
    let all = wanted.iter().all(has);
    let any = wanted.iter().any(has);
    let (met, verb, word) = match name {
        "hasAllKeys" => (all && wanted.len() == object.len(), "have", "and"),
        "containsAllKeys" => (all, "contain", "and"),
        "hasAnyKeys" => (any, "have", "or"),
        "doesNotHaveAnyKeys" => (!any, "not have", "or"),
        "doesNotHaveAllKeys" => (!(all && wanted.len() == object.len()), "not have", "and"),
        _ => return Checked::Unknown("this assertion"),
    };
    let own: Vec<Value> = object.iter().map(|(key, _)| Value::String(key.clone())).collect();
    let sorted = |mut keys: Vec<Value>| {
        keys.sort_by_key(|key| match key {
            Value::String(key) => key.encode_utf16().collect::<Vec<_>>(),
            _ => Vec::new(),
        });
        Value::Array(keys.into())
    };
    compared(met, &sorted(own), &sorted(wanted.clone()), || {
        let shown: Vec<String> = wanted.iter().map(inspect).collect();
        let noun = if wanted.len() == 1 { "key" } else { "keys" };
        format!("expected {} to {verb} {noun} {}", inspect(actual), listing(&shown, word))
    })
}

pub(super) fn members(name: &str, actual: &Value, expected: &Value) -> Checked {
    for value in [actual, expected] {
        if !matches!(value, Value::Array(_)) {
            return told(false, value, || format!("expected {} to be an array", inspect(value)));
        }
    }
    let (Value::Array(left), Value::Array(right)) = (actual, expected) else {
        return Checked::Unknown("`members` of these values");
    };
    let equal: fn(&Value, &Value) -> bool = if name.contains("Deep") { deep_equal } else { strict_equal };
    let superset = name.starts_with("include");
    let mut rest: Vec<&Value> = left.iter().collect();
    let mut met = superset || left.len() == right.len();
    for wanted in right.iter() {
        match rest.iter().position(|item| equal(wanted, item)) {
            // A superset may use a member for several equal ones.
            Some(_) if superset => {}
            Some(at) => {
                rest.swap_remove(at);
            }
            None => met = false,
        }
    }
    let verb = if superset { "to be a superset of" } else { "to have the same members as" };
    compared(met, actual, expected, || format!("expected {} {verb} {}", inspect(actual), inspect(expected)))
}
