//! Lines: wrapped, indented, and free of what a terminal would obey.

use unicode_width::UnicodeWidthStr;

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
