//! The requests of a hint.

use super::text::{Long, Number, Span, Text};
use crate::report::model::{Header, Request};

/// Headers of a request that are shown.
const HEADERS: usize = 60;

/// A request.
#[derive(Debug)]
pub struct Asked<'a> {
    pub method: Text<'a>,
    pub url: Text<'a>,
    pub final_url: Option<Text<'a>>,
    pub status: Option<u16>,
    pub content_type: Option<Text<'a>>,
    pub size: Number,
    pub file: Option<Text<'a>>,
    pub error: Option<Long<'a>>,
    pub from_memo: bool,
    pub time: Option<Span>,
    /// Headers and body, unless only the line of the request is wanted.
    pub more: Option<More<'a>>,
}

/// What is folded away.
#[derive(Debug)]
pub struct More<'a> {
    pub sent: Vec<Line<'a>>,
    pub received: Vec<Line<'a>>,
    pub body: Option<Long<'a>>,
}

/// A header.
#[derive(Debug)]
pub struct Line<'a> {
    pub name: Text<'a>,
    pub value: Long<'a>,
}

impl<'a> Asked<'a> {
    pub fn new(request: &'a Request, with_more: bool) -> Self {
        let more = More {
            sent: headers(&request.request_headers),
            received: headers(&request.response_headers),
            body: request.body_start.as_deref().filter(|body| !body.is_empty()).map(Long::exact),
        };
        let empty = more.sent.is_empty() && more.received.is_empty() && more.body.is_none();
        Self {
            method: Text::exact(&request.method),
            url: Text::exact(&request.url),
            final_url: request.final_url.as_deref().map(Text::exact),
            status: request.status,
            content_type: request.content_type.as_deref().map(Text::exact),
            size: Number(request.size),
            file: request.file.as_deref().map(Text::exact),
            error: request.error.as_deref().map(Long::prose),
            from_memo: request.from_memo,
            time: request.duration_ms.map(Span),
            more: (with_more && !empty).then_some(more),
        }
    }

    pub fn unit(&self) -> &'static str {
        if self.size == Number(1) { "byte" } else { "bytes" }
    }
}

fn headers(headers: &[Header]) -> Vec<Line<'_>> {
    let shown = headers.iter().take(HEADERS);
    shown.map(|header| Line { name: Text::exact(&header.name), value: Long::exact(&header.value) }).collect()
}
