//! Texts of files within messages.

use std::borrow::Cow;

/// Characters that a message shows of a text.
const MOST: usize = 60;

/// A text as messages show it: its first line, cut where it is long.
pub(super) fn shorten(text: &str) -> Cow<'_, str> {
    let line = text.lines().next().unwrap_or("").trim_end();
    let cut = line.char_indices().nth(MOST).map(|(at, _)| at);
    match cut.and_then(|at| line.get(..at)) {
        Some(start) => Cow::Owned(format!("{start}…")),
        None if text.trim_end().len() > line.len() => Cow::Owned(format!("{line} …")),
        None => Cow::Borrowed(line),
    }
}

#[cfg(test)]
mod tests {
    use super::shorten;

    #[test]
    fn long_texts_and_many_lines() {
        assert_eq!(shorten("a b "), "a b");
        assert_eq!(shorten("a\r\nb"), "a …");
        assert_eq!(shorten(&"é".repeat(70)), format!("{}…", "é".repeat(60)));
        assert_eq!(shorten(""), "");
    }
}
