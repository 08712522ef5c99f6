//! What can go wrong with collections.

use std::io;
use std::path::PathBuf;
use std::time::Duration;

/// Why a collection could not be added, updated, read or removed. No text of it has a password of an address.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// There is no `git`.
    #[error("the program `git` is not there; it is needed to fetch challenges")]
    NoGit,
    /// Where data belongs is not known.
    #[error("there is no folder for data: neither XDG_DATA_HOME nor a home folder is known")]
    NoDataFolder,
    /// An address that is not allowed.
    #[error("`{address}` cannot be fetched: {why}")]
    Address {
        /// As given, without a password.
        address: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// A name that cannot be one.
    #[error("`{name}` cannot be the name of a curriculum: {why}")]
    Name {
        /// As given.
        name: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// A branch, tag or path that cannot be one.
    #[error("`{value}` cannot be used as {what}")]
    Argument {
        /// As given.
        value: String,
        /// What it was to be.
        what: &'static str,
    },
    /// The name is taken.
    #[error("there is a curriculum called `{name}` already, from {from}")]
    Exists {
        /// The name.
        name: String,
        /// Where it is from.
        from: String,
    },
    /// Nothing has this name.
    #[error("there is no curriculum called `{name}`{}", nearest_text(nearest))]
    Unknown {
        /// The name.
        name: String,
        /// Names that are much like it.
        nearest: Vec<String>,
    },
    /// The repository has no such path or block.
    #[error("{from} has no {what} `{name}` at commit {commit}{}", nearest_text(nearest))]
    Missing {
        /// Where it was looked for.
        from: String,
        /// `path`, `block` or the like.
        what: &'static str,
        /// What was looked for.
        name: String,
        /// The commit, shortened.
        commit: String,
        /// Names that are much like it.
        nearest: Vec<String>,
    },
    /// The repository has no challenges.
    #[error("{from} has no folder with challenge files (.md)")]
    Empty {
        /// Where it was looked for.
        from: String,
    },
    /// There are more files than anybody wants to download.
    #[error("{from} has {files} challenge files, and none in the blocks that are known to be graded by URL")]
    TooMany {
        /// Where they are.
        from: String,
        /// How many.
        files: usize,
    },
    /// git failed.
    #[error("git could not {doing}: {message}")]
    Git {
        /// What it was to do.
        doing: &'static str,
        /// What it says, without passwords.
        message: String,
    },
    /// git took too long.
    #[error("git did not {doing} within {} s", limit.as_secs())]
    Slow {
        /// What it was to do.
        doing: &'static str,
        /// The limit for all of it.
        limit: Duration,
    },
    /// Another `grade` is changing the collections.
    #[error("another `grade curriculum` is at work, for more than {} s", waited.as_secs())]
    Busy {
        /// How long it was waited for.
        waited: Duration,
    },
    /// A file of the collections could not be read or written.
    #[error("cannot {doing} `{}`", path.display())]
    Disk {
        /// What was to be done.
        doing: &'static str,
        /// With what.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// A record that is damaged.
    #[error("the record `{}` is damaged: {why}", path.display())]
    Record {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
}

impl SourceError {
    pub(super) fn disk(doing: &'static str, path: &std::path::Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Disk { doing, path, source }
    }

    /// What to do about it, where there is something.
    pub fn help(&self) -> Option<&'static str> {
        Some(match self {
            Self::NoGit => {
                "install it from https://git-scm.com or with the system's packages (apt install git, brew install git), \
                 or download the challenges yourself and use --challenges <FOLDER>"
            }
            Self::Address { .. } => {
                "give an address such as https://github.com/freeCodeCamp/freeCodeCamp, or a folder of this computer"
            }
            Self::Exists { .. } => "choose another name with --name, or `grade curriculum update` it",
            Self::Unknown { .. } => {
                "`grade curriculum list` shows those that there are; `grade curriculum add` gets one"
            }
            Self::TooMany { .. } => "say which: --block <NAME> (repeatable), or --path <FOLDER> within the repository",
            Self::Slow { .. } => "try again; --max-time gives it more time",
            Self::Record { .. } => "remove the curriculum and add it again",
            _ => return None,
        })
    }
}

fn nearest_text(nearest: &[String]) -> String {
    if nearest.is_empty() {
        return String::new();
    }
    nearest.iter().fold("; did you mean:".to_owned(), |text, name| text + "\n  " + name)
}
