//! Answers over HTTP.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::Response;
use bytes::{BufMut, Bytes, BytesMut};

use super::cors::Preflight;
use super::encode::Encoding;
use super::fault::Fault;
use super::record::Seen;
use super::running::Shared;
use super::session::Step;

/// The largest request body that is read.
const MAX_BODY: usize = 4 * 1024 * 1024;

/// An answer under way.
struct Draft {
    status: u16,
    headers: Vec<(String, String)>,
    body: Bytes,
}

impl Draft {
    fn new(status: u16, content_type: &str, body: impl Into<Bytes>) -> Self {
        Self { status, headers: vec![("content-type".to_owned(), content_type.to_owned())], body: body.into() }
    }

    fn html(status: u16, text: &str) -> Self {
        let page = format!(
            "<!DOCTYPE html>\n<html lang=\"en\"><head><title>Error</title></head><body><pre>{text}</pre></body></html>\n"
        );
        Self::new(status, "text/html; charset=utf-8", page)
    }

    fn redirect(status: u16, location: &str) -> Self {
        let mut draft = Self::new(status, "text/plain; charset=utf-8", format!("Redirecting to {location}"));
        draft.set("location", location);
        draft
    }

    fn set(&mut self, name: &str, value: &str) {
        self.headers.retain(|(key, _)| !key.eq_ignore_ascii_case(name));
        self.headers.push((name.to_owned(), value.to_owned()));
    }
}

/// Answers every request.
pub(super) async fn answer(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, MAX_BODY).await.unwrap_or_default();
    let path = parts.uri.path().to_owned();
    let seen = Seen {
        method: parts.method.as_str().to_owned(),
        target: parts.uri.path_and_query().map_or(path.clone(), ToString::to_string),
        headers: pairs(&parts.headers),
        body,
    };
    shared.record.add(|| seen.clone());

    let policy = shared.faults.cors_on(&path);
    let mut draft = match &policy.preflight {
        _ if seen.method != "OPTIONS" => respond(&shared, &path, &seen).await,
        Preflight::Redirect(location) => Draft::redirect(302, location),
        Preflight::Status(status) => {
            let headers = policy.preflight_headers().into_iter().map(|(name, value)| (name.to_owned(), value));
            Draft { status: *status, headers: headers.collect(), body: Bytes::new() }
        }
    };
    let cors = policy.answer_headers(seen.header("origin"));
    draft.headers.extend(cors.into_iter().map(|(name, value)| (name.to_owned(), value)));
    if shared.faults.any_raw() {
        // The next request may want the bare socket, so it must come on a connection of its own.
        draft.set("connection", "close");
    }
    finish(draft)
}

async fn respond(shared: &Shared, path: &str, seen: &Seen) -> Draft {
    let mut draft = serve(shared, path, seen);
    for fault in shared.faults.on(path) {
        draft = apply(fault, draft, seen).await;
    }
    draft
}

/// The answer of a project that behaves.
fn serve(shared: &Shared, path: &str, seen: &Seen) -> Draft {
    if let Some(route) = shared.project.routes.iter().find(|route| route.fits(&seen.method, path, &seen.target)) {
        return Draft { status: route.status, headers: route.headers.clone(), body: route.body.clone() };
    }
    if let Some(rule) = shared.project.messages
        && let Some((status, json)) = shared.messages.answer(rule, &seen.method, path, &seen.body)
    {
        return Draft::new(status, "application/json; charset=utf-8", json);
    }
    if shared.project.sessions {
        match shared.sessions.answer(&seen.method, path, &seen.body, seen.header("cookie")) {
            Some(Step::Profile(user)) => {
                let page = format!("<h1>Profile Home</h1><h2 id=\"welcome\">Welcome, {user}!</h2>");
                return Draft::new(200, "text/html; charset=utf-8", page);
            }
            Some(Step::Redirect(location, cookie)) => {
                let mut draft = Draft::redirect(302, location);
                if let Some(cookie) = cookie {
                    draft.set("set-cookie", &cookie);
                }
                return draft;
            }
            None => {}
        }
    }
    match shared.project.answer(path).filter(|_| matches!(seen.method.as_str(), "GET" | "HEAD")) {
        Some(page) => Draft::new(200, page.content_type, page.body),
        None => not_found(seen),
    }
}

fn not_found(seen: &Seen) -> Draft {
    let target: String = seen.target.chars().filter(|character| !matches!(character, '<' | '>' | '&')).collect();
    Draft::html(404, &format!("Cannot {} {target}", seen.method))
}

async fn apply(fault: &Fault, mut draft: Draft, seen: &Seen) -> Draft {
    match fault {
        Fault::Redirect { status, location } => return Draft::redirect(*status, location),
        Fault::Status(status) => draft.status = *status,
        Fault::NotFound => return not_found(seen),
        Fault::ServerError => return Draft::html(500, "Internal Server Error"),
        Fault::HtmlError => return Draft::html(200, "Something broke!"),
        Fault::Empty => return Draft { status: 200, headers: Vec::new(), body: Bytes::new() },
        Fault::NotJson => return Draft::new(200, "application/json; charset=utf-8", "{\"name\": 'x',}"),
        Fault::ContentType(value) => draft.set("content-type", value),
        Fault::Encoded(encoding) => {
            draft.body = encoding.encode(&draft.body);
            draft.set("content-encoding", encoding.name());
        }
        Fault::FalseEncoding(encoding) => draft.set("content-encoding", encoding.name()),
        Fault::Bom => draft.body = [b"\xef\xbb\xbf".as_slice(), &draft.body].concat().into(),
        Fault::Huge(size) => draft.body = vec![b'a'; *size].into(),
        Fault::Bomb(size) => {
            draft.body = bomb(*size);
            draft.set("content-encoding", Encoding::Gzip.name());
        }
        Fault::Echo => return Draft::new(200, "application/json; charset=utf-8", echo(seen)),
        Fault::Delay(time) => tokio::time::sleep(*time).await,
        Fault::StalledHead => std::future::pending().await,
        // Those of the bare socket have been dealt with before HTTP began.
        Fault::Cors(_)
        | Fault::StalledBody
        | Fault::EndlessBody
        | Fault::Reset
        | Fault::Close
        | Fault::Cut
        | Fault::CutChunks
        | Fault::Garbage(_) => {}
    }
    draft
}

/// gzip members follow each other, so a large body needs little memory to make.
fn bomb(size: usize) -> Bytes {
    const PIECE: usize = 1024 * 1024;
    let member = Encoding::Gzip.encode(&vec![b'a'; PIECE]);
    let mut out = BytesMut::new();
    for _ in 0..size.div_ceil(PIECE) {
        out.put_slice(&member);
    }
    out.freeze()
}

fn echo(seen: &Seen) -> String {
    let headers: serde_json::Map<String, serde_json::Value> =
        seen.headers.iter().map(|(name, value)| (name.clone(), value.clone().into())).collect();
    serde_json::json!({
        "method": seen.method,
        "url": seen.target,
        "headers": headers,
        "body": String::from_utf8_lossy(&seen.body),
    })
    .to_string()
}

fn finish(draft: Draft) -> Response {
    let mut response = Response::new(Body::from(draft.body));
    *response.status_mut() = StatusCode::from_u16(draft.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in draft.headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::from_bytes(value.as_bytes())) {
            response.headers_mut().append(name, value);
        }
    }
    response
}

pub(super) fn pairs(headers: &HeaderMap) -> Vec<(String, String)> {
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    headers.iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect()
}
