//! The results of journals, in the order of the list.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use super::journal::{Fingerprint, Journal, JournalError, Kept, Record, Scan, read_record};
use super::tally::Totals;

/// Results that can be read as often as needed.
#[derive(Debug, Default)]
pub struct Results {
    journals: Vec<(File, PathBuf)>,
    /// Of each row, in which journal its result is, and where its line begins; 0 of what has none.
    places: Vec<(u32, u64)>,
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
        let mut results = Self::default();
        results.add(journal.scan()?, journal.path())?;
        Ok(results)
    }

    /// Those of journals that no run is writing.
    pub fn open(paths: &[PathBuf]) -> Result<(Self, Vec<Held>), JournalError> {
        let mut results = Self::default();
        let held = paths.iter().map(|path| results.add(Scan::open(path)?, path)).collect::<Result<_, _>>()?;
        Ok((results, held))
    }

    fn add(&mut self, mut scan: Scan, path: &Path) -> Result<Held, JournalError> {
        let kept = Kept::of(&mut scan)?;
        let held =
            Held { fingerprint: scan.fingerprint.clone(), results: kept.count(), damage: (scan.damaged, scan.torn) };
        let journal = u32::try_from(self.journals.len()).unwrap_or(u32::MAX);
        for number in kept.numbers() {
            let (Ok(index), Some(offset)) = (usize::try_from(number), kept.offset(number)) else { continue };
            if index >= self.places.len() {
                self.places.resize(index + 1, (0, 0));
            }
            if let Some(place) = self.places.get_mut(index) {
                *place = (journal, offset);
            }
        }
        self.journals.push((scan.into_file(), path.to_owned()));
        Ok(held)
    }

    /// Hands on every result, in the order of the list.
    pub fn each(&self, then: &mut dyn FnMut(&Record<'_>) -> io::Result<()>) -> io::Result<()> {
        self.places.iter().filter(|(_, offset)| *offset > 0).try_for_each(|place| self.read(*place, then))
    }

    /// Hands on results in another order: indices of those that [`Results::each`] hands on.
    pub fn each_in(&self, order: &[usize], then: &mut dyn FnMut(&Record<'_>) -> io::Result<()>) -> io::Result<()> {
        let there: Vec<(u32, u64)> = self.places.iter().filter(|(_, offset)| *offset > 0).copied().collect();
        order.iter().filter_map(|index| there.get(*index)).try_for_each(|place| self.read(*place, then))
    }

    fn read(
        &self,
        (journal, offset): (u32, u64),
        then: &mut dyn FnMut(&Record<'_>) -> io::Result<()>,
    ) -> io::Result<()> {
        let Some((file, path)) = self.journals.get(journal as usize) else { return Ok(()) };
        read_record(file, path, offset, |record| then(record)).map_err(io::Error::other)?
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
