//! Hints for a report.

use super::Times;
use super::bounds;
use super::types::{Hint, Note, NoteKind, Outcome, Place, Reason, ReasonKind, Request, Value};
use crate::explain::{Code, Explanation};
use crate::grader::Prepared;
use crate::report::words;
use crate::verdict::{self, Cause, Engine, HintResult, SkipReason};

impl Hint {
    /// The hint for a report; `file` is the path of the challenge file as the report has it.
    pub(in crate::report) fn of(
        challenge: &Prepared,
        result: &HintResult,
        explanation: Option<&Explanation>,
        file: &str,
        times: Times,
    ) -> Self {
        let source = challenge.challenge.hints.get(result.index);
        let failure = match &result.outcome {
            verdict::Outcome::Failed(failure) => Some(failure),
            _ => None,
        };
        // `assert.fail(message)` compares nothing, and says `undefined` twice.
        let facts = failure.and_then(|failure| failure.assertion.as_ref()).filter(|facts| {
            facts.name != "fail" || [&facts.expected, &facts.actual] != [&Some(verdict::Value::Undefined); 2]
        });
        Self {
            id: format!("{}/{}", challenge.challenge.id, result.index),
            index: result.index,
            text: bounds::text(&result.text),
            outcome: outcome(&result.outcome),
            reason: reason(result, file),
            notes: notes(result, explanation),
            message: failure.map(|failure| bounds::text(&failure.message)),
            expected: facts.and_then(|facts| facts.expected.as_ref()).map(Value::of),
            actual: facts.and_then(|facts| facts.actual.as_ref()).map(Value::of),
            explanation: explanation.cloned(),
            requests: result.exchanges.iter().map(|exchange| Request::of(exchange, times)).collect(),
            place: start(challenge, result),
            failed_at: failed_at(&result.outcome),
            test_code: source.map(|hint| hint.code.text.clone()).unwrap_or_default(),
            engine: engine(result),
            console: console(&result.console),
            duration_ms: times.milliseconds(result.duration),
        }
    }
}

/// What a test printed, for a report.
pub(super) fn console(lines: &[String]) -> Vec<String> {
    lines.iter().map(|line| bounds::text(line)).collect()
}

/// Where the hint's test begins.
pub(super) fn start(challenge: &Prepared, result: &HintResult) -> Place {
    challenge.challenge.hints.get(result.index).map_or(Place { line: result.line, column: 1 }, |hint| {
        let position = hint.code.position(0);
        Place { line: position.line, column: position.column }
    })
}

/// The engine that ran.
pub(super) fn engine(result: &HintResult) -> Option<String> {
    let name = match result.engine? {
        Engine::Ported => "ported",
        Engine::Script => "script",
    };
    Some(name.to_owned())
}

pub(super) fn outcome(outcome: &verdict::Outcome) -> Outcome {
    match outcome {
        verdict::Outcome::Passed => Outcome::Passed,
        verdict::Outcome::Failed(_) => Outcome::Failed,
        verdict::Outcome::Errored(_) => Outcome::Errored,
        verdict::Outcome::Unchecked => Outcome::Unchecked,
        verdict::Outcome::Skipped(_) => Outcome::Skipped,
    }
}

pub(super) fn reason(result: &HintResult, file: &str) -> Option<Reason> {
    let (kind, text) = match &result.outcome {
        verdict::Outcome::Errored(cause) => {
            let kind = match cause {
                Cause::Transport(_) => ReasonKind::Transport,
                Cause::TimedOut { .. } => ReasonKind::TimedOut,
                Cause::Limit { .. } => ReasonKind::Limit,
                Cause::Unsupported { .. } => ReasonKind::Unsupported,
                Cause::Syntax { .. } => ReasonKind::Syntax,
                Cause::NeedsScript { .. } => ReasonKind::NeedsScript,
                Cause::Flaky { .. } => ReasonKind::Flaky,
                Cause::Internal { .. } => ReasonKind::Internal,
            };
            (kind, words::cause(cause, file))
        }
        verdict::Outcome::Skipped(reason) => {
            let kind = match reason {
                SkipReason::NeedsRunningProject => ReasonKind::NeedsRunningProject,
                SkipReason::Stopped => ReasonKind::Stopped,
                SkipReason::Deselected => ReasonKind::Deselected,
            };
            (kind, words::skipped(reason, &result.exchanges))
        }
        _ => return None,
    };
    Some(Reason { kind, text: bounds::text(&text) })
}

pub(super) fn notes(result: &HintResult, explanation: Option<&Explanation>) -> Vec<Note> {
    let mut notes: Vec<Note> = result
        .notes
        .iter()
        .map(|note| {
            let kind = match note {
                verdict::Note::NotAwaitedThere => NoteKind::NotAwaitedThere,
                verdict::Note::CookiesKept => NoteKind::CookiesKept,
                verdict::Note::EmptyPassesThere => NoteKind::EmptyPassesThere,
                verdict::Note::SubstitutedAnswer { .. } => NoteKind::SubstitutedAnswer,
            };
            Note { kind, text: words::note(note).into_owned() }
        })
        .collect();
    if let (verdict::Outcome::Passed, Some(explanation)) = (&result.outcome, explanation)
        && explanation.code == Code::CommentedOut
    {
        notes.push(Note { kind: NoteKind::OnlyInComment, text: explanation.headline.clone() });
    }
    notes
}

fn failed_at(outcome: &verdict::Outcome) -> Option<Place> {
    match outcome {
        verdict::Outcome::Failed(failure) => {
            failure.position.map(|place| Place { line: place.line, column: place.column })
        }
        verdict::Outcome::Errored(Cause::Syntax { line, column, .. }) if *line > 0 => {
            Some(Place { line: *line, column: *column })
        }
        _ => None,
    }
}
