//! What the user can set about requests.

use std::net::SocketAddr;
use std::time::Duration;

use thiserror::Error;

use super::pace::Pace;

/// Settings of all requests of a run.
#[derive(Debug, Clone)]
pub struct FetchSettings {
    /// Limit for making a connection (`--connect-timeout`).
    pub connect_timeout: Duration,
    /// Limit for one request as a whole, redirects included (`--max-time`); none by default, the hint has its own.
    pub max_time: Option<Duration>,
    /// The largest body that is read, in bytes, both before and after decoding (`--max-body`).
    pub max_body: usize,
    /// How often a request is repeated after a transport error (`--retry`).
    pub retry: u32,
    /// Whether the browser's rules decide what may be read (`--no-cors` turns them off).
    pub cors: bool,
    /// Whether XHR and jQuery keep cookies without `withCredentials`: the honest rules.
    pub keep_xhr_cookies: bool,
    /// The most requests that one hint may make.
    pub max_requests: usize,
    /// The value of `User-Agent`.
    pub user_agent: String,
    /// A proxy for everything (`--proxy`). Without it the proxies of the environment are used, except for loopback.
    pub proxy: Option<String>,
    /// Certificates in PEM that are trusted as well (`--cacert`): the content of the file.
    pub ca_certificates: Option<Vec<u8>>,
    /// Accept any certificate (`-k`).
    pub insecure: bool,
    /// Addresses for host and port instead of what name resolution says (`--resolve`).
    pub resolve: Vec<ResolveOverride>,
    /// Which addresses are asked.
    pub reach: Reach,
    /// When hosts may be asked; shared by all clients that are made of clones of these settings.
    pub pace: Pace,
}

/// Which addresses are asked, on every hop.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Reach {
    /// All of them.
    #[default]
    Anywhere,
    /// Those of the public internet (`--public-only`), and these ones, for a server of one's own among strangers'. No proxy
    /// is used then.
    Public {
        /// Asked all the same.
        also: Vec<SocketAddr>,
    },
}

impl Default for FetchSettings {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(10),
            max_time: None,
            max_body: 2 * 1024 * 1024,
            retry: 0,
            cors: true,
            keep_xhr_cookies: true,
            max_requests: 200,
            user_agent: concat!("Mozilla/5.0 (compatible; grade/", env!("CARGO_PKG_VERSION"), ")").to_owned(),
            proxy: None,
            ca_certificates: None,
            insecure: false,
            resolve: Vec::new(),
            reach: Reach::Anywhere,
            pace: Pace::default(),
        }
    }
}

/// One `--resolve host:port:address[,address]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResolveOverride {
    /// The host name, in lower case.
    pub host: String,
    /// The port that it is meant for.
    pub port: u16,
    /// Where to connect instead.
    pub addresses: Vec<SocketAddr>,
}

impl std::str::FromStr for ResolveOverride {
    type Err = SettingsError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bad = || SettingsError::Resolve { text: text.to_owned() };
        let (host, rest) = text.split_once(':').ok_or_else(bad)?;
        let (port, addresses) = rest.split_once(':').ok_or_else(bad)?;
        let port: u16 = port.parse().map_err(|_| bad())?;
        let addresses = addresses
            .split(',')
            .map(|address| address.trim().trim_start_matches('[').trim_end_matches(']').parse())
            .map(|address| address.map(|ip| SocketAddr::new(ip, port)).map_err(|_| bad()))
            .collect::<Result<Vec<_>, _>>()?;
        if host.is_empty() {
            return Err(bad());
        }
        Ok(Self { host: host.to_ascii_lowercase(), port, addresses })
    }
}

/// Settings that cannot be used.
#[derive(Debug, Clone, Error)]
pub enum SettingsError {
    /// `--resolve` in another form.
    #[error("`{text}` is not of the form host:port:address[,address]")]
    Resolve {
        /// As given.
        text: String,
    },
    /// `--proxy` is no URL of a proxy.
    #[error("`{url}` cannot be used as a proxy: {why}")]
    Proxy {
        /// As given.
        url: String,
        /// What is wrong with it.
        why: String,
    },
    /// `--cacert` holds no certificates.
    #[error("the file with trusted certificates cannot be used: {why}")]
    CaCertificates {
        /// What is wrong with it.
        why: String,
    },
    /// The user agent contains characters that a header cannot have.
    #[error("the user agent contains characters that a header cannot have")]
    UserAgent,
    /// The HTTP client could not be set up.
    #[error("the HTTP client cannot be set up: {why}")]
    Client {
        /// What the library says.
        why: String,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resolve_overrides_are_read_as_curl_writes_them() {
        let parsed: ResolveOverride = "Example.com:8080:127.0.0.1,[::1]".parse().unwrap();
        assert_eq!(parsed.host, "example.com");
        assert_eq!(parsed.addresses, ["127.0.0.1:8080".parse().unwrap(), "[::1]:8080".parse().unwrap()]);
        for bad in ["", "a", "a:1", "a:x:127.0.0.1", "a:1:", "a:1:b", ":1:127.0.0.1"] {
            assert!(bad.parse::<ResolveOverride>().is_err(), "{bad}");
        }
    }
}
