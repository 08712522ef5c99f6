//! Answers to preflights, which hold for a few seconds.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use url::Url;

use super::cors;
use super::headers::{Header, Pairs};

/// The most that are kept.
const MAX_ENTRIES: usize = 100;

/// URL, origin and whether cookies go along.
type Key = (String, &'static str, bool);

/// Until when an answer holds, and its headers.
type Entry = (Instant, Vec<Header>);

/// The preflight cache of one page.
#[derive(Debug, Default)]
pub(super) struct Preflights(Mutex<HashMap<Key, Entry>>);

impl Preflights {
    pub(super) fn get(&self, url: &Url, origin: &'static str, include: bool) -> Option<Vec<Header>> {
        let entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (until, headers) = entries.get(&key(url, origin, include))?;
        (Instant::now() < *until).then(|| headers.clone())
    }

    pub(super) fn put(&self, url: &Url, origin: &'static str, include: bool, answer: &Pairs) {
        let until = Instant::now() + Duration::from_secs(cors::preflight_max_age(answer));
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if entries.len() >= MAX_ENTRIES {
            entries.clear();
        }
        entries.insert(key(url, origin, include), (until, answer.to_vec()));
    }
}

fn key(url: &Url, origin: &'static str, include: bool) -> Key {
    (url[..url::Position::AfterQuery].to_owned(), origin, include)
}
