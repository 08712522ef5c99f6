//! A code block, and where each of its bytes is in the file.

use super::fence::{Columns, Fence, columns};
use super::source::{Lines, Position, Span, line_at, without_ending};

/// The code of a block, without its fences and its indentation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// The code; line endings as in the file. Empty for a stub.
    pub text: String,
    /// The first word after the fence.
    pub language: Option<String>,
    /// The first line of the code in the file, from 1.
    pub line: usize,
    /// Per line of `text`.
    starts: Vec<Start>,
}

/// Where a line of the code begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Start {
    /// In the code.
    offset: usize,
    /// Column in the file, from 1.
    column: usize,
    /// Byte in the file of the first character that is kept.
    file: usize,
    /// Blanks that stand in the code for a part of a tab.
    blanks: usize,
}

impl Code {
    /// True for a block that says nothing, which stands for a test still to be written.
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Where in the file the byte `offset` of `text` is.
    pub fn position(&self, offset: usize) -> Position {
        let index = self.line_of(offset);
        let (start, column) = self.starts.get(index).map_or((0, 1), |start| (start.offset, start.column));
        let mut end = offset.min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let before = self.text.get(start..end).map_or(0, |text| text.chars().count());
        Position { line: self.line + index, column: column + before }
    }

    /// The byte of the file in which the byte `offset` of `text` is.
    pub fn file_offset(&self, offset: usize) -> usize {
        let start = self.starts.get(self.line_of(offset));
        start.map_or(0, |start| start.file + offset.saturating_sub(start.offset + start.blanks))
    }

    /// The bytes `range` of `text` as a part of the file.
    pub fn span(&self, range: std::ops::Range<usize>) -> Span {
        let start = self.file_offset(range.start);
        let end = self.file_offset(range.end).max(start);
        Span { start, end, position: self.position(range.start) }
    }

    fn line_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| start.offset <= offset).saturating_sub(1)
    }

    /// A fenced block whose fence begins on the line at `start`. Says too whether it is closed before `end`.
    pub(super) fn fenced(
        source: &str,
        lines: &Lines<'_>,
        start: usize,
        end: usize,
        language: Option<String>,
    ) -> Option<(Self, bool)> {
        let line = line_at(source, start);
        let fence = Fence::opening(without_ending(line))?;
        let first = start + line.len();
        let mut builder = Builder::default();
        let mut at = first;
        let mut closed = false;
        while at < end {
            let line = line_at(source, at);
            if fence.closed_by(without_ending(line)) {
                closed = true;
                break;
            }
            builder.push(line, fence.indent, at);
            at += line.len();
        }
        let number = lines.position(start).line + 1;
        Some((builder.finish(language, number, false), closed))
    }

    /// An indented block, which begins on the line at `start`.
    pub(super) fn indented(source: &str, lines: &Lines<'_>, start: usize, end: usize) -> Self {
        let mut builder = Builder::default();
        let mut at = start;
        while at < end {
            let line = line_at(source, at);
            builder.push(line, 4, at);
            at += line.len();
        }
        builder.finish(None, lines.position(start).line, true)
    }

    /// Text taken as it stands: an HTML node in the place of a test block.
    pub(super) fn verbatim(source: &str, lines: &Lines<'_>, start: usize, end: usize) -> Self {
        let mut builder = Builder::default();
        let mut at = start;
        while at < end {
            let line = line_at(source, at);
            builder.push(line, 0, at);
            at += line.len();
        }
        builder.finish(None, lines.position(start).line, true)
    }
}

#[derive(Default)]
struct Builder {
    text: String,
    starts: Vec<Start>,
}

impl Builder {
    /// A line that begins at byte `at` of the file.
    fn push(&mut self, line: &str, indent: usize, at: usize) {
        let Columns { bytes, left_over } = columns(line, indent);
        let start = Start { offset: self.text.len(), column: bytes + 1, file: at + bytes, blanks: left_over };
        self.starts.push(start);
        // A tab that reaches beyond the indentation leaves its rest as blanks.
        self.text.extend(std::iter::repeat_n(' ', left_over));
        self.text.push_str(line.get(bytes..).unwrap_or(""));
    }

    /// One line ending at the end belongs to the fence, not to the code.
    fn finish(mut self, language: Option<String>, line: usize, trim: bool) -> Code {
        loop {
            let kept = without_ending(&self.text).len();
            let more = trim && kept < self.text.len();
            self.text.truncate(kept);
            if !more || !self.text.ends_with(['\n', '\r']) {
                break;
            }
        }
        let end = self.text.len();
        self.starts.retain(|start| start.offset <= end);
        Code { text: self.text, language, line, starts: self.starts }
    }
}

#[cfg(test)]
mod tests {
    use crate::challenge::{Source, parse};

    #[test]
    fn every_byte_of_a_block_is_found_in_the_file() {
        let head = "---\nid: 589fc831f9fc0f352b528e77\ntitle: a\nchallengeType: 2\n---\n\n# --hints--\n\n";
        for body in [
            "A.\n\n```js\nconst a = 'é';\n\nb();\n```\n",
            "A.\r\n\r\n```js\r\na();\r\n  b();\r\n```\r\n",
            "A.\n\n   ```js\n   a();\n b();\n\t\tc();\n   ```\n",
            "A.\n\n    a();\n      b();\n\n    c();\n",
        ] {
            let source = Source::new("a.md", format!("{head}{body}"));
            let challenge = parse(&source).unwrap();
            let code = &challenge.hints[0].code;
            for (offset, character) in code.text.char_indices().filter(|(_, character)| !character.is_whitespace()) {
                let span = code.span(offset..offset + character.len_utf8());
                assert_eq!(source.text[span.range()], *character.to_string(), "{body:?} at {offset}");
            }
        }
    }
}
