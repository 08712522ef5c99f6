//! `JSON.parse` and `JSON.stringify` for data values.

use std::fmt;
use std::sync::Arc;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use thiserror::Error;

use super::convert::number_to_string;
use super::date::to_iso_string;
use super::json_error::explain;
use crate::verdict::{Object, Value};

/// Why a text is no JSON, or none that can be read exactly.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum JsonError {
    /// `JSON.parse` would throw a `SyntaxError` with this message.
    #[error("{0}")]
    Syntax(String),
    /// It is JSON, but not one that a [`Value`] can hold exactly (lone surrogates, numbers beyond `f64`, extreme depth).
    #[error("{0}")]
    Inexact(String),
}

/// `JSON.parse(text)`.
pub fn parse_json(text: &str) -> Result<Value, JsonError> {
    let error = match serde_json::from_str::<Wrapped>(text) {
        Ok(Wrapped(value)) => return Ok(value),
        Err(error) => error,
    };
    let reason = error.to_string();
    if ["surrogate", "hex escape", "code point", "out of range", "recursion"].iter().any(|word| reason.contains(word)) {
        return Err(JsonError::Inexact(reason));
    }
    Err(explain(text).map_or_else(|| JsonError::Inexact(reason), JsonError::Syntax))
}

struct Wrapped(Value);

impl<'de> Deserialize<'de> for Wrapped {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor).map(Wrapped)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    #[expect(clippy::cast_precision_loss, reason = "JavaScript reads integers as f64, rounded to the nearest")]
    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value as f64))
    }

    #[expect(clippy::cast_precision_loss, reason = "JavaScript reads integers as f64, rounded to the nearest")]
    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value as f64))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Value::Number(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(Wrapped(item)) = sequence.next_element()? {
            items.push(item);
        }
        Ok(Value::Array(items.into()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut entries: Vec<(Arc<str>, Value)> = Vec::new();
        while let Some((key, Wrapped(value))) = map.next_entry::<String, Wrapped>()? {
            entries.push((key.into(), value));
        }
        Ok(Value::Object(Arc::new(Object::from_entries(entries))))
    }
}

/// `JSON.stringify(value)` without indentation. `None` where JavaScript gives `undefined` or the text is not known here.
pub fn stringify(value: &Value) -> Option<String> {
    Some(match value {
        Value::Undefined | Value::Other { .. } => return None,
        Value::Bool(value) => value.to_string(),
        Value::Number(number) if number.is_finite() => number_to_string(*number),
        Value::Null | Value::Number(_) => "null".to_owned(),
        Value::String(text) => quote(text),
        Value::Date(time) => to_iso_string(*time).map_or_else(|| "null".to_owned(), |iso| quote(&iso)),
        Value::Array(items) => {
            let items: Vec<String> =
                items.iter().map(|item| stringify(item).unwrap_or_else(|| "null".to_owned())).collect();
            format!("[{}]", items.join(","))
        }
        Value::Object(object) if object.has("toJSON") => return None,
        Value::Object(object) => {
            let entries: Vec<String> = object
                .iter()
                .filter_map(|(key, value)| stringify(value).map(|value| format!("{}:{value}", quote(key))))
                .collect();
            format!("{{{}}}", entries.join(","))
        }
    })
}

fn quote(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_json_parse_reads() {
        let text = r#"{"b":[1,-0,1e3,null,true,"\u00e9😀"],"a":18446744073709551615,"b2":{},"a":2}"#;
        let value = parse_json(text).unwrap();
        assert_eq!(stringify(&value).unwrap(), r#"{"b":[1,0,1000,null,true,"é😀"],"a":2,"b2":{}}"#);
        let Value::Object(object) = value else { panic!() };
        let Some(Value::Array(items)) = object.get("b") else { panic!() };
        assert!(matches!(items[1], Value::Number(zero) if zero.is_sign_negative()));
    }

    #[test]
    fn refuses_what_json_parse_refuses() {
        for text in ["", " ", "{", "<h1>", "{a:1}", "[1,]", "01", "'x'", "NaN", "nul", "1 2", "\u{feff}1", "\u{a0}1"] {
            assert!(matches!(parse_json(text), Err(JsonError::Syntax(_))), "{text:?}");
        }
        assert_eq!(
            parse_json("<h1>hello</h1>").unwrap_err().to_string(),
            "Unexpected token '<', \"<h1>hello</h1>\" is not valid JSON"
        );
        for (text, message) in [
            ("<!DOCTYPE html><html>", "Unexpected token '<', \"<!DOCTYPE \"... is not valid JSON"),
            (
                "[1, 2, 3, 4, 5, x, 6, 7, 8, 9]",
                "Unexpected token 'x', ...\" 3, 4, 5, x, 6, 7, 8\"... is not valid JSON",
            ),
            ("[1, 2, 3, 4, 5, 6, 7, x]", "Unexpected token 'x', ...\" 5, 6, 7, x]\" is not valid JSON"),
        ] {
            assert_eq!(parse_json(text).unwrap_err().to_string(), message);
        }
    }

    #[test]
    fn says_when_it_cannot_be_exact() {
        for text in ["\"\\ud800\"", "1e400", &"[".repeat(1000)] {
            assert!(matches!(parse_json(text), Err(JsonError::Inexact(_))), "{text:?}");
        }
    }
}
