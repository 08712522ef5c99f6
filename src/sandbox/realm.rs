//! A realm: one runtime with one context, its limits, and our globals in it.

use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::rc::Rc;
use std::sync::Arc;

use rquickjs::{Context, Ctx, Function, Object, Persistent, Result, Runtime};

use super::bundle::{PreludeLoader, PreludeResolver};
use super::globals::{GLOBALS, PATCHES};
use super::host;
use super::kept::Functions;
use super::memory::{Limited, Usage};
use super::searches::Searches;
use super::shelf::{History, beyond_new};
use super::state::State;
use super::visit::Visit;

/// More jobs than objects of which that is told.
const MOST_BURIALS: usize = 100_000;

/// The realm of one challenge, or of several that cannot tell.
pub(super) struct Realm {
    // In this order they are dropped: what refers to the engine first.
    pub(super) functions: Functions,
    boot: Persistent<Object<'static>>,
    context: Context,
    runtime: Runtime,
    pub(super) state: Rc<State>,
    pub(super) history: History,
    /// Modules whose globals are there.
    provided: Cell<u64>,
    /// Modules that have changed their intrinsics.
    patched: Cell<u8>,
    /// Methods of `assert` that are there.
    assertions: RefCell<HashSet<&'static str>>,
}

impl Drop for Realm {
    fn drop(&mut self) {
        self.state.visit().forget();
    }
}

impl Realm {
    /// A fresh realm with our globals, for a visit that is at hand then.
    pub(super) fn new(visit: &Rc<Visit>, searches: Option<Arc<Searches>>) -> Result<Self> {
        let limits = &visit.limits;
        let usage = Usage::new(limits.memory);
        let runtime = Runtime::new_with_alloc(Limited(Rc::clone(&usage)))?;
        runtime.set_max_stack_size(limits.stack);
        // Counting frees nearly everything; a collection of cycles walks the whole heap, too dear while a page is set up.
        runtime.set_gc_threshold(limits.memory / 4);
        runtime.set_loader(PreludeResolver, PreludeLoader);
        let state = State::new(visit, usage, searches);
        visit.begin();
        visit.be_patient();
        let watched = Rc::clone(&state);
        runtime.set_interrupt_handler(Some(Box::new(move || watched.must_cut())));
        let watched = Rc::clone(&state);
        runtime.set_host_promise_rejection_tracker(Some(Box::new(move |ctx, promise, reason, handled| {
            watched.visit().track_rejection(&ctx, promise, reason, handled);
        })));
        let context = Context::full(&runtime)?;
        let (boot, functions) = context.with(|ctx| boot(&ctx, &state)).inspect_err(|_| visit.forget())?;
        let history = History::of_new(state.usage.used());
        let (provided, patched, assertions) = (Cell::new(0), Cell::new(0), RefCell::default());
        Ok(Self { functions, boot, context, runtime, state, history, provided, patched, assertions })
    }

    /// Turns to another page. One that has the realm for itself gets as much memory to use as a new realm has.
    pub(super) fn reopen(&self, visit: &Rc<Visit>) {
        if !self.state.is_common() {
            self.state.usage.allow(self.state.limits.memory.saturating_add(beyond_new(self)));
        }
        self.state.enter(visit);
    }

    /// Frees what only cycles hold.
    pub(super) fn collect(&self) {
        self.runtime.run_gc();
    }

    /// Works with the context.
    pub(super) fn with<R>(&self, work: impl FnOnce(Ctx<'_>) -> R) -> R {
        self.context.with(work)
    }

    /// A function that the boot module exports.
    pub(super) fn boot<'js>(&self, ctx: &Ctx<'js>, name: &str) -> Result<Function<'js>> {
        self.boot.clone().restore(ctx)?.get(name)
    }

    /// Sees to it that the globals of these modules (bits by their place in [`GLOBALS`]) are there.
    pub(super) fn provide(&self, modules: u64) -> Result<()> {
        let missing = modules & !self.provided.get();
        if missing == 0 {
            return Ok(());
        }
        self.provided.set(modules | self.provided.get());
        self.with(|ctx| {
            let provide = self.boot(&ctx, "provideModule")?;
            for (at, (path, names)) in GLOBALS.iter().enumerate() {
                if missing >> at & 1 == 1 {
                    provide.call::<_, ()>((*path, names.to_vec()))?;
                }
            }
            Ok(())
        })
    }

    /// Sees to it that these modules (bits by their place in [`PATCHES`]) have changed their intrinsics.
    pub(super) fn patch(&self, modules: u8) {
        let missing = modules & !self.patched.get();
        if missing == 0 {
            return;
        }
        self.patched.set(modules | self.patched.get());
        let places = PATCHES.iter().enumerate().filter(|(at, _)| missing >> at & 1 == 1);
        let wanted: Vec<&str> = places.map(|(_, (path, _))| *path).collect();
        self.with(|ctx| self.boot(&ctx, "patch").and_then(|patch| patch.call::<_, ()>((wanted,))).ok());
    }

    /// Sees to it that these methods of `assert` are there.
    pub(super) fn provide_assertions(&self, names: &[&'static str]) -> Result<()> {
        let missing: Vec<&'static str> = {
            let mut known = self.assertions.borrow_mut();
            names.iter().copied().filter(|name| known.insert(name)).collect()
        };
        if missing.is_empty() {
            return Ok(());
        }
        self.with(|ctx| self.boot(&ctx, "provideAssertions")?.call((missing,)))
    }

    /// Runs jobs (promise reactions) until none is left or the hint must stop; after each, `seen` is asked whether to go on.
    /// False when it stopped early.
    pub(super) fn run_jobs(&self, mut seen: impl FnMut()) -> bool {
        while self.runtime.is_job_pending() {
            if self.state.must_cut() {
                return false;
            }
            // A job that throws is an interrupted or exhausted one; the state knows.
            let _ = self.runtime.execute_pending_job();
            seen();
        }
        !self.state.must_stop()
    }

    /// Runs the jobs that are left when no hint runs. One that was not cut short has run all of its own: what comes later is the
    /// news that objects of it are gone, which our modules want to have.
    pub(super) fn bury(&self) {
        let mut left = MOST_BURIALS;
        while left > 0 && !self.state.is_spoilt() && self.runtime.is_job_pending() {
            let _ = self.runtime.execute_pending_job();
            left -= 1;
        }
    }

    /// Whether jobs wait to be run.
    pub(super) fn has_jobs(&self) -> bool {
        self.runtime.is_job_pending()
    }
}

fn boot(ctx: &Ctx<'_>, state: &Rc<State>) -> Result<(Persistent<Object<'static>>, Functions)> {
    let native = Object::new(ctx.clone())?;
    host::install_core(ctx, &native, state)?;
    let globals = ctx.globals();
    globals.set("__gradeHost", native)?;
    let namespace = host::load_module(ctx, "boot.js")?;
    globals.remove("__gradeHost")?;
    let functions = Functions::new(ctx, &namespace)?;
    Ok((Persistent::save(ctx, namespace), functions))
}
