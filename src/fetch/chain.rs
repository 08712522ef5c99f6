//! One request from the page's words to the answer that the page may read: "main fetch" of the Fetch standard, for a
//! page whose every request is a `cors` one.

use std::borrow::Cow;
use std::sync::Arc;

use bytes::Bytes;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use url::Url;

use super::answer::Answer;
use super::body;
use super::cors;
use super::error::{FetchError, Phase, Refusal, RefusalKind, TransportError};
use super::exchange::Hop;
use super::flight::Ticket;
use super::head::{Head, shown};
use super::headers::{self, Headers, Pairs, joined};
use super::http::{NoAnswer, Outgoing};
use super::page::PageState;
use super::policy::{self, PAGE_ORIGIN, Site};
use super::redirect;
use super::request::{Credentials, Initiator, Redirect, Request};
use super::response::{Response, ResponseKind};

/// What really happened, written down as it happens.
#[derive(Debug, Default)]
pub(super) struct Trace {
    pub(super) hops: Vec<Hop>,
    pub(super) body: Bytes,
}

/// A request on its way through redirects.
pub(super) struct Chain<'a> {
    page: &'a PageState,
    trace: &'a mut Trace,
    ticket: &'a Ticket,
    method: String,
    url: Url,
    headers: Headers,
    body: Option<Bytes>,
    redirect: Redirect,
    /// Cookies as the standard sees them: they make the CORS rules stricter.
    include: bool,
    /// Cookies go along all the same, because the honest rules keep them for XHR.
    keep_cookies: bool,
    redirects: usize,
    site: Site,
    tainted: bool,
}

impl<'a> Chain<'a> {
    /// Checks what can be checked before anything is sent.
    pub(super) fn new(
        page: &'a PageState,
        request: &Request,
        trace: &'a mut Trace,
        ticket: &'a Ticket,
    ) -> Result<Self, RefusalKind> {
        let method = policy::normalize_method(&request.method)?;
        let bodiless = matches!(method.as_str(), "GET" | "HEAD");
        if bodiless && request.body.is_some() && request.initiator == Initiator::Fetch {
            return Err(RefusalKind::BodyNotAllowed { method });
        }
        // XHR drops such a body in silence.
        let body = if bodiless { None } else { request.body.clone() };
        let mut headers = headers::from_script(&request.headers)?;
        let implied = request.implied_content_type.as_deref().filter(|_| body.is_some());
        if let Some(kind) = implied.filter(|_| !headers.has("content-type")) {
            headers.push("content-type", kind);
        }
        let include = request.credentials == Credentials::Include;
        let mut url = request.url.clone();
        if request.initiator == Initiator::Xhr {
            // Unlike `fetch`, XHR takes such URLs; what they say is not sent to other origins.
            let _ = url.set_username("").and_then(|()| url.set_password(None));
        }
        let keep = page.client.settings().keep_xhr_cookies && request.initiator == Initiator::Xhr;
        Ok(Self {
            page,
            trace,
            ticket,
            method,
            url,
            headers,
            body,
            redirect: request.redirect,
            include,
            keep_cookies: include || keep,
            redirects: 0,
            site: Site::Origin,
            tainted: false,
        })
    }

    /// Follows the chain to its end.
    pub(super) async fn run(&mut self) -> Result<Response, FetchError> {
        loop {
            let answer = self.step().await?;
            let status = answer.status().as_u16();
            if redirect::is_redirect(status) {
                match self.redirect {
                    Redirect::Error => return Err(self.refused(RefusalKind::UnexpectedRedirect { status })),
                    Redirect::Manual => return Ok(self.opaque_redirect()),
                    Redirect::Follow => {
                        if let Some(next) = redirect::target(self.answer_headers(), &self.url) {
                            let next = next.map_err(|kind| self.refused(kind))?;
                            self.follow(status, next).map_err(|kind| self.refused(kind))?;
                            continue;
                        }
                    }
                }
            }
            return Ok(self.finish(answer).await);
        }
    }

    /// Sends the request of this hop, and its preflight, and checks that the page may read the answer.
    async fn step(&mut self) -> Result<Answer, FetchError> {
        let rules = self.page.client.settings().cors;
        policy::check_url(&self.url, rules).map_err(|kind| self.refused(kind))?;
        self.site = self.site.max(policy::site_of(&self.url));
        let cross = self.site != Site::Origin;
        let unsafe_names = cors::unsafe_headers(&self.headers);
        if rules && cross && cors::needs_preflight(&self.method, &unsafe_names) {
            // In a box, as are other things that few requests come to: all futures would have room for them.
            Box::pin(self.preflight(&unsafe_names)).await?;
        }
        let mut answer = match self.plain_head(cross) {
            Some(head) => self.send(head, false).await?,
            None => self.send(&Head::new(self.request_headers(cross)), false).await?,
        };
        if self.keep_cookies {
            self.page.keep_cookies(self.answer_headers(), &self.url);
        }
        if rules
            && cross
            && let Err(kind) = cors::check_access(self.answer_headers(), self.origin(), self.include)
        {
            self.ticket.update(&self.url, Phase::Reading);
            let encoding = self.content_encoding();
            self.trace.body = Box::pin(body::peek(&mut answer, encoding.as_deref())).await;
            return Err(self.refused(kind));
        }
        Ok(answer)
    }

