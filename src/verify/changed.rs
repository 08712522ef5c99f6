//! Which challenges a change touches.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What a challenge depends on: absolute paths.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Touched {
    /// Its own file, and its manifests.
    pub files: Vec<PathBuf>,
    /// The folders of its projects.
    pub folders: Vec<PathBuf>,
}

/// Whether one of the changed paths, which are absolute too, is among what a challenge depends on.
pub fn touches(changed: &BTreeSet<PathBuf>, challenge: &Touched) -> bool {
    let within = |folder: &Path| {
        // Paths are in the order of their components, so what is below a folder follows it at once.
        changed.range(folder.to_path_buf()..).next().is_some_and(|path| path.starts_with(folder))
    };
    challenge.files.iter().any(|file| changed.contains(file)) || challenge.folders.iter().any(|folder| within(folder))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_compared_and_folders_contain() {
        let changed: BTreeSet<PathBuf> = ["/r/a/x.md", "/r/f-old/y", "/r/f/deep/z.js"].map(PathBuf::from).into();
        let touched = |files: &[&str], folders: &[&str]| {
            let paths = |names: &[&str]| names.iter().map(PathBuf::from).collect();
            touches(&changed, &Touched { files: paths(files), folders: paths(folders) })
        };
        assert!(touched(&["/r/a/x.md"], &[]));
        assert!(touched(&["/r/none"], &["/r/other", "/r/f"]));
        assert!(touched(&[], &["/r/f-old"]));
        assert!(!touched(&["/r/a"], &["/r/f-ol", "/r/fa", "/r/a/x"]));
        assert!(!touched(&[], &[]));
    }
}
