//! Hints of which there is little to say.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::hint::{engine, notes, outcome, reason, start};
use super::types::{Hint, Note, Outcome, Place, Reason};
use super::{Times, bounds};
use crate::explain::Explanation;
use crate::grader::Prepared;
use crate::verdict::HintResult;

/// Longest text, in bytes.
const TEXT: usize = 2000;

/// A hint without the facts behind its outcome.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct ShortHint {
    /// Stable id: the challenge's id, a slash, and the index.
    pub id: String,
    /// Index within the challenge, from 0.
    pub index: usize,
    /// The hint's text without markup.
    pub text: String,
    /// What became of it.
    pub outcome: Outcome,
    /// Why there is no verdict, or why it was skipped; absent when it passed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// What else the reader should know; none of it changes the outcome. Absent when there is nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
    /// Where the hint's test begins in the challenge file.
    pub place: Place,
    /// `ported` or `script`; absent when nothing ran.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub engine: Option<String>,
    /// Time taken in milliseconds; absent with `--no-times`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration_ms: Option<f64>,
}

impl ShortHint {
    /// The hint for a report; `file` is the path of the challenge file as the report has it.
    pub fn of(
        challenge: &Prepared,
        result: &HintResult,
        explanation: Option<&Explanation>,
        file: &str,
        times: Times,
    ) -> Self {
        let cut = |text: &str| bounds::start(text, TEXT).to_owned();
        Self {
            id: format!("{}/{}", challenge.challenge.id, result.index),
            index: result.index,
            text: cut(&result.text),
            outcome: outcome(&result.outcome),
            reason: reason(result, file).map(|reason| Reason { text: cut(&reason.text), ..reason }),
            notes: notes(result, explanation),
            place: start(challenge, result),
            engine: engine(result),
            duration_ms: times.milliseconds(result.duration),
        }
    }
}

impl From<ShortHint> for Hint {
    fn from(short: ShortHint) -> Self {
        Self {
            id: short.id,
            index: short.index,
            text: short.text,
            outcome: short.outcome,
            reason: short.reason,
            notes: short.notes,
            message: None,
            expected: None,
            actual: None,
            explanation: None,
            requests: Vec::new(),
            place: short.place,
            failed_at: None,
            test_code: String::new(),
            engine: short.engine,
            console: Vec::new(),
            duration_ms: short.duration_ms,
        }
    }
}
