//! Which original each translated file belongs to.

use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;
use std::path::{Component, Path, PathBuf};

use anyhow::{Result, bail};

use crate::challenge::{FrontMatter, parse};
use crate::curriculum::{LoadError, Opened, files, looks_like_a_challenge, source, visit_sources};
use crate::lint::{Lonely, Pairs};

/// Files of both languages.
#[derive(Debug, Default)]
pub(super) struct Partners {
    originals: HashMap<PathBuf, PathBuf>,
    lacking: HashSet<PathBuf>,
    /// Originals that nobody translated, where a whole folder was asked for.
    pub not_translated: Vec<PathBuf>,
}

impl Partners {
    /// Pairs what is in, or is, one of `paths` with what is in `folder`: by path below the two, else by id. A single file is
    /// paired by the end of its path.
    pub(super) fn find(folder: &Path, paths: &[PathBuf]) -> Result<Self> {
        if !folder.is_dir() {
            bail!("--against takes the folder with the originals, and `{}` is no folder", folder.display());
        }
        let originals = files(folder)?;
        let below: Vec<String> = originals.iter().map(|path| relative(folder, path)).collect();
        let mut partners = Self::default();
        for path in paths {
            if path.is_dir() {
                partners.folder(path, &originals, &below)?;
            } else {
                partners.file(path, &originals, &below)?;
            }
        }
        Ok(partners)
    }

    /// The original of a translated file.
    pub(super) fn original(&self, translated: &Path) -> Option<&Path> {
        self.originals.get(translated).map(PathBuf::as_path)
    }

    /// Whether a translated file has none.
    pub(super) fn lacks_original(&self, translated: &Path) -> bool {
        self.lacking.contains(translated)
    }

    fn folder(&mut self, folder: &Path, originals: &[PathBuf], below: &[String]) -> Result<(), LoadError> {
        let translations = files(folder)?;
        let own: Vec<String> = translations.iter().map(|path| relative(folder, path)).collect();
        let mut pairs = Pairs::by_path(below, &own);
        // Files are read for their ids only where their paths do not tell.
        let lonely = |all: &[PathBuf], left: &[usize]| -> Result<Vec<Lonely>, LoadError> {
            let paths: Vec<PathBuf> = left.iter().filter_map(|index| all.get(*index).cloned()).collect();
            let found = left.iter().copied().zip(ids(&paths)?);
            let challenge = |(index, kind)| match kind {
                Kind::Other => None,
                Kind::Challenge { id } => Some((index, id)),
            };
            Ok(found.filter_map(challenge).collect())
        };
        let (left, right) = (lonely(originals, &pairs.originals)?, lonely(&translations, &pairs.translations)?);
        pairs = pairs.by_id(left, right);
        for (original, translation) in pairs.pairs {
            if let (Some(original), Some(translation)) = (originals.get(original), translations.get(translation)) {
                self.originals.insert(translation.clone(), original.clone());
            }
        }
        self.lacking.extend(pairs.translations.iter().filter_map(|index| translations.get(*index).cloned()));
        self.not_translated.extend(pairs.originals.iter().filter_map(|index| originals.get(*index).cloned()));
        Ok(())
    }

    fn file(&mut self, path: &Path, originals: &[PathBuf], below: &[String]) -> Result<(), LoadError> {
        let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let parts: Vec<String> = names(&whole);
        // The longest end of the path first.
        let ends = (0..parts.len()).filter_map(|start| Some(parts.get(start..)?.join("/")));
        let by_path = ends.into_iter().find_map(|end| below.iter().position(|path| *path == end));
        let found = match (by_path, by_path.map_or_else(|| id(path), |_| None)) {
            (None, Some(id)) => ids(originals)?.iter().position(|other| other.id() == Some(&id)),
            (found, _) => found,
        };
        match found.and_then(|index| originals.get(index)) {
            Some(original) => {
                self.originals.insert(path.to_owned(), original.clone());
            }
            None => {
                self.lacking.insert(path.to_owned());
            }
        }
        Ok(())
    }
}

/// What a file is.
enum Kind {
    Other,
    Challenge { id: Option<String> },
}

impl Kind {
    fn id(&self) -> Option<&String> {
        match self {
            Self::Other => None,
            Self::Challenge { id } => id.as_ref(),
        }
    }
}

fn id(path: &Path) -> Option<String> {
    kind(Opened { path: path.to_owned(), read: source(path) }).id().cloned()
}

/// What cannot be read is no challenge here; whoever looks at it says so.
fn kind(opened: Opened) -> Kind {
    let Some(source) = opened.read.ok().filter(looks_like_a_challenge) else { return Kind::Other };
    let entry = |matter: &FrontMatter| matter.get("id")?.value.scalar().map(str::to_owned);
    let id = match parse(&source) {
        Ok(challenge) => entry(&challenge.front_matter),
        Err(errors) => errors.outline.front_matter.as_ref().and_then(entry),
    };
    Kind::Challenge { id }
}

/// What files are, and their ids, on all cores.
fn ids(paths: &[PathBuf]) -> Result<Vec<Kind>, LoadError> {
    let mut found = Vec::with_capacity(paths.len());
    visit_sources(paths, kind, |kind| {
        found.push(kind);
        ControlFlow::Continue(())
    })?;
    Ok(found)
}

fn relative(folder: &Path, path: &Path) -> String {
    names(path.strip_prefix(folder).unwrap_or(path)).join("/")
}

fn names(path: &Path) -> Vec<String> {
    let name = |part: Component<'_>| match part {
        Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
        _ => None,
    };
    path.components().filter_map(name).collect()
}
