//! Which results of a journal count.

use super::entry::{Entry, Record};
use super::error::JournalError;
use super::scan::Scan;
use crate::batch::bits::Bits;
use crate::batch::tally::Verdict;

/// The result that counts of each row: the last one, unless it is to be graded again.
#[derive(Debug, Clone, Default)]
pub struct Kept {
    /// Of each row, where its line begins and the verdict; 0 of what has no result.
    rows: Vec<u64>,
}

impl Kept {
    /// Reads what the journal holds. A result of a row that the list does not have is damage.
    pub(in crate::batch) fn of(scan: &mut Scan) -> Result<Self, JournalError> {
        let mut kept = Self::default();
        let rows = scan.fingerprint.rows;
        let mut strange = 0;
        while let Some((offset, entry)) = scan.next()? {
            match entry {
                Entry::Record(Record { number, verdict, .. }) if number < rows => kept.put(number, offset, verdict),
                Entry::Again(verdicts) => {
                    kept.drop_all(&verdicts);
                }
                Entry::Record(_) | Entry::Header(_) => strange += 1,
            }
        }
        scan.damaged += strange;
        Ok(kept)
    }

    fn put(&mut self, number: u64, offset: u64, verdict: Verdict) {
        let Ok(index) = usize::try_from(number) else { return };
        if index >= self.rows.len() {
            self.rows.resize(index + 1, 0);
        }
        if let Some(row) = self.rows.get_mut(index) {
            *row = offset << 2 | verdict as u64;
        }
    }

    /// Forgets results with these verdicts, and says which rows they were of.
    pub(in crate::batch) fn drop_all(&mut self, verdicts: &[Verdict]) -> Bits {
        let mut dropped = Bits::default();
        for (number, row) in (0..).zip(&mut self.rows) {
            if *row != 0 && verdicts.iter().any(|verdict| *verdict as u64 == *row & 3) {
                *row = 0;
                dropped.add(number);
            }
        }
        dropped
    }

    /// Whether a row has a result.
    pub fn has(&self, number: u64) -> bool {
        self.offset(number).is_some()
    }

    /// Where the line of a row's result begins.
    pub(in crate::batch) fn offset(&self, number: u64) -> Option<u64> {
        // The header comes first, so no line of a result begins at 0.
        let row = *self.rows.get(usize::try_from(number).ok()?)?;
        (row != 0).then_some(row >> 2)
    }

    /// How many rows have a result.
    pub fn count(&self) -> u64 {
        self.rows.iter().filter(|row| **row != 0).count() as u64
    }

    /// The rows that have a result.
    pub(in crate::batch) fn numbers(&self) -> impl Iterator<Item = u64> + '_ {
        (0..).zip(&self.rows).filter(|(_, row)| **row != 0).map(|(number, _)| number)
    }
}
