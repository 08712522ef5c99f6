//! A code block, and where each of its bytes is in the file.

use super::fence::{Columns, Fence, columns};
use super::source::{Lines, Position, line_at, without_ending};

/// The code of a block, without its fences and its indentation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// The code; line endings as in the file. Empty for a stub.
    pub text: String,
    /// The first word after the fence.
    pub language: Option<String>,
    /// The first line of the code in the file, from 1.
    pub line: usize,
    /// Per line of `text`: the offset where it begins, and its column in the file.
    starts: Vec<(usize, usize)>,
}

impl Code {
    /// True for a block that says nothing, which stands for a test still to be written.
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Where in the file the byte `offset` of `text` is.
    pub fn position(&self, offset: usize) -> Position {
        let index = self.starts.partition_point(|(start, _)| *start <= offset).saturating_sub(1);
        let (start, column) = self.starts.get(index).copied().unwrap_or((0, 1));
        let mut end = offset.min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let before = self.text.get(start..end).map_or(0, |text| text.chars().count());
        Position { line: self.line + index, column: column + before }
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
            builder.push(line, fence.indent);
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
            builder.push(line, 4);
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
            builder.push(line, 0);
            at += line.len();
        }
        builder.finish(None, lines.position(start).line, true)
    }
}

#[derive(Default)]
struct Builder {
    text: String,
    starts: Vec<(usize, usize)>,
}

impl Builder {
    fn push(&mut self, line: &str, indent: usize) {
        let Columns { bytes, left_over } = columns(line, indent);
        self.starts.push((self.text.len(), bytes + 1));
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
        self.starts.retain(|(start, _)| *start <= end);
        Code { text: self.text, language, line, starts: self.starts }
    }
}
