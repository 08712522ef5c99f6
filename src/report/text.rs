//! Text of strangers made fit for files, and kept short.
//!
//! Files are read by parsers, not by terminals: what joins letters (as in emoji and Persian) stays, and what no parser is
//! sure to take, or what turns the order of letters around, is shown by its number.

/// The text with control characters shown as `\u{1b}`, tabs as spaces, and line breaks of any kind as `\n`. What XML and
/// YAML refuse altogether becomes U+FFFD.
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\r' if characters.peek() == Some(&'\n') => {}
            '\n' => out.push('\n'),
            '\t' => out.push_str("    "),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            hidden if is_hidden(hidden) => out.push_str(&format!("\\u{{{:x}}}", u32::from(hidden))),
            other => out.push(other),
        }
    }
    out
}

/// Characters that are obeyed rather than seen.
fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}' | '\u{2060}' | '\u{feff}')
}

/// The text on one line of at most about `limit` bytes.
pub fn line(text: &str, limit: usize) -> String {
    // Twice as much as can be shown is enough to look at.
    let (start, whole) = head(text, limit.saturating_mul(2));
    let joined = clean(start).split_whitespace().collect::<Vec<_>>().join(" ");
    match head(&joined, limit) {
        (_, true) if whole => joined,
        (kept, _) => format!("{kept}…"),
    }
}

/// The start of at most `limit` bytes, and whether that is all.
pub fn head(text: &str, limit: usize) -> (&str, bool) {
    let end = text.floor_char_boundary(limit);
    (text.get(..end).unwrap_or_default(), end == text.len())
}

/// The text, cleaned; a long one loses its middle, and says how much. Each character costs what `cost` says, and what is
/// kept costs at most `limit`.
pub fn block(text: &str, limit: usize, cost: impl Fn(char) -> usize) -> String {
    let text = clean(text);
    let whole: usize = text.chars().map(&cost).sum();
    if whole <= limit {
        return text;
    }
    // The start tells more than the end.
    let end = within(text.chars(), limit - limit / 3, &cost);
    let rest = text.get(end..).unwrap_or_default();
    let start = rest.len() - within(rest.chars().rev(), limit / 3, &cost);
    let (head, tail) = (text.get(..end).unwrap_or_default(), rest.get(start..).unwrap_or_default());
    let left_out = rest.get(..start).unwrap_or_default().chars().count();
    format!("{head}\n… {left_out} characters left out …\n{tail}")
}

/// The start of the text that `limit` pays for; see [`block`].
pub fn affordable(text: &str, limit: usize, cost: impl Fn(char) -> usize) -> &str {
    text.get(..within(text.chars(), limit, cost)).unwrap_or_default()
}

/// Bytes of the characters that `limit` pays for.
fn within(characters: impl Iterator<Item = char>, limit: usize, cost: impl Fn(char) -> usize) -> usize {
    let mut paid = 0;
    characters
        .take_while(|character| {
            paid += cost(*character);
            paid <= limit
        })
        .map(char::len_utf8)
        .sum()
}

/// `1 hint`, `2 hints`.
pub fn count(number: usize, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_obeyed_is_shown_and_what_joins_stays() {
        assert_eq!(clean("a\u{1b}[31m\u{202e}b\tc\r\nd\re\u{85}"), "a\\u{1b}[31m\\u{202e}b    c\nd\\u{d}e\\u{85}");
        assert_eq!(clean("👩\u{200d}💻 می\u{200c}خواهم \u{ffff}"), "👩\u{200d}💻 می\u{200c}خواهم \u{fffd}");
    }

    #[test]
    fn lines_are_short_and_single() {
        assert_eq!(line(" a \n\n b\t", 20), "a b");
        assert_eq!(line("ééééé", 4), "éé…");
        assert_eq!(line(&"x".repeat(100_000), 10), "xxxxxxxxxx…");
        assert_eq!(line(&format!("{}x", " ".repeat(100)), 10), "…");
        assert_eq!(line("", 10), "");
    }

    #[test]
    fn blocks_lose_their_middle() {
        let text = format!("start{}end", "é".repeat(50_000));
        let cut = block(&text, 300, char::len_utf8);
        assert!(cut.starts_with("startéé") && cut.ends_with("ééend"), "{cut}");
        assert!(cut.len() < 360, "{}", cut.len());
        assert!(cut.contains("… 49855 characters left out …"), "{cut}");
        assert_eq!(block("as it is", 8, char::len_utf8), "as it is");
        assert_eq!(block("&&&&", 10, |_| 5), "&\n… 3 characters left out …\n");
    }
}
