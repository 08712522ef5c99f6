//! How far a run is: a bar on a terminal, a line now and then elsewhere.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use super::summary::{duration, parts, rate};
use crate::batch::Totals;

/// Nothing is shown before.
const PATIENCE: Duration = Duration::from_millis(500);
/// How often a line is written where there is no terminal.
const PAUSE: Duration = Duration::from_secs(10);

/// Shows how far a run is. Dropping it clears the bar.
#[derive(Debug)]
pub struct BatchProgress {
    bar: Option<ProgressBar>,
    animated: bool,
    begun: Instant,
    told: Instant,
    all: u64,
    /// How many had results from an earlier run.
    kept: u64,
}

impl BatchProgress {
    /// For a run that ends with `all` results, `kept` of which are there. A bar only where stderr is a terminal.
    pub fn new(animated: bool, all: u64, kept: u64) -> Self {
        let now = Instant::now();
        Self { bar: None, animated, begun: now, told: now, all, kept }
    }

    /// Takes note of how far it is; a line that is to be written, if it is time for one.
    pub fn tick(&mut self, totals: Totals) -> Option<String> {
        let elapsed = self.begun.elapsed();
        if self.animated {
            if elapsed > PATIENCE {
                let text = self.text(totals, elapsed);
                let bar = self.bar.get_or_insert_with(|| bar(self.all));
                bar.set_position(totals.count());
                bar.set_message(text);
            }
            return None;
        }
        (self.told.elapsed() >= PAUSE).then(|| {
            self.told = Instant::now();
            format!("{} of {}: {}", totals.count(), self.all, self.text(totals, elapsed))
        })
    }

    fn text(&self, totals: Totals, elapsed: Duration) -> String {
        let done = totals.count().saturating_sub(self.kept);
        let left = self.all.saturating_sub(totals.count());
        let mut text = format!("{}; {}", parts(totals), rate(done, elapsed));
        if done > 0 {
            #[expect(clippy::cast_precision_loss, reason = "a guess")]
            let share = left as f64 / done as f64;
            if let Ok(rest) = Duration::try_from_secs_f64(elapsed.as_secs_f64() * share) {
                text += &format!(", about {} left", duration(rest));
            }
        }
        text
    }

    /// Takes the bar away.
    pub fn clear(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }
}

impl Drop for BatchProgress {
    fn drop(&mut self) {
        self.clear();
    }
}

fn bar(all: u64) -> ProgressBar {
    let bar = ProgressBar::new(all);
    if let Ok(style) = ProgressStyle::with_template("{bar:20} {pos} of {len}: {wide_msg}") {
        bar.set_style(style);
    }
    bar
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_rate_and_time_left() {
        let progress = BatchProgress::new(false, 110, 10);
        let totals = Totals { passed: 30, failed: 30, ..Totals::default() };
        assert_eq!(progress.text(totals, Duration::from_secs(5)), "30 passed, 30 failed; 10/s, about 5.0 s left");
    }

    #[test]
    fn nothing_is_written_all_the_time() {
        let mut progress = BatchProgress::new(false, 10, 0);
        assert_eq!(progress.tick(Totals::default()), None);
        progress.told -= PAUSE;
        assert!(progress.tick(Totals::default()).is_some_and(|line| line.starts_with("0 of 10: 0 passed; ")));
        assert_eq!(progress.tick(Totals::default()), None);
    }
}
