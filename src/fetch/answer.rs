//! An answer whose head has come, from either client.

use std::net::SocketAddr;

use bytes::Bytes;
use http_body_util::BodyExt;
use hyper::body::Incoming;
use hyper::ext::ReasonPhrase;
use hyper_util::client::legacy::connect::HttpInfo;
use reqwest::header::HeaderMap;
use reqwest::{StatusCode, Version};

use super::transport::Failure;

/// An answer: its head, and its body as it comes.
pub(super) enum Answer {
    /// Of a server that was asked directly.
    Direct(hyper::Response<Incoming>),
    /// Of one behind TLS or a proxy.
    Reqwest(reqwest::Response),
}

impl Answer {
    pub(super) fn status(&self) -> StatusCode {
        match self {
            Self::Direct(answer) => answer.status(),
            Self::Reqwest(answer) => answer.status(),
        }
    }

    pub(super) fn headers(&self) -> &HeaderMap {
        match self {
            Self::Direct(answer) => answer.headers(),
            Self::Reqwest(answer) => answer.headers(),
        }
    }

    /// The reason phrase as sent; HTTP/2 has none.
    pub(super) fn status_text(&self) -> String {
        let (extensions, version) = match self {
            Self::Direct(answer) => (answer.extensions(), answer.version()),
            Self::Reqwest(answer) => (answer.extensions(), answer.version()),
        };
        if let Some(reason) = extensions.get::<ReasonPhrase>() {
            return String::from_utf8_lossy(reason.as_bytes()).into_owned();
        }
        if version >= Version::HTTP_2 {
            return String::new();
        }
        self.status().canonical_reason().unwrap_or_default().to_owned()
    }

    /// Who is at the other end of the connection.
    pub(super) fn peer(&self) -> Option<SocketAddr> {
        match self {
            Self::Direct(answer) => answer.extensions().get::<HttpInfo>().map(HttpInfo::remote_addr),
            Self::Reqwest(answer) => answer.remote_addr(),
        }
    }

    /// The next piece of the body; nothing at its end.
    pub(super) async fn chunk(&mut self) -> Result<Option<Bytes>, Failure> {
        let body = match self {
            Self::Direct(answer) => answer.body_mut(),
            Self::Reqwest(answer) => return answer.chunk().await.map_err(Failure::Reqwest),
        };
        while let Some(frame) = body.frame().await {
            // Trailers are no part of the body.
            if let Ok(data) = frame.map_err(Failure::Body)?.into_data() {
                return Ok(Some(data));
            }
        }
        Ok(None)
    }
}
