//! Answers of one page that are used again.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::Fetched;

/// The most answers that are kept, and the most bytes of their bodies together.
const MAX_ANSWERS: usize = 256;
const MAX_BYTES: usize = 32 * 1024 * 1024;

/// Answers to plain GETs, good until something could have changed the project.
#[derive(Debug, Default)]
pub(super) struct Memo(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    /// By their addresses. A page asks for few: looking through them costs less than a table.
    answers: Vec<(String, Fetched)>,
    bytes: usize,
    /// Counts the changes: an answer that was asked for before a change is not kept after it.
    generation: u64,
}

impl Memo {
    pub(super) fn get(&self, url: &str) -> Option<Fetched> {
        self.lock().answers.iter().find(|(known, _)| known == url).map(|(_, fetched)| fetched.clone())
    }

    pub(super) fn generation(&self) -> u64 {
        self.lock().generation
    }

    /// Keeps an answer that was asked for at `generation`.
    pub(super) fn put(&self, url: String, fetched: &Fetched, generation: u64) {
        let mut state = self.lock();
        let size = fetched.exchange.body.len();
        let full = state.answers.len() >= MAX_ANSWERS || state.bytes + size > MAX_BYTES;
        // Who asked for the same at the same time may have been first.
        if state.generation != generation || full || state.answers.iter().any(|(known, _)| *known == url) {
            return;
        }
        state.bytes += size;
        state.answers.push((url, fetched.clone()));
    }

    /// Forgets everything.
    pub(super) fn clear(&self) {
        let mut state = self.lock();
        state.answers.clear();
        state.bytes = 0;
        state.generation += 1;
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
