//! One hint: a line when it passed, a short paragraph when it did not.

use std::io::{self, Write};
use std::time::Duration;

use super::TerminalSettings;
use super::layout::{plain, wrap};
use crate::explain::Explanation;
use crate::fetch::{Exchange, ExchangeEnd, FetchError};
use crate::grader::Prepared;
use crate::report::advice;
use crate::report::value::{cut_middle, harmless, one_line, pair};
use crate::verdict::{AssertionFacts, Cause, Failure, FailureKind, HintResult, Note, Outcome, SkipReason, Verdicts};

/// Width of the column with the verdict.
const VERDICT: usize = 8;
/// Longer messages are cut: some tests throw whole pages.
const LONGEST_MESSAGE: usize = 600;

pub fn write(
    settings: &TerminalSettings,
    challenge: &Prepared,
    result: &HintResult,
    _explanation: Option<&Explanation>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let styles = settings.styles;
    let (word, painted) = match &result.outcome {
        Outcome::Passed => ("pass", styles.pass("pass")),
        Outcome::Failed(_) => ("FAIL", styles.fail("FAIL")),
        Outcome::Errored(_) => ("ERROR", styles.error("ERROR")),
        Outcome::Unchecked => ("no test", styles.dim("no test")),
        Outcome::Skipped(_) => ("skipped", styles.dim("skipped")),
    };
    let lead = format!("  {word:VERDICT$} {}. ", result.index + 1);
    let lines = wrap(&plain(&result.text), &lead, settings.width);
    for (index, line) in lines.iter().enumerate() {
        if index == 0 {
            // Wrapped without colour, painted afterwards: escape sequences have no width.
            writeln!(out, "{}", line.replacen(word, &painted, 1))?;
        } else {
            writeln!(out, "{line}")?;
        }
    }
    let mut details = Details { settings, out, challenge };
    match &result.outcome {
        Outcome::Passed | Outcome::Unchecked => {}
        Outcome::Failed(failure) => details.failure(failure, result)?,
        Outcome::Errored(cause) => details.cause(cause, result)?,
        Outcome::Skipped(reason) => details.skipped(reason, result)?,
    }
    details.notes(result)?;
    details.verbose(result)
}

struct Details<'a> {
    settings: &'a TerminalSettings,
    out: &'a mut dyn Write,
    challenge: &'a Prepared,
}

