//! What is wrong with a manifest, where, and what to write instead.

use std::fmt::{self, Write as _};
use std::io;
use std::path::{Path, PathBuf};

/// Problems that are told; whoever has more has mistaken the file.
const MOST: usize = 10;

/// A place in a manifest: line and column, both from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Line.
    pub line: usize,
    /// Column in characters.
    pub column: usize,
}

impl Place {
    /// The start of the file.
    pub const START: Self = Self { line: 1, column: 1 };

    /// Where the reader found something.
    pub(super) fn of(location: &serde_yaml::Location) -> Self {
        let number = |value: u64| usize::try_from(value).unwrap_or(0).max(1);
        Self { line: number(location.line()), column: number(location.column()) }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}", self.line, self.column)
    }
}

/// Something in a manifest that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where it stands.
    pub place: Place,
    /// What was found.
    pub message: String,
    /// What to write instead; empty when that is plain.
    pub help: String,
}

impl Problem {
    pub(super) fn new(place: Place, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { place, message: message.into(), help: help.into() }
    }
}

/// Why a manifest cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ManifestError {
    /// The system refuses to read it.
    #[error("the manifest `{}` cannot be read", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// More than a manifest ever needs.
    #[error("the manifest `{}` has more than {limit} bytes; is it the right file?", path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// The most that is read.
        limit: u64,
    },
    /// It does not say what it should.
    #[error("the manifest `{}` cannot be used{}", path.display(), listed(path, problems))]
    Invalid {
        /// The file.
        path: PathBuf,
        /// What is wrong, from the top.
        problems: Vec<Problem>,
    },
    /// A folder that was named as that of the manifests is none.
    #[error("there is no folder `{}` to look for manifests in", path.display())]
    NoFolder {
        /// As given.
        path: PathBuf,
    },
}

impl ManifestError {
    /// The error for these problems, sorted by their places.
    pub fn invalid(path: &Path, mut problems: Vec<Problem>) -> Self {
        problems.sort_by_key(|problem| problem.place);
        Self::Invalid { path: path.to_owned(), problems }
    }
}

fn listed(path: &Path, problems: &[Problem]) -> String {
    let mut out = String::new();
    for Problem { place, message, help } in problems.iter().take(MOST) {
        let _ = write!(out, "\n{}:{place}: {message}", path.display());
        if !help.is_empty() {
            let _ = write!(out, "\n  help: {help}");
        }
    }
    if problems.len() > MOST {
        let _ = write!(out, "\n... and {} more", problems.len() - MOST);
    }
    out
}
