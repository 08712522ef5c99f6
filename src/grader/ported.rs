//! Runs a native plan: asks the page for each answer that the plan wants.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::tz::TimeZone;

use super::clock::Clock;
use crate::fetch::{Exchange, TransportError, View};
use crate::port::{Ending, Plan, Run, Wanted};
use crate::verdict::Rules;

/// How a plan ended.
pub struct Ran {
    /// The end.
    pub ending: Ending,
    /// The failed transport that the test met on its way.
    pub transport: Option<TransportError>,
}

/// Runs `plan`; the exchanges go into `exchanges` as they end, and `detached` is set once freeCodeCamp would not wait any
/// more, so that both are known when the hint is given up.
pub async fn run(
    plan: &Plan,
    view: &dyn View,
    code: &str,
    clock: &Clock,
    zone: &TimeZone,
    rules: Rules,
    exchanges: &Mutex<Vec<Exchange>>,
    detached: &AtomicBool,
) -> Ran {
    let mut machine = Run::new(plan, code, zone);
    let mut answer = None;
    loop {
        match machine.step(answer.take(), clock.now()) {
            Wanted::Nothing(ending) => {
                let transport = machine.transport().cloned();
                let unseen = rules == Rules::Browser && detached.load(Ordering::Relaxed);
                return Ran { ending: if unseen { Ending::Passed } else { ending }, transport };
            }
            // What follows changes the project all the same, which later hints see.
            Wanted::Detached => detached.store(true, Ordering::Relaxed),
            Wanted::Answer(request) => {
                let fetched = view.fetch(*request).await;
                exchanges.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(fetched.exchange);
                answer = Some(fetched.result);
            }
        }
    }
}
