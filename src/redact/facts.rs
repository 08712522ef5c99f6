//! The facts of a hint, masked: whatever holds text from outside.

use std::borrow::Cow;
use std::sync::Arc;

use bytes::Bytes;
use url::Url;

use super::header;
use super::secrets::Secrets;
use crate::fetch::{
    Exchange, ExchangeEnd, FetchError, Header, Hop, Refusal, RefusalKind, TransportError, TransportKind,
};
use crate::verdict::{
    AssertionFacts, Cause, Failure, FailureKind, HintResult, Note, Object, Outcome, TextFacts, Value,
};

/// How many bodies are remembered: the hints of a challenge often look at the same few files.
const REMEMBERED: usize = 8;

/// Masks facts.
#[derive(Debug, Default)]
pub(super) struct Facts {
    secrets: Secrets,
    /// Bodies as they came, and masked.
    bodies: Vec<(Bytes, Bytes)>,
}

impl Facts {
    pub(super) fn new(secrets: Secrets) -> Self {
        Self { secrets, bodies: Vec::new() }
    }

    pub(super) fn text(&self, text: &str) -> String {
        self.secrets.mask(text).into_owned()
    }

    fn optional(&self, text: Option<&String>) -> Option<String> {
        text.map(|text| self.text(text))
    }

    fn shared(&self, text: &Arc<str>) -> Arc<str> {
        match self.secrets.mask(text) {
            Cow::Borrowed(_) => Arc::clone(text),
            Cow::Owned(masked) => masked.into(),
        }
    }

    pub(super) fn texts(&self, texts: &[String]) -> Vec<String> {
        texts.iter().map(|text| self.text(text)).collect()
    }

    /// A hint's result.
    pub(super) fn hint(&mut self, result: &HintResult) -> HintResult {
        HintResult {
            index: result.index,
            text: self.text(&result.text),
            outcome: match &result.outcome {
                Outcome::Passed => Outcome::Passed,
                Outcome::Failed(failure) => Outcome::Failed(Box::new(self.failure(failure))),
                Outcome::Errored(cause) => Outcome::Errored(self.cause(cause)),
                Outcome::Unchecked => Outcome::Unchecked,
                Outcome::Skipped(reason) => Outcome::Skipped(reason.clone()),
            },
            notes: result.notes.iter().map(|note| self.note(note)).collect(),
            engine: result.engine,
            exchanges: result.exchanges.iter().map(|exchange| self.exchange(exchange)).collect(),
            console: self.texts(&result.console),
            line: result.line,
            duration: result.duration,
        }
    }

    fn note(&self, note: &Note) -> Note {
        match note {
            Note::SubstitutedAnswer { url } => Note::SubstitutedAnswer { url: self.text(url) },
            Note::NotAwaitedThere | Note::CookiesKept | Note::EmptyPassesThere => note.clone(),
        }
    }

    fn failure(&self, failure: &Failure) -> Failure {
        Failure {
            kind: match &failure.kind {
                FailureKind::Assertion => FailureKind::Assertion,
                FailureKind::Thrown { name } => FailureKind::Thrown { name: self.text(name) },
            },
            message: self.text(&failure.message),
            assertion: failure.assertion.as_ref().map(|facts| self.assertion(facts)),
            refusal: failure.refusal.as_ref().map(|refusal| self.refusal(refusal)),
            position: failure.position,
        }
    }

    fn assertion(&self, facts: &AssertionFacts) -> AssertionFacts {
        AssertionFacts {
            name: facts.name.clone(),
            author_message: self.optional(facts.author_message.as_ref()),
            actual: facts.actual.as_ref().map(|value| self.value(value)),
            expected: facts.expected.as_ref().map(|value| self.value(value)),
            show_diff: facts.show_diff,
            text: facts.text.as_ref().map(|text| TextFacts {
                pattern: self.text(&text.pattern),
                flags: text.flags.clone(),
                text: self.shared(&text.text),
                negated: text.negated,
            }),
            failed_part: self.optional(facts.failed_part.as_ref()),
            request: facts.request,
        }
    }

