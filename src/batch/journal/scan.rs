//! Reads a journal from its start.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use super::entry::Entry;
use super::error::JournalError;
use super::fingerprint::Fingerprint;

/// Longer lines than any that are written are damage.
const LONGEST: u64 = 256 * 1024 * 1024;
const BUFFER: usize = 64 * 1024;

/// A journal that is read line by line.
#[derive(Debug)]
pub struct Scan {
    reader: BufReader<File>,
    path: PathBuf,
    buffer: Vec<u8>,
    /// Where the next line begins.
    at: u64,
    /// What the journal belongs to.
    pub fingerprint: Fingerprint,
    /// Bytes of a last line that was not finished; known at the end.
    pub torn: u64,
    /// Lines that are damaged, so far.
    pub damaged: u64,
}

impl Scan {
    /// Begins to read a journal that no run is writing.
    pub fn open(path: &Path) -> Result<Self, JournalError> {
        let file = match File::open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(JournalError::Missing { path: path.to_owned() });
            }
            Err(error) => return Err(JournalError::io(path, "read")(error)),
        };
        match file.try_lock_shared() {
            Ok(()) => {}
            Err(std::fs::TryLockError::WouldBlock) => return Err(JournalError::Locked { path: path.to_owned() }),
            Err(std::fs::TryLockError::Error(error)) => return Err(JournalError::io(path, "locked")(error)),
        }
        Self::of_file(file, path)
    }

    /// Reads a file from its start.
    pub(in crate::batch) fn of_file(mut file: File, path: &Path) -> Result<Self, JournalError> {
        file.seek(SeekFrom::Start(0)).map_err(JournalError::io(path, "read"))?;
        let mut reader = BufReader::with_capacity(BUFFER, file);
        let mut buffer = Vec::new();
        // A header is short.
        let read = reader.by_ref().take(BUFFER as u64).read_until(b'\n', &mut buffer);
        let at = read.map_err(JournalError::io(path, "read"))? as u64;
        let header = buffer.strip_suffix(b"\n").and_then(Entry::read);
        let Some(Entry::Header(fingerprint)) = header else {
            return Err(JournalError::NoJournal { path: path.to_owned() });
        };
        Ok(Self { reader, path: path.to_owned(), buffer, at, fingerprint, torn: 0, damaged: 0 })
    }

    /// The next line that is whole, and where it begins; nothing at the end.
    pub(in crate::batch) fn next(&mut self) -> Result<Option<(u64, Entry<'_>)>, JournalError> {
        loop {
            self.buffer.clear();
            let offset = self.at;
            let read = self.reader.by_ref().take(LONGEST).read_until(b'\n', &mut self.buffer);
            let read = read.map_err(JournalError::io(&self.path, "read"))? as u64;
            self.at += read;
            if read == 0 {
                return Ok(None);
            }
            if self.buffer.last() != Some(&b'\n') {
                if read < LONGEST {
                    self.torn = read;
                    return Ok(None);
                }
                self.damaged += 1;
                continue;
            }
            // Looked at twice, because what is borrowed in a loop stays borrowed.
            let line = self.buffer.strip_suffix(b"\n").unwrap_or_default();
            if matches!(Entry::read(line), None | Some(Entry::Header(_))) {
                self.damaged += 1;
                continue;
            }
            return Ok(self.again(offset));
        }
    }

    fn again(&self, offset: u64) -> Option<(u64, Entry<'_>)> {
        self.buffer.strip_suffix(b"\n").and_then(Entry::read).map(|entry| (offset, entry))
    }

    /// The file, to be read elsewhere.
    pub(in crate::batch) fn into_file(self) -> File {
        self.reader.into_inner()
    }

    /// Where the last whole line ends; known at the end.
    pub(in crate::batch) fn end(&self) -> u64 {
        self.at - self.torn
    }
}
