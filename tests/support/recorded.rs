//! Answers without a network.

use bytes::Bytes;
use grade::fetch::{Request, Response, ResponseKind};

/// An answer that the page may read.
pub fn answer(request: &Request, status: u16, kind: Option<&str>, body: impl Into<Bytes>) -> Response {
    Response {
        status,
        status_text: phrase(status).to_owned(),
        url: request.url.clone(),
        redirected: false,
        kind: ResponseKind::Cors,
        headers: kind.map(|kind| ("content-type".into(), kind.into())).into_iter().collect(),
        body: Ok(body.into()),
    }
}

/// The reason phrase that servers send.
pub fn phrase(status: u16) -> &'static str {
    match status {
        200 => "OK",
        201 => "Created",
        204 => "No Content",
        304 => "Not Modified",
        400 => "Bad Request",
        404 => "Not Found",
        500 => "Internal Server Error",
        _ => "",
    }
}
