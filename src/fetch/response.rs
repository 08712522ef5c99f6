//! What a page gets back.

use std::borrow::Cow;

use bytes::Bytes;
use url::Url;

use super::error::TransportError;
use super::headers::Header;

/// An answer that the page may read.
#[derive(Debug, Clone)]
pub struct Response {
    /// HTTP status; 0 for an opaque redirect.
    pub status: u16,
    /// Reason phrase as sent (HTTP/1.1), empty when there is none.
    pub status_text: String,
    /// URL of the last hop, without fragment.
    pub url: Url,
    /// Whether at least one redirect was followed.
    pub redirected: bool,
    /// What the page may see of it.
    pub kind: ResponseKind,
    /// Headers that script code may read: the CORS-safelisted ones and those that
    /// `Access-Control-Expose-Headers` names. Names are in lower case.
    pub headers: Vec<Header>,
    /// The decoded body; an error when it was cut off or too large. A browser resolves `fetch()` before the body
    /// is there, so a cut body only matters once it is read.
    pub body: Result<Bytes, TransportError>,
}

impl Response {
    /// `response.ok`: a status from 200 to 299.
    pub fn ok(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The body as `text()` gives it: UTF-8, damaged characters replaced, without a byte order mark.
    pub fn text(&self) -> Result<Cow<'_, str>, &TransportError> {
        Ok(decode_text(self.body.as_ref()?))
    }

    /// The first header of that name that script code may read; `name` in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// A body as `text()` and `json()` read it: UTF-8, damaged characters replaced, without a byte order mark.
pub fn decode_text(body: &[u8]) -> Cow<'_, str> {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    // Nearly all bodies are sound, which is found out many bytes at a time; who replaces goes byte by byte.
    std::str::from_utf8(body).map_or_else(|_| String::from_utf8_lossy(body), Cow::Borrowed)
}

/// `response.type` of the Fetch standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResponseKind {
    /// A same-origin answer; here only `data:` and `blob:` URLs.
    Basic,
    /// A cross-origin answer that passed the CORS check.
    Cors,
    /// `redirect: "manual"` met a redirect.
    OpaqueRedirect,
    /// `mode: "no-cors"`: nothing of it can be read.
    Opaque,
}
