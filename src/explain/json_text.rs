//! Places in a JSON text, and ways through a JSON document.

use std::ops::Range;

use crate::verdict::Value;

/// Deepest place that is looked for.
const DEEPEST: usize = 32;
/// Most values that are compared when a value is looked for.
const MOST: usize = 200_000;

/// Where a property stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Its key with its quotes; nothing for an element of a list or the document.
    pub key: Option<Range<usize>>,
    /// Its value.
    pub value: Range<usize>,
}

/// Finds the value at a path in a valid JSON text; linear in its size.
pub fn locate(text: &str, path: &[String]) -> Option<Place> {
    if path.len() > DEEPEST {
        return None;
    }
    let reader = Reader { bytes: text.as_bytes(), text };
    let mut at = reader.blank(0);
    let mut key = None;
    for step in path {
        (key, at) = reader.child(at, step)?;
    }
    Some(Place { key, value: at..reader.end_of(at) })
}

/// The value at a path.
pub fn get<'v>(document: &'v Value, path: &[String]) -> Option<&'v Value> {
    path.iter().try_fold(document, |value, key| child(value, key))
}

/// The property of an object or the element of an array.
pub fn child<'v>(value: &'v Value, key: &str) -> Option<&'v Value> {
    match value {
        Value::Object(object) => object.get(key),
        Value::Array(items) => items.get(key.parse::<usize>().ok()?),
        _ => None,
    }
}

/// The path of the only object or array in a document that is equal to `wanted`.
pub fn path_to(document: &Value, wanted: &Value) -> Option<Vec<String>> {
    if !matches!(wanted, Value::Object(_) | Value::Array(_)) {
        return None;
    }
    let mut search = Search { wanted, path: Vec::new(), found: None, several: false, left: MOST };
    search.visit(document);
    search.found.filter(|_| !search.several && search.left > 0)
}

struct Search<'v> {
    wanted: &'v Value,
    path: Vec<String>,
    found: Option<Vec<String>>,
    several: bool,
    left: usize,
}

impl Search<'_> {
    fn visit(&mut self, value: &Value) {
        if self.several || self.left == 0 || self.path.len() > DEEPEST {
            return;
        }
        self.left -= 1;
        if value == self.wanted {
            self.several = self.found.is_some();
            self.found = Some(self.path.clone());
            return;
        }
        match value {
            Value::Object(object) => {
                for (key, value) in object.iter().filter(|(_, value)| is_container(value)) {
                    self.path.push(key.to_string());
                    self.visit(value);
                    self.path.pop();
                }
            }
            Value::Array(items) => {
                for (index, value) in items.iter().enumerate().filter(|(_, value)| is_container(value)) {
                    self.path.push(index.to_string());
                    self.visit(value);
                    self.path.pop();
                }
            }
            _ => {}
        }
    }
}

fn is_container(value: &Value) -> bool {
    matches!(value, Value::Object(_) | Value::Array(_))
}

/// A path as a programmer writes it: `users[0].name`.
pub fn path_text(path: &[String]) -> String {
    let mut out = String::new();
    for key in path {
        let plain = key.starts_with(|c: char| c.is_alphabetic() || c == '_')
            && key.chars().all(|c| c.is_alphanumeric() || c == '_');
        if plain {
            if !out.is_empty() {
                out.push('.');
            }
            out.push_str(key);
        } else if key.bytes().all(|byte| byte.is_ascii_digit()) && !key.is_empty() {
            out.push_str(&format!("[{key}]"));
        } else {
            out.push_str(&format!("[{}]", super::show::quote(key)));
        }
    }
    out
}

struct Reader<'t> {
    text: &'t str,
    bytes: &'t [u8],
}

