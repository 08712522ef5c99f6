//! Values and texts from outside, as people read them: JSON-like, on one line, of bounded length, nothing invisible in them.

use crate::port::js::{number_to_string, to_iso_string};
use crate::verdict::Value;

/// Longest shown value, in characters. Reports cut further to what their medium has room for.
pub const LONGEST: usize = 2000;
/// So much is kept before the first difference of two long texts.
const BEFORE: usize = 200;

/// The value on one line; what is too long ends with `…`.
pub fn value(value: &Value) -> String {
    let mut out = Limited::new(LONGEST);
    write(value, &mut out);
    out.finish()
}

/// The value on one line of at most `limit` characters.
pub fn brief(value: &Value, limit: usize) -> String {
    let mut out = Limited::new(limit);
    write(value, &mut out);
    out.finish()
}

/// Two values, each on one line. Long texts begin shortly before their first difference.
pub fn pair(expected: &Value, actual: &Value) -> (String, String) {
    if let (Value::String(left), Value::String(right)) = (expected, actual) {
        let same = left.chars().zip(right.chars()).take_while(|(left, right)| left == right).count();
        if same > BEFORE {
            let from = |text: &str| format!("…{}", quote(&text.chars().skip(same - BEFORE / 2).collect::<String>()));
            return (from(left), from(right));
        }
    }
    (value(expected), value(actual))
}

/// A text in quotes, at most `LONGEST` characters of it, with everything that is invisible escaped.
pub fn quote(text: &str) -> String {
    let mut out = Limited::new(LONGEST);
    quote_to(text, &mut out);
    out.finish()
}

/// A text in quotes in which white space can be seen: `·` a blank, `→` a tab, `⏎` a line break, `⍽` a blank that does not break.
pub fn with_visible_space(text: &str) -> String {
    let mut out = Limited::new(LONGEST);
    out.push("\"");
    for character in text.chars() {
        if out.full() {
            break;
        }
        match character {
            ' ' => out.push("·"),
            '\t' => out.push("→"),
            '\n' => out.push("⏎"),
            '\r' => out.push("␍"),
            '\u{a0}' => out.push("⍽"),
            other => out.character(other),
        }
    }
    out.push("\"");
    out.finish()
}

/// At most `limit` characters, on one line; white space is folded, what is invisible is escaped.
pub fn line(text: &str, limit: usize) -> String {
    let mut out = Limited::new(limit);
    let mut blank = false;
    // Enough to fill the line, however much follows.
    for character in text.trim_start().chars() {
        if character.is_whitespace() {
            blank = true;
            continue;
        }
        if blank {
            out.push(" ");
            blank = false;
        }
        if out.full() {
            break;
        }
        out.character(character);
    }
    out.finish()
}

/// A character that cannot be seen, or that a terminal would obey, as an escape.
pub fn escape_control(character: char) -> Option<String> {
    let hidden = character.is_control()
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
    hidden.then(|| format!("\\u{{{:x}}}", u32::from(character)))
}

/// With a capital at its beginning, as a sentence has it; names of files and code keep theirs.
pub fn capital(text: &str) -> String {
    let word = text.split_whitespace().next().unwrap_or_default();
    if word.trim_end_matches(['.', ',', ':', ';']).contains(['.', '/', '_', '(']) {
        return text.to_owned();
    }
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

/// What sort of value it is, with its article: `a text`, `an array of 3`.
pub fn kind(value: &Value) -> String {
    match value {
        Value::Undefined => "undefined".to_owned(),
        Value::Null => "null".to_owned(),
        Value::Bool(_) => "a boolean".to_owned(),
        Value::Number(number) if number.is_nan() => "NaN".to_owned(),
        Value::Number(_) => "a number".to_owned(),
        Value::String(text) if text.is_empty() => "an empty text".to_owned(),
        Value::String(_) => "a text".to_owned(),
        Value::Array(items) if items.is_empty() => "an empty array".to_owned(),
        Value::Array(items) => format!("an array of {}", items.len()),
        Value::Object(object) if object.is_empty() => "an empty object".to_owned(),
        Value::Object(_) => "an object".to_owned(),
        Value::Date(_) => "a date".to_owned(),
        Value::Other { kind, .. } => format!("a {kind}"),
    }
}

/// `a`, `b` and 3 more
pub fn listing<'a>(names: impl ExactSizeIterator<Item = &'a str>, most: usize) -> String {
    let count = names.len();
    let shown: Vec<String> = names.take(most).map(|name| format!("`{}`", line(name, 60))).collect();
    match (shown.as_slice(), count > most) {
        ([], _) => "nothing".to_owned(),
        ([one], false) => one.clone(),
        ([init @ .., last], false) => format!("{} and {last}", init.join(", ")),
        (all, true) => format!("{} and {} more", all.join(", "), count - most),
    }
}