    async fn preflight(&mut self, unsafe_names: &[String]) -> Result<(), FetchError> {
        let origin = self.origin();
        if let Some(known) = self.page.preflights.get(&self.url, origin, self.include)
            && cors::check_preflight(&known, &self.method, unsafe_names, self.include).is_ok()
        {
            return Ok(());
        }
        let mut headers = self.common_headers(HeaderValue::from_static("*/*"), None);
        insert(&mut headers, "origin", origin);
        insert(&mut headers, "access-control-request-method", &self.method);
        if !unsafe_names.is_empty() {
            insert(&mut headers, "access-control-request-headers", &unsafe_names.join(","));
        }
        let mut answer = self.send(&Head::new(headers), true).await?;
        let status = answer.status().as_u16();
        let given = self.answer_headers();
        let checked = if answer.status().is_success() {
            cors::check_access(given, self.origin(), self.include)
                .and_then(|()| cors::check_preflight(given, &self.method, unsafe_names, self.include))
        } else {
            Err(RefusalKind::PreflightStatus { status })
        };
        if let Err(kind) = checked {
            self.trace.body = body::peek(&mut answer, self.content_encoding().as_deref()).await;
            return Err(FetchError::Refused(Refusal { preflight: true, ..self.refusal(kind) }));
        }
        self.page.preflights.put(&self.url, self.origin(), self.include, self.answer_headers());
        Ok(())
    }

    /// Sends one request over the wire and records it.
    async fn send(&mut self, head: &Head, preflight: bool) -> Result<Answer, FetchError> {
        let method = if preflight { "OPTIONS" } else { &self.method };
        self.ticket.update(&self.url, Phase::Waiting);
        self.trace.hops.push(Hop {
            method: method.to_owned(),
            url: self.url.clone(),
            preflight,
            request_headers: Arc::clone(&head.shown),
            status: None,
            response_headers: Vec::new(),
        });
        let body = if preflight { None } else { self.body.clone() };
        let outgoing = Outgoing { method, url: &self.url, headers: &head.headers, body };
        match self.page.client.send(outgoing).await {
            Ok(answer) => {
                if let Some(hop) = self.trace.hops.last_mut() {
                    hop.status = Some(answer.status().as_u16());
                    hop.response_headers = shown(answer.headers());
                    let pace = &self.page.client.settings().pace;
                    pace.answered(&self.url, answer.status().as_u16(), &hop.response_headers);
                }
                Ok(answer)
            }
            Err(NoAnswer { kind, phase, detail }) => Err(FetchError::Transport(TransportError {
                kind,
                url: self.url.clone(),
                phase,
                elapsed: self.ticket.elapsed(),
                detail,
            })),
        }
    }

    /// Turns to the next URL of the chain.
    fn follow(&mut self, status: u16, next: Url) -> Result<(), RefusalKind> {
        if self.redirects == redirect::MAX_REDIRECTS {
            return Err(RefusalKind::TooManyRedirects);
        }
        self.redirects += 1;
        let becomes_get = redirect::becomes_get(status, &self.method);
        if becomes_get {
            "GET".clone_into(&mut self.method);
            self.body = None;
        }
        redirect::drop_headers(&mut self.headers, becomes_get, &self.url, &next);
        self.tainted |= redirect::taints_origin(PAGE_ORIGIN, &self.url, &next);
        self.url = next;
        Ok(())
    }

    async fn finish(&mut self, mut answer: Answer) -> Response {
        let settings = self.page.client.settings();
        let cors = self.site != Site::Origin;
        let status = answer.status();
        let null_body = self.method == "HEAD" || matches!(status.as_u16(), 101 | 103 | 204 | 205 | 304);
        let mut result = Ok(Bytes::new());
        if !null_body {
            self.ticket.update(&self.url, Phase::Reading);
            let read = body::read(&mut answer, self.content_encoding().as_deref(), settings.max_body).await;
            self.trace.body = read.bytes;
            result = match read.trouble {
                None => Ok(self.trace.body.clone()),
                Some(trouble) => Err(TransportError {
                    kind: trouble.kind,
                    url: self.url.clone(),
                    phase: Phase::Reading,
                    elapsed: self.ticket.elapsed(),
                    detail: trouble.detail,
                }),
            };
        }
        Response {
            status: status.as_u16(),
            status_text: answer.status_text(),
            url: without_fragment(&self.url),
            redirected: self.redirects > 0,
            kind: if cors { ResponseKind::Cors } else { ResponseKind::Basic },
            headers: cors::exposed_headers(self.answer_headers(), self.include, !cors || !settings.cors),
            body: result,
        }
    }

