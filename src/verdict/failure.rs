//! Why a hint failed.

use std::sync::Arc;

use super::value::Value;
use crate::fetch::Refusal;

/// A failed hint's facts.
#[derive(Debug, Clone)]
pub struct Failure {
    /// What sort of failure it is.
    pub kind: FailureKind,
    /// The error's `message`, as the browser runner would show it.
    pub message: String,
    /// What the assertion compared, when an assertion failed.
    pub assertion: Option<AssertionFacts>,
    /// The refused answer behind it, when the browser kept an answer from the test.
    pub refusal: Option<Refusal>,
    /// Where in the challenge file the failing call stands.
    pub position: Option<CodePosition>,
}

/// Sorts of failures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FailureKind {
    /// An assertion of chai did not hold.
    Assertion,
    /// The test threw, or what it awaited was rejected.
    Thrown {
        /// `error.name`, or what was thrown when it is no `Error`.
        name: String,
    },
}

/// What an assertion compared.
#[derive(Debug, Clone, Default)]
pub struct AssertionFacts {
    /// The method's name: `match`, `equal`, `property`; `assert` for `assert(...)` itself.
    pub name: String,
    /// The message that the author gave.
    pub author_message: Option<String>,
    /// `error.actual`; `None` when the assertion carries none.
    pub actual: Option<Value>,
    /// `error.expected`; `None` when the assertion carries none.
    pub expected: Option<Value>,
    /// Whether a difference of the two says something (chai's `showDiff`).
    pub show_diff: bool,
    /// The text that was searched, and for what.
    pub text: Option<TextFacts>,
    /// The part of a condition that decided it (`data.unix === 5`), as the test words it; `actual` and `expected` are
    /// then its two sides.
    pub failed_part: Option<String>,
    /// Index, in the hint's requests, of the one that the looked-at value came from.
    pub request: Option<usize>,
}

/// A text and the pattern that was tried on it.
#[derive(Debug, Clone)]
pub struct TextFacts {
    /// Source of the regular expression, or the text that was looked for.
    pub pattern: String,
    /// Flags of the regular expression; `None` when a plain text was looked for.
    pub flags: Option<String>,
    /// The text.
    pub text: Arc<str>,
    /// Whether it must *not* be found.
    pub negated: bool,
}

/// A place in a challenge file, from 1. Columns count Unicode characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CodePosition {
    /// Line.
    pub line: usize,
    /// Column.
    pub column: usize,
}
