//! A visit: what belongs to one page of the realm that serves it, and goes with the page.
//!
//! A realm may serve several pages side by side, as long as none of them runs while another does. What its host functions keep
//! is that of the visit at hand, see [`State::enter`](super::state::State::enter).

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use bytes::Bytes;
use rquickjs::{Ctx, Function, Persistent, Value};

use super::clock::Clock;
use super::host::timers::Timers;
use super::message::{Event, Outbox};
use super::program::{Limits, PageSettings};
use crate::fetch::{Refusal, TransportError};

/// Rejections and errors of callbacks that are kept at most.
const MOST_ERRORS: usize = 1000;

/// What ended a hint without a verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Trip {
    /// The time limit.
    Time,
    /// A limit with this name.
    Limit(&'static str),
    /// Something that browsers have and this engine lacks.
    Unsupported(String),
}

/// Why a hint is one for a thread of its own, where it is to begin anew: nothing counts of what it came to so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum GaveWay {
    /// It kept others waiting, or wanted what only a hint with a thread of its own may do or use.
    OfItself,
    /// Another page has spoilt the realm that they shared.
    WithItsRealm,
}

/// A request that is under way.
pub(super) struct Pending {
    pub(super) callback: Persistent<Function<'static>>,
    pub(super) label: Arc<str>,
}

/// What a realm keeps for one page.
pub(super) struct Visit {
    pub(super) limits: Limits,
    /// The URL that `getUserInput` gives.
    pub(super) url: String,
    pub(super) timers: RefCell<Timers>,
    pub(super) pending: RefCell<BTreeMap<u32, Pending>>,
    pub(super) bodies: RefCell<BTreeMap<u32, Result<Bytes, TransportError>>>,
    pub(super) rejections: RefCell<Vec<(Persistent<Value<'static>>, Persistent<Value<'static>>)>>,
    pub(super) uncaught: RefCell<Vec<Persistent<Value<'static>>>>,
    pub(super) transport: RefCell<Option<TransportError>>,
    pub(super) refusal: RefCell<Option<Refusal>>,
    outbox: Outbox,
    /// Set by the caller when nobody waits for the page any more.
    abandoned: Arc<AtomicBool>,
    console: RefCell<Vec<String>>,
    console_bytes: Cell<usize>,
    trip: RefCell<Option<Trip>>,
    deadline: Cell<Instant>,
    /// How long it may run at a time on a thread that it shares with others; none where it has its own.
    patience: Option<Duration>,
    /// When it has to let others run.
    turn_ends: Cell<Option<Instant>>,
    gave_way: Cell<Option<GaveWay>>,
    /// The hint wanted to change the project.
    changes: Cell<bool>,
    next_request: Cell<u32>,
    requests: Cell<usize>,
    body_bytes: Cell<usize>,
    clock: Cell<Clock>,
}

impl Visit {
    /// That of a page which asks by way of `outbox`; see the fields for the rest.
    pub(super) fn new(
        settings: &PageSettings,
        outbox: Outbox,
        abandoned: Arc<AtomicBool>,
        patience: Option<Duration>,
    ) -> Self {
        Self {
            limits: settings.limits.clone(),
            url: settings.url.clone(),
            timers: RefCell::default(),
            pending: RefCell::default(),
            bodies: RefCell::default(),
            rejections: RefCell::default(),
            uncaught: RefCell::default(),
            transport: RefCell::default(),
            refusal: RefCell::default(),
            outbox,
            abandoned,
            console: RefCell::default(),
            console_bytes: Cell::new(0),
            trip: RefCell::default(),
            deadline: Cell::new(Instant::now()),
            patience,
            turn_ends: Cell::new(None),
            gave_way: Cell::new(None),
            changes: Cell::new(false),
            next_request: Cell::new(0),
            requests: Cell::new(0),
            body_bytes: Cell::new(0),
            clock: Cell::new(Clock::new(settings.still)),
        }
    }

    /// One of no page.
    pub(super) fn of_nobody(limits: &Limits) -> Self {
        let settings = PageSettings { limits: limits.clone(), ..PageSettings::default() };
        Self::new(&settings, Outbox::Here(Rc::default()), Arc::default(), None)
    }

    /// Holds nothing against the next hint of what the previous one did.
    pub(super) fn forgive(&self) {
        self.gave_way.set(None);
        self.changes.set(false);
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
        self.resume();
        self.deadline.set(Instant::now() + self.limits.time);
        self.with_clock(Clock::begin);
    }

