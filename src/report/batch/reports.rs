//! Reports about a batch, written at its end from its journal: one submission after the other, in the order of the list.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use thiserror::Error;

use super::cohort::{Cohort, beside};
use super::line::Submission;
use super::{ctrf, json, junit, markdown, tap};
use crate::batch::{Results, Totals};
use crate::report::ReportError;
use crate::report::files::{prepare, write_file};

/// A format of a report about a batch. `html` and `github` are about one project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BatchFormat {
    /// One JSON object with all results.
    Json,
    /// The results, a line each.
    Jsonl,
    /// `JUnit` XML.
    Junit,
    /// TAP version 14.
    Tap,
    /// The Common Test Report Format.
    Ctrf,
    /// A table for people.
    Markdown,
    /// A page about all of them, with a CSV file beside it.
    Cohort,
}

/// What graded.
#[derive(Debug, Clone, Default)]
pub struct About {
    /// Version of grade.
    pub version: String,
    /// The rules, in words.
    pub rules: String,
    /// `auto`, `ported` or `script`; empty where that is not known.
    pub engine: String,
}

/// What a report is about.
#[derive(Clone, Copy)]
struct Of<'a> {
    about: &'a About,
    totals: Totals,
    results: &'a Results,
    anonymous: bool,
}

/// `FORMAT[=PATH]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchWanted {
    format: BatchFormat,
    /// None is standard output.
    path: Option<PathBuf>,
    /// The file beside it.
    beside: Option<PathBuf>,
}

/// A report about a batch that cannot be written.
#[derive(Debug, Error)]
pub enum BatchReportError {
    /// There is no such format.
    #[error("there is no report format `{name}` for a list of submissions; there are {}", BatchFormat::names())]
    Format {
        /// As given.
        name: String,
    },
    /// Names are to be hidden, and nothing would hide them.
    #[error("--anonymous hides the names of a cohort report, and there is none: add --report cohort=PATH.html")]
    NothingToHide,
    /// As for reports about one project.
    #[error(transparent)]
    Report(#[from] ReportError),
}

impl BatchFormat {
    const ALL: [Self; 7] = [Self::Json, Self::Jsonl, Self::Junit, Self::Tap, Self::Ctrf, Self::Markdown, Self::Cohort];

    /// The word for it on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Junit => "junit",
            Self::Tap => "tap",
            Self::Ctrf => "ctrf",
            Self::Markdown => "markdown",
            Self::Cohort => "cohort",
        }
    }

    fn names() -> String {
        Self::ALL.map(Self::name).join(", ")
    }

    fn write(self, of: Of<'_>, out: &mut dyn Write) -> io::Result<()> {
        let Of { about, totals, results, anonymous } = of;
        match self {
            Self::Json => json::write(about, totals, results, out),
            Self::Jsonl => json::lines(results, out),
            Self::Junit => junit::write(about, totals, results, out),
            Self::Tap => tap::write(about, totals, results, out),
            Self::Ctrf => ctrf::write(about, totals, results, out),
            Self::Markdown => markdown::write(about, totals, results, out),
            Self::Cohort => Cohort::of(results, anonymous)?.page(about, totals, None, out),
        }
    }
}

impl FromStr for BatchWanted {
    type Err = BatchReportError;

    fn from_str(text: &str) -> Result<Self, BatchReportError> {
        let (name, path) = text.split_once('=').map_or((text, None), |(name, path)| (name, Some(path)));
        let format = BatchFormat::ALL.into_iter().find(|format| format.name() == name);
        let format = format.ok_or_else(|| BatchReportError::Format { name: name.to_owned() })?;
        match path {
            Some("") => Err(ReportError::NoPath { name: format.name() }.into()),
            None | Some("-") => Ok(Self { format, path: None, beside: None }),
            Some(path) => Ok(Self { format, path: Some(path.into()), beside: None }),
        }
    }
}

/// The reports of a run.
#[derive(Debug, Default)]
pub struct BatchReports {
    wanted: Vec<BatchWanted>,
    anonymous: bool,
}

