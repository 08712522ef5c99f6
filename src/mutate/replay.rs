//! Answers hints from a recording, one of the answers changed.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;

use super::key::Key;
use super::live::Live;
use super::record::Recording;
use crate::fetch::{
    Basis, Exchange, ExchangeEnd, FetchError, FetchFuture, Fetched, Fetcher, InFlight, Phase, Request, TransportError,
    TransportKind, View,
};
use crate::grader::Submission;

/// An answer that takes the place of a recorded one.
#[derive(Debug, Clone)]
pub struct Changed {
    /// The hint.
    pub hint: usize,
    /// Which of its answers.
    pub answer: usize,
    /// What comes instead.
    pub fetched: Fetched,
}

/// A submission that answers from a recording. One hint at a time.
pub struct Replay<'r> {
    code: &'r str,
    shared: Arc<Shared>,
}

struct Shared {
    recording: Arc<Recording>,
    live: Live,
    now: Mutex<Now>,
}

/// What is replayed.
#[derive(Debug, Default)]
struct Now {
    hint: usize,
    changed: Option<Changed>,
    /// How often each request was answered.
    answered: HashMap<Key, usize>,
    /// Whether a request could not be answered.
    missed: bool,
    /// Whether the changed answer was given.
    given: bool,
    basis: Basis,
}

impl<'r> Replay<'r> {
    /// Answers for the project at `code`; what is not recorded is asked for through `live`.
    pub fn new(code: &'r str, recording: Arc<Recording>, live: Live) -> Self {
        Self { code, shared: Arc::new(Shared { recording, live, now: Mutex::default() }) }
    }

    /// Begins anew, with this change or none.
    pub fn begin(&self, changed: Option<Changed>) {
        *self.shared.lock() = Now { changed, ..Now::default() };
    }

    /// The next requests are those of this hint.
    pub fn enter(&self, hint: usize) {
        let mut now = self.shared.lock();
        now.hint = hint;
        now.answered.clear();
    }

    /// Whether what became of the hint says nothing about the change: a request could not be answered since it began, or the
    /// changed answer was not asked for.
    pub fn says_nothing(&self) -> bool {
        let now = self.shared.lock();
        now.missed || (now.changed.is_some() && !now.given)
    }
}

impl Submission for Replay<'_> {
    fn code(&self) -> &str {
        self.code
    }

    fn open(&self) -> Box<dyn View> {
        Box::new(ReplayView { shared: Arc::clone(&self.shared) })
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Now> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn recorded(&self, request: &Request) -> Option<Fetched> {
        let key = Key::of(request);
        let mut now = self.lock();
        let hint = now.hint;
        let times = now.answered.entry(key.clone()).or_default();
        let before = *times;
        *times += 1;
        if let Some((record, at)) =
            self.recording.hints.get(hint).and_then(|record| Some((record, record.find(&key, before)?)))
        {
            let changed = now.changed.as_ref().filter(|changed| changed.hint == hint && changed.answer == at);
            let changed = changed.map(|changed| changed.fetched.clone());
            now.given |= changed.is_some();
            return match changed {
                Some(fetched) => Some(fetched),
                None => record.answers.get(at).map(|answer| answer.fetched.clone()),
            };
        }
        // What runs around the hints may have asked it in another one.
        let count = self.recording.hints.len();
        let others = (0..hint.min(count)).rev().chain(hint + 1..count);
        others.filter_map(|other| self.recording.hints.get(other)).find_map(|record| {
            let at = record.find(&key, usize::MAX)?;
            record.answers.get(at).map(|answer| answer.fetched.clone())
        })
    }

    async fn answer(&self, request: Request) -> Fetched {
        if let Some(fetched) = self.recorded(&request) {
            return fetched;
        }
        let safe = matches!(request.method.to_ascii_uppercase().as_str(), "GET" | "HEAD");
        let asked = if safe { self.live.ask(request.clone()).await } else { None };
        let mut now = self.lock();
        if let Some((fetched, basis)) = asked {
            now.basis = now.basis.max(basis);
            return fetched;
        }
        now.missed = true;
        drop(now);
        unanswered(request)
    }
}

fn unanswered(request: Request) -> Fetched {
    let error = FetchError::Transport(TransportError {
        kind: TransportKind::Other,
        url: request.url.clone(),
        phase: Phase::Connecting,
        elapsed: Duration::ZERO,
        detail: format!("the recording has no answer to {} {}", request.method, request.url),
    });
    let exchange = Exchange {
        method: request.method,
        url: request.url,
        hops: [].into(),
        end: ExchangeEnd::Failed(error.clone()),
        body: Bytes::new(),
        duration: Duration::ZERO,
        from_memo: false,
        file: None,
    };
    Fetched { result: Err(error), exchange }
}

struct ReplayView {
    shared: Arc<Shared>,
}

impl Fetcher for ReplayView {
    fn fetch(&self, request: Request) -> FetchFuture<'_> {
        Box::pin(self.shared.answer(request))
    }
}

impl View for ReplayView {
    fn next_hint(&self, _memo: bool) {
        // By another engine perhaps, which asks everything again.
        self.shared.lock().answered.clear();
    }

    fn cookies_used(&self) -> bool {
        false
    }

    fn in_flight(&self) -> Option<InFlight> {
        None
    }

    fn basis(&self) -> Basis {
        self.shared.lock().basis
    }
}
