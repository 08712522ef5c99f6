//! The folder in which collections are kept: `$XDG_DATA_HOME/grade/curricula/<name>/`, each with its record.
//!
//! The record is replaced last and at once, so a reader sees the old state or the new one, and whatever is not named by
//! a record is a leftover of an interrupted change.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use etcetera::BaseStrategy;

use super::error::SourceError;
use super::name::Name;
use super::record::{Kind, Record};
use crate::curriculum::nearest;

const RECORD: &str = "record.json";
const LOCK: &str = ".lock";
/// How folders begin that are not complete yet.
const INCOMING: &str = ".incoming-";
/// The largest record that is read.
const MAX_RECORD: u64 = 8 * 1024 * 1024;
/// For how long another process is waited for, and how often it is looked.
const PATIENCE: Duration = Duration::from_secs(30);
const PAUSE: Duration = Duration::from_millis(50);

/// Where collections are kept.
#[derive(Debug, Clone)]
pub struct Store {
    root: PathBuf,
}

/// Nobody else changes collections while this is held.
#[derive(Debug)]
pub(super) struct Lock(#[expect(dead_code, reason = "the system gives the lock back when the file is closed")] File);

impl Store {
    /// The user's own.
    pub fn open() -> Result<Self, SourceError> {
        let strategy = etcetera::choose_base_strategy().map_err(|_| SourceError::NoDataFolder)?;
        Ok(Self::at(strategy.data_dir().join("grade").join("curricula")))
    }

    /// One in this folder, which need not exist yet.
    pub fn at(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// Waits until nobody else changes collections, and removes what an interrupted change left behind.
    pub(super) fn lock(&self) -> Result<Lock, SourceError> {
        create_private(&self.root).map_err(SourceError::disk("create", &self.root))?;
        let path = self.root.join(LOCK);
        let file = File::options().create(true).truncate(false).write(true).open(&path);
        let file = file.map_err(SourceError::disk("open", &path))?;
        let begun = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) if begun.elapsed() < PATIENCE => std::thread::sleep(PAUSE),
                Err(TryLockError::WouldBlock) => return Err(SourceError::Busy { waited: PATIENCE }),
                Err(TryLockError::Error(source)) => return Err(SourceError::Disk { doing: "lock", path, source }),
            }
        }
        let lock = Lock(file);
        self.clean(&lock);
        Ok(lock)
    }

    /// Leftovers are removed as far as they can be; one that stays does no harm.
    fn clean(&self, _lock: &Lock) {
        for (path, name) in entries(&self.root) {
            if name.starts_with(INCOMING) {
                let _ = fs::remove_dir_all(&path);
            } else if let Some(record) = Name::new(&name).ok().and_then(|name| self.read(&name).ok()) {
                for (tree, name) in entries(&path) {
                    if record.kind == Kind::Git && name != record.tree && tree.is_dir() {
                        let _ = fs::remove_dir_all(&tree);
                    }
                }
            }
        }
    }

    /// A new folder for something that is not complete yet; it goes away by itself unless it is moved.
    pub(super) fn incoming(&self, _lock: &Lock) -> Result<tempfile::TempDir, SourceError> {
        let folder = tempfile::Builder::new().prefix(INCOMING).tempdir_in(&self.root);
        folder.map_err(SourceError::disk("create a folder in", &self.root))
    }

    /// The folder of a collection.
    pub(super) fn folder(&self, name: &Name) -> PathBuf {
        self.root.join(name.as_str())
    }

    /// Where the files of a collection are.
    pub fn tree(&self, record: &Record) -> PathBuf {
        match record.kind {
            Kind::Git => self.root.join(&record.name).join(&record.tree),
            Kind::Folder => PathBuf::from(&record.tree),
        }
    }

    /// The names of all collections, sorted.
    pub fn names(&self) -> Vec<Name> {
        let all = entries(&self.root).into_iter().filter(|(path, _)| path.join(RECORD).is_file());
        let mut names: Vec<Name> = all.filter_map(|(_, name)| Name::new(&name).ok()).collect();
        names.sort();
        names
    }

    /// The record of a collection; an error with the nearest names if there is none.
    pub fn load(&self, name: &Name) -> Result<Record, SourceError> {
        if !self.folder(name).join(RECORD).exists() {
            let names = self.names();
            let nearest = nearest(name.as_str(), names.iter().map(Name::as_str));
            return Err(SourceError::Unknown { name: name.to_string(), nearest });
        }
        self.read(name)
    }

    fn read(&self, name: &Name) -> Result<Record, SourceError> {
        let path = self.folder(name).join(RECORD);
        let damaged = |why: String| SourceError::Record { path: path.clone(), why };
        let size = fs::metadata(&path).map_err(SourceError::disk("read", &path))?.len();
        if size > MAX_RECORD {
            return Err(damaged("it is too large".to_owned()));
        }
        let text = fs::read_to_string(&path).map_err(SourceError::disk("read", &path))?;
        let record: Record = serde_json::from_str(&text).map_err(|error| damaged(error.to_string()))?;
        if record.name != name.as_str() {
            return Err(damaged(format!("it is about `{}`", record.name)));
        }
        match record.flaw() {
            Some(why) => Err(damaged(why)),
            None => Ok(record),
        }
    }

    /// Removes a collection: out of sight at once, then from the disk.
    pub(super) fn discard(&self, lock: &Lock, name: &Name) -> Result<(), SourceError> {
        let folder = self.folder(name);
        let aside = self.incoming(lock)?;
        let target = aside.path().join("removed");
        fs::rename(&folder, &target).map_err(SourceError::disk("remove", &folder))?;
        aside.close().map_err(SourceError::disk("remove", &folder))
    }
}

/// Writes a record into a folder, at once.
pub(super) fn write(_lock: &Lock, folder: &Path, record: &Record) -> Result<(), SourceError> {
    let path = folder.join(RECORD);
    let failed = |error: io::Error| SourceError::Disk { doing: "write", path: path.clone(), source: error };
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
    serde_json::to_writer_pretty(&mut file, record).map_err(|error| failed(error.into()))?;
    file.as_file().sync_all().map_err(failed)?;
    file.persist(&path).map_err(|error| failed(error.error))?;
    Ok(())
}

/// What is in a folder, by name; nothing where there is no folder.
fn entries(folder: &Path) -> Vec<(PathBuf, String)> {
    let Ok(read) = fs::read_dir(folder) else { return Vec::new() };
    read.flatten().map(|entry| (entry.path(), entry.file_name().to_string_lossy().into_owned())).collect()
}

/// Addresses may have a password, which git keeps in its own files there.
fn create_private(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}
