//! Where findings go: standard output, standard error, and files, which are replaced as a whole at the end.

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::str::FromStr;

use tempfile::NamedTempFile;

use super::{Checked, LintFormat, LintSettings, Totals, View};
use crate::report::files::{prepare, temporary};
use crate::report::{ReportError, Styles};

/// `FORMAT[=PATH]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LintOutput {
    /// The format.
    pub format: LintFormat,
    /// Where it goes.
    pub place: Place,
}

/// Where an output goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// Standard output.
    Stdout,
    /// Standard error.
    Stderr,
    /// A file.
    File(PathBuf),
}

impl FromStr for LintOutput {
    type Err = ReportError;

    fn from_str(text: &str) -> Result<Self, ReportError> {
        let (name, path) = text.split_once('=').map_or((text, None), |(name, path)| (name, Some(path)));
        let format = LintFormat::find(name)
            .ok_or_else(|| ReportError::Format { name: name.to_owned(), known: LintFormat::names() })?;
        let place = match path {
            Some("") => return Err(ReportError::NoPath { name: format.name() }),
            None | Some("-") => Place::Stdout,
            Some(path) => Place::File(PathBuf::from(path)),
        };
        Ok(Self { format, place })
    }
}

/// All outputs of a run.
pub struct Outputs {
    open: Vec<Open>,
}

struct Open {
    format: LintFormat,
    view: Box<dyn View>,
    sink: Sink,
    failed: Option<io::Error>,
}

enum Sink {
    Stdout(BufWriter<io::Stdout>),
    Stderr(BufWriter<io::Stderr>),
    /// Takes its place at the end.
    File(BufWriter<NamedTempFile>, PathBuf),
    /// A pipe or a device.
    Special(BufWriter<File>, PathBuf),
}

impl Outputs {
    /// Makes sure that all of them can be written, and begins. `styles` are those of standard output and error.
    pub fn open(wanted: Vec<LintOutput>, settings: &LintSettings, styles: [Styles; 2]) -> Result<Self, ReportError> {
        let mut on_stdout: Option<LintFormat> = None;
        let mut paths: Vec<PathBuf> = Vec::new();
        let mut open = Vec::new();
        let [out, error] = styles;
        for LintOutput { format, place } in wanted {
            let (sink, styles) = match place {
                Place::Stdout => {
                    if let Some(first) = on_stdout.replace(format) {
                        return Err(ReportError::TwoOnStandardOutput { first: first.name(), second: format.name() });
                    }
                    (Sink::Stdout(BufWriter::new(io::stdout())), out)
                }
                Place::Stderr => (Sink::Stderr(BufWriter::new(io::stderr())), error),
                Place::File(path) => {
                    let fail = |source| ReportError::File { format: format.name(), path: path.clone(), source };
                    let real = prepare(&path).map_err(fail)?;
                    if paths.contains(&real) {
                        return Err(ReportError::TwoInOneFile { path });
                    }
                    paths.push(real.clone());
                    (Sink::file(real).map_err(fail)?, Styles::new(false))
                }
            };
            open.push(Open { format, view: format.view(settings, styles), sink, failed: None });
        }
        for one in &mut open {
            one.write(&mut |view, out| view.begin(out));
        }
        Ok(Self { open })
    }

    /// Takes the findings of a file; nothing is written for a file without any.
    pub fn file(&mut self, checked: &Checked<'_>) {
        if checked.findings.is_empty() {
            return;
        }
        for open in &mut self.open {
            open.write(&mut |view, out| view.file(checked, out));
        }
    }

    /// Ends all of them. One that fails does not keep the rest from being written; a reader of standard output that has gone
    /// away is no failure.
    pub fn finish(self, totals: &Totals) -> Vec<ReportError> {
        self.open
            .into_iter()
            .filter_map(|mut open| {
                open.write(&mut |view, out| view.end(totals, out));
                open.close()
            })
            .collect()
    }
}

impl Open {
    fn write(&mut self, write: &mut dyn FnMut(&mut dyn View, &mut dyn Write) -> io::Result<()>) {
        if self.failed.is_none() {
            self.failed = write(&mut *self.view, self.sink.writer()).err();
        }
    }

    fn close(self) -> Option<ReportError> {
        let format = self.format.name();
        let (closed, path) = self.sink.close(self.failed.is_none());
        let source = self.failed.or(closed.err())?;
        match path {
            Some(path) => Some(ReportError::File { format, path, source }),
            None if source.kind() == io::ErrorKind::BrokenPipe => None,
            None => Some(ReportError::StandardOutput { format, source }),
        }
    }
}

impl Sink {
    fn file(path: PathBuf) -> io::Result<Self> {
        let special = std::fs::metadata(&path).is_ok_and(|metadata| !metadata.is_file());
        if special {
            return Ok(Self::Special(BufWriter::new(OpenOptions::new().write(true).open(&path)?), path));
        }
        Ok(Self::File(BufWriter::new(temporary(&path)?), path))
    }

    fn writer(&mut self) -> &mut dyn Write {
        match self {
            Self::Stdout(out) => out,
            Self::Stderr(out) => out,
            Self::File(out, _) => out,
            Self::Special(out, _) => out,
        }
    }

    /// Writes what is left. A file that is not whole does not take its place.
    fn close(self, whole: bool) -> (io::Result<()>, Option<PathBuf>) {
        match self {
            Self::Stdout(mut out) => (out.flush(), None),
            Self::Stderr(mut out) => (out.flush(), None),
            Self::Special(mut out, path) => (out.flush(), Some(path)),
            Self::File(out, path) => {
                let persist = |out: BufWriter<NamedTempFile>| {
                    let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
                    if whole {
                        file.persist(&path)?;
                    }
                    Ok(())
                };
                (persist(out), Some(path))
            }
        }
    }
}
