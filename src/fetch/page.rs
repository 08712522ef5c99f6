//! The page of one challenge: it makes requests, and remembers what a page remembers.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use url::Url;

use super::chain::{Chain, Trace};
use super::cookies::Jar;
use super::error::{FetchError, Phase, Refusal, TransportError, TransportKind};
use super::exchange::{Exchange, ExchangeEnd};
use super::flight::{Flights, InFlight, Ticket};
use super::headers::Pairs;
use super::http::Client;
use super::memo::Memo;
use super::preflights::Preflights;
use super::request::{Credentials, Initiator, Redirect, Request};
use super::response::Response;
use super::{FetchFuture, Fetched, Fetcher, retry};

/// A page at `https://www.freecodecamp.org` in which the hints of one challenge run.
#[derive(Debug)]
pub struct Page {
    state: PageState,
    memo: Memo,
    memo_on: AtomicBool,
    requests: AtomicUsize,
    flights: Flights,
}

/// The part of a page that a request needs on its way.
#[derive(Debug)]
pub(super) struct PageState {
    pub(super) client: Client,
    pub(super) preflights: Preflights,
    jar: Mutex<Jar>,
    cookies_sent: AtomicBool,
}

impl PageState {
    /// The value of `Cookie`, noting that there is one.
    pub(super) fn cookies_for(&self, url: &Url) -> Option<String> {
        let value = self.jar().header(url)?;
        self.cookies_sent.store(true, Ordering::Relaxed);
        Some(value)
    }

    fn jar(&self) -> MutexGuard<'_, Jar> {
        self.jar.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn keep_cookies(&self, answer: &Pairs, url: &Url) {
        if answer.iter().any(|(name, _)| name == "set-cookie") {
            self.jar().keep(answer, url);
        }
    }
}

impl Page {
    /// An empty page: no cookies, nothing remembered.
    pub fn new(client: &Client) -> Self {
        let lenient = client.settings().keep_xhr_cookies;
        Self {
            state: PageState {
                client: client.clone(),
                preflights: Preflights::default(),
                jar: Mutex::new(Jar::new(lenient)),
                cookies_sent: AtomicBool::new(false),
            },
            memo: Memo::default(),
            memo_on: AtomicBool::new(false),
            requests: AtomicUsize::new(0),
            flights: Flights::default(),
        }
    }

    /// Begins a hint: requests are counted anew, and `memo` says whether plain GETs may be answered with what earlier
    /// hints got. Cookies and what was remembered stay.
    pub fn next_hint(&self, memo: bool) {
        self.memo_on.store(memo, Ordering::Relaxed);
        self.requests.store(0, Ordering::Relaxed);
        self.state.cookies_sent.store(false, Ordering::Relaxed);
        self.flights.clear();
        self.state.jar().begin();
    }

    /// Begins a hint anew, without memo: nothing that it asked for has happened.
    pub fn hint_again(&self) {
        self.state.jar().restore();
        self.next_hint(false);
    }

    /// Whether this hint sent cookies.
    pub fn cookies_used(&self) -> bool {
        self.state.cookies_sent.load(Ordering::Relaxed)
    }

    /// What is waited for: the oldest request under way, else the one whose future was dropped last in this hint.
    pub fn in_flight(&self) -> Option<InFlight> {
        self.flights.current(self.state.client.connections())
    }

    async fn answer(&self, request: &Request) -> Fetched {
        let started = Instant::now();
        let limit = self.state.client.settings().max_requests;
        if self.requests.fetch_add(1, Ordering::Relaxed) >= limit {
            return too_many(request, limit, started);
        }
        let memo_key = self.memo_key(request);
        if let Some(mut known) = memo_key.as_deref().and_then(|key| self.memo.get(key)) {
            known.exchange.from_memo = true;
            known.exchange.duration = started.elapsed();
            return known;
        }
        let generation = self.memo.generation();
        let changes = !["GET", "HEAD"].iter().any(|method| request.method.eq_ignore_ascii_case(method));
        if changes {
            self.memo.clear();
        }
        let fetched = self.exchange(request, started).await;
        if changes {
            self.memo.clear();
        } else if let (Some(key), ExchangeEnd::Answered) = (memo_key, &fetched.exchange.end) {
            self.memo.put(key, &fetched, generation);
        }
        fetched
    }

