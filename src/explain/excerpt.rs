//! From byte ranges of a text to the lines that a person looks at.

use std::ops::Range;

use super::model::{Excerpt, Line, Mark, MarkKind, Source};

/// Longest shown part of a line, in characters. Longer lines are cut to a window around their marks.
const WIDEST: usize = 120;
/// Most lines of an excerpt.
const MOST_LINES: usize = 5;

/// A place in a text with what is to be said about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Label {
    /// Bytes of the text; an empty range is a place between two characters.
    pub span: Range<usize>,
    /// What is there.
    pub text: String,
    /// Weight.
    pub kind: MarkKind,
}

impl Label {
    /// The place itself.
    pub fn primary(span: Range<usize>, text: impl Into<String>) -> Self {
        Self { span, text: text.into(), kind: MarkKind::Primary }
    }

    /// Something that belongs to it.
    pub fn secondary(span: Range<usize>, text: impl Into<String>) -> Self {
        Self { span, text: text.into(), kind: MarkKind::Secondary }
    }
}

/// A text with the places of its lines. Lines end with LF, CRLF or CR, as editors count them.
#[derive(Debug)]
pub(crate) struct TextIndex<'t> {
    text: &'t str,
    /// Byte offset of the start of each line; never empty.
    starts: Vec<usize>,
}

impl<'t> TextIndex<'t> {
    /// Finds the lines, in one pass.
    pub fn new(text: &'t str) -> Self {
        if !text.contains('\r') {
            // Nearly every text; searching for one character is much faster.
            let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
            return Self { text, starts };
        }
        let mut starts = vec![0];
        let mut bytes = text.bytes().enumerate().peekable();
        while let Some((at, byte)) = bytes.next() {
            let ends = match byte {
                b'\n' => true,
                b'\r' => bytes.peek().is_none_or(|(_, next)| *next != b'\n'),
                _ => false,
            };
            if ends {
                starts.push(at + 1);
            }
        }
        Self { text, starts }
    }

    /// Line and column of a byte offset, both from 1; the column counts characters. Offsets beyond the text are its end.
    pub fn position(&self, offset: usize) -> (usize, usize) {
        let line = self.line_at(offset);
        (line + 1, self.column(line, offset) + 1)
    }

    /// The line with that number (from 1) without its end; empty where there is none.
    pub fn line(&self, number: usize) -> &'t str {
        number.checked_sub(1).map_or("", |line| self.text.get(self.range(line)).unwrap_or_default())
    }

    /// Shows the labelled places, the most important label first. A place beyond the end of its line is shown at its end,
    /// and one that spans several lines on its first. Labels that cannot be shown together with the first, because they
    /// are too many or too far away in one very long line, are left out.
    pub fn excerpt(&self, source: Source, labels: &[Label]) -> Excerpt {
        let places: Vec<Place<'_>> = labels.iter().map(|label| self.place(label)).collect();
        let mut lines: Vec<usize> = Vec::new();
        for place in &places {
            if lines.len() < MOST_LINES && !lines.contains(&place.line) {
                lines.push(place.line);
            }
        }
        if let Some(first) = places.first() {
            for near in [first.line.checked_sub(1), Some(first.line + 1)].into_iter().flatten() {
                let blank = self.line(near + 1).trim().is_empty();
                if lines.len() < MOST_LINES && !blank && !lines.contains(&near) {
                    lines.push(near);
                }
            }
        }
        lines.sort_unstable();
        let mut excerpt = Excerpt { source, lines: Vec::new(), marks: Vec::new() };
        for number in lines {
            self.show(number, places.iter().filter(|place| place.line == number), &mut excerpt);
        }
        // In the order of the labels: the first one is what it is about.
        excerpt.marks.sort_by_key(|mark| {
            labels.iter().position(|label| label.kind == mark.kind && label.text == mark.label).unwrap_or(usize::MAX)
        });
        excerpt
    }

    /// Adds a line and those of its places that can be shown.
    fn show<'l>(&self, line: usize, places: impl Iterator<Item = &'l Place<'l>>, excerpt: &mut Excerpt) {
        let text = self.line(line + 1);
        let length = text.chars().count();
        let mut shown: Option<Range<usize>> = None;
        let mut marks = Vec::new();
        for place in places {
            let end = place.end.min(place.start + WIDEST / 2);
            let all = shown.as_ref().map_or(place.start..end, |it| it.start.min(place.start)..it.end.max(end));
            if length <= WIDEST || all.len() <= WIDEST {
                shown = Some(all);
                marks.push(place);
            }
        }
        let window = match shown {
            _ if length <= WIDEST => 0..length,
            None => 0..WIDEST,
            Some(marked) => {
                let before = (WIDEST - marked.len()) / 3;
                let start = marked.start.saturating_sub(before).min(length - WIDEST);
                start..start + WIDEST
            }
        };
        excerpt.lines.push(Line {
            number: line + 1,
            text: text.chars().skip(window.start).take(window.len()).collect(),
            skipped: window.start,
            cut: window.end < length,
        });
        excerpt.marks.extend(marks.into_iter().map(|place| Mark {
            line: line + 1,
            column: place.start + 1,
            length: place.end.min(window.end).saturating_sub(place.start),
            label: place.label.text.clone(),
            kind: place.label.kind,
        }));
    }

    /// A label's place within its line, in characters.
    fn place<'l>(&self, label: &'l Label) -> Place<'l> {
        let line = self.line_at(label.span.start);
        let start = self.column(line, label.span.start);
        let end = if self.line_at(label.span.end) == line { label.span.end } else { self.range(line).end };
        let end = self.column(line, end.max(label.span.start));
        Place { line, start, end, label }
    }

    /// Index (from 0) of the line that an offset stands in.
    pub fn line_at(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset).saturating_sub(1)
    }

    /// Byte offset of the start of a line (from 0).
    pub fn start_of(&self, line: usize) -> usize {
        self.starts.get(line).copied().unwrap_or(self.text.len())
    }

    /// Characters of a line before an offset; at most all of them.
    fn column(&self, line: usize, offset: usize) -> usize {
        let range = self.range(line);
        let mut end = offset.clamp(range.start, range.end);
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        self.text.get(range.start..end).map_or(0, |before| before.chars().count())
    }

    /// Bytes of a line without its end.
    fn range(&self, line: usize) -> Range<usize> {
        let Some(&start) = self.starts.get(line) else { return self.text.len()..self.text.len() };
        let end = self.starts.get(line + 1).copied().unwrap_or(self.text.len());
        let text = self.text.get(start..end).unwrap_or_default();
        start..start + text.trim_end_matches(['\n', '\r']).len()
    }
}

