//! A finding's fingerprint: the same when lines above it come and go, and different from that of every other finding.

use std::collections::HashMap;
use std::hash::Hasher;

use fnv::FnvHasher;

use super::Checked;
use crate::lint::Finding;

/// Bytes around the beginning of a finding that tell it from others.
const BEFORE: usize = 80;
const AFTER: usize = 160;

/// The fingerprints of a file.
#[derive(Debug, Default)]
pub(super) struct Fingerprints {
    seen: HashMap<u64, u64>,
}

impl Fingerprints {
    /// Sixteen hexadecimal digits, from the rule, the file, and the words of the line around the finding. Findings that have
    /// all of that in common are numbered.
    pub fn of(&mut self, checked: &Checked<'_>, finding: &Finding) -> String {
        let own = hash(&[checked.file, finding.rule.code, &context(checked.text, finding.span.start)], 0);
        let number = self.seen.entry(own).or_default();
        *number += 1;
        let unique = if *number == 1 { own } else { hash(&[&format!("{own:016x}")], *number) };
        format!("{unique:016x}")
    }
}

/// What stands around a place in its line, whatever the blanks.
fn context(text: &str, at: usize) -> String {
    let start = text.ceil_char_boundary(at.saturating_sub(BEFORE));
    let at = text.floor_char_boundary(at).max(start);
    let end = text.floor_char_boundary(at + AFTER);
    let before = text.get(start..at).unwrap_or("").rsplit(['\n', '\r']).next().unwrap_or("");
    let after = text.get(at..end).unwrap_or("").split(['\n', '\r']).next().unwrap_or("");
    before.split_whitespace().chain(["|"]).chain(after.split_whitespace()).collect::<Vec<_>>().join(" ")
}

fn hash(parts: &[&str], number: u64) -> u64 {
    let mut hasher = FnvHasher::default();
    for part in parts {
        hasher.write(part.as_bytes());
        hasher.write_u8(0xff);
    }
    hasher.write_u64(number);
    hasher.finish()
}
