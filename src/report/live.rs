//! Pieces of the readable report, for a screen that is drawn again and again.

use super::show::texts;
use super::style::Styles;
use super::terminal::{Terminal, TerminalSettings, counts as counts_in_words, plain, wrap};
use super::{Reporter, words};
use crate::explain::Explanation;
use crate::grader::{Counts, Event, Prepared};
use crate::verdict::HintResult;

/// The lines of a challenge's hints, each with why it has its outcome, as the terminal report has them.
pub fn hints(
    settings: TerminalSettings,
    challenge: &Prepared,
    hints: &[(HintResult, Option<Explanation>)],
) -> Vec<String> {
    let mut terminal = Terminal::new(settings);
    let mut text = Vec::new();
    for (result, explanation) in hints {
        // Writing into memory does not fail.
        let _ = terminal.event(&Event::HintFinished { challenge, result }, explanation.as_ref(), &mut text);
    }
    String::from_utf8_lossy(&text).lines().map(str::to_owned).collect()
}

/// What a challenge asks for, as lines.
pub fn description(challenge: &Prepared, width: usize, styles: Styles) -> Vec<String> {
    let text = texts(challenge, width, styles);
    text.trim_matches('\n').lines().map(str::to_owned).collect()
}

/// Text from outside on lines of at most `width` columns, the first after `first`.
pub fn wrapped(text: &str, first: &str, width: usize) -> Vec<String> {
    wrap(&plain(text), first, width)
}

/// Text from outside on one line.
pub fn one_line(text: &str) -> String {
    plain(text)
}

/// Text from outside with its line breaks, free of what a terminal would obey.
pub fn harmless(text: &str) -> String {
    super::value::harmless(text)
}

/// `3 of 4 hints passed, 1 failed`, and how long it took where that is to be told.
pub fn totals(counts: Counts, duration: Option<std::time::Duration>) -> String {
    let time = duration.map(|duration| format!(" ({})", words::seconds(duration))).unwrap_or_default();
    format!("{}{time}", counts_in_words(counts))
}