struct Place<'l> {
    line: usize,
    /// Characters, from 0.
    start: usize,
    end: usize,
    label: &'l Label,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source() -> Source {
        Source { name: "/_api/server.js".to_owned(), file: None, request: Some(0) }
    }

    fn shown(text: &str, labels: &[Label]) -> Excerpt {
        let excerpt = TextIndex::new(text).excerpt(source(), labels);
        for mark in &excerpt.marks {
            let line = excerpt.lines.iter().find(|line| line.number == mark.line).unwrap();
            let end = line.skipped + line.text.chars().count();
            assert!(mark.column > line.skipped && mark.column + mark.length <= end + 1, "{mark:?} in {line:?}");
        }
        excerpt
    }

    fn span(text: &str, part: &str) -> Range<usize> {
        let at = text.find(part).unwrap();
        at..at + part.len()
    }

    #[test]
    fn lines_end_as_in_an_editor() {
        let text = "a\r\nb\rc\n\nd";
        let index = TextIndex::new(text);
        let at = |part: char| index.position(text.find(part).unwrap());
        assert_eq!([at('a'), at('b'), at('c'), at('d')], [(1, 1), (2, 1), (3, 1), (5, 1)]);
        assert_eq!(index.position(1), (1, 2));
        assert_eq!(index.position(2), (1, 2), "between CR and LF");
        assert_eq!(index.position(1000), (5, 2));
        assert_eq!((index.line(2), index.line(4), index.line(0), index.line(9)), ("b", "", "", ""));
    }

    #[test]
    fn columns_count_characters() {
        let text = "é😀\tx\ny";
        assert_eq!(TextIndex::new(text).position(text.find('x').unwrap()), (1, 4));
        assert_eq!(TextIndex::new(text).position(1), (1, 1), "inside of a character");
    }

    #[test]
    fn neighbours_are_shown_unless_blank_and_far_lines_alone() {
        let text = "one\ntwo\n\nfour\nfive\nsix\nseven\n";
        let excerpt =
            shown(text, &[Label::primary(span(text, "four"), "here"), Label::secondary(span(text, "seven"), "there")]);
        assert_eq!(excerpt.lines.iter().map(|line| line.number).collect::<Vec<_>>(), [4, 5, 7]);
        assert_eq!(
            excerpt.marks.iter().map(|it| (it.line, it.column, it.length)).collect::<Vec<_>>(),
            [(4, 1, 4), (7, 1, 5)]
        );
    }

    #[test]
    fn a_span_over_several_lines_is_marked_on_its_first() {
        let text = "ab\r\ncd\r\n";
        let excerpt = shown(text, &[Label::primary(1..6, "")]);
        assert_eq!((excerpt.marks[0].line, excerpt.marks[0].column, excerpt.marks[0].length), (1, 2, 1));
        let excerpt = shown(text, &[Label::primary(2..4, "the line ends")]);
        assert_eq!((excerpt.marks[0].line, excerpt.marks[0].column, excerpt.marks[0].length), (1, 3, 0));
        assert!(shown("", &[Label::primary(0..0, "")]).lines[0].text.is_empty());
    }

    #[test]
    fn long_lines_are_cut_around_what_is_marked() {
        let text = format!("{}WANTED{}FAR{}", "a;".repeat(5000), "b;".repeat(5000), "c;".repeat(100));
        let excerpt =
            shown(&text, &[Label::primary(span(&text, "WANTED"), "x"), Label::secondary(span(&text, "FAR"), "y")]);
        let line = &excerpt.lines[0];
        assert_eq!(line.text.chars().count(), WIDEST);
        assert!(line.text.contains("WANTED") && line.cut && line.skipped > 9000, "{line:?}");
        assert_eq!((excerpt.marks.len(), excerpt.marks[0].column), (1, 10_001));
        let text = format!("{}NEAR, WANTED", "é".repeat(300));
        let excerpt =
            shown(&text, &[Label::primary(span(&text, "WANTED"), "x"), Label::secondary(span(&text, "NEAR"), "y")]);
        assert_eq!(excerpt.marks.len(), 2);
        assert!(!excerpt.lines[0].cut);
        let text = "z".repeat(1000);
        assert_eq!(shown(&text, &[Label::primary(10..900, "")]).marks.len(), 1);
    }
}
