//! Where state is kept, and which file is a project's.

use std::ffi::OsString;
use std::hash::Hasher;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use super::error::StateError;

/// Characters of a project's name that its file's name shows.
const SHOWN: usize = 40;

/// The folder with a file for each project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StateFolder(PathBuf);

impl StateFolder {
    /// `$XDG_STATE_HOME/grade`, else the system's place: `~/.local/state/grade`, on macOS
    /// `~/Library/Application Support/grade`, on Windows `%APPDATA%\grade`.
    pub fn of_user(variable: impl Fn(&str) -> Option<OsString>) -> Result<Self, StateError> {
        let named = variable("XDG_STATE_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
        let base = named.or_else(|| {
            let system = etcetera::base_strategy::choose_native_strategy().ok()?;
            Some(system.state_dir().unwrap_or_else(|| system.data_dir()))
        });
        base.map(|base| Self(base.join("grade"))).ok_or(StateError::NoFolder)
    }

    /// The folder at this path.
    pub fn at(path: PathBuf) -> Self {
        Self(path)
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The file of a project, whose folder is without links. Its name begins with the folder's, for people.
    pub fn file(&self, project: &Path) -> PathBuf {
        // FNV is the same in every build and version; the file says which folder it is for, so two that hash to the
        // same are told apart.
        let mut hasher = fnv::FnvHasher::default();
        hasher.write(project.as_os_str().as_encoded_bytes());
        let name: String = project
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default()
            .chars()
            .map(|character| if character.is_ascii_alphanumeric() || character == '-' { character } else { '_' })
            .take(SHOWN)
            .collect();
        self.0.join(format!("{name}-{:016x}.json", hasher.finish()))
    }
}

/// The folder that a run is about: that of the settings file, else the one that is graded, else this one.
pub fn project(settings_file: Option<&Path>, graded: Option<&Path>) -> std::io::Result<PathBuf> {
    let folder = settings_file.map(|file| file.parent().unwrap_or(Path::new(""))).or(graded).unwrap_or(Path::new(""));
    if folder.as_os_str().is_empty() { Path::new(".").canonicalize() } else { folder.canonicalize() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_projects() {
        let folder = StateFolder::at(PathBuf::from("s"));
        let one = folder.file(Path::new("/home/me/My chat"));
        assert_eq!(
            one,
            Path::new("s").join("My_chat-8e649bb9a24b3e9f.json"),
            "the hash must not change between versions"
        );
        assert_ne!(one, folder.file(Path::new("/home/you/My chat")));
        assert!(folder.file(Path::new("/")).starts_with("s"));
    }

    #[test]
    fn only_absolute_folders_are_taken_from_the_environment() {
        let of = |value: &'static str| StateFolder::of_user(move |_| Some(value.into())).unwrap();
        let absolute = std::env::temp_dir();
        let text: &'static str = Box::leak(absolute.display().to_string().into_boxed_str());
        assert_eq!(of(text).path(), absolute.join("grade"));
        assert_ne!(of("relative").path(), Path::new("relative/grade"));
    }
}
