//! Code by lines: numbers, marks with their labels, and the colours of its words.

use unicode_width::UnicodeWidthChar;

use super::highlight::{Inside, Kind, pieces};
use super::text::{Number, Text, is_hidden, split};
use crate::explain::{Excerpt, Line, Mark, MarkKind};

/// More lines than this are left out of the page.
const LINES: usize = 200;
/// More marks than this are left out of an excerpt.
const MARKS: usize = 40;
/// More characters of a line than this are left out.
const WIDEST: usize = 2_000;

/// A line of code.
#[derive(Debug)]
pub struct Row<'a> {
    /// Its number in the whole text, from 1.
    pub number: usize,
    /// Whether lines before it are left out.
    pub jump: bool,
    /// Whether its start is left out.
    pub skipped: bool,
    /// Whether its end is left out.
    pub cut: bool,
    pub runs: Vec<Run<'a>>,
    /// What is said about its marks.
    pub labels: Vec<Label<'a>>,
}

/// A part of a line that is marked, or is not.
#[derive(Debug)]
pub struct Run<'a> {
    pub mark: Option<MarkKind>,
    pub parts: Vec<Part<'a>>,
}

/// A word, a text or something else.
#[derive(Debug)]
pub struct Part<'a> {
    pub kind: Kind,
    pub text: Text<'a>,
}

/// A text below a line.
#[derive(Debug)]
pub struct Label<'a> {
    pub kind: MarkKind,
    /// White space as wide as what stands before the mark.
    pub gap: String,
    pub text: Text<'a>,
}

impl Run<'_> {
    /// The class of its mark.
    pub fn class(&self) -> &'static str {
        self.mark.map_or("", class)
    }
}

impl Label<'_> {
    pub fn class(&self) -> &'static str {
        class(self.kind)
    }
}

fn class(kind: MarkKind) -> &'static str {
    match kind {
        MarkKind::Primary => "m1",
        MarkKind::Secondary => "m2",
    }
}

/// The lines of an excerpt.
pub fn excerpt(excerpt: &Excerpt, script: bool) -> Vec<Row<'_>> {
    let mut marks: Vec<&Mark> = excerpt.marks.iter().take(MARKS).collect();
    marks.sort_by_key(|mark| (mark.line, mark.column));
    let mut inside = Inside::default();
    let mut last = None;
    let lines = excerpt.lines.iter().take(LINES);
    lines
        .map(|line| {
            let jump = last.is_some_and(|last| line.number != last + 1);
            if jump {
                inside = Inside::default();
            }
            last = Some(line.number);
            let own: Vec<&Mark> = marks.iter().copied().filter(|mark| mark.line == line.number).collect();
            row(line, jump, &own, script.then_some(&mut inside))
        })
        .collect()
}

fn row<'a>(line: &'a Line, jump: bool, marks: &[&'a Mark], inside: Option<&mut Inside>) -> Row<'a> {
    let (text, too_wide) = split(&line.text, WIDEST);
    let skipped = line.skipped > 0;
    let places: Vec<Place> = marks.iter().map(|mark| Place::new(text, line.skipped, mark)).collect();
    let labels = marks.iter().zip(&places).filter(|(mark, _)| !mark.label.is_empty()).map(|(mark, place)| Label {
        kind: mark.kind,
        gap: gap(text.get(..place.start).unwrap_or_default(), skipped),
        text: Text::prose(&mark.label),
    });
    Row {
        number: line.number,
        jump,
        skipped,
        cut: line.cut || !too_wide.is_empty(),
        labels: labels.collect(),
        runs: runs(text, &places, inside),
    }
}

/// A mark by the bytes of the shown part.
struct Place {
    start: usize,
    end: usize,
    kind: MarkKind,
}

impl Place {
    fn new(text: &str, skipped: usize, mark: &Mark) -> Self {
        let from = mark.column.saturating_sub(1);
        let start = from.saturating_sub(skipped);
        let end = from.saturating_add(mark.length).saturating_sub(skipped).max(start);
        Self { start: split(text, start).0.len(), end: split(text, end).0.len(), kind: mark.kind }
    }
}

/// White space as wide as a text.
fn gap(before: &str, skipped: bool) -> String {
    let mut gap = String::from(if skipped { " " } else { "" });
    for character in before.chars() {
        if character == '\t' {
            gap.push('\t');
            continue;
        }
        let width = if is_hidden(character, true) {
            character.escape_unicode().count()
        } else {
            character.width().unwrap_or_default()
        };
        gap.extend(std::iter::repeat_n(' ', width));
    }
    gap
}

/// The line in parts. A place that several marks cover belongs to the weightiest.
fn runs<'a>(text: &'a str, places: &[Place], inside: Option<&mut Inside>) -> Vec<Run<'a>> {
    let mut ends: Vec<usize> = places.iter().flat_map(|place| [place.start, place.end]).chain([text.len()]).collect();
    ends.sort_unstable();
    ends.dedup();
    let mut words = match inside {
        Some(inside) => pieces(text, inside),
        None if text.is_empty() => Vec::new(),
        None => vec![(Kind::Plain, text)],
    }
    .into_iter();
    let mut word = words.next();
    let mut start = 0;
    let mut runs = Vec::new();
    for end in ends {
        let mut parts = Vec::new();
        let mut left = end - start;
        while let Some((kind, piece)) = word.filter(|_| left > 0) {
            let (own, rest) = piece.split_at(left.min(piece.len()));
            left -= own.len();
            parts.push(Part { kind, text: Text::exact(own) });
            word = if rest.is_empty() { words.next() } else { Some((kind, rest)) };
        }
        if !parts.is_empty() {
            runs.push(Run { mark: weightiest(places, |place| place.start <= start && end <= place.end), parts });
        }
        if let Some(mark) = weightiest(places, |place| place.start == end && place.end == end) {
            runs.push(Run { mark: Some(mark), parts: Vec::new() });
        }
        start = end;
    }
    runs
}

