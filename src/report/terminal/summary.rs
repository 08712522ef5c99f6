//! Totals.

use std::io::{self, Write};

use super::layout::wrap;
use super::{Detail, TerminalSettings};
use crate::grader::{ChallengeResult, Counts, RunResult};
use crate::report::words::seconds;

pub fn challenge(settings: &TerminalSettings, result: &ChallengeResult, out: &mut dyn Write) -> io::Result<()> {
    let time = if settings.times { format!(", {}", seconds(result.duration)) } else { String::new() };
    let text = format!("{}{time}", words(result.counts()));
    for line in wrap(&text, "  ", settings.width) {
        writeln!(out, "{}", settings.styles.dim(&line))?;
    }
    Ok(())
}

pub fn run(settings: &TerminalSettings, run: &RunResult, out: &mut dyn Write) -> io::Result<()> {
    let counts = run.counts();
    let time = if settings.times { format!(" ({})", seconds(run.duration)) } else { String::new() };
    let challenges = run.challenges.len();
    let done = run.challenges.iter().filter(|result| complete(result.counts())).count();
    let text = if challenges == 1 {
        format!("{}{time}", words(counts))
    } else {
        format!("{done} of {challenges} challenges complete: {}{time}", words(counts))
    };
    let styles = settings.styles;
    let paint = |line: &str| {
        if counts.failed > 0 {
            styles.fail(line)
        } else if counts.errored > 0 || counts.passed == 0 {
            styles.error(line)
        } else {
            styles.pass(line)
        }
    };
    if settings.detail == Detail::Totals {
        return writeln!(out, "{}", paint(&text));
    }
    for line in wrap(&text, "", settings.width) {
        writeln!(out, "{}", paint(&line))?;
    }
    Ok(())
}

/// A challenge that is complete, on one line.
pub fn one_line(settings: &TerminalSettings, result: &ChallengeResult, out: &mut dyn Write) -> io::Result<()> {
    let counts = result.counts();
    let noun = if counts.total() == 1 { "hint" } else { "hints" };
    let text = format!("{} ({} {noun})", super::layout::plain(&result.title), counts.total());
    for line in wrap(&text, "  pass     ", settings.width) {
        writeln!(out, "{}", line.replacen("pass", &settings.styles.pass("pass"), 1))?;
    }
    Ok(())
}

/// Whether freeCodeCamp would count the challenge as done, as far as it was checked.
pub fn complete(counts: Counts) -> bool {
    counts.failed == 0 && counts.errored == 0 && counts.skipped == 0 && counts.passed > 0
}

/// `2 of 3 hints passed, 1 failed`
pub fn words(counts: Counts) -> String {
    let total = counts.total();
    let noun = if total == 1 { "hint" } else { "hints" };
    let mut text = format!("{} of {total} {noun} passed", counts.passed);
    for (count, word) in [
        (counts.failed, "failed"),
        (counts.errored, "could not be checked"),
        (counts.unchecked, "without a test"),
        (counts.skipped, "skipped"),
    ] {
        if count > 0 {
            text.push_str(&format!(", {count} {word}"));
        }
    }
    text
}
