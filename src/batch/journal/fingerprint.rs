//! What a journal belongs to.

use serde::{Deserialize, Serialize};

use crate::batch::shard::Shard;

/// What results depend on: a journal of something else is not continued.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprint {
    /// SHA-256 of the list.
    pub list: String,
    /// Rows of the list, of all parts.
    pub rows: u64,
    /// SHA-256 of the challenges.
    pub challenges: String,
    /// The rules, in words.
    pub rules: String,
    /// Version of grade.
    pub version: String,
    /// The part of the list.
    pub shard: Shard,
}

impl Fingerprint {
    /// What differs, seen from this journal, in words.
    pub fn difference(&self, run: &Self) -> Option<String> {
        self.difference_but_part(run).or_else(|| {
            (self.shard != run.shard)
                .then(|| format!("it holds part {}, and this run is about part {}", self.shard, run.shard))
        })
    }

    /// The same for journals of different parts.
    pub fn difference_but_part(&self, run: &Self) -> Option<String> {
        if self.version != run.version {
            return Some(format!("it was written by grade {}, and this is {}", self.version, run.version));
        }
        if (&self.list, self.rows) != (&run.list, run.rows) {
            return Some("its list is another one, or has changed since".to_owned());
        }
        if self.challenges != run.challenges {
            return Some("its challenges are other ones, or their files have changed since".to_owned());
        }
        if self.rules != run.rules {
            return Some(format!("it was graded by the rules `{}`, and this run by `{}`", self.rules, run.rules));
        }
        None
    }
}
