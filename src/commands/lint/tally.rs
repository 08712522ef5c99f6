//! What was found so far: written, counted, and at the end an exit code.

use std::time::Duration;

use crate::commands::Console;
use crate::exit::ExitStatus;
use crate::lint::Finding;
use crate::report::lint::{Checked, Outputs, Totals};

/// Where findings go.
pub(super) struct Tally<'c> {
    outputs: Outputs,
    pub(super) totals: Totals,
    /// Whether something could not be written.
    failed: bool,
    console: &'c Console,
}

impl<'c> Tally<'c> {
    pub(super) fn new(outputs: Outputs, deny_warnings: bool, console: &'c Console) -> Self {
        Self { outputs, totals: Totals { deny_warnings, ..Totals::default() }, failed: false, console }
    }

    /// Takes the findings of a file.
    pub(super) fn take(&mut self, file: &str, text: &str, findings: &[Finding]) {
        self.totals.count(findings);
        self.outputs.file(&Checked { file, text, findings });
    }

    /// A file that could not be read.
    pub(super) fn unreadable(&mut self, error: &dyn std::error::Error) {
        self.totals.unreadable += 1;
        self.console.error(error);
    }

    /// A file that was to be mended and could not be written.
    pub(super) fn not_written(&mut self, error: &dyn std::error::Error) {
        self.failed = true;
        self.console.error(error);
    }

    /// Something that is to be known, and no failure.
    pub(super) fn warn(&self, text: &str) {
        self.console.warn(text);
    }

    /// Ends the outputs.
    pub(super) fn finish(mut self, duration: Duration) -> ExitStatus {
        self.totals.duration = Some(duration);
        for error in self.outputs.finish(&self.totals) {
            self.failed = true;
            self.console.error(&error);
        }
        match self.totals {
            _ if self.failed => ExitStatus::Unusable,
            Totals { unreadable: 1.., .. } => ExitStatus::Unusable,
            Totals { errors: 1.., .. } | Totals { deny_warnings: true, warnings: 1.., .. } => ExitStatus::Failed,
            _ => ExitStatus::Passed,
        }
    }
}
