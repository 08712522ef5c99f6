//! Ports for projects that are started: several run at the same time, each at one of its own.

use std::collections::HashSet;
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::{Arc, Mutex, PoisonError};

/// How often another port is asked for when one is taken already.
const TRIES: usize = 100;

/// The ports that were given out. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub(super) struct Ports(Arc<Mutex<HashSet<u16>>>);

/// A port of this machine that nobody listens on, and that no other submission gets as long as this lives.
#[derive(Debug)]
pub(super) struct Port {
    pub number: u16,
    ports: Ports,
}

impl Ports {
    /// A free port.
    pub fn take(&self) -> io::Result<Port> {
        for _ in 0..TRIES {
            let number = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
            if self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(number) {
                return Ok(Port { number, ports: self.clone() });
            }
        }
        Err(io::Error::other("no port is free"))
    }
}

impl Drop for Port {
    fn drop(&mut self) {
        self.ports.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_get_the_same() {
        let ports = Ports::default();
        let taken: Vec<Port> = (0..50).map(|_| ports.take().unwrap()).collect();
        let numbers: HashSet<u16> = taken.iter().map(|port| port.number).collect();
        assert_eq!(numbers.len(), 50);
        drop(taken);
        assert!(ports.0.lock().unwrap().is_empty());
    }
}
