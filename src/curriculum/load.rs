//! Reads files and folders into an [`Index`].

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use super::entry::{Entry, Origin};
use super::error::LoadError;
use super::index::Index;
use super::place::Place;
use super::visit::{Found, Visited, in_order, list, read_file};

/// Challenges from disk, and what could not be read on the way.
#[derive(Debug, Default)]
pub struct Library {
    /// The challenges.
    pub index: Index,
    /// Files and folders inside a given folder that could not be read.
    pub unreadable: Vec<LoadError>,
}

/// Reads all files of `paths`, folders included. A named file that cannot be read is an error; so is a folder without
/// challenges. Files that are no valid challenge are entries too.
pub fn load(paths: &[PathBuf]) -> Result<Library, LoadError> {
    let mut entries = Vec::new();
    let mut unreadable = Vec::new();
    for path in paths {
        let mut files = Vec::new();
        list(path, &mut files)?;
        let named = matches!(files.as_slice(), [Found::Named(_)]);
        let before = entries.len() + unreadable.len();
        let mut failed = None;
        in_order(&files, &read_file, &mut |Visited { path, read }| {
            match read {
                Ok(parsed) => {
                    let place = Place::of(&absolute(&path));
                    entries.push(Entry { place, path, origin: Origin::File, parsed });
                }
                Err(error) if named => failed = Some(error),
                Err(error) => unreadable.push(error),
            }
            ControlFlow::Continue(())
        });
        if let Some(error) = failed {
            return Err(error);
        }
        if entries.len() + unreadable.len() == before {
            return Err(LoadError::NoChallenges { path: path.clone() });
        }
    }
    Ok(Library { index: Index::new(entries), unreadable })
}

/// The folder that a relative path stands in says the block and the language too.
fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}
