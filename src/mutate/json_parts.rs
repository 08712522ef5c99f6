//! Where the parts of a JSON text are. It is changed in place, so that all the rest of it stays as it was.

use std::ops::Range;

use super::thin::Thinned;

/// Longest path that is told, in bytes.
const LONGEST_PATH: usize = 200;

/// Sorts of values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// `{}`
    Object,
    /// `[]`
    Array,
    /// `""`
    Text,
    /// A number.
    Number,
    /// `true` or `false`
    Bool,
    /// `null`
    Null,
}

/// A value, and where it hangs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its sort.
    pub sort: Sort,
    /// The value, in bytes.
    pub value: Range<usize>,
    /// Its key with the quotes, in an object.
    pub key: Option<Range<usize>>,
    /// Whether it is in an array.
    pub element: bool,
    /// `dependencies.express`, `[0].name`; empty for the whole.
    pub path: String,
}

/// A container that is open.
struct Open {
    array: bool,
    start: usize,
    key: Option<Range<usize>>,
    in_array: bool,
    /// Length of the path of the container itself.
    path: usize,
    /// The number of the element that comes next.
    index: usize,
}

/// The values of a JSON text, evenly thinned out where there are very many; nothing where it is no JSON, or too deep. Linear.
pub fn parts(text: &str) -> Option<Vec<Part>> {
    // Its own bound on depth is ours too.
    serde_json::from_str::<serde::de::IgnoredAny>(text).ok()?;
    Scanner { text, bytes: text.as_bytes(), at: 0, path: String::new(), kept: Thinned::default(), open: Vec::new() }
        .run()
}

struct Scanner<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    path: String,
    kept: Thinned<Part>,
    open: Vec<Open>,
}

impl Scanner<'_> {
    /// What is scanned is known to be JSON.
    fn run(mut self) -> Option<Vec<Part>> {
        loop {
            self.skip_space();
            let Some(byte) = self.bytes.get(self.at).copied() else { return Some(self.kept.into_vec()) };
            match byte {
                b',' => self.at += 1,
                b']' | b'}' => self.close()?,
                _ => self.value()?,
            }
        }
    }

    /// A value, with its key if it has one.
    fn value(&mut self) -> Option<()> {
        let base = self.path.len();
        let (mut key, mut element) = (None, false);
        match self.open.last_mut() {
            Some(open) if open.array => {
                self.path.push_str(&format!("[{}]", open.index));
                open.index += 1;
                element = true;
            }
            Some(_) => {
                let found = self.string()?;
                self.skip_space();
                // The colon.
                self.at += 1;
                self.skip_space();
                self.push_key(&found);
                key = Some(found);
            }
            None => {}
        }
        let start = self.at;
        let sort = match self.bytes.get(start)? {
            byte @ (b'{' | b'[') => {
                self.at += 1;
                self.open.push(Open { array: *byte == b'[', start, key, in_array: element, path: base, index: 0 });
                return Some(());
            }
            b'"' => {
                self.string()?;
                Sort::Text
            }
            byte => {
                let sort = match byte {
                    b't' | b'f' => Sort::Bool,
                    b'n' => Sort::Null,
                    _ => Sort::Number,
                };
                let rest = self.bytes.get(start..)?;
                let ends = |byte: &u8| matches!(byte, b',' | b']' | b'}') || byte.is_ascii_whitespace();
                self.at += rest.iter().position(ends).unwrap_or(rest.len());
                sort
            }
        };
        let (value, path) = (start..self.at, &self.path);
        self.kept.offer(|| Part { sort, value, key, element, path: told(path) });
        self.path.truncate(base);
        Some(())
    }

    fn close(&mut self) -> Option<()> {
        self.at += 1;
        let open = self.open.pop()?;
        let sort = if open.array { Sort::Array } else { Sort::Object };
        let (value, path) = (open.start..self.at, &self.path);
        self.kept.offer(|| Part { sort, value, key: open.key, element: open.in_array, path: told(path) });
        self.path.truncate(open.path);
        Some(())
    }

    fn push_key(&mut self, key: &Range<usize>) {
        let name = self.text.get(key.start + 1..key.end.saturating_sub(1)).unwrap_or_default();
        if !self.path.is_empty() {
            self.path.push('.');
        }
        // A path of long keys, many levels deep, would be copied over and over.
        self.path.push_str(name.get(..name.floor_char_boundary(LONGEST_PATH)).unwrap_or_default());
    }

    /// The string at this place, with its quotes.
    fn string(&mut self) -> Option<Range<usize>> {
        let start = self.at;
        self.at += 1;
        loop {
            match self.bytes.get(self.at)? {
                b'\\' => self.at += 2,
                b'"' => {
                    self.at += 1;
                    return Some(start..self.at);
                }
                _ => self.at += 1,
            }
        }
    }

    fn skip_space(&mut self) {
        while self.bytes.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
    }
}

fn told(path: &str) -> String {
    if path.len() <= LONGEST_PATH {
        return path.to_owned();
    }
    format!("{}…", path.get(..path.floor_char_boundary(LONGEST_PATH)).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_has_its_place_and_its_path() {
        let text = r#" {"a": [1, {"b.c": "x\"]}"}, []], "d": null , "é": {"f": true}} "#;
        let found: Vec<(String, String)> =
            parts(text).unwrap().into_iter().map(|part| (part.path, text[part.value].to_owned())).collect();
        let expected = [
            ("a[0]", "1"),
            ("a[1].b.c", r#""x\"]}""#),
            ("a[1]", r#"{"b.c": "x\"]}"}"#),
            ("a[2]", "[]"),
            ("a", r#"[1, {"b.c": "x\"]}"}, []]"#),
            ("d", "null"),
            ("é.f", "true"),
            ("é", r#"{"f": true}"#),
            ("", text.trim()),
        ];
        let expected: Vec<_> = expected.map(|(path, value)| (path.to_owned(), value.to_owned())).into();
        assert_eq!(found, expected);
    }

    #[test]
    fn what_is_no_json_has_no_parts() {
        for text in ["", "{", "{a:1}", "[1,]", &"[".repeat(10_000), "[1] x"] {
            assert_eq!(parts(text), None);
        }
        assert_eq!(parts("12").map(|parts| parts.len()), Some(1));
    }

    #[test]
    fn a_large_text_is_thinned_out() {
        let text = format!("[{}]", vec!["{\"a\":1}"; 300_000].join(","));
        let parts = parts(&text).unwrap();
        assert!(parts.len() <= 4096, "{}", parts.len());
        assert!(parts.iter().any(|part| part.value.start > text.len() - 2000));
    }
}
