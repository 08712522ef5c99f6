//! One hint: a line when it passed, a short paragraph when it did not.

use std::io::{self, Write};

use super::details::{Details, VERDICT};
use super::layout::{plain, wrap};
use super::seen::{First, Seen};
use super::{Explain, TerminalSettings};
use crate::explain::Explanation;
use crate::fetch::{Exchange, ExchangeEnd};
use crate::grader::Prepared;
use crate::report::value::{cut_middle, harmless, one_line, pair};
use crate::report::words;
use crate::verdict::{AssertionFacts, Cause, Failure, FailureKind, HintResult, Outcome, Verdicts};

/// Longer messages are cut: some tests throw whole pages.
const LONGEST_MESSAGE: usize = 600;

pub fn write(
    settings: &TerminalSettings,
    challenge: &Prepared,
    result: &HintResult,
    explanation: Option<&Explanation>,
    seen: &mut Seen,
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
    match (&result.outcome, explanation.filter(|_| settings.explain != Explain::None)) {
        (Outcome::Passed, Some(explanation)) => details.doubt(explanation)?,
        (Outcome::Passed | Outcome::Unchecked, _) => {}
        (Outcome::Skipped(reason), _) => details.line(&harmless(&words::skipped(reason, &result.exchanges)))?,
        (Outcome::Errored(Cause::Flaky { verdicts, failure }), _) => {
            details.flaky(*verdicts, failure.as_deref(), result)?;
        }
        (_, Some(explanation)) => details.explained(explanation, result, seen)?,
        (Outcome::Failed(failure), None) => details.failure(failure, result)?,
        (Outcome::Errored(cause), None) => details.cause(cause, result)?,
    }
    details.notes(result)?;
    details.verbose(result)
}

impl Details<'_> {
    /// What is wrong, what shows it, where it is, and what to do. Where the same was said before, only that.
    fn explained(&mut self, explanation: &Explanation, result: &HintResult, seen: &mut Seen) -> io::Result<()> {
        let challenge = &self.challenge.challenge;
        let here = First { challenge: (challenge.id.clone(), plain(&challenge.title)), hint: result.index + 1 };
        if let Some(first) = seen.note(explanation, here) {
            let other = first.challenge.0 != challenge.id;
            let of = if other { format!(" of {}", first.challenge.1) } else { String::new() };
            self.with_code(explanation, &format!("the same cause as hint {}{of}", first.hint))?;
            return if self.settings.explain == Explain::Full { self.full(result) } else { Ok(()) };
        }
        self.headline(explanation)?;
        self.evidence(explanation)?;
        match &result.outcome {
            Outcome::Failed(failure) => {
                let message = failure.assertion.as_ref().and_then(|facts| facts.author_message.as_deref());
                if let Some(message) = message.filter(|message| !explanation.headline.contains(*message)) {
                    self.labelled("message", &harmless(&cut_middle(message, LONGEST_MESSAGE)), str::to_owned)?;
                }
                self.exchange(looked_at(failure, result))?;
                self.position(failure)?;
            }
            Outcome::Errored(Cause::Transport(_)) => self.exchange(unanswered(result))?,
            Outcome::Errored(Cause::Syntax { line, column, .. }) => {
                let text = format!("{}:{line}:{column}", self.challenge.file);
                let styles = self.settings.styles;
                self.labelled("test", &text, |text| styles.dim(text))?;
            }
            _ => {}
        }
        if let Some(help) = &explanation.help {
            self.help(&harmless(help))?;
        }
        if self.settings.explain == Explain::Full { self.full(result) } else { Ok(()) }
    }

    /// What is to be said about a pass.
    fn doubt(&mut self, explanation: &Explanation) -> io::Result<()> {
        let styles = self.settings.styles;
        let text = harmless(&format!("{}: {}", explanation.code, explanation.headline));
        self.labelled("note", &text, |text| styles.dim(text))
    }

    /// The requests as they were sent and answered, and the test.
    fn full(&mut self, result: &HintResult) -> io::Result<()> {
        for exchange in &result.exchanges {
            self.wire(exchange)?;
        }
        self.test(result)
    }

    fn failure(&mut self, failure: &Failure, result: &HintResult) -> io::Result<()> {
        if let Some(refusal) = &failure.refusal {
            let hop = if refusal.hop > 0 { " (after a redirect)" } else { "" };
            self.line(&format!("A browser keeps this answer from the test: {}{hop}.", harmless(&refusal.to_string())))?;
            return self.exchange(result.exchanges.last());
        }
        self.message(failure)?;
        let facts = failure.assertion.as_ref();
        if let Some(facts) = facts {
            self.compared(facts)?;
        }
        self.exchange(looked_at(failure, result))?;
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

    fn compared(&mut self, facts: &AssertionFacts) -> io::Result<()> {
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

    /// A hint that was graded several times, with different verdicts.
    fn flaky(&mut self, verdicts: Verdicts, failure: Option<&Failure>, result: &HintResult) -> io::Result<()> {
        self.line(&format!("Flaky: {verdicts}."))?;
        match failure {
            Some(failure) => self.failure(failure, result),
            None => Ok(()),
        }
    }

    fn cause(&mut self, cause: &Cause, result: &HintResult) -> io::Result<()> {
        let text = words::cause(cause, &self.challenge.file);
        self.line(&harmless(&format!("Could not check: {text}.")))?;
        if matches!(cause, Cause::Transport(_)) {
            self.exchange(unanswered(result))?;
        }
        Ok(())
    }

    fn notes(&mut self, result: &HintResult) -> io::Result<()> {
        for note in &result.notes {
            let styles = self.settings.styles;
            self.labelled("note", &words::note(note), |text| styles.dim(text))?;
        }
        Ok(())
    }

    fn verbose(&mut self, result: &HintResult) -> io::Result<()> {
        if self.settings.verbose {
            for exchange in &result.exchanges {
                self.labelled("request", &harmless(&words::exchange(exchange)), str::to_owned)?;
            }
            for line in &result.console {
                self.labelled("console", &harmless(line), str::to_owned)?;
            }
        }
        let quiet = matches!(result.outcome, Outcome::Passed | Outcome::Unchecked | Outcome::Skipped(_));
        let told = self.settings.explain == Explain::Full
            && matches!(result.outcome, Outcome::Failed(_) | Outcome::Errored(_));
        if self.settings.show_test && !quiet && !told { self.test(result) } else { Ok(()) }
    }
}

/// The request that a failure is about.
fn looked_at<'r>(failure: &Failure, result: &'r HintResult) -> Option<&'r Exchange> {
    match failure.assertion.as_ref().and_then(|facts| facts.request) {
        Some(index) => result.exchanges.get(index),
        None => result.exchanges.last(),
    }
}

/// The request without an answer.
fn unanswered(result: &HintResult) -> Option<&Exchange> {
    result.exchanges.iter().find(|exchange| matches!(exchange.end, ExchangeEnd::Failed(_)))
}
