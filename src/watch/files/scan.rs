//! One look at all files: which there are, and since when each is as it is.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use ignore::{DirEntry, WalkBuilder};

use super::{Changed, Places};

/// More files are not looked at: whoever has more has named the wrong folder.
pub(super) const MOST_FILES: usize = 20_000;
/// Nor more folders; the system's limit for watched ones may be not far above.
pub(super) const MOST_FOLDERS: usize = 4_000;
/// Folders that hold nothing a learner writes.
const SKIPPED: [&str; 3] = ["node_modules", "target", "bower_components"];

/// What tells that a file is another one than before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    modified: Option<SystemTime>,
    size: u64,
    number: u64,
}

/// What a look has found.
#[derive(Debug, Default)]
pub(super) struct Scan {
    files: BTreeMap<PathBuf, Stamp>,
    /// Folders with what tells one from another in its place.
    pub(super) folders: BTreeMap<PathBuf, u64>,
    /// Whether there is more than was looked at.
    pub(super) cut: bool,
    /// Whether the project's folder is gone.
    pub(super) gone: bool,
}

impl Scan {
    /// Looks at everything.
    pub(super) fn of(places: &Places) -> Self {
        let mut scan = Self { gone: !places.project.is_dir(), ..Self::default() };
        for folder in &places.challenges {
            scan.challenges(folder);
        }
        if !scan.gone {
            scan.project(places);
        }
        scan
    }

    /// How many files there are.
    pub(super) fn count(&self) -> usize {
        self.files.len()
    }

    /// What is different in `newer`.
    pub(super) fn differences(&self, newer: &Self, places: &Places) -> Vec<Changed> {
        let paths: BTreeSet<&PathBuf> = self.files.keys().chain(newer.files.keys()).collect();
        let changed = paths.into_iter().filter(|path| self.files.get(*path) != newer.files.get(*path));
        changed.map(|path| Changed { path: path.clone(), challenge: is_challenge(path, places) }).collect()
    }

    /// Forgets what is not in `folders`, and takes from `newer` what is: other challenges are watched, which is no change.
    pub(super) fn exchange(&mut self, newer: &Self, before: &[PathBuf], after: &[PathBuf]) {
        let of = |folders: &[PathBuf], path: &Path| folders.iter().any(|folder| path.parent() == Some(folder));
        self.files.retain(|path, _| newer.files.contains_key(path) || of(after, path) || !of(before, path));
        let added = newer.files.iter().filter(|(path, _)| of(after, path) && !of(before, path));
        for (path, stamp) in added {
            self.files.entry(path.clone()).or_insert(*stamp);
        }
        self.folders.clone_from(&newer.folders);
        self.cut = newer.cut;
    }

    fn challenges(&mut self, folder: &Path) {
        let Ok(entries) = std::fs::read_dir(folder) else { return };
        self.folder(folder);
        for entry in entries.filter_map(Result::ok).take(MOST_FILES) {
            let path = entry.path();
            if is_markdown(&path) {
                self.file(path);
            }
        }
    }

    fn project(&mut self, places: &Places) {
        let except = places.except.as_ref().map(|path| path.canonicalize().unwrap_or_else(|_| path.clone()));
        let walk = WalkBuilder::new(&places.project)
            // A folder that was copied out of a repository keeps its .gitignore.
            .require_git(false)
            // `.env` counts; other hidden files are left out below.
            .hidden(false)
            .filter_entry(move |entry| counts(entry) && Some(entry.path()) != except.as_deref())
            .build();
        for entry in walk.filter_map(Result::ok) {
            if self.files.len() >= MOST_FILES || self.folders.len() >= MOST_FOLDERS {
                self.cut = true;
                return;
            }
            match entry.file_type() {
                Some(kind) if kind.is_dir() => self.folder(entry.path()),
                Some(_) => self.file(entry.into_path()),
                None => {}
            }
        }
    }

    fn folder(&mut self, path: &Path) {
        if let Ok(metadata) = std::fs::metadata(path) {
            self.folders.insert(path.to_owned(), number(&metadata));
        }
    }

    fn file(&mut self, path: PathBuf) {
        // Of a link, the file that it leads to.
        let Some(metadata) = std::fs::metadata(&path).ok().filter(Metadata::is_file) else { return };
        let stamp = Stamp { modified: metadata.modified().ok(), size: metadata.len(), number: number(&metadata) };
        self.files.insert(path, stamp);
    }
}

