//! What an explanation is made from, and the questions that all of them ask it.

use super::model::Source;
use super::pattern::source_of;
use super::source_text;
use crate::fetch::Exchange;
use crate::verdict::{Failure, HintResult};

/// What an explanation is made from.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The hint's outcome, with its facts and requests.
    pub result: &'a HintResult,
    /// The hint's test block.
    pub test: &'a str,
    /// The project's URL as the test saw it.
    pub url: &'a str,
}

impl<'a> Subject<'a> {
    /// The request that a failure is about: the one that the looked-at value came from, else the last one.
    pub(super) fn request(&self, failure: &Failure) -> Option<(usize, &'a Exchange)> {
        let known = failure.assertion.as_ref().and_then(|facts| facts.request);
        let index = known.or_else(|| self.result.exchanges.len().checked_sub(1))?;
        Some((index, self.result.exchanges.get(index)?))
    }

    /// The statement of the test that failed.
    pub(super) fn statement(&self, failure: &Failure) -> Option<&'a str> {
        let place = failure.position?;
        let line = place.line.checked_sub(self.result.line)?;
        source_text::statement(self.test, line, place.column.saturating_sub(1))
    }

    /// Whether the test says this, as a word of its own.
    pub(super) fn mentions(&self, word: &str) -> bool {
        source_text::has_word(self.test, word)
    }

    /// Where a request's answer is to be found by the learner.
    pub(super) fn source(&self, index: usize) -> Source {
        match self.result.exchanges.get(index) {
            Some(exchange) => source_of(exchange, index),
            None => Source { name: "the answer".to_owned(), file: None, request: None },
        }
    }
}

/// The file that freeCodeCamp's starter projects show at this path.
pub(super) fn shown_file(path: &str) -> Option<&str> {
    let shown = path.strip_prefix("/_api/")?;
    let is_file = shown == "package.json" || shown.strip_suffix(".js").is_some_and(|name| !name.is_empty());
    (is_file && !shown.contains('/')).then_some(shown)
}

/// `GET /api/status`
pub(super) fn asked(exchange: &Exchange) -> String {
    let query = exchange.url.query().map(|query| format!("?{query}")).unwrap_or_default();
    format!("{} {}", exchange.method, super::show::line(&format!("{}{query}", exchange.url.path()), 120))
}
