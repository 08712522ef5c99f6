//! What the host functions of one realm share with the loop that drives it.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use bytes::Bytes;
use rquickjs::{Ctx, Function, Persistent, Value};
use tokio::sync::mpsc::UnboundedSender;

use super::clock::Clock;
use super::host::timers::Timers;
use super::memory::Usage;
use super::message::Event;
use super::program::Limits;
use crate::fetch::{Refusal, TransportError};

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

/// Shared state of one realm.
pub(super) struct State {
    pub(super) limits: Limits,
    /// The URL that `getUserInput` gives.
    pub(super) url: RefCell<String>,
    pub(super) usage: Rc<Usage>,
    events: RefCell<UnboundedSender<Event>>,
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
    next_request: Cell<u32>,
    requests: Cell<usize>,
    body_bytes: Cell<usize>,
    clock: Cell<Clock>,
}

impl State {
    pub(super) fn new(
        limits: Limits,
        usage: Rc<Usage>,
        events: UnboundedSender<Event>,
        abandoned: Arc<AtomicBool>,
        still: Option<f64>,
    ) -> Rc<Self> {
        Rc::new(Self {
            limits,
            url: RefCell::default(),
            usage,
            events: RefCell::new(events),
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
            next_request: Cell::new(0),
            requests: Cell::new(0),
            body_bytes: Cell::new(0),
            clock: Cell::new(Clock::new(still)),
        })
    }

    /// Turns to another page, as if the state were new.
    pub(super) fn reopen(&self, events: UnboundedSender<Event>, abandoned: Arc<AtomicBool>, still: Option<f64>) {
        // What is left of the page before is told to that one.
        self.forget();
        self.events.replace(events);
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
        let _ = self.events.borrow().send(event);
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
        if self.abandoned.borrow().load(Ordering::Relaxed) || Instant::now() >= self.deadline.get() {
            self.trip(Trip::Time);
            return true;
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
        self.trip.borrow().is_some()
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
