//! Runs a native plan: asks the page for each answer that the plan wants.

use std::sync::Mutex;

use jiff::tz::TimeZone;

use super::clock::Clock;
use crate::fetch::{Exchange, View};
use crate::port::{Ending, Plan, Run, Wanted};
use crate::verdict::Rules;

/// How a plan ended, and whether the browser would have looked that far.
pub struct Ran {
    /// The end.
    pub ending: Ending,
    /// Whether freeCodeCamp does not wait for it.
    pub detached: bool,
}

/// Runs `plan`; the exchanges go into `exchanges` as they end, so that they are there when the hint is given up.
pub async fn run(
    plan: &Plan,
    view: &dyn View,
    code: &str,
    clock: &Clock,
    zone: &TimeZone,
    rules: Rules,
    exchanges: &Mutex<Vec<Exchange>>,
) -> Ran {
    let mut machine = Run::new(plan, code, zone);
    let mut answer = None;
    let mut detached = false;
    loop {
        match machine.step(answer.take(), clock.now()) {
            Wanted::Nothing(ending) => return Ran { ending, detached },
            Wanted::Detached if rules == Rules::Browser => return Ran { ending: Ending::Passed, detached: true },
            Wanted::Detached => detached = true,
            Wanted::Answer(request) => {
                let fetched = view.fetch(*request).await;
                exchanges.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(fetched.exchange);
                answer = Some(fetched.result);
            }
        }
    }
}
