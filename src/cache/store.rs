//! Files by their keys.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use super::entry::Entry;
use super::sweep::sweep;

/// Bytes that a file may have. What is larger is not kept.
const MAX_FILE: u64 = 16 * 1024 * 1024;
/// Files that are written before it is seen whether all of them have become too many.
const BETWEEN_SWEEPS: u64 = 4096;

/// A folder of results. Any number of runs may use it at once.
#[derive(Debug)]
pub struct Store {
    folder: PathBuf,
    /// Bytes that all files together may have.
    limit: u64,
    written: AtomicU64,
    trouble: OnceLock<String>,
}

impl Store {
    /// The folder at this path, which is made once there is something to keep.
    pub fn new(folder: PathBuf, limit: u64) -> Self {
        Self { folder, limit, written: AtomicU64::new(0), trouble: OnceLock::new() }
    }

    /// Its path.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What is kept under a key, which is hexadecimal.
    pub fn get(&self, key: &str) -> Option<Entry> {
        let file = File::open(self.file(key)?).ok()?;
        if !file.metadata().ok()?.is_file() {
            return None;
        }
        let mut bytes = Vec::new();
        file.take(MAX_FILE + 1).read_to_end(&mut bytes).ok()?;
        if bytes.len() as u64 > MAX_FILE {
            return None;
        }
        Entry::decode(key, &bytes)
    }

    /// Keeps something. The first failure is remembered, and nothing more is written after it.
    pub fn put(&self, key: &str, entry: &Entry) {
        let Some(file) = self.file(key).filter(|_| self.trouble.get().is_none()) else { return };
        let bytes = entry.encode(key);
        if bytes.len() as u64 > MAX_FILE {
            return;
        }
        match write(&file, &bytes) {
            Ok(()) => {
                if self.written.fetch_add(1, Ordering::Relaxed) % BETWEEN_SWEEPS == BETWEEN_SWEEPS - 1 {
                    sweep(&self.folder, self.limit);
                }
            }
            Err(error) => {
                let _ = self.trouble.set(format!("`{}`: {error}", self.folder.display()));
            }
        }
    }

    /// Ends the use: makes room where too much is kept. Says what kept results from being written, if anything did.
    pub fn finish(&self) -> Option<&str> {
        if self.written.load(Ordering::Relaxed) > 0 {
            sweep(&self.folder, self.limit);
        }
        self.trouble.get().map(String::as_str)
    }

    /// Folders of 256 keep each of them small.
    fn file(&self, key: &str) -> Option<PathBuf> {
        if !key.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let (shard, rest) = key.split_at_checked(2).filter(|(_, rest)| !rest.is_empty())?;
        Some(self.folder.join(shard).join(rest))
    }
}

/// In one step: a reader sees the whole file or none. It is not flushed to the disk: one that a power cut spoils is noticed.
fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(path);
    let mut new = if let Ok(new) = tempfile::NamedTempFile::new_in(folder) {
        new
    } else {
        create(folder)?;
        tempfile::NamedTempFile::new_in(folder)?
    };
    new.write_all(bytes)?;
    new.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// Makes a folder; on Unix for its user only, as the XDG specification has it.
fn create(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(body: &str) -> Entry {
        Entry { at: 1, body: body.into() }
    }

    #[test]
    fn what_is_kept_is_there_and_what_is_damaged_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::new(folder.path().join("a/b"), u64::MAX);
        assert_eq!(store.get("abcd"), None);
        store.put("abcd", &entry("one"));
        store.put("abcd", &entry("two"));
        assert_eq!(store.get("abcd"), Some(entry("two")));
        let file = store.folder().join("ab/cd");
        std::fs::write(&file, "damaged").unwrap();
        assert_eq!(store.get("abcd"), None);
        std::fs::remove_file(&file).unwrap();
        std::fs::create_dir(&file).unwrap();
        assert_eq!(store.get("abcd"), None);
        for key in ["", "ab", "../x", "ab/cd", "é1"] {
            store.put(key, &entry("x"));
            assert_eq!(store.get(key), None, "{key}");
        }
        assert_eq!(store.finish(), None);
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_said_once() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        std::fs::write(&file, "").unwrap();
        let store = Store::new(file, u64::MAX);
        store.put("abcd", &entry("one"));
        store.put("abce", &entry("one"));
        assert_eq!(store.get("abcd"), None);
        assert!(store.finish().unwrap().contains("file`: "));
    }

    #[test]
    fn many_writers_do_not_disturb_each_other() {
        let folder = tempfile::tempdir().unwrap();
        std::thread::scope(|scope| {
            for number in 0..4 {
                let store = Store::new(folder.path().to_owned(), u64::MAX);
                scope.spawn(move || {
                    for _ in 0..50 {
                        store.put("abcd", &entry(&number.to_string().repeat(5000)));
                        assert_eq!(store.get("abcd").unwrap().body.len(), 5000);
                    }
                    assert_eq!(store.finish(), None);
                });
            }
        });
        let left: Vec<_> = std::fs::read_dir(folder.path().join("ab")).unwrap().collect();
        assert_eq!(left.len(), 1);
    }

    #[test]
    fn the_oldest_go_when_there_are_too_many() {
        let folder = tempfile::tempdir().unwrap();
        let size = entry("0123456789").encode("aa00").len() as u64;
        let store = Store::new(folder.path().to_owned(), 10 * size);
        let now = std::time::SystemTime::now();
        for number in 0..20_u64 {
            let key = format!("aa{number:02}");
            store.put(&key, &entry("0123456789"));
            let file = File::options().write(true).open(store.file(&key).unwrap()).unwrap();
            file.set_modified(now - std::time::Duration::from_secs(100 - number)).unwrap();
        }
        assert_eq!(store.finish(), None);
        let left: Vec<u64> = (0..20).filter(|number| store.get(&format!("aa{number:02}")).is_some()).collect();
        assert_eq!(left, (11..20).collect::<Vec<_>>());
    }
}
