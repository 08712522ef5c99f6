//! What happens in a run, as it happens.

use super::prepared::Prepared;
use super::result::{ChallengeResult, RunResult};
use crate::verdict::HintResult;

/// An event of a run, in the order in which things happen.
#[derive(Debug)]
pub enum Event<'a> {
    /// The run begins with these challenges.
    Started {
        /// All that will be graded.
        challenges: &'a [Prepared],
    },
    /// A challenge begins.
    ChallengeStarted {
        /// Which.
        challenge: &'a Prepared,
    },
    /// A hint begins.
    HintStarted {
        /// Of which challenge.
        challenge: &'a Prepared,
        /// Its index, from 0.
        index: usize,
    },
    /// A hint has its outcome.
    HintFinished {
        /// Of which challenge.
        challenge: &'a Prepared,
        /// The outcome.
        result: &'a HintResult,
    },
    /// A challenge is done.
    ChallengeFinished {
        /// Which.
        challenge: &'a Prepared,
        /// All of its outcomes.
        result: &'a ChallengeResult,
    },
    /// The run is done.
    Finished {
        /// Everything.
        run: &'a RunResult,
    },
}
