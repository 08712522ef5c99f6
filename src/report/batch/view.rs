//! A submission as the formats for one project take it.

use super::line::{Challenge, Submission};
use crate::batch::Verdict;
use crate::report::model::{self, Hint};

/// The challenge without its hints, and its hints.
pub(super) fn challenge(challenge: &Challenge) -> (model::Challenge, Vec<Hint>) {
    let head = model::Challenge {
        id: challenge.id.clone(),
        title: challenge.title.clone(),
        dashed_name: challenge.dashed_name.clone(),
        block: challenge.block.clone(),
        language: challenge.language.clone(),
        file: challenge.file.clone(),
        counts: challenge.counts,
        duration_ms: challenge.duration_ms,
        hints: Vec::new(),
    };
    (head, Submission::hints(challenge).collect())
}

/// The verdict in words.
pub(super) fn words(submission: &Submission) -> &'static str {
    word(submission.verdict)
}

/// A verdict in words.
pub(super) fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Passed => "passed",
        Verdict::Failed => "failed",
        Verdict::Errored => "could not be checked",
        Verdict::Ungraded => "not graded",
    }
}
