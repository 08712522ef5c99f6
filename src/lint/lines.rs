//! Lines and columns of a text, found without going through a long line again for each place in it.

use std::sync::OnceLock;

use crate::challenge::Position;

/// Bytes between places whose count is kept. Shorter ways are counted anew.
const STEP: usize = 1024;

/// The lines of a text, which end with LF, CRLF or CR.
#[derive(Debug)]
pub struct Lines<'t> {
    text: &'t str,
    /// Where each begins; never empty.
    starts: Vec<usize>,
    /// Characters, and UTF-16 units, before every so many bytes.
    counts: OnceLock<Vec<Count>>,
}

/// Characters, and UTF-16 units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Count {
    characters: usize,
    units: usize,
}

impl Count {
    fn and(self, bytes: &[u8]) -> Self {
        // Counted by their first bytes, so that it does not matter where the bytes are cut.
        let characters = bytes.iter().filter(|&&byte| byte & 0xc0 != 0x80).count();
        let pairs = bytes.iter().filter(|&&byte| byte >= 0xf0).count();
        Self { characters: self.characters + characters, units: self.units + characters + pairs }
    }
}

impl<'t> Lines<'t> {
    /// Finds the lines, in one pass.
    pub fn new(text: &'t str) -> Self {
        let after = |(at, ending): (usize, &str)| {
            let half = ending == "\r" && text.as_bytes().get(at + 1) == Some(&b'\n');
            (!half).then_some(at + 1)
        };
        let first = std::iter::once(0);
        let starts = if text.contains('\r') {
            first.chain(text.match_indices(['\n', '\r']).filter_map(after)).collect()
        } else {
            // Nearly every text; searching for one byte is much faster.
            first.chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect()
        };
        Self { text, starts, counts: OnceLock::new() }
    }

    /// Where a byte is, in characters. Bytes beyond the text are its end.
    pub fn position(&self, offset: usize) -> Position {
        let (line, start, offset) = self.line_of(offset);
        let before = self.count(offset).characters - self.count(start).characters;
        Position { line, column: before + 1 }
    }

    /// The column of a byte in UTF-16 units, from 1.
    pub fn utf16_column(&self, offset: usize) -> usize {
        let (_, start, offset) = self.line_of(offset);
        self.count(offset).units - self.count(start).units + 1
    }

    /// Where the line with that number, from 1, begins; the end of the text where there is no such line.
    pub fn start(&self, line: usize) -> usize {
        self.starts.get(line.saturating_sub(1)).copied().unwrap_or(self.text.len())
    }

    /// The number of the line that a byte is in, where the line begins, and the byte.
    fn line_of(&self, offset: usize) -> (usize, usize, usize) {
        let offset = offset.min(self.text.len());
        let line = self.starts.partition_point(|start| *start <= offset);
        (line, self.start(line), offset)
    }

    fn count(&self, offset: usize) -> Count {
        let bytes = self.text.as_bytes();
        let counts = self.counts.get_or_init(|| {
            let steps = bytes.chunks(STEP).scan(Count::default(), |count, chunk| {
                *count = count.and(chunk);
                Some(*count)
            });
            std::iter::once(Count::default()).chain(steps).collect()
        });
        let step = offset / STEP;
        let known = counts.get(step).copied().unwrap_or_default();
        known.and(bytes.get(step * STEP..offset).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_of_every_kind_of_text() {
        let long = format!("{}é𝄞{}\r\n{}x", "a𝄞é".repeat(700), "漢".repeat(1000), "b".repeat(5000));
        for text in ["", "a", "é𝄞x\n\nb", "a\rb\r\n\rc\n", long.as_str()] {
            let lines = Lines::new(text);
            let (mut line, mut start) = (1, 0);
            for (at, character) in text.char_indices() {
                let before = &text[start..at];
                assert_eq!(lines.position(at), Position { line, column: before.chars().count() + 1 });
                assert_eq!(lines.utf16_column(at), before.encode_utf16().count() + 1);
                if character == '\n' || (character == '\r' && !text[at..].starts_with("\r\n")) {
                    (line, start) = (line + 1, at + 1);
                }
                assert_eq!(lines.start(line), start);
            }
            assert_eq!(lines.position(text.len() + 9).line, line);
            assert_eq!(lines.start(line + 1), text.len());
        }
    }
}
