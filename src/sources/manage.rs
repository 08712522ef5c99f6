//! Adds, updates, lists and removes collections.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::address::{Address, secret};
use super::bring::{Brought, Errand, bring, explain, is_current};
use super::error::SourceError;
use super::git::Git;
use super::listing::{self, Choice, Want, is_inner, place};
use super::name::Name;
use super::record::{Kind, Record, VERSION, now, short};
use super::store::{Store, write};
use crate::curriculum::nearest;

/// The folder for the files within that of a collection that is being made.
const TREE: &str = "tree";
/// How deep, and over how many folders, a folder of the user's own is searched.
const MAX_DEPTH: usize = 8;
const MAX_FOLDERS: usize = 20_000;

/// A collection that is new.
#[derive(Debug)]
pub struct Added {
    /// Its record.
    pub record: Record,
}

/// A collection that is there.
#[derive(Debug)]
pub struct Kept {
    /// Its name.
    pub name: Name,
    /// Its record, or what is wrong with it.
    pub record: Result<Record, SourceError>,
}

/// What an update changed.
#[derive(Debug)]
pub struct Updated {
    /// The record after it.
    pub record: Record,
    /// The commit before it; `None` when nothing changed.
    pub before: Option<String>,
    /// Blocks that are no longer there, each with new ones of a similar name.
    pub gone: Vec<(String, Vec<String>)>,
    /// Blocks that are new.
    pub came: Vec<String>,
}

/// Fetches a repository, or remembers a folder, under a name. It is there completely or not at all.
pub fn add(
    store: &Store,
    git: &mut Git,
    address: &Address,
    name: &Name,
    reference: Option<&str>,
    want: &Want,
) -> Result<Added, SourceError> {
    check(reference, want)?;
    let lock = store.lock()?;
    match store.load(name) {
        Err(SourceError::Unknown { .. }) => {}
        Ok(known) => return Err(SourceError::Exists { name: name.to_string(), from: known.from }),
        Err(error) => return Err(error),
    }
    let from = address.shown();
    let incoming = store.incoming(&lock)?;
    let folder = incoming.path().join(name.as_str());
    let tree = folder.join(TREE);
    fs::create_dir_all(&tree).map_err(SourceError::disk("create", &tree))?;
    let mut record = Record {
        version: VERSION,
        name: name.to_string(),
        kind: Kind::Folder,
        from: from.clone(),
        reference: reference.map(str::to_owned),
        paths: want.paths.clone(),
        blocks: want.blocks.clone(),
        commit: None,
        fetched: now(),
        checked: now(),
        tree: String::new(),
        folders: Vec::new(),
        files: 0,
    };
    let choice = if let Address::Folder(path) = address
        && !address.is_repository()
    {
        if let Some(reference) = reference {
            let what = "a branch: the folder is no git repository";
            return Err(SourceError::Argument { value: reference.to_owned(), what });
        }
        let text = path.to_str().ok_or(SourceError::Address { address: from.clone(), why: "it is no valid text" })?;
        text.clone_into(&mut record.tree);
        of_folder(path, want, &from)?
    } else {
        let unfit = SourceError::Address { address: from.clone(), why: "it is no address" };
        let for_git = address.for_git().ok_or(unfit)?;
        if let Some(secret) = secret(&for_git) {
            git.hide(secret);
        }
        let errand = Errand { address: &for_git, from: &from, reference, want };
        let Brought { commit, choice } = bring(git, &errand, &tree)?;
        record.kind = Kind::Git;
        short(&commit).clone_into(&mut record.tree);
        let named = folder.join(&record.tree);
        fs::rename(&tree, &named).map_err(SourceError::disk("rename", &tree))?;
        record.commit = Some(commit);
        choice
    };
    if let Some((block, nearest)) = choice.missing.into_iter().next() {
        let commit = record.short_commit().unwrap_or("none").to_owned();
        return Err(SourceError::Missing { from, what: "block", name: block, commit, nearest });
    }
    record.folders = choice.folders;
    record.files = choice.files;
    write(&lock, &folder, &record)?;
    let target = store.folder(name);
    fs::rename(&folder, &target).map_err(SourceError::disk("create", &target))?;
    Ok(Added { record })
}

