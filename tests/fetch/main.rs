//! The page's fetcher against the test server: every line of what browsers do with requests and answers.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

mod bodies;
mod cors;
mod memory;
mod public;
mod redirects;
mod sent;
mod tls;
mod transport;

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use grade::fetch::{
    Client, Credentials, ExchangeEnd, FetchError, FetchSettings, Fetched, Fetcher, Initiator, Page, Phase, Reach,
    Redirect, RefusalKind, Request, Response, ResponseKind, TransportError, TransportKind,
};
use grade::testbed::{AllowOrigin, CorsPolicy, Encoding, Fault, Faults, Preflight, Project, Route, Running, Testbed};
use url::Url;

const PAGE: &str = "https://www.freecodecamp.org";

fn page() -> Page {
    page_with(|_| ())
}

fn page_with(change: impl FnOnce(&mut FetchSettings)) -> Page {
    let mut settings = FetchSettings::default();
    change(&mut settings);
    Page::new(&Client::new(settings).unwrap())
}

fn project() -> Project {
    Project::of_files([
        ("server.js", "const a = 1;"),
        ("package.json", "{\"name\": \"x\"}"),
        ("index.html", "<h1>x</h1>"),
    ])
}

async fn serve(faults: Faults) -> Running {
    Testbed::start(project(), faults).await.unwrap()
}

fn request(method: &str, url: Url) -> Request {
    Request { method: method.to_owned(), ..Request::get(url) }
}

fn json(method: &str, url: Url, body: &'static str) -> Request {
    Request {
        headers: vec![("Content-Type".to_owned(), "application/json".to_owned())],
        body: Some(Bytes::from_static(body.as_bytes())),
        ..request(method, url)
    }
}

fn include(request: Request) -> Request {
    Request { credentials: Credentials::Include, ..request }
}

fn ok(fetched: Fetched) -> Response {
    Arc::unwrap_or_clone(fetched.result.unwrap())
}

fn refusal(fetched: Fetched) -> (RefusalKind, usize, bool) {
    match fetched.result {
        Err(FetchError::Refused(refusal)) => (refusal.kind, refusal.hop, refusal.preflight),
        other => panic!("not refused: {other:?}"),
    }
}

fn transport(fetched: Fetched) -> TransportError {
    match fetched.result {
        Err(FetchError::Transport(error)) => error,
        Ok(response) if response.body.is_err() => response.body.clone().unwrap_err(),
        other => panic!("no transport error: {other:?}"),
    }
}

fn methods(server: &Running) -> Vec<String> {
    server.seen().into_iter().map(|seen| seen.method).collect()
}