fn write(value: &Value, out: &mut Limited) {
    if out.full() {
        return;
    }
    match value {
        Value::Undefined => out.push("undefined"),
        Value::Null => out.push("null"),
        Value::Bool(value) => out.push(if *value { "true" } else { "false" }),
        Value::Number(number) if *number == 0.0 && number.is_sign_negative() => out.push("-0"),
        Value::Number(number) => out.push(&number_to_string(*number)),
        Value::String(text) => quote_to(text, out),
        Value::Array(items) => {
            out.push("[");
            for (index, item) in items.iter().enumerate() {
                if out.full() {
                    return;
                }
                if index > 0 {
                    out.push(", ");
                }
                write(item, out);
            }
            out.push("]");
        }
        Value::Object(object) => {
            out.push("{");
            for (index, (key, value)) in object.iter().enumerate() {
                if out.full() {
                    return;
                }
                if index > 0 {
                    out.push(", ");
                }
                quote_to(key, out);
                out.push(": ");
                write(value, out);
            }
            out.push("}");
        }
        Value::Date(time) => out.push(&to_iso_string(*time).unwrap_or_else(|| "Invalid Date".to_owned())),
        Value::Other { text, .. } => out.text(text),
    }
}

fn quote_to(text: &str, out: &mut Limited) {
    out.push("\"");
    for character in text.chars() {
        if out.full() {
            break;
        }
        match character {
            '"' => out.push("\\\""),
            '\\' => out.push("\\\\"),
            '\n' => out.push("\\n"),
            '\r' => out.push("\\r"),
            '\t' => out.push("\\t"),
            other => out.character(other),
        }
    }
    out.push("\"");
}

/// A text that stops growing.
struct Limited {
    text: String,
    left: usize,
    over: bool,
}

impl Limited {
    fn new(limit: usize) -> Self {
        Self { text: String::new(), left: limit, over: false }
    }

    fn full(&self) -> bool {
        self.over
    }

    fn push(&mut self, piece: &str) {
        for character in piece.chars() {
            if self.left == 0 {
                self.over = true;
                return;
            }
            self.text.push(character);
            self.left -= 1;
        }
    }

    fn character(&mut self, character: char) {
        match escape_control(character) {
            Some(escape) => self.push(&escape),
            None => self.push(character.encode_utf8(&mut [0; 4])),
        }
    }

    fn text(&mut self, text: &str) {
        for character in text.chars() {
            if self.over {
                return;
            }
            self.character(character);
        }
    }

    fn finish(mut self) -> String {
        if self.over {
            self.text.pop();
            self.text.push('…');
        }
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_shown_as_json_and_cut() {
        let items: Vec<Value> = (0..10_000).map(f64::from).map(Value::Number).collect();
        let shown = value(&Value::Array(items.into()));
        assert!(shown.starts_with("[0, 1, 2") && shown.ends_with('…'), "{shown}");
        assert_eq!(shown.chars().count(), LONGEST);
        assert_eq!(value(&Value::from("a\"\n\u{1b}[0m")), "\"a\\\"\\n\\u{1b}[0m\"");
        assert_eq!(value(&Value::Number(-0.0)), "-0");
        assert_eq!(brief(&Value::from("abcdef"), 4), "\"ab…");
        assert_eq!(brief(&Value::from("ab"), 4), "\"ab\"");
    }

    #[test]
    fn long_texts_begin_near_their_difference() {
        let long = "x".repeat(5000);
        let (expected, actual) = pair(&Value::from(format!("{long}A")), &Value::from(format!("{long}B")));
        assert!(expected.contains('A') && actual.contains('B') && expected.len() < 500);
    }

    #[test]
    fn white_space_can_be_seen() {
        assert_eq!(with_visible_space("a \t\r\n\u{a0}\u{200b}"), "\"a·→␍⏎⍽\\u{200b}\"");
        assert_eq!(line("  a\n\n b\u{7}", 20), "a b\\u{7}");
        assert_eq!(line("abc", 2), "a…");
    }

    #[test]
    fn lists_name_few() {
        assert_eq!(listing(["a", "b"].into_iter(), 3), "`a` and `b`");
        assert_eq!(listing(["a", "b", "c"].into_iter(), 2), "`a`, `b` and 1 more");
        assert_eq!(listing([].into_iter(), 2), "nothing");
    }
}
