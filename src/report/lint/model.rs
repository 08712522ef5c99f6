//! What the views are of.

use std::io::{self, Write};
use std::time::Duration;

use crate::lint::{Finding, Level, Levels};
use crate::report::Styles;

/// A file with what was found in it.
#[derive(Debug, Clone, Copy)]
pub struct Checked<'a> {
    /// Its path, relative where it can be, with `/`.
    pub file: &'a str,
    /// Its text, without a byte order mark.
    pub text: &'a str,
    /// In the order of the file.
    pub findings: &'a [Finding],
}

/// What came of all files.
#[derive(Debug, Clone, Default)]
pub struct Totals {
    /// Files that were looked at.
    pub files: usize,
    /// Files that could not be read.
    pub unreadable: usize,
    /// Findings of that level.
    pub errors: usize,
    /// Findings of that level.
    pub warnings: usize,
    /// Findings that `--fix` would mend.
    pub fixable: usize,
    /// Findings that a file says not to report.
    pub suppressed: usize,
    /// Fixes that were applied.
    pub fixed: usize,
    /// Whether warnings count as errors.
    pub deny_warnings: bool,
    /// Time taken.
    pub duration: Option<Duration>,
}

impl Totals {
    /// Counts findings.
    pub fn count(&mut self, findings: &[Finding]) {
        for finding in findings {
            match finding.level {
                Level::Error => self.errors += 1,
                Level::Warning => self.warnings += 1,
                Level::Off => {}
            }
            self.fixable += usize::from(finding.fix.is_some());
        }
    }
}

/// How findings are shown.
#[derive(Debug, Clone)]
pub struct LintSettings {
    /// The levels in force.
    pub levels: Levels,
    /// Columns of a terminal.
    pub width: usize,
    /// Findings that a terminal shows in full; none for all.
    pub most: Option<usize>,
}

/// A format.
pub(super) trait View {
    /// Before all files.
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()>;
    /// A file in which something was found.
    fn file(&mut self, checked: &Checked<'_>, out: &mut dyn Write) -> io::Result<()>;
    /// After all files.
    fn end(&mut self, totals: &Totals, out: &mut dyn Write) -> io::Result<()>;
}

impl LintSettings {
    pub(super) fn terminal(&self, styles: Styles) -> (Styles, usize, usize) {
        (styles, self.width, self.most.unwrap_or(usize::MAX))
    }
}
