//! Which requests are under way, so that a hint that is given up can say what it waited for.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use url::Url;

use super::connections::Connections;
use super::error::Phase;

/// A request that has no answer yet.
#[derive(Debug, Clone)]
pub struct InFlight {
    /// Its method.
    pub method: String,
    /// The URL of the hop that is waited for.
    pub url: Url,
    /// What it is doing.
    pub phase: Phase,
    /// Time since it began, or until it was given up.
    pub elapsed: Duration,
    /// Whether its future was dropped before it ended: the hint was timed out, or the test aborted the request.
    pub abandoned: bool,
}

/// The requests of one page that are under way, or were given up since the hint began.
#[derive(Debug, Clone, Default)]
pub(super) struct Flights(Arc<Mutex<Entries>>);

/// The most that are remembered.
const MAX_ENTRIES: usize = 1000;

#[derive(Debug, Default)]
struct Entries {
    list: Vec<Entry>,
    next_id: u64,
}

#[derive(Debug)]
struct Entry {
    id: u64,
    started: Instant,
    abandoned_after: Option<Duration>,
    method: String,
    url: Url,
    phase: Phase,
}

impl Flights {
    pub(super) fn begin(&self, method: &str, url: &Url, connections: &Connections, started: Instant) -> Ticket {
        let mut entries = self.lock();
        let id = entries.next_id;
        entries.next_id += 1;
        if entries.list.len() < MAX_ENTRIES {
            entries.list.push(Entry {
                id,
                started,
                abandoned_after: None,
                method: method.to_owned(),
                url: url.clone(),
                phase: Phase::Waiting,
            });
        }
        Ticket { flights: self.clone(), connections: connections.clone(), id, done: false, started }
    }

    /// The oldest request under way; else the one that was given up last.
    pub(super) fn current(&self, connections: &Connections) -> Option<InFlight> {
        let entries = self.lock();
        let live = entries.list.iter().find(|entry| entry.abandoned_after.is_none());
        let entry =
            live.or_else(|| entries.list.iter().max_by_key(|entry| entry.abandoned_after.map(|t| entry.started + t)))?;
        let abandoned = entry.abandoned_after.is_some();
        let phase = if abandoned { entry.phase } else { refine(entry.phase, connections) };
        let elapsed = entry.abandoned_after.unwrap_or_else(|| entry.started.elapsed());
        Some(InFlight { method: entry.method.clone(), url: entry.url.clone(), phase, elapsed, abandoned })
    }

    /// Forgets those that were given up.
    pub(super) fn clear(&self) {
        self.lock().list.retain(|entry| entry.abandoned_after.is_none());
    }

    fn lock(&self) -> MutexGuard<'_, Entries> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Until its connection is made, a request that waits is connecting.
fn refine(phase: Phase, connections: &Connections) -> Phase {
    if phase == Phase::Waiting && connections.connecting() { Phase::Connecting } else { phase }
}

/// Held while a request is under way. Dropped without [`Ticket::finish`], the request counts as given up.
#[derive(Debug)]
pub(super) struct Ticket {
    flights: Flights,
    connections: Connections,
    id: u64,
    done: bool,
    started: Instant,
}

impl Ticket {
    /// Notes the hop and what it is doing.
    pub(super) fn update(&self, url: &Url, phase: Phase) {
        let mut entries = self.flights.lock();
        if let Some(entry) = entries.list.iter_mut().find(|entry| entry.id == self.id) {
            entry.phase = phase;
            if entry.url != *url {
                entry.url = url.clone();
            }
        }
    }

    /// What it is doing, and at which URL.
    pub(super) fn now(&self) -> Option<(Phase, Url)> {
        let entries = self.flights.lock();
        let entry = entries.list.iter().find(|entry| entry.id == self.id)?;
        Some((refine(entry.phase, &self.connections), entry.url.clone()))
    }

    /// Time since the request began.
    pub(super) fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    pub(super) fn finish(mut self) {
        self.done = true;
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        let mut entries = self.flights.lock();
        if self.done {
            entries.list.retain(|entry| entry.id != self.id);
        } else if let Some(entry) = entries.list.iter_mut().find(|entry| entry.id == self.id) {
            entry.abandoned_after = Some(self.started.elapsed());
            entry.phase = refine(entry.phase, &self.connections);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dropped_request_is_remembered_until_the_next_hint() {
        let (flights, connections) = (Flights::default(), Connections::default());
        let [a, b] = ["http://localhost/a", "http://localhost/b"].map(|url| Url::parse(url).unwrap());
        assert!(flights.current(&connections).is_none());
        let first = flights.begin("GET", &a, &connections, Instant::now());
        let second = flights.begin("POST", &b, &connections, Instant::now());
        second.update(&b, Phase::Reading);
        assert_eq!(flights.current(&connections).unwrap().url, a);
        first.finish();
        let now = flights.current(&connections).unwrap();
        assert_eq!((now.method.as_str(), now.phase, now.abandoned), ("POST", Phase::Reading, false));
        drop(second);
        assert!(flights.current(&connections).unwrap().abandoned);
        flights.clear();
        assert!(flights.current(&connections).is_none());
    }
}