    async fn exchange(&self, request: &Request, started: Instant) -> Fetched {
        let method = super::policy::normalize_method(&request.method).unwrap_or_else(|_| request.method.clone());
        let ticket = self.flights.begin(&method, &request.url, self.state.client.connections(), started);
        let retries = self.state.client.settings().retry;
        let mut attempt = 0;
        let (result, trace) = loop {
            let mut trace = Trace::default();
            let result = self.attempt(request, &mut trace, &ticket).await;
            if attempt < retries && retry::may_repeat(&method, failure_of(&result), &trace) {
                let wish = self.state.client.settings().pace.wait(&request.url);
                tokio::time::sleep(retry::backoff(attempt).max(wish)).await;
                attempt += 1;
                continue;
            }
            break (result, trace);
        };
        ticket.finish();
        let end = match (&result, failure_of(&result)) {
            (Err(error), _) => ExchangeEnd::Failed(error.clone()),
            (Ok(_), Some(cut)) => ExchangeEnd::Failed(FetchError::Transport(cut.clone())),
            (Ok(_), None) => ExchangeEnd::Answered,
        };
        let exchange = Exchange {
            method,
            url: request.url.clone(),
            hops: trace.hops.into(),
            end,
            body: trace.body,
            duration: started.elapsed(),
            from_memo: false,
            file: None,
        };
        Fetched { result: result.map(Arc::new), exchange }
    }

    async fn attempt(&self, request: &Request, trace: &mut Trace, ticket: &Ticket) -> Result<Response, FetchError> {
        let mut chain = Chain::new(&self.state, request, trace, ticket).map_err(|kind| {
            FetchError::Refused(Refusal { kind, url: request.url.clone(), hop: 0, preflight: false })
        })?;
        let Some(limit) = self.state.client.settings().max_time else { return chain.run().await };
        if let Ok(result) = tokio::time::timeout(limit, chain.run()).await {
            return result;
        }
        let (phase, url) = ticket.now().unwrap_or((Phase::Waiting, request.url.clone()));
        let kind = TransportKind::Timeout { limit };
        let detail = kind.to_string();
        Err(FetchError::Transport(TransportError { kind, url, phase, elapsed: ticket.elapsed(), detail }))
    }

    /// The key under which an answer may be shared, for plain GETs only.
    fn memo_key(&self, request: &Request) -> Option<String> {
        let plain = self.memo_on.load(Ordering::Relaxed)
            && request.method.eq_ignore_ascii_case("GET")
            && request.body.is_none()
            && request.headers.is_empty()
            && request.initiator == Initiator::Fetch
            && request.credentials == Credentials::Omit
            && request.redirect == Redirect::Follow;
        plain.then(|| request.url[..url::Position::AfterQuery].to_owned())
    }
}

impl Fetcher for Page {
    fn fetch(&self, request: Request) -> FetchFuture<'_> {
        Box::pin(async move { self.answer(&request).await })
    }
}

/// The transport error of a request, be it instead of an answer or within its body.
fn failure_of(result: &Result<Response, FetchError>) -> Option<&TransportError> {
    match result {
        Err(FetchError::Transport(error)) => Some(error),
        Ok(response) => response.body.as_ref().err(),
        Err(FetchError::Refused(_)) => None,
    }
}

fn too_many(request: &Request, limit: usize, started: Instant) -> Fetched {
    let kind = TransportKind::TooManyRequests { limit };
    let error = FetchError::Transport(TransportError {
        detail: kind.to_string(),
        kind,
        url: request.url.clone(),
        phase: Phase::Connecting,
        elapsed: started.elapsed(),
    });
    let exchange = Exchange {
        method: request.method.clone(),
        url: request.url.clone(),
        hops: [].into(),
        end: ExchangeEnd::Failed(error.clone()),
        body: bytes::Bytes::new(),
        duration: started.elapsed(),
        from_memo: false,
        file: None,
    };
    Fetched { result: Err(error), exchange }
}
