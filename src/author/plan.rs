//! From what is wished for to a file: its path and its text.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::error::NewError;
use super::place::{Tree, parent};
use super::slug::{check_name, check_title, dashed_name};
use super::text::{Front, text};
use super::{id, order};
use crate::challenge::{Source, parse};
use crate::curriculum::{Entry, gradable_type, nearest};

/// What is wished for.
#[derive(Debug, Clone)]
pub struct Wish {
    /// The title.
    pub title: String,
    /// The block: `block`, or `superblock/block`.
    pub block: String,
    /// The folder of the language.
    pub language: String,
    /// The type.
    pub kind: u32,
    /// The dashedName; else the one that the title gives.
    pub name: Option<String>,
    /// The id; else a fresh one.
    pub id: Option<String>,
    /// The challenge to come after; else the last.
    pub after: Option<String>,
    /// The order; else the next.
    pub order: Option<u32>,
}

/// A challenge that can be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct New {
    /// Its file.
    pub path: PathBuf,
    /// What it will say.
    pub text: String,
    /// Its id.
    pub id: String,
    /// A file of freeCodeCamp's that gives the order of the block, and has to be told of it.
    pub listed_in: Option<PathBuf>,
}

/// Decides everything about a new challenge. Nothing is written.
pub fn plan(tree: &Tree, wish: &Wish) -> Result<New, NewError> {
    let title = wish.title.trim();
    check_title(title)?;
    gradable_type(wish.kind).map_err(|_| NewError::Type { kind: wish.kind })?;
    let name = name(wish, title)?;
    if let Some(entry) = tree.of_language(&wish.language).find(|entry| is_called(entry, &name)) {
        return Err(NewError::NameTaken { name, file: shown(entry) });
    }
    let folder = tree.folder(&wish.language, &wish.block)?;
    let neighbours = tree.of_block(&wish.language, &wish.block);
    let id = match &wish.id {
        // A translation has the id of its original.
        Some(given) => id::given(given, &ids(tree.of_language(&wish.language)))?,
        None => id::fresh(&ids(tree.entries().iter()))?,
    };
    let order = place(tree, wish, &neighbours)?;
    let path = folder.join(format!("{}.md", stem(tree, wish, &neighbours, &name, &id)));
    is_free(&path)?;
    let front = Front { id: &id, title, kind: wish.kind, name: &name, order };
    let text = text(&front);
    check(&path, &text, &front)?;
    let block = wish.block.rsplit('/').next().unwrap_or(&wish.block);
    let listed_in = listed_in(&tree.language_folder(&wish.language), block);
    Ok(New { path, text, id, listed_in })
}

fn name(wish: &Wish, title: &str) -> Result<String, NewError> {
    let name = match &wish.name {
        Some(name) => name.clone(),
        None => dashed_name(title),
    };
    if name.trim_matches('-').is_empty() && wish.name.is_none() {
        return Err(NewError::NoName { title: title.to_owned() });
    }
    check_name(&name)?;
    Ok(name)
}

fn is_called(entry: &Entry, name: &str) -> bool {
    entry.dashed_name() == Some(name)
}

fn shown(entry: &Entry) -> String {
    entry.path.display().to_string()
}

/// All ids in lower case, each with a file that has it.
fn ids<'e>(entries: impl Iterator<Item = &'e Arc<Entry>>) -> BTreeMap<String, String> {
    entries.filter_map(|entry| Some((entry.id()?.to_ascii_lowercase(), shown(entry)))).collect()
}

fn order_of(entry: &Entry) -> Option<f64> {
    entry.challenge()?.order
}

