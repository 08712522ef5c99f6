//! What can go wrong between a name and a challenge.

use std::io;
use std::path::PathBuf;

use super::gradable::NotGradable;

/// A file or folder that could not be read.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// There is no such file or folder.
    #[error("there is no file or folder `{}`", path.display())]
    NotFound {
        /// The path.
        path: PathBuf,
    },
    /// The system refused.
    #[error("cannot read `{}`", path.display())]
    Read {
        /// The path.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// No challenge is this large.
    #[error("`{}` is larger than {limit} bytes, which no challenge file is", path.display())]
    TooLarge {
        /// The path.
        path: PathBuf,
        /// The most that is read.
        limit: u64,
    },
    /// A folder could not be searched completely.
    #[error("cannot search `{}`", path.display())]
    Walk {
        /// The folder that was searched.
        path: PathBuf,
        /// Why.
        source: ignore::Error,
    },
    /// A folder without challenges.
    #[error("there is no challenge file in `{}`", path.display())]
    NoChallenges {
        /// The folder.
        path: PathBuf,
    },
}

/// A name that does not say which challenge is meant.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SelectError {
    /// Nothing has this name.
    #[error("there is no challenge or block called `{name}`{}", nearest_text(nearest))]
    Unknown {
        /// The name.
        name: String,
        /// Names that are much like it, best first.
        nearest: Vec<String>,
    },
    /// Several challenges or blocks have this name.
    #[error("`{name}` may mean several; write one of these:{}", lines(candidates))]
    Ambiguous {
        /// The name.
        name: String,
        /// The names that say which one.
        candidates: Vec<String>,
    },
}

fn lines(names: &[String]) -> String {
    names.iter().fold(String::new(), |text, name| text + "\n  " + name)
}

fn nearest_text(nearest: &[String]) -> String {
    if nearest.is_empty() { String::new() } else { format!("; did you mean:{}", lines(nearest)) }
}

/// Why the challenges asked for cannot be graded.
#[derive(Debug, thiserror::Error)]
pub enum ChooseError {
    /// The name does not say which.
    #[error(transparent)]
    Select(#[from] SelectError),
    /// The file or folder could not be read.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// A challenge that was asked for by name is not graded by URL.
    #[error("`{name}` cannot be graded: {reason}")]
    NotGradable {
        /// The challenge.
        name: String,
        /// Why not.
        reason: NotGradable,
    },
}
