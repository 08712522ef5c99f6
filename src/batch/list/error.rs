//! Why a list cannot be used. What is wrong with a single row is that row's result.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

/// A list that cannot be used.
#[derive(Debug, Error)]
pub enum ListError {
    /// It cannot be read.
    #[error("the list `{}` cannot be read", path.display())]
    Read {
        /// As given.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// What came from standard input cannot be put into a temporary file.
    #[error("the list from standard input cannot be kept in a temporary file")]
    Spool(#[source] io::Error),
    /// There is nothing in it.
    #[error("the list `{}` is empty", path.display())]
    Empty {
        /// As given.
        path: PathBuf,
    },
    /// The first line of a CSV file names no project.
    #[error("the first line of `{}` names neither a column `url` nor `dir`; its columns are {columns}", path.display())]
    NoProjectColumn {
        /// As given.
        path: PathBuf,
        /// The names that are there.
        columns: String,
    },
    /// Two columns have the same name.
    #[error("the first line of `{}` has the column `{column}` twice", path.display())]
    TwoColumns {
        /// As given.
        path: PathBuf,
        /// The name.
        column: String,
    },
    /// The first line of a CSV file cannot be read.
    #[error("the first line of `{}` has no names of columns: {why}", path.display())]
    Header {
        /// As given.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
}
