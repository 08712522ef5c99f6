//! One file that is or should be a challenge.

use std::path::PathBuf;

use super::gradable::{NotGradable, gradable};
use super::place::Place;
use crate::challenge::{Challenge, FrontMatter, ParseErrors};

/// Where an entry comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// A file on disk.
    File,
    /// Part of this program.
    BuiltIn,
}

/// A challenge, or why the file is none.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The path as given or found; for a built-in challenge the path below `challenges/`.
    pub path: PathBuf,
    /// Language, block and file name.
    pub place: Place,
    /// Built in or a file.
    pub origin: Origin,
    /// What the file says.
    pub parsed: Result<Challenge, ParseErrors>,
}

impl Entry {
    /// The challenge, if the file is one.
    pub fn challenge(&self) -> Option<&Challenge> {
        self.parsed.as_ref().ok()
    }

    /// The front matter, which a file with errors may have too.
    fn front_matter(&self) -> Option<&FrontMatter> {
        match &self.parsed {
            Ok(challenge) => Some(&challenge.front_matter),
            Err(errors) => errors.outline.front_matter.as_ref(),
        }
    }

    fn scalar(&self, key: &str) -> Option<&str> {
        self.front_matter()?.get(key)?.value.scalar()
    }

    /// The id.
    pub fn id(&self) -> Option<&str> {
        self.scalar("id")
    }

    /// The name used in addresses.
    pub fn dashed_name(&self) -> Option<&str> {
        self.scalar("dashedName")
    }

    /// The title.
    pub fn title(&self) -> Option<&str> {
        self.scalar("title")
    }

    /// Why the challenge is not graded by URL; `None` if it is, or if the file is no challenge.
    pub fn not_gradable(&self) -> Option<NotGradable> {
        self.challenge().and_then(|challenge| gradable(challenge).err())
    }

    /// Whether `name` is this entry's file name, dashedName or id.
    pub(super) fn is_called(&self, name: &str) -> bool {
        let stem = name.strip_suffix(".md").unwrap_or(name);
        self.place.stem == stem || self.dashed_name() == Some(name) || self.id() == Some(name)
    }
}