    fn value(&self, value: &Value) -> Value {
        match value {
            Value::Undefined | Value::Null | Value::Bool(_) | Value::Date(_) => value.clone(),
            // A number may be a secret too; it is then no number any more.
            Value::Number(number) => {
                let text = crate::port::js::number_to_string(*number);
                match self.secrets.mask(&text) {
                    Cow::Borrowed(_) => value.clone(),
                    Cow::Owned(masked) => Value::Other { kind: "Number".into(), text: masked.into() },
                }
            }
            Value::String(text) => Value::String(self.shared(text)),
            Value::Array(items) => Value::Array(items.iter().map(|item| self.value(item)).collect()),
            Value::Object(object) => {
                let entries = object.iter().map(|(key, value)| (self.shared(key), self.value(value)));
                Value::Object(Arc::new(Object::from_entries(entries)))
            }
            Value::Other { kind, text } => Value::Other { kind: Arc::clone(kind), text: self.shared(text) },
        }
    }

    fn cause(&self, cause: &Cause) -> Cause {
        match cause {
            Cause::Transport(error) => Cause::Transport(Box::new(self.transport(error))),
            Cause::TimedOut { limit, waiting_for } => {
                Cause::TimedOut { limit: *limit, waiting_for: self.optional(waiting_for.as_ref()) }
            }
            Cause::Limit { name } => Cause::Limit { name: self.text(name) },
            Cause::Unsupported { what } => Cause::Unsupported { what: self.text(what) },
            Cause::Syntax { message, line, column } => {
                Cause::Syntax { message: self.text(message), line: *line, column: *column }
            }
            Cause::NeedsScript { reason } => Cause::NeedsScript { reason: self.text(reason) },
            Cause::Flaky { verdicts, failure } => {
                let failure = failure.as_ref().map(|failure| Box::new(self.failure(failure)));
                Cause::Flaky { verdicts: *verdicts, failure }
            }
            Cause::Internal { message } => Cause::Internal { message: self.text(message) },
        }
    }

    fn transport(&self, error: &TransportError) -> TransportError {
        TransportError {
            kind: match &error.kind {
                TransportKind::ConnectionRefused { authority } => {
                    TransportKind::ConnectionRefused { authority: self.text(authority) }
                }
                TransportKind::NameNotResolved { host } => TransportKind::NameNotResolved { host: self.text(host) },
                TransportKind::NotPublic { host, address } => {
                    TransportKind::NotPublic { host: self.text(host), address: *address }
                }
                TransportKind::ConnectTimeout { authority, limit } => {
                    TransportKind::ConnectTimeout { authority: self.text(authority), limit: *limit }
                }
                TransportKind::Tls { reason } => TransportKind::Tls { reason: self.text(reason) },
                TransportKind::Timeout { .. }
                | TransportKind::Cut
                | TransportKind::NotHttp
                | TransportKind::TooLarge { .. }
                | TransportKind::BadEncoding
                | TransportKind::TooManyRequests { .. }
                | TransportKind::Other => error.kind.clone(),
            },
            url: self.url(&error.url),
            phase: error.phase,
            elapsed: error.elapsed,
            detail: self.text(&error.detail),
        }
    }

    fn refusal(&self, refusal: &Refusal) -> Refusal {
        Refusal {
            kind: self.refusal_kind(&refusal.kind),
            url: self.url(&refusal.url),
            hop: refusal.hop,
            preflight: refusal.preflight,
        }
    }