fn weightiest(places: &[Place], covers: impl Fn(&Place) -> bool) -> Option<MarkKind> {
    let mut kinds = places.iter().filter(|place| covers(place)).map(|place| place.kind);
    let first = kinds.next()?;
    Some(if first == MarkKind::Primary || kinds.any(|kind| kind == MarkKind::Primary) {
        MarkKind::Primary
    } else {
        first
    })
}

/// A whole piece of code.
#[derive(Debug)]
pub struct Listing<'a> {
    pub rows: Vec<Row<'a>>,
    /// Lines that the page does not have.
    pub left_out: Option<Number>,
}

/// A test block that begins at line `first` of its file; `failed` is the line that failed.
pub fn listing(code: &str, first: usize, failed: Option<usize>) -> Listing<'_> {
    let mut inside = Inside::default();
    let mut lines = code.lines();
    let rows = lines
        .by_ref()
        .take(LINES)
        .enumerate()
        .map(|(index, line)| {
            let (text, too_wide) = split(line, WIDEST);
            let number = first + index;
            let whole = Place { start: text.len() - text.trim_start().len(), end: text.len(), kind: MarkKind::Primary };
            let places = if failed == Some(number) { vec![whole] } else { Vec::new() };
            Row {
                number,
                jump: false,
                skipped: false,
                cut: !too_wide.is_empty(),
                runs: runs(text, &places, Some(&mut inside)),
                labels: Vec::new(),
            }
        })
        .collect();
    let left_out = lines.count();
    Listing { rows, left_out: (left_out > 0).then_some(Number(left_out)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explain::Source;

    fn mark(column: usize, length: usize, kind: MarkKind) -> Mark {
        Mark { line: 7, column, length, label: "here".into(), kind }
    }

    fn rows(text: &str, skipped: usize, marks: Vec<Mark>) -> (String, Vec<String>) {
        let line = Line { number: 7, text: text.into(), skipped, cut: false };
        let source = Source { name: "server.js".into(), file: None, request: None };
        let excerpt = Excerpt { source, lines: vec![line], marks };
        let rows = super::excerpt(&excerpt, true);
        let mut shown = String::new();
        for run in &rows[0].runs {
            let text: String = run.parts.iter().map(|part| part.text.to_string()).collect();
            shown += &match run.mark {
                None => text,
                Some(MarkKind::Primary) => format!("[{text}]"),
                Some(MarkKind::Secondary) => format!("({text})"),
            };
        }
        (shown, rows[0].labels.iter().map(|label| label.gap.clone()).collect())
    }

    #[test]
    fn marks_stand_where_they_belong() {
        use MarkKind::{Primary, Secondary};
        let text = "const é = require('x');";
        assert_eq!(
            rows(text, 0, vec![mark(11, 7, Primary)]),
            ("const é = [require]('x');".into(), vec![" ".repeat(10)])
        );
        assert_eq!(rows(text, 10, vec![mark(11, 5, Primary)]), ("[const] é = require('x');".into(), vec![" ".into()]));
        let nested = vec![mark(1, 9, Secondary), mark(7, 1, Primary)];
        assert_eq!(rows(text, 0, nested).0, "(const )[é]( =) require('x');");
    }

    #[test]
    fn places_between_two_characters_are_shown() {
        assert_eq!(rows("ab", 0, vec![mark(2, 0, MarkKind::Primary)]).0, "a[]b");
        assert_eq!(rows("ab", 0, vec![mark(3, 0, MarkKind::Primary)]).0, "ab[]");
        assert_eq!(rows("", 0, vec![mark(1, 0, MarkKind::Primary)]).0, "[]");
        assert_eq!(rows("ab", 0, vec![mark(1, 0, MarkKind::Primary)]).0, "[]ab");
    }

    #[test]
    fn marks_beyond_the_shown_part_do_no_harm() {
        assert_eq!(rows("ab", 5, vec![mark(1, 2, MarkKind::Primary)]).0, "[]ab");
        assert_eq!(rows("ab", 0, vec![mark(usize::MAX, usize::MAX, MarkKind::Primary)]).0, "ab[]");
        assert_eq!(rows("ab", 0, vec![mark(0, usize::MAX, MarkKind::Primary)]).0, "[ab]");
    }

    #[test]
    fn labels_stand_below_wide_and_hidden_characters() {
        assert_eq!(rows("日\u{1b}\tx", 0, vec![mark(4, 1, MarkKind::Primary)]).1, ["        \t"]);
    }

    #[test]
    fn the_line_that_failed_is_marked() {
        let code = format!("one\n  two\n{}", "x\n".repeat(300));
        let listing = listing(&code, 10, Some(11));
        assert!(listing.rows[0].runs.iter().all(|run| run.mark.is_none()));
        assert_eq!(listing.rows[1].runs[1].mark, Some(MarkKind::Primary));
        assert_eq!((listing.rows.len(), listing.left_out), (200, Some(Number(102))));
    }
}
