//! What is written down about a collection.

use serde::{Deserialize, Serialize};

use super::listing::is_inner;

/// The version of this form.
pub(super) const VERSION: u32 = 1;

/// How a collection is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A clone of a repository.
    Git,
    /// A folder of the user's own, which is read where it is.
    Folder,
}

/// A collection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Version of this form.
    pub version: u32,
    /// Its name.
    pub name: String,
    /// Clone or folder.
    pub kind: Kind,
    /// Where it is from, for people: without passwords.
    pub from: String,
    /// The branch, tag or commit that was asked for; none means what the repository calls its head.
    pub reference: Option<String>,
    /// The paths that were asked for.
    pub paths: Vec<String>,
    /// The blocks that were asked for.
    pub blocks: Vec<String>,
    /// The commit that is there.
    pub commit: Option<String>,
    /// When it was fetched (RFC 3339, UTC).
    pub fetched: String,
    /// When it was last found to be up to date (RFC 3339, UTC).
    pub checked: String,
    /// The folder with the files: beside this record, or for a folder of the user's own its path.
    pub tree: String,
    /// The folders with challenges within it.
    pub folders: Vec<String>,
    /// How many challenge files they have.
    pub files: usize,
}

impl Record {
    /// The commit, shortened.
    pub fn short_commit(&self) -> Option<&str> {
        self.commit.as_deref().map(short)
    }

    /// What is wrong with it, if something is: it may have been edited, and its paths must not lead elsewhere.
    pub(super) fn flaw(&self) -> Option<String> {
        if self.version != VERSION {
            return Some(format!("its version is {}, and this program reads version {VERSION}", self.version));
        }
        if self.kind == Kind::Git && (!is_inner(&self.tree) || self.tree.contains('/')) {
            return Some("its folder is not beside it".to_owned());
        }
        let outside = self.folders.iter().find(|folder| !folder.is_empty() && !is_inner(folder));
        outside.map(|folder| format!("the folder {folder:?} leads elsewhere"))
    }
}

pub(super) fn short(commit: &str) -> &str {
    commit.get(..10).unwrap_or(commit)
}

/// The time now, to the second.
pub(super) fn now() -> String {
    let now = jiff::Timestamp::now();
    jiff::Timestamp::from_second(now.as_second()).unwrap_or(now).to_string()
}
