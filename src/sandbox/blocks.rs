//! What was read off the text of blocks, and what the engine made of them, kept for the next page that runs the same
//! ones.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::bytecode::Bytecode;
use super::compile::Analysis;
use super::searches::Searches;

/// Texts beyond this many bytes in all are not kept.
const MOST: usize = 4 << 20;
/// The same for bytecode with the texts that it was made of.
const MOST_BYTECODE: usize = 8 << 20;
/// Text of at most this many bytes cannot be too deep for a thread's stack.
const SHALLOW: usize = 2048;

/// Analyses and bytecode by text.
#[derive(Default)]
pub(super) struct Blocks {
    known: Mutex<Known>,
    compiled: Mutex<CompiledTexts>,
    /// Searches outside of the engine, if it is to leave any to others.
    searches: Option<Arc<Searches>>,
}

#[derive(Default)]
struct CompiledTexts {
    by_text: HashMap<Box<str>, Arc<Bytecode>>,
    bytes: usize,
}

#[derive(Default)]
struct Known {
    by_text: HashMap<Arc<str>, Arc<Analysis>>,
    bytes: usize,
}

impl Blocks {
    /// With searches outside of the engine.
    pub(super) fn with_searches() -> Self {
        Self { searches: Some(Arc::default()), ..Self::default() }
    }

    /// Searches outside of the engine, if there are to be any.
    pub(super) fn searches(&self) -> Option<Arc<Searches>> {
        self.searches.clone()
    }

    pub(super) fn get(&self, text: &str) -> Option<Arc<Analysis>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).by_text.get(text).cloned()
    }

    /// Whether the parsers are known to get through a text with such a stack.
    pub(super) fn is_shallow(&self, text: &str, stack: usize) -> bool {
        text.len() <= SHALLOW || self.get(text).is_some_and(|known| known.is_proven(stack))
    }

    pub(super) fn insert(&self, text: &str, analysis: &Arc<Analysis>) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let bytes = text.len() + analysis.len();
        if known.bytes + bytes <= MOST {
            known.bytes += bytes;
            known.by_text.insert(text.into(), Arc::clone(analysis));
        }
    }

    /// The bytecode of the text that the engine evaluates for a block.
    pub(super) fn bytecode(&self, text: &str) -> Option<Arc<Bytecode>> {
        self.compiled.lock().unwrap_or_else(PoisonError::into_inner).by_text.get(text).cloned()
    }

    pub(super) fn keep_bytecode(&self, text: &str, bytecode: Bytecode) {
        let mut compiled = self.compiled.lock().unwrap_or_else(PoisonError::into_inner);
        let bytes = text.len() + bytecode.len();
        if compiled.bytes + bytes <= MOST_BYTECODE && compiled.by_text.insert(text.into(), Arc::new(bytecode)).is_none()
        {
            compiled.bytes += bytes;
        }
    }
}
