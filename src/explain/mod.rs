//! From the facts of a hint's outcome to an explanation: what is wrong, where, and what to do next.
//!
//! Pure: texts and facts come in, an [`Explanation`] goes out. Explaining never changes an outcome, and its effort is bounded by
//! the size of the answer.

mod answer;
mod answers;
mod build;
mod code;
mod excerpt;
mod html;
mod json_text;
mod model;
mod network;
mod pages;
mod pattern;
pub(crate) mod show;
mod source_text;
mod subject;
mod trouble;
mod values;

pub use code::Code;
pub(crate) use excerpt::{Label, TextIndex};
pub use model::{DiffLine, DiffSide, Evidence, Excerpt, Explanation, Fault, Line, Mark, MarkKind, Source};
pub use pages::page;
pub use pattern::Searches;
pub use subject::Subject;

use crate::verdict::{Failure, Outcome};

/// Explains an outcome; nothing where there is nothing to say.
pub fn explain(subject: &Subject<'_>) -> Option<Explanation> {
    match &subject.result.outcome {
        Outcome::Passed => pattern::rests_on_comment(subject),
        Outcome::Unchecked | Outcome::Skipped(_) => None,
        Outcome::Errored(cause) => Some(trouble::explain(subject, cause)),
        Outcome::Failed(failure) => failed(subject, failure),
    }
}

/// What makes a comparison meaningless comes before the comparison.
fn failed(subject: &Subject<'_>, failure: &Failure) -> Option<Explanation> {
    if let Some(refusal) = &failure.refusal {
        return Some(network::refusal(subject, refusal));
    }
    if let Some(explanation) = answers::explain(subject, failure).or_else(|| values::thrown(subject, failure)) {
        return Some(explanation);
    }
    // The script engine does not know what a condition searched in what; its words tell.
    let known = failure.assertion.as_ref()?.text.clone();
    match known.or_else(|| pattern::searched(subject, failure)) {
        Some(text) => network::own_address(subject, &text)
            .or_else(|| values::version(subject, failure))
            .or_else(|| pattern::explain_search(subject, failure, &text)),
        None => values::assertion(subject, failure),
    }
}
