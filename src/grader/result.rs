//! What a run came to.

use std::time::{Duration, SystemTime};

use crate::verdict::{HintResult, Outcome, Rules};

/// A whole run.
#[derive(Debug)]
pub struct RunResult {
    /// The project's URL as tests saw it.
    pub code: String,
    /// The rules that held.
    pub rules: Rules,
    /// When it began.
    pub started: SystemTime,
    /// Time taken.
    pub duration: Duration,
    /// The challenges in order.
    pub challenges: Vec<ChallengeResult>,
}

impl RunResult {
    /// All hints counted by outcome.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for challenge in &self.challenges {
            counts.add(challenge.counts());
        }
        counts
    }
}

/// A graded challenge.
#[derive(Debug)]
pub struct ChallengeResult {
    /// The challenge's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its name in addresses.
    pub dashed_name: Option<String>,
    /// The folder that it stands in.
    pub block: Option<String>,
    /// Its language folder.
    pub language: Option<String>,
    /// Path of its file.
    pub file: String,
    /// The hints in order.
    pub hints: Vec<HintResult>,
    /// Time taken.
    pub duration: Duration,
}

impl ChallengeResult {
    /// Its hints counted by outcome.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for hint in &self.hints {
            match hint.outcome {
                Outcome::Passed => counts.passed += 1,
                Outcome::Failed(_) => counts.failed += 1,
                Outcome::Errored(_) => counts.errored += 1,
                Outcome::Unchecked => counts.unchecked += 1,
                Outcome::Skipped(_) => counts.skipped += 1,
            }
        }
        counts
    }
}

/// Hints by outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Passed.
    pub passed: usize,
    /// Failed.
    pub failed: usize,
    /// Could not be checked.
    pub errored: usize,
    /// Without test code.
    pub unchecked: usize,
    /// Not looked at.
    pub skipped: usize,
}

impl Counts {
    /// Adds others.
    pub fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.errored += other.errored;
        self.unchecked += other.unchecked;
        self.skipped += other.skipped;
    }

    /// All hints.
    pub fn total(&self) -> usize {
        self.passed + self.failed + self.errored + self.unchecked + self.skipped
    }

    /// Hints with a test that was to run.
    pub fn checked(&self) -> usize {
        self.passed + self.failed + self.errored
    }
}
