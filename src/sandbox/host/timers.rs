//! Timers: which callback is due when.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::{Duration, Instant};

use rquickjs::prelude::Func;
use rquickjs::{Ctx, Function, Object, Persistent, Result};

use super::super::state::State;
use super::super::visit::Trip;

/// More timers at a time than any test has a use for.
const MAX_TIMERS: usize = 10_000;

/// The timers of one page.
#[derive(Default)]
pub(in super::super) struct Timers {
    next: u32,
    /// By due time, then by age.
    queue: BTreeMap<(Instant, u32), Timer>,
}

struct Timer {
    callback: Persistent<Function<'static>>,
    /// Whether the loop must wait for it: an interval never ends by itself.
    repeating: bool,
}

impl Timers {
    pub(in super::super) fn clear(&mut self) {
        self.queue.clear();
    }

    /// When the next timer is due; repeating ones do not count when `once_only`.
    pub(in super::super) fn next_due(&self) -> Option<Instant> {
        self.queue.keys().next().map(|(due, _)| *due)
    }

    /// Whether a timer that fires once is waiting.
    pub(in super::super) fn has_work(&self) -> bool {
        self.queue.values().any(|timer| !timer.repeating)
    }

    /// Removes the first timer that is due.
    pub(in super::super) fn take_due(&mut self, now: Instant) -> Option<Persistent<Function<'static>>> {
        let entry = self.queue.first_entry().filter(|entry| entry.key().0 <= now)?;
        Some(entry.remove().callback)
    }

    fn add(&mut self, callback: Persistent<Function<'static>>, delay: f64, repeating: bool) -> u32 {
        self.next = self.next.wrapping_add(1);
        // Longer than any limit, and safe to add to an instant.
        let delay = Duration::from_secs_f64(delay.clamp(0.0, 86_400_000.0) / 1000.0);
        self.queue.insert((Instant::now() + delay, self.next), Timer { callback, repeating });
        self.next
    }

    fn remove(&mut self, id: u32) {
        self.queue.retain(|(_, known), _| *known != id);
    }
}

/// `start(callback, delay, repeating)` gives an id, `stop(id)`. A timer fires once; the prelude restarts intervals.
pub(super) fn install<'js>(ctx: &Ctx<'js>, native: &Object<'js>, state: &Rc<State>) -> Result<()> {
    let shared = Rc::clone(state);
    let start = move |ctx: Ctx<'js>, callback: Function<'js>, delay: f64, repeating: bool| {
        let visit = shared.visit();
        let mut timers = visit.timers.borrow_mut();
        if timers.queue.len() >= MAX_TIMERS {
            shared.trip(Trip::Limit("number of timers"));
            return 0;
        }
        timers.add(Persistent::save(&ctx, callback), if delay.is_nan() { 0.0 } else { delay }, repeating)
    };
    native.set("start", Function::new(ctx.clone(), start)?)?;
    let shared = Rc::clone(state);
    native.set("stop", Func::from(move |id: u32| shared.visit().timers.borrow_mut().remove(id)))
}