    fn opaque_redirect(&self) -> Response {
        Response {
            status: 0,
            status_text: String::new(),
            url: without_fragment(&self.url),
            redirected: false,
            kind: ResponseKind::OpaqueRedirect,
            headers: Vec::new(),
            body: Ok(Bytes::new()),
        }
    }

    /// The head of a request without headers, cookies and a body of its own, which others have had before.
    fn plain_head(&self, cross: bool) -> Option<&'a Head> {
        let is_plain = matches!(self.method.as_str(), "GET" | "HEAD")
            && self.headers.is_empty()
            && !self.keep_cookies
            && !self.tainted
            && self.body.is_none();
        let page: &'a PageState = self.page;
        let make = || Head::new(self.request_headers(cross));
        if is_plain { page.client.plain().of(self.site, make) } else { None }
    }

    /// All headers of the request proper, in Chromium's order.
    fn request_headers(&self, cross: bool) -> HeaderMap {
        let find = |name: &str| joined(&self.headers, name).and_then(|value| header_value(&value));
        let accept = find("accept").unwrap_or(HeaderValue::from_static("*/*"));
        let mut headers = self.common_headers(accept, find("accept-language"));
        if cross || !matches!(self.method.as_str(), "GET" | "HEAD") {
            insert(&mut headers, "origin", self.origin());
        }
        for (name, value) in
            self.headers.iter().filter(|(name, _)| !matches!(name.as_str(), "accept" | "accept-language"))
        {
            insert(&mut headers, name, value);
        }
        if self.keep_cookies
            && let Some(value) = self.page.cookies_for(&self.url)
        {
            insert(&mut headers, "cookie", &value);
        }
        // Servers can rely on a length where a body is usual.
        let is_empty = match &self.body {
            None => matches!(self.method.as_str(), "POST" | "PUT"),
            Some(body) => body.is_empty(),
        };
        if is_empty {
            headers.insert("content-length", HeaderValue::from_static("0"));
        }
        headers
    }

    /// The headers that a browser adds to everything.
    fn common_headers(&self, accept: HeaderValue, language: Option<HeaderValue>) -> HeaderMap {
        let mut headers = HeaderMap::with_capacity(16);
        let mut add = |name: &'static str, value| headers.insert(HeaderName::from_static(name), value);
        add("user-agent", self.page.client.user_agent());
        add("accept", accept);
        add("sec-fetch-site", HeaderValue::from_static(self.site.as_str()));
        add("sec-fetch-mode", HeaderValue::from_static("cors"));
        add("sec-fetch-dest", HeaderValue::from_static("empty"));
        add("accept-encoding", HeaderValue::from_static("gzip, deflate, br, zstd"));
        add("accept-language", language.unwrap_or(HeaderValue::from_static("en-US,en;q=0.9")));
        headers
    }

    /// The value of `Origin`, which is also what the answer has to allow.
    fn origin(&self) -> &'static str {
        if self.tainted { "null" } else { PAGE_ORIGIN }
    }

    /// Headers of the answer that came last.
    fn answer_headers(&self) -> &Pairs {
        self.trace.hops.last().map_or(&[], |hop| &hop.response_headers)
    }

    fn content_encoding(&self) -> Option<String> {
        joined(self.answer_headers(), "content-encoding").map(Cow::into_owned)
    }

    fn refused(&self, kind: RefusalKind) -> FetchError {
        FetchError::Refused(self.refusal(kind))
    }

    fn refusal(&self, kind: RefusalKind) -> Refusal {
        Refusal { kind, url: self.url.clone(), hop: self.redirects, preflight: false }
    }
}

fn insert(headers: &mut HeaderMap, name: &str, value: &str) {
    if let (Ok(name), Some(value)) = (HeaderName::from_bytes(name.as_bytes()), header_value(value)) {
        headers.insert(name, value);
    }
}

/// Header values are bytes, which scripts see as the characters with those numbers.
fn header_value(text: &str) -> Option<HeaderValue> {
    if text.is_ascii() {
        return HeaderValue::from_str(text).ok();
    }
    let bytes: Option<Vec<u8>> = text.chars().map(|character| u8::try_from(u32::from(character)).ok()).collect();
    bytes.and_then(|bytes| HeaderValue::from_bytes(&bytes).ok())
}

fn without_fragment(url: &Url) -> Url {
    let mut url = url.clone();
    url.set_fragment(None);
    url
}
