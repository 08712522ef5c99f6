//! The results of journals, in the order of the list.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use super::journal::{Fingerprint, Journal, JournalError, Kept, Record, Scan, read_record};
use super::tally::Totals;

/// Results that can be read as often as needed.
#[derive(Debug)]
pub struct Results {
    parts: Vec<Part>,
    rows: u64,
}

/// Those of one journal.
#[derive(Debug)]
struct Part {
    file: File,
    path: PathBuf,
    kept: Kept,
}

/// What a journal was found to hold.
#[derive(Debug)]
pub struct Held {
    /// What it belongs to.
    pub fingerprint: Fingerprint,
    /// How many results.
    pub results: u64,
    /// Damaged lines, and bytes of an unfinished one.
    pub damage: (u64, u64),
}

impl Results {
    /// Those of a journal that this run has written.
    pub fn of_journal(journal: &Journal) -> Result<Self, JournalError> {
        let mut results = Self { parts: Vec::new(), rows: 0 };
        results.add(journal.scan()?, journal.path())?;
        Ok(results)
    }

    /// Those of journals that no run is writing.
    pub fn open(paths: &[PathBuf]) -> Result<(Self, Vec<Held>), JournalError> {
        let mut results = Self { parts: Vec::new(), rows: 0 };
        let held = paths.iter().map(|path| results.add(Scan::open(path)?, path)).collect::<Result<_, _>>()?;
        Ok((results, held))
    }

    fn add(&mut self, mut scan: Scan, path: &Path) -> Result<Held, JournalError> {
        let kept = Kept::of(&mut scan)?;
        let held =
            Held { fingerprint: scan.fingerprint.clone(), results: kept.count(), damage: (scan.damaged, scan.torn) };
        self.rows = self.rows.max(scan.fingerprint.rows);
        self.parts.push(Part { file: scan.into_file(), path: path.to_owned(), kept });
        Ok(held)
    }

    /// Hands on every result, in the order of the list.
    pub fn each(&self, then: &mut dyn FnMut(&Record<'_>) -> io::Result<()>) -> io::Result<()> {
        for number in 0..self.rows {
            for part in &self.parts {
                if let Some(offset) = part.kept.offset(number) {
                    read_record(&part.file, &part.path, offset, |record| then(record)).map_err(io::Error::other)??;
                }
            }
        }
        Ok(())
    }

    /// All of them, counted.
    pub fn totals(&self) -> io::Result<Totals> {
        let mut totals = Totals::default();
        self.each(&mut |record| {
            totals.add(record.verdict, record.counts);
            Ok(())
        })?;
        Ok(totals)
    }
}
