//! What a page asks for.

use std::sync::LazyLock;

use bytes::Bytes;
use url::Url;

/// The page that tests run in; relative URLs start there.
pub const PAGE_URL: &str = "https://www.freecodecamp.org/learn";

/// A URL as the page resolves it; nothing where it does not parse.
pub fn resolve(url: &str) -> Option<Url> {
    static PAGE: LazyLock<Option<Url>> = LazyLock::new(|| Url::parse(PAGE_URL).ok());
    PAGE.as_ref()?.join(url).ok()
}

/// One request as script code words it, before the browser adds its own headers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// HTTP method as given; `get`, `post`, ... are upper-cased by the fetcher as the Fetch standard says.
    pub method: String,
    /// Absolute URL. A fragment is kept for `response.url` but never sent.
    pub url: Url,
    /// Headers set by the code, in order. Forbidden names are dropped by the fetcher, as a browser does.
    pub headers: Vec<(String, String)>,
    /// Request body.
    pub body: Option<Bytes>,
    /// The `Content-Type` that the kind of body implies when the code sets none (`text/plain;charset=UTF-8`, ...).
    pub implied_content_type: Option<String>,
    /// What to do with a redirect.
    pub redirect: Redirect,
    /// Whether cookies go along.
    pub credentials: Credentials,
    /// Which API asked; XHR and jQuery keep cookies under the honest rules.
    pub initiator: Initiator,
}

impl Request {
    /// A plain `fetch(url)`.
    pub fn get(url: Url) -> Self {
        Self {
            method: "GET".to_owned(),
            url,
            headers: Vec::new(),
            body: None,
            implied_content_type: None,
            redirect: Redirect::Follow,
            credentials: Credentials::Omit,
            initiator: Initiator::Fetch,
        }
    }
}

/// `redirect` of the Fetch standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Redirect {
    /// Follow, at most 20 hops.
    #[default]
    Follow,
    /// Give an opaque redirect: status 0, empty body.
    Manual,
    /// A redirect is a network error.
    Error,
}

/// `credentials` of the Fetch standard. Every request here is cross-origin, so `same-origin` is [`Credentials::Omit`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Credentials {
    /// No cookies are sent or kept.
    #[default]
    Omit,
    /// Cookies are sent and kept (`withCredentials`); stricter CORS rules apply.
    Include,
}

/// The API that made a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Initiator {
    /// `fetch()`.
    #[default]
    Fetch,
    /// `XMLHttpRequest`, or jQuery on top of it.
    Xhr,
}
