//! What the host functions of one realm share with the loop that drives it.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::clock::Clock;
use super::host::timers::Timers;
use super::memory::Usage;
use super::message::{Event, Outbox};
use super::program::Limits;
use super::searches::Searches;
use crate::fetch::{Refusal, TransportError};
use bytes::Bytes;
use rquickjs::{Ctx, Function, Persistent, Value};

/// What ended a hint without a verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Trip {
    /// The time limit, noticed while JavaScript ran.
    Time,
    /// A limit with this name.
    Limit(&'static str),
    /// Something that browsers have and this engine lacks.
    Unsupported(String),
}

/// A request that is under way.
pub(super) struct Pending {
    pub(super) callback: Persistent<Function<'static>>,
    pub(super) label: Arc<str>,
}

/// The turn of a realm that shares its thread with others.
#[derive(Default)]
struct Turn {
    /// How long it may run at a time; none for a realm with a thread of its own.
    patience: Cell<Option<Duration>>,
    /// When it has to let others run.
    ends: Cell<Option<Instant>>,
    /// It did not, or wanted what only a realm with a thread of its own may do.
    gave_way: Cell<bool>,
    /// The hint wanted to change the project.
    changes: Cell<bool>,
}

/// Shared state of one realm.
pub(super) struct State {
    pub(super) limits: Limits,
    /// Searches outside of the engine, if there are to be any.
    pub(super) searches: Option<Arc<Searches>>,
    /// The URL that `getUserInput` gives.
    pub(super) url: RefCell<String>,
    pub(super) usage: Rc<Usage>,
    outbox: RefCell<Outbox>,
    pub(super) timers: RefCell<Timers>,
    pub(super) pending: RefCell<BTreeMap<u32, Pending>>,
    pub(super) bodies: RefCell<BTreeMap<u32, Result<Bytes, TransportError>>>,
    pub(super) rejections: RefCell<Vec<(Persistent<Value<'static>>, Persistent<Value<'static>>)>>,
    pub(super) uncaught: RefCell<Vec<Persistent<Value<'static>>>>,
    pub(super) transport: RefCell<Option<TransportError>>,
    pub(super) refusal: RefCell<Option<Refusal>>,
    console: RefCell<Vec<String>>,
    console_bytes: Cell<usize>,
    trip: RefCell<Option<Trip>>,
    /// Something was cut short: what the realm holds may be half done.
    is_spoilt: Cell<bool>,
    abandoned: RefCell<Arc<AtomicBool>>,
    deadline: Cell<Instant>,
    turn: Turn,
    next_request: Cell<u32>,
    requests: Cell<usize>,
    body_bytes: Cell<usize>,
    clock: Cell<Clock>,
}

impl State {
    pub(super) fn new(
        limits: Limits,
        usage: Rc<Usage>,
        outbox: Outbox,
        abandoned: Arc<AtomicBool>,
        still: Option<f64>,
        searches: Option<Arc<Searches>>,
    ) -> Rc<Self> {
        Rc::new(Self {
            limits,
            searches,
            url: RefCell::default(),
            usage,
            outbox: RefCell::new(outbox),
            timers: RefCell::default(),
            pending: RefCell::default(),
            bodies: RefCell::default(),
            rejections: RefCell::default(),
            uncaught: RefCell::default(),
            transport: RefCell::default(),
            refusal: RefCell::default(),
            console: RefCell::default(),
            console_bytes: Cell::new(0),
            trip: RefCell::default(),
            is_spoilt: Cell::new(false),
            abandoned: RefCell::new(abandoned),
            deadline: Cell::new(Instant::now()),
            turn: Turn::default(),
            next_request: Cell::new(0),
            requests: Cell::new(0),
            body_bytes: Cell::new(0),
            clock: Cell::new(Clock::new(still)),
        })
    }

    /// From now on the realm shares its thread with others: it may run for so long at a time, and change nothing outside.
    pub(super) fn be_brief(&self, patience: Duration) {
        self.turn.patience.set(Some(patience));
        self.resume();
    }

    /// The engine is about to run again, after it has waited.
    pub(super) fn resume(&self) {
        self.turn.ends.set(self.turn.patience.get().and_then(|patience| Instant::now().checked_add(patience)));
    }

    /// The hint is one for a thread of its own: nothing counts of what it came to here.
    pub(super) fn give_way(&self) {
        self.spoil();
        self.turn.gave_way.set(true);
    }

    /// Whether the hint is one for a thread of its own.
    pub(super) fn gave_way(&self) -> bool {
        self.turn.gave_way.get()
    }

    /// The hint wants to change the project. Where it may have to begin anew, on a thread of its own, it must not.
    pub(super) fn admits_changes(&self) -> bool {
        self.turn.changes.set(true);
        let admitted = self.turn.patience.get().is_none();
        if !admitted {
            self.give_way();
        }
        admitted
    }

    /// Whether it wanted to.
    pub(super) fn changes(&self) -> bool {
        self.turn.changes.get()
    }

    /// Turns to another page, as if the state were new.
    pub(super) fn reopen(&self, outbox: Outbox, abandoned: Arc<AtomicBool>, still: Option<f64>) {
        // What is left of the page before is told to that one.
        self.forget();
        self.outbox.replace(outbox);
        self.abandoned.replace(abandoned);
        self.timers.take();
        self.clock.set(Clock::new(still));
        self.begin();
    }