/// Brings a collection up to date. When that fails, what was there stays as it was.
pub fn update(store: &Store, git: &mut Git, name: &Name) -> Result<Updated, SourceError> {
    let lock = store.lock()?;
    let old = store.load(name)?;
    let want = Want { paths: old.paths.clone(), blocks: old.blocks.clone() };
    let folder = store.folder(name);
    let mut record = Record { checked: now(), ..old.clone() };
    let mut replaced: Option<PathBuf> = None;
    let choice = match (&old.kind, &old.commit) {
        (Kind::Git, Some(commit)) => {
            let tree = store.tree(&old);
            let address = git.text("read the address", &tree, &["config", "--get", "remote.origin.url"])?;
            if let Some(secret) = secret(&address) {
                git.hide(secret);
            }
            if is_current(git, &tree, old.reference.as_deref(), commit)? {
                write(&lock, &folder, &record)?;
                return Ok(Updated { record, before: None, gone: Vec::new(), came: Vec::new() });
            }
            let incoming = store.incoming(&lock)?;
            let errand =
                Errand { address: &address, from: &old.from, reference: old.reference.as_deref(), want: &want };
            let Brought { commit: new, choice } = bring(git, &errand, incoming.path())?;
            if new == *commit {
                write(&lock, &folder, &record)?;
                return Ok(Updated { record, before: None, gone: Vec::new(), came: Vec::new() });
            }
            short(&new).clone_into(&mut record.tree);
            record.commit = Some(new);
            record.fetched.clone_from(&record.checked);
            let target = store.tree(&record);
            // A leftover of this name would have been removed with the lock; the folder stays now, so it is kept.
            fs::rename(incoming.keep(), &target).map_err(SourceError::disk("create", &target))?;
            replaced = Some(tree);
            choice
        }
        _ => of_folder(Path::new(&old.tree), &want, &old.from)?,
    };
    record.folders = choice.folders;
    record.files = choice.files;
    let (gone, came) = changes(&old.folders, &record.folders);
    write(&lock, &folder, &record)?;
    let before = old.commit.clone().filter(|_| replaced.is_some());
    if let Some(tree) = replaced {
        // Nobody is told about it any more; what stays is removed next time.
        let _ = fs::remove_dir_all(tree);
    }
    Ok(Updated { record, before, gone, came })
}

/// All collections by name.
pub fn list(store: &Store) -> Vec<Kept> {
    store.names().into_iter().map(|name| Kept { record: store.load(&name), name }).collect()
}

/// Removes a collection. A folder of the user's own is left alone; only its name is forgotten.
pub fn remove(store: &Store, name: &Name) -> Result<Record, SourceError> {
    let lock = store.lock()?;
    let record = match store.load(name) {
        Ok(record) => record,
        // A damaged one can be removed all the same, but its record cannot be given back.
        Err(error @ SourceError::Record { .. }) => {
            store.discard(&lock, name)?;
            return Err(error);
        }
        Err(error) => return Err(error),
    };
    store.discard(&lock, name)?;
    Ok(record)
}

/// What git or the disk is asked for must be what it seems to be.
fn check(reference: Option<&str>, want: &Want) -> Result<(), SourceError> {
    let bad = |value: &str, what| SourceError::Argument { value: value.chars().take(200).collect(), what };
    if let Some(name) = reference {
        let odd = |c: char| c.is_control() || c.is_whitespace() || "~^:?*[\\".contains(c);
        if name.is_empty()
            || name.len() > 200
            || name.starts_with(['-', '+', '/'])
            || name.contains("..")
            || name.contains(odd)
        {
            return Err(bad(name, "a branch, tag or commit"));
        }
    }
    if let Some(path) = want.paths.iter().find(|path| !is_inner(path)) {
        return Err(bad(path, "a path within the repository"));
    }
    match want.blocks.iter().find(|block| !is_inner(block)) {
        Some(block) => Err(bad(block, "the name of a block")),
        None => Ok(()),
    }
}