/// Whether an entry of the project's folder is one that somebody works on.
fn counts(entry: &DirEntry) -> bool {
    let name = entry.file_name();
    if entry.depth() == 0 {
        return true;
    }
    let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
    let text = name.to_string_lossy();
    let hidden = text.starts_with('.');
    if is_folder { !hidden && !SKIPPED.contains(&&*text) } else { !is_of_an_editor(&text) && (!hidden || is_env(name)) }
}

/// Copies that editors keep beside a file.
fn is_of_an_editor(name: &str) -> bool {
    name.ends_with('~') || (name.starts_with('#') && name.ends_with('#')) || name == "4913"
}

fn is_env(name: &OsStr) -> bool {
    name.to_string_lossy().starts_with(".env")
}

fn is_markdown(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("md"))
}

fn is_challenge(path: &Path, places: &Places) -> bool {
    is_markdown(path) && places.challenges.iter().any(|folder| path.parent() == Some(folder))
}

#[cfg(unix)]
fn number(metadata: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(metadata)
}

#[cfg(not(unix))]
fn number(_: &Metadata) -> u64 {
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(folder: &Path, name: &str, text: &str) {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    fn names(scan: &Scan, root: &Path) -> Vec<String> {
        scan.files.keys().map(|path| path.strip_prefix(root).unwrap().display().to_string()).collect()
    }

    #[test]
    fn only_what_somebody_works_on_counts() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        for name in [
            "server.js",
            "public/client.js",
            ".env",
            ".git/index",
            "node_modules/x/index.js",
            "target/x",
            ".server.js.swp",
            "server.js~",
            "#server.js#",
            ".cache/x",
            "logs/today.log",
            "sub/kept.txt",
            "sub/left.out",
            "state/grade.json",
        ] {
            write(&root, name, "");
        }
        write(&root, ".gitignore", "logs/\n*.out\n");
        let places = Places { project: root.clone(), challenges: Vec::new(), except: Some(root.join("state")) };
        assert_eq!(names(&Scan::of(&places), &root), [".env", "public/client.js", "server.js", "sub/kept.txt"]);
    }

    #[test]
    fn every_way_to_save_is_a_difference() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        for name in ["written", "renamed", "removed", "block/challenge.md"] {
            write(&root, name, "1");
        }
        let places = Places { project: root.clone(), challenges: vec![root.join("block")], except: None };
        let before = Scan::of(&places);
        write(&root, "written", "22");
        write(&root, "new", "2");
        std::fs::rename(root.join("new"), root.join("renamed")).unwrap();
        std::fs::remove_file(root.join("removed")).unwrap();
        write(&root, "added", "1");
        write(&root, "block/challenge.md", "22");
        let changed = before.differences(&Scan::of(&places), &places);
        let told: Vec<_> =
            changed.iter().map(|it| (it.path.strip_prefix(&root).unwrap().to_str().unwrap(), it.challenge)).collect();
        let expected = [
            ("added", false),
            ("block/challenge.md", true),
            ("removed", false),
            ("renamed", false),
            ("written", false),
        ];
        assert_eq!(told, expected);
        assert_eq!(before.differences(&before, &places), []);
    }

    #[test]
    fn other_challenges_are_no_change() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        for name in ["project/server.js", "one/a.md", "two/b.md", "two/c.txt"] {
            write(&root, name, "1");
        }
        let places =
            |name: &str| Places { project: root.join("project"), challenges: vec![root.join(name)], except: None };
        let (one, two) = (places("one"), places("two"));
        let mut scan = Scan::of(&one);
        write(&root, "project/server.js", "22");
        let newer = Scan::of(&two);
        scan.exchange(&newer, &one.challenges, &two.challenges);
        let changed = scan.differences(&newer, &two);
        assert_eq!(changed, [Changed { path: root.join("project/server.js"), challenge: false }]);
        assert_eq!(newer.count(), 2);
    }

    #[test]
    fn a_folder_that_is_gone_is_no_error() {
        let places = Places {
            project: PathBuf::from("/no/such/folder"),
            challenges: vec![PathBuf::from("/nor/this")],
            except: Some(PathBuf::from("/nor/that")),
        };
        let scan = Scan::of(&places);
        assert!(scan.gone && scan.count() == 0 && !scan.cut);
    }
}
