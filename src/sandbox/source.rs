//! The text that the engine really evaluates, and the way back from its lines and columns to the challenge file.

use super::program::Code;
use crate::verdict::CodePosition;

/// The name that stack traces give to the text of a block.
pub(super) const FILE_NAME: &str = "hint.js";

/// Text put into a piece of code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Insertion {
    /// Byte offset in the code.
    pub(super) at: usize,
    pub(super) text: &'static str,
}

/// A call in a piece of code, by byte offsets: the engine reports the place of its parenthesis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Call {
    /// End of what is called.
    pub(super) callee_end: usize,
    pub(super) end: usize,
    /// Where a reader looks for it.
    pub(super) shown: usize,
}

struct Piece {
    /// Byte range in the generated text.
    start: usize,
    end: usize,
    code: Code,
    insertions: Vec<Insertion>,
    calls: Vec<Call>,
}

/// Generated text with a record of where its pieces came from.
#[derive(Default)]
pub(super) struct Generated {
    pub(super) text: String,
    pieces: Vec<Piece>,
}

impl Generated {
    /// Adds text that stands in no file.
    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Adds a piece of code with insertions, which must be in order.
    pub(super) fn push_code(&mut self, code: &Code, insertions: Vec<Insertion>, calls: Vec<Call>) {
        let start = self.text.len();
        let mut from = 0;
        for insertion in &insertions {
            self.text.push_str(code.text().get(from..insertion.at).unwrap_or_default());
            self.text.push_str(insertion.text);
            from = insertion.at;
        }
        self.text.push_str(code.text().get(from..).unwrap_or_default());
        self.pieces.push(Piece { start, end: self.text.len(), code: code.clone(), insertions, calls });
    }

    /// The place in the challenge file of a line and column (both from 1, columns in characters) of the generated text.
    pub(super) fn position(&self, line: usize, column: usize) -> Option<CodePosition> {
        let start: usize = self.text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
        let rest = self.text.get(start..)?;
        let within: usize = rest.chars().take(column.saturating_sub(1)).map(char::len_utf8).sum();
        self.position_of_byte(start + within)
    }

    fn position_of_byte(&self, at: usize) -> Option<CodePosition> {
        let piece = self.pieces.iter().find(|piece| (piece.start..=piece.end).contains(&at))?;
        // What remains of the distance once insertions are taken out; a place inside of one is the place where it was put.
        let mut offset = at - piece.start;
        for insertion in &piece.insertions {
            let beyond = offset.saturating_sub(insertion.at);
            offset -= beyond.min(insertion.text.len());
        }
        let innermost = piece
            .calls
            .iter()
            .filter(|call| (call.callee_end..call.end).contains(&offset))
            .max_by_key(|call| call.callee_end);
        let exact = innermost.is_some_and(|call| piece.code.text().get(call.callee_end..offset).is_some_and(is_opening));
        Some(piece.code.position(innermost.filter(|_| exact).map_or(offset, |call| call.shown)))
    }
}

/// What may stand between what is called and the place that the engine reports: `(`, `?.(`, blanks.
fn is_opening(text: &str) -> bool {
    text.chars().all(|character| character.is_whitespace() || "?.(".contains(character))
}

/// The lines and columns that a stack trace gives for the text of a block, innermost first.
pub(super) fn frames(stack: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    stack.lines().filter_map(|line| {
        let (_, place) = line.rsplit_once(FILE_NAME)?;
        let mut numbers = place.strip_prefix(':')?.trim_end_matches(')').split(':');
        Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(line: usize, column: usize) -> CodePosition {
        CodePosition { line, column }
    }

    #[test]
    fn places_are_found_behind_insertions_and_in_every_piece() {
        let mut generated = Generated::default();
        generated.push("(() => {\n");
        generated.push_code(&Code::at_line("let a;", 3), Vec::new(), Vec::new());
        generated.push(";\n");
        let insertions =
            vec![Insertion { at: 4, text: "return (" }, Insertion { at: 9, text: ")" }];
        let calls = vec![Call { callee_end: 7, end: 9, shown: 4 }];
        generated.push_code(&Code::at_line("é;\nb.c()\n+ d", 10), insertions, calls);
        generated.push("\n})");
        assert_eq!(generated.text, "(() => {\nlet a;;\né;\nreturn (b.c())\n+ d\n})");
        assert_eq!(generated.position(2, 5), Some(place(3, 5)));
        assert_eq!(generated.position(3, 2), Some(place(10, 2)));
        assert_eq!(generated.position(4, 9), Some(place(11, 1)));
        assert_eq!(generated.position(4, 11), Some(place(11, 3)));
        assert_eq!(generated.position(4, 12), Some(place(11, 1)), "the parenthesis of a call");
        assert_eq!(generated.position(5, 3), Some(place(12, 3)));
        assert_eq!(generated.position(1, 1), None);
    }

    #[test]
    fn frames_of_a_stack_are_those_of_the_block() {
        let stack = "    at fail (<null>)\n    at <anonymous> (hint.js:3:15)\n    at hint.js:7:2\n    at call (native)\n";
        assert_eq!(frames(stack).collect::<Vec<_>>(), [(3, 15), (7, 2)]);
    }
}
