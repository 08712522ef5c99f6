//! Annotations: `::error file=server.js,line=4,col=1,title=…::message`, a line each on standard output.
//!
//! `::error` is a hint that failed, `::warning` one that could not be checked, `::notice` a note. GitHub shows ten of a kind
//! and drops the others without a word, so no more are written, and a line says how many there would have been.

use std::io::{self, Write};

use crate::report::model::{Challenge, Hint, Outcome, Report};
use crate::report::plain::{headline, kind, name, place};
use crate::report::text::line;

/// What GitHub shows of a kind for a step.
pub const MOST: usize = 10;
/// Longest title, in bytes; GitHub shows it on one line.
const TITLE: usize = 120;
/// Longest line of a message, in bytes.
const LINE: usize = 600;

/// Writes the annotations.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let with = |outcome: Outcome| all(report).filter(move |(_, hint)| hint.outcome == outcome);
    for (challenge, hint) in with(Outcome::Failed).take(MOST) {
        writeln!(out, "{}", annotation("error", challenge, hint, &message(hint)))?;
    }
    for (challenge, hint) in with(Outcome::Errored).take(MOST) {
        writeln!(out, "{}", annotation("warning", challenge, hint, &message(hint)))?;
    }
    let notes = || all(report).flat_map(|(challenge, hint)| hint.notes.iter().map(move |note| (challenge, hint, note)));
    for (challenge, hint, note) in notes().take(MOST) {
        writeln!(out, "{}", annotation("notice", challenge, hint, &line(&note.text, LINE)))?;
    }
    let counts = &report.summary.hints;
    let totals = [
        (counts.failed, "hint that failed", "hints that failed"),
        (counts.errored, "hint that could not be checked", "hints that could not be checked"),
        (notes().count(), "note", "notes"),
    ];
    for (total, one, many) in totals.into_iter().filter(|(total, ..)| *total > MOST) {
        let more = total - MOST;
        let what = if more == 1 { one } else { many };
        writeln!(out, "{more} more {what} without an annotation: GitHub shows {MOST} of a kind.")?;
    }
    Ok(())
}

fn all(report: &Report) -> impl Iterator<Item = (&Challenge, &Hint)> {
    report.challenges.iter().flat_map(|challenge| challenge.hints.iter().map(move |hint| (challenge, hint)))
}

/// Headline, help, and what to look up.
fn message(hint: &Hint) -> String {
    let mut lines = vec![headline(hint)];
    if let Some(explanation) = &hint.explanation {
        if let Some(help) = &explanation.help {
            lines.push(format!("help: {}", line(help, LINE)));
        }
        lines.push(format!("`grade explain {}` tells more.", kind(hint)));
    }
    lines.join("\n")
}

/// In the learner's own file, where that is known; else in the challenge file.
fn annotation(command: &str, challenge: &Challenge, hint: &Hint, message: &str) -> String {
    let found = hint.explanation.as_ref().and_then(|explanation| {
        let (source, row, column) = explanation.place()?;
        Some((source.file.as_deref()?, row, column))
    });
    let (file, row, column) = found.unwrap_or_else(|| {
        let place = place(hint);
        (&challenge.file, place.line, place.column)
    });
    let title = format!("{}: {}", line(&challenge.title, TITLE / 2), line(&name(hint), TITLE));
    format!(
        "::{command} file={},line={row},col={column},title={}::{}",
        property(&line(file, LINE)),
        property(&title),
        data(message)
    )
}

/// The part after `::`.
pub fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A value before `::`.
pub fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
#[path = "annotations_tests.rs"]
mod tests;
