//! From the facts of a hint's outcome to an explanation: what is wrong, where, and what to do next.
//!
//! Pure: texts and facts come in, an [`Explanation`] goes out. Explaining never changes an outcome, and its effort is bounded by
//! the size of the answer.

mod code;
mod excerpt;
mod model;
mod pattern;

pub use code::Code;
pub use model::{DiffLine, DiffSide, Evidence, Excerpt, Explanation, Fault, Line, Mark, MarkKind, Source};

use crate::verdict::{HintResult, Outcome};

/// What an explanation is made from.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The hint's outcome, with its facts and requests.
    pub result: &'a HintResult,
    /// The hint's test block.
    pub test: &'a str,
    /// The project's URL as the test saw it.
    pub url: &'a str,
}

/// Explains an outcome; nothing where there is nothing to say.
pub fn explain(subject: &Subject<'_>) -> Option<Explanation> {
    match &subject.result.outcome {
        Outcome::Passed => pattern::rests_on_comment(subject),
        Outcome::Failed(failure) => {
            let known = failure.assertion.as_ref().and_then(|assertion| assertion.text.clone());
            let facts = known.or_else(|| pattern::searched(subject, failure))?;
            pattern::explain_search(subject, failure, &facts)
        }
        Outcome::Unchecked | Outcome::Skipped(_) | Outcome::Errored(_) => None,
    }
}