    /// Forgets the previous hint and starts the time of the next one.
    pub(super) fn begin(&self) {
        self.forget();
        self.transport.replace(None);
        self.refusal.replace(None);
        self.console.borrow_mut().clear();
        self.console_bytes.set(0);
        self.trip.replace(None);
        self.requests.set(0);
        self.body_bytes.set(0);
        self.turn.changes.set(false);
        self.resume();
        self.deadline.set(Instant::now() + self.limits.time);
        self.with_clock(Clock::begin);
    }

    /// Moves the clock on to `time` (milliseconds since 1970) if it is not there yet: other pages and other engines have
    /// hints of their own, and no two hints may see the same time.
    pub(super) fn advance_to(&self, time: f64) {
        self.with_clock(|clock| clock.advance_to(time));
    }

    /// Drops everything that refers to the engine and belongs to one hint.
    pub(super) fn forget(&self) {
        for id in self.pending.borrow().keys() {
            self.send(Event::Cancel { id: *id });
        }
        self.pending.borrow_mut().clear();
        self.bodies.borrow_mut().clear();
        self.timers.borrow_mut().clear();
        self.rejections.borrow_mut().clear();
        self.uncaught.borrow_mut().clear();
    }

    /// The page's clock, in milliseconds since 1970.
    pub(super) fn now(&self) -> f64 {
        self.with_clock(Clock::now)
    }

    /// The page's clock as it stands, for another realm of the page.
    pub(super) fn clock(&self) -> Clock {
        self.clock.get()
    }

    /// Goes on with the clock of an earlier realm of the page.
    pub(super) fn set_clock(&self, clock: Clock) {
        self.clock.set(clock);
    }

    fn with_clock<R>(&self, work: impl FnOnce(&mut Clock) -> R) -> R {
        let mut clock = self.clock.get();
        let result = work(&mut clock);
        self.clock.set(clock);
        result
    }

    /// Tells the caller's side; nobody may be there any more.
    pub(super) fn send(&self, event: Event) {
        self.outbox.borrow().send(event);
    }

    /// Time for looking at what was thrown, however late it was thrown; its getters are the test's code.
    pub(super) fn grant_more_time(&self) {
        self.deadline.set(self.deadline.get().max(Instant::now() + Duration::from_millis(100)));
    }

    pub(super) fn remaining(&self) -> Duration {
        self.deadline.get().saturating_duration_since(Instant::now())
    }

    /// Asked by the interrupt handler and between jobs: whether to stop.
    pub(super) fn must_stop(&self) -> bool {
        let now = Instant::now();
        if self.abandoned.borrow().load(Ordering::Relaxed) || now >= self.deadline.get() {
            self.trip(Trip::Time);
            return true;
        }
        if self.turn.ends.get().is_some_and(|end| now >= end) {
            self.give_way();
        }
        self.usage.was_refused() || self.tripped()
    }

    /// Records why the hint gets no verdict; the first reason stays.
    pub(super) fn trip(&self, trip: Trip) {
        self.spoil();
        self.trip.borrow_mut().get_or_insert(trip);
    }

    /// Something was cut short.
    pub(super) fn spoil(&self) {
        self.is_spoilt.set(true);
    }

    /// Whether anything ever was.
    pub(super) fn is_spoilt(&self) -> bool {
        self.is_spoilt.get()
    }

    pub(super) fn tripped(&self) -> bool {
        self.gave_way() || self.trip.borrow().is_some()
    }

    pub(super) fn take_trip(&self) -> Option<Trip> {
        if self.usage.was_refused() {
            return Some(Trip::Limit("memory"));
        }
        self.trip.borrow_mut().take()
    }

    /// Counts a request; `None` when the hint may make no more.
    pub(super) fn next_request(&self) -> Option<u32> {
        if self.requests.get() >= self.limits.requests {
            self.trip(Trip::Limit("number of requests"));
            return None;
        }
        self.requests.set(self.requests.get() + 1);
        let id = self.next_request.get();
        self.next_request.set(id.wrapping_add(1));
        Some(id)
    }

    /// Counts bytes of bodies; false when it is too much.
    pub(super) fn admits_body(&self, size: usize) -> bool {
        let total = self.body_bytes.get().saturating_add(size);
        self.body_bytes.set(total);
        let fits = total <= self.limits.bodies;
        if !fits {
            self.trip(Trip::Limit("size of bodies"));
        }
        fits
    }

    /// Keeps a line of console output as far as there is room.
    pub(super) fn log(&self, mut line: String) {
        let room = self.limits.console.saturating_sub(self.console_bytes.get());
        if room == 0 {
            return;
        }
        if line.len() > room {
            let cut = (0..=room).rev().find(|&at| line.is_char_boundary(at)).unwrap_or(0);
            line.truncate(cut);
            line.push_str(" … (more console output was dropped)");
        }
        self.console_bytes.set(self.console_bytes.get().saturating_add(line.len() + 1));
        self.console.borrow_mut().push(line);
    }

    pub(super) fn take_console(&self) -> Vec<String> {
        self.console.take()
    }

    /// The engine's report of a promise that was rejected without a handler, or got one later.
    pub(super) fn track_rejection<'js>(&self, ctx: &Ctx<'js>, promise: Value<'js>, reason: Value<'js>, handled: bool) {
        if handled {
            self.rejections
                .borrow_mut()
                .retain(|(known, _)| !known.clone().restore(ctx).is_ok_and(|known| known == promise));
        } else if self.rejections.borrow().len() < 1000 {
            let entry = (Persistent::save(ctx, promise), Persistent::save(ctx, reason));
            self.rejections.borrow_mut().push(entry);
        }
    }
}
