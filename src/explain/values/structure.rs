//! Objects and arrays: where two of them differ.

use similar::{ChangeTag, TextDiff};

use crate::explain::model::{DiffLine, DiffSide};
use crate::explain::show;
use crate::verdict::Value;

/// Most values that are compared.
const MOST: usize = 20_000;
/// Most places that are found.
const PLACES: usize = 20;
/// Most lines of each side that are compared line by line, and most that are shown.
const LINES: usize = 300;
const SHOWN: usize = 24;
/// Lines shown before and after a difference.
const CONTEXT: usize = 2;

/// A place where two values differ.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// Its path.
    pub path: Vec<String>,
    /// What is there.
    pub change: Change,
}

/// What is different.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// Nothing is there, and this was expected.
    Missing(Value),
    /// This is there, and nothing was expected.
    Extra(Value),
    /// Another value is there.
    Other {
        /// What was expected.
        expected: Value,
        /// What is there.
        actual: Value,
    },
}

/// The first places where two values differ.
pub fn differences(expected: &Value, actual: &Value) -> Vec<Difference> {
    let mut search = Search { path: Vec::new(), found: Vec::new(), left: MOST };
    search.compare(expected, actual);
    search.found
}

struct Search {
    path: Vec<String>,
    found: Vec<Difference>,
    left: usize,
}

impl Search {
    fn compare(&mut self, expected: &Value, actual: &Value) {
        if self.left == 0 || self.found.len() >= PLACES {
            return;
        }
        self.left -= 1;
        match (expected, actual) {
            (Value::Object(wanted), Value::Object(got)) => {
                // Looking up a key takes as long as the object is large.
                let keys: std::collections::HashMap<&str, &Value> =
                    got.iter().map(|(key, value)| (&**key, value)).collect();
                for (key, value) in wanted.iter() {
                    match keys.get(&**key) {
                        Some(other) => self.within(key, |search| search.compare(value, other)),
                        None => self.note(key, Change::Missing(value.clone())),
                    }
                }
                let wanted: std::collections::HashSet<&str> = wanted.iter().map(|(key, _)| &**key).collect();
                for (key, value) in got.iter().filter(|(key, _)| !wanted.contains(&***key)) {
                    self.note(key, Change::Extra(value.clone()));
                }
            }
            (Value::Array(wanted), Value::Array(got)) => {
                for (index, (value, other)) in wanted.iter().zip(got.iter()).enumerate() {
                    self.within(&index.to_string(), |search| search.compare(value, other));
                }
                for (index, value) in wanted.iter().enumerate().skip(got.len()) {
                    self.note(&index.to_string(), Change::Missing(value.clone()));
                }
                for (index, value) in got.iter().enumerate().skip(wanted.len()) {
                    self.note(&index.to_string(), Change::Extra(value.clone()));
                }
            }
            (Value::Number(one), Value::Number(other)) if one.is_nan() && other.is_nan() => {}
            (one, other) if one == other => {}
            (one, other) => {
                let change = Change::Other { expected: one.clone(), actual: other.clone() };
                self.found.push(Difference { path: self.path.clone(), change });
            }
        }
    }

    fn within(&mut self, key: &str, inner: impl FnOnce(&mut Self)) {
        if self.found.len() >= PLACES {
            return;
        }
        self.path.push(key.to_owned());
        inner(self);
        self.path.pop();
    }

    fn note(&mut self, key: &str, change: Change) {
        self.within(key, |search| {
            let path = search.path.clone();
            search.found.push(Difference { path, change });
        });
    }
}

/// The two values compared line by line; nothing when they are too large for that.
pub fn lines(expected: &Value, actual: &Value) -> Vec<DiffLine> {
    let (Some(expected), Some(actual)) = (pretty(expected), pretty(actual)) else { return Vec::new() };
    let diff = TextDiff::from_slices(
        &expected.iter().map(String::as_str).collect::<Vec<_>>(),
        &actual.iter().map(String::as_str).collect::<Vec<_>>(),
    )
    .iter_all_changes()
    .map(|change| {
        let side = match change.tag() {
            ChangeTag::Equal => DiffSide::Both,
            ChangeTag::Delete => DiffSide::Expected,
            ChangeTag::Insert => DiffSide::Actual,
        };
        DiffLine { side, text: change.value().to_owned() }
    })
    .collect::<Vec<_>>();
    windowed(diff)
}

