//! Why state could not be kept.

use std::io;
use std::path::PathBuf;

/// Why state could not be kept.
#[derive(Debug, thiserror::Error)]
pub enum StateError {
    /// The system names no folder for it.
    #[error("the system names no folder for the state of programs; set XDG_STATE_HOME to one")]
    NoFolder,
    /// Reading or writing failed.
    #[error("`{}`: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Another run holds the file for too long.
    #[error("`{}` is locked by another run", path.display())]
    Locked {
        /// The lock file.
        path: PathBuf,
    },
}

impl StateError {
    /// For an operation on `path`.
    pub(super) fn io(path: &std::path::Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_path_buf();
        move |source| Self::Io { path, source }
    }
}
