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

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use bytes::Bytes;
    use url::Url;

    use super::super::error::{FetchError, Refusal, RefusalKind};
    use super::super::exchange::{Exchange, ExchangeEnd};
    use super::*;

    fn answer(body: &str) -> Fetched {
        let url = Url::parse("http://a/").unwrap();
        let refusal = Refusal { kind: RefusalKind::TooManyRedirects, url: url.clone(), hop: 0, preflight: false };
        let exchange = Exchange {
            method: "GET".to_owned(),
            url,
            hops: [].into(),
            end: ExchangeEnd::Answered,
            body: Bytes::copy_from_slice(body.as_bytes()),
            duration: Duration::ZERO,
            from_memo: false,
            file: None,
        };
        Fetched { result: Err(FetchError::Refused(refusal)), exchange }
    }

    fn body(memo: &Memo, url: &str) -> Option<Bytes> {
        memo.get(url).map(|fetched| fetched.exchange.body)
    }

    #[test]
    fn the_first_answer_stays_until_something_changes() {
        let memo = Memo::default();
        let before = memo.generation();
        memo.put("http://a/".to_owned(), &answer("one"), before);
        memo.put("http://a/".to_owned(), &answer("other"), before);
        assert_eq!((body(&memo, "http://a/"), body(&memo, "http://b/")), (Some("one".into()), None));
        let kept = memo.lock();
        assert_eq!((kept.answers.len(), kept.bytes), (1, 3));
        drop(kept);
        memo.clear();
        memo.put("http://a/".to_owned(), &answer("two"), before);
        assert_eq!(body(&memo, "http://a/"), None, "it was asked for before the change");
        memo.put("http://a/".to_owned(), &answer("three"), memo.generation());
        assert_eq!(body(&memo, "http://a/"), Some("three".into()));
    }

    #[test]
    fn it_keeps_so_many_and_so_much() {
        let memo = Memo::default();
        for number in 0..=MAX_ANSWERS {
            memo.put(number.to_string(), &answer(""), 0);
        }
        assert!(body(&memo, "255").is_some() && body(&memo, "256").is_none());
        let memo = Memo::default();
        memo.put("large".to_owned(), &answer(&"x".repeat(MAX_BYTES)), 0);
        memo.put("more".to_owned(), &answer("x"), 0);
        assert!(body(&memo, "large").is_some() && body(&memo, "more").is_none());
    }
}
