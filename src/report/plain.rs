//! A hint's outcome as plain text, for the formats that have a place for text: what is wrong, where, what to do, and the
//! facts behind it.

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::model::{Challenge, Hint, Outcome, Place, Report, Request, Value};
use super::text::{clean, count, head, line};
use crate::explain::{DiffSide, Evidence, Excerpt, Explanation, Line, Mark, MarkKind};

/// Longest name of a hint, in bytes.
const NAME: usize = 300;
/// Longest headline, help, label or value on one line, in bytes.
const LINE: usize = 600;
/// Longest line of an excerpt, in characters.
const EXCERPT_LINE: usize = 300;
/// Most lines of an excerpt or of a difference, marks of a line, and requests.
const LINES: usize = 40;
const MARKS: usize = 8;
const REQUESTS: usize = 10;

/// `3. The text of the hint`: texts may be equal or empty, numbers are not.
pub fn name(hint: &Hint) -> String {
    format!("{}. {}", hint.index + 1, line(&hint.text, NAME)).trim_end().to_owned()
}

/// Where a challenge belongs, as far as it says: `english/advanced-node/handle-a-disconnect`. Without a name, its file.
pub fn full_name(challenge: &Challenge) -> String {
    let Some(name) = &challenge.dashed_name else { return line(&challenge.file, NAME) };
    let parts = [challenge.language.as_ref(), challenge.block.as_ref(), Some(name)];
    let parts: Vec<String> = parts.into_iter().flatten().map(|part| line(part, NAME)).collect();
    parts.join("/")
}

/// The verdict on a run, in a sentence without a full stop.
pub fn verdict(report: &Report) -> String {
    let hints = &report.summary.hints;
    let checked = hints.passed + hints.failed + hints.errored;
    let of = |part: usize| format!("{part} of {}", count(checked, "hint"));
    let also = match hints.errored {
        0 => String::new(),
        errored => format!(", {errored} could not be checked"),
    };
    match report.summary.verdict.as_str() {
        "passed" if hints.passed == 1 => "Passed: the only checked hint holds".to_owned(),
        "passed" => format!("Passed: all {} checked hints hold", hints.passed),
        "failed" => format!("Failed: {} failed{also}", of(hints.failed)),
        "could_not_check" => format!("Could not check: {} got no verdict", of(hints.errored)),
        _ => "Nothing was checked".to_owned(),
    }
}

/// The verdict on a challenge, in two words at most.
pub fn challenge_verdict(challenge: &Challenge) -> &'static str {
    let counts = &challenge.counts;
    if counts.failed > 0 {
        "failed"
    } else if counts.errored > 0 {
        "could not check"
    } else if counts.passed > 0 {
        "passed"
    } else {
        "nothing checked"
    }
}

/// Why the hint has its outcome: one line that stands alone. Empty when it passed.
pub fn headline(hint: &Hint) -> String {
    let explained = hint.explanation.as_ref().map(|explanation| explanation.headline.as_str());
    let reason = hint.reason.as_ref().map(|reason| reason.text.as_str());
    let message = hint.message.as_deref();
    let (given, otherwise) = match hint.outcome {
        Outcome::Passed => return String::new(),
        Outcome::Failed => (explained.or(message), "The hint failed."),
        Outcome::Errored => (explained.or(reason).or(message), "The hint could not be checked."),
        Outcome::Unchecked => (reason, "The challenge has no test for this hint."),
        Outcome::Skipped => (reason, "The hint was not looked at."),
    };
    let given = line(given.unwrap_or_default(), LINE);
    if given.is_empty() { otherwise.to_owned() } else { given }
}

/// The sort of the outcome, for programs: the code of the explanation (`E101`), else the sort of the reason
/// (`timed_out`), else the outcome (`failed`).
pub fn kind(hint: &Hint) -> String {
    let code = hint.explanation.as_ref().map(|explanation| explanation.code.id().to_owned());
    code.or_else(|| hint.reason.as_ref().map(|reason| word(&reason.kind))).unwrap_or_else(|| word(&hint.outcome))
}

