//! Runs a batch, and looks at it meanwhile: progress, and signals.

use std::io::{IsTerminal, stdout};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use crate::batch::{Batch, Ended, Journal, Output, Tally, Totals};
use crate::commands::Console;
use crate::commands::grade::runtime;
use crate::commands::interrupt::Interrupt;
use crate::grader::Stop;
use crate::report::batch::BatchProgress;

/// How often progress is looked at.
const TICK: Duration = Duration::from_millis(200);

/// How a run went.
pub struct Watched {
    /// How it ended.
    pub ended: Ended,
    /// All results, those of earlier runs too.
    pub totals: Totals,
    /// Whether a signal ended it.
    pub interrupted: bool,
    /// Time taken.
    pub duration: Duration,
}

/// Runs a batch. `on_screen` says whether results go to standard output.
pub fn run(
    batch: Batch,
    journal: Option<Journal>,
    output: Output,
    on_screen: bool,
    console: &Console,
) -> Result<Watched> {
    let begun = Instant::now();
    let tally = Arc::new(Tally::default());
    let stop = Stop::default();
    // A bar among results would be hard to read.
    let animated = console.progress() && !(on_screen && stdout().is_terminal());
    let kept = batch.plan.kept();
    let mut progress = BatchProgress::new(animated, batch.plan.left() + kept, kept);
    let runtime = runtime()?;
    let (ended, interrupted) = runtime.block_on(async {
        let mut interrupt = Interrupt::listen()?;
        let (counted, wanted) = (Arc::clone(&tally), stop.clone());
        let mut running = tokio::task::spawn_blocking(move || batch.run(journal, output, &counted, &wanted));
        let mut ticks = tokio::time::interval(TICK);
        let mut interrupted = false;
        loop {
            tokio::select! {
                ended = &mut running => {
                    break anyhow::Ok((ended.context("the run broke off: a defect of grade")??, interrupted));
                }
                () = interrupt.next() => {
                    interrupted = true;
                    stop.stop();
                }
                _ = ticks.tick() => {
                    if let Some(line) = progress.tick(tally.totals()) {
                        console.diagnose(&(line + "\n"));
                    }
                }
            }
        }
    })?;
    progress.clear();
    Ok(Watched { ended, totals: tally.totals(), interrupted, duration: begun.elapsed() })
}
