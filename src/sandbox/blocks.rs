//! What was read off the text of blocks, kept for the next page that runs the same ones.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::compile::Analysis;

/// Texts beyond this many bytes in all are not kept.
const MOST: usize = 4 << 20;

/// Analyses by the text of their code.
#[derive(Default)]
pub(super) struct Blocks {
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    by_text: HashMap<Arc<str>, Arc<Analysis>>,
    bytes: usize,
}

impl Blocks {
    pub(super) fn get(&self, text: &str) -> Option<Arc<Analysis>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).by_text.get(text).cloned()
    }

    pub(super) fn insert(&self, text: &str, analysis: &Arc<Analysis>) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.bytes + text.len() <= MOST {
            known.bytes += text.len();
            known.by_text.insert(text.into(), Arc::clone(analysis));
        }
    }
}
