//! The truth about a hint: what becomes of it against servers that have nothing to offer.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use grade::fetch::{
    Exchange, ExchangeEnd, FetchError, FetchFuture, Fetched, Fetcher, Phase, Request, Response, ResponseKind,
    TransportError, TransportKind,
};
use grade::sandbox::{Code, PageSettings, Program, Rules, Sandbox};
use grade::verdict::{Note, Outcome};

const URL: &str = "http://localhost:3000";

/// A server that has nothing to do with any challenge.
#[derive(Debug, Clone, Copy)]
pub enum Server {
    /// Refuses connections.
    Dead,
    /// Answers 404 to everything, as Express does.
    NotFound,
    /// Answers 200 and nothing else.
    Empty,
}

pub const SERVERS: [Server; 3] = [Server::Dead, Server::NotFound, Server::Empty];

impl Server {
    fn answer(self, request: &Request) -> Result<Response, FetchError> {
        let (status, status_text, kind, body) = match self {
            Self::Dead => {
                return Err(FetchError::Transport(TransportError {
                    kind: TransportKind::ConnectionRefused { authority: "localhost:3000".to_owned() },
                    url: request.url.clone(),
                    phase: Phase::Connecting,
                    elapsed: Duration::ZERO,
                    detail: String::new(),
                }));
            }
            Self::NotFound => (404, "Not Found", Some("text/html; charset=utf-8"), "<pre>Cannot GET /</pre>"),
            Self::Empty => (200, "OK", None, ""),
        };
        Ok(Response {
            status,
            status_text: status_text.to_owned(),
            url: request.url.clone(),
            redirected: false,
            kind: ResponseKind::Cors,
            headers: kind.map(|kind| ("content-type".into(), kind.into())).into_iter().collect(),
            body: Ok(Bytes::from_static(body.as_bytes())),
        })
    }
}

impl Fetcher for Server {
    fn fetch(&self, request: Request) -> FetchFuture<'_> {
        Box::pin(async move {
            // Never before whoever asked has gone on.
            tokio::task::yield_now().await;
            let result = self.answer(&request);
            let end = match &result {
                Ok(_) => ExchangeEnd::Answered,
                Err(error) => ExchangeEnd::Failed(error.clone()),
            };
            let body = result.as_ref().ok().and_then(|answer| answer.body.clone().ok()).unwrap_or_default();
            let exchange = Exchange {
                method: request.method,
                url: request.url,
                hops: [].into(),
                end,
                body,
                duration: Duration::ZERO,
                from_memo: false,
                file: None,
            };
            Fetched { result: result.map(Arc::new), exchange }
        })
    }
}

/// What became of a block, over all servers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Truth {
    /// It passes against all of them by the browser's rules.
    pub passes_there: bool,
    /// It passes against all of them by honest rules.
    pub passes_honestly: bool,
    /// `grade` says of some run that freeCodeCamp passes it without checking.
    pub noted: bool,
    /// In words, for messages.
    pub told: Vec<String>,
}

/// Runs blocks, each in a page of its own.
pub struct Oracle {
    sandbox: Sandbox,
    runtime: tokio::runtime::Runtime,
}

impl Oracle {
    pub fn new() -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        Self { sandbox: Sandbox::new(), runtime }
    }

    pub fn truth(&self, code: &str) -> Truth {
        let mut truth = Truth::default();
        truth.passes_there = self.passes(code, Rules::Browser, &mut truth);
        truth.passes_honestly = self.passes(code, Rules::Honest, &mut truth);
        truth
    }

    /// Whether a block passes against all servers; they are asked until it does not.
    fn passes(&self, code: &str, rules: Rules, truth: &mut Truth) -> bool {
        SERVERS.iter().all(|server| {
            let settings = PageSettings { url: URL.to_owned(), rules, ..PageSettings::default() };
            let program = Program { code: Code::at_line(code, 1), not_before: 0.0 };
            let mut page = self.sandbox.page(settings);
            let verdict = self.runtime.block_on(page.run(&program, server));
            truth.noted |= verdict.notes.contains(&Note::NotAwaitedThere);
            let outcome = match &verdict.outcome {
                Outcome::Failed(failure) => format!("failed: {}", failure.message),
                other => format!("{other:?}").chars().take(120).collect(),
            };
            truth.told.push(format!("{rules:?} {server:?}: {outcome} {:?}", verdict.notes));
            // By honest rules an empty block is unchecked: it does not pass, and it cannot fail.
            matches!(verdict.outcome, Outcome::Passed | Outcome::Unchecked)
        })
    }
}
