//! The HTTP client that all pages of a run share.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use bytes::Bytes;
use reqwest::Method;
use reqwest::header::{HeaderMap, HeaderValue};
use url::Url;

use super::answer::Answer;
use super::connections::Connections;
use super::direct::{Direct, Names};
use super::error::{Phase, TransportKind};
use super::head::Heads;
use super::policy::is_loopback;
use super::public::{is_public, refused_host};
use super::reached::Reached;
use super::resolver::{Pins, Resolver};
use super::settings::{FetchSettings, Reach, SettingsError};
use super::transport::{self, Failure};

/// Kept connections are given up before servers do it: Node's wait for 5 s.
pub(super) const IDLE_TIMEOUT: Duration = Duration::from_secs(4);

/// How often a request is sent again because a kept connection turned out to be closed.
const RESENDS: usize = 3;

/// A pool of connections with the settings of a run. Cheap to clone.
///
/// Connections are driven by the runtime on which they were made, so every runtime wants a client of its own.
#[derive(Debug, Clone)]
pub struct Client {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    settings: FetchSettings,
    user_agent: HeaderValue,
    plain: Heads,
    connections: Connections,
    reached: Reached,
    /// With `--public-only`: shared by all clients, so that a name has the same addresses in all of them.
    pins: Option<Pins>,
    /// For plain HTTP to the server itself, made when it is first needed.
    direct: OnceLock<Direct>,
    /// One client per [`Route`] for everything else, made when it is first needed.
    clients: [OnceLock<Result<reqwest::Client, String>>; 4],
}

/// What kind of client a URL needs. Loading the certificate authorities costs much more than a whole run against a
/// local project, and the proxies of the environment must not be asked for loopback addresses.
#[derive(Debug, Clone, Copy)]
struct Route {
    tls: bool,
    loopback: bool,
}

impl Route {
    fn of(url: &Url) -> Self {
        Self { tls: url.scheme() == "https", loopback: is_loopback(url) }
    }

    fn index(self) -> usize {
        usize::from(self.tls) * 2 + usize::from(self.loopback)
    }
}

/// A request as it goes over the wire.
pub(super) struct Outgoing<'a> {
    pub(super) method: &'a str,
    pub(super) url: &'a Url,
    pub(super) headers: &'a HeaderMap,
    pub(super) body: Option<Bytes>,
}

/// Why there is no answer.
pub(super) struct NoAnswer {
    pub(super) kind: TransportKind,
    pub(super) phase: Phase,
    pub(super) detail: String,
}

impl Client {
    /// Checks the settings; connects to nothing.
    pub fn new(settings: FetchSettings) -> Result<Self, SettingsError> {
        let user_agent = HeaderValue::from_str(&settings.user_agent).map_err(|_| SettingsError::UserAgent)?;
        let pins = matches!(settings.reach, Reach::Public { .. }).then(Pins::default);
        let client = Self {
            shared: Arc::new(Shared {
                settings,
                user_agent,
                plain: Heads::default(),
                connections: Connections::default(),
                reached: Reached::default(),
                pins,
                direct: OnceLock::new(),
                clients: [const { OnceLock::new() }; 4],
            }),
        };
        client.proxy()?;
        client.certificates()?;
        Ok(client)
    }

    /// The settings.
    pub fn settings(&self) -> &FetchSettings {
        &self.shared.settings
    }

    /// The addresses that a host name was resolved to last; none for addresses, for `--resolve`, and behind a proxy.
    pub fn addresses(&self, host: &str) -> Vec<IpAddr> {
        self.shared.reached.addresses(host)
    }

    /// Who answered last for the URL's host and port: the server, or the proxy before it.
    pub fn peer(&self, url: &Url) -> Option<SocketAddr> {
        self.shared.reached.peer(url)
    }

    pub(super) fn user_agent(&self) -> HeaderValue {
        self.shared.user_agent.clone()
    }

    /// The heads of plain requests.
    pub(super) fn plain(&self) -> &Heads {
        &self.shared.plain
    }

    pub(super) fn connections(&self) -> &Connections {
        &self.shared.connections
    }

    /// Sends one request and waits for the head of the answer. Redirects are not followed.
    pub(super) async fn send(&self, outgoing: Outgoing<'_>) -> Result<Answer, NoAnswer> {
        let other = |detail: String| NoAnswer { kind: TransportKind::Other, phase: Phase::Connecting, detail };
        if let Some(kind) = self.not_public(outgoing.url) {
            return Err(NoAnswer { kind, phase: Phase::Connecting, detail: String::new() });
        }
        let client = self.client(Route::of(outgoing.url)).map_err(other)?;
        let method = Method::from_bytes(outgoing.method.as_bytes()).map_err(|error| other(error.to_string()))?;
        let mut resent = 0;
        loop {
            self.shared.settings.pace.turn(outgoing.url).await;
            let begun = self.shared.connections.begun();
            let failure = match client.send(&method, &outgoing).await {
                Ok(answer) => {
                    self.shared.reached.answered(outgoing.url, answer.peer());
                    return Ok(answer);
                }
                Err(failure) => failure,
            };
            let kind = failure.kind(outgoing.url, self.shared.settings.connect_timeout);
            // No connection was made in the meantime, so it was a kept one, and browsers ask again.
            let was_kept = begun == self.shared.connections.begun();
            if transport::is_closed_connection(&kind) && was_kept && resent < RESENDS {
                resent += 1;
                continue;
            }
            return Err(NoAnswer { kind, phase: failure.phase(), detail: failure.detail() });
        }
    }

