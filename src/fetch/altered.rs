//! An answer that is changed on its way: what a page would see if the project had given it so.

use std::sync::Arc;

use bytes::Bytes;

use super::Fetched;
use super::cors;
use super::error::{FetchError, Refusal};
use super::exchange::{ExchangeEnd, Hop};
use super::headers::{Header, as_sent, joined};
use super::policy::PAGE_ORIGIN;
use super::request::{Credentials, Request};
use super::response::{Response, ResponseKind};

/// What is changed of an answer. What is not named stays.
#[derive(Debug, Clone, Default)]
pub struct Alteration {
    /// Another status.
    pub status: Option<u16>,
    /// Headers, names in lower case, with their new value, or none where they are to be gone.
    pub headers: Vec<(String, Option<String>)>,
    /// Another body.
    pub body: Option<Bytes>,
}

impl Fetched {
    /// The answer to `request` with these changes. The browser's rules are applied anew where they let the page read the
    /// answer before: without `Access-Control-Allow-Origin` it is refused. Where there was no answer to read, one is made: status
    /// 200, readable, plain text, empty, and then changed.
    #[must_use]
    pub fn altered(&self, request: &Request, alteration: &Alteration) -> Self {
        let mut whole = if self.is_readable() { self.clone() } else { self.with_an_answer(request) };
        let before = whole.exchange.hops.last().map(|hop| hop.response_headers.clone()).unwrap_or_default();
        let credentials = request.credentials == Credentials::Include;
        let allowed_before = cors::check_access(&before, PAGE_ORIGIN, credentials).is_ok();
        let Ok(response) = &mut whole.result else { return whole };
        let response = Arc::make_mut(response);
        let exposed_by_rule = response.headers == cors::exposed_headers(&before, credentials, false);
        if let Some(body) = &alteration.body {
            response.body = Ok(body.clone());
            whole.exchange.body = body.clone();
            whole.exchange.file = None;
        }
        if let Some(status) = alteration.status {
            response.status = status;
            let code = reqwest::StatusCode::from_u16(status).ok();
            code.and_then(|code| code.canonical_reason()).unwrap_or_default().clone_into(&mut response.status_text);
        }
        if let Some(hop) = Arc::make_mut(&mut whole.exchange.hops).last_mut() {
            hop.status = Some(response.status);
            if let Some(body) = &alteration.body {
                let length = hop.response_headers.iter_mut().filter(|(name, _)| name == "content-length");
                length.for_each(|(_, value)| *value = body.len().to_string().into());
            }
            set(&mut hop.response_headers, &alteration.headers);
            response.headers = cors::exposed_headers(&hop.response_headers, credentials, !exposed_by_rule);
            if let (true, Err(kind)) =
                (allowed_before, cors::check_access(&hop.response_headers, PAGE_ORIGIN, credentials))
            {
                let refusal = Refusal { kind, url: response.url.clone(), hop: 0, preflight: false };
                whole.exchange.end = ExchangeEnd::Failed(FetchError::Refused(refusal.clone()));
                whole.result = Err(FetchError::Refused(refusal));
            }
        }
        whole
    }

    /// Whether the page got an answer of which it may read status and body.
    pub fn is_readable(&self) -> bool {
        let kind = |response: &Response| matches!(response.kind, ResponseKind::Basic | ResponseKind::Cors);
        self.result.as_ref().is_ok_and(|response| kind(response) && response.body.is_ok())
            && self.exchange.hops.last().is_some_and(|hop| hop.status.is_some())
    }