impl Details<'_> {
    fn line(&mut self, text: &str) -> io::Result<()> {
        self.labelled("", text, str::to_owned)
    }

    /// A label and a text, wrapped under each other.
    fn labelled(&mut self, label: &str, text: &str, paint: impl Fn(&str) -> String) -> io::Result<()> {
        let indent = " ".repeat(VERDICT + 3);
        let first = if label.is_empty() { indent } else { format!("{indent}{label:9} ") };
        for (index, line) in wrap(text, &first, self.settings.width).into_iter().enumerate() {
            let (head, body) = line.split_at(first.len().min(line.len()));
            if index == 0 && !label.is_empty() {
                let painted = self.settings.styles.dim(label);
                writeln!(self.out, "{}{}", head.replacen(label, &painted, 1), paint(body))?;
            } else {
                writeln!(self.out, "{head}{}", paint(body))?;
            }
        }
        Ok(())
    }

    fn help(&mut self, text: &str) -> io::Result<()> {
        let styles = self.settings.styles;
        self.labelled("help", text, |text| styles.help(text))
    }

    /// Columns that are left for a value.
    fn room(&self) -> usize {
        self.settings.width.saturating_sub(VERDICT + 13).max(20)
    }

    fn failure(&mut self, failure: &Failure, result: &HintResult) -> io::Result<()> {
        if let Some(refusal) = &failure.refusal {
            let hop = if refusal.hop > 0 { " (after a redirect)" } else { "" };
            self.line(&format!("A browser keeps this answer from the test: {}{hop}.", harmless(&refusal.to_string())))?;
            self.exchange(result.exchanges.last())?;
            return self.help(&advice::for_refusal(refusal));
        }
        self.message(failure)?;
        let facts = failure.assertion.as_ref();
        if let Some(facts) = facts {
            self.values(facts)?;
        }
        let exchange = match facts.and_then(|facts| facts.request) {
            Some(index) => result.exchanges.get(index),
            None => result.exchanges.last(),
        };
        self.exchange(exchange)?;
        self.position(failure)
    }

    fn message(&mut self, failure: &Failure) -> io::Result<()> {
        let searched = failure.assertion.as_ref().and_then(|facts| Some((facts, facts.text.as_ref()?)));
        let message = match searched {
            // The pattern and the text follow on lines of their own.
            Some((facts, text)) => match &facts.author_message {
                Some(message) => message.as_str(),
                None if text.negated => "The answer has what it must not have.",
                None => "The answer has nothing that matches.",
            },
            None => &failure.message,
        };
        let text = harmless(&cut_middle(message, LONGEST_MESSAGE));
        match &failure.kind {
            FailureKind::Assertion => self.line(&text),
            FailureKind::Thrown { name } if text.is_empty() => {
                self.line(&format!("The test threw {name} without a message."))
            }
            FailureKind::Thrown { name } if name.is_empty() => self.line(&format!("The test threw {text}")),
            FailureKind::Thrown { name } => self.line(&format!("{name}: {text}")),
        }
    }

    fn values(&mut self, facts: &AssertionFacts) -> io::Result<()> {
        let styles = self.settings.styles;
        let room = self.room();
        if let Some(text) = &facts.text {
            let wanted = match &text.flags {
                Some(flags) => format!("/{}/{flags}", text.pattern),
                None => format!("\"{}\"", text.pattern),
            };
            let label = if text.negated { "not" } else { "wanted" };
            self.labelled(label, &harmless(&wanted), |text| styles.expected(text))?;
            let size = text.text.chars().count();
            if size == 0 {
                return self.labelled("in", "an empty text", |text| styles.actual(text));
            }
            let shown = one_line(&crate::verdict::Value::String(text.text.clone()), room);
            return self.labelled("in", &shown, |text| styles.actual(text));
        }
        if let Some(part) = &facts.failed_part {
            self.labelled("because", &format!("{part} does not hold"), str::to_owned)?;
        }
        match (&facts.expected, &facts.actual) {
            (Some(expected), Some(actual)) if facts.show_diff || facts.failed_part.is_some() => {
                let (expected, actual) = pair(expected, actual, room);
                self.labelled("expected", &expected, |text| styles.expected(text))?;
                self.labelled("actual", &actual, |text| styles.actual(text))
            }
            (None, Some(actual)) if facts.name != "assert" => {
                self.labelled("actual", &one_line(actual, room), |text| styles.actual(text))
            }
            _ => Ok(()),
        }
    }

    fn exchange(&mut self, exchange: Option<&Exchange>) -> io::Result<()> {
        let Some(exchange) = exchange else { return Ok(()) };
        self.labelled("asked", &harmless(&describe(exchange)), str::to_owned)
    }

    fn position(&mut self, failure: &Failure) -> io::Result<()> {
        let Some(place) = failure.position else { return Ok(()) };
        let text = format!("{}:{}:{}", self.challenge.file, place.line, place.column);
        let styles = self.settings.styles;
        self.labelled("test", &text, |text| styles.dim(text))
    }

    /// A hint that was graded several times, with different verdicts.
    fn flaky(&mut self, verdicts: Verdicts, failure: Option<&Failure>, result: &HintResult) -> io::Result<()> {
        self.line(&format!("Flaky: {verdicts}."))?;
        match failure {
            Some(failure) => self.failure(failure, result),
            None => Ok(()),
        }
    }

    fn cause(&mut self, cause: &Cause, result: &HintResult) -> io::Result<()> {
        let text = match cause {
            Cause::Flaky { verdicts, failure } => return self.flaky(*verdicts, failure.as_deref(), result),
            Cause::Transport(error) => error.to_string(),
            Cause::TimedOut { limit, waiting_for } => {
                let after = format!("no verdict within {}", seconds(*limit));
                waiting_for.as_ref().map_or_else(|| after.clone(), |what| format!("{after}, while {what}"))
            }
            Cause::Limit { name } => format!("the test was stopped: {name}"),
            Cause::Unsupported { what } => format!("the test uses {what}, which grade does not provide"),
            Cause::Syntax { message, line, column } => {
                format!("the test is no valid JavaScript: {message} ({}:{line}:{column})", self.challenge.file)
            }
            Cause::NeedsScript { reason } => format!("needs the script engine: the test has {reason}"),
            Cause::Internal { message } => format!("grade itself failed: {message}"),
        };
        self.line(&harmless(&format!("Could not check: {text}.")))?;
        if matches!(cause, Cause::Transport(_)) {
            let failed = result.exchanges.iter().find(|exchange| matches!(exchange.end, ExchangeEnd::Failed(_)));
            self.exchange(failed)?;
        }
        match advice::for_cause(cause) {
            Some(help) => self.help(&help),
            None => Ok(()),
        }
    }

    fn skipped(&mut self, reason: &SkipReason, result: &HintResult) -> io::Result<()> {
        let text = match reason {
            SkipReason::NeedsRunningProject => {
                let why = result.exchanges.iter().find_map(|exchange| match &exchange.end {
                    ExchangeEnd::Failed(FetchError::Transport(error)) => Some(error.detail.as_str()),
                    _ => None,
                });
                let why = why.unwrap_or(if result.exchanges.is_empty() {
                    "the test looks at no file"
                } else {
                    // A file was not there, and the test passed all the same.
                    "a pass would rest on the text of an error page"
                });
                format!("Needs a running project (--url or --start): {why}.")
            }
            SkipReason::Stopped => "The run was stopped before it was checked.".to_owned(),
            SkipReason::Deselected => "Not selected.".to_owned(),
        };
        self.line(&harmless(&text))
    }

    fn notes(&mut self, result: &HintResult) -> io::Result<()> {
        for note in &result.notes {
            let text = match note {
                Note::NotAwaitedThere => {
                    "freeCodeCamp passes this hint without checking it: its test does not wait for the answer."
                }
                Note::CookiesKept => {
                    "Cookies were kept for this hint, as its test means them to be; a browser would not send them."
                }
                Note::EmptyPassesThere => "freeCodeCamp passes this hint without checking it: it has no test.",
                Note::SubstitutedAnswer { url } => {
                    let text = format!("{url} could not be reached; a picture of grade's own took its place.");
                    self.labelled("note", &text, str::to_owned)?;
                    continue;
                }
            };
            let styles = self.settings.styles;
            self.labelled("note", text, |text| styles.dim(text))?;
        }
        Ok(())
    }

    fn verbose(&mut self, result: &HintResult) -> io::Result<()> {
        if self.settings.verbose {
            for exchange in &result.exchanges {
                self.labelled("request", &harmless(&describe(exchange)), str::to_owned)?;
            }
            for line in &result.console {
                self.labelled("console", &harmless(line), str::to_owned)?;
            }
        }
        let quiet = matches!(result.outcome, Outcome::Passed | Outcome::Unchecked | Outcome::Skipped(_));
        if self.settings.show_test
            && !quiet
            && let Some(hint) = self.challenge.challenge.hints.get(result.index)
        {
            for (number, line) in hint.code.text.lines().enumerate() {
                writeln!(self.out, "{:>10} | {}", hint.code.line + number, harmless(line))?;
            }
        }
        Ok(())
    }
}

/// `GET http://… -> 200, 12 bytes, text/plain`
fn describe(exchange: &Exchange) -> String {
    let mut text = format!("{} {}", exchange.method, exchange.url);
    if let Some(last) = exchange.hops.last()
        && last.url != exchange.url
    {
        text = format!("{text} -> {}", last.url);
    }
    match exchange.status() {
        Some(status) => {
            let size = exchange.body.len();
            let unit = if size == 1 { "byte" } else { "bytes" };
            let kind = exchange.header("content-type").map(|kind| format!(", {kind}")).unwrap_or_default();
            let memo = if exchange.from_memo { ", asked before" } else { "" };
            format!("{text} -> {status}, {size} {unit}{kind}{memo}")
        }
        None => format!("{text} -> no answer"),
    }
}

pub fn seconds(duration: Duration) -> String {
    if duration >= Duration::from_secs(1) {
        format!("{:.1} s", duration.as_secs_f64())
    } else {
        format!("{} ms", duration.as_millis())
    }
}
