//! The first look at a list: what there is to do, and what no single row can tell.

use std::collections::{BTreeSet, HashMap};
use std::fs::File;
use std::hash::{BuildHasher, RandomState};
use std::io::{self, Read, Seek, SeekFrom, Write};

use super::bits::Bits;
use super::list::{List, ListError};
use super::row::{Reason, ReasonKind, Row};
use super::shard::Shard;

/// Ids that are held in memory at a time; more are sorted in a temporary file.
const CHUNK: usize = 16 * 1024;
/// Entries of each part of that file that are held when the parts are brought together.
const AHEAD: usize = 128;
/// Bytes of an entry: the hash of an id, and the line of its row.
const ENTRY: usize = 24;
/// Most different lists of challenges that rows may name.
const MOST_SELECTIONS: usize = 1000;

/// What a list holds.
#[derive(Debug)]
pub struct Survey {
    /// SHA-256 of its bytes.
    pub digest: String,
    /// All its rows.
    pub rows: u64,
    /// Those of the part that is graded.
    pub(super) mine: Bits,
    /// Rows whose id an earlier one has: the line of each, and that of the first with the id.
    duplicates: HashMap<u64, u64>,
    /// The challenges that rows name, each list once.
    pub selections: BTreeSet<Vec<String>>,
}

impl Survey {
    /// Reads a list from end to end.
    pub fn of(list: &List, shard: Shard) -> Result<Self, ListError> {
        let mut survey = Self {
            digest: list.digest()?,
            rows: 0,
            mine: Bits::default(),
            duplicates: HashMap::new(),
            selections: BTreeSet::new(),
        };
        let (mut ids, hash) = (Ids::default(), IdHash::default());
        let mut rows = list.outlines()?;
        while let Some(row) = rows.next()? {
            survey.rows += 1;
            ids.add(hash.of(&row.id), row.line).map_err(ListError::Spool)?;
            // Of the whole list, so that all parts are of the same challenges.
            survey.choose(&row);
            if shard.has(&row.id) {
                survey.mine.add(row.number);
            }
        }
        survey.duplicates = ids.duplicates().map_err(ListError::Spool)?;
        Ok(survey)
    }

    /// Rows of the part that is graded.
    pub fn count(&self) -> u64 {
        self.mine.count()
    }

    fn choose(&mut self, row: &Row) {
        let Ok(project) = &row.project else { return };
        let names = &project.challenges;
        if !names.is_empty() && self.selections.len() < MOST_SELECTIONS && !self.selections.contains(names) {
            self.selections.insert(names.clone());
        }
    }

    /// The row, or why it is not graded because of another one.
    pub(super) fn checked(&self, mut row: Row) -> Row {
        if let Some(first) = self.duplicates.get(&row.line) {
            let text = format!("the id `{}` is that of line {first}, too, and only that one is graded", row.id);
            row.project = Err(Reason::new(ReasonKind::DuplicateId, text));
        }
        row
    }
}

/// Hashes of ids, which are as good as unique: nobody knows the keys, which are others in every run.
#[derive(Debug, Default)]
struct IdHash(RandomState, RandomState);

impl IdHash {
    fn of(&self, id: &str) -> u128 {
        u128::from(self.0.hash_one(id)) << 64 | u128::from(self.1.hash_one(id))
    }
}

/// The ids of a list, to find those that are there twice. Long lists are sorted on disk.
#[derive(Debug, Default)]
struct Ids {
    chunk: Vec<(u128, u64)>,
    spool: Option<File>,
    /// How many entries each sorted part of the file has.
    parts: Vec<usize>,
}

impl Ids {
    fn add(&mut self, id: u128, line: u64) -> io::Result<()> {
        self.chunk.push((id, line));
        if self.chunk.len() >= CHUNK { self.put_away() } else { Ok(()) }
    }

    fn put_away(&mut self) -> io::Result<()> {
        self.chunk.sort_unstable();
        let file = match &mut self.spool {
            Some(file) => file,
            spool @ None => spool.insert(tempfile::tempfile()?),
        };
        let mut bytes = Vec::with_capacity(self.chunk.len() * ENTRY);
        for (id, line) in &self.chunk {
            bytes.extend_from_slice(&id.to_be_bytes());
            bytes.extend_from_slice(&line.to_be_bytes());
        }
        file.write_all(&bytes)?;
        self.parts.push(self.chunk.len());
        self.chunk.clear();
        Ok(())
    }

