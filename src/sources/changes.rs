//! Which files of a repository have changed since a commit.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::error::SourceError;
use super::git::Git;

/// Nothing is fetched; even a large repository is looked through within this time.
const LIMIT: Duration = Duration::from_mins(2);
/// The most changed files that make sense to tell one by one.
const MOST: usize = 200_000;

/// Why it cannot be told what has changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangesError {
    /// There is no `git`.
    #[error("the program `git` is not there; it is needed to see what has changed")]
    NoGit,
    /// The folder is in no repository.
    #[error("`{}` is in no git repository: {why}", folder.display())]
    NoRepository {
        /// The folder.
        folder: PathBuf,
        /// What git says.
        why: String,
    },
    /// There is no such commit.
    #[error("the git repository has no commit or branch `{reference}`")]
    NoCommit {
        /// As given.
        reference: String,
    },
    /// The commit and HEAD have nothing in common.
    #[error("`{reference}` and HEAD have no commit in common, as far as the repository is here")]
    NothingInCommon {
        /// As given.
        reference: String,
    },
    /// There is far too much.
    #[error("more than {MOST} files have changed since `{reference}`")]
    TooMany {
        /// As given.
        reference: String,
    },
    /// git failed otherwise.
    #[error(transparent)]
    Git(#[from] SourceError),
}

impl ChangesError {
    /// What to do about it, where there is something.
    pub fn help(&self) -> Option<&'static str> {
        Some(match self {
            Self::NoGit => {
                "install it from https://git-scm.com or with the system's packages, or verify without --changed"
            }
            Self::NoCommit { .. } => {
                "give a branch, tag or commit that is here, such as origin/main; `git fetch origin main` brings it"
            }
            Self::NothingInCommon { .. } => {
                "fetch more of the history: `git fetch --unshallow`, or fetch-depth: 0 with actions/checkout"
            }
            Self::NoRepository { .. } | Self::TooMany { .. } => "verify without --changed",
            Self::Git(error) => return error.help(),
        })
    }
}

/// What has changed in a repository.
#[derive(Debug)]
pub struct Changes {
    /// The folder of the repository, links followed.
    pub root: PathBuf,
    /// The files, below `root`, that are new, different or gone.
    pub files: BTreeSet<PathBuf>,
}

/// The files of the repository around `folder` that differ from the commit at which `reference` and HEAD parted:
/// committed, staged, changed or new, except for those that are ignored.
pub fn changes(folder: &Path, reference: &str) -> Result<Changes, ChangesError> {
    const LOOK: &str = "look at the repository";
    const COMPARE: &str = "compare the files";
    // Such a name would be taken for an option, and no branch has one.
    if reference.is_empty() || reference.starts_with('-') || reference.contains(['\0', '\n']) {
        return Err(ChangesError::NoCommit { reference: reference.to_owned() });
    }
    let git = Git::new(LIMIT, false);
    let root = git.text(LOOK, folder, &["rev-parse", "--show-toplevel"]).map_err(|error| match error {
        SourceError::NoGit => ChangesError::NoGit,
        SourceError::Git { message, .. } => ChangesError::NoRepository { folder: folder.to_owned(), why: message },
        other => other.into(),
    })?;
    let root = PathBuf::from(root);
    let root = root.canonicalize().unwrap_or(root);
    let commit = git
        .text(LOOK, &root, &["rev-parse", "--verify", "--quiet", &format!("{reference}^{{commit}}")])
        .map_err(|_| ChangesError::NoCommit { reference: reference.to_owned() })?;
    let base = git
        .text(LOOK, &root, &["merge-base", &commit, "HEAD"])
        .map_err(|_| ChangesError::NothingInCommon { reference: reference.to_owned() })?;
    let differing =
        git.run(COMPARE, &root, &["diff", "--name-only", "--no-renames", "--no-relative", "-z", &base, "--"])?;
    let new = git.run(COMPARE, &root, &["ls-files", "--others", "--exclude-standard", "-z"])?;
    let names = differing.split(|&byte| byte == 0).chain(new.split(|&byte| byte == 0));
    let files: BTreeSet<PathBuf> = names
        .filter(|name| !name.is_empty())
        .take(MOST + 1)
        .map(|name| root.join(String::from_utf8_lossy(name).as_ref()))
        .collect();
    if files.len() > MOST {
        return Err(ChangesError::TooMany { reference: reference.to_owned() });
    }
    Ok(Changes { root, files })
}
