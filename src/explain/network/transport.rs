//! No complete answer: what happened, where, and after how long.

use std::time::Duration;

use crate::explain::code::Code;
use crate::explain::model::{Explanation, Fault};
use crate::explain::show;
use crate::fetch::{Phase, TransportError, TransportKind};

pub fn explain(error: &TransportError) -> Explanation {
    let (code, headline) = told(error);
    let explanation = Explanation::new(code, headline).fault(fault(&error.kind));
    let explanation = match &error.kind {
        TransportKind::Cut | TransportKind::Timeout { .. } | TransportKind::ConnectTimeout { .. } => {
            explanation.fact("while", while_doing(error))
        }
        TransportKind::Other => explanation.fact("because", show::line(&error.detail, 300)),
        _ => explanation,
    };
    explanation.maybe_help(help(error))
}

fn told(error: &TransportError) -> (Code, String) {
    match &error.kind {
        TransportKind::ConnectionRefused { authority } => (
            Code::ConnectionRefused,
            format!("Nothing listens at {}: the connection was refused", show::line(authority, 100)),
        ),
        TransportKind::NameNotResolved { host } => {
            (Code::NameNotResolved, format!("There is no host called {}", show::line(host, 100)))
        }
        TransportKind::NotPublic { host, address } => {
            let host = show::line(host, 100);
            let headline = match address {
                Some(address) => format!("{host} has the address {address}, which is not on the public internet"),
                None => format!("{host} is not on the public internet"),
            };
            (Code::NotPublic, headline)
        }
        TransportKind::ConnectTimeout { authority, limit } => (
            Code::ConnectTimeout,
            format!("No connection to {} within {}", show::line(authority, 100), duration(*limit)),
        ),
        TransportKind::Timeout { limit } => {
            let what = if error.phase == Phase::Reading { "the whole answer" } else { "an answer" };
            (Code::AnswerTimeout, format!("The project did not give {what} within {}", duration(*limit)))
        }
        TransportKind::Tls { reason } => {
            (Code::TlsFailed, format!("No secure connection: {}", show::line(reason, 200)))
        }
        TransportKind::Cut => match error.phase {
            Phase::Reading => (Code::ConnectionCut, "The connection was closed in the middle of the answer".to_owned()),
            _ => (Code::ConnectionCut, "The connection was closed before an answer came".to_owned()),
        },
        TransportKind::NotHttp => {
            (Code::NotHttp, format!("What listens at {} does not speak HTTP", show::line(&authority(error), 100)))
        }
        TransportKind::TooLarge { limit } => {
            (Code::AnswerTooLarge, format!("The answer is larger than {}", size(*limit)))
        }
        TransportKind::BadEncoding => {
            (Code::BadEncoding, "The answer is not compressed as its Content-Encoding header says".to_owned())
        }
        TransportKind::TooManyRequests { limit } => {
            (Code::TestLimit, format!("The test makes more than {limit} requests"))
        }
        TransportKind::Other => (Code::RequestFailed, "The request failed".to_owned()),
    }
}

fn fault(kind: &TransportKind) -> Fault {
    match kind {
        TransportKind::Cut | TransportKind::TooLarge { .. } | TransportKind::BadEncoding => Fault::Project,
        TransportKind::TooManyRequests { .. } => Fault::Test,
        _ => Fault::Environment,
    }
}

fn help(error: &TransportError) -> Option<String> {
    let local = matches!(error.url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    Some(match &error.kind {
        TransportKind::ConnectionRefused { .. } if local => {
            "start the project, look which port it says it listens on, and give that address with --url".to_owned()
        }
        TransportKind::ConnectionRefused { .. } => {
            "look whether the project is running there, and on which port".to_owned()
        }
        TransportKind::NotPublic { .. } => {
            "give the address under which everybody can reach the project; without --public-only, any address is asked"
                .to_owned()
        }
        TransportKind::NameNotResolved { .. } => "look for a typing error in the address".to_owned(),
        TransportKind::ConnectTimeout { .. } => {
            "look whether the project is running, and whether the address is right; a firewall answers like this, too"
                .to_owned()
        }
        TransportKind::Timeout { .. } => {
            "look for a way through the handler that sends nothing; --max-time gives a slow project more time"
                .to_owned()
        }
        TransportKind::Tls { .. } if local => {
            "a project on your own machine usually has no certificate: write http:// instead of https://".to_owned()
        }
        TransportKind::Tls { .. } => {
            "write http:// if the project has no certificate; --cacert trusts one of your own, -k trusts any".to_owned()
        }
        TransportKind::Cut => "look at the project's own output: it has probably crashed".to_owned(),
        TransportKind::NotHttp if error.url.scheme() == "http" => {
            "look at the port: a database or an https server may listen there (then write https://)".to_owned()
        }
        TransportKind::NotHttp => "look at the port: something else listens there".to_owned(),
        TransportKind::TooLarge { .. } => "send less, or allow more with --max-body".to_owned(),
        TransportKind::BadEncoding => {
            "look whether the body is compressed twice, or not at all: the compression package does it right".to_owned()
        }
        TransportKind::TooManyRequests { .. } => {
            "the project is not at fault; tell whoever maintains the challenge".to_owned()
        }
        TransportKind::Other => return None,
    })
}

/// What was being done, and since when; where no times are wanted, they are 0 in the facts.
fn while_doing(error: &TransportError) -> String {
    let doing = format!("{} {}", doing(error.phase), address(error));
    if error.elapsed.is_zero() { doing } else { format!("{doing}, after {}", duration(error.elapsed)) }
}

fn doing(phase: Phase) -> &'static str {
    match phase {
        Phase::Connecting => "connecting to",
        Phase::Waiting => "waiting for",
        Phase::Reading => "reading",
    }
}

fn address(error: &TransportError) -> String {
    show::line(error.url.as_str(), 120)
}

fn authority(error: &TransportError) -> String {
    let host = error.url.host_str().unwrap_or_default();
    error.url.port_or_known_default().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

/// `5 s`, `1.5 s`, `300 ms`
pub fn duration(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    if seconds < 1.0 {
        return format!("{} ms", time.as_millis());
    }
    if (seconds - seconds.round()).abs() < 0.05 { format!("{seconds:.0} s") } else { format!("{seconds:.1} s") }
}

fn size(bytes: usize) -> String {
    const MIB: usize = 1024 * 1024;
    match bytes {
        _ if bytes >= MIB && bytes.is_multiple_of(MIB) => format!("{} MiB", bytes / MIB),
        _ if bytes >= 1024 && bytes.is_multiple_of(1024) => format!("{} KiB", bytes / 1024),
        _ => format!("{bytes} bytes"),
    }
}
