//! Where reports go: standard output and files. Files are checked before the run and replaced as a whole after it.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use tempfile::NamedTempFile;
use thiserror::Error;

use super::format::Format;
use super::jsonl;
use super::model::{Report, Step};

/// `FORMAT[=PATH]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The format.
    pub format: Format,
    /// The file; none is standard output.
    pub path: Option<PathBuf>,
}

/// A report that cannot be written.
#[derive(Debug, Error)]
pub enum ReportError {
    /// There is no such format.
    #[error("there is no report format `{name}`; there are {known}")]
    Format {
        /// As given.
        name: String,
        /// Those that there are.
        known: String,
    },
    /// There is a `=` and no path.
    #[error("--report {name}= has no path; without `=` the report goes to standard output")]
    NoPath {
        /// Name of the format.
        name: &'static str,
    },
    /// More than one report on standard output.
    #[error(
        "only one report can go to standard output, not both {first} and {second}: give a path, as in --report {second}=PATH"
    )]
    TwoOnStandardOutput {
        /// Name of the first format.
        first: &'static str,
        /// Name of the second format.
        second: &'static str,
    },
    /// More than one report in a file.
    #[error("two reports cannot go to one file: `{}`", path.display())]
    TwoInOneFile {
        /// The file.
        path: PathBuf,
    },
    /// The file system says no.
    #[error("the {format} report `{}` cannot be written", path.display())]
    File {
        /// Name of the format.
        format: &'static str,
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Standard output says no.
    #[error("the {format} report cannot be written to standard output")]
    StandardOutput {
        /// Name of the format.
        format: &'static str,
        /// Why.
        source: io::Error,
    },
}

impl FromStr for Wanted {
    type Err = ReportError;

    fn from_str(text: &str) -> Result<Self, ReportError> {
        let (name, path) = text.split_once('=').map_or((text, None), |(name, path)| (name, Some(path)));
        let format =
            Format::find(name).ok_or_else(|| ReportError::Format { name: name.to_owned(), known: Format::names() })?;
        match path {
            Some("") => Err(ReportError::NoPath { name: format.name() }),
            None | Some("-") => Ok(Self { format, path: None }),
            Some(path) => Ok(Self { format, path: Some(PathBuf::from(path)) }),
        }
    }
}

/// The reports of a run.
#[derive(Debug, Default)]
pub struct Reports {
    open: Vec<Open>,
}

/// A report that can be written, as far as can be known before.
#[derive(Debug)]
struct Open {
    wanted: Wanted,
    /// Of a format that is written while the run goes on, into a file.
    live: Option<File>,
    /// The first failure; nothing more is written then.
    failed: Option<io::Error>,
}

impl Reports {
    /// Makes sure that all of them can be written, and makes the folders that they need.
    pub fn open(wanted: Vec<Wanted>) -> Result<Self, ReportError> {
        let mut on_stdout: Option<Format> = None;
        for Wanted { format, .. } in wanted.iter().filter(|wanted| wanted.path.is_none()) {
            if let Some(first) = on_stdout.replace(*format) {
                return Err(ReportError::TwoOnStandardOutput { first: first.name(), second: format.name() });
            }
        }
        let mut open: Vec<Open> = Vec::new();
        for mut wanted in wanted {
            let mut live = None;
            if let Some(path) = wanted.path.take() {
                let fail = |source| ReportError::File { format: wanted.format.name(), path: path.clone(), source };
                let real = prepare(&path).map_err(fail)?;
                if open.iter().any(|other| other.wanted.path.as_ref() == Some(&real)) {
                    return Err(ReportError::TwoInOneFile { path });
                }
                if wanted.format.is_live() {
                    live = Some(File::create(&real).map_err(fail)?);
                }
                wanted.path = Some(real);
            }
            open.push(Open { wanted, live, failed: None });
        }
        Ok(Self { open })
    }

    /// Whether standard output belongs to one of them.
    pub fn on_stdout(&self) -> bool {
        self.open.iter().any(|open| open.wanted.path.is_none())
    }

    /// Whether one of them has that format.
    pub fn has(&self, format: Format) -> bool {
        self.open.iter().any(|open| open.wanted.format == format)
    }

    /// Writes what the live ones have to say about a step.
    pub fn step(&mut self, step: &Step<'_>) {
        for open in self.open.iter_mut().filter(|open| open.wanted.format.is_live() && open.failed.is_none()) {
            let written = match &mut open.live {
                Some(file) => jsonl::write_step(step, file),
                None => jsonl::write_step(step, &mut io::stdout().lock()),
            };
            open.failed = written.err();
        }
    }

    /// Writes all others. One that fails does not keep the rest from being written; a reader of standard output that has gone
    /// away is no failure.
    pub fn finish(self, report: &Report) -> Vec<ReportError> {
        self.open.into_iter().filter_map(|open| open.finish(report)).collect()
    }
}

