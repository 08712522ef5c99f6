//! A hash of everything in a project's folder that a verdict on it can depend on.

use std::fs;
use std::path::Path;

use ring::digest::{Context, SHA256};
use thiserror::Error;

use super::path::{ProjectPath, is_plain};
use super::root::{FolderError, ReadError, Root};

/// Most files and folders that are looked at, and most bytes of them all.
const MOST_FILES: usize = 2000;
const MOST_BYTES: usize = 64 * 1024 * 1024;

/// A folder whose content has no hash.
#[derive(Debug, Error)]
pub enum ContentError {
    /// There is no such folder.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// It is a folder of more than a project.
    #[error("the folder has more than {MOST_FILES} files")]
    TooMany,
    /// The same.
    #[error("the folder has more than {} MiB", MOST_BYTES / 1024 / 1024)]
    TooLarge,
    /// What cannot be read now may be read the next time.
    #[error("`{path}` in the folder cannot be read")]
    Unreadable {
        /// The file.
        path: String,
    },
}

/// SHA-256 of the files that a project's folder can answer from: their paths and bytes, in the order of the paths. What is
/// hidden (`.env`, `.git`), what is in `node_modules`, and what no project's file is called is left out, as it is in grading.
pub fn content_of(folder: &Path) -> Result<String, ContentError> {
    let root = Root::open(folder)?;
    let mut left = (MOST_FILES, MOST_BYTES);
    let mut context = Context::new(&SHA256);
    let mut waiting = vec![String::new()];
    while let Some(path) = waiting.pop() {
        let mut names = Vec::new();
        let entries =
            fs::read_dir(root.path().join(&path)).map_err(|_| ContentError::Unreadable { path: path.clone() });
        for entry in entries? {
            let entry = entry.map_err(|_| ContentError::Unreadable { path: path.clone() })?;
            let Some(name) = entry.file_name().to_str().filter(|name| is_plain(name)).map(str::to_owned) else {
                continue;
            };
            left.0 = left.0.checked_sub(1).ok_or(ContentError::TooMany)?;
            names.push(name);
        }
        names.sort_unstable();
        for name in names {
            let inner = if path.is_empty() { name } else { format!("{path}/{name}") };
            // What is too deep or too long for a project's file answers nothing.
            let Some(file) = ProjectPath::new(&inner) else { continue };
            add(&mut context, inner.as_bytes());
            let kind = root.path().join(&inner).symlink_metadata();
            match kind.map_err(|_| ContentError::Unreadable { path: inner.clone() })?.file_type() {
                kind if kind.is_dir() => {
                    add(&mut context, b"folder");
                    waiting.push(inner);
                    continue;
                }
                kind if kind.is_symlink() => {
                    add(&mut context, b"link");
                    add(&mut context, target(&root, &inner).as_bytes());
                }
                _ => {}
            }
            match root.read(&file, left.1) {
                Ok(read) if read.cut => return Err(ContentError::TooLarge),
                Ok(read) => {
                    left.1 -= read.bytes.len();
                    add(&mut context, b"file");
                    add(&mut context, &read.bytes);
                }
                Err(ReadError::System(_)) => return Err(ContentError::Unreadable { path: inner }),
                Err(error) => add(&mut context, error.to_string().as_bytes()),
            }
        }
    }
    Ok(context.finish().as_ref().iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}")))
}

/// Where a link leads, without the folder's own path: the same project elsewhere is the same. What it leads to within the
/// folder is hashed under its own name.
fn target(root: &Root, path: &str) -> String {
    match root.path().join(path).canonicalize() {
        Ok(real) => real.strip_prefix(root.path()).unwrap_or(&real).display().to_string(),
        Err(error) => error.kind().to_string(),
    }
}

/// Each piece goes with its length, so that no two folders are alike.
fn add(context: &mut Context, bytes: &[u8]) {
    context.update(&(bytes.len() as u64).to_be_bytes());
    context.update(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn project() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join("public")).unwrap();
        std::fs::write(folder.path().join("server.js"), "server").unwrap();
        std::fs::write(folder.path().join("public/client.js"), "client").unwrap();
        folder
    }

    fn hash(folder: &tempfile::TempDir) -> String {
        content_of(folder.path()).unwrap()
    }

    #[test]
    fn paths_and_bytes_count_and_the_place_does_not() {
        let (one, two) = (project(), project());
        let first = hash(&one);
        assert_eq!(first, hash(&two));
        std::fs::write(one.path().join("public/client.js"), "Client").unwrap();
        let changed = hash(&one);
        assert_ne!(first, changed);
        std::fs::rename(two.path().join("server.js"), two.path().join("index.js")).unwrap();
        assert_ne!(first, hash(&two));
        std::fs::write(one.path().join("public/client.js"), "client").unwrap();
        assert_eq!(first, hash(&one));
        std::fs::create_dir(one.path().join("views")).unwrap();
        assert_ne!(first, hash(&one));
    }

    #[test]
    fn what_grading_never_reads_does_not_count() {
        let folder = project();
        let first = hash(&folder);
        for name in ["node_modules/x", ".git", "a b"] {
            std::fs::create_dir_all(folder.path().join(name)).unwrap();
        }
        for name in [".env", ".git/HEAD", "node_modules/x/index.js", "a b/c.js"] {
            std::fs::write(folder.path().join(name), "SECRET=1").unwrap();
        }
        assert_eq!(first, hash(&folder));
    }

    #[test]
    fn large_folders_have_no_hash() {
        let folder = project();
        let file = std::fs::File::create(folder.path().join("big")).unwrap();
        file.set_len(MOST_BYTES as u64).unwrap();
        assert!(matches!(content_of(folder.path()), Err(ContentError::TooLarge)));
        std::fs::remove_file(folder.path().join("big")).unwrap();
        for number in 0..MOST_FILES {
            std::fs::write(folder.path().join(format!("public/{number}")), "").unwrap();
        }
        assert!(matches!(content_of(folder.path()), Err(ContentError::TooMany)));
        assert!(matches!(content_of(&folder.path().join("none")), Err(ContentError::Folder(_))));
    }

    #[cfg(unix)]
    #[test]
    fn links_count_as_what_they_lead_to() {
        use std::os::unix::fs::symlink;
        let folder = project();
        symlink("server.js", folder.path().join("link.js")).unwrap();
        let inside = hash(&folder);
        std::fs::remove_file(folder.path().join("link.js")).unwrap();
        symlink("public/client.js", folder.path().join("link.js")).unwrap();
        assert_ne!(inside, hash(&folder));
        std::fs::remove_file(folder.path().join("link.js")).unwrap();
        symlink("none.js", folder.path().join("link.js")).unwrap();
        let dangling = hash(&folder);
        std::fs::remove_file(folder.path().join("link.js")).unwrap();
        symlink("/etc/hostname", folder.path().join("link.js")).unwrap();
        assert_ne!(dangling, hash(&folder));
    }
}
