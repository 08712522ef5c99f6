//! Answers of another sort than the test expects: what a test then compares or searches means nothing.

mod hosts;
mod json;
mod looked;
mod own_tests;
mod redirect;
mod status;

use super::answer::Answer;
use super::model::Explanation;
use super::subject::Subject;
use crate::verdict::Failure;

use looked::Looked;

/// Explains a failure by the sort of the answer, where that is the cause.
pub(super) fn explain(subject: &Subject<'_>, failure: &Failure) -> Option<Explanation> {
    let answer = Answer::of(subject, failure)?;
    let looked = Looked::at(subject, failure, &answer);
    hosts::explain(subject, &answer)
        .or_else(|| own_tests::explain(subject, failure, &answer))
        .or_else(|| status::explain(subject, failure, &answer, &looked))
        .or_else(|| redirect::explain(subject, &answer, &looked))
        .or_else(|| json::explain(failure, &answer, &looked))
}