impl Open {
    fn finish(self, report: &Report) -> Option<ReportError> {
        let Wanted { format, path } = self.wanted;
        let written = match (self.failed, &path) {
            (Some(error), _) => Err(error),
            (None, _) if format.is_live() => Ok(()),
            (None, None) => {
                let mut out = BufWriter::new(io::stdout().lock());
                format.write(report, &mut out).and_then(|()| out.flush())
            }
            (None, Some(path)) => write_file(path, &mut |out| format.write(report, out)),
        };
        let source = written.err()?;
        let format = format.name();
        match path {
            Some(path) => Some(ReportError::File { format, path, source }),
            None if source.kind() == io::ErrorKind::BrokenPipe => None,
            None => Some(ReportError::StandardOutput { format, source }),
        }
    }
}

/// Makes the folder of a file, and tries whether a file can be made there. Gives the path without symbolic links.
pub(super) fn prepare(path: &Path) -> io::Result<PathBuf> {
    if let Ok(metadata) = fs::metadata(path) {
        if metadata.is_dir() {
            return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder"));
        }
        if !metadata.is_file() {
            // A pipe or a device: it is written as it is.
            return Ok(path.to_owned());
        }
        // What stands there is replaced, and a link to it stays a link.
        let real = path.canonicalize()?;
        try_folder(&real)?;
        return Ok(real);
    }
    let folder = folder(path);
    fs::create_dir_all(folder)?;
    let real = folder.canonicalize()?.join(path.file_name().ok_or_else(|| io::Error::other("it has no file name"))?);
    try_folder(&real)?;
    Ok(real)
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn try_folder(path: &Path) -> io::Result<()> {
    temporary(path).map(drop)
}

/// A new file beside `path`, with the permissions that any new file gets.
pub(super) fn temporary(path: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".grade-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // Less what the process masks.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder(path))
}

/// Replaces a file as a whole: whoever looks at it sees the old report or the new one, never a part.
pub(super) fn write_file(path: &Path, write: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let special = fs::metadata(path).is_ok_and(|metadata| !metadata.is_file());
    if special {
        let mut out = BufWriter::new(OpenOptions::new().write(true).open(path)?);
        write(&mut out)?;
        return out.flush();
    }
    let mut file = temporary(path)?;
    let mut out = BufWriter::new(file.as_file_mut());
    write(&mut out)?;
    out.flush()?;
    drop(out);
    file.persist(path)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(text: &str) -> Wanted {
        text.parse().unwrap()
    }

    #[test]
    fn a_format_and_perhaps_a_path() {
        assert_eq!(wanted("json"), Wanted { format: Format::Json, path: None });
        assert_eq!(wanted("json=-"), Wanted { format: Format::Json, path: None });
        assert_eq!(wanted("jsonl=a=b"), Wanted { format: Format::Jsonl, path: Some("a=b".into()) });
        assert!(matches!("xml".parse::<Wanted>(), Err(ReportError::Format { .. })));
        assert!(matches!("json=".parse::<Wanted>(), Err(ReportError::NoPath { .. })));
    }

    #[test]
    fn a_failed_write_leaves_the_old_report() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report");
        fs::write(&path, "old").unwrap();
        let failed = write_file(&path, &mut |out| {
            out.write_all(b"half")?;
            Err(io::Error::other("disk full"))
        });
        assert!(failed.is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left behind");
        write_file(&path, &mut |out| out.write_all(b"new")).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
    }

    #[test]
    fn two_reports_never_share_a_place() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/er/report");
        let other = folder.path().join("deep/../deep/er/report");
        let at = |path: &Path| Wanted { format: Format::Json, path: Some(path.to_owned()) };
        assert!(matches!(Reports::open(vec![at(&path), at(&other)]), Err(ReportError::TwoInOneFile { .. })));
        assert!(matches!(
            Reports::open(vec![wanted("json"), wanted("jsonl")]),
            Err(ReportError::TwoOnStandardOutput { .. })
        ));
        assert!(matches!(Reports::open(vec![at(folder.path())]), Err(ReportError::File { .. })));
        assert!(Reports::open(vec![at(&path), wanted("jsonl")]).unwrap().on_stdout());
    }

    #[cfg(unix)]
    #[test]
    fn links_stay_links_and_files_have_the_usual_permissions() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (real, link) = (folder.path().join("real"), folder.path().join("link"));
        fs::write(&real, "old").unwrap();
        symlink(&real, &link).unwrap();
        let path = prepare(&link).unwrap();
        write_file(&path, &mut |out| out.write_all(b"new")).unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&real).unwrap(), "new");
        let plain = folder.path().join("plain");
        fs::write(&plain, "").unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(mode(&real), mode(&plain));
    }
}