impl BatchReports {
    /// Makes sure that all of them can be written, as far as that can be known before. `anonymous` hides names in those that
    /// can do without.
    pub fn open(wanted: Vec<BatchWanted>, anonymous: bool) -> Result<Self, BatchReportError> {
        if anonymous && !wanted.iter().any(|wanted| wanted.format == BatchFormat::Cohort) {
            return Err(BatchReportError::NothingToHide);
        }
        let mut open: Vec<BatchWanted> = Vec::new();
        for BatchWanted { format, path, .. } in wanted {
            let ready = |path: &Path| {
                prepare(path).map_err(|source| {
                    let format = format.name();
                    ReportError::File { format, path: path.to_owned(), source }
                })
            };
            let real = path.as_deref().map(ready).transpose()?;
            // A pipe or a device has nothing beside it.
            let file = real.as_deref().filter(|path| path.is_file() || !path.exists());
            let file = file.filter(|_| format == BatchFormat::Cohort);
            let beside = file.map(|path| ready(&beside(path))).transpose()?;
            let taken = |path: &Option<PathBuf>| {
                path.is_some() && open.iter().any(|other| other.path == *path || other.beside == *path)
            };
            if let Some(path) = [&real, &beside].into_iter().find(|path| taken(path)).cloned().flatten() {
                return Err(ReportError::TwoInOneFile { path }.into());
            }
            if real.is_none()
                && let Some(other) = open.iter().find(|other| other.path.is_none())
            {
                let (first, second) = (other.format.name(), format.name());
                return Err(ReportError::TwoOnStandardOutput { first, second }.into());
            }
            open.push(BatchWanted { format, path: real, beside });
        }
        Ok(Self { wanted: open, anonymous })
    }

    /// The files that they replace.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        self.wanted.iter().flat_map(|wanted| [wanted.path.as_deref(), wanted.beside.as_deref()]).flatten()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.wanted.is_empty()
    }

    /// Whether standard output belongs to one of them.
    pub fn on_stdout(&self) -> bool {
        self.wanted.iter().any(|wanted| wanted.path.is_none())
    }

    /// Writes them. One that fails does not keep the rest from being written.
    pub fn finish(self, about: &About, totals: Totals, results: &Results) -> Vec<BatchReportError> {
        let mut failed = Vec::new();
        let of = Of { about, totals, results, anonymous: self.anonymous };
        for wanted in self.wanted {
            let format = wanted.format.name();
            match wanted.write(of) {
                Ok(()) => {}
                Err((Some(path), source)) => failed.push(ReportError::File { format, path, source }.into()),
                // A reader that has gone away is no failure.
                Err((None, source)) if source.kind() == io::ErrorKind::BrokenPipe => {}
                Err((None, source)) => failed.push(ReportError::StandardOutput { format, source }.into()),
            }
        }
        failed
    }
}

impl BatchWanted {
    /// Writes it; of what fails, the path.
    fn write(self, of: Of<'_>) -> Result<(), (Option<PathBuf>, io::Error)> {
        let Self { format, path, beside } = self;
        let Some(path) = path else {
            let mut out = BufWriter::new(io::stdout().lock());
            return format.write(of, &mut out).and_then(|()| out.flush()).map_err(|error| (None, error));
        };
        let Some(beside) = beside else {
            return write_file(&path, &mut |out| format.write(of, out)).map_err(|error| (Some(path), error));
        };
        let cohort = Cohort::of(of.results, of.anonymous).map_err(|error| (Some(path.clone()), error))?;
        let name = beside.file_name().map(|name| name.to_string_lossy().into_owned());
        write_file(&path, &mut |out| cohort.page(of.about, of.totals, name.as_deref(), out))
            .map_err(|error| (Some(path), error))?;
        write_file(&beside, &mut |out| cohort.csv(out)).map_err(|error| (Some(beside), error))
    }
}

/// Hands on every submission, in the order of the list.
pub(super) fn each(results: &Results, then: &mut dyn FnMut(&Submission) -> io::Result<()>) -> io::Result<()> {
    results.each(&mut |record| {
        let submission: Submission = serde_json::from_slice(record.line)?;
        then(&submission)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_and_perhaps_a_path() {
        let wanted = |text: &str| text.parse::<BatchWanted>();
        assert_eq!(
            wanted("tap=a=b").unwrap(),
            BatchWanted { format: BatchFormat::Tap, path: Some("a=b".into()), beside: None }
        );
        assert_eq!(wanted("json=-").unwrap(), wanted("json").unwrap());
        for name in ["html", "github", "xml", ""] {
            let error = wanted(name).unwrap_err().to_string();
            assert!(error.contains("json, jsonl, junit, tap, ctrf, markdown, cohort"), "{error}");
        }
        assert!(matches!(wanted("json="), Err(BatchReportError::Report(ReportError::NoPath { .. }))));
        let two =
            BatchReports::open(vec![wanted("json").unwrap(), wanted("tap").unwrap()], false).unwrap_err().to_string();
        assert!(two.contains("not both json and tap"), "{two}");
    }
}
