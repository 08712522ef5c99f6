//! Waits until it is quiet: saving a file is several events, and saving all files many.

use std::time::{Duration, Instant};

/// So many quiet times are waited for at most, when it never gets quiet.
const MOST: u32 = 10;

/// Says when what has begun to happen is over.
#[derive(Debug)]
pub(super) struct Settle {
    quiet: Duration,
    /// The first and the last event.
    events: Option<(Instant, Instant)>,
}

impl Settle {
    /// It is over when nothing happened for so long.
    pub(super) fn new(quiet: Duration) -> Self {
        Self { quiet, events: None }
    }

    /// Something happened.
    pub(super) fn note(&mut self, now: Instant) {
        let first = self.events.map_or(now, |(first, _)| first);
        self.events = Some((first, now));
    }

    /// When it will be over, if nothing else happens.
    pub(super) fn due(&self) -> Option<Instant> {
        let (first, last) = self.events?;
        Some((last + self.quiet).min(first + self.quiet * MOST))
    }

    /// Whether it is over; true once.
    pub(super) fn take(&mut self, now: Instant) -> bool {
        let over = self.due().is_some_and(|due| now >= due);
        if over {
            self.events = None;
        }
        over
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_over_when_it_is_quiet() {
        let at = |milliseconds: u64| Duration::from_millis(milliseconds);
        let start = Instant::now();
        let mut settle = Settle::new(at(100));
        assert!(settle.due().is_none() && !settle.take(start));
        settle.note(start);
        settle.note(start + at(50));
        assert_eq!(settle.due(), Some(start + at(150)));
        assert!(!settle.take(start + at(149)));
        assert!(settle.take(start + at(150)) && !settle.take(start + at(150)));
    }

    #[test]
    fn what_never_gets_quiet_is_looked_at_all_the_same() {
        let start = Instant::now();
        let mut settle = Settle::new(Duration::from_millis(100));
        for step in 0..200 {
            settle.note(start + Duration::from_millis(step * 10));
        }
        assert_eq!(settle.due(), Some(start + Duration::from_secs(1)));
    }
}
