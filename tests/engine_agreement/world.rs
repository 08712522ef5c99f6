//! A project in memory: the same answer for the same method and URL, always.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use grade::fetch::{
    Exchange, ExchangeEnd, FetchError, FetchFuture, Fetched, Fetcher, InFlight, Phase, Refusal, RefusalKind, Request,
    Response, ResponseKind, TransportError, TransportKind, View,
};
use grade::grader::Submission;
use url::Url;

/// The project's URL.
pub const CODE: &str = "http://localhost:3000";

/// How an answer gets to the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Way {
    #[default]
    Plain,
    Redirected,
    Refused,
    Cut,
    CutBody,
}

#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub content_type: Option<&'static str>,
    pub body: Vec<u8>,
    pub way: Way,
}

impl Answer {
    pub fn new(content_type: &'static str, body: impl Into<Vec<u8>>) -> Self {
        Self { status: 200, content_type: Some(content_type), body: body.into(), way: Way::Plain }
    }
}

/// A project: its answers by method and URL, and one for everything else.
#[derive(Debug, Clone)]
pub struct World {
    pub name: String,
    pub known: BTreeMap<String, Answer>,
    pub otherwise: Answer,
}

impl World {
    /// Numbers that are times differ from run to run; so they are left out of the key.
    pub fn key(method: &str, url: &Url) -> String {
        format!("{} {}", method.to_ascii_uppercase(), without_times(url.as_str()))
    }

    pub fn answer(&self, request: &Request) -> Fetched {
        let answer = self.known.get(&Self::key(&request.method, &request.url)).unwrap_or(&self.otherwise);
        let mut url = request.url.clone();
        url.set_fragment(None);
        if answer.way == Way::Redirected {
            url.set_path("/moved");
        }
        let body = Bytes::from(answer.body.clone());
        let cut = |phase| TransportError {
            kind: TransportKind::Cut,
            url: url.clone(),
            phase,
            elapsed: Duration::ZERO,
            detail: "cut".to_owned(),
        };
        let result = match answer.way {
            Way::Refused => Err(FetchError::Refused(Refusal {
                kind: RefusalKind::MissingAllowOrigin { origin: "https://www.freecodecamp.org".to_owned() },
                url: url.clone(),
                hop: 0,
                preflight: false,
            })),
            Way::Cut => Err(FetchError::Transport(cut(Phase::Waiting))),
            _ => Ok(Response {
                status: answer.status,
                status_text: status_text(answer.status).to_owned(),
                url: url.clone(),
                redirected: answer.way == Way::Redirected,
                kind: ResponseKind::Cors,
                headers: answer.content_type.map(|kind| ("content-type".into(), kind.into())).into_iter().collect(),
                body: if answer.way == Way::CutBody { Err(cut(Phase::Reading)) } else { Ok(body.clone()) },
            }),
        };
        let end = match &result {
            Err(error) => ExchangeEnd::Failed(error.clone()),
            Ok(Response { body: Err(error), .. }) => ExchangeEnd::Failed(FetchError::Transport(error.clone())),
            Ok(_) => ExchangeEnd::Answered,
        };
        let exchange = Exchange {
            method: request.method.to_ascii_uppercase(),
            url: request.url.clone(),
            hops: [].into(),
            end,
            body,
            duration: Duration::ZERO,
            from_memo: false,
            file: None,
        };
        Fetched { result: result.map(Arc::new), exchange }
    }
}

fn status_text(status: u16) -> &'static str {
    match status {
        200 => "OK",
        201 => "Created",
        204 => "No Content",
        404 => "Not Found",
        500 => "Internal Server Error",
        _ => "",
    }
}

/// The text with every number that looks like a time of today replaced.
pub fn without_times(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut digits = String::new();
    for character in text.chars().chain(['\0']) {
        if character.is_ascii_digit() {
            digits.push(character);
            continue;
        }
        // Some hints cut a time to eleven digits.
        let is_time = (11..=13).contains(&digits.len()) && (digits.starts_with("17") || digits.starts_with("18"));
        out.push_str(if is_time { "<now>" } else { &digits });
        digits.clear();
        if character != '\0' {
            out.push(character);
        }
    }
    out
}

/// What a test asked for, so far as a server could tell the difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked(String);

impl Asked {
    fn of(request: &Request) -> Self {
        let mut headers: Vec<_> =
            request.headers.iter().map(|(name, value)| (name.to_ascii_lowercase(), value.clone())).collect();
        if let Some(kind) = &request.implied_content_type
            && !headers.iter().any(|(name, _)| name == "content-type")
        {
            headers.push(("content-type".into(), kind.into()));
        }
        // What is sent all the same when nothing is said.
        headers.retain(|(name, value)| !(name == "accept" && value == "*/*"));
        headers.sort();
        let body = request.body.as_ref().map(|body| String::from_utf8_lossy(body).into_owned());
        let Request { redirect, credentials, initiator, .. } = request;
        Self(without_times(&format!(
            "{} {headers:?} {body:?} {redirect:?} {credentials:?} {initiator:?}",
            World::key(&request.method, &request.url)
        )))
    }
}

/// One world after the other, a hint each; and what each hint asked for.
#[derive(Clone)]
pub struct Project {
    worlds: Arc<Vec<World>>,
    at: Arc<AtomicUsize>,
    pub asked: Arc<Mutex<Vec<Vec<Asked>>>>,
}

impl Project {
    pub fn new(worlds: Vec<World>) -> Self {
        let asked = Arc::new(Mutex::new(vec![Vec::new(); worlds.len()]));
        Self { worlds: Arc::new(worlds), at: Arc::new(AtomicUsize::new(usize::MAX)), asked }
    }
}

impl Fetcher for Project {
    fn fetch(&self, request: Request) -> FetchFuture<'_> {
        let at = self.at.load(Ordering::SeqCst);
        self.asked.lock().unwrap()[at].push(Asked::of(&request));
        let fetched = self.worlds[at].answer(&request);
        Box::pin(async move { fetched })
    }
}

impl View for Project {
    fn next_hint(&self, _memo: bool) {
        self.at.fetch_add(1, Ordering::SeqCst);
    }

    fn cookies_used(&self) -> bool {
        false
    }

    fn in_flight(&self) -> Option<InFlight> {
        None
    }
}

impl Submission for Project {
    fn code(&self) -> &str {
        CODE
    }

    fn open(&self) -> Box<dyn View> {
        Box::new(self.clone())
    }
}
