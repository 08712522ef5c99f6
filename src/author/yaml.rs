//! A text as a YAML value on one line.

use crate::challenge::{Source, parse};

/// The text, in double quotes where it would mean something else without.
pub(super) fn scalar(text: &str) -> String {
    if is_plain(text) && reads_back(text, text) { text.to_owned() } else { quoted(text) }
}

/// Whether a text looks as if it needed no quotes: a letter first, and nothing of YAML's own.
fn is_plain(text: &str) -> bool {
    let first = text.chars().next().is_some_and(char::is_alphabetic);
    let special = text.contains(": ") || text.contains(" #") || text.ends_with(':');
    let blank_end = text.trim() != text;
    let odd = text.chars().any(|character| {
        character.is_control()
            || matches!(character, '{' | '}' | '[' | ']' | '"' | '\\' | '\u{feff}' | '\u{2028}' | '\u{2029}' | '\u{85}')
    });
    first && !special && !blank_end && !odd
}

/// Words such as `yes` and `null` are no texts; only the reader knows all of them.
fn reads_back(written: &str, text: &str) -> bool {
    let file = format!("---\nid: 000000000000000000000000\ntitle: {written}\nchallengeType: 2\n---\n");
    let words = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"];
    // Older readers than ours, freeCodeCamp's among them, take these for true, false and nothing.
    !words.iter().any(|word| text.eq_ignore_ascii_case(word))
        && parse(&Source::new("", file)).is_ok_and(|challenge| challenge.title == text)
}

/// In double quotes, where JSON's escapes are YAML's too.
fn quoted(text: &str) -> String {
    serde_json::Value::String(text.to_owned()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_title_reads_back_as_it_is() {
        for (text, written) in [
            ("Say Hello", "Say Hello"),
            ("Use a Template Engine's Powers", "Use a Template Engine's Powers"),
            ("Año: Nuevo", "\"Año: Nuevo\""),
            ("12", "\"12\""),
            ("yes", "\"yes\""),
            ("null", "\"null\""),
            ("Say \"Hello\"", "\"Say \\\"Hello\\\"\""),
            ("C# and F#", "C# and F#"),
            ("a #1", "\"a #1\""),
            ("#1", "\"#1\""),
            ("- x", "\"- x\""),
            ("`code` first", "\"`code` first\""),
            ("Back\\slash", "\"Back\\\\slash\""),
            ("Use {braces}", "\"Use {braces}\""),
            ("日本語", "日本語"),
        ] {
            assert_eq!(scalar(text), written);
            assert!(reads_back(&scalar(text), text) || ["yes", "null"].contains(&text), "{text}");
        }
    }
}