/// The folders of challenges within a folder of the user's own.
fn of_folder(root: &Path, want: &Want, from: &str) -> Result<Choice, SourceError> {
    let mut files = Vec::new();
    let mut folders = vec![(root.to_owned(), String::new(), 0)];
    let mut seen = 0;
    while let Some((folder, inner, depth)) = folders.pop() {
        seen += 1;
        let read = match fs::read_dir(&folder) {
            Ok(read) => read,
            Err(error) if depth == 0 => return Err(SourceError::disk("read", &folder)(error)),
            // What cannot be read there cannot be graded either, which is told then.
            Err(_) => continue,
        };
        for entry in read.flatten() {
            let Ok(kind) = entry.file_type() else { continue };
            let Ok(name) = entry.file_name().into_string() else { continue };
            if name.starts_with('.') || name == "node_modules" {
                continue;
            }
            let inner = if inner.is_empty() { name.clone() } else { format!("{inner}/{name}") };
            if kind.is_dir() && depth < MAX_DEPTH && seen + folders.len() < MAX_FOLDERS {
                folders.push((entry.path(), inner, depth + 1));
            } else if kind.is_file()
                && entry.path().extension().is_some_and(|ending| ending == "md")
                && is_inner(&inner)
            {
                files.push(inner);
            }
        }
    }
    listing::choose(&listing::folders(files.iter().map(String::as_str)), want)
        .map_err(|unfit| explain(unfit, from, "none"))
}

/// Blocks by name, with their language where there is one.
fn blocks(folders: &[String]) -> BTreeSet<String> {
    let name = |folder: &String| {
        let place = place(folder);
        [place.language, place.block].into_iter().flatten().collect::<Vec<_>>().join("/")
    };
    folders.iter().map(name).filter(|name| !name.is_empty()).collect()
}

/// What is gone, each with new names that are much like it; and what is new.
fn changes(before: &[String], after: &[String]) -> (Vec<(String, Vec<String>)>, Vec<String>) {
    let (before, after) = (blocks(before), blocks(after));
    let came: Vec<String> = after.difference(&before).cloned().collect();
    let gone = before.difference(&after).map(|name| (name.clone(), nearest(name, came.iter().map(String::as_str))));
    (gone.collect(), came)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_that_git_would_take_for_something_else() {
        for good in ["main", "v1.0", "feature/x", "0123abcd"] {
            assert!(check(Some(good), &Want::default()).is_ok(), "{good}");
        }
        for bad in ["", "-x", "--upload-pack=x", "a..b", "a:b", "+a", "a b", "a^", "a\n"] {
            assert!(check(Some(bad), &Want::default()).is_err(), "{bad}");
        }
        let paths = |path: &str| Want { paths: vec![path.to_owned()], ..Want::default() };
        assert!(check(None, &paths("a/b")).is_ok());
        assert!(check(None, &paths("../b")).is_err() && check(None, &paths("/b")).is_err());
    }

    #[test]
    fn a_renamed_block_is_told_with_its_new_name() {
        let owned = |all: &[&str]| all.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let (gone, came) = changes(
            &owned(&["x/english/blocks/chat-app", "x/english/blocks/node"]),
            &owned(&["x/english/blocks/chat-apps", "x/english/01-a/node"]),
        );
        assert_eq!(gone, [("english/chat-app".to_owned(), owned(&["english/chat-apps"]))]);
        assert_eq!(came, owned(&["english/chat-apps"]));
    }
}
