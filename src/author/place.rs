//! Where in a tree of challenges a file belongs.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::error::NewError;
use super::slug::check_block;
use crate::curriculum::{Entry, Index, LoadError, Place, is_language, load};

/// A tree of challenges, with all that is in it.
#[derive(Debug)]
pub struct Tree {
    /// The folder.
    pub root: PathBuf,
    index: Index,
}

impl Tree {
    /// Reads a tree. One that is empty, or not there yet, is fine.
    pub fn read(root: &Path) -> Result<Self, NewError> {
        if root.exists() && !root.is_dir() {
            return Err(NewError::NoFolder { root: root.to_owned() });
        }
        let language = Place::of(&root.join("x.md")).language;
        let is_named = |folder: &&Path| folder.file_name().and_then(|name| name.to_str()) == language.as_deref();
        // A folder within that of a language stands for it.
        let root = match root.ancestors().find(is_named) {
            Some(folder) if language.is_some() => folder,
            _ => root,
        };
        // What other languages have counts too: ids are unique within all of them.
        let whole = if language.is_some() { parent(root) } else { root.to_owned() };
        let index = match load(&[whole]) {
            Ok(library) => library.index,
            Err(LoadError::NoChallenges { .. } | LoadError::NotFound { .. }) => Index::default(),
            Err(error) => return Err(error.into()),
        };
        Ok(Self { root: root.to_owned(), index })
    }

    /// All challenges of it.
    pub(super) fn entries(&self) -> &[Arc<Entry>] {
        self.index.entries()
    }

    /// The challenges of a language; those of a tree without languages are of every one.
    pub(super) fn of_language(&self, language: &str) -> impl Iterator<Item = &Arc<Entry>> + Clone {
        let language = language.to_owned();
        self.entries().iter().filter(move |entry| entry.place.language.as_ref().is_none_or(|own| *own == language))
    }

    /// The challenges of a block, which may be written `superblock/block`.
    pub(super) fn of_block(&self, language: &str, block: &str) -> Vec<&Arc<Entry>> {
        let block = block.rsplit('/').next().unwrap_or(block);
        self.of_language(language).filter(|entry| entry.place.block.as_deref() == Some(block)).collect()
    }

    /// The folder of a block: where its challenges are, or where a new one belongs.
    pub(super) fn folder(&self, language: &str, block: &str) -> Result<PathBuf, NewError> {
        let (level, name) = match block.split_once('/') {
            Some((level, name)) => (Some(level), name),
            None => (None, block),
        };
        let folders: BTreeSet<PathBuf> =
            self.of_block(language, block).iter().map(|entry| parent(&entry.path)).collect();
        let mut found = folders.iter();
        match (found.next(), found.next(), level) {
            (Some(folder), None, Some(level)) if !parent(folder).ends_with(level) => {
                return Err(NewError::BlockElsewhere { block: name.to_owned(), folder: folder.clone() });
            }
            (Some(folder), None, _) => return Ok(folder.clone()),
            (Some(_), Some(_), _) => {
                let folders = folders.iter().map(|folder| folder.display().to_string()).collect();
                return Err(NewError::SeveralBlocks { block: name.to_owned(), folders });
            }
            (None, ..) => {}
        }
        check_block(block)?;
        let language_folder = self.language_folder(language);
        if let Some(level) = level {
            return Ok(language_folder.join(level).join(name));
        }
        let blocks = language_folder.join("blocks");
        if blocks.is_dir() {
            return Ok(blocks.join(name));
        }
        let levels = self.levels(language, &language_folder);
        if levels.is_empty() {
            return Ok(language_folder.join(name));
        }
        let choices = levels.into_iter().map(|level| format!("--block {level}/{name}")).collect();
        Err(NewError::NeedsSuperblock { block: name.to_owned(), choices })
    }

    /// The folder of a language. Where the tree knows no languages, it is the tree.
    pub(super) fn language_folder(&self, language: &str) -> PathBuf {
        let named = self.root.file_name().and_then(|name| name.to_str()).filter(|name| is_language(name));
        match named {
            Some(name) if name == language => self.root.clone(),
            Some(_) => parent(&self.root).join(language),
            None => {
                let has_some = self.entries().iter().any(|entry| entry.place.language.is_some());
                if has_some || self.entries().is_empty() { self.root.join(language) } else { self.root.clone() }
            }
        }
    }

    /// The superblocks of a language; none where blocks stand in its folder.
    fn levels(&self, language: &str, folder: &Path) -> BTreeSet<String> {
        let above = self.of_language(language).map(|entry| parent(&parent(&entry.path)));
        let levels: BTreeSet<PathBuf> = above.collect();
        if levels.contains(folder) {
            return BTreeSet::new();
        }
        levels.iter().filter_map(|level| Some(level.file_name()?.to_str()?.to_owned())).collect()
    }
}

/// The folder above.
pub(super) fn parent(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        Some(_) => PathBuf::from("."),
        None => path.to_owned(),
    }
}
