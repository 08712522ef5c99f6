//! The way to the project: name, connection, TLS, and whether HTTP is spoken at its end.

use std::net::IpAddr;

use url::{Host, Url};

use super::ask::{Asked, Asker};
use super::model::{Finding, Step};
use super::neighbours;
use crate::fetch::{Client, FetchSettings, Phase, TransportError, TransportKind, is_loopback};

/// Whether anybody answered in HTTP, be it with a redirect.
pub(super) fn answered(asked: &Asked) -> bool {
    asked.exchange().hops.iter().any(|hop| hop.status.is_some())
}

/// The findings up to the first answer. When there is none, the last of them is a problem.
pub(super) async fn look(
    asked: &Asked,
    via: &Asker,
    url: &Url,
    settings: &FetchSettings,
    ports: &[u16],
) -> Vec<Finding> {
    let failure = asked.transport().filter(|_| !answered(asked));
    let failed_at = failure.map(step_of);
    let mut findings = Vec::new();
    for step in [Step::Name, Step::Connection, Step::Tls, Step::Answer] {
        if let Some(error) = failure.filter(|_| failed_at == Some(step)) {
            findings.push(problem(step, error, via, url, settings, ports).await);
            break;
        }
        match step {
            Step::Name => findings.push(name(url, &via.client, settings)),
            Step::Connection => findings.push(connection(url, &via.client)),
            Step::Tls => findings.push(tls(url, settings)),
            // Who it is that answers is looked at elsewhere.
            _ => {}
        }
    }
    findings
}

/// The step at which a request failed.
fn step_of(error: &TransportError) -> Step {
    match error.kind {
        TransportKind::NameNotResolved { .. } | TransportKind::NotPublic { .. } => Step::Name,
        TransportKind::ConnectionRefused { .. } | TransportKind::ConnectTimeout { .. } => Step::Connection,
        TransportKind::Tls { .. } => Step::Tls,
        _ if error.phase == Phase::Connecting => Step::Connection,
        _ => Step::Answer,
    }
}

fn name(url: &Url, client: &Client, settings: &FetchSettings) -> Finding {
    let Some(Host::Domain(host)) = url.host() else {
        let host = url.host_str().unwrap_or_default();
        return Finding::not_looked_at(Step::Name, format!("{host} is an address, there is no name to look up"));
    };
    let port = url.port_or_known_default();
    if let Some(given) = settings.resolve.iter().find(|entry| entry.host == host && Some(entry.port) == port) {
        let addresses: Vec<IpAddr> = given.addresses.iter().map(std::net::SocketAddr::ip).collect();
        return Finding::ok(Step::Name, format!("{host} is taken for {} (--resolve)", list(&addresses)));
    }
    let addresses = client.addresses(host);
    if addresses.is_empty() {
        return Finding::not_looked_at(Step::Name, format!("a proxy looks {host} up"));
    }
    let whose = if is_loopback(url) { "this computer" } else { "found" };
    Finding::ok(Step::Name, format!("{host} is {whose}: {}", list(&addresses)))
}

fn list(addresses: &[IpAddr]) -> String {
    const SHOWN: usize = 4;
    let mut text = addresses.iter().take(SHOWN).map(ToString::to_string).collect::<Vec<_>>().join(", ");
    if let Some(more) = addresses.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        text.push_str(&format!(" and {more} more"));
    }
    text
}

fn connection(url: &Url, client: &Client) -> Finding {
    let Some(peer) = client.peer(url) else { return Finding::ok(Step::Connection, "something listens there") };
    let behind_proxy = match url.host() {
        Some(Host::Domain(host)) => {
            let addresses = client.addresses(host);
            addresses.is_empty() || !addresses.contains(&peer.ip())
        }
        Some(Host::Ipv4(address)) => peer.ip() != IpAddr::V4(address),
        Some(Host::Ipv6(address)) => peer.ip() != IpAddr::V6(address),
        None => false,
    };
    let text = if behind_proxy { format!("connected by way of {peer}") } else { format!("connected to {peer}") };
    Finding::ok(Step::Connection, text)
}

