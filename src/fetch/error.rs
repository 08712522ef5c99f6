//! Why a page gets nothing to read.

use std::net::IpAddr;
use std::time::Duration;

use thiserror::Error;
use url::Url;

/// A request that gave script code nothing but a rejected promise.
#[derive(Debug, Clone, Error)]
pub enum FetchError {
    /// The project answered (or could not be asked), and a browser keeps the answer from the page: the hint fails.
    #[error("{0}")]
    Refused(Refusal),
    /// There was no complete answer: the hint could not be checked.
    #[error("{0}")]
    Transport(TransportError),
}

/// A rule of the browser that keeps an answer from the page.
#[derive(Debug, Clone, Error)]
#[error("{kind}")]
pub struct Refusal {
    /// Which rule.
    pub kind: RefusalKind,
    /// The URL of the hop that broke it.
    pub url: Url,
    /// Number of the hop, from 0; greater than 0 after a redirect.
    pub hop: usize,
    /// Whether it was the preflight (OPTIONS) that broke it.
    pub preflight: bool,
}

/// The rules of BROWSER.md "CORS decides verdicts" that can refuse an answer. Messages are whole sentences without
/// the URL, which [`Refusal`] has.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RefusalKind {
    /// No `Access-Control-Allow-Origin`.
    #[error("the answer has no Access-Control-Allow-Origin header, so a page of {origin} may not read it")]
    MissingAllowOrigin {
        /// The origin of the page.
        origin: String,
    },
    /// `Access-Control-Allow-Origin` names somebody else, `null`, or more than one value.
    #[error("the answer's Access-Control-Allow-Origin is `{value}`, which does not allow {origin}")]
    WrongAllowOrigin {
        /// The header as sent, several joined by `, `.
        value: String,
        /// The origin of the page.
        origin: String,
    },
    /// With credentials `*` is not enough.
    #[error("Access-Control-Allow-Origin is `*`, which is not enough for a request with cookies; it must be {origin}")]
    WildcardWithCredentials {
        /// The origin of the page.
        origin: String,
    },
    /// With credentials `Access-Control-Allow-Credentials: true` is needed.
    #[error("a request with cookies needs Access-Control-Allow-Credentials: true in the answer")]
    MissingAllowCredentials,
    /// The preflight was not answered with 2xx.
    #[error("the preflight (OPTIONS) request was answered with status {status}; it must be 200 to 299")]
    PreflightStatus {
        /// The status.
        status: u16,
    },
    /// The preflight does not list the method.
    #[error("the preflight answer's Access-Control-Allow-Methods does not list {method}")]
    MethodNotAllowed {
        /// The method that was wanted.
        method: String,
    },
    /// The preflight does not list a header.
    #[error("the preflight answer's Access-Control-Allow-Headers does not list {header}")]
    HeaderNotAllowed {
        /// The header that was wanted, in lower case.
        header: String,
    },
    /// An https page may not fetch from http, loopback excepted.
    #[error("a page on https may not fetch from http (mixed content)")]
    MixedContent,
    /// The port is on the Fetch standard's list of bad ports.
    #[error("browsers refuse to connect to port {port}")]
    BadPort {
        /// The port.
        port: u16,
    },
    /// The URL contains a user name or password.
    #[error("a URL with a user name or password cannot be fetched")]
    CredentialsInUrl,
    /// More than 20 redirects.
    #[error("there were more than 20 redirects")]
    TooManyRedirects,
    /// `redirect: "error"` met a redirect.
    #[error("the test asked for no redirect, and the answer is one (status {status})")]
    UnexpectedRedirect {
        /// The status.
        status: u16,
    },
    /// A redirect that cannot be followed: no valid URL, a scheme that is not http(s), credentials in it.
    #[error("the redirect to `{location}` cannot be followed: {why}")]
    BadRedirect {
        /// The `Location` as sent.
        location: String,
        /// What is wrong with it.
        why: String,
    },
    /// A scheme that cannot be fetched.
    #[error("the scheme `{scheme}:` cannot be fetched")]
    BadScheme {
        /// The scheme.
        scheme: String,
    },
    /// A GET or HEAD request with a body.
    #[error("a {method} request cannot have a body")]
    BodyNotAllowed {
        /// The method.
        method: String,
    },
    /// A header that HTTP cannot carry.
    #[error("the header `{name}` has a name or a value that cannot be sent")]
    BadHeader {
        /// Its name as given.
        name: String,
    },
    /// A method that scripts may not use (CONNECT, TRACE, TRACK) or that is no token.
    #[error("the method `{method}` cannot be used")]
    BadMethod {
        /// The method.
        method: String,
    },
}

/// No complete answer.
#[derive(Debug, Clone, Error)]
#[error("{kind}")]
pub struct TransportError {
    /// What happened.
    pub kind: TransportKind,
    /// The URL that was asked for (of the hop that failed).
    pub url: Url,
    /// What was being done.
    pub phase: Phase,
    /// Time since the request began.
    pub elapsed: Duration,
    /// The causes as the libraries word them, outermost first.
    pub detail: String,
}

/// Kinds of transport failures.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TransportKind {
    /// Nothing listens there.
    #[error("nothing answers at {authority}: the connection was refused")]
    ConnectionRefused {
        /// `host:port`.
        authority: String,
    },
    /// The name has no address.
    #[error("the host name `{host}` cannot be found")]
    NameNotResolved {
        /// The host.
        host: String,
    },
    /// The address is not one of the public internet, and only those are asked (`--public-only`).
    #[error("{host} is {}, and only public addresses are asked", place(*.address))]
    NotPublic {
        /// The host as the URL names it.
        host: String,
        /// The address that its name has; nothing where the host is that address itself.
        address: Option<IpAddr>,
    },
    /// The connection was not made in time.
    #[error("no connection to {authority} within {} ms", limit.as_millis())]
    ConnectTimeout {
        /// `host:port`.
        authority: String,
        /// The limit.
        limit: Duration,
    },
    /// The answer was not complete in time.
    #[error("no complete answer within {} ms", limit.as_millis())]
    Timeout {
        /// The limit.
        limit: Duration,
    },
    /// TLS failed.
    #[error("no secure connection: {reason}")]
    Tls {
        /// In plain words.
        reason: String,
    },
    /// The connection was reset or closed before the answer was complete.
    #[error("the connection was closed before the answer was complete")]
    Cut,
    /// The answer is no HTTP.
    #[error("what answers there does not speak HTTP")]
    NotHttp,
    /// The body is larger than the limit.
    #[error("the answer is larger than {limit} bytes")]
    TooLarge {
        /// The limit in bytes.
        limit: usize,
    },
    /// The body could not be decoded as its `Content-Encoding` says.
    #[error("the answer's Content-Encoding cannot be decoded")]
    BadEncoding,
    /// More requests than a hint may make.
    #[error("more than {limit} requests")]
    TooManyRequests {
        /// The limit.
        limit: usize,
    },
    /// Anything else.
    #[error("the request failed")]
    Other,
}

/// Where a host is that may not be asked.
fn place(address: Option<IpAddr>) -> String {
    match address {
        Some(address) => format!("at {address}, which is not on the public internet"),
        None => "not on the public internet".to_owned(),
    }
}

/// What a request was doing when it failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Finding and reaching the server: name resolution, connect, TLS.
    Connecting,
    /// Waiting for the first byte of the answer.
    Waiting,
    /// Reading the body.
    Reading,
}
