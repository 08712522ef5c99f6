//! Where results go: a file or standard output while the run goes on, and reports at its end.

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::journal::same_file;
use crate::batch::{Fingerprint, JournalError, Output, Results, Totals};
use crate::cli::ResultArgs;
use crate::commands::Console;
use crate::report::batch::{BatchReports, BatchWanted};

pub use crate::report::batch::About;

/// Where results go.
pub struct Destination {
    file: Option<std::path::PathBuf>,
    reports: BatchReports,
}

impl Destination {
    /// Reads the options; nothing is made yet.
    pub fn of(args: &ResultArgs) -> Result<Self> {
        let wanted: Vec<BatchWanted> = args.reports.iter().map(|text| text.parse()).collect::<Result<_, _>>()?;
        let reports = BatchReports::open(wanted, args.anonymous)?;
        Ok(Self { file: args.output.clone(), reports })
    }

    /// Whether there are reports to write at the end.
    pub fn has_reports(&self) -> bool {
        !self.reports.is_empty()
    }

    /// Whether results go to standard output as they come.
    pub fn is_on_screen(&self) -> bool {
        self.file.is_none() && !self.reports.on_stdout()
    }

    /// Opens it. What stands in a file is gone then; `inputs` must not be among them.
    pub fn open(&self, inputs: &[&Path]) -> Result<Output> {
        if let Some(path) = self.reports.files().find(|path| inputs.iter().any(|input| same_file(input, path))) {
            bail!(
                "`{}` is read by this run, and a report would replace it: give the report another name",
                path.display()
            );
        }
        let Some(path) = &self.file else {
            return Ok(if self.is_on_screen() { Output::standard() } else { Output::None });
        };
        if inputs.iter().any(|input| same_file(input, path)) {
            bail!("`{}` is read by this run, and cannot be its output", path.display());
        }
        let file =
            File::create(path).with_context(|| format!("the results cannot be written to `{}`", path.display()))?;
        Ok(Output::File { file: BufWriter::new(file), path: path.clone() })
    }

    /// Writes the reports; true when all of them could be.
    pub fn finish(
        self,
        about: &About,
        totals: Totals,
        results: impl FnOnce() -> Result<Results, JournalError>,
        console: &Console,
    ) -> Result<bool> {
        if self.reports.is_empty() {
            return Ok(true);
        }
        let failed = self.reports.finish(about, totals, &results()?);
        for error in &failed {
            console.error(error);
        }
        Ok(failed.is_empty())
    }
}

impl About {
    /// What graded, as a journal knows it.
    pub fn of(fingerprint: &Fingerprint, engine: &str) -> Self {
        Self { version: fingerprint.version.clone(), rules: fingerprint.rules.clone(), engine: engine.to_owned() }
    }
}
