//! Values that are not what a test expects.

mod compare;
mod condition;
pub(super) mod dates;
mod kinds;
mod missing;
mod named;
mod structure;
mod texts;
mod thrown;
mod versions;

pub(super) use thrown::explain as thrown;

use super::answer::Answer;
use super::model::Explanation;
use super::subject::Subject;
use crate::verdict::{AssertionFacts, Failure};

use named::Named;

/// What all explanations of values look at.
pub(super) struct Case<'a> {
    subject: &'a Subject<'a>,
    failure: &'a Failure,
    facts: &'a AssertionFacts,
    answer: Option<Answer<'a>>,
    named: Named,
}

impl<'a> Case<'a> {
    fn of(subject: &'a Subject<'a>, failure: &'a Failure) -> Option<Self> {
        let facts = failure.assertion.as_ref()?;
        let answer = Answer::of(subject, failure);
        let named = Named::of(subject, failure, facts, answer.as_ref());
        Some(Self { subject, failure, facts, answer, named })
    }
}

/// Explains an assertion on values.
pub(super) fn assertion(subject: &Subject<'_>, failure: &Failure) -> Option<Explanation> {
    let case = Case::of(subject, failure)?;
    let special = versions::explain(&case)
        .or_else(|| kinds::promise(&case))
        .or_else(|| missing::explain(&case))
        .or_else(|| dates::explain(&case))
        .or_else(|| kinds::explain(&case))
        .or_else(|| compare::explain(&case));
    Some(special.unwrap_or_else(|| condition::explain(&case)))
}

/// Explains a search in a version of package.json.
pub(super) fn version(subject: &Subject<'_>, failure: &Failure) -> Option<Explanation> {
    versions::explain(&Case::of(subject, failure)?)
}
