//! The file of a journal: opened by one run at a time, added to, and flushed.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::entry::{Entry, Record};
use super::error::JournalError;
use super::fingerprint::Fingerprint;
use super::kept::Kept;
use super::scan::Scan;

/// A journal that this run adds to.
#[derive(Debug)]
pub struct Journal {
    file: File,
    path: PathBuf,
    /// Where the last line ends that has been flushed.
    end: u64,
    /// Lines that wait to be written.
    pending: Vec<u8>,
    /// Whether lines are to survive a power cut.
    lasting: bool,
}

/// A journal that is continued.
#[derive(Debug)]
pub struct Opened {
    /// To be added to.
    pub journal: Journal,
    /// What it holds.
    pub kept: Kept,
    /// Bytes of an unfinished line that were cut off.
    pub torn: u64,
    /// Damaged lines that are passed over.
    pub damaged: u64,
}

impl Journal {
    /// Begins a journal. One that is there is replaced only if that is wanted.
    pub fn create(path: &Path, fingerprint: &Fingerprint, replace: bool) -> Result<Self, JournalError> {
        let mut options = OpenOptions::new();
        options.read(true).write(true);
        if replace || is_unbegun(path) {
            options.create(true).truncate(false)
        } else {
            options.create_new(true)
        };
        let file = match options.open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                return Err(JournalError::Exists { path: path.to_owned() });
            }
            Err(error) => return Err(JournalError::io(path, "made")(error)),
        };
        lock(&file, path)?;
        file.set_len(0).map_err(JournalError::io(path, "written"))?;
        let mut journal = Self { file, path: path.to_owned(), end: 0, pending: Vec::new(), lasting: true };
        journal.begin(fingerprint).inspect_err(|_| {
            // What has no header is no journal that could be resumed.
            if !replace {
                let _ = std::fs::remove_file(path);
            }
        })?;
        sync_folder(path);
        Ok(journal)
    }

    /// A journal that goes with the run: for order and reports where none is to be kept.
    pub fn temporary(fingerprint: &Fingerprint) -> Result<Self, JournalError> {
        let path = std::env::temp_dir();
        let file = tempfile::tempfile().map_err(JournalError::io(&path, "made"))?;
        let mut journal = Self { file, path, end: 0, pending: Vec::new(), lasting: false };
        journal.begin(fingerprint)?;
        Ok(journal)
    }

    fn begin(&mut self, fingerprint: &Fingerprint) -> Result<(), JournalError> {
        Entry::Header(fingerprint.clone()).write(&mut self.pending);
        self.commit()
    }

    /// Continues a journal, if it belongs to this run.
    pub fn resume(path: &Path, fingerprint: &Fingerprint) -> Result<Opened, JournalError> {
        let file = match OpenOptions::new().read(true).write(true).open(path) {
            Ok(_) if is_unbegun(path) => return Err(JournalError::Missing { path: path.to_owned() }),
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(JournalError::Missing { path: path.to_owned() });
            }
            Err(error) => return Err(JournalError::io(path, "opened")(error)),
        };
        lock(&file, path)?;
        let copy = file.try_clone().map_err(JournalError::io(path, "read"))?;
        let mut scan = Scan::of_file(copy, path)?;
        if let Some(what) = scan.fingerprint.difference(fingerprint) {
            return Err(JournalError::Differs { path: path.to_owned(), what });
        }
        let kept = Kept::of(&mut scan)?;
        let (end, torn, damaged) = (scan.end(), scan.torn, scan.damaged);
        if torn > 0 {
            file.set_len(end).map_err(JournalError::io(path, "written"))?;
        }
        let journal = Self { file, path: path.to_owned(), end, pending: Vec::new(), lasting: true };
        Ok(Opened { journal, kept, torn, damaged })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Adds a line, and says where it will begin. It counts once it is committed.
    pub(in crate::batch) fn add(&mut self, entry: &Entry<'_>) -> u64 {
        let offset = self.end + self.pending.len() as u64;
        entry.write(&mut self.pending);
        offset
    }

    /// Writes and flushes what was added. When that fails, the journal ends where it ended before.
    pub(in crate::batch) fn commit(&mut self) -> Result<(), JournalError> {
        let write = |file: &mut File, bytes: &[u8]| {
            file.seek(SeekFrom::Start(self.end))?;
            file.write_all(bytes)?;
            if self.lasting { file.sync_data() } else { Ok(()) }
        };
        let written = write(&mut self.file, &self.pending);
        if let Err(source) = written {
            // A part of a line may be there; a full disk lets it be cut off.
            let _ = self.file.set_len(self.end);
            return Err(JournalError::io(&self.path, "written")(source));
        }
        self.end += self.pending.len() as u64;
        self.pending.clear();
        Ok(())
    }

    /// The result in the line that begins at `offset`.
    pub(in crate::batch) fn read<T>(
        &self,
        offset: u64,
        then: impl FnOnce(&Record<'_>) -> T,
    ) -> Result<T, JournalError> {
        read_record(&self.file, &self.path, offset, then)
    }

    /// Reads it from its start.
    pub(in crate::batch) fn scan(&self) -> Result<Scan, JournalError> {
        let file = self.file.try_clone().map_err(JournalError::io(&self.path, "read"))?;
        Scan::of_file(file, &self.path)
    }
}

/// The result in the line of a journal that begins at `offset`.
pub(in crate::batch) fn read_record<T>(
    mut file: &File,
    path: &Path,
    offset: u64,
    then: impl FnOnce(&Record<'_>) -> T,
) -> Result<T, JournalError> {
    let mut line = Vec::new();
    let read = file.seek(SeekFrom::Start(offset)).and_then(|_| BufReader::new(file).read_until(b'\n', &mut line));
    let changed = || io::Error::other(format!("the line at byte {offset} has changed since it was written"));
    let record = read.and_then(|_| match line.strip_suffix(b"\n").and_then(Entry::read) {
        Some(Entry::Record(record)) => Ok(record),
        _ => Err(changed()),
    });
    record.map(|record| then(&record)).map_err(JournalError::io(path, "read"))
}

/// Whether a file is all that a run left behind that was killed before it had written the first line.
fn is_unbegun(path: &Path) -> bool {
    const HEADER: u64 = 4096;
    let mut start = Vec::new();
    let read = File::open(path).and_then(|file| file.take(HEADER).read_to_end(&mut start));
    let sum = start.get(..9.min(start.len())).unwrap_or_default();
    let like_a_header = sum.iter().all(|byte| byte.is_ascii_hexdigit() || *byte == b' ')
        && start.get(9..).is_none_or(|body| b"H {".starts_with(body) || body.starts_with(b"H {"));
    read.is_ok_and(|size| (size as u64) < HEADER) && !start.contains(&b'\n') && like_a_header
}

fn lock(file: &File, path: &Path) -> Result<(), JournalError> {
    match file.try_lock() {
        Ok(()) => Ok(()),
        Err(TryLockError::WouldBlock) => Err(JournalError::Locked { path: path.to_owned() }),
        Err(TryLockError::Error(error)) => Err(JournalError::io(path, "locked")(error)),
    }
}

/// The name of a new file survives a power cut only with its folder. Where that cannot be flushed, nothing can be done.
fn sync_folder(path: &Path) {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
