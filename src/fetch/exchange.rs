//! The record of one request: every hop, with headers and the start of the body.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use url::Url;

use super::error::FetchError;
use super::headers::Header;

/// What happened on the wire for one [`super::Request`].
#[derive(Debug, Clone)]
pub struct Exchange {
    /// Method as sent.
    pub method: String,
    /// URL as asked for.
    pub url: Url,
    /// One entry per request that was really sent, preflights included, in order.
    pub hops: Arc<[Hop]>,
    /// How it ended.
    pub end: ExchangeEnd,
    /// Decoded body of the last hop as far as it was read, whether or not the page may read it.
    pub body: Bytes,
    /// From the start to the end.
    pub duration: Duration,
    /// Whether it was answered from the memo of this page instead of the network.
    pub from_memo: bool,
    /// The file of the project whose content this answer is, where that is known: its path within the project's folder.
    pub file: Option<Arc<str>>,
}

impl Exchange {
    /// Status of the last hop, if any answered.
    pub fn status(&self) -> Option<u16> {
        self.hops.last().and_then(|hop| hop.status)
    }

    /// A header of the last hop, whether or not the page may read it; `name` in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let hop = self.hops.last()?;
        hop.response_headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// How an exchange ended.
#[derive(Debug, Clone)]
pub enum ExchangeEnd {
    /// The page may read the answer.
    Answered,
    /// It may not, or there is none.
    Failed(FetchError),
}

/// One HTTP request and its answer.
#[derive(Debug, Clone)]
pub struct Hop {
    /// Method as sent; `OPTIONS` for a preflight.
    pub method: String,
    /// URL as sent.
    pub url: Url,
    /// Whether this is a CORS preflight.
    pub preflight: bool,
    /// Headers as sent, names in lower case.
    pub request_headers: Arc<[Header]>,
    /// Status, if an answer came.
    pub status: Option<u16>,
    /// Headers of the answer, names in lower case, in order, repeated ones kept.
    pub response_headers: Vec<Header>,
}
