//! Challenges in a stable order.

use std::cmp::Ordering;
use std::collections::HashSet;
use std::sync::Arc;

use super::entry::{Entry, Origin};
use super::place::Place;
use crate::challenge::Challenge;

/// Challenges by language, block and place in the block.
#[derive(Debug, Clone, Default)]
pub struct Index {
    entries: Vec<Arc<Entry>>,
}

impl Index {
    /// Puts entries in order. A file takes the place of the built-in challenge of the same language, block and name.
    pub fn new(entries: impl IntoIterator<Item = Entry>) -> Self {
        Self::from_shared(entries.into_iter().map(Arc::new))
    }

    /// As [`Index::new`], for entries that are shared.
    pub fn from_shared(entries: impl IntoIterator<Item = Arc<Entry>>) -> Self {
        let mut entries: Vec<Arc<Entry>> = entries.into_iter().collect();
        let files: HashSet<Place> =
            entries.iter().filter(|entry| entry.origin == Origin::File).map(|entry| entry.place.clone()).collect();
        let mut seen = HashSet::new();
        entries.retain(|entry| match entry.origin {
            Origin::BuiltIn => !files.contains(&entry.place) && seen.insert((entry.origin, entry.path.clone())),
            Origin::File => seen.insert((entry.origin, entry.path.clone())),
        });
        entries.sort_by(|one, other| compare(one, other));
        Self { entries }
    }

    /// All entries, in order.
    pub fn entries(&self) -> &[Arc<Entry>] {
        &self.entries
    }

    /// Both together; files go before built-in challenges of the same name.
    #[must_use]
    pub fn merged(&self, other: &Self) -> Self {
        Self::from_shared(self.entries.iter().chain(&other.entries).cloned())
    }
}

/// Language, block, `order`, file name; then files before built-in ones.
fn compare(one: &Entry, other: &Entry) -> Ordering {
    fn group(entry: &Entry) -> (Option<&str>, Option<&str>) {
        (entry.place.language.as_deref(), entry.place.block.as_deref())
    }
    let order = |entry: &Entry| entry.challenge().and_then(order_of).unwrap_or(f64::INFINITY);
    group(one)
        .cmp(&group(other))
        .then_with(|| order(one).total_cmp(&order(other)))
        .then_with(|| one.place.stem.cmp(&other.place.stem))
        .then_with(|| one.origin.cmp(&other.origin))
        .then_with(|| one.path.cmp(&other.path))
}

fn order_of(challenge: &Challenge) -> Option<f64> {
    challenge.order.filter(|order| !order.is_nan())
}