    /// The same request with a plain answer.
    fn with_an_answer(&self, request: &Request) -> Self {
        let mut url = request.url.clone();
        url.set_fragment(None);
        let headers = [
            ("access-control-allow-origin", PAGE_ORIGIN),
            ("access-control-allow-credentials", "true"),
            ("content-type", "text/plain; charset=utf-8"),
            ("content-length", "0"),
        ];
        let headers: Vec<Header> = headers.into_iter().map(|(name, value)| (name.into(), value.into())).collect();
        let mut exchange = self.exchange.clone();
        exchange.hops = Arc::new([Hop {
            method: exchange.method.clone(),
            url: url.clone(),
            preflight: false,
            request_headers: as_sent(&request.headers).into(),
            status: Some(200),
            response_headers: headers.clone(),
        }]);
        exchange.end = ExchangeEnd::Answered;
        exchange.body = Bytes::new();
        exchange.file = None;
        let response = Response {
            status: 200,
            status_text: "OK".to_owned(),
            url,
            redirected: false,
            kind: ResponseKind::Cors,
            headers: cors::exposed_headers(&headers, request.credentials == Credentials::Include, false),
            body: Ok(Bytes::new()),
        };
        Self { result: Ok(Arc::new(response)), exchange }
    }

    /// A header of the answer as sent, several joined by `, `; `name` in lower case.
    pub fn sent_header(&self, name: &str) -> Option<String> {
        let hop = self.exchange.hops.last()?;
        joined(&hop.response_headers, name).map(std::borrow::Cow::into_owned)
    }
}

/// Sets or removes headers.
fn set(headers: &mut Vec<Header>, changes: &[(String, Option<String>)]) {
    for (name, value) in changes {
        let at = headers.iter().position(|(known, _)| known == name).unwrap_or(headers.len());
        headers.retain(|(known, _)| known != name);
        if let Some(value) = value {
            headers.insert(at.min(headers.len()), (name.into(), value.into()));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use url::Url;

    use super::*;
    use crate::fetch::{Exchange, RefusalKind, TransportError, TransportKind};

    fn request() -> Request {
        Request::get(Url::parse("http://localhost:3000/a#b").unwrap())
    }

    fn answered() -> Fetched {
        let exchange = Exchange {
            method: "GET".to_owned(),
            url: request().url,
            hops: [].into(),
            end: ExchangeEnd::Answered,
            body: Bytes::new(),
            duration: Duration::ZERO,
            from_memo: false,
            file: None,
        };
        let kind = TransportKind::Other;
        let error = FetchError::Transport(TransportError {
            detail: kind.to_string(),
            kind,
            url: request().url,
            phase: crate::fetch::Phase::Connecting,
            elapsed: Duration::ZERO,
        });
        let none = Fetched { result: Err(error), exchange };
        assert!(!none.is_readable());
        none.altered(&request(), &Alteration { body: Some("hello".into()), ..Alteration::default() })
    }

    #[test]
    fn where_nothing_answered_something_does() {
        let fetched = answered();
        let response = fetched.result.as_ref().unwrap();
        assert_eq!((response.status, response.text().unwrap().as_ref()), (200, "hello"));
        assert_eq!(response.header("content-length"), Some("5"));
        assert_eq!(response.header("access-control-allow-origin"), None);
        assert_eq!(response.url.as_str(), "http://localhost:3000/a");
        assert!(fetched.is_readable());
    }

    #[test]
    fn changes_are_seen_by_the_page_and_on_the_wire() {
        let change = Alteration {
            status: Some(404),
            headers: vec![("content-type".to_owned(), Some("text/html".to_owned())), ("x-a".to_owned(), None)],
            body: None,
        };
        let fetched = answered().altered(&request(), &change);
        let response = fetched.result.as_ref().unwrap();
        assert_eq!((response.status, response.status_text.as_str()), (404, "Not Found"));
        assert_eq!(response.header("content-type"), Some("text/html"));
        assert_eq!(
            (fetched.exchange.status(), fetched.exchange.header("content-type")),
            (Some(404), Some("text/html"))
        );
        assert_eq!(response.text().unwrap(), "hello");
    }

    #[test]
    fn an_answer_that_loses_its_permission_is_refused() {
        let change = |value: Option<&str>| Alteration {
            headers: vec![("access-control-allow-origin".to_owned(), value.map(str::to_owned))],
            ..Alteration::default()
        };
        let refused = answered().altered(&request(), &change(None));
        let Err(FetchError::Refused(refusal)) = refused.result else { panic!("{refused:?}") };
        assert!(matches!(refusal.kind, RefusalKind::MissingAllowOrigin { .. }));
        assert!(answered().altered(&request(), &change(Some("*"))).result.is_ok());
    }
}
