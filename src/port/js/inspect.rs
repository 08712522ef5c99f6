//! How chai 4.5 shows a value in a message: cut to 40 UTF-16 units, inside lists and objects as well as outside.
//!
//! The room that is left for an entry is carried over to the look at the next one, less what the entry's key took: chai's
//! inspector does so, and its messages show it. The test table was made with chai itself.

use super::convert::number_to_string;
use super::date::to_iso_string;
use super::text::units;
use crate::verdict::{Object, Value};

const LIMIT: isize = 40;
const CUT: char = '…';

/// The value as chai 4.5 shows it.
pub fn inspect(value: &Value) -> String {
    let shown = show(value, LIMIT);
    if units(&shown) < LIMIT.unsigned_abs() {
        return shown;
    }
    match value {
        Value::Array(items) => format!("[ Array({}) ]", items.len()),
        Value::Object(object) => {
            let mut keys: Vec<&str> = object.iter().map(|(key, _)| &**key).collect();
            let more = keys.len() > 2;
            keys.truncate(2);
            format!("{{ Object ({}{}) }}", keys.join(", "), if more { ", ..." } else { "" })
        }
        _ => shown,
    }
}

fn show(value: &Value, room: isize) -> String {
    match value {
        Value::Undefined => cut("undefined", room),
        Value::Null => cut("null", room),
        Value::Bool(value) => cut(if *value { "true" } else { "false" }, room),
        Value::Number(number) if *number == 0.0 => (if number.is_sign_negative() { "-0" } else { "+0" }).to_owned(),
        Value::Number(number) if number.is_finite() => cut(&number_to_string(*number), room),
        Value::Number(number) => cut(&number_to_string(*number), room),
        Value::String(text) => format!("'{}'", cut(&escape(text), room - 2)),
        Value::Array(items) if items.is_empty() => "[]".to_owned(),
        Value::Array(items) => {
            let shown = list(items.len(), room - 4, |index, room| {
                items.get(index).map_or_else(String::new, |item| show(item, *room))
            });
            format!("[ {shown} ]")
        }
        Value::Object(object) => show_object(object, room),
        Value::Date(time) => match to_iso_string(*time) {
            None => "Invalid Date".to_owned(),
            Some(iso) => match iso.split_once('T') {
                Some((day, clock)) => {
                    let left = room - isize::try_from(day.len()).unwrap_or(isize::MAX) - 1;
                    format!("{day}T{}", cut(clock, left))
                }
                None => iso,
            },
        },
        Value::Other { text, .. } => cut(text, room),
    }
}

fn show_object(object: &Object, room: isize) -> String {
    if object.is_empty() {
        return "{}".to_owned();
    }
    let entries: Vec<_> = object.iter().collect();
    let shown = list(entries.len(), room - 4, |index, room| {
        let Some((key, value)) = entries.get(index) else { return String::new() };
        *room -= 2;
        let key = quote_key(key);
        *room -= length(&key);
        format!("{key}: {}", show(value, *room))
    });
    format!("{{ {shown} }}")
}

/// Joins `count` items with `, ` as long as they fit, and says how many are left out.
fn list(count: usize, whole: isize, mut item: impl FnMut(usize, &mut isize) -> String) -> String {
    let mut out = String::new();
    let mut tail = String::new();
    let mut next = String::new();
    for index in 0..count {
        let last = index + 1 == count;
        let before_last = index + 2 == count;
        tail = format!("{CUT}({})", count - index);
        let mut room = whole - length(&out) - if last { 0 } else { 2 };
        let piece = if next.is_empty() { item(index, &mut room) + if last { "" } else { ", " } } else { next };
        let with_piece = length(&out) + length(&piece);
        let with_tail = with_piece + length(&tail);
        if last && with_piece > whole && length(&out) + length(&tail) <= whole {
            break;
        }
        if !last && !before_last && with_tail > whole {
            break;
        }
        next = if last { String::new() } else { item(index + 1, &mut room) + if before_last { "" } else { ", " } };
        if before_last && with_tail > whole && with_piece + length(&next) > whole {
            break;
        }
        out.push_str(&piece);
        if !last && !before_last && with_piece + length(&next) >= whole {
            tail = format!("{CUT}({})", count - index - 1);
            break;
        }
        tail.clear();
    }
    out + &tail
}

fn length(text: &str) -> isize {
    isize::try_from(units(text)).unwrap_or(isize::MAX)
}

/// Cuts to `room` UTF-16 units, the last of which becomes `…`.
fn cut(text: &str, room: isize) -> String {
    let size = length(text);
    if 1 > room && size > 1 {
        return CUT.to_string();
    }
    if size > room && size > 1 {
        let keep = usize::try_from(room - 1).unwrap_or(0);
        let mut kept: String = String::from_utf16_lossy(&text.encode_utf16().take(keep).collect::<Vec<_>>());
        kept.push(CUT);
        return kept;
    }
    text.to_owned()
}

/// Escapes quotes, control characters and invisible ones; a backslash stays as it is.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\u{8}' => out.push_str("\\b"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\u{c}' => out.push_str("\\f"),
            '\r' => out.push_str("\\r"),
            '\'' => out.push_str("\\'"),
            _ if invisible(character) => {
                use std::fmt::Write as _;
                let _ = write!(out, "\\u{:04x}", u32::from(character));
            }
            _ => out.push(character),
        }
    }
    out
}

fn invisible(character: char) -> bool {
    matches!(character,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{600}'..='\u{604}' | '\u{70f}' | '\u{17b4}' | '\u{17b5}'
        | '\u{200c}'..='\u{200f}' | '\u{2028}'..='\u{202f}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff0}'..='\u{ffff}')
}

fn quote_key(key: &str) -> String {
    let plain = key.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if plain {
        return key.to_owned();
    }
    let json = serde_json::to_string(key).unwrap_or_default();
    let inner = json.trim_start_matches('"').strip_suffix('"').unwrap_or_default();
    format!("'{}'", inner.replace('\'', "\\'").replace("\\\"", "\""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    fn read(value: &serde_json::Value) -> Value {
        match value {
            serde_json::Value::Null => Value::Null,
            serde_json::Value::Bool(value) => Value::Bool(*value),
            serde_json::Value::Number(number) => Value::Number(number.as_f64().unwrap()),
            serde_json::Value::String(text) => Value::from(text.as_str()),
            serde_json::Value::Array(items) => Value::Array(items.iter().map(read).collect()),
            serde_json::Value::Object(map) => match map.get("$n") {
                Some(special) => Value::Number(special.as_str().unwrap().parse().unwrap()),
                None => Value::Object(Arc::new(Object::from_entries(
                    map.iter().map(|(key, value)| (Arc::from(key.as_str()), read(value))),
                ))),
            },
        }
    }

    #[test]
    fn shows_values_as_chai_does() {
        let table: Vec<(serde_json::Value, String)> =
            serde_json::from_str(include_str!("../../../tests/data/inspect.json")).unwrap();
        assert!(table.len() > 700);
        for (value, expected) in table {
            assert_eq!(inspect(&read(&value)), expected, "{value}");
        }
    }
}
