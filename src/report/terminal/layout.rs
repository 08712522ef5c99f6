//! Lines: wrapped, indented, and free of what a terminal would obey.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::report::value::harmless;

/// Columns that a text takes.
pub fn width(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// Text from outside on one line.
pub fn plain(text: &str) -> String {
    harmless(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Wraps a text to `width` columns; the first line begins with `first`, the others with as many blanks.
pub fn wrap(text: &str, first: &str, columns: usize) -> Vec<String> {
    let rest = " ".repeat(width(first));
    let options = textwrap::Options::new(columns.max(20))
        .initial_indent(first)
        .subsequent_indent(&rest)
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    let mut lines = Vec::new();
    for (index, paragraph) in text.split('\n').enumerate() {
        let options = if index == 0 { options.clone() } else { options.clone().initial_indent(&rest) };
        lines.extend(textwrap::wrap(paragraph, options).into_iter().map(|line| line.trim_end().to_owned()));
    }
    lines
}

/// At most `columns` columns of a text around the character at `at`, with `…` where something is left out.
pub fn fit(text: &str, at: usize, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let size = |character: char| UnicodeWidthChar::width(character).unwrap_or(0);
    let characters: Vec<char> = text.chars().collect();
    let room = columns.saturating_sub(4).max(4);
    let mut start = at.min(characters.len());
    let mut used = 0;
    // What comes before is a third, unless all of it fits.
    let before: usize = characters.iter().take(start).map(|c| size(*c)).sum();
    let share = if before < room / 2 { before } else { room / 3 };
    while let Some(character) =
        start.checked_sub(1).and_then(|at| characters.get(at)).filter(|c| used + size(**c) <= share)
    {
        used += size(*character);
        start -= 1;
    }
    let mut out = if start > 0 { "… ".to_owned() } else { String::new() };
    let mut end = start;
    let mut used = 0;
    while let Some(character) = characters.get(end).filter(|c| used + size(**c) <= room) {
        out.push(*character);
        used += size(*character);
        end += 1;
    }
    if end < characters.len() {
        out.push_str(" …");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interesting_place_is_kept() {
        let text = format!("{}X{}", "a".repeat(100), "b".repeat(100));
        for columns in 12..80 {
            let fitted = fit(&text, 100, columns);
            assert!(fitted.contains('X') && width(&fitted) <= columns, "{columns}: {fitted}");
        }
        assert_eq!(fit("abc", 1, 20), "abc");
        assert_eq!(fit(&"漢".repeat(50), 0, 20), format!("{} …", "漢".repeat(8)));
    }
}