    /// What is known to be no public address before any name is looked up: the URL's host itself, or what `--resolve` says.
    fn not_public(&self, url: &Url) -> Option<TransportKind> {
        let settings = &self.shared.settings;
        let Reach::Public { also } = &settings.reach else { return None };
        let address = url.socket_addrs(|| None).ok().filter(|_| !matches!(url.host(), Some(url::Host::Domain(_))));
        if address.is_some_and(|address| address.iter().all(|address| also.contains(address))) {
            return None;
        }
        if let Some(host) = refused_host(url) {
            return Some(TransportKind::NotPublic { host, address: None });
        }
        let host = url.host_str()?;
        let overrides = settings.resolve.iter().filter(|entry| entry.host == host).flat_map(|entry| &entry.addresses);
        let address = overrides.map(SocketAddr::ip).find(|address| !is_public(*address))?;
        Some(TransportKind::NotPublic { host: host.to_owned(), address: Some(address) })
    }

    /// Who sends to a URL of this kind.
    fn client(&self, route: Route) -> Result<Way<'_>, String> {
        if !route.tls && self.shared.settings.proxy.is_none() && self.is_without_proxy(route) {
            return Ok(Way::Direct(self.shared.direct.get_or_init(|| self.direct())));
        }
        let slot = self.shared.clients.get(route.index()).ok_or("no such route")?;
        let built = slot.get_or_init(|| self.build(route).map_err(|error| error.to_string()));
        built.as_ref().map(Way::Reqwest).map_err(Clone::clone)
    }

    /// Whether the proxies of the environment are left alone: those before servers of this machine, and with `--public-only`
    /// all of them, for a proxy looks names up by itself, so nobody could say whom it asks.
    fn is_without_proxy(&self, route: Route) -> bool {
        route.loopback || self.shared.settings.reach != Reach::Anywhere
    }

    fn resolver(&self) -> Resolver {
        Resolver { reached: self.shared.reached.clone(), pins: self.shared.pins.clone() }
    }

    /// Names with the addresses that `--resolve` gives them.
    fn given_addresses(&self) -> BTreeMap<String, Vec<SocketAddr>> {
        let mut given: BTreeMap<String, Vec<SocketAddr>> = BTreeMap::new();
        for entry in &self.shared.settings.resolve {
            given.entry(entry.host.clone()).or_default().extend(&entry.addresses);
        }
        given
    }

    fn direct(&self) -> Direct {
        let names = Names { given: Arc::new(self.given_addresses()), resolver: self.resolver() };
        Direct::new(names, &self.shared.connections, self.shared.settings.connect_timeout)
    }

    fn build(&self, route: Route) -> Result<reqwest::Client, SettingsError> {
        let settings = &self.shared.settings;
        let mut builder = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .connect_timeout(settings.connect_timeout)
            .pool_idle_timeout(IDLE_TIMEOUT)
            .dns_resolver(self.resolver())
            .connector_layer(self.shared.connections.clone());
        for (host, addresses) in self.given_addresses() {
            builder = builder.resolve_to_addrs(&host, &addresses);
        }
        builder = match self.proxy()? {
            Some(proxy) => builder.no_proxy().proxy(proxy),
            None if self.is_without_proxy(route) => builder.no_proxy(),
            None => builder,
        };
        builder = if route.tls {
            install_crypto();
            builder.tls_certs_merge(self.certificates()?).tls_danger_accept_invalid_certs(settings.insecure)
        } else {
            builder.tls_backend_preconfigured(no_tls()?)
        };
        builder.build().map_err(|error| SettingsError::Client { why: transport::detail(&error) })
    }

    fn proxy(&self) -> Result<Option<reqwest::Proxy>, SettingsError> {
        let Some(url) = &self.shared.settings.proxy else { return Ok(None) };
        let proxy = reqwest::Proxy::all(url.as_str());
        proxy.map(Some).map_err(|error| SettingsError::Proxy { url: url.clone(), why: transport::detail(&error) })
    }

    fn certificates(&self) -> Result<Vec<reqwest::Certificate>, SettingsError> {
        let Some(pem) = &self.shared.settings.ca_certificates else { return Ok(Vec::new()) };
        let bad = |why: String| SettingsError::CaCertificates { why };
        let certificates =
            reqwest::Certificate::from_pem_bundle(pem).map_err(|error| bad(transport::detail(&error)))?;
        if certificates.is_empty() {
            return Err(bad("it contains no certificate in PEM form".to_owned()));
        }
        Ok(certificates)
    }
}

/// Who sends requests.
enum Way<'c> {
    Direct(&'c Direct),
    Reqwest(&'c reqwest::Client),
}

impl Way<'_> {
    /// Sends a request and waits for the head of its answer.
    async fn send(&self, method: &Method, outgoing: &Outgoing<'_>) -> Result<Answer, Failure> {
        let client = match self {
            Self::Direct(direct) => return direct.send(method, outgoing).await,
            Self::Reqwest(client) => client,
        };
        let mut request = reqwest::Request::new(method.clone(), outgoing.url.clone());
        *request.headers_mut() = outgoing.headers.clone();
        *request.body_mut() = outgoing.body.clone().map(Into::into);
        client.execute(request).await.map(Answer::Reqwest).map_err(Failure::Reqwest)
    }
}

/// Makes ring the provider of the process; somebody else may have been first, which is fine.
fn install_crypto() {
    let _ = rustls::crypto::ring::default_provider().install_default();
}

/// A TLS set-up that trusts nobody, for clients that only ever speak plain HTTP.
fn no_tls() -> Result<rustls::ClientConfig, SettingsError> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let versions = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| SettingsError::Client { why: error.to_string() })?;
    Ok(versions.with_root_certificates(rustls::RootCertStore::empty()).with_no_client_auth())
}

#[cfg(test)]
mod tests;