impl Reader<'_> {
    fn blank(&self, mut at: usize) -> usize {
        while self.bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
            at += 1;
        }
        at
    }

    /// Key and start of the value of a property or an element of what begins at `at`. The last of several counts.
    fn child(&self, at: usize, wanted: &str) -> Option<(Option<Range<usize>>, usize)> {
        let is_object = match self.bytes.get(at)? {
            b'{' => true,
            b'[' => false,
            _ => return None,
        };
        let index: Option<usize> = wanted.parse().ok();
        let mut found = None;
        let mut at = self.blank(at + 1);
        let mut count = 0;
        loop {
            match self.bytes.get(at)? {
                b'}' | b']' => return found,
                b',' => at = self.blank(at + 1),
                _ if is_object => {
                    let end = self.end_of(at);
                    let value = self.blank(self.blank(end) + 1);
                    if self.key_is(at..end, wanted) {
                        found = Some((Some(at..end), value));
                    }
                    let next = self.blank(self.end_of(value));
                    if next <= at {
                        return None;
                    }
                    at = next;
                }
                _ => {
                    if Some(count) == index {
                        return Some((None, at));
                    }
                    count += 1;
                    let next = self.blank(self.end_of(at));
                    if next <= at {
                        return None;
                    }
                    at = next;
                }
            }
        }
    }

    fn key_is(&self, span: Range<usize>, wanted: &str) -> bool {
        let Some(quoted) = self.text.get(span) else { return false };
        if quoted.contains('\\') {
            return serde_json::from_str::<String>(quoted).is_ok_and(|key| key == wanted);
        }
        quoted.strip_prefix('"').and_then(|key| key.strip_suffix('"')) == Some(wanted)
    }

    /// End of the value that begins at `at`.
    fn end_of(&self, mut at: usize) -> usize {
        let mut depth = 0_usize;
        loop {
            match self.bytes.get(at) {
                None => return at,
                Some(b'"') => at = self.end_of_text(at),
                Some(b'{' | b'[') => {
                    depth += 1;
                    at += 1;
                }
                Some(b'}' | b']') if depth <= 1 => return if depth == 0 { at } else { at + 1 },
                Some(b'}' | b']') => {
                    depth -= 1;
                    at += 1;
                }
                Some(b',' | b':') if depth == 0 => return at,
                Some(byte) if depth == 0 && byte.is_ascii_whitespace() => return at,
                Some(_) => {
                    at += 1;
                    continue;
                }
            }
            if depth == 0 {
                return at;
            }
        }
    }

    fn end_of_text(&self, mut at: usize) -> usize {
        at += 1;
        while let Some(byte) = self.bytes.get(at) {
            match byte {
                b'"' => return at + 1,
                b'\\' => at += 2,
                _ => at += 1,
            }
        }
        self.bytes.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::port::js::parse_json;

    fn path(keys: &[&str]) -> Vec<String> {
        keys.iter().map(|key| (*key).to_owned()).collect()
    }

    #[test]
    fn places_are_found() {
        let text = r#" {"a\u0062": [1, "x]", {"k": {"deep" : -1.5e3 }}], "b":null, "b" : "late"} "#;
        let at = |keys: &[&str]| locate(text, &path(keys)).map(|it| &text[it.value]);
        assert_eq!(at(&["ab", "2", "k", "deep"]), Some("-1.5e3"));
        assert_eq!(at(&["ab", "1"]), Some("\"x]\""));
        assert_eq!(at(&["b"]), Some("\"late\""));
        assert_eq!(at(&["ab", "2", "k"]), Some("{\"deep\" : -1.5e3 }"));
        assert_eq!(at(&[]), Some(text.trim()));
        for missing in [&["c"][..], &["ab", "3"], &["b", "x"], &["ab", "x"]] {
            assert_eq!(at(missing), None, "{missing:?}");
        }
        let key = locate(text, &path(&["ab"])).unwrap().key.unwrap();
        assert_eq!(&text[key], "\"a\\u0062\"");
    }

    #[test]
    fn broken_texts_do_no_harm() {
        for text in
            ["", "{", "{\"a\"", "{\"a\":", "[", "[1", "{a:1}", "\"", "{]", "[}", "{\"a\" 1}", "{,}", "[::]", "{:"]
        {
            let _ = locate(text, &path(&["a"]));
            let _ = locate(text, &path(&["0"]));
            let _ = locate(text, &[]);
        }
    }

    #[test]
    fn a_value_is_found_when_there_is_one_only() {
        let document = parse_json(r#"{"x": {"a": 1}, "y": [{"b": 2}, {"a": 2}], "z": [[3], [3]]}"#).unwrap();
        let find = |text: &str| path_to(&document, &parse_json(text).unwrap()).map(|path| path_text(&path));
        assert_eq!(find(r#"{"b": 2}"#).as_deref(), Some("y[0]"));
        assert_eq!(find("[3]"), None, "twice");
        assert_eq!(find("1"), None, "no container");
        assert_eq!(path_text(&path(&["a", "b-c", "0", "d"])), "a[\"b-c\"][0].d");
    }
}
