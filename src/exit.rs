//! Exit codes, and which one wins.

use std::process::ExitCode;

use crate::grader::Counts;

/// How the program ends. The codes are public: scripts decide on them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum ExitStatus {
    /// Every checked hint passed, and at least one was checked.
    Passed = 0,
    /// At least one hint failed.
    Failed = 1,
    /// Usage, configuration, an unreadable or invalid challenge file, nothing to grade, or a report that could not be
    /// written.
    Unusable = 2,
    /// None failed, but at least one could not be checked: trying again may change the verdict.
    CouldNotCheck = 3,
}

impl ExitStatus {
    /// The status of a run. One failed hint settles it, whatever else could not be checked; a run in which nothing
    /// was checked has graded nothing.
    pub fn of(counts: Counts) -> Self {
        if counts.failed > 0 {
            Self::Failed
        } else if counts.errored > 0 {
            Self::CouldNotCheck
        } else if counts.passed > 0 {
            Self::Passed
        } else {
            Self::Unusable
        }
    }
}

impl From<ExitStatus> for ExitCode {
    fn from(status: ExitStatus) -> Self {
        Self::from(status as u8)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn precedence() {
        let counts = |passed, failed, errored, unchecked| Counts { passed, failed, errored, unchecked, skipped: 0 };
        assert_eq!(ExitStatus::of(counts(2, 0, 0, 1)), ExitStatus::Passed);
        assert_eq!(ExitStatus::of(counts(2, 1, 1, 0)), ExitStatus::Failed);
        assert_eq!(ExitStatus::of(counts(2, 0, 1, 0)), ExitStatus::CouldNotCheck);
        assert_eq!(ExitStatus::of(counts(0, 0, 0, 3)), ExitStatus::Unusable);
        assert_eq!(ExitStatus::of(Counts::default()), ExitStatus::Unusable);
    }
}
