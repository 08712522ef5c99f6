//! Why a journal cannot be used.

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

/// A journal that cannot be used.
#[derive(Debug, Error)]
pub enum JournalError {
    /// There is one already.
    #[error("there is a journal of an earlier run: `{}`", path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// There is none.
    #[error("there is no journal `{}`", path.display())]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// Another run writes it.
    #[error("another run is using the journal `{}`", path.display())]
    Locked {
        /// The file.
        path: PathBuf,
    },
    /// It is something else, or its first line is damaged.
    #[error("`{}` is no journal of grade, or its first line is damaged", path.display())]
    NoJournal {
        /// The file.
        path: PathBuf,
    },
    /// It was written for something else than this run.
    #[error("the journal `{}` is of another run: {what}", path.display())]
    Differs {
        /// The file.
        path: PathBuf,
        /// What differs.
        what: String,
    },
    /// The system says no.
    #[error("the journal `{}` cannot be {doing}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// `read`, `written`, ...
        doing: &'static str,
        /// Why.
        source: io::Error,
    },
}

impl JournalError {
    /// What to do.
    pub fn help(&self) -> Option<&'static str> {
        match self {
            Self::Exists { .. } => Some("--resume goes on where it ends, --restart begins anew and replaces it"),
            Self::Missing { .. } => Some("without --only the run begins one; --journal says where it is"),
            Self::Locked { .. } => Some("wait for it, or give this run a journal of its own with --journal"),
            Self::NoJournal { .. } => Some("name another file with --journal, or replace this one with --restart"),
            Self::Differs { .. } => Some(
                "give the list, the challenges and the options of that run, or begin anew with --restart or another --journal",
            ),
            Self::Io { .. } => Some("--journal says where else to keep it; --no-journal keeps none"),
        }
    }

    /// For an operation on `path`.
    pub(super) fn io(path: &Path, doing: &'static str) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { path, doing, source }
    }
}
