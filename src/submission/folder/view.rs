//! Answers from files, as a running starter project would give them.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use bytes::Bytes;
use url::Url;

use super::evidence::{Api, Evidence};
use super::path::{ProjectPath, Route};
use super::root::{Content, ReadError, Root};
use crate::fetch::{
    Basis, Credentials, Exchange, ExchangeEnd, FetchError, FetchFuture, Fetched, Fetcher, Header, Hop, InFlight, Phase,
    Request, Response, ResponseKind, TransportError, TransportKind, View, as_sent,
};

/// The origin of the page, which well-behaved projects let read their answers.
const PAGE_ORIGIN: &str = "https://www.freecodecamp.org";

/// What all pages of a run share.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) url: Url,
    pub(super) root: Root,
    pub(super) evidence: Evidence,
    pub(super) max_body: usize,
    pub(super) max_requests: usize,
}

/// The page of one challenge.
#[derive(Debug)]
pub(super) struct FolderView {
    shared: Arc<Shared>,
    requests: AtomicUsize,
    basis: Mutex<Basis>,
}

/// What a request comes to.
enum Answer {
    /// A file's content.
    File { path: ProjectPath, content: Content, kind: &'static str },
    /// A running project would say that there is nothing.
    Missing,
    /// Only a running project can say, and why.
    NeedsProject(String),
}

impl FolderView {
    pub(super) fn new(shared: Arc<Shared>) -> Self {
        Self { shared, requests: AtomicUsize::new(0), basis: Mutex::new(Basis::Full) }
    }

    fn weaken(&self, basis: Basis) {
        let mut known = self.basis.lock().unwrap_or_else(PoisonError::into_inner);
        *known = basis.max(*known);
    }

    async fn answer(&self, request: Request) -> Fetched {
        let started = Instant::now();
        let limit = self.shared.max_requests;
        if self.requests.fetch_add(1, Ordering::Relaxed) >= limit {
            let kind = TransportKind::TooManyRequests { limit };
            let detail = kind.to_string();
            return failed(request, kind, detail, started);
        }
        let shared = Arc::clone(&self.shared);
        let asked = request.clone();
        // A file may lie on a slow disk; the limits of the hint go on meanwhile.
        let answer = tokio::task::spawn_blocking(move || shared.look_up(&asked)).await;
        match answer.unwrap_or_else(|error| Answer::NeedsProject(error.to_string())) {
            Answer::File { path, content, kind } => self.file(request, &path, content, kind, started),
            Answer::Missing => {
                self.weaken(Basis::FailOnly);
                nothing_there(request, started)
            }
            Answer::NeedsProject(why) => {
                self.weaken(Basis::None);
                failed(request, TransportKind::Other, why, started)
            }
        }
    }

    fn file(&self, request: Request, path: &ProjectPath, content: Content, kind: &str, started: Instant) -> Fetched {
        let length = content.bytes.len();
        let headers = headers(kind, length);
        let limit = self.shared.max_body;
        let body = if content.cut {
            let kind = TransportKind::TooLarge { limit };
            Err(transport(&request.url, kind.to_string(), kind, Phase::Reading, started))
        } else {
            Ok(content.bytes.clone())
        };
        let mut fetched = answered(request, 200, "OK", headers, content.bytes, body, started);
        fetched.exchange.file = Some(path.as_str().into());
        fetched
    }
}

impl Shared {
    fn look_up(&self, request: &Request) -> Answer {
        if request.url.origin() != self.url.origin() {
            return Answer::NeedsProject("the test asks another site".to_owned());
        }
        let route = Route::of(request.url.path());
        if route == Route::Computed || !is_plain_get(request) {
            return Answer::NeedsProject(format!(
                "no file answers {} {}",
                request.method,
                &request.url[url::Position::BeforePath..]
            ));
        }
        let evidence = &self.evidence;
        if evidence.api == Api::Closed {
            return Answer::NeedsProject(
                "nothing in the project's code sets Access-Control-Allow-Origin, so a browser may not read its answers"
                    .to_owned(),
            );
        }
        let (path, kind) = match route {
            Route::Source(path) => (path, "text/plain; charset=utf-8"),
            Route::Public(path) if evidence.serves_public => {
                let kind = content_type(path.as_str());
                (path, kind)
            }
            Route::Public(_) => {
                return Answer::NeedsProject(
                    "the code does not plainly serve /public, as app.use('/public', express.static('public')) would"
                        .to_owned(),
                );
            }
            Route::Index if evidence.serves_index => match ProjectPath::new("views/index.html") {
                Some(path) => (path, "text/html; charset=utf-8"),
                None => return Answer::Missing,
            },
            Route::Index | Route::Computed => {
                return Answer::NeedsProject(
                    "the code does not plainly answer GET / with the file views/index.html".to_owned(),
                );
            }
        };
        match self.root.read(&path, self.max_body) {
            Ok(content) => Answer::File { path, content, kind },
            Err(ReadError::Missing) if evidence.is_starter => Answer::Missing,
            Err(ReadError::Missing) => {
                Answer::NeedsProject(format!("there is no {} here, and no server.js", path.as_str()))
            }
            Err(error) => Answer::NeedsProject(format!("{}: {error}", path.as_str())),
        }
    }
}

impl Fetcher for FolderView {
    fn fetch(&self, request: Request) -> FetchFuture<'_> {
        Box::pin(self.answer(request))
    }
}