fn tls(url: &Url, settings: &FetchSettings) -> Finding {
    if url.scheme() != "https" {
        return Finding::not_looked_at(Step::Tls, "http has none");
    }
    if settings.insecure {
        let help = "a browser looks at it: grade without -k before you submit the address";
        return Finding::warning(Step::Tls, "the certificate was not looked at (-k)", help);
    }
    Finding::ok(Step::Tls, "a secure connection, with a certificate that is trusted here")
}

async fn problem(
    step: Step,
    error: &TransportError,
    via: &Asker,
    url: &Url,
    settings: &FetchSettings,
    ports: &[u16],
) -> Finding {
    let local = is_loopback(url);
    let text = error.to_string();
    match &error.kind {
        TransportKind::NameNotResolved { .. } => Finding::problem(
            step,
            text,
            "look for a typing error in the address, and whether this computer is online; a project that was deleted \
             loses its name too",
        ),
        TransportKind::ConnectionRefused { .. } | TransportKind::ConnectTimeout { .. } if local => {
            let found = neighbours::find(url, settings, ports).await;
            let tried = list(&via.client.addresses(url.host_str().unwrap_or_default()));
            let mut details: Vec<String> = if tried.is_empty() { Vec::new() } else { vec![format!("tried {tried}")] };
            details.extend(found);
            let help = "start the project, look which port it says it listens on, and give that address with --url";
            Finding::problem(step, text, help).with_details(details)
        }
        TransportKind::ConnectionRefused { .. } => Finding::problem(
            step,
            text,
            "the computer is there and nothing listens at this port: look whether the project runs, and leave the port \
             out of the address of a public host",
        ),
        TransportKind::ConnectTimeout { limit, .. } | TransportKind::Timeout { limit } if step == Step::Connection => {
            let host = url.host_str().unwrap_or_default();
            let text = format!("no connection to {host} within {} ms", limit.as_millis());
            let known = list(&via.client.addresses(host));
            let details = if known.is_empty() { Vec::new() } else { vec![format!("tried {known}")] };
            let help = "look whether the address is right; a firewall, or an address of another network, does this too";
            Finding::problem(step, text, help).with_details(details)
        }
        TransportKind::Timeout { .. } => {
            let help = if local {
                "the project takes the request and never answers: look for a route or a middleware that neither sends an \
                 answer nor calls next()"
            } else {
                "a free host may have to wake the project up, which takes up to a minute: open the address in a browser, \
                 wait until it shows, then try again"
            };
            Finding::problem(step, format!("connected, but {text}"), help)
        }
        TransportKind::Tls { .. } => match other_scheme(via, url).await {
            Some(other) => Finding::problem(step, format!("{text}; over http it answers"), use_address(&other)),
            None => Finding::problem(
                step,
                text,
                "a browser refuses it too; for a look all the same, --cacert trusts your own certificate, -k any",
            ),
        },
        TransportKind::NotHttp | TransportKind::Cut => match other_scheme(via, url).await {
            Some(other) => {
                let text = format!("what listens at this port speaks {}", other.scheme());
                Finding::problem(step, text, use_address(&other))
            }
            None if error.kind == TransportKind::NotHttp => Finding::problem(
                step,
                text,
                "something else listens at this port, such as a database: look which port the project says it listens on",
            ),
            None => {
                let help = "look at the project's own output: it may have crashed on the request";
                Finding::problem(step, "the connection was closed without an answer", help)
            }
        },
        _ => {
            let text = if error.detail.is_empty() { text } else { format!("{text}: {}", error.detail) };
            Finding::problem(step, text, "look whether the address is right and the project runs")
        }
    }
}

/// The same address with the other scheme, if it is answered there.
async fn other_scheme(via: &Asker, url: &Url) -> Option<Url> {
    let mut other = url.clone();
    let scheme = if url.scheme() == "https" { "http" } else { "https" };
    // A port that is only implied is another one for the other scheme, where nothing was asked yet.
    other.set_scheme(scheme).ok()?;
    let settings = FetchSettings { insecure: true, retry: 0, ..via.client.settings().clone() };
    let limit = settings.max_time.unwrap_or(settings.connect_timeout);
    let asked = Asker::new(&settings, limit, false).ok()?.get(&other).await;
    answered(&asked).then_some(other)
}

fn use_address(url: &Url) -> String {
    format!("give the address as {}", url.as_str().trim_end_matches('/'))
}
