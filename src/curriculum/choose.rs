//! From what the user typed to challenges: names of the index, or files and folders on disk.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::entry::Entry;
use super::error::{ChooseError, LoadError, SelectError};
use super::gradable::NotGradable;
use super::index::Index;
use super::load::load;
use super::select::Meaning;

/// A challenge that was chosen.
#[derive(Debug, Clone)]
pub struct Chosen {
    /// The challenge.
    pub entry: Arc<Entry>,
    /// True if exactly this one was asked for, not a folder or block that it is in.
    pub by_name: bool,
}

/// All that was chosen.
#[derive(Debug, Default)]
pub struct Selection {
    /// The challenges, each once: by argument, and within a folder or block in their order.
    pub chosen: Vec<Chosen>,
    /// What could not be read in folders that were asked for.
    pub unreadable: Vec<LoadError>,
}

/// Finds what `names` mean. A name that `index` knows comes first, then a path; `./x` and a name that ends with `.md`
/// or begins with `/` or `..` is a path first. No names mean everything that the index has.
pub fn choose(index: &Index, names: &[String], language: Option<&str>) -> Result<Selection, ChooseError> {
    let mut selection = Selection::default();
    if names.is_empty() {
        selection.extend(index.entries().to_vec(), false);
    }
    for name in names {
        let path = Path::new(name);
        if is_path(name) && (path.exists() || !looks_like_a_name(name)) {
            selection.add_from_disk(path)?;
            continue;
        }
        match index.meaning(name, language) {
            Ok(Meaning::Challenge(entry)) => selection.extend(vec![entry], true),
            Ok(Meaning::Group(entries)) => selection.extend(entries, false),
            Err(SelectError::Unknown { .. }) if path.exists() => selection.add_from_disk(path)?,
            Err(error) => return Err(error.into()),
        }
    }
    Ok(selection)
}

fn is_path(name: &str) -> bool {
    let ends_as_file = Path::new(name).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("md"));
    ends_as_file || !looks_like_a_name(name)
}

/// `./x`, `../x`, `/x` and `C:\x` can only be paths.
fn looks_like_a_name(name: &str) -> bool {
    !(name.starts_with('.') || name.contains('\\') || Path::new(name).is_absolute())
}

impl Selection {
    fn extend(&mut self, entries: Vec<Arc<Entry>>, by_name: bool) {
        for entry in entries {
            let known = self
                .chosen
                .iter_mut()
                .find(|chosen| chosen.entry.path == entry.path && chosen.entry.origin == entry.origin);
            match known {
                Some(chosen) => chosen.by_name |= by_name,
                None => self.chosen.push(Chosen { entry, by_name }),
            }
        }
    }

    fn add_from_disk(&mut self, path: &Path) -> Result<(), LoadError> {
        let library = load(&[PathBuf::from(path)])?;
        self.extend(library.index.entries().to_vec(), path.is_file());
        self.unreadable.extend(library.unreadable);
        Ok(())
    }
}

/// What is graded, and what is only listed, with the reason. A challenge that was asked for by name and is not graded
/// by URL is an error. Files with errors count as to be graded: that they cannot be is for the caller to say.
#[expect(clippy::type_complexity, reason = "two lists, each said in the line above")]
pub fn gradable_only(chosen: &[Chosen]) -> Result<(Vec<Arc<Entry>>, Vec<(Arc<Entry>, NotGradable)>), ChooseError> {
    let mut graded = Vec::new();
    let mut listed = Vec::new();
    for Chosen { entry, by_name } in chosen {
        match entry.not_gradable() {
            None => graded.push(Arc::clone(entry)),
            Some(reason) if *by_name => {
                return Err(ChooseError::NotGradable { name: entry.place.full_name(), reason });
            }
            Some(reason) => listed.push((Arc::clone(entry), reason)),
        }
    }
    Ok((graded, listed))
}
