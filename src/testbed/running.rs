//! Starting and stopping.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use url::Url;

use super::fault::Faults;
use super::messages::Messages;
use super::project::Project;
use super::raw::Front;
use super::record::{Record, Seen};
use super::server;
use super::session::Sessions;

/// Starts servers.
#[derive(Debug, Clone, Copy)]
pub struct Testbed;

/// What the parts of one server share.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) project: Project,
    pub(super) faults: Faults,
    pub(super) record: Record,
    pub(super) sessions: Sessions,
    pub(super) messages: Messages,
}

impl Testbed {
    /// Serves the project on a free port of 127.0.0.1, on the current tokio runtime.
    pub async fn start(project: Project, faults: Faults) -> io::Result<Running> {
        Self::start_at(0, project, faults).await
    }

    /// The same on a given port.
    pub async fn start_at(port: u16, project: Project, faults: Faults) -> io::Result<Running> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let address = listener.local_addr()?;
        let url = Url::parse(&format!("http://{address}")).map_err(io::Error::other)?;
        let shared = Arc::new(Shared {
            project,
            faults,
            record: Record::default(),
            sessions: Sessions::default(),
            messages: Messages::default(),
        });
        let app = Router::new().fallback(server::answer).with_state(Arc::clone(&shared));
        let (stop, stopped) = oneshot::channel::<()>();
        let signal = async move {
            // An error means that the sender is gone, which is the signal as well.
            let _ = stopped.await;
        };
        let serving = if shared.faults.any_raw() {
            let front = Front::new(listener, address, Arc::clone(&shared));
            tokio::spawn(async move {
                let _ = axum::serve(front, app).with_graceful_shutdown(signal).await;
            })
        } else {
            tokio::spawn(async move {
                let _ = axum::serve(listener, app).with_graceful_shutdown(signal).await;
            })
        };
        Ok(Running { address, url, shared, stop: Some(stop), serving })
    }
}

/// A server that runs until it is dropped.
#[derive(Debug)]
pub struct Running {
    address: SocketAddr,
    url: Url,
    shared: Arc<Shared>,
    stop: Option<oneshot::Sender<()>>,
    serving: tokio::task::JoinHandle<()>,
}

impl Running {
    /// Its address.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its URL, `http://127.0.0.1:<port>/`.
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// The URL of a path on it.
    pub fn at(&self, path: &str) -> Url {
        self.url.join(path).unwrap_or_else(|_| self.url.clone())
    }

    /// How many requests came, preflights included.
    pub fn hits(&self) -> usize {
        self.shared.record.count()
    }

    /// The requests in the order in which they came.
    pub fn seen(&self) -> Vec<Seen> {
        self.shared.record.all()
    }

    /// Stops it: the port is free afterwards.
    pub async fn stop(mut self) {
        self.stop = None;
        self.serving.abort();
        // Aborted on purpose.
        let _ = (&mut self.serving).await;
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Lets kept connections end; the abort frees the port at once.
        self.stop = None;
        self.serving.abort();
    }
}
