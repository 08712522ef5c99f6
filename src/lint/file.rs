//! A file that is looked at.

use crate::challenge::{Challenge, Hint, Hooks, Outline, ParseErrors, Problem, Section, Source, Span, parse};
use crate::challenge::{FrontMatter, Position};

/// A challenge file, or one that should be: its text and what could be read of it.
#[derive(Debug)]
pub struct File<'s> {
    /// Its name and text.
    pub source: &'s Source,
    /// The challenge, or why it is none.
    pub parsed: Result<Challenge, ParseErrors>,
    /// Offset at which each line begins.
    lines: Vec<usize>,
}

impl<'s> File<'s> {
    /// Parses a file.
    pub fn new(source: &'s Source) -> Self {
        Self::from_parsed(source, parse(source))
    }

    /// A file that was parsed already.
    pub fn from_parsed(source: &'s Source, parsed: Result<Challenge, ParseErrors>) -> Self {
        Self { source, parsed, lines: starts(&source.text) }
    }

    /// The text.
    pub fn text(&self) -> &'s str {
        &self.source.text
    }

    /// The challenge, if it is one.
    pub fn challenge(&self) -> Option<&Challenge> {
        self.parsed.as_ref().ok()
    }

    fn outline(&self) -> Result<&Challenge, &Outline> {
        self.parsed.as_ref().map_err(|errors| &*errors.outline)
    }

    /// What the parser complains about, in the order of the file.
    pub fn problems(&self) -> &[Problem] {
        match &self.parsed {
            Ok(challenge) => &challenge.warnings,
            Err(errors) => &errors.problems,
        }
    }

    /// The front matter, where it could be read.
    pub fn front_matter(&self) -> Option<&FrontMatter> {
        match self.outline() {
            Ok(challenge) => Some(&challenge.front_matter),
            Err(outline) => outline.front_matter.as_ref(),
        }
    }

    /// The markers, in order.
    pub fn sections(&self) -> &[Section] {
        match self.outline() {
            Ok(challenge) => &challenge.sections,
            Err(outline) => &outline.sections,
        }
    }

    /// The hints; none where they are not in pairs.
    pub fn hints(&self) -> &[Hint] {
        match self.outline() {
            Ok(challenge) => &challenge.hints,
            Err(outline) => &outline.hints,
        }
    }

    /// The code around the tests.
    pub fn hooks(&self) -> &Hooks {
        match self.outline() {
            Ok(challenge) => &challenge.hooks,
            Err(outline) => &outline.hooks,
        }
    }

    /// The bytes `range` with their line and column.
    pub fn span(&self, range: std::ops::Range<usize>) -> Span {
        let start = range.start.min(self.text().len());
        let line = self.lines.partition_point(|line| *line <= start).saturating_sub(1);
        let from = self.lines.get(line).copied().unwrap_or(0);
        let before = self.text().get(from..start).map_or(0, |text| text.chars().count());
        let end = range.end.clamp(start, self.text().len());
        Span { start, end, position: Position { line: line + 1, column: before + 1 } }
    }

    /// The byte at which a place is; the end of its line where that is shorter.
    pub fn offset(&self, at: Position) -> usize {
        let start = self.lines.get(at.line.saturating_sub(1)).copied().unwrap_or(self.text().len());
        let line = self.line_at(start);
        start + line.char_indices().nth(at.column.saturating_sub(1)).map_or(line.len(), |(offset, _)| offset)
    }

    /// The line that begins at byte `start`, without its ending.
    pub fn line_at(&self, start: usize) -> &'s str {
        let rest = self.text().get(start..).unwrap_or("");
        rest.split(['\n', '\r']).next().unwrap_or(rest)
    }

    /// From a place to the end of its line.
    pub fn rest_of_line(&self, at: Position) -> Span {
        let start = self.offset(at);
        self.span(start..start + self.line_at(start).trim_end().len())
    }

    /// The first line, for what is about the file as a whole.
    pub fn first_line(&self) -> Span {
        self.rest_of_line(Position { line: 1, column: 1 })
    }
}

/// Where lines begin: a lone CR ends one too, as for the parser.
fn starts(text: &str) -> Vec<usize> {
    let mut starts: Vec<usize> = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    if text.contains('\r') {
        let alone = |at: &usize| text.as_bytes().get(*at) != Some(&b'\n');
        starts.extend(text.match_indices('\r').map(|(at, _)| at + 1).filter(alone));
        starts.sort_unstable();
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_found_again() {
        let source = Source::new("a.md", "ab\r\né𝄞x\n\nlast");
        let file = File::new(&source);
        for (offset, _) in source.text.char_indices() {
            let span = file.span(offset..offset + 1);
            if !matches!(source.text.as_bytes()[offset], b'\r' | b'\n') {
                assert_eq!(file.offset(span.position), offset);
            }
        }
        assert_eq!(file.rest_of_line(Position { line: 2, column: 2 }).range(), 6..11);
        assert_eq!(file.span(99..100).position, Position { line: 4, column: 5 });
        assert_eq!(file.offset(Position { line: 9, column: 9 }), source.text.len());
        let source = Source::new("a.md", "a\rb\r\nc");
        assert_eq!(File::new(&source).span(5..6).position, Position { line: 3, column: 1 });
    }
}
