//! What shows the cause of an outcome.

use super::code::{Row, excerpt};
use super::highlight::is_script;
use super::text::{Long, Number, Text, split};
use crate::explain::{DiffLine, DiffSide, Evidence};
use crate::report::model::Request;

/// Lines of a comparison that are shown.
const LINES: usize = 200;
/// Longer values are not compared character by character.
const COMPARED: usize = 600;

/// A piece of evidence.
#[derive(Debug)]
pub enum Proof<'a> {
    Code { name: Text<'a>, file: Option<Text<'a>>, rows: Vec<Row<'a>> },
    Values(Pair<'a>),
    Diff(Diff<'a>),
    Fact { label: Text<'a>, text: Long<'a> },
}

/// What was expected, and what was found.
#[derive(Debug)]
pub struct Pair<'a> {
    pub expected: Value<'a>,
    pub actual: Value<'a>,
}

/// A value on one line; where it is short, with the part apart in which it differs from the other one.
#[derive(Debug)]
pub enum Value<'a> {
    Whole(Long<'a>),
    Parts { before: Text<'a>, differs: Text<'a>, after: Text<'a> },
}

/// A comparison line by line.
#[derive(Debug)]
pub struct Diff<'a> {
    pub lines: Vec<Changed<'a>>,
    pub left_out: Option<Number>,
}

/// A line of a comparison.
#[derive(Debug)]
pub struct Changed<'a> {
    pub side: DiffSide,
    pub text: Text<'a>,
}

impl<'a> Proof<'a> {
    pub fn new(evidence: &'a Evidence, requests: &'a [Request]) -> Self {
        match evidence {
            Evidence::Excerpt(piece) => {
                let request = piece.source.request.and_then(|index| requests.get(index));
                let kind = request.and_then(|request| request.content_type.as_deref());
                let name = &piece.source.name;
                let script = is_script(piece.source.file.as_deref().unwrap_or(name), kind);
                let file = piece.source.file.as_deref().filter(|file| file != name);
                Self::Code { name: Text::exact(name), file: file.map(Text::exact), rows: excerpt(piece, script) }
            }
            Evidence::Values { expected, actual } => Self::Values(Pair::new(expected, actual)),
            Evidence::Diff { lines } => Self::Diff(Diff::new(lines)),
            Evidence::Fact { label, text } => Self::Fact { label: Text::prose(label), text: Long::exact(text) },
        }
    }

    /// Whether it says what was expected.
    pub fn compares(&self) -> bool {
        matches!(self, Self::Values(_) | Self::Diff(_))
    }
}

impl<'a> Pair<'a> {
    pub fn new(expected: &'a str, actual: &'a str) -> Self {
        let short = |text: &str| split(text, COMPARED).1.is_empty();
        if expected == actual || !short(expected) || !short(actual) {
            return Self { expected: Value::whole(expected), actual: Value::whole(actual) };
        }
        let same = |pair: &(char, char)| pair.0 == pair.1;
        let start: usize =
            expected.chars().zip(actual.chars()).take_while(same).map(|(character, _)| character.len_utf8()).sum();
        let (expected_rest, actual_rest) = (expected.split_at(start).1, actual.split_at(start).1);
        let backwards = expected_rest.chars().rev().zip(actual_rest.chars().rev());
        let end: usize = backwards.take_while(same).map(|(character, _)| character.len_utf8()).sum();
        // Only quotes in common: there is nothing that could be set apart.
        if start + end <= 2 {
            return Self { expected: Value::whole(expected), actual: Value::whole(actual) };
        }
        Self { expected: Value::parts(expected, start, end), actual: Value::parts(actual, start, end) }
    }
}

impl<'a> Value<'a> {
    pub fn whole(text: &'a str) -> Self {
        Self::Whole(Long::exact(text))
    }

    fn parts(text: &'a str, start: usize, end: usize) -> Self {
        let (before, rest) = text.split_at(start);
        let (differs, after) = rest.split_at(rest.len() - end);
        Self::Parts { before: Text::exact(before), differs: Text::exact(differs), after: Text::exact(after) }
    }
}

impl<'a> Diff<'a> {
    fn new(lines: &'a [DiffLine]) -> Self {
        let left_out = lines.len().saturating_sub(LINES);
        let lines = lines.iter().take(LINES).map(|line| Changed { side: line.side, text: Text::exact(&line.text) });
        Self { lines: lines.collect(), left_out: (left_out > 0).then_some(Number(left_out)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(expected: &str, actual: &str) -> String {
        let show = |value: &Value<'_>| match value {
            Value::Whole(long) => long.head.to_string(),
            Value::Parts { before, differs, after } => format!("{before}[{differs}]{after}"),
        };
        let pair = Pair::new(expected, actual);
        format!("{} {}", show(&pair.expected), show(&pair.actual))
    }

    #[test]
    fn what_differs_is_set_apart() {
        assert_eq!(parts("\"Hello\"", "\"Hallo\""), "\"H[e]llo\" \"H[a]llo\"");
        assert_eq!(parts("\"aa\"", "\"aaa\""), "\"aa[]\" \"aa[a]\"");
        assert_eq!(parts("\"née\"", "\"nèe\""), "\"n[é]e\" \"n[è]e\"");
        assert_eq!(parts("\"x\"", "\"y\""), "\"x\" \"y\"");
        assert_eq!(parts("12", "true"), "12 true");
        assert_eq!(parts("same", "same"), "same same");
    }
}
