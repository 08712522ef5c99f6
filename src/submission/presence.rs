//! Whether a project is there.

use std::time::Duration;

use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;
use url::{Host, Url};

use crate::fetch::{Client, Fetcher, Page, Redirect, Request};

/// How long a connection to this machine may take.
const CONNECT: Duration = Duration::from_millis(500);

/// Whether anything answers at a URL, in whatever words. `client` should have a limit for each request.
pub async fn answers(client: &Client, url: &Url) -> bool {
    let request = Request { redirect: Redirect::Manual, ..Request::get(url.clone()) };
    let fetched = Page::new(client).fetch(request).await;
    fetched.exchange.status().is_some()
}

/// A connection to a server on this machine on which nothing is said: it is cut when the server ends.
#[derive(Debug)]
pub struct Presence(TcpStream);

impl Presence {
    /// Connects. Nothing for other machines, which cut connections for reasons of their own, and where nothing listens.
    pub async fn of(url: &Url) -> Option<Self> {
        let (host, is_here) = match url.host()? {
            Host::Domain(name) => (name.to_owned(), name == "localhost" || name.ends_with(".localhost")),
            Host::Ipv4(address) => (address.to_string(), address.is_loopback()),
            Host::Ipv6(address) => (address.to_string(), address.is_loopback()),
        };
        let port = url.port_or_known_default().filter(|_| is_here)?;
        let connect = TcpStream::connect((host, port));
        tokio::time::timeout(CONNECT, connect).await.ok()?.ok().map(Self)
    }

    /// Waits until the connection is cut.
    pub async fn gone(mut self) {
        let mut unasked = [0; 512];
        while self.0.read(&mut unasked).await.is_ok_and(|read| read > 0) {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_end_of_a_server_is_noticed() {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let url = Url::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
        let presence = Presence::of(&url).await.unwrap();
        let (connection, _) = listener.accept().await.unwrap();
        let gone = tokio::spawn(presence.gone());
        tokio::task::yield_now().await;
        assert!(!gone.is_finished());
        drop((connection, listener));
        gone.await.unwrap();
        assert!(Presence::of(&url).await.is_none());
    }

    #[tokio::test]
    async fn other_machines_are_left_alone() {
        assert!(Presence::of(&Url::parse("http://192.0.2.1:9").unwrap()).await.is_none());
        assert!(Presence::of(&Url::parse("http://example.com").unwrap()).await.is_none());
    }
}
