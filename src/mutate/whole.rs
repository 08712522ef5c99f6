//! Mutants of a whole answer: its status, its headers, its body as a whole.

use bytes::Bytes;

use super::mutation::{Change, Kind, Mutation, PAGE};
use super::random::Random;
use crate::fetch::Fetched;

/// So many headers that a page can read lose their value, one after the other.
const MOST_HEADERS: usize = 6;
/// So many other bodies are tried.
const MOST_BODIES: usize = 2;

const TEXT: &str = "text/plain; charset=utf-8";
const HTML: &str = "text/html; charset=utf-8";
const JSON: &str = "application/json; charset=utf-8";

/// Another answer of the same challenge: what it answers, and its body.
pub type Other<'o> = (&'o str, &'o Bytes);

/// The mutants of an answer, the most telling ones first. `others` are the other answers whose body may come instead.
pub fn mutants(fetched: &Fetched, answer: usize, others: &[Other<'_>], random: &mut Random) -> Vec<Mutation> {
    let mut writer = Writer { answer, out: Vec::new() };
    if !fetched.is_readable() {
        writer.given();
        return writer.out;
    }
    let body = &fetched.exchange.body;
    let status = fetched.exchange.status().unwrap_or(200);
    let kind = fetched.sent_header("content-type");
    if !body.is_empty() {
        writer.push(Kind::BodyEmptied, Change::body(Bytes::new()), "the body is empty".to_owned());
    }
    let statuses: &[u16] = match status {
        200 => &[404, 500],
        201..=299 => &[404, 200, 500],
        404 => &[200, 500],
        _ => &[200, 404],
    };
    let mut statuses = statuses.iter();
    writer.status(statuses.next(), status);
    let is_page = kind.as_deref().is_some_and(|kind| kind.starts_with("text/html"));
    if !is_page || body.is_empty() {
        let change = Change::Whole {
            status: None,
            header: Some(("content-type".to_owned(), Some(HTML.to_owned()))),
            body: Some(Bytes::from_static(PAGE.as_bytes())),
        };
        writer.push(Kind::PageInstead, change, "an HTML page comes in place of the body".to_owned());
    }
    statuses.for_each(|other| writer.status(Some(other), status));
    let mut others: Vec<&Other<'_>> = others.iter().filter(|(_, other)| *other != body).collect();
    random.shuffle(&mut others);
    for (label, other) in others.into_iter().take(MOST_BODIES) {
        writer.push(Kind::BodyReplaced, Change::body((*other).clone()), format!("the body is that of {label}"));
    }
    writer.content_type(kind.as_deref());
    writer.headers(fetched);
    if fetched.sent_header("access-control-allow-origin").is_some() {
        let what = "Access-Control-Allow-Origin is gone, so a page may not read the answer".to_owned();
        writer.push(Kind::Unreadable, Change::header("access-control-allow-origin", None), what);
    }
    writer.out
}

struct Writer {
    answer: usize,
    out: Vec<Mutation>,
}

impl Writer {
    fn push(&mut self, kind: Kind, change: Change, what: String) {
        self.out.push(Mutation { answer: self.answer, kind, change, what, line: None, path: None, named: 0 });
    }

    fn status(&mut self, other: Option<&u16>, was: u16) {
        if let Some(other) = other.filter(|other| **other != was) {
            self.push(Kind::StatusChanged, Change::status(*other), format!("the status is {other} instead of {was}"));
        }
    }

    fn content_type(&mut self, kind: Option<&str>) {
        let Some(kind) = kind else { return };
        let other = if kind.contains("json") {
            HTML
        } else if kind.starts_with("text/html") {
            JSON
        } else {
            TEXT
        };
        let other = if kind == other { HTML } else { other };
        let essence = |kind: &str| kind.split(';').next().unwrap_or_default().trim().to_owned();
        let what = format!("content-type is {} instead of {}", essence(other), essence(kind));
        self.push(Kind::HeaderChanged, Change::header("content-type", Some(other)), what);
        self.push(Kind::HeaderChanged, Change::header("content-type", None), "there is no content-type".to_owned());
    }

    /// Headers that tests look at: those that the page can read.
    fn headers(&mut self, fetched: &Fetched) {
        const ELSEWHERE: [&str; 2] = ["content-type", "content-length"];
        let Ok(response) = &fetched.result else { return };
        let readable = response
            .headers
            .iter()
            .filter(|(name, _)| !ELSEWHERE.contains(&name.as_str()) && !name.starts_with("access-control-"));
        for (name, value) in readable.take(MOST_HEADERS) {
            self.push(Kind::HeaderChanged, Change::header(name, None), format!("there is no {name}"));
            let other = if value == "x" { "y" } else { "x" };
            let what = format!("{name} is `{other}` instead of `{}`", super::text::excerpt(value));
            self.push(Kind::HeaderChanged, Change::header(name, Some(other)), what);
        }
    }

    /// Answers where there were none.
    fn given(&mut self) {
        let page = Change::Whole {
            status: None,
            header: Some(("content-type".to_owned(), Some(HTML.to_owned()))),
            body: Some(Bytes::from_static(PAGE.as_bytes())),
        };
        let empty = Change::Whole { status: Some(200), header: None, body: Some(Bytes::new()) };
        for (change, what) in [
            (empty, "an empty answer with status 200 comes"),
            (page, "an HTML page comes"),
            (Change::status(404), "an empty answer with status 404 comes"),
        ] {
            self.push(Kind::AnswerGiven, change, format!("{what}, where there was none to read"));
        }
    }
}
