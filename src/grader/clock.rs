//! The clock that tests see: the real time, moved on so that no two hints begin within 100 ms of each other.
//!
//! Tests make names from the clock that are unique only to a tenth of a second; a fast grader must not make them clash.

use std::time::{SystemTime, UNIX_EPOCH};

/// What two hints are apart at least, in milliseconds.
const APART: f64 = 100.0;

/// What two hints are apart on a clock that stands still, in milliseconds.
pub const STEP: f64 = APART;

/// A clock of one run.
#[derive(Debug, Default)]
pub struct Clock {
    ahead: f64,
    last_hint: Option<f64>,
    /// The time at which it stands still, but for the steps between hints.
    still: Option<f64>,
}

impl Clock {
    /// A clock that stands still while a hint runs: the first hint sees `time` (milliseconds since 1970).
    pub fn still(time: f64) -> Self {
        Self { still: Some(time), ..Self::default() }
    }

    /// Whether it stands still.
    pub fn is_still(&self) -> bool {
        self.still.is_some()
    }

    /// Milliseconds since 1970.
    pub fn now(&self) -> f64 {
        self.still.unwrap_or_else(real) + self.ahead
    }

    /// Begins a hint and gives the milliseconds that the clock is ahead of the real time.
    pub fn next_hint(&mut self) -> f64 {
        self.next_hint_at(self.still.unwrap_or_else(real))
    }

    fn next_hint_at(&mut self, real: f64) -> f64 {
        if let Some(last) = self.last_hint {
            self.ahead = self.ahead.max(last + APART - real);
        }
        self.last_hint = Some(real + self.ahead);
        self.ahead
    }
}

fn real() -> f64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0.0, |since| since.as_secs_f64() * 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_stands_still_moves_with_hints_only() {
        let mut clock = Clock::still(5000.0);
        let mut seen = Vec::new();
        for _ in 0..3 {
            clock.next_hint();
            seen.push((clock.now() - 5000.0) / STEP);
        }
        assert_eq!(
            seen.iter().map(|step| step.round().to_bits()).collect::<Vec<_>>(),
            [0.0_f64, 1.0, 2.0].map(f64::to_bits)
        );
        assert!(clock.is_still() && !Clock::default().is_still());
    }

    #[test]
    fn hints_begin_100_ms_apart_without_waiting() {
        let mut clock = Clock::default();
        let starts: Vec<f64> =
            [1000.0, 1001.0, 1002.0, 5000.0].into_iter().map(|real| real + clock.next_hint_at(real)).collect();
        assert_eq!(starts.first().copied().map(f64::to_bits), Some(1000.0_f64.to_bits()));
        assert!(starts.windows(2).all(|pair| pair[1] - pair[0] >= APART), "{starts:?}");
    }
}
