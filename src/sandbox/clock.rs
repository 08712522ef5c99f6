//! The page's clock.

use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// How far the clock is on at a hint from where it was last seen, in milliseconds.
const STEP: f64 = 100.0;

/// A clock that runs from the real time, or stands at a given one until it is moved on. Times are in milliseconds since
/// 1970.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clock {
    start: Instant,
    base: f64,
    runs: bool,
    offset: f64,
    last: f64,
}

impl Clock {
    /// A clock that stands at `still`, or else runs.
    pub(super) fn new(still: Option<f64>) -> Self {
        let now = || SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs_f64() * 1000.0;
        Self {
            start: Instant::now(),
            base: still.unwrap_or_else(now),
            runs: still.is_none(),
            offset: 0.0,
            last: f64::NEG_INFINITY,
        }
    }

    /// The time it shows.
    pub(super) fn now(&mut self) -> f64 {
        let passed = if self.runs { self.start.elapsed().as_secs_f64() * 1000.0 } else { 0.0 };
        self.last = self.base + passed + self.offset;
        self.last
    }

    /// A hint begins. One that builds a name from the time must never get the name that an earlier hint got.
    pub(super) fn begin(&mut self) {
        if self.runs {
            self.advance_to(self.last + STEP);
        }
    }

    /// Moves it on to `time` if it is not there yet.
    pub(super) fn advance_to(&mut self, time: f64) {
        let behind = time - self.now();
        if behind > 0.0 {
            self.offset += behind;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_still_clock_moves_only_when_it_is_moved() {
        let mut clock = Clock::new(Some(5000.0));
        clock.begin();
        assert!((clock.now() - 5000.0).abs() < f64::EPSILON);
        clock.begin();
        clock.advance_to(4000.0);
        assert!((clock.now() - 5000.0).abs() < f64::EPSILON);
        clock.advance_to(7000.0);
        assert!((clock.now() - 7000.0).abs() < f64::EPSILON);
    }

    #[test]
    fn a_running_clock_is_further_on_at_each_hint() {
        let mut clock = Clock::new(None);
        clock.begin();
        let first = clock.now();
        clock.begin();
        let second = clock.now();
        assert!(second >= first + STEP, "{first} {second}");
        clock.advance_to(second + 60_000.0);
        assert!(clock.now() >= second + 60_000.0);
    }
}
