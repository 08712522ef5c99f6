//! JavaScript values as JSON, within bounds.

use serde_json::{Map, Value as Json};

use super::bounds::{DEEPEST_VALUE, LARGEST_VALUE, VALUE_TEXT, start};
use super::types::Value;
use crate::port::js::to_iso_string;
use crate::report::value::one_line;
use crate::verdict::Value as Js;

/// The largest integer up to which all integers are exact.
const EXACT: f64 = 9_007_199_254_740_992.0;

impl Value {
    /// The value for a report.
    pub(super) fn of(value: &Js) -> Self {
        let mut budget = Budget { left: LARGEST_VALUE, cut: false };
        let json = budget.json(value, 0);
        Self { kind: kind(value).to_owned(), value: json, text: one_line(value, VALUE_TEXT), cut: budget.cut }
    }
}

fn kind(value: &Js) -> &'static str {
    match value {
        Js::Undefined => "undefined",
        Js::Null => "null",
        Js::Bool(_) => "boolean",
        Js::Number(_) => "number",
        Js::String(_) => "string",
        Js::Array(_) => "array",
        Js::Object(_) => "object",
        Js::Date(_) => "date",
        Js::Other { .. } => "other",
    }
}

/// How much may still be kept.
struct Budget {
    left: usize,
    cut: bool,
}

impl Budget {
    /// Takes so many bytes; false when there are not so many left.
    fn take(&mut self, bytes: usize) -> bool {
        let left = self.left.checked_sub(bytes);
        self.cut |= left.is_none();
        self.left = left.unwrap_or(self.left);
        left.is_some()
    }

    /// The value as JSON; nothing where JSON has none.
    fn json(&mut self, value: &Js, depth: usize) -> Option<Json> {
        match value {
            Js::Undefined | Js::Other { .. } => None,
            Js::Null => Some(Json::Null),
            Js::Bool(value) => Some(Json::Bool(*value)),
            Js::Number(number) => number_json(*number),
            Js::String(text) => Some(Json::String(self.text(text))),
            Js::Date(time) => to_iso_string(*time).map(Json::String),
            Js::Array(_) | Js::Object(_) if depth >= DEEPEST_VALUE => {
                self.cut = true;
                None
            }
            Js::Array(items) => {
                let mut list = Vec::new();
                for item in items.iter() {
                    if !self.take(2) {
                        break;
                    }
                    list.push(self.json(item, depth + 1).unwrap_or_default());
                }
                Some(Json::Array(list))
            }
            Js::Object(object) => {
                let mut map = Map::new();
                for (key, value) in object.iter() {
                    if !self.take(key.len() + 6) {
                        break;
                    }
                    map.insert(key.to_string(), self.json(value, depth + 1).unwrap_or_default());
                }
                Some(Json::Object(map))
            }
        }
    }

    fn text(&mut self, text: &str) -> String {
        let kept = start(text, self.left);
        self.left -= kept.len();
        if kept.len() < text.len() {
            self.cut = true;
        }
        kept.to_owned()
    }
}

/// Integers without a fraction; nothing for `NaN` and the infinities.
fn number_json(number: f64) -> Option<Json> {
    let negative_zero = number == 0.0 && number.is_sign_negative();
    if number.fract() == 0.0 && number.abs() < EXACT && !negative_zero {
        #[expect(clippy::cast_possible_truncation, reason = "an integer below 2^53")]
        return Some(Json::from(number as i64));
    }
    serde_json::Number::from_f64(number).map(Json::Number)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::json;

    use super::*;
    use crate::verdict::Object;

    #[test]
    fn falsy_values_are_kept_and_numbers_are_as_written() {
        for (value, kind, json, text) in [
            (Js::Undefined, "undefined", None, "undefined"),
            (Js::Null, "null", Some(Json::Null), "null"),
            (Js::Bool(false), "boolean", Some(json!(false)), "false"),
            (Js::Number(0.0), "number", Some(json!(0)), "0"),
            (Js::Number(-0.0), "number", Some(json!(-0.0)), "-0"),
            (Js::Number(f64::NAN), "number", None, "NaN"),
            (Js::Number(1.5), "number", Some(json!(1.5)), "1.5"),
            (Js::Number(1e21), "number", Some(json!(1e21)), "1e+21"),
            (Js::from(""), "string", Some(json!("")), "\"\""),
            (Js::Date(0.0), "date", Some(json!("1970-01-01T00:00:00.000Z")), "1970-01-01T00:00:00.000Z"),
            (Js::Date(f64::NAN), "date", None, "Invalid Date"),
            (Js::Array([Js::Undefined, Js::Number(1.0)].into()), "array", Some(json!([null, 1])), "[undefined, 1]"),
        ] {
            let expected = Value { kind: kind.to_owned(), value: json, text: text.to_owned(), cut: false };
            assert_eq!(Value::of(&value), expected);
        }
    }

    #[test]
    fn large_and_deep_values_are_cut_and_say_so() {
        let long = Value::of(&Js::from("x".repeat(LARGEST_VALUE + 1)));
        assert!(long.cut);
        assert_eq!(long.value.unwrap().as_str().unwrap().len(), LARGEST_VALUE);
        assert!(long.text.chars().count() <= VALUE_TEXT);
        let many = Value::of(&Js::Array(vec![Js::from("0123456789"); 100_000].into()));
        assert!(many.cut);
        assert!(serde_json::to_string(&many.value).unwrap().len() < 2 * LARGEST_VALUE);
        let mut deep = Js::Null;
        for _ in 0..DEEPEST_VALUE + 2 {
            deep = Js::Object(Arc::new(Object::from_entries([("a".into(), deep)])));
        }
        assert!(Value::of(&deep).cut);
    }
}