    /// The engine is about to run again, after it has waited.
    pub(super) fn resume(&self) {
        self.turn_ends.set(self.patience.and_then(|patience| Instant::now().checked_add(patience)));
    }

    /// What runs now is not the hint's: others wait for it as long as it takes.
    pub(super) fn be_patient(&self) {
        self.turn_ends.set(None);
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

    /// Tells the caller's side; nobody may be there any more.
    pub(super) fn send(&self, event: Event) {
        self.outbox.send(event);
    }

    /// Nothing counts any more of what the hint comes to here; the first reason stays.
    pub(super) fn give_way(&self, why: GaveWay) {
        self.gave_way.set(Some(self.gave_way.get().unwrap_or(why)));
    }

    /// Whether the hint is one for a thread of its own, and why.
    pub(super) fn gave_way(&self) -> Option<GaveWay> {
        self.gave_way.get()
    }

    /// The hint wants to change the project. False where it may have to begin anew, on a thread of its own: there it must not.
    pub(super) fn admits_changes(&self) -> bool {
        self.changes.set(true);
        self.patience.is_none()
    }

    /// Whether it wanted to.
    pub(super) fn changes(&self) -> bool {
        self.changes.get()
    }

    /// Whether others have waited for it for too long.
    pub(super) fn has_outstayed(&self, now: Instant) -> bool {
        self.turn_ends.get().is_some_and(|end| now >= end)
    }

    /// Whether its time is over, or nobody waits for it any more.
    pub(super) fn is_over(&self, now: Instant) -> bool {
        self.abandoned.load(Ordering::Relaxed) || now >= self.deadline.get()
    }

    /// What is left of the hint's time.
    pub(super) fn remaining(&self) -> Duration {
        self.deadline.get().saturating_duration_since(Instant::now())
    }

    /// Time for looking at what was thrown, however late it was thrown; its getters are the test's code.
    pub(super) fn grant_more_time(&self) {
        self.deadline.set(self.deadline.get().max(Instant::now() + Duration::from_millis(100)));
    }

    /// Records why the hint gets no verdict; the first reason stays.
    pub(super) fn trip(&self, trip: Trip) {
        self.trip.borrow_mut().get_or_insert(trip);
    }

    /// Whether there is such a reason.
    pub(super) fn tripped(&self) -> bool {
        self.gave_way.get().is_some() || self.trip.borrow().is_some()
    }

    /// Takes that reason.
    pub(super) fn take_trip(&self) -> Option<Trip> {
        self.trip.borrow_mut().take()
    }

    /// Counts a request; `None` when the hint may make no more.
    pub(super) fn next_request(&self) -> Option<u32> {
        if self.requests.get() >= self.limits.requests {
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
        total <= self.limits.bodies
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

    /// Takes the console output.
    pub(super) fn take_console(&self) -> Vec<String> {
        self.console.take()
    }

    /// An error that the honest rules count, though it reaches nobody in a browser.
    pub(super) fn add_uncaught(&self, error: Persistent<Value<'static>>) {
        let mut uncaught = self.uncaught.borrow_mut();
        if uncaught.len() < MOST_ERRORS {
            uncaught.push(error);
        }
    }

    /// The engine's report of a promise that was rejected without a handler, or got one later.
    pub(super) fn track_rejection<'js>(&self, ctx: &Ctx<'js>, promise: Value<'js>, reason: Value<'js>, handled: bool) {
        let mut rejections = self.rejections.borrow_mut();
        if handled {
            rejections.retain(|(known, _)| !known.clone().restore(ctx).is_ok_and(|known| known == promise));
        } else if rejections.len() < MOST_ERRORS {
            rejections.push((Persistent::save(ctx, promise), Persistent::save(ctx, reason)));
        }
    }

    /// The page's clock, in milliseconds since 1970.
    pub(super) fn now(&self) -> f64 {
        self.with_clock(Clock::now)
    }

    /// Moves the clock on to `time` (milliseconds since 1970) if it is not there yet: other pages and other engines have
    /// hints of their own, and no two hints may see the same time.
    pub(super) fn advance_to(&self, time: f64) {
        self.with_clock(|clock| clock.advance_to(time));
    }

    fn with_clock<R>(&self, work: impl FnOnce(&mut Clock) -> R) -> R {
        let mut clock = self.clock.get();
        let result = work(&mut clock);
        self.clock.set(clock);
        result
    }
}
