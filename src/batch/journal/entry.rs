//! Lines of a journal.

use std::io::Write as _;

use serde::{Deserialize, Serialize};

use super::fingerprint::Fingerprint;
use crate::batch::tally::Verdict;
use crate::grader::Counts;

/// What the first line says it is.
const FORMAT: &str = "grade journal";
/// Version of the form.
const VERSION: u32 = 1;

/// A result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record<'l> {
    /// The number of its row, from 0.
    pub number: u64,
    /// The verdict.
    pub verdict: Verdict,
    /// Its hints by outcome.
    pub counts: Counts,
    /// The result: one JSON object without a line break.
    pub line: &'l [u8],
}

/// What a line is.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::batch) enum Entry<'l> {
    /// The first one.
    Header(Fingerprint),
    /// A result.
    Record(Record<'l>),
    /// Results with these verdicts count no more.
    Again(Vec<Verdict>),
}

#[derive(Serialize, Deserialize)]
struct Header {
    format: String,
    form: u32,
    #[serde(flatten)]
    fingerprint: Fingerprint,
}

impl Entry<'_> {
    /// Adds the line to `out`.
    pub fn write(&self, out: &mut Vec<u8>) {
        let start = out.len();
        out.extend_from_slice(b"........ ");
        let body = out.len();
        // Nothing fails that writes into memory.
        match self {
            Self::Header(fingerprint) => {
                let header = Header { format: FORMAT.to_owned(), form: VERSION, fingerprint: fingerprint.clone() };
                let _ = write!(out, "H {}", serde_json::to_string(&header).unwrap_or_default());
            }
            Self::Record(Record { number, verdict, counts, line }) => {
                let Counts { passed, failed, errored, unchecked, skipped } = *counts;
                // By hand: there is one for every submission, and formatting takes as long as all the rest of it.
                let mut digits = itoa::Buffer::new();
                out.extend_from_slice(b"R ");
                out.extend_from_slice(digits.format(*number).as_bytes());
                out.push(b' ');
                out.extend_from_slice(verdict.name().as_bytes());
                out.push(b' ');
                for count in [passed, failed, errored, unchecked, skipped] {
                    out.extend_from_slice(digits.format(count).as_bytes());
                    out.push(b' ');
                }
                out.extend_from_slice(line);
            }
            Self::Again(verdicts) => {
                let names: Vec<&str> = verdicts.iter().map(|verdict| verdict.name()).collect();
                let _ = write!(out, "A {}", names.join(","));
            }
        }
        let sum = crc32fast::hash(out.get(body..).unwrap_or_default());
        if let Some(place) = out.get_mut(start..body) {
            let _ = write!(&mut *place, "{sum:08x}");
        }
        out.push(b'\n');
    }
}

impl<'l> Entry<'l> {
    /// Reads a line without its line break; nothing when it is damaged.
    pub fn read(line: &'l [u8]) -> Option<Self> {
        let (sum, body) = line.split_at_checked(9)?;
        let sum = std::str::from_utf8(sum.strip_suffix(b" ")?).ok()?;
        // As it is written: a `+` or capital letters would be accepted otherwise.
        if sum.len() != 8 || sum != format!("{:08x}", crc32fast::hash(body)) {
            return None;
        }
        let (kind, rest) = body.split_at_checked(2)?;
        match kind {
            b"H " => {
                let header: Header = serde_json::from_slice(rest).ok()?;
                (header.format == FORMAT && header.form == VERSION).then_some(Self::Header(header.fingerprint))
            }
            b"R " => record(rest).map(Self::Record),
            b"A " => {
                let names = std::str::from_utf8(rest).ok()?;
                names.split(',').map(Verdict::find).collect::<Option<_>>().map(Self::Again)
            }
            _ => None,
        }
    }
}

fn record(rest: &[u8]) -> Option<Record<'_>> {
    let mut words = rest.splitn(8, |byte| *byte == b' ');
    let mut word = || std::str::from_utf8(words.next()?).ok();
    let number = word()?.parse().ok()?;
    let verdict = Verdict::find(word()?)?;
    let mut count = || word()?.parse().ok();
    let counts =
        Counts { passed: count()?, failed: count()?, errored: count()?, unchecked: count()?, skipped: count()? };
    Some(Record { number, verdict, counts, line: words.next()? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::shard::Shard;

    #[test]
    fn lines_are_read_as_they_were_written() {
        let counts = Counts { passed: 1, failed: 2, errored: 3, unchecked: 4, skipped: 5 };
        let fingerprint = Fingerprint {
            list: "l".into(),
            rows: 9,
            challenges: "c".into(),
            rules: "honest".into(),
            version: "0.1.0".into(),
            shard: Shard { index: 2, count: 3 },
        };
        for entry in [
            Entry::Header(fingerprint),
            Entry::Record(Record { number: 7, verdict: Verdict::Failed, counts, line: b"{\"a b\": 1}" }),
            Entry::Again(vec![Verdict::Errored, Verdict::Ungraded]),
        ] {
            let mut out = b"before\n".to_vec();
            entry.write(&mut out);
            let line = out.strip_prefix(b"before\n").unwrap().strip_suffix(b"\n").unwrap();
            assert_eq!(Entry::read(line), Some(entry));
            for at in 0..line.len() {
                for flip in [1, 32, 128] {
                    let mut damaged = line.to_vec();
                    damaged[at] ^= flip;
                    assert_eq!(Entry::read(&damaged), None, "{at} {flip}");
                }
            }
        }
        assert_eq!(Entry::read(b""), None);
        assert_eq!(Entry::read(b"00000000 "), None);
    }
}
