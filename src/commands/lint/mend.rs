//! Files after their fixes: every other byte stays as it is.

use std::fs::{self, Metadata};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::challenge::Source;
use crate::lint::{File, Linter, Repaired};

/// What some editors put before a text.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// A file that cannot be mended.
#[derive(Debug, thiserror::Error)]
pub(super) enum MendError {
    /// Its bytes would not stay what they are.
    #[error("`{file}` is not UTF-8 text, so nothing in it is fixed; save it as UTF-8")]
    NotUtf8 {
        /// The file.
        file: String,
    },
    /// It is not to be written.
    #[error("`{file}` is read-only, so nothing in it is fixed")]
    ReadOnly {
        /// The file.
        file: String,
    },
    /// The system says no.
    #[error("`{file}` cannot be fixed")]
    Write {
        /// The file.
        file: String,
        /// Why.
        source: io::Error,
    },
}

/// Bytes of a file and what becomes of them.
pub(super) struct Mended {
    /// The text before, without a byte order mark.
    pub before: String,
    /// The text after, and what is left to find in it.
    pub repaired: Repaired,
    /// Whether a byte order mark stands before the text.
    mark: bool,
}

impl Mended {
    /// Applies the fixes to bytes; nothing is written.
    pub(super) fn of(
        name: &str,
        bytes: Vec<u8>,
        linter: &Linter,
        original: Option<&File<'_>>,
    ) -> Result<Self, MendError> {
        let mark = bytes.starts_with(MARK);
        let text = String::from_utf8(bytes).map_err(|_| MendError::NotUtf8 { file: name.to_owned() })?;
        let source = Source::new(name, text);
        let before = source.text.clone();
        Ok(Self { before, repaired: linter.repair(source, original), mark })
    }

    /// All bytes of the file after the fixes.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mark = if self.mark { MARK } else { b"" };
        [mark, self.repaired.source.text.as_bytes()].concat()
    }

    /// Replaces the file, as a whole. A link stays a link, and permissions stay what they are.
    pub(super) fn write(&self, path: &Path) -> Result<(), MendError> {
        let file = || self.repaired.source.name.clone();
        let failed = |source| MendError::Write { file: file(), source };
        let real = path.canonicalize().map_err(failed)?;
        let metadata = fs::metadata(&real).map_err(failed)?;
        if metadata.permissions().readonly() {
            return Err(MendError::ReadOnly { file: file() });
        }
        if !metadata.is_file() {
            return Err(failed(io::Error::other("it is a pipe or a device")));
        }
        replace(&real, &metadata, &self.bytes()).map_err(failed)
    }
}

fn replace(path: &Path, metadata: &Metadata, bytes: &[u8]) -> io::Result<()> {
    let folder: PathBuf = path.parent().map(Path::to_owned).unwrap_or_default();
    let mut file = tempfile::Builder::new().prefix(".grade-").suffix(".tmp").tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().set_permissions(metadata.permissions())?;
    keep_owner(file.path(), metadata);
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}

/// Only root can give a file away, and only root's new files belong to somebody else than before.
#[cfg(unix)]
fn keep_owner(path: &Path, metadata: &Metadata) {
    use std::os::unix::fs::{MetadataExt, chown};
    let _ = chown(path, Some(metadata.uid()), Some(metadata.gid()));
}

#[cfg(not(unix))]
fn keep_owner(_path: &Path, _metadata: &Metadata) {}
