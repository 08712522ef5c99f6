//! Type conversion (ECMA-262, chapter 7.1) for data values.

use std::borrow::Cow;

use super::date::date_to_string;
use crate::verdict::Value;

/// `ToBoolean`.
pub fn to_boolean(value: &Value) -> bool {
    match value {
        Value::Undefined | Value::Null => false,
        Value::Bool(value) => *value,
        Value::Number(number) => *number != 0.0 && !number.is_nan(),
        Value::String(text) => !text.is_empty(),
        Value::Array(_) | Value::Object(_) | Value::Date(_) | Value::Other { .. } => true,
    }
}

/// `Number::toString` with radix 10.
pub fn number_to_string(number: f64) -> String {
    ryu_js::Buffer::new().format(number).to_owned()
}

/// `ToString` of primitives, and of objects by their default `toString`.
///
/// `None` for what has no exact text here: functions, and dates (their text depends on the time zone; see
/// [`date_to_string`]).
pub fn to_primitive_string(value: &Value) -> Option<Cow<'_, str>> {
    Some(match value {
        Value::Undefined => "undefined".into(),
        Value::Null => "null".into(),
        Value::Bool(true) => "true".into(),
        Value::Bool(false) => "false".into(),
        Value::Number(number) => number_to_string(*number).into(),
        Value::String(text) => Cow::Borrowed(text),
        Value::Array(items) => {
            let mut out = String::new();
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                if !matches!(item, Value::Undefined | Value::Null) {
                    out.push_str(&to_primitive_string(item)?);
                }
            }
            out.into()
        }
        // JSON may bring an own `toString`, which is then called, and fails.
        Value::Object(object) if object.has("toString") || object.has("valueOf") => return None,
        Value::Object(_) => "[object Object]".into(),
        Value::Date(_) | Value::Other { .. } => return None,
    })
}

/// [`to_primitive_string`] with dates in the given time zone.
pub fn to_display(value: &Value, zone: &jiff::tz::TimeZone) -> Option<String> {
    match value {
        Value::Date(time) => Some(date_to_string(*time, zone)),
        other => to_primitive_string(other).map(Cow::into_owned),
    }
}

/// `ToNumber`; dates give their time value.
pub fn to_number(value: &Value) -> Option<f64> {
    Some(match value {
        Value::Undefined => f64::NAN,
        Value::Null => 0.0,
        Value::Bool(value) => f64::from(u8::from(*value)),
        Value::Number(number) => *number,
        Value::String(text) => parse_number(text),
        Value::Date(time) => *time,
        Value::Array(_) | Value::Object(_) => parse_number(&to_primitive_string(value)?),
        Value::Other { .. } => return None,
    })
}

/// `StringToNumber`: decimal, `0x`, `0o`, `0b`, `Infinity`, blanks around; anything else is `NaN`.
pub fn parse_number(text: &str) -> f64 {
    let text = text.trim_matches(is_js_space);
    if text.is_empty() {
        return 0.0;
    }
    for (prefixes, radix) in [(["0x", "0X"], 16), (["0o", "0O"], 8), (["0b", "0B"], 2)] {
        if let Some(digits) = prefixes.iter().find_map(|prefix| text.strip_prefix(prefix)) {
            if digits.is_empty() {
                return f64::NAN;
            }
            let mut number = 0.0_f64;
            for digit in digits.chars() {
                match digit.to_digit(radix) {
                    Some(digit) => number = number.mul_add(f64::from(radix), f64::from(digit)),
                    None => return f64::NAN,
                }
            }
            return number;
        }
    }
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if unsigned == "Infinity" {
        return if text.starts_with('-') { f64::NEG_INFINITY } else { f64::INFINITY };
    }
    // Rust's parser also takes `inf`, `nan` and the like.
    if unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && unsigned.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E' | b'+' | b'-'))
    {
        text.parse().unwrap_or(f64::NAN)
    } else {
        f64::NAN
    }
}

/// White space and line terminators of ECMA-262, as `trim` and `ToNumber` see them.
pub fn is_js_space(character: char) -> bool {
    matches!(
        character,
        '\t' | '\n' | '\u{b}' | '\u{c}' | '\r' | ' ' | '\u{a0}' | '\u{1680}' | '\u{2000}'
            ..='\u{200a}' | '\u{2028}' | '\u{2029}' | '\u{202f}' | '\u{205f}' | '\u{3000}' | '\u{feff}'
    )
}

/// `typeof`.
pub fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Undefined => "undefined",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Other { kind, .. } if &**kind == "Function" => "function",
        Value::Null | Value::Array(_) | Value::Object(_) | Value::Date(_) | Value::Other { .. } => "object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_javascript_reads_them() {
        let table = [
            ("", 0.0),
            (" 12 ", 12.0),
            ("0x1F", 31.0),
            ("1e3", 1000.0),
            (".5", 0.5),
            ("5.", 5.0),
            ("-7", -7.0),
            ("+7", 7.0),
            ("Infinity", f64::INFINITY),
            ("-Infinity", f64::NEG_INFINITY),
            ("\u{feff}3", 3.0),
        ];
        for (text, number) in table {
            assert_eq!(parse_number(text).to_bits(), number.to_bits(), "{text:?}");
        }
        for text in ["abc", "1 2", "inf", "nan", "NaN", "0x", "0xg", "-0x10", "1e", "--1", "1_000", "e5", "."] {
            assert!(parse_number(text).is_nan(), "{text:?}");
        }
    }

    #[test]
    fn numbers_are_written_as_javascript_writes_them() {
        let table = [(1e21, "1e+21"), (1e-7, "1e-7"), (-0.0, "0"), (1.5, "1.5"), (123_456_789_012.0, "123456789012")];
        for (number, text) in table {
            assert_eq!(number_to_string(number), text);
        }
    }

    #[test]
    fn arrays_and_objects_become_text_by_their_default_to_string() {
        let list = Value::Array([Value::from(1.0), Value::Null, Value::from("x")].into());
        assert_eq!(to_primitive_string(&list).as_deref(), Some("1,,x"));
        assert_eq!(to_primitive_string(&Value::Object(std::sync::Arc::default())).as_deref(), Some("[object Object]"));
    }
}
