//! The text of a file, and places in it.

use std::ops::Range;

/// A file's text with the name that messages use for it.
#[derive(Debug, Clone)]
pub struct Source {
    /// Path for messages.
    pub name: String,
    /// The text, without a byte order mark; line endings are kept as they are.
    pub text: String,
}

impl Source {
    /// Text that is already Unicode. A byte order mark at the start is dropped.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let mut text = text.into();
        if text.starts_with('\u{feff}') {
            text.drain(..'\u{feff}'.len_utf8());
        }
        Self { name: name.into(), text }
    }

    /// Bytes of a file. What is not UTF-8 becomes U+FFFD, as in the official parser.
    pub fn from_bytes(name: impl Into<String>, bytes: Vec<u8>) -> Self {
        let text = match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => String::from_utf8_lossy(error.as_bytes()).into_owned(),
        };
        Self::new(name, text)
    }
}

/// A line and a column, both from 1; columns count Unicode characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// A part of a source: bytes `start..end`, which begins at `position`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Where the first byte is.
    pub position: Position,
}

impl Span {
    /// The bytes as a range.
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// Finds lines and columns of byte offsets.
#[derive(Debug)]
pub(super) struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let mut starts = Vec::with_capacity(text.len() / 32 + 1);
        starts.push(0);
        if text.contains('\r') {
            let bytes = text.as_bytes();
            let ends = |at: &usize| match bytes.get(*at) {
                Some(b'\n') => true,
                Some(b'\r') => bytes.get(at + 1) != Some(&b'\n'),
                _ => false,
            };
            starts.extend((0..bytes.len()).filter(ends).map(|at| at + 1));
        } else {
            // Nearly every file; searching for one byte is several times faster than looking at each.
            starts.extend(text.match_indices('\n').map(|(at, _)| at + 1));
        }
        Self { text, starts }
    }

    /// The start of the line that holds `offset`.
    pub(super) fn line_start(&self, offset: usize) -> usize {
        self.starts.get(self.index(offset)).copied().unwrap_or(0)
    }

    fn index(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset).saturating_sub(1)
    }

    pub(super) fn position(&self, offset: usize) -> Position {
        let offset = offset.min(self.text.len());
        let index = self.index(offset);
        let start = self.starts.get(index).copied().unwrap_or(0);
        let before = self.text.get(start..offset).map_or(0, |text| text.chars().count());
        Position { line: index + 1, column: before + 1 }
    }

    pub(super) fn span(&self, range: Range<usize>) -> Span {
        let start = range.start.min(self.text.len());
        let end = range.end.clamp(start, self.text.len());
        Span { start, end, position: self.position(start) }
    }
}

/// The line of `text` that begins at `start`, with its ending; empty at the end of the text.
pub(super) fn line_at(text: &str, start: usize) -> &str {
    let rest = text.get(start..).unwrap_or("");
    let bytes = rest.as_bytes();
    match bytes.iter().position(|byte| matches!(byte, b'\n' | b'\r')) {
        Some(at) if bytes.get(at) == Some(&b'\r') && bytes.get(at + 1) == Some(&b'\n') => {
            rest.get(..at + 2).unwrap_or(rest)
        }
        Some(at) => rest.get(..=at).unwrap_or(rest),
        None => rest,
    }
}

/// A line without its ending.
pub(super) fn without_ending(line: &str) -> &str {
    line.strip_suffix("\r\n").or_else(|| line.strip_suffix(['\n', '\r'])).unwrap_or(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invalid_bytes_and_a_mark_at_the_start() {
        let source = Source::from_bytes("x.md", b"\xef\xbb\xbfa\xffb\r\n".to_vec());
        assert_eq!(source.text, "a\u{fffd}b\r\n");
    }

    #[test]
    fn columns_count_characters_and_every_line_ending_counts() {
        let lines = Lines::new("aé𝄞b\r\nx\ry\nz");
        assert_eq!(lines.position(7), Position { line: 1, column: 4 });
        assert_eq!(lines.position(10), Position { line: 2, column: 1 });
        assert_eq!(lines.position(12), Position { line: 3, column: 1 });
        assert_eq!(lines.position(14), Position { line: 4, column: 1 });
        assert_eq!(lines.position(99), Position { line: 4, column: 2 });
    }
}
