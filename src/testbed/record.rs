//! What the server was asked.

use std::sync::{Mutex, PoisonError};

use bytes::Bytes;

/// The most requests that are kept word for word; all are counted.
const MAX_KEPT: usize = 10_000;

/// One request as it came.
#[derive(Debug, Clone)]
pub struct Seen {
    /// Method.
    pub method: String,
    /// Path and query.
    pub target: String,
    /// Headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// Body.
    pub body: Bytes,
}

impl Seen {
    /// A header; `name` in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// All requests.
#[derive(Debug, Default)]
pub(super) struct Record(Mutex<(usize, Vec<Seen>)>);

impl Record {
    pub(super) fn add(&self, seen: impl FnOnce() -> Seen) {
        let mut record = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        record.0 += 1;
        if record.1.len() < MAX_KEPT {
            record.1.push(seen());
        }
    }

    pub(super) fn count(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).0
    }

    pub(super) fn all(&self) -> Vec<Seen> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).1.clone()
    }
}
