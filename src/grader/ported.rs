//! Runs a native plan: asks the page for each answer that the plan wants.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use super::clock::Clock;
use crate::fetch::{Exchange, TransportError, View};
use crate::port::{Ending, Plan, Run, Wanted, World};
use crate::verdict::Rules;

/// How far a plan has come; known also when the hint is given up.
#[derive(Debug, Default)]
pub struct Progress {
    /// The requests that have ended.
    pub exchanges: Mutex<Vec<Exchange>>,
    /// Whether freeCodeCamp would not wait any more.
    pub detached: AtomicBool,
}

/// How a plan ended.
pub struct Ran {
    /// The end.
    pub ending: Ending,
    /// The failed transport that the test met on its way.
    pub transport: Option<TransportError>,
}

/// Runs `plan`, and keeps `progress` as it goes.
pub async fn run(
    plan: &Plan,
    view: &dyn View,
    world: &World<'_>,
    clock: &Clock,
    rules: Rules,
    progress: &Progress,
) -> Ran {
    let mut machine = Run::new(plan, world);
    let mut answer = None;
    loop {
        match machine.step(answer.take(), clock.now()) {
            Wanted::Nothing(ending) => {
                let transport = machine.transport().cloned();
                let unseen = rules == Rules::Browser && progress.detached.load(Ordering::Relaxed);
                return Ran { ending: if unseen { Ending::Passed } else { ending }, transport };
            }
            // What follows changes the project all the same, which later hints see.
            Wanted::Detached => progress.detached.store(true, Ordering::Relaxed),
            Wanted::Answer(request) => {
                let fetched = view.fetch(*request).await;
                progress.exchanges.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(fetched.exchange);
                answer = Some(fetched.result);
            }
        }
    }
}
