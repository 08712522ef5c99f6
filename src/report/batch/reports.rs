//! Reports about a batch, written at its end from its journal: one submission after the other, in the order of the list.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::str::FromStr;

use thiserror::Error;

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

/// `FORMAT[=PATH]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchWanted {
    format: BatchFormat,
    /// None is standard output.
    path: Option<PathBuf>,
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
    /// As for reports about one project.
    #[error(transparent)]
    Report(#[from] ReportError),
}

impl BatchFormat {
    const ALL: [Self; 6] = [Self::Json, Self::Jsonl, Self::Junit, Self::Tap, Self::Ctrf, Self::Markdown];

    /// The word for it on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Junit => "junit",
            Self::Tap => "tap",
            Self::Ctrf => "ctrf",
            Self::Markdown => "markdown",
        }
    }

    fn names() -> String {
        Self::ALL.map(Self::name).join(", ")
    }

    fn write(self, about: &About, totals: Totals, results: &Results, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Self::Json => json::write(about, totals, results, out),
            Self::Jsonl => json::lines(results, out),
            Self::Junit => junit::write(about, totals, results, out),
            Self::Tap => tap::write(about, totals, results, out),
            Self::Ctrf => ctrf::write(about, totals, results, out),
            Self::Markdown => markdown::write(about, totals, results, out),
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
            None | Some("-") => Ok(Self { format, path: None }),
            Some(path) => Ok(Self { format, path: Some(path.into()) }),
        }
    }
}

/// The reports of a run.
#[derive(Debug, Default)]
pub struct BatchReports(Vec<BatchWanted>);

impl BatchReports {
    /// Makes sure that all of them can be written, as far as that can be known before.
    pub fn open(wanted: Vec<BatchWanted>) -> Result<Self, BatchReportError> {
        let mut open: Vec<BatchWanted> = Vec::new();
        for BatchWanted { format, path } in wanted {
            let real = match path {
                None => None,
                Some(path) => Some(prepare(&path).map_err(|source| {
                    let format = format.name();
                    ReportError::File { format, path: path.clone(), source }
                })?),
            };
            if let Some(other) = open.iter().find(|other| other.path == real) {
                return Err(BatchReportError::Report(match real {
                    Some(path) => ReportError::TwoInOneFile { path },
                    None => ReportError::TwoOnStandardOutput { first: other.format.name(), second: format.name() },
                }));
            }
            open.push(BatchWanted { format, path: real });
        }
        Ok(Self(open))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether standard output belongs to one of them.
    pub fn on_stdout(&self) -> bool {
        self.0.iter().any(|wanted| wanted.path.is_none())
    }

    /// Writes them. One that fails does not keep the rest from being written.
    pub fn finish(self, about: &About, totals: Totals, results: &Results) -> Vec<BatchReportError> {
        let mut failed = Vec::new();
        for BatchWanted { format, path } in self.0 {
            let mut on_stdout = || {
                let mut out = BufWriter::new(io::stdout().lock());
                format.write(about, totals, results, &mut out).and_then(|()| out.flush())
            };
            let written = path.as_ref().map_or_else(&mut on_stdout, |path| {
                write_file(path, &mut |out| format.write(about, totals, results, out))
            });
            let Err(source) = written else { continue };
            let format = format.name();
            match path {
                Some(path) => failed.push(ReportError::File { format, path, source }.into()),
                // A reader that has gone away is no failure.
                None if source.kind() == io::ErrorKind::BrokenPipe => {}
                None => failed.push(ReportError::StandardOutput { format, source }.into()),
            }
        }
        failed
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
        assert_eq!(wanted("tap=a=b").unwrap(), BatchWanted { format: BatchFormat::Tap, path: Some("a=b".into()) });
        assert_eq!(wanted("json=-").unwrap(), wanted("json").unwrap());
        for name in ["html", "github", "xml", ""] {
            let error = wanted(name).unwrap_err().to_string();
            assert!(error.contains("json, jsonl, junit, tap, ctrf, markdown"), "{error}");
        }
        assert!(matches!(wanted("json="), Err(BatchReportError::Report(ReportError::NoPath { .. }))));
        let two = BatchReports::open(vec![wanted("json").unwrap(), wanted("tap").unwrap()]).unwrap_err().to_string();
        assert!(two.contains("not both json and tap"), "{two}");
    }
}
