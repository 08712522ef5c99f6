//! A challenge: its totals, a strip with a cell for each hint, and the hints.

use std::fmt::Write;

use super::hint::{View as Hint, verdict};
use super::text::{Span, Text};
use crate::report::model::{Challenge, Counts, Outcome};

/// More hints than this share cells of the strip that stands for all of them.
const CELLS: usize = 400;

/// A challenge.
#[derive(Debug)]
pub struct View<'a> {
    pub title: Text<'a>,
    /// The language of its title and hints (BCP 47).
    pub lang: Option<&'static str>,
    pub block: Option<Text<'a>>,
    pub language: Option<Text<'a>>,
    pub file: Text<'a>,
    pub verdict: &'static str,
    pub class: char,
    /// The classes of its hints, each once.
    pub classes: String,
    pub words: String,
    pub time: Option<Span>,
    pub strip: Strip,
    pub hints: Vec<Hint<'a>>,
}

impl<'a> View<'a> {
    /// `room` is that of [`Hint::new`].
    pub fn new(challenge: &'a Challenge, room: &mut usize) -> Self {
        let counts = challenge.counts;
        let (verdict, class) = if counts.failed > 0 {
            ("Failed", 'f')
        } else if counts.errored > 0 {
            ("Could not check", 'e')
        } else if counts.passed > 0 {
            ("Passed", 'p')
        } else {
            ("Nothing checked", 's')
        };
        Self {
            title: Text::prose(challenge.title.trim()),
            lang: challenge.language.as_deref().and_then(lang),
            block: challenge.block.as_deref().map(Text::prose),
            language: challenge.language.as_deref().map(Text::prose),
            file: Text::exact(&challenge.file),
            verdict,
            class,
            classes: classes(counts),
            words: words(counts),
            time: challenge.duration_ms.map(Span),
            strip: Strip::new(challenge.hints.iter().map(|hint| hint.outcome)),
            hints: challenge.hints.iter().map(|hint| Hint::new(hint, room)).collect(),
        }
    }
}

/// `2 of 3 passed, 1 failed`
pub fn words(counts: Counts) -> String {
    let passed = format!("{} of {} passed", counts.passed, counts.total);
    if counts.passed == counts.total && counts.total > 0 {
        let noun = if counts.total == 1 { "hint" } else { "hints" };
        return format!("{} {noun} passed", counts.total);
    }
    rest(counts).into_iter().fold(passed, |words, rest| format!("{words}, {rest}"))
}

/// What did not pass: `1 failed`, `2 could not be checked`.
pub fn rest(counts: Counts) -> Vec<String> {
    let rest = [
        (counts.failed, "failed"),
        (counts.errored, "could not be checked"),
        (counts.unchecked, "without a test"),
        (counts.skipped, "skipped"),
    ];
    rest.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")).collect()
}

fn classes(counts: Counts) -> String {
    let classes = [
        (counts.passed, Outcome::Passed),
        (counts.failed, Outcome::Failed),
        (counts.errored, Outcome::Errored),
        (counts.unchecked, Outcome::Unchecked),
        (counts.skipped, Outcome::Skipped),
    ];
    let there = classes.iter().filter(|(count, _)| *count > 0);
    there.fold(String::new(), |classes, &(_, outcome)| format!("{classes} has-{}", verdict(outcome).1))
}

/// Language folders of the curriculum, as browsers and screen readers know the languages.
fn lang(folder: &str) -> Option<&'static str> {
    Some(match folder {
        "arabic" => "ar",
        "chinese" => "zh-Hans",
        "chinese-traditional" => "zh-Hant",
        "english" => "en",
        "espanol" => "es",
        "french" => "fr",
        "german" => "de",
        "italian" => "it",
        "japanese" => "ja",
        "korean" => "ko",
        "portuguese" => "pt-BR",
        "russian" => "ru",
        "swahili" => "sw",
        "ukrainian" => "uk",
        _ => return None,
    })
}

/// A drawing: a cell for each hint, in order.
#[derive(Debug)]
pub struct Strip {
    pub cells: usize,
    /// A path for each outcome, by the class of the outcome.
    pub paths: Vec<(char, String)>,
}

impl Strip {
    pub fn new(outcomes: impl ExactSizeIterator<Item = Outcome>) -> Self {
        let total = outcomes.len();
        // Of hints that share a cell, the worst is seen.
        let per_cell = total.div_ceil(CELLS).max(1);
        let mut cells: Vec<Outcome> = Vec::new();
        for (index, outcome) in outcomes.enumerate() {
            match cells.last_mut().filter(|_| index % per_cell != 0) {
                Some(cell) if weight(*cell) >= weight(outcome) => {}
                Some(cell) => *cell = outcome,
                None => cells.push(outcome),
            }
        }
        let width = if cells.len() > CELLS / 4 { "1" } else { ".86" };
        let mut paths: Vec<(char, String)> = Vec::new();
        for (at, outcome) in cells.iter().enumerate() {
            let class = verdict(*outcome).1;
            if !paths.iter().any(|path| path.0 == class) {
                paths.push((class, String::new()));
            }
            if let Some((_, path)) = paths.iter_mut().find(|path| path.0 == class) {
                // Writing to a string does not fail.
                let _ = write!(path, "M{at} 0h{width}v1h-{width}z");
            }
        }
        Self { cells: cells.len(), paths }
    }
}

fn weight(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::Passed => 0,
        Outcome::Skipped => 1,
        Outcome::Unchecked => 2,
        Outcome::Errored => 3,
        Outcome::Failed => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strip_has_a_cell_for_each_hint_and_hides_no_failure() {
        let strip = Strip::new([Outcome::Passed, Outcome::Failed, Outcome::Passed].into_iter());
        assert_eq!(strip.cells, 3);
        assert_eq!(strip.paths[0], ('p', "M0 0h.86v1h-.86zM2 0h.86v1h-.86z".to_owned()));
        let mut many = vec![Outcome::Passed; 2_001];
        many[1_000] = Outcome::Failed;
        let strip = Strip::new(many.into_iter());
        assert_eq!(strip.cells, 334);
        assert_eq!(strip.paths[1], ('f', "M166 0h1v1h-1z".to_owned()));
        assert_eq!(Strip::new([].into_iter()).cells, 0);
    }

    #[test]
    fn counts_read_well() {
        let counts = Counts { total: 5, passed: 2, failed: 1, errored: 2, unchecked: 0, skipped: 0 };
        assert_eq!(words(counts), "2 of 5 passed, 1 failed, 2 could not be checked");
        assert_eq!(words(Counts { total: 1, passed: 1, ..Counts::default() }), "1 hint passed");
        assert_eq!(words(Counts::default()), "0 of 0 passed");
    }
}
