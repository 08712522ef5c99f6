//! Outcomes and the facts behind them: what both engines produce, and what explanations and reports are views of.
//!
//! Facts, not prose: a [`Failure`] says which assertion failed on which values, and where those came from.

mod failure;
mod outcome;
mod value;

pub use failure::{AssertionFacts, CodePosition, Failure, FailureKind, TextFacts};
pub use outcome::{Cause, Engine, HintResult, Note, Outcome, Rules, SkipReason, Verdicts};
pub use value::{Object, Value};
