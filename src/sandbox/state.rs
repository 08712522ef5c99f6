//! What the host functions of one realm share with the loop that drives it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;
use std::time::Instant;

use super::memory::Usage;
use super::program::Limits;
use super::searches::Searches;
use super::visit::{GaveWay, Trip, Visit};

/// Shared state of one realm.
pub(super) struct State {
    pub(super) limits: Limits,
    /// Searches outside of the engine, if there are to be any.
    pub(super) searches: Option<Arc<Searches>>,
    pub(super) usage: Rc<Usage>,
    /// The visit whose JavaScript runs, or ran last.
    visit: RefCell<Rc<Visit>>,
    /// A visit of no page, for when the last one has left.
    nobody: Rc<Visit>,
    /// Something was cut short: what the realm holds may be half done.
    is_spoilt: Cell<bool>,
    /// Other pages may use the realm at the same time.
    is_common: Cell<bool>,
}

impl State {
    /// The state of a realm that is made for a visit.
    pub(super) fn new(visit: &Rc<Visit>, usage: Rc<Usage>, searches: Option<Arc<Searches>>) -> Rc<Self> {
        Rc::new(Self {
            limits: visit.limits.clone(),
            searches,
            usage,
            visit: RefCell::new(Rc::clone(visit)),
            nobody: Rc::new(Visit::of_nobody(&visit.limits)),
            is_spoilt: Cell::new(false),
            is_common: Cell::new(false),
        })
    }

    /// The visit at hand.
    pub(super) fn visit(&self) -> Rc<Visit> {
        Rc::clone(&self.visit.borrow())
    }

    /// Turns to a visit, whose JavaScript runs from now on. Another one may have been at hand since the last time, but only
    /// while this one waited, with nothing left to run.
    pub(super) fn enter(&self, visit: &Rc<Visit>) {
        self.visit.replace(Rc::clone(visit));
        if self.is_common() && self.is_spoilt() {
            visit.give_way(GaveWay::WithItsRealm);
        }
    }

    /// A page leaves the realm, and may go on in another one: what befalls this one concerns it no more.
    pub(super) fn leave(&self, visit: &Rc<Visit>) {
        visit.forget();
        if Rc::ptr_eq(&self.visit.borrow(), visit) {
            self.nobody.grant_more_time();
            self.visit.replace(Rc::clone(&self.nobody));
        }
    }

    /// From now on, other pages may use the realm at the same time.
    pub(super) fn make_common(&self) {
        self.is_common.set(true);
    }

    /// Whether they may.
    pub(super) fn is_common(&self) -> bool {
        self.is_common.get()
    }

    /// Whether the hint must stop.
    pub(super) fn must_stop(&self) -> bool {
        let (now, visit) = (Instant::now(), self.visit());
        if visit.is_over(now) {
            visit.trip(Trip::Time);
            return true;
        }
        if visit.has_outstayed(now) {
            visit.give_way(GaveWay::OfItself);
        }
        self.was_refused_memory() || visit.tripped()
    }

    /// The same, asked by the interrupt handler and between jobs, where something is left half done: the realm is spoilt then.
    pub(super) fn must_cut(&self) -> bool {
        let must_stop = self.must_stop();
        if must_stop {
            self.spoil();
        }
        must_stop
    }

    /// Whether the engine was refused memory. Where several pages share it, that says nothing of any of them.
    pub(super) fn was_refused_memory(&self) -> bool {
        let refused = self.usage.was_refused();
        if refused && self.is_common() {
            self.spoil();
            self.visit().give_way(GaveWay::OfItself);
        }
        refused
    }

    /// Records why the hint gets no verdict; the first reason stays.
    pub(super) fn trip(&self, trip: Trip) {
        self.spoil();
        self.visit().trip(trip);
    }

    /// Something was cut short.
    pub(super) fn spoil(&self) {
        self.is_spoilt.set(true);
    }

    /// Whether anything ever was.
    pub(super) fn is_spoilt(&self) -> bool {
        self.is_spoilt.get()
    }

    /// Whether the hint gets no verdict, or none here.
    pub(super) fn tripped(&self) -> bool {
        self.visit().tripped()
    }

    /// Takes the reason why it gets none.
    pub(super) fn take_trip(&self) -> Option<Trip> {
        if self.usage.was_refused() {
            return Some(Trip::Limit("memory"));
        }
        self.visit().take_trip()
    }

    /// The hint wants to change the project: whether it may.
    pub(super) fn admits_changes(&self) -> bool {
        let visit = self.visit();
        let admitted = visit.admits_changes();
        if !admitted {
            self.spoil();
            visit.give_way(GaveWay::OfItself);
        }
        admitted
    }

    /// Counts a request; `None` when the hint may make no more.
    pub(super) fn next_request(&self) -> Option<u32> {
        let id = self.visit().next_request();
        if id.is_none() {
            self.trip(Trip::Limit("number of requests"));
        }
        id
    }

    /// Counts bytes of bodies; false when it is too much.
    pub(super) fn admits_body(&self, size: usize) -> bool {
        let fits = self.visit().admits_body(size);
        if !fits {
            self.trip(Trip::Limit("size of bodies"));
        }
        fits
    }
}
