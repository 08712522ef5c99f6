//! The client for plain HTTP to the server itself: most projects that are graded run beside `grade`, and are asked like this.
//!
//! It is the client on which `reqwest` is built, with the settings of `reqwest`. What that adds is of no use here: redirects,
//! repeated requests, decoding and time limits are this folder's own, as browsers have them. It took a fifth of the
//! instructions of a submission, half of that for parsing each address twice more.

use std::collections::BTreeMap;
use std::error::Error;
use std::future::{Future, ready};
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::Full;
use hyper::{Method, Request, Uri};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::dns::Name;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use tower::timeout::Timeout;
use tower::{Layer, Service};

use super::answer::Answer;
use super::connections::{Connections, Counted};
use super::http::{IDLE_TIMEOUT, Outgoing};
use super::resolver::{Found, Resolver};
use super::transport::Failure;

/// Those of `reqwest`.
const KEEPALIVE: Duration = Duration::from_secs(15);
const KEEPALIVE_RETRIES: u32 = 3;

/// A pool of connections to servers that are asked directly.
#[derive(Debug)]
pub(super) struct Direct(Client<Counted<Timeout<HttpConnector<Names>>>, Full<Bytes>>);

impl Direct {
    /// A pool without connections.
    pub(super) fn new(names: Names, connections: &Connections, connect_timeout: Duration) -> Self {
        let mut connector = HttpConnector::new_with_resolver(names);
        connector.set_nodelay(true);
        connector.set_keepalive(Some(KEEPALIVE));
        connector.set_keepalive_interval(Some(KEEPALIVE));
        connector.set_keepalive_retries(Some(KEEPALIVE_RETRIES));
        // Shared out among the addresses of a name; looking the name up is within the limit on the whole.
        connector.set_connect_timeout(Some(connect_timeout));
        let connector = connections.layer(Timeout::new(connector, connect_timeout));
        let client = Client::builder(TokioExecutor::new())
            .timer(TokioTimer::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(IDLE_TIMEOUT)
            .build(connector);
        Self(client)
    }

    /// Sends a request and waits for the head of its answer.
    pub(super) async fn send(&self, method: &Method, outgoing: &Outgoing<'_>) -> Result<Answer, Failure> {
        let mut request = Request::new(Full::new(outgoing.body.clone().unwrap_or_default()));
        *request.method_mut() = method.clone();
        *request.uri_mut() = Uri::try_from(outgoing.url.as_str()).map_err(Failure::Address)?;
        *request.headers_mut() = outgoing.headers.clone();
        self.0.request(request).await.map(Answer::Direct).map_err(Failure::Direct)
    }
}

/// The addresses of names: those that are given (`--resolve`), else those that are looked up.
#[derive(Debug, Clone)]
pub(super) struct Names {
    pub(super) given: Arc<BTreeMap<String, Vec<SocketAddr>>>,
    pub(super) resolver: Resolver,
}

impl Service<Name> for Names {
    type Response = std::vec::IntoIter<SocketAddr>;
    type Error = Box<dyn Error + Send + Sync>;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, name: Name) -> Self::Future {
        let found: Found = match self.given.get(name.as_str()) {
            Some(given) => Box::pin(ready(Ok(given.clone()))),
            None => self.resolver.look_up(name.as_str()),
        };
        Box::pin(async move { found.await.map(Vec::into_iter) })
    }
}
