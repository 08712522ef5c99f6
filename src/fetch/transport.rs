//! From the errors of the libraries to [`TransportKind`], in plain words.

use std::error::Error;
use std::io::{self, ErrorKind};
use std::time::Duration;

use hyper_util::client::legacy;
use tower::timeout::error::Elapsed;
use url::Url;

use super::error::{Phase, TransportKind};
use super::resolver::{NotFound, NotPublic};

/// The most causes that are looked at, and the longest text that is made of them.
const MAX_CAUSES: usize = 16;
const MAX_DETAIL: usize = 1000;

/// What a client says of a request that failed.
#[derive(Debug)]
pub(super) enum Failure {
    /// Behind TLS or a proxy.
    Reqwest(reqwest::Error),
    /// Of a server that was asked directly, before its answer began.
    Direct(legacy::Error),
    /// The same, while its body came.
    Body(hyper::Error),
    /// The address is none that the client can ask for.
    Address(hyper::http::uri::InvalidUri),
}

impl Failure {
    fn error(&self) -> &(dyn Error + 'static) {
        match self {
            Self::Reqwest(error) => error,
            Self::Direct(error) => error,
            Self::Body(error) => error,
            Self::Address(error) => error,
        }
    }

    /// Finds out what it means.
    pub(super) fn kind(&self, url: &Url, connect_timeout: Duration) -> TransportKind {
        let mut kind = None;
        for cause in causes(self.error()) {
            // The innermost cause that says something wins.
            kind = from_cause(cause, url).or(kind);
        }
        let is_body = match self {
            Self::Reqwest(error) => error.is_body() || error.is_decode(),
            Self::Body(_) => true,
            Self::Direct(_) | Self::Address(_) => false,
        };
        match kind {
            Some(kind) => kind,
            None if self.is_timeout() && self.phase() == Phase::Connecting => {
                TransportKind::ConnectTimeout { authority: authority(url), limit: connect_timeout }
            }
            None if is_body => TransportKind::Cut,
            None => TransportKind::Other,
        }
    }

    /// What was being done when a request failed before its answer began.
    pub(super) fn phase(&self) -> Phase {
        let connecting = match self {
            Self::Reqwest(error) => error.is_connect(),
            Self::Direct(error) => error.is_connect(),
            Self::Body(_) | Self::Address(_) => false,
        };
        if connecting { Phase::Connecting } else { Phase::Waiting }
    }

    /// Whether something took longer than it may.
    pub(super) fn is_timeout(&self) -> bool {
        let by_cause = |cause: &(dyn Error + 'static)| {
            let of_system = cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == ErrorKind::TimedOut);
            of_system || cause.is::<Elapsed>()
        };
        match self {
            Self::Reqwest(error) => error.is_timeout(),
            _ => causes(self.error()).any(by_cause),
        }
    }

    /// The causes as the libraries word them.
    pub(super) fn detail(&self) -> String {
        detail(self.error())
    }
}

/// Whether the connection was closed under the request, as happens to kept connections.
pub(super) fn is_closed_connection(kind: &TransportKind) -> bool {
    matches!(kind, TransportKind::Cut)
}

/// The causes as the libraries word them, outermost first.
pub(super) fn detail(error: &(dyn Error + 'static)) -> String {
    let mut text = String::new();
    for cause in causes(error) {
        let words = cause.to_string();
        // Some errors repeat their cause in their own text.
        if text.ends_with(&words) {
            continue;
        }
        if !text.is_empty() {
            text.push_str(": ");
        }
        text.push_str(&words);
        if text.len() > MAX_DETAIL {
            let end = text.floor_char_boundary(MAX_DETAIL);
            text.truncate(end);
            text.push('…');
            break;
        }
    }
    text
}

/// `host:port`, the port always given.
pub(super) fn authority(url: &Url) -> String {
    format!("{}:{}", url.host_str().unwrap_or_default(), url.port_or_known_default().unwrap_or_default())
}

fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |error| next_cause(*error)).take(MAX_CAUSES)
}

/// The cause of an error; an `io::Error` hides the one that it wraps from `source`.
fn next_cause<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    if let Some(inner) = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        return Some(inner);
    }
    error.source()
}

