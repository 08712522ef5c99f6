//! Name resolution: overrides first, then `localhost` as browsers do it, then the system.

use std::collections::HashMap;
use std::error::Error;
use std::future::ready;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use thiserror::Error;

use super::policy::is_localhost_name;
use super::public::is_public;
use super::reached::Reached;

/// A name without an address.
#[derive(Debug, Error)]
#[error("{0}")]
pub(super) struct NotFound(String);

/// A name with an address that is not public.
#[derive(Debug, Error)]
#[error("{name} has the address {address}")]
pub(super) struct NotPublic {
    /// The name.
    pub(super) name: String,
    /// The address.
    pub(super) address: IpAddr,
}

/// The resolver of all clients; it tells what it found.
#[derive(Debug, Clone, Default)]
pub(super) struct Resolver {
    /// Who is told.
    pub(super) reached: Reached,
    /// What names are kept at, where only public addresses are asked.
    pub(super) pins: Option<Pins>,
}

/// Names that were found to be public, with their addresses. A name keeps its first addresses, so that nobody can answer
/// the check with one address and the request with another.
#[derive(Debug, Clone, Default)]
pub(super) struct Pins(Arc<Mutex<HashMap<String, Vec<SocketAddr>>>>);

impl Pins {
    /// More names than a run has; then the first ones are asked for again, and checked again.
    const MOST: usize = 50_000;

    fn get(&self, name: &str) -> Option<Vec<SocketAddr>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(name).cloned()
    }

    /// Keeps a name's addresses, unless one of them is not public: such a name is not to be trusted with any.
    fn admit(&self, name: &str, addresses: Vec<SocketAddr>) -> Result<Vec<SocketAddr>, NotPublic> {
        if let Some(bad) = addresses.iter().map(SocketAddr::ip).find(|address| !is_public(*address)) {
            return Err(NotPublic { name: name.to_owned(), address: bad });
        }
        let mut pins = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if pins.len() >= Self::MOST {
            pins.clear();
        }
        Ok(pins.entry(name.to_owned()).or_insert(addresses).clone())
    }
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let found = self.look_up(name.as_str());
        Box::pin(async move { found.await.map(|addresses| Box::new(addresses.into_iter()) as Addrs) })
    }
}

/// The addresses of a name, once they are found.
pub(super) type Found = Pin<Box<dyn Future<Output = Result<Vec<SocketAddr>, Box<dyn Error + Send + Sync>>> + Send>>;

impl Resolver {
    /// Looks a name up. The port of all addresses is 0.
    pub(super) fn look_up(&self, name: &str) -> Found {
        // Browsers never ask anybody about localhost, and try the IPv6 address first.
        if is_localhost_name(name) {
            let addresses = [IpAddr::V6(Ipv6Addr::LOCALHOST), IpAddr::V4(Ipv4Addr::LOCALHOST)];
            return Box::pin(ready(self.known(name, addresses.map(|address| SocketAddr::new(address, 0)).into())));
        }
        if let Some(pinned) = self.pins.as_ref().and_then(|pins| pins.get(name)) {
            return Box::pin(ready(Ok(pinned)));
        }
        let (resolver, name) = (self.clone(), name.to_owned());
        Box::pin(async move {
            match tokio::net::lookup_host((name.as_str(), 0)).await {
                Ok(addresses) => resolver.known(&name, addresses.collect()),
                Err(error) => Err(NotFound(error.to_string()).into()),
            }
        })
    }

    /// What is done with what a name was resolved to.
    fn known(&self, name: &str, addresses: Vec<SocketAddr>) -> Result<Vec<SocketAddr>, Box<dyn Error + Send + Sync>> {
        if addresses.is_empty() {
            return Err(NotFound("no address".to_owned()).into());
        }
        let addresses = match &self.pins {
            None => addresses,
            Some(pins) => pins.admit(name, addresses)?,
        };
        self.reached.resolved(name, addresses.iter().map(SocketAddr::ip));
        Ok(addresses)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses(texts: &[&str]) -> Vec<SocketAddr> {
        texts.iter().map(|text| SocketAddr::new(text.parse().unwrap(), 0)).collect()
    }

    #[test]
    fn a_name_that_changes_its_address_keeps_the_first_and_one_with_a_private_address_has_none() {
        let resolver = Resolver { pins: Some(Pins::default()), ..Resolver::default() };
        let known = |name: &str, texts: &[&str]| {
            let found = resolver
                .known(name, addresses(texts))
                .map(|found| found.iter().map(|at| at.ip().to_string()).collect());
            found.map_err(|error| error.to_string())
        };
        assert_eq!(known("a.example", &["8.8.8.8"]), Ok(vec!["8.8.8.8".to_owned()]));
        // The second answer is another public address: the first one stays.
        assert_eq!(known("a.example", &["9.9.9.9"]), Ok(vec!["8.8.8.8".to_owned()]));
        assert_eq!(resolver.pins.as_ref().unwrap().get("a.example").unwrap(), addresses(&["8.8.8.8"]));
        // Public first and private second, in a second answer or in the same one.
        assert_eq!(known("a.example", &["127.0.0.1"]), Err("a.example has the address 127.0.0.1".to_owned()));
        let mixed = known("b.example", &["8.8.8.8", "::ffff:10.0.0.1"]);
        assert_eq!(mixed, Err("b.example has the address ::ffff:10.0.0.1".to_owned()));
        assert!(resolver.pins.as_ref().unwrap().get("b.example").is_none());
    }

    #[test]
    fn without_the_limit_every_address_will_do() {
        let resolver = Resolver::default();
        assert_eq!(resolver.known("a.example", addresses(&["127.0.0.1", "8.8.8.8"])).unwrap().len(), 2);
        assert!(resolver.known("a.example", Vec::new()).is_err());
    }
}
