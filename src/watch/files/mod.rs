//! Hearing of files that change: the project's, and those of the challenges.
//!
//! The system only says that something happened somewhere; what has changed is found by looking at all files and comparing with
//! what was there before. So it does not matter how an editor saves, and the same look serves where the system says nothing.

mod own;
mod scan;
mod settle;
mod shared;
mod watcher;

use std::path::PathBuf;

pub use own::OwnFiles;
pub use watcher::Files;

/// What is watched.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Places {
    /// The project's folder, with everything in it that counts.
    pub project: PathBuf,
    /// Folders whose challenge files count, without the folders in them.
    pub challenges: Vec<PathBuf>,
    /// A folder that does not count, wherever it is: what `grade` itself writes must not make it grade again.
    pub except: Option<PathBuf>,
}

/// A file that was made, written or removed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Changed {
    /// Its absolute path.
    pub path: PathBuf,
    /// Whether it is, or was, a Markdown file in a folder of challenges.
    pub challenge: bool,
}

/// How it is watched.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Watching {
    /// How many files.
    pub files: usize,
    /// What is not as it should be.
    pub note: Option<String>,
}

/// What is heard of files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// These have changed.
    Changed(Vec<Changed>),
    /// This is how it is watched from now on.
    Watching(Watching),
}

/// The files cannot be watched at all.
#[derive(Debug, thiserror::Error)]
pub enum WatchError {
    /// There is no such folder.
    #[error("the folder `{}` cannot be watched: {why}", path.display())]
    Folder {
        /// As given.
        path: PathBuf,
        /// What the system says.
        why: std::io::Error,
    },
    /// No thread can be started.
    #[error("the files cannot be watched: {0}")]
    Thread(std::io::Error),
}