fn from_cause(cause: &(dyn Error + 'static), url: &Url) -> Option<TransportKind> {
    if let Some(error) = cause.downcast_ref::<rustls::Error>() {
        return Some(TransportKind::Tls { reason: tls_reason(error) });
    }
    if let Some(NotPublic { name, address }) = cause.downcast_ref::<NotPublic>() {
        return Some(TransportKind::NotPublic { host: name.clone(), address: Some(*address) });
    }
    if cause.is::<NotFound>() {
        return Some(TransportKind::NameNotResolved { host: url.host_str().unwrap_or_default().to_owned() });
    }
    if let Some(error) = cause.downcast_ref::<hyper::Error>() {
        return from_hyper(error);
    }
    let error = cause.downcast_ref::<io::Error>()?;
    match error.kind() {
        ErrorKind::ConnectionRefused => Some(TransportKind::ConnectionRefused { authority: authority(url) }),
        ErrorKind::ConnectionReset
        | ErrorKind::ConnectionAborted
        | ErrorKind::BrokenPipe
        | ErrorKind::UnexpectedEof => Some(TransportKind::Cut),
        _ => None,
    }
}

fn from_hyper(error: &hyper::Error) -> Option<TransportKind> {
    if error.is_parse() || error.is_parse_status() || error.is_parse_too_large() || error.is_parse_version_h2() {
        return Some(TransportKind::NotHttp);
    }
    (error.is_incomplete_message() || error.is_closed() || error.is_canceled()).then_some(TransportKind::Cut)
}

fn tls_reason(error: &rustls::Error) -> String {
    use rustls::{CertificateError as Certificate, Error, InvalidMessage};
    let reason = match error {
        Error::InvalidCertificate(certificate) => match certificate {
            Certificate::Expired | Certificate::ExpiredContext { .. } => "the server's certificate has expired",
            Certificate::NotValidYet | Certificate::NotValidYetContext { .. } => {
                "the server's certificate is not valid yet (or the clock of this computer is wrong)"
            }
            Certificate::NotValidForName | Certificate::NotValidForNameContext { .. } => {
                "the server's certificate is for another host name"
            }
            Certificate::UnknownIssuer => {
                "the server's certificate is self-signed or from an authority that is not trusted here"
            }
            Certificate::Revoked => "the server's certificate has been revoked",
            // A self-signed certificate that calls itself an authority is reported like this.
            Certificate::Other(other) if format!("{other:?}").contains("CaUsedAsEndEntity") => {
                "the server's certificate is self-signed"
            }
            _ => return format!("the server's certificate is not accepted ({certificate})"),
        },
        Error::InvalidMessage(InvalidMessage::InvalidContentType) => {
            "the server does not speak TLS on this port; it probably wants http:// instead of https://"
        }
        Error::AlertReceived(alert) => return format!("the server broke the handshake off ({alert:?})"),
        Error::PeerIncompatible(_) => "the server offers only versions or ciphers of TLS that are out of date",
        other => return other.to_string(),
    };
    reason.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tls_failures_are_in_plain_words() {
        use rustls::{CertificateError, Error, InvalidMessage};
        for (error, part) in [
            (Error::InvalidCertificate(CertificateError::Expired), "expired"),
            (Error::InvalidCertificate(CertificateError::NotValidForName), "another host name"),
            (Error::InvalidCertificate(CertificateError::UnknownIssuer), "self-signed"),
            (Error::InvalidCertificate(CertificateError::BadEncoding), "not accepted"),
            (Error::InvalidMessage(InvalidMessage::InvalidContentType), "http://"),
        ] {
            let reason = tls_reason(&error);
            assert!(reason.contains(part), "{reason}");
        }
    }

    #[test]
    fn wrapped_causes_are_found() {
        let url = Url::parse("http://localhost:3000/").unwrap();
        let error = io::Error::other(rustls::Error::InvalidCertificate(rustls::CertificateError::Expired));
        let kind = causes(&error).fold(None, |kind, cause| from_cause(cause, &url).or(kind));
        assert!(matches!(kind, Some(TransportKind::Tls { .. })), "{kind:?}");
        let refused = io::Error::from(ErrorKind::ConnectionRefused);
        assert_eq!(
            from_cause(&refused, &url),
            Some(TransportKind::ConnectionRefused { authority: "localhost:3000".into() })
        );
    }
}