/// The `order` in the front matter; none where the block, or for a new one the tree, does without.
fn place(tree: &Tree, wish: &Wish, neighbours: &[&Arc<Entry>]) -> Result<Option<f64>, NewError> {
    let orders = || neighbours.iter().filter_map(|entry| order_of(entry));
    if let Some(wanted) = wish.order {
        let wanted = f64::from(wanted);
        let same = |entry: &&&Arc<Entry>| order_of(entry).is_some_and(|order| order.total_cmp(&wanted).is_eq());
        return match neighbours.iter().find(same) {
            Some(entry) => Err(NewError::OrderTaken { order: wanted.to_string(), file: shown(entry) }),
            None => Ok(Some(wanted)),
        };
    }
    if let Some(name) = &wish.after {
        let before = neighbours.iter().find(|entry| {
            [Some(entry.place.stem.as_str()), entry.dashed_name(), entry.id()].contains(&Some(name.as_str()))
        });
        let Some(before) = before else { return Err(no_such(wish, name, neighbours)) };
        let Some(before) = order_of(before) else { return Err(NewError::NoOrder { file: shown(before) }) };
        return Ok(Some(order::after(before, orders())));
    }
    let used = if neighbours.is_empty() {
        tree.entries().is_empty() || tree.entries().iter().any(|entry| order_of(entry).is_some())
    } else {
        orders().next().is_some()
    };
    Ok(used.then(|| order::next(orders())))
}

fn no_such(wish: &Wish, name: &str, neighbours: &[&Arc<Entry>]) -> NewError {
    const MOST: usize = 12;
    let names = || neighbours.iter().map(|entry| entry.dashed_name().unwrap_or(&entry.place.stem));
    let mut near = nearest(name, names());
    if near.is_empty() {
        near = names().take(MOST).map(str::to_owned).collect();
    }
    NewError::NoSuchNeighbour { block: wish.block.clone(), name: name.to_owned(), names: near }
}

/// The name of the file: as those of its neighbours, the id, a number and the dashedName, or the dashedName alone.
fn stem(tree: &Tree, wish: &Wish, neighbours: &[&Arc<Entry>], name: &str, id: &str) -> String {
    let by_id = |entry: &Entry| entry.id() == Some(entry.place.stem.as_str());
    let all_by_id = if neighbours.is_empty() {
        let mut others = tree.of_language(&wish.language).peekable();
        others.peek().is_some() && others.all(|entry| by_id(entry))
    } else {
        neighbours.iter().all(|entry| by_id(entry))
    };
    if all_by_id {
        return id.to_owned();
    }
    let prefix = order::prefix(neighbours.iter().map(|entry| entry.place.stem.as_str()));
    format!("{prefix}{name}")
}

/// Whether nothing is there, also where letters of both cases are the same.
fn is_free(path: &Path) -> Result<(), NewError> {
    let taken = |path: PathBuf| Err(NewError::Exists { path });
    if path.symlink_metadata().is_ok() {
        return taken(path.to_owned());
    }
    let Some(name) = path.file_name() else { return Ok(()) };
    let Ok(folder) = std::fs::read_dir(parent(path)) else { return Ok(()) };
    match folder.flatten().find(|entry| entry.file_name().eq_ignore_ascii_case(name)) {
        Some(entry) => taken(entry.path()),
        None => Ok(()),
    }
}

/// Reads the text as any other file is read: it has to say what was asked for, without a warning.
fn check(path: &Path, text: &str, front: &Front<'_>) -> Result<(), NewError> {
    let defect = |why: String| Err(NewError::Defect { why });
    let challenge = match parse(&Source::new(path.display().to_string(), text)) {
        Ok(challenge) => challenge,
        Err(errors) => return defect(errors.to_string()),
    };
    if let Some(warning) = challenge.warnings.first() {
        return defect(warning.message.clone());
    }
    let order = |order: Option<f64>| order.map(f64::to_bits);
    let same = challenge.id == front.id
        && challenge.title == front.title
        && challenge.challenge_type == front.kind
        && challenge.dashed_name.as_deref() == Some(front.name)
        && order(challenge.order) == order(front.order)
        && challenge.hints.len() == 1;
    if same { Ok(()) } else { defect("it reads back as something else".to_owned()) }
}

/// Where freeCodeCamp keeps the order of a block: beside the challenges, or among them.
fn listed_in(language_folder: &Path, block: &str) -> Option<PathBuf> {
    let challenges = parent(language_folder);
    let places = [
        parent(&challenges).join("structure/blocks").join(format!("{block}.json")),
        challenges.join("_meta").join(block).join("meta.json"),
    ];
    places.into_iter().find(|path| path.is_file())
}
