//! Finds and reads `grade.toml`.

use std::fs::{File, Metadata};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use super::error::ConfigError;

/// The name of the settings file.
pub const FILE_NAME: &str = "grade.toml";
/// The variable that names another one.
pub const CONFIG_VARIABLE: &str = "GRADE_CONFIG";
/// Bytes that a settings file may have.
pub const MAX_FILE: u64 = 64 * 1024;

/// What looking for a settings file came to.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The nearest one.
    pub path: Option<PathBuf>,
    /// One that was passed over because it belongs to somebody else, with the reason.
    pub passed_over: Option<(PathBuf, &'static str)>,
}

/// Looks for `grade.toml` in `folder`, or in this folder, and then above; the nearest wins. Its path is relative where
/// `folder` is.
///
/// A file above `folder` that belongs to another user than `folder` is passed over: whoever may write to `/tmp` must
/// not choose what `grade` does, or starts, for everybody who works below it.
pub fn find(folder: Option<&Path>) -> Found {
    let mut found = Found::default();
    let start = folder.filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let Ok(real) = start.canonicalize() else { return found };
    let here = if start.is_absolute() { None } else { Path::new(".").canonicalize().ok() };
    let owner = std::fs::metadata(&real).ok();
    for (level, folder) in real.ancestors().enumerate() {
        let real = folder.join(FILE_NAME);
        let path = here.as_deref().and_then(|here| relative(here, &real)).unwrap_or(real);
        match std::fs::metadata(&path) {
            Ok(metadata) if level > 0 && !same_owner(owner.as_ref(), &metadata) => {
                found.passed_over.get_or_insert((path, "it belongs to another user than the folder"));
            }
            // A link that leads nowhere counts too: reading it says so.
            Err(_) if !path.is_symlink() => {}
            _ => {
                found.path = Some(path);
                return found;
            }
        }
    }
    found
}

/// The way from one folder to a path; both without links. None where there is none, as between drives.
fn relative(from: &Path, to: &Path) -> Option<PathBuf> {
    let common = from.components().zip(to.components()).take_while(|(one, other)| one == other).count();
    let up = from.components().count() - common;
    let rest: PathBuf = to.components().skip(common).collect();
    (common > 0).then(|| std::iter::repeat_n("..", up).collect::<PathBuf>().join(rest))
}

#[cfg(unix)]
fn same_owner(folder: Option<&Metadata>, file: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    // What root wrote, only root could have written.
    file.uid() == 0 || folder.is_some_and(|folder| folder.uid() == file.uid())
}

#[cfg(not(unix))]
fn same_owner(_folder: Option<&Metadata>, _file: &Metadata) -> bool {
    true
}

/// Reads a settings file. One that was `found` has to be a regular file; one that was named may be a pipe too.
pub fn read(path: &Path, found: bool) -> Result<String, ConfigError> {
    let unreadable = |source: std::io::Error| match source.kind() {
        ErrorKind::NotFound => ConfigError::Missing { path: path.to_path_buf() },
        _ => ConfigError::Unreadable { path: path.to_path_buf(), source },
    };
    // Before it is opened: opening a pipe waits for a writer.
    let metadata = std::fs::metadata(path).map_err(unreadable)?;
    if metadata.is_dir() {
        return Err(ConfigError::NoFile { path: path.to_path_buf(), what: "a folder" });
    }
    if found && !metadata.is_file() {
        return Err(ConfigError::NoFile { path: path.to_path_buf(), what: "a device or a pipe" });
    }
    let mut bytes = Vec::new();
    File::open(path).and_then(|file| file.take(MAX_FILE + 1).read_to_end(&mut bytes)).map_err(unreadable)?;
    if bytes.len() as u64 > MAX_FILE {
        return Err(ConfigError::TooLarge { path: path.to_path_buf() });
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text),
        Err(error) => {
            let valid = error.utf8_error().valid_up_to();
            Err(ConfigError::not_utf8(path.to_path_buf(), error.as_bytes().get(..valid).unwrap_or_default()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_wins() {
        let root = tempfile::tempdir().unwrap();
        let deep = root.path().join("a/b");
        std::fs::create_dir_all(&deep).unwrap();
        let top = root.path().join(FILE_NAME);
        std::fs::write(&top, "").unwrap();
        let found = find(Some(&deep)).path.unwrap();
        assert_eq!(found.canonicalize().unwrap(), top.canonicalize().unwrap());
        std::fs::write(deep.join(FILE_NAME), "").unwrap();
        assert_eq!(find(Some(&deep)).path, Some(deep.join(FILE_NAME)));
    }

    #[cfg(unix)]
    #[test]
    fn a_file_of_somebody_else_above_is_passed_over() {
        let root = tempfile::tempdir().unwrap();
        let below = root.path().join("below");
        std::fs::create_dir(&below).unwrap();
        let top = root.path().join(FILE_NAME);
        std::fs::write(&top, "").unwrap();
        if std::os::unix::fs::chown(&top, Some(12_345), None).is_err() {
            println!("skipped: only root can give a file away");
            return;
        }
        let found = find(Some(&below));
        assert_eq!(found.path, None);
        assert_eq!(found.passed_over.unwrap().0.canonicalize().unwrap(), top.canonicalize().unwrap());
        // Whoever works in the folder itself has chosen to.
        assert_eq!(find(Some(root.path())).path, Some(top));
    }

    #[test]
    fn what_is_no_text_file_is_refused() {
        let root = tempfile::tempdir().unwrap();
        assert!(matches!(read(root.path(), true), Err(ConfigError::NoFile { .. })));
        let path = root.path().join(FILE_NAME);
        assert!(matches!(read(&path, true), Err(ConfigError::Missing { .. })));
        std::fs::write(&path, b"a = 1\nb\xff").unwrap();
        assert!(matches!(read(&path, true), Err(ConfigError::NotUtf8 { line: 2, column: 2, .. })));
        std::fs::write(&path, vec![b'#'; 300 * 1024]).unwrap();
        assert!(matches!(read(&path, true), Err(ConfigError::TooLarge { .. })));
    }
}
