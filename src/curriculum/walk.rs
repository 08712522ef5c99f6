//! Finds the Markdown files of a folder, in a stable order.

use std::path::{Path, PathBuf};
use std::sync::mpsc;

use ignore::{WalkBuilder, WalkState};

use super::error::LoadError;

/// The `.md` files below `folder` that no ignore file hides, sorted. Folders that cannot be read are reported beside.
pub(super) fn markdown_files(folder: &Path) -> (Vec<PathBuf>, Vec<LoadError>) {
    let (sender, receiver) = mpsc::channel();
    let walker = WalkBuilder::new(folder)
        // A folder that was copied out of a repository keeps its .gitignore.
        .require_git(false)
        .filter_entry(|entry| entry.depth() == 0 || entry.file_name() != "node_modules")
        .build_parallel();
    walker.run(|| {
        let sender = sender.clone();
        Box::new(move |found| {
            let message = match found {
                Ok(entry) if is_markdown(&entry) => Ok(entry.into_path()),
                Ok(_) => return WalkState::Continue,
                Err(error) => Err(error),
            };
            if sender.send(message).is_ok() { WalkState::Continue } else { WalkState::Quit }
        })
    });
    drop(sender);
    let mut files = Vec::new();
    let mut errors = Vec::new();
    for message in receiver {
        match message {
            Ok(path) => files.push(path),
            Err(source) => errors.push(LoadError::Walk { path: folder.to_owned(), source }),
        }
    }
    files.sort();
    (files, errors)
}

fn is_markdown(entry: &ignore::DirEntry) -> bool {
    entry.path().extension().is_some_and(|extension| extension.eq_ignore_ascii_case("md"))
        && entry.file_type().is_some_and(|kind| !kind.is_dir())
}
