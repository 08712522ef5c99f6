//! Running one block: the event loop, and what it came to.

use std::rc::Rc;
use std::time::{Duration, Instant};

use rquickjs::promise::PromiseState;
use rquickjs::{CatchResultExt, CaughtError, Ctx, Function, Object, Persistent, Promise, Result, Value};

use super::blocks::Blocks;
use super::bytecode;
use super::compile::{Compiled, Dialect};
use super::host::deliver;
use super::line::{Heard, Line};
use super::realm::Realm;
use super::visit::{Trip, Visit};
use crate::verdict::Rules;

/// How a block ended.
pub(super) enum Ending {
    /// What is awaited was fulfilled, and nothing else went wrong that counts.
    Fulfilled,
    /// Something was thrown or rejected that counts.
    Thrown(Persistent<Value<'static>>),
    /// The text does not compile: the error.
    Syntax(Persistent<Value<'static>>),
    /// What is awaited can never settle: nothing is under way.
    Stalled,
    /// A limit was reached; what the hint was waiting for.
    Stopped { waiting_for: Option<String> },
}

/// An ending, and whether the browser would have waited for it.
pub(super) struct Course {
    pub(super) ending: Ending,
    /// The browser's verdict was in before the work was done, and it was "passed".
    pub(super) not_awaited_there: bool,
}

/// What the loop waits for next.
enum Wake {
    Answer,
    Timer,
    Idle,
    Stop,
}

/// Where a block runs.
pub(super) struct Place<'r, L> {
    /// The realm.
    pub(super) realm: &'r Realm,
    /// What the realm keeps for the page.
    pub(super) visit: &'r Rc<Visit>,
    /// What is known of blocks.
    pub(super) blocks: &'r Blocks,
    /// Where the answers to its requests come from.
    pub(super) line: &'r mut L,
}

/// Runs a block to its end.
pub(super) async fn run<L: Line>(place: Place<'_, L>, block: &Compiled, rules: Rules) -> Course {
    let Place { realm, visit, blocks, line } = place;
    let mut run = Run { realm, visit, line, blocks, awaited: None, passed_there: None };
    let started = realm.with(|ctx| run.start(&ctx, block).catch(&ctx).map_err(|error| keep(&ctx, error)));
    match started {
        Ok(Started::Running) => run.course(rules).await,
        Ok(Started::Syntax(error)) => Course { ending: Ending::Syntax(error), not_awaited_there: false },
        Err(_) if realm.state.must_stop() => {
            Course { ending: Ending::Stopped { waiting_for: None }, not_awaited_there: false }
        }
        Err(error) => Course { ending: Ending::Thrown(error), not_awaited_there: false },
    }
}

/// Runs what a page script has set going until nothing is under way.
pub(super) async fn settle<L: Line>(place: Place<'_, L>) {
    let Place { realm, visit, blocks, line } = place;
    Run { realm, visit, line, blocks, awaited: None, passed_there: None }.drive_until_idle().await;
}

enum Started {
    Running,
    Syntax(Persistent<Value<'static>>),
}

struct Run<'r, L> {
    realm: &'r Realm,
    visit: &'r Rc<Visit>,
    line: &'r mut L,
    blocks: &'r Blocks,
    awaited: Option<Persistent<Promise<'static>>>,
    /// What the browser would see, once it knows: the value of the block, and whether work was left.
    passed_there: Option<bool>,
}

fn keep<'js>(ctx: &Ctx<'js>, error: CaughtError<'js>) -> Persistent<Value<'static>> {
    let value = match error {
        CaughtError::Exception(exception) => exception.into_object().into_value(),
        CaughtError::Value(value) => value,
        CaughtError::Error(_) => Value::new_undefined(ctx.clone()),
    };
    Persistent::save(ctx, value)
}

impl<L: Line> Run<'_, L> {
    fn start<'js>(&mut self, ctx: &Ctx<'js>, block: &Compiled) -> Result<Started> {
        let functions = &self.realm.functions;
        let outer = match self.outer(ctx, block).catch(ctx) {
            Ok(outer) => outer,
            Err(error) => return Ok(Started::Syntax(keep(ctx, error))),
        };
        let get_user_input = self.user_input(ctx)?;
        let tail = functions.tail(ctx)?;
        let inner: Function<'js> = outer.call((tail, self.visit.url.as_str(), get_user_input.clone()))?;
        let promise: Promise<'js> = match block.dialect {
            Dialect::Body => inner.call(())?,
            Dialect::UserInput => functions.run_value(ctx)?.call((inner, get_user_input))?,
            Dialect::Function => functions.run_value(ctx)?.call((inner,))?,
        };
        self.awaited = Some(Persistent::save(ctx, promise));
        Ok(Started::Running)
    }

    /// The function that the block was made into, compiled by the engine unless it has done so before.
    fn outer<'js>(&self, ctx: &Ctx<'js>, block: &Compiled) -> Result<Function<'js>> {
        let text = block.generated.text();
        // What might meddle might reach the function, too.
        let is_kept = block.is_repeated && block.is_shared && !block.scan.may_meddle;
        let functions = &self.realm.functions;
        if is_kept && let Some(function) = functions.block(ctx, text) {
            return Ok(function);
        }
        let known = block.is_repeated.then(|| self.blocks.bytecode(text)).flatten();
        let value = if let Some(bytecode) = known {
            bytecode::evaluate_again(ctx, &bytecode)?
        } else {
            let (value, bytecode) = bytecode::evaluate(ctx, text, block.is_repeated)?;
            if let Some(bytecode) = bytecode {
                self.blocks.keep_bytecode(text, bytecode);
            }
            value
        };
        let function = Function::from_value(value)?;
        if is_kept {
            functions.keep_block(ctx, text, &function);
        }
        Ok(function)
    }

    /// `getUserInput`. What leaves nothing behind leaves it as it is.
    fn user_input<'js>(&self, ctx: &Ctx<'js>) -> Result<Function<'js>> {
        self.realm.functions.user_input(ctx, &self.realm.state, self.realm.history.is_clean())
    }

    async fn course(mut self, rules: Rules) -> Course {
        let ending = self.drive(rules).await;
        let left_work = self.passed_there.unwrap_or(false);
        let passed_first = self.passed_there.is_some() && matches!(ending, Ending::Thrown(_) | Ending::Stalled);
        Course { ending, not_awaited_there: left_work || (rules == Rules::Honest && passed_first) }
    }

    async fn drive(&mut self, rules: Rules) -> Ending {
        // First what the browser awaits.
        let browser = self.drive_until_settled().await;
        let tail = match browser {
            Settled::Fulfilled(tail) => tail,
            Settled::Ending(ending) => {
                self.drain().await;
                return ending;
            }
        };
        self.passed_there = Some(self.work_is_left(tail.as_ref()));
        if rules == Rules::Browser {
            self.drain().await;
            return Ending::Fulfilled;
        }
        // Then what the block forgot to wait for.
        if let Some(tail) = tail {
            match self.finish(&tail) {
                Ok(()) => {}
                Err(error) => return Ending::Thrown(error),
            }
            match self.drive_until_settled().await {
                Settled::Fulfilled(_) => {}
                Settled::Ending(ending) => {
                    self.drain().await;
                    return ending;
                }
            }
        }
        self.drive_until_idle().await
    }

    /// Awaits the completion value that the browser ignores.
    fn finish(&mut self, tail: &Persistent<Value<'static>>) -> std::result::Result<(), Persistent<Value<'static>>> {
        self.realm.with(|ctx| {
            let promise = (|| {
                let get_user_input = self.user_input(&ctx)?;
                let tail = tail.clone().restore(&ctx)?;
                self.realm.functions.finish(&ctx)?.call::<_, Promise<'_>>((tail, get_user_input))
            })();
            match promise.catch(&ctx) {
                Ok(promise) => {
                    self.awaited = Some(Persistent::save(&ctx, promise));
                    Ok(())
                }
                Err(error) => Err(keep(&ctx, error)),
            }
        })
    }

    /// Whether something is still under way, or the completion value is something that nobody waited for.
    fn work_is_left(&self, tail: Option<&Persistent<Value<'static>>>) -> bool {
        let visit = self.visit;
        if !visit.pending.borrow().is_empty() || visit.timers.borrow().has_work() || self.realm.has_jobs() {
            return true;
        }
        let Some(tail) = tail else {
            return false;
        };
        self.realm.with(|ctx| {
            let value =
                tail.clone().restore(&ctx).ok().and_then(|tail| tail.as_object()?.get::<_, Value<'_>>("value").ok());
            let Some(value) = value else {
                return false;
            };
            value.is_function() || value.as_promise().is_some_and(|promise| promise.state() != PromiseState::Resolved)
        })
    }

    /// The state of what is awaited now.
    fn settled(&self) -> Option<Settled> {
        let awaited = self.awaited.as_ref()?;
        self.realm.with(|ctx| {
            let promise = awaited.clone().restore(&ctx).ok()?;
            match promise.state() {
                PromiseState::Pending => None,
                PromiseState::Resolved => {
                    let value = promise.result::<Value<'_>>()?.ok()?;
                    let is_tail = self
                        .realm
                        .functions
                        .is_tail(&ctx)
                        .and_then(|is_tail| is_tail.call::<_, bool>((value.clone(),)));
                    Some(Settled::Fulfilled(is_tail.unwrap_or(false).then(|| Persistent::save(&ctx, value))))
                }
                PromiseState::Rejected => {
                    let error = promise.result::<Value<'_>>()?.catch(&ctx).err()?;
                    let kept = keep(&ctx, error);
                    forget_rejection(&ctx, self.visit, &promise);
                    Some(Settled::Ending(Ending::Thrown(kept)))
                }
            }
        })
    }

    async fn drive_until_settled(&mut self) -> Settled {
        loop {
            let ran = self.realm.run_jobs(|| {});
            if !ran {
                return Settled::Ending(self.stopped());
            }
            if let Some(settled) = self.settled() {
                return settled;
            }
            match self.wake(true).await {
                Wake::Answer | Wake::Timer => {}
                Wake::Idle => return Settled::Ending(Ending::Stalled),
                Wake::Stop => return Settled::Ending(self.stopped()),
            }
        }
    }

    /// Goes on until nothing is under way, then looks for what went wrong unseen.
    async fn drive_until_idle(&mut self) -> Ending {
        loop {
            if !self.realm.run_jobs(|| {}) {
                return self.stopped();
            }
            match self.wake(false).await {
                Wake::Answer | Wake::Timer => {}
                Wake::Idle => break,
                Wake::Stop => return self.stopped(),
            }
        }
        if let Some(error) = self.visit.uncaught.borrow().first() {
            return Ending::Thrown(error.clone());
        }
        if let Some((_, reason)) = self.visit.rejections.borrow().first() {
            return Ending::Thrown(reason.clone());
        }
        Ending::Fulfilled
    }

    /// Lets requests that are under way end, so that the next hint finds the project as this one left it; nothing of it counts.
    async fn drain(&mut self) {
        self.visit.timers.borrow_mut().clear();
        while self.realm.run_jobs(|| {}) {
            self.visit.timers.borrow_mut().clear();
            match self.wake(false).await {
                Wake::Answer | Wake::Timer => {}
                Wake::Idle | Wake::Stop => break,
            }
        }
    }

    fn stopped(&self) -> Ending {
        let waiting_for = self.visit.pending.borrow().values().next().map(|pending| pending.label.to_string());
        Ending::Stopped { waiting_for }
    }

    /// Waits for an answer or a timer and runs its callback. Intervals are no work to wait for unless something awaited
    /// may depend on them.
    async fn wake(&mut self, intervals_count: bool) -> Wake {
        let (state, visit) = (&self.realm.state, self.visit);
        let timers_count = {
            let timers = visit.timers.borrow();
            timers.has_work() || (intervals_count && timers.next_due().is_some())
        };
        let requests = !visit.pending.borrow().is_empty();
        if !requests && !timers_count {
            return Wake::Idle;
        }
        let now = Instant::now();
        if let Some(callback) = self.due(now) {
            self.call(callback);
            return Wake::Timer;
        }
        let until_timer =
            visit.timers.borrow().next_due().map_or(Duration::MAX, |due| due.saturating_duration_since(now));
        let heard = self.line.hear(until_timer.min(visit.remaining())).await;
        // Others may have used the realm meanwhile.
        state.enter(visit);
        visit.resume();
        match heard {
            _ if visit.gave_way().is_some() => Wake::Stop,
            Heard::Answer { id, result } => {
                self.realm.with(|ctx| {
                    if let Err(error) = deliver(&ctx, state, id, *result).catch(&ctx) {
                        visit.add_uncaught(keep(&ctx, error));
                    }
                });
                Wake::Answer
            }
            Heard::Nothing if state.must_stop() => Wake::Stop,
            Heard::Nothing => Wake::Timer,
            Heard::Gone => {
                state.trip(Trip::Time);
                Wake::Stop
            }
        }
    }

    fn due(&self, now: Instant) -> Option<Persistent<Function<'static>>> {
        self.visit.timers.borrow_mut().take_due(now)
    }

    fn call(&self, callback: Persistent<Function<'static>>) {
        self.realm.with(|ctx| {
            if let Ok(callback) = callback.restore(&ctx) {
                // The prelude catches what the test throws; what comes through is an interruption, which the state knows.
                let _ = callback.call::<_, ()>(()).catch(&ctx);
            }
        });
    }
}

enum Settled {
    Fulfilled(Option<Persistent<Value<'static>>>),
    Ending(Ending),
}

/// A rejection of what is awaited is no unhandled one.
fn forget_rejection<'js>(ctx: &Ctx<'js>, visit: &Visit, promise: &Promise<'js>) {
    let value: Object<'js> = promise.clone().into_inner();
    visit.track_rejection(ctx, value.clone().into_value(), Value::new_undefined(ctx.clone()), true);
}