impl View for FolderView {
    fn next_hint(&self, _memo: bool) {
        self.requests.store(0, Ordering::Relaxed);
        *self.basis.lock().unwrap_or_else(PoisonError::into_inner) = Basis::Full;
    }

    fn cookies_used(&self) -> bool {
        false
    }

    fn in_flight(&self) -> Option<InFlight> {
        None
    }

    fn basis(&self) -> Basis {
        if self.requests.load(Ordering::Relaxed) == 0 {
            // What looks at no file looks at the address, or at nothing.
            return Basis::None;
        }
        *self.basis.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A GET without anything that a project could look at, or that a browser would ask permission for.
fn is_plain_get(request: &Request) -> bool {
    request.method.eq_ignore_ascii_case("GET")
        && request.body.is_none()
        && request.credentials == Credentials::Omit
        && request.url.username().is_empty()
        && request.url.password().is_none()
        && request.headers.iter().all(|(name, _)| {
            let harmless = ["accept", "accept-language"];
            harmless.iter().any(|known| name.eq_ignore_ascii_case(known))
        })
}

/// The headers that starter projects give, as far as a page may see them.
fn headers(kind: &str, length: usize) -> Vec<Header> {
    [
        ("access-control-allow-origin", PAGE_ORIGIN.to_owned()),
        ("content-type", kind.to_owned()),
        ("content-length", length.to_string()),
    ]
    .map(|(name, value)| (name.into(), value.into()))
    .into()
}

/// What Express answers where there is nothing.
fn nothing_there(request: Request, started: Instant) -> Fetched {
    let page = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Error</title>\n</head>\n<body>\n\
         <pre>Cannot GET {}</pre>\n</body>\n</html>\n",
        request.url.path()
    );
    let body = Bytes::from(page);
    let headers = headers("text/html; charset=utf-8", body.len());
    answered(request, 404, "Not Found", headers, body.clone(), Ok(body), started)
}

fn answered(
    request: Request,
    status: u16,
    status_text: &str,
    headers: Vec<Header>,
    raw: Bytes,
    body: Result<Bytes, TransportError>,
    started: Instant,
) -> Fetched {
    let mut url = request.url.clone();
    url.set_fragment(None);
    let end = match &body {
        Ok(_) => ExchangeEnd::Answered,
        Err(error) => ExchangeEnd::Failed(FetchError::Transport(error.clone())),
    };
    let hop = Hop {
        method: "GET".to_owned(),
        url: url.clone(),
        preflight: false,
        request_headers: as_sent(&request.headers).into(),
        status: Some(status),
        response_headers: headers.clone(),
    };
    let visible = headers.into_iter().filter(|(name, _)| !name.starts_with("access-control-")).collect();
    Fetched {
        result: Ok(Arc::new(Response {
            status,
            status_text: status_text.to_owned(),
            url,
            redirected: false,
            kind: ResponseKind::Cors,
            headers: visible,
            body,
        })),
        exchange: Exchange {
            method: "GET".to_owned(),
            url: request.url,
            hops: [hop].into(),
            end,
            body: raw,
            duration: started.elapsed(),
            from_memo: false,
            file: None,
        },
    }
}

fn failed(request: Request, kind: TransportKind, detail: String, started: Instant) -> Fetched {
    let error = FetchError::Transport(transport(&request.url, detail, kind, Phase::Connecting, started));
    let exchange = Exchange {
        method: request.method,
        url: request.url,
        hops: [].into(),
        end: ExchangeEnd::Failed(error.clone()),
        body: Bytes::new(),
        duration: started.elapsed(),
        from_memo: false,
        file: None,
    };
    Fetched { result: Err(error), exchange }
}

fn transport(url: &Url, detail: String, kind: TransportKind, phase: Phase, started: Instant) -> TransportError {
    TransportError { kind, url: url.clone(), phase, elapsed: started.elapsed(), detail }
}

/// The type that `express.static` gives.
fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).as_deref() {
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("html" | "htm") => "text/html; charset=utf-8",
        Some("json") => "application/json; charset=utf-8",
        Some("txt") => "text/plain; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("gif") => "image/gif",
        Some("ico") => "image/x-icon",
        _ => "application/octet-stream",
    }
}