/// The word that stands for a value in JSON.
pub fn word(value: &impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

/// Where to look: the failing assertion if it is known, else the beginning of the test.
pub fn place(hint: &Hint) -> Place {
    hint.failed_at.unwrap_or(hint.place)
}

/// All that is known about the outcome, on several lines without a last line break.
pub fn details(challenge: &Challenge, hint: &Hint) -> String {
    let mut out = Vec::new();
    if hint.outcome != Outcome::Passed {
        let code = hint.explanation.as_ref().map(|explanation| format!(" [{}]", explanation.code));
        out.push(format!("{}{}", headline(hint), code.unwrap_or_default()));
    }
    facts(hint, &mut out);
    if let Some(help) = help(hint) {
        out.push(format!("help: {help}"));
    }
    if let Some(message) = hint.message.as_deref().map(|message| line(message, LINE))
        && !out.iter().any(|known| known.starts_with(&message))
    {
        out.push(format!("message: {message}"));
    }
    if let Some(reason) = hint.reason.as_ref().map(|reason| line(&reason.text, LINE))
        && !out.iter().any(|known| known.starts_with(&reason))
    {
        out.push(format!("reason: {reason}"));
    }
    out.extend(hint.requests.iter().take(REQUESTS).map(|request| format!("request: {}", self::request(request))));
    if hint.requests.len() > REQUESTS {
        out.push(format!("and {} more", count(hint.requests.len() - REQUESTS, "request")));
    }
    let Place { line: row, column } = place(hint);
    out.push(format!("test: {}:{row}:{column}", line(&challenge.file, LINE)));
    out.extend(hint.notes.iter().map(|note| format!("note: {}", line(&note.text, LINE))));
    out.join("\n")
}

/// What to do, on one line.
pub fn help(hint: &Hint) -> Option<String> {
    hint.explanation.as_ref()?.help.as_ref().map(|help| line(help, LINE))
}

/// What shows the cause: excerpts, differences and values; without a last line break, and empty when there is nothing.
pub fn shown(hint: &Hint) -> String {
    let mut out = Vec::new();
    facts(hint, &mut out);
    out.join("\n")
}

fn facts(hint: &Hint, out: &mut Vec<String>) {
    if hint.explanation.as_ref().is_some_and(|explanation| evidence(explanation, out)) {
        return;
    }
    let undefined = |value: &Option<Value>| value.as_ref().is_none_or(|value| value.kind == "undefined");
    if undefined(&hint.expected) && undefined(&hint.actual) {
        // `assert.fail` compares nothing.
        return;
    }
    for (label, value) in [("expected:", &hint.expected), ("actual:  ", &hint.actual)] {
        if let Some(value) = value {
            out.push(format!("{label} {}", line(&value.text, LINE)));
        }
    }
}

/// Adds the evidence; says whether two values were among it.
fn evidence(explanation: &Explanation, out: &mut Vec<String>) -> bool {
    let mut compared = false;
    for evidence in &explanation.evidence {
        match evidence {
            Evidence::Excerpt(piece) => excerpt(piece, out),
            Evidence::Values { expected, actual } => {
                compared = true;
                out.push(format!("expected: {}", line(expected, LINE)));
                out.push(format!("actual:   {}", line(actual, LINE)));
            }
            Evidence::Diff { lines } => {
                compared = true;
                out.push("- expected, + actual".to_owned());
                out.extend(lines.iter().take(LINES).map(|compared| {
                    let sign = match compared.side {
                        DiffSide::Both => ' ',
                        DiffSide::Expected => '-',
                        DiffSide::Actual => '+',
                    };
                    format!("{sign} {}", verbatim(&compared.text))
                }));
                if lines.len() > LINES {
                    out.push(format!("and {} more", count(lines.len() - LINES, "line")));
                }
            }
            Evidence::Fact { label, text } => out.push(format!("{}: {}", line(label, LINE), line(text, LINE))),
        }
    }
    compared
}

/// A line of a text: its spaces matter.
fn verbatim(text: &str) -> String {
    let (start, whole) = head(text, 4 * EXCERPT_LINE);
    let start: String = start.chars().take(EXCERPT_LINE).collect();
    let cut = !whole || start.len() < text.len();
    format!("{}{}", clean(&start).replace('\n', "⏎"), if cut { "…" } else { "" })
}

/// ```text
///  --> /_api/server.js:2:14 (server.js)
///  2 | passport.use(
///    |              ^ a line break
/// ```
fn excerpt(excerpt: &Excerpt, out: &mut Vec<String>) {
    let marks: Vec<&Mark> = excerpt.marks.iter().take(LINES).collect();
    let primary = marks.iter().find(|mark| mark.kind == MarkKind::Primary);
    let source = &excerpt.source;
    let mut from = format!(" --> {}", line(&source.name, LINE));
    if let Some(mark) = primary {
        from += &format!(":{}:{}", mark.line, mark.column);
    }
    if let Some(file) = source.file.as_ref().filter(|file| **file != source.name) {
        from += &format!(" ({})", line(file, LINE));
    }
    out.push(from);
    let shown = excerpt.lines.iter().take(LINES);
    let width = shown.clone().map(|line| line.number.to_string().len()).max().unwrap_or(1);
    let mut before: Option<usize> = None;
    for row in shown {
        if before.is_some_and(|before| before.checked_add(1) != Some(row.number)) {
            out.push(format!(" {:width$} ⋮", ""));
        }
        before = Some(row.number);
        let start = if row.skipped > 0 { "…" } else { "" };
        let end = if row.cut { "…" } else { "" };
        out.push(format!(" {:>width$} | {start}{}{end}", row.number, verbatim(&row.text)).trim_end().to_owned());
        for mark in marks.iter().filter(|mark| mark.line == row.number).take(MARKS) {
            out.push(format!(" {:width$} | {}", "", below(row, mark)).trim_end().to_owned());
        }
    }
}

/// The line below a line, which points at a place in it.
fn below(row: &Line, mark: &Mark) -> String {
    let offset = mark.column.saturating_sub(1).saturating_sub(row.skipped).min(EXCERPT_LINE);
    let columns = |from: usize, length: usize| {
        let piece: String = row.text.chars().take(EXCERPT_LINE).skip(from).take(length).collect();
        clean(&piece).width()
    };
    let indent = columns(0, offset) + usize::from(row.skipped > 0);
    let sign = if mark.kind == MarkKind::Primary { "^" } else { "-" };
    let length = columns(offset, mark.length).max(1);
    format!("{}{} {}", " ".repeat(indent), sign.repeat(length), line(&mark.label, LINE))
}

/// `GET http://… -> 200, 12 bytes, text/plain (server.js)`
pub fn request(request: &Request) -> String {
    let mut text = format!("{} {}", line(&request.method, 40), line(&request.url, LINE));
    if let Some(last) = &request.final_url {
        text += &format!(" -> {}", line(last, LINE));
    }
    match (request.status, &request.error) {
        (Some(status), _) => text += &format!(" -> {status}, {}", count(request.size, "byte")),
        (None, Some(error)) => text += &format!(" -> no answer: {}", line(error, LINE)),
        (None, None) => text += " -> no answer",
    }
    if let Some(content_type) = &request.content_type {
        text += &format!(", {}", line(content_type, 100));
    }
    if let Some(file) = &request.file {
        text += &format!(" ({})", line(file, LINE));
    }
    text + if request.from_memo { ", asked before" } else { "" }
}

#[cfg(test)]
#[path = "plain_tests.rs"]
mod tests;