/// Only the lines near a difference.
fn windowed(lines: Vec<DiffLine>) -> Vec<DiffLine> {
    let changed: Vec<usize> =
        lines.iter().enumerate().filter(|(_, line)| line.side != DiffSide::Both).map(|(index, _)| index).collect();
    let near = |index: usize| {
        let after = changed.partition_point(|at| *at < index.saturating_sub(CONTEXT));
        changed.get(after).is_some_and(|at| *at <= index + CONTEXT)
    };
    let mut out = Vec::new();
    let mut gap = false;
    for (index, line) in lines.into_iter().enumerate() {
        if out.len() >= SHOWN {
            gap = true;
            break;
        }
        if near(index) {
            if std::mem::take(&mut gap) {
                out.push(DiffLine { side: DiffSide::Both, text: "…".to_owned() });
            }
            out.push(line);
        } else {
            gap = !out.is_empty();
        }
    }
    if gap {
        out.push(DiffLine { side: DiffSide::Both, text: "…".to_owned() });
    }
    out
}

/// A value on several lines, two spaces a level; small ones stay on one line.
fn pretty(value: &Value) -> Option<Vec<String>> {
    let mut out = vec![String::new()];
    write(value, 0, "", &mut out)?;
    out.remove(0);
    Some(out)
}

fn write(value: &Value, depth: usize, lead: &str, out: &mut Vec<String>) -> Option<()> {
    const SMALL: usize = 60;
    if out.len() > LINES {
        return None;
    }
    let indent = "  ".repeat(depth);
    let short = show::brief(value, SMALL);
    let fits = !short.ends_with('…');
    let simple = !matches!(value, Value::Array(_) | Value::Object(_));
    if simple || (fits && depth > 0) {
        out.push(format!("{indent}{lead}{}", if fits { short } else { show::brief(value, 400) }));
        return Some(());
    }
    let (open, close) = if matches!(value, Value::Array(_)) { ("[", "]") } else { ("{", "}") };
    out.push(format!("{indent}{lead}{open}"));
    match value {
        Value::Array(items) => {
            for item in items.iter() {
                write(item, depth + 1, "", out)?;
            }
        }
        Value::Object(object) => {
            for (key, value) in object.iter() {
                write(value, depth + 1, &format!("{}: ", show::quote(key)), out)?;
            }
        }
        _ => {}
    }
    out.push(format!("{indent}{close}"));
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explain::json_text::path_text;
    use crate::port::js::parse_json;

    fn json(text: &str) -> Value {
        parse_json(text).unwrap()
    }

    #[test]
    fn places_are_found() {
        let expected = json(r#"{"a": [1, {"b": 2}], "c": null, "same": {}}"#);
        let actual = json(r#"{"a": [1, {"b": "2"}, 3], "d": 1, "same": {}}"#);
        let found: Vec<_> =
            differences(&expected, &actual).into_iter().map(|it| (path_text(&it.path), it.change)).collect();
        assert_eq!(
            found,
            [
                ("a[1].b".to_owned(), Change::Other { expected: json("2"), actual: json("\"2\"") }),
                ("a[2]".to_owned(), Change::Extra(json("3"))),
                ("c".to_owned(), Change::Missing(Value::Null)),
                ("d".to_owned(), Change::Extra(json("1"))),
            ]
        );
        assert!(differences(&expected, &expected).is_empty());
    }

    #[test]
    fn lines_near_differences_are_shown() {
        let items = |changed: usize| {
            let items: Vec<String> =
                (0..40).map(|n| if n == changed { "\"x\"".to_owned() } else { n.to_string() }).collect();
            json(&format!("[{}]", items.join(",")))
        };
        let shown = lines(&items(99), &items(20));
        let text: Vec<_> = shown.iter().map(|line| line.text.trim()).collect();
        assert_eq!(text, ["18", "19", "20", "\"x\"", "21", "22", "…"]);
        assert!(lines(&json("[]"), &Value::Array((0..1000).map(|_| Value::Null).collect())).is_empty(), "too long");
    }
}