    /// The line of each id that an earlier line has, and the earliest.
    fn duplicates(mut self) -> io::Result<HashMap<u64, u64>> {
        let mut found = HashMap::new();
        let mut first: Option<(u128, u64)> = None;
        let mut see = |(id, line)| match first {
            Some((known, earliest)) if known == id => {
                found.insert(line, earliest);
            }
            _ => first = Some((id, line)),
        };
        let Some(mut file) = self.spool.take() else {
            self.chunk.sort_unstable();
            self.chunk.into_iter().for_each(see);
            return Ok(found);
        };
        self.spool = Some(file.try_clone()?);
        self.put_away()?;
        let mut parts = Vec::with_capacity(self.parts.len());
        let mut at = 0;
        for count in self.parts {
            parts.push(Part { at, left: count, held: Vec::new() });
            at += (count * ENTRY) as u64;
        }
        let mut heap = std::collections::BinaryHeap::new();
        for (index, part) in parts.iter_mut().enumerate() {
            heap.extend(part.next(&mut file)?.map(|entry| std::cmp::Reverse((entry, index))));
        }
        while let Some(std::cmp::Reverse((entry, index))) = heap.pop() {
            see(entry);
            if let Some(next) = parts.get_mut(index).map(|part| part.next(&mut file)).transpose()?.flatten() {
                heap.push(std::cmp::Reverse((next, index)));
            }
        }
        Ok(found)
    }
}

/// A sorted part of the file.
struct Part {
    at: u64,
    left: usize,
    /// The next entries, the first at the end.
    held: Vec<(u128, u64)>,
}

impl Part {
    fn next(&mut self, file: &mut File) -> io::Result<Option<(u128, u64)>> {
        if self.held.is_empty() && self.left > 0 {
            let count = self.left.min(AHEAD);
            let mut bytes = vec![0; count * ENTRY];
            file.seek(SeekFrom::Start(self.at))?;
            file.read_exact(&mut bytes)?;
            self.at += bytes.len() as u64;
            self.left -= count;
            let number = |bytes: &[u8]| bytes.iter().fold(0, |sum, byte| sum << 8 | u128::from(*byte));
            let entry = |bytes: &[u8]| {
                let (id, line) = bytes.split_at(16);
                (number(id), u64::try_from(number(line)).unwrap_or_default())
            };
            self.held = bytes.chunks_exact(ENTRY).map(entry).rev().collect();
        }
        Ok(self.held.pop())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_that_are_there_twice_are_found_in_long_lists_too() {
        for count in [10, CHUNK as u64 - 1, CHUNK as u64, 5 * CHUNK as u64 / 2] {
            let (mut ids, hash) = (Ids::default(), IdHash::default());
            for line in 0..count {
                // Every seventh id is that of line 3.
                let id = if line % 7 == 3 { 3 } else { line };
                ids.add(hash.of(&id.to_string()), line).unwrap();
            }
            let found = ids.duplicates().unwrap();
            let expected: HashMap<u64, u64> =
                (0..count).filter(|line| line % 7 == 3 && *line != 3).map(|line| (line, 3)).collect();
            assert_eq!(found, expected, "{count}");
        }
    }

    #[test]
    fn a_list_is_looked_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("list.csv");
        std::fs::write(&path, "id,url,challenges\na,u,x;y\nb,u,\na,u,x;y\n,u,z\n").unwrap();
        let list = List::open(&path, None).unwrap();
        let survey = Survey::of(&list, Shard::WHOLE).unwrap();
        assert_eq!((survey.rows, survey.count(), survey.selections.len()), (4, 4, 2));
        let mut rows = list.rows().unwrap();
        let mut whys = Vec::new();
        while let Some(row) = rows.next().unwrap() {
            whys.extend(survey.checked(row).project.err().map(|why| why.text));
        }
        assert_eq!(whys, ["the id `a` is that of line 2, too, and only that one is graded"]);
        let parts: u64 = (1..=3).map(|index| Survey::of(&list, Shard { index, count: 3 }).unwrap().count()).sum();
        assert_eq!(parts, 4);
    }
}
