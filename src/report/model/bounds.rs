//! How large things may be in a report. What is cut says so.

/// Longest message, hint text and console line, in bytes. Messages of 100 KB stay whole.
pub const LONGEST_TEXT: usize = 256 * 1024;
/// Most of a value that is kept as JSON, in bytes.
pub const LARGEST_VALUE: usize = 64 * 1024;
/// Deepest value that is kept as JSON.
pub const DEEPEST_VALUE: usize = 64;
/// Longest one-line text of a value, in characters.
pub const VALUE_TEXT: usize = 2000;
/// Most of a body that is kept, in bytes.
pub const BODY_START: usize = 2048;

/// The text, or its start and how much is missing.
pub fn text(text: &str) -> String {
    let start = start(text, LONGEST_TEXT);
    if start.len() == text.len() {
        return text.to_owned();
    }
    format!("{start} … ({} more bytes)", text.len() - start.len())
}

/// The start of a text: whole characters, at most `limit` bytes.
pub fn start(text: &str, limit: usize) -> &str {
    let mut end = limit.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_say_how_much_is_missing() {
        assert_eq!(text("short"), "short");
        let long = "é".repeat(LONGEST_TEXT / 2 + 3);
        let cut = text(&long);
        assert!(cut.ends_with("é … (6 more bytes)"), "{}", &cut[cut.len() - 40..]);
        let whole = "x".repeat(100_000);
        assert_eq!(text(&whole), whole);
        assert_eq!(start("aé", 2), "a");
    }
}
