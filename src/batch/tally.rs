//! Submissions counted by verdict.

use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use crate::grader::Counts;

/// The verdict on a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Every checked hint passed, and at least one was checked.
    Passed,
    /// At least one hint failed.
    Failed,
    /// None failed, and at least one could not be checked: trying again may change it.
    Errored,
    /// Nothing was graded: the row says nothing that could be.
    Ungraded,
}

impl Verdict {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Passed, Self::Failed, Self::Errored, Self::Ungraded];

    /// Of hints that were all looked at.
    pub fn of(counts: Counts) -> Self {
        if counts.failed > 0 {
            Self::Failed
        } else if counts.errored > 0 {
            Self::Errored
        } else if counts.passed > 0 {
            Self::Passed
        } else {
            Self::Ungraded
        }
    }

    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::Errored => "errored",
            Self::Ungraded => "ungraded",
        }
    }

    /// The verdict with that name.
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.name() == name)
    }
}

/// Submissions and their hints, counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// Submissions that passed.
    pub passed: u64,
    /// Submissions that failed.
    pub failed: u64,
    /// Submissions that could not be checked.
    pub errored: u64,
    /// Rows that were not graded.
    pub ungraded: u64,
    /// All their hints.
    pub hints: Counts,
}

impl Totals {
    /// Counts one more.
    pub fn add(&mut self, verdict: Verdict, hints: Counts) {
        *self.of(verdict) += 1;
        self.hints.add(hints);
    }

    /// How many there are.
    pub fn count(&self) -> u64 {
        self.passed + self.failed + self.errored + self.ungraded
    }

    fn of(&mut self, verdict: Verdict) -> &mut u64 {
        match verdict {
            Verdict::Passed => &mut self.passed,
            Verdict::Failed => &mut self.failed,
            Verdict::Errored => &mut self.errored,
            Verdict::Ungraded => &mut self.ungraded,
        }
    }
}

/// Totals that several threads look at.
#[derive(Debug, Default)]
pub struct Tally(Mutex<Totals>);

impl Tally {
    /// Counts one more.
    pub(super) fn add(&self, verdict: Verdict, hints: Counts) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).add(verdict, hints);
    }

    /// As it stands.
    pub fn totals(&self) -> Totals {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
