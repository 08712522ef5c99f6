//! What became of a hint.

use std::time::Duration;

use super::failure::Failure;
use crate::fetch::{Exchange, TransportError};

/// What became of one hint. See README "Outcomes" for what each counts as.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// The assertions ran and held.
    Passed,
    /// An assertion failed, the test threw, or the browser would refuse the answer.
    Failed(Box<Failure>),
    /// No verdict.
    Errored(Cause),
    /// The challenge has no test code for this hint.
    Unchecked,
    /// Not looked at.
    Skipped(SkipReason),
}

/// Why there is no verdict.
#[derive(Debug, Clone)]
pub enum Cause {
    /// There was no complete answer from the project.
    Transport(Box<TransportError>),
    /// The hint did not end in time.
    TimedOut {
        /// The limit.
        limit: Duration,
        /// What it was waiting for: a request that was under way (`GET http://…`), or nothing known.
        waiting_for: Option<String>,
    },
    /// A limit of the sandbox was reached: memory, stack, requests, console output.
    Limit {
        /// Name of the limit, in words.
        name: String,
    },
    /// The test uses something that `grade` does not provide.
    Unsupported {
        /// What.
        what: String,
    },
    /// The test code does not parse.
    Syntax {
        /// The parser's message.
        message: String,
        /// Line in the challenge file, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
    },
    /// The hint needs the script engine, and that was ruled out.
    NeedsScript {
        /// Why it does not port.
        reason: String,
    },
    /// It was graded several times, and not with the same verdict.
    Flaky {
        /// The verdicts, counted.
        verdicts: Verdicts,
        /// The facts of a time when it failed.
        failure: Option<Box<Failure>>,
    },
    /// A defect of `grade` itself.
    Internal {
        /// What happened.
        message: String,
    },
}

/// Verdicts on one hint that was graded several times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Verdicts {
    /// How often it passed.
    pub passed: usize,
    /// How often it failed.
    pub failed: usize,
    /// How often there was no verdict.
    pub errored: usize,
}

impl Verdicts {
    /// How often it was graded.
    pub fn total(self) -> usize {
        self.passed + self.failed + self.errored
    }

    /// Whether all of them are the same.
    pub fn agree(self) -> bool {
        [self.passed, self.failed, self.errored].contains(&self.total())
    }
}

impl std::fmt::Display for Verdicts {
    /// `passed 2 of 3, failed 1`
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "passed {} of {}", self.passed, self.total())?;
        for (count, words) in [(self.failed, "failed"), (self.errored, "could not be checked")] {
            if count > 0 {
                write!(formatter, ", {words} {count}")?;
            }
        }
        Ok(())
    }
}

/// Why a hint was not looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SkipReason {
    /// It needs a running project, and there is only a folder.
    NeedsRunningProject,
    /// The run was stopped before it (`--fail-fast`).
    Stopped,
    /// It was deselected.
    Deselected,
}

/// Something the reader should know that does not change the outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// freeCodeCamp does not wait for this test's assertions, so it passes there whatever the project does.
    NotAwaitedThere,
    /// Cookies were kept for XHR or jQuery, which a browser would not do.
    CookiesKept,
    /// freeCodeCamp passes a hint without test code.
    EmptyPassesThere,
    /// An answer was made by `grade` itself because the network was not there.
    SubstitutedAnswer {
        /// The URL.
        url: String,
    },
}

/// Which engine gave the verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// The native plan.
    Ported,
    /// The JavaScript engine.
    Script,
}

/// One graded hint.
#[derive(Debug, Clone)]
pub struct HintResult {
    /// Index within the challenge, from 0.
    pub index: usize,
    /// The hint's text as plain text.
    pub text: String,
    /// What became of it.
    pub outcome: Outcome,
    /// What else the reader should know.
    pub notes: Vec<Note>,
    /// The engine that ran; `None` when none did.
    pub engine: Option<Engine>,
    /// The requests that were made, in order.
    pub exchanges: Vec<Exchange>,
    /// Console output of the test, a line each.
    pub console: Vec<String>,
    /// Line of the hint's code in its file, from 1.
    pub line: usize,
    /// Time taken.
    pub duration: Duration,
}

/// Which assertions count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Rules {
    /// As the browser, but what the block forgot to wait for is waited for.
    #[default]
    Honest,
    /// Exactly the browser's verdicts, vacuous passes included.
    Browser,
}

impl Rules {
    /// The word that the command line uses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Honest => "honest",
            Self::Browser => "browser",
        }
    }
}
