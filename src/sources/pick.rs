//! `name:` and `name:block`, where a path could stand.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::error::SourceError;
use super::listing::{last, place};
use super::name::Name;
use super::record::{Kind, Record};
use super::store::Store;
use crate::curriculum::nearest;

/// A collection, or a part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The collection.
    pub name: Name,
    /// A block, `language/block`, a language or a superblock; all of it if empty.
    pub part: String,
}

impl Reference {
    /// Reads `name:part`; nothing if it is a path that is there, or cannot be meant so.
    pub fn parse(path: &Path) -> Option<Self> {
        let text = path.to_str()?;
        let (name, part) = text.split_once(':')?;
        if part.starts_with('/') || part.starts_with('\\') || path.exists() {
            return None;
        }
        let name = Name::new(name).ok()?;
        Some(Self { name, part: part.trim_end_matches('/').to_owned() })
    }
}

/// The folders on disk that a reference means.
pub fn pick(store: &Store, reference: &Reference) -> Result<Vec<PathBuf>, SourceError> {
    let record = store.load(&reference.name)?;
    let tree = store.tree(&record);
    let whole = record.kind == Kind::Git || (record.paths.is_empty() && record.blocks.is_empty());
    if reference.part.is_empty() && whole {
        return Ok(vec![tree]);
    }
    let meant: Vec<PathBuf> = record
        .folders
        .iter()
        .filter(|folder| reference.part.is_empty() || means(folder, &reference.part))
        .map(|folder| tree.join(folder))
        .collect();
    if meant.is_empty() { Err(missing(&record, &reference.part)) } else { Ok(meant) }
}

/// Whether `part` names this folder of challenges.
fn means(folder: &str, part: &str) -> bool {
    let place = place(folder);
    let block = last(folder);
    let language = place.language.as_deref();
    match part.split_once('/') {
        None => block == part || language == Some(part) || superblock(folder).is_some_and(|name| is_called(name, part)),
        Some((first, rest)) => {
            rest == block && (language == Some(first) || superblock(folder).is_some_and(|name| is_called(name, first)))
        }
    }
}

/// The folder above a block, when it is none of a language and not just `blocks`.
fn superblock(folder: &str) -> Option<&str> {
    let above = last(folder.rsplit_once('/')?.0);
    above.starts_with(|first: char| first.is_ascii_digit()).then_some(above)
}

/// `06-quality-assurance`, with or without its number.
fn is_called(name: &str, wanted: &str) -> bool {
    name == wanted || name.trim_start_matches(|c: char| c.is_ascii_digit()).strip_prefix('-') == Some(wanted)
}

fn missing(record: &Record, part: &str) -> SourceError {
    let blocks: BTreeSet<&str> = record.folders.iter().map(|folder| last(folder)).collect();
    SourceError::Missing {
        from: format!("the curriculum `{}`", record.name),
        what: "block",
        name: part.to_owned(),
        commit: record.short_commit().unwrap_or("none").to_owned(),
        nearest: nearest(last(part), blocks.into_iter()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_a_reference_and_what_a_path() {
        let parse = |text: &str| {
            Reference::parse(Path::new(text)).map(|reference| (reference.name.to_string(), reference.part))
        };
        assert_eq!(parse("fcc:"), Some(("fcc".to_owned(), String::new())));
        assert_eq!(parse("fcc:chat/"), Some(("fcc".to_owned(), "chat".to_owned())));
        for path in ["fcc", "C:\\x", "C:x", "./a:b", "https://example.com", ":x", "a/b:c"] {
            assert_eq!(parse(path), None, "{path}");
        }
    }

    #[test]
    fn parts_are_blocks_languages_and_superblocks() {
        let old = "curriculum/challenges/english/06-quality-assurance/chat";
        for part in
            ["chat", "english", "english/chat", "06-quality-assurance", "quality-assurance", "quality-assurance/chat"]
        {
            assert!(means(old, part), "{part}");
        }
        for part in ["espanol", "espanol/chat", "quality", "blocks", "cha", "challenges"] {
            assert!(!means(old, part), "{part}");
        }
        assert!(means("english/blocks/chat", "chat") && !means("english/blocks/chat", "blocks"));
    }
}
