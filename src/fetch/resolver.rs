//! Name resolution: overrides first, then `localhost` as browsers do it, then the system.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use thiserror::Error;

use super::policy::is_localhost_name;
use super::reached::Reached;

/// A name without an address.
#[derive(Debug, Error)]
#[error("{0}")]
pub(super) struct NotFound(String);

/// The resolver of all clients; it tells what it found.
#[derive(Debug, Clone, Default)]
pub(super) struct Resolver(pub(super) Reached);

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        // Browsers never ask anybody about localhost, and try the IPv6 address first.
        if is_localhost_name(name.as_str()) {
            let addresses = [IpAddr::V6(Ipv6Addr::LOCALHOST), IpAddr::V4(Ipv4Addr::LOCALHOST)];
            self.0.resolved(name.as_str(), addresses.into_iter());
            let addresses: Addrs = Box::new(addresses.into_iter().map(|address| SocketAddr::new(address, 0)));
            return Box::pin(async move { Ok(addresses) });
        }
        let reached = self.0.clone();
        Box::pin(async move {
            match tokio::net::lookup_host((name.as_str(), 0)).await {
                Ok(addresses) => {
                    let addresses: Vec<SocketAddr> = addresses.collect();
                    if addresses.is_empty() {
                        return Err(NotFound("no address".to_owned()).into());
                    }
                    reached.resolved(name.as_str(), addresses.iter().map(SocketAddr::ip));
                    Ok(Box::new(addresses.into_iter()) as Addrs)
                }
                Err(error) => Err(NotFound(error.to_string()).into()),
            }
        })
    }
}
