//! The text that the engine really evaluates, and the way back from its lines and columns to the challenge file.

use std::ops::Range;
use std::sync::Arc;

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

/// A call in a piece of code, by byte offsets. The engine reports some place within the parentheses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Call {
    /// What is called, in the words of the browsers' messages.
    pub(super) callee: String,
    pub(super) start: usize,
    /// End of what is called.
    pub(super) callee_end: usize,
    pub(super) end: usize,
    /// Where a reader looks for it.
    pub(super) shown: usize,
    /// Last name of what is called: `equal` of `assert.equal`.
    pub(super) name: String,
    /// Whether it is a call of `assert` or of one of its methods.
    pub(super) is_assertion: bool,
}

/// A place in the text of a block that a stack trace names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Frame {
    pub(super) line: usize,
    pub(super) column: usize,
    /// The function that was called from there, when it is none of the block.
    pub(super) called: Option<String>,
}

struct Piece {
    /// Byte range in the generated text.
    start: usize,
    end: usize,
    code: Code,
    insertions: Arc<[Insertion]>,
    calls: Arc<[Call]>,
}

/// Generated text with a record of where its pieces came from.
pub(super) struct Generated {
    text: Arc<str>,
    pieces: Vec<Piece>,
}

/// Text that is being generated.
#[derive(Default)]
pub(super) struct Draft {
    text: String,
    pieces: Vec<Piece>,
}

impl Draft {
    /// Adds text that stands in no file.
    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Adds a piece of code with insertions, which must be in order.
    pub(super) fn push_code(&mut self, code: &Code, insertions: Arc<[Insertion]>, calls: Arc<[Call]>) {
        let start = self.text.len();
        let mut from = 0;
        for insertion in &*insertions {
            self.text.push_str(code.text().get(from..insertion.at).unwrap_or_default());
            self.text.push_str(insertion.text);
            from = insertion.at;
        }
        self.text.push_str(code.text().get(from..).unwrap_or_default());
        self.pieces.push(Piece { start, end: self.text.len(), code: code.clone(), insertions, calls });
    }

    /// The size of the text so far, in bytes.
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// What there is now is all.
    pub(super) fn finish(self) -> Generated {
        Generated { text: self.text.into(), pieces: self.pieces }
    }
}

impl Generated {
    /// The text that `text` is for any code that reads like `code`, which stands in `place`.
    pub(super) fn again(
        text: &Arc<str>,
        place: Range<usize>,
        code: &Code,
        insertions: &Arc<[Insertion]>,
        calls: &Arc<[Call]>,
    ) -> Self {
        let piece = Piece {
            start: place.start,
            end: place.end,
            code: code.clone(),
            insertions: Arc::clone(insertions),
            calls: Arc::clone(calls),
        };
        Self { text: Arc::clone(text), pieces: vec![piece] }
    }

    /// The text.
    pub(super) fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// The place in the challenge file of a line and column (both from 1, columns in characters) of the generated text.
    pub(super) fn position(&self, line: usize, column: usize) -> Option<CodePosition> {
        self.position_of(&Frame { line, column, called: None })
    }

    /// What the innermost call at a frame's place calls. A call of what is no function is reported at the callee.
    pub(super) fn callee_at(&self, frame: &Frame) -> Option<&str> {
        let (piece, offset) = self.piece_at(frame)?;
        let around = piece.calls.iter().filter(|call| (call.start..call.end).contains(&offset));
        around.min_by_key(|call| call.end - call.start).map(|call| call.callee.as_str())
    }

    /// The place in the challenge file of a frame: for a call that failed, where the call begins.
    pub(super) fn position_of(&self, frame: &Frame) -> Option<CodePosition> {
        let (piece, offset) = self.piece_at(frame)?;
        let call = frame.called.as_deref().and_then(|name| piece.call(offset, name));
        Some(piece.code.position(call.map_or(offset, |call| call.shown)))
    }

