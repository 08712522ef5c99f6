//! How hosts were reached: what their names resolved to, and who was at the other end.

use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use url::Url;

/// The most names, and the most ends of connections, that are remembered.
const MOST: usize = 64;

/// What the connections of a client found out on their way.
#[derive(Debug, Clone, Default)]
pub(super) struct Reached(Arc<Mutex<Known>>);

#[derive(Debug, Default)]
struct Known {
    names: Vec<(String, Vec<IpAddr>)>,
    peers: Vec<(String, u16, SocketAddr)>,
}

impl Reached {
    /// Takes note of what a name was resolved to.
    pub(super) fn resolved(&self, name: &str, addresses: impl Iterator<Item = IpAddr>) {
        let mut known = self.lock();
        known.names.retain(|(other, _)| other != name);
        if known.names.len() < MOST {
            known.names.push((name.to_owned(), addresses.take(MOST).collect()));
        }
    }

    /// Takes note of who answered.
    pub(super) fn answered(&self, url: &Url, peer: Option<SocketAddr>) {
        let (Some(host), Some(port), Some(peer)) = (url.host_str(), url.port_or_known_default(), peer) else { return };
        let mut known = self.lock();
        let room = known.peers.len() < MOST;
        match known.peers.iter_mut().find(|(name, number, _)| name == host && *number == port) {
            Some((_, _, last)) => *last = peer,
            None if room => known.peers.push((host.to_owned(), port, peer)),
            None => {}
        }
    }

    /// What a name was resolved to last; nothing if it never was.
    pub(super) fn addresses(&self, name: &str) -> Vec<IpAddr> {
        let known = self.lock();
        known.names.iter().find(|(other, _)| other == name).map(|(_, all)| all.clone()).unwrap_or_default()
    }

    /// Who answered last for the URL's host and port.
    pub(super) fn peer(&self, url: &Url) -> Option<SocketAddr> {
        let (host, port) = (url.host_str()?, url.port_or_known_default()?);
        let known = self.lock();
        known.peers.iter().find(|(name, number, _)| name == host && *number == port).map(|(_, _, peer)| *peer)
    }

    fn lock(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_word_counts_and_memory_is_bounded() {
        let reached = Reached::default();
        let address: IpAddr = "127.0.0.1".parse().unwrap();
        for number in 0..1000 {
            reached.resolved(&format!("host-{number}"), std::iter::repeat_n(address, 1000));
            let url = Url::parse(&format!("http://host-{number}/")).unwrap();
            reached.answered(&url, Some(SocketAddr::new(address, 80)));
        }
        assert_eq!(reached.addresses("host-1").len(), MOST);
        assert!(reached.addresses("host-999").is_empty());
        let url = Url::parse("http://host-1/x").unwrap();
        reached.answered(&url, Some("127.0.0.2:80".parse().unwrap()));
        assert_eq!(reached.peer(&url), Some("127.0.0.2:80".parse().unwrap()));
        assert_eq!(reached.peer(&Url::parse("https://host-1/").unwrap()), None, "another port");
    }
}