    fn refusal_kind(&self, kind: &RefusalKind) -> RefusalKind {
        match kind {
            RefusalKind::WrongAllowOrigin { value, origin } => {
                RefusalKind::WrongAllowOrigin { value: self.text(value), origin: origin.clone() }
            }
            RefusalKind::MethodNotAllowed { method } => RefusalKind::MethodNotAllowed { method: self.text(method) },
            RefusalKind::HeaderNotAllowed { header } => RefusalKind::HeaderNotAllowed { header: self.text(header) },
            RefusalKind::BadRedirect { location, why } => RefusalKind::BadRedirect {
                location: header::masked(&self.secrets, "location", location),
                why: self.text(why),
            },
            RefusalKind::BadScheme { scheme } => RefusalKind::BadScheme { scheme: self.text(scheme) },
            RefusalKind::BodyNotAllowed { method } => RefusalKind::BodyNotAllowed { method: self.text(method) },
            RefusalKind::BadHeader { name } => RefusalKind::BadHeader { name: self.text(name) },
            RefusalKind::BadMethod { method } => RefusalKind::BadMethod { method: self.text(method) },
            RefusalKind::MissingAllowOrigin { .. }
            | RefusalKind::WildcardWithCredentials { .. }
            | RefusalKind::MissingAllowCredentials
            | RefusalKind::PreflightStatus { .. }
            | RefusalKind::MixedContent
            | RefusalKind::BadPort { .. }
            | RefusalKind::CredentialsInUrl
            | RefusalKind::TooManyRedirects
            | RefusalKind::UnexpectedRedirect { .. } => kind.clone(),
        }
    }

    fn exchange(&mut self, exchange: &Exchange) -> Exchange {
        Exchange {
            method: self.text(&exchange.method),
            url: self.url(&exchange.url),
            hops: exchange.hops.iter().map(|hop| self.hop(hop)).collect(),
            end: match &exchange.end {
                ExchangeEnd::Answered => ExchangeEnd::Answered,
                ExchangeEnd::Failed(FetchError::Refused(refusal)) => {
                    ExchangeEnd::Failed(FetchError::Refused(self.refusal(refusal)))
                }
                ExchangeEnd::Failed(FetchError::Transport(error)) => {
                    ExchangeEnd::Failed(FetchError::Transport(self.transport(error)))
                }
            },
            body: self.body(&exchange.body),
            duration: exchange.duration,
            from_memo: exchange.from_memo,
            file: exchange.file.as_ref().map(|file| self.shared(file)),
        }
    }

    fn hop(&self, hop: &Hop) -> Hop {
        let headers = |pairs: &[Header]| {
            let masked =
                |(name, value): &Header| (self.text(name).into(), header::masked(&self.secrets, name, value).into());
            pairs.iter().map(masked).collect::<Vec<Header>>()
        };
        Hop {
            method: self.text(&hop.method),
            url: self.url(&hop.url),
            preflight: hop.preflight,
            request_headers: headers(&hop.request_headers).into(),
            status: hop.status,
            response_headers: headers(&hop.response_headers),
        }
    }

    fn url(&self, url: &Url) -> Url {
        let masked = match self.secrets.mask(url.as_str()) {
            Cow::Borrowed(_) => return url.clone(),
            Cow::Owned(masked) => masked,
        };
        // Stars may stand everywhere but in the scheme and the port; then nothing of the address is shown.
        Url::parse(&masked).or_else(|_| Url::parse("masked:")).unwrap_or_else(|_| without_details(url))
    }

    fn body(&mut self, body: &Bytes) -> Bytes {
        if body.is_empty() {
            return body.clone();
        }
        let known =
            |(original, _): &&(Bytes, Bytes)| original.as_ptr() == body.as_ptr() && original.len() == body.len();
        if let Some((_, masked)) = self.bodies.iter().find(known) {
            return masked.clone();
        }
        let text = String::from_utf8_lossy(body);
        let masked = match self.secrets.mask(&text) {
            Cow::Borrowed(_) => body.clone(),
            Cow::Owned(masked) => Bytes::from(masked),
        };
        if self.bodies.len() >= REMEMBERED {
            self.bodies.remove(0);
        }
        self.bodies.push((body.clone(), masked.clone()));
        masked
    }
}

/// An address of which only the scheme is left.
fn without_details(url: &Url) -> Url {
    let mut url = url.clone();
    url.set_path("");
    url.set_query(None);
    url.set_fragment(None);
    url
}
