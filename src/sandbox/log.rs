//! The requests of one hint, on the caller's side.

use std::sync::Arc;

use super::substitute;
use crate::fetch::{Answer, Exchange, Fetched};
use crate::verdict::Note;

/// What was asked for, in order, and what came of it.
#[derive(Default)]
pub(super) struct Log {
    requests: Vec<(u32, Arc<str>, Option<Exchange>)>,
    substituted: Vec<String>,
}

impl Log {
    /// A request is made, which is called by its label.
    pub(super) fn asked(&mut self, id: u32, label: Arc<str>) {
        self.requests.push((id, label, None));
    }

    /// A request has its answer: what the engine gets of it.
    pub(super) fn answered(&mut self, id: u32, fetched: Fetched) -> Box<Answer> {
        let Fetched { result, exchange } = fetched;
        let (result, substituted) = substitute::or_own(result, &exchange.url);
        self.substituted.extend(substituted.then(|| exchange.url.to_string()));
        if let Some(entry) = self.requests.iter_mut().find(|(known, ..)| *known == id) {
            entry.2 = Some(exchange);
        }
        Box::new(result)
    }

    /// The label of the first request that has no answer.
    pub(super) fn waiting_for(&self) -> Option<String> {
        self.requests.iter().find(|(_, _, exchange)| exchange.is_none()).map(|(_, label, _)| label.to_string())
    }

    /// The requests that have one, and what the reader should know of them.
    pub(super) fn finish(self) -> (Vec<Exchange>, Vec<Note>) {
        let exchanges = self.requests.into_iter().filter_map(|(_, _, exchange)| exchange).collect();
        (exchanges, self.substituted.into_iter().map(|url| Note::SubstitutedAnswer { url }).collect())
    }
}