    /// The piece of code at a frame's place, and the offset within it.
    fn piece_at(&self, frame: &Frame) -> Option<(&Piece, usize)> {
        let start: usize = self.text.split_inclusive('\n').take(frame.line.saturating_sub(1)).map(str::len).sum();
        let rest = self.text.get(start..)?;
        let within: usize = rest.chars().take(frame.column.saturating_sub(1)).map(char::len_utf8).sum();
        let at = start + within;
        let piece = self.pieces.iter().find(|piece| (piece.start..=piece.end).contains(&at))?;
        Some((piece, piece.offset(at)))
    }
}

impl Piece {
    /// The offset in the code of a byte of the generated text; a place inside of an insertion is the place where it was put.
    fn offset(&self, at: usize) -> usize {
        let mut offset = at - self.start;
        for insertion in &*self.insertions {
            let beyond = offset.saturating_sub(insertion.at);
            offset -= beyond.min(insertion.text.len());
        }
        offset
    }

    /// The call that an error came out of: around the place, and by the name if possible.
    fn call(&self, offset: usize, name: &str) -> Option<&Call> {
        let around = || self.calls.iter().filter(|call| (call.callee_end..call.end).contains(&offset));
        let innermost = |wanted: &dyn Fn(&&Call) -> bool| around().filter(wanted).max_by_key(|call| call.callee_end);
        innermost(&|call| call.name == name)
            .or_else(|| innermost(&|call| call.is_assertion))
            .or_else(|| innermost(&|_| true))
    }
}
/// The places of a block that a stack trace names, innermost first.
pub(super) fn frames(stack: &str) -> impl Iterator<Item = Frame> + '_ {
    let mut called = None;
    stack.lines().filter_map(move |line| {
        let Some((_, place)) = line.rsplit_once(FILE_NAME) else {
            let name = line.trim_start().trim_start_matches("at ").split(' ').next().unwrap_or_default();
            called = Some(name.to_owned());
            return None;
        };
        let mut numbers = place.strip_prefix(':')?.trim_end_matches(')').split(':');
        let (line, column) = (numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?);
        Some(Frame { line, column, called: called.take() })
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
        let mut generated = Draft::default();
        generated.push("(() => {\n");
        generated.push_code(&Code::at_line("let a;", 3), Arc::default(), Arc::default());
        generated.push(";\n");
        let insertions = [Insertion { at: 4, text: "return (" }, Insertion { at: 9, text: ")" }];
        let call = Call {
            callee: "b.c".to_owned(),
            start: 4,
            callee_end: 7,
            end: 9,
            shown: 4,
            name: "c".to_owned(),
            is_assertion: false,
        };
        let calls = vec![call];
        generated.push_code(&Code::at_line("é;\nb.c()\n+ d", 10), insertions.into(), calls.into());
        generated.push("\n})");
        let generated = generated.finish();
        assert_eq!(&**generated.text(), "(() => {\nlet a;;\né;\nreturn (b.c())\n+ d\n})");
        assert_eq!(generated.position(2, 5), Some(place(3, 5)));
        assert_eq!(generated.position(3, 2), Some(place(10, 2)));
        assert_eq!(generated.position(4, 9), Some(place(11, 1)));
        assert_eq!(generated.position(4, 11), Some(place(11, 3)));
        let called = |name: &str| Frame { line: 4, column: 13, called: Some(name.to_owned()) };
        assert_eq!(generated.position_of(&called("c")), Some(place(11, 1)));
        assert_eq!(generated.position_of(&called("other")), Some(place(11, 1)));
        assert_eq!(generated.callee_at(&called("c")), Some("b.c"));
        assert_eq!(generated.position(4, 13), Some(place(11, 5)));
        assert_eq!(generated.position(5, 3), Some(place(12, 3)));
        assert_eq!(generated.position(1, 1), None);
    }

    #[test]
    fn frames_of_a_stack_are_those_of_the_block() {
        let stack =
            "    at fail (<null>)\n    at <anonymous> (hint.js:3:15)\n    at hint.js:7:2\n    at call (native)\n";
        let first = Frame { line: 3, column: 15, called: Some("fail".to_owned()) };
        let second = Frame { line: 7, column: 2, called: None };
        assert_eq!(frames(stack).collect::<Vec<_>>(), [first, second]);
    }
}
