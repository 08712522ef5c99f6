//! The engine's thread: one page at a time, one hint at a time.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use rquickjs::CatchResultExt;

use super::compile::{Compiled, SyntaxError, compile, compile_hook};
use super::evaluate::{Ending, run};
use super::facts::failure_of;
use super::guard::Guard;
use super::judge::{judge, syntax};
use super::message::{Command, Event, Opening, Report};
use super::program::{Code, Program};
use super::realm::Realm;
use super::scan::Scan;
use super::shelf::Shelf;
use super::source::Draft;
use crate::verdict::Rules;
use crate::verdict::{Cause, Note, Outcome};

/// Text of at most this many bytes cannot be too deep for a thread's stack.
const SHALLOW: usize = 2048;

/// Serves a page until its owner lets it go, with the realm on the shelf as long as that is as good as a new one; leaves one
/// there if it may. False when the owner gave the worker up: it is not to be used again.
pub(super) fn serve(opening: Opening, shelf: &mut Shelf) -> bool {
    let abandoned = Arc::clone(&opening.abandoned);
    let mut page = Page { guard: Guard::new(opening.lost.clone()), opening, realm: None, log: Vec::new(), shelf };
    while let Ok(command) = page.opening.commands.recv() {
        let report = match command {
            Command::Run(program) => page.run(&program),
            Command::Finish => page.finish(),
            // An answer that nobody waits for any more.
            Command::Answer { .. } => continue,
        };
        if page.opening.events.send(Event::Done(Box::new(report))).is_err() {
            break;
        }
    }
    let usable = !abandoned.load(Ordering::Relaxed);
    if let Some(realm) = page.realm.take_if(|_| usable) {
        page.shelf.put(realm);
    }
    usable
}

struct Page<'s> {
    realm: Option<Realm>,
    /// Where realms of other pages come from, and go to.
    shelf: &'s mut Shelf,
    guard: Guard,
    opening: Opening,
    /// Lines that belong to no hint: errors of the hooks.
    log: Vec<String>,
}

impl Page<'_> {
    fn run(&mut self, program: &Program) -> Report {
        let outcome = self.graded(program);
        let (outcome, notes) = outcome.unwrap_or_else(|cause| (Outcome::Errored(cause), Vec::new()));
        let mut console = std::mem::take(&mut self.log);
        if let Some(realm) = &self.realm {
            if matches!(outcome, Outcome::Errored(Cause::Limit { .. } | Cause::Internal { .. })) {
                realm.state.spoil();
            }
            console.extend(realm.state.take_console());
        }
        self.clean_up();
        Report { outcome, notes, console, user_globals: self.guard.user_globals() }
    }

    fn graded(&mut self, program: &Program) -> Result<(Outcome, Vec<Note>), Cause> {
        let settings = &self.opening.settings;
        if program.code.text().len() > settings.limits.code {
            return Err(Cause::Limit { name: "size of the test code".to_owned() });
        }
        let text = program.code.text();
        let (stack, blocks) = (settings.limits.stack, Arc::clone(&self.opening.blocks));
        let is_doubtful = text.len() > SHALLOW && !blocks.get(text).is_some_and(|known| known.is_proven(stack));
        if is_doubtful {
            self.prepare(&Scan::default())?;
            self.refuse_depth(&program.code)?;
        }
        let settings = &self.opening.settings;
        let block = compile(&program.code, &settings.hooks, &blocks).map_err(syntax)?;
        if is_doubtful && let Some(known) = blocks.get(text) {
            known.prove(stack);
        }
        if block.is_empty {
            return Ok(empty(settings.rules));
        }
        self.prepare(&block.scan)?;
        let Some(realm) = &self.realm else {
            return Err(Cause::Internal { message: "there is no realm".to_owned() });
        };
        let settings = &self.opening.settings;
        realm.state.begin();
        realm.state.advance_to(program.not_before);
        if !block.scan.may_meddle {
            // What might meddle has been given everything.
            let scan = &block.scan;
            let provided = realm.provide(scan.modules).and_then(|()| realm.provide_assertions(&scan.assertions));
            provided.map_err(|error| Cause::Internal { message: error.to_string() })?;
            realm.patch(scan.patches);
        }
        Guard::lack(realm, &block.scan);
        let mut course = run(realm, &block, &self.opening, settings.rules);
        if let Some(hook) = &settings.hooks.after_each
            && !realm.state.tripped()
        {
            after_each(realm, hook, &self.opening, &mut course.ending)?;
        }
        let outcome = judge(realm, &block, &program.code, &course, settings.rules);
        let mut notes = Vec::new();
        if course.not_awaited_there {
            notes.push(Note::NotAwaitedThere);
        }
        Ok((outcome, notes))
    }

    /// Sees to it that there is a realm that a block may run in, and that the `before-all` hook has run in it.
    fn prepare(&mut self, scan: &Scan) -> Result<(), Cause> {
        // No block of this page has left anything in a realm that other pages have used, so it need not be the same one.
        let shared = self.realm.take_if(|realm| scan.leaves_trace && realm.history.is_shared());
        let clock = shared.map(|realm| {
            let clock = realm.state.clock();
            self.shelf.put(realm);
            clock
        });
        if self.realm.is_none() {
            let realm = self.open_realm(scan)?;
            realm.state.url.replace(self.opening.settings.url.clone());
            if let Some(clock) = clock {
                realm.state.set_clock(clock);
            }
            self.realm = Some(realm);
            self.before_all();
        }
        if let Some(realm) = &self.realm {
            if scan.leaves_trace {
                realm.history.mark();
            }
            if scan.may_meddle {
                self.guard.watch(realm);
            }
        }
        Ok(())
    }

    /// A new realm, or for a block that leaves nothing behind one that other pages have used before.
    fn open_realm(&mut self, scan: &Scan) -> Result<Realm, Cause> {
        let Opening { settings, events, abandoned, .. } = &self.opening;
        let is_plain = !settings.hooks.are_any() && !self.guard.has_lost();
        if is_plain
            && !scan.leaves_trace
            && let Some(realm) = self.shelf.take(&settings.limits)
        {
            realm.reopen(events.clone(), Arc::clone(abandoned), settings.still);
            return Ok(realm);
        }
        let realm = self.fresh_realm()?;
        if !is_plain {
            realm.history.mark();
        }
        Ok(realm)
    }

    /// The parser that looks at blocks has no bound on depth; the engine's has one, and stops at any text that would be too
    /// deep for the other.
    fn refuse_depth(&self, code: &Code) -> Result<(), Cause> {
        let Some(realm) = &self.realm else {
            return Ok(());
        };
        realm.state.begin();
        let too_deep =
            realm.with(|ctx| realm.boot(&ctx, "isTooDeep").and_then(|check| check.call::<_, bool>((code.text(),))));
        if too_deep.unwrap_or(true) {
            return Err(Cause::Limit { name: "depth of the test code".to_owned() });
        }
        Ok(())
    }

    fn fresh_realm(&self) -> Result<Realm, Cause> {
        let Opening { settings, events, abandoned, .. } = &self.opening;
        let (limits, still) = (settings.limits.clone(), settings.still);
        let realm = Realm::new(limits, events.clone(), Arc::clone(abandoned), still)
            .map_err(|error| Cause::Internal { message: format!("the script engine does not start: {error}") })?;
        self.guard.mourn(&realm);
        Ok(realm)
    }

    /// Runs the page script; its errors are only logged, as a page's are.
    fn before_all(&mut self) {
        let (Some(hook), Some(realm)) = (self.opening.settings.hooks.before_all.clone(), &self.realm) else {
            return;
        };
        self.guard.watch(realm);
        realm.state.begin();
        let mut options = rquickjs::context::EvalOptions::default();
        options.strict = false;
        options.filename = Some(super::source::FILE_NAME.to_owned());
        let mut source = Draft::default();
        source.push_code(&hook, Arc::default(), Arc::default());
        let source = source.finish();
        let failed = realm.with(|ctx| {
            let result = ctx.eval_with_options::<rquickjs::Value<'_>, _>(hook.text(), options).catch(&ctx);
            let error = match result.err()? {
                rquickjs::CaughtError::Exception(error) => error.into_object().into_value(),
                rquickjs::CaughtError::Value(value) => value,
                rquickjs::CaughtError::Error(error) => return Some(error.to_string()),
            };
            Some(failure_of(&ctx, &error, &source).message)
        });
        super::evaluate::settle(realm, &self.opening);
        self.log.extend(failed.map(|message| format!("before-all: {message}")));
        self.guard.accept(realm);
    }

    /// Leaves the realm as the next hint must find it, or without one.
    fn clean_up(&mut self) {
        let Some(realm) = &self.realm else {
            return;
        };
        realm.state.forget();
        let usable = !realm.has_jobs() && !realm.state.usage.was_refused();
        if !usable || !self.guard.after(realm) {
            self.guard.lose();
            self.realm = None;
        }
    }

    fn finish(&mut self) -> Report {
        let mut console = Vec::new();
        if let (Some(hook), Some(realm)) = (self.opening.settings.hooks.after_all.clone(), &self.realm) {
            realm.state.begin();
            if let Some(message) = self.after_all(realm, &hook) {
                console.push(format!("after-all: {message}"));
            }
            console.extend(realm.state.take_console());
        }
        self.realm = None;
        Report { outcome: Outcome::Unchecked, notes: Vec::new(), console, user_globals: Vec::new() }
    }

    fn after_all(&self, realm: &Realm, hook: &Code) -> Option<String> {
        let block = match compile_hook(hook) {
            Ok(block) => block,
            Err(error) => return Some(error.message),
        };
        let course = run(realm, &block, &self.opening, Rules::Browser);
        match judge(realm, &block, hook, &course, Rules::Browser) {
            Outcome::Failed(failure) => Some(failure.message),
            Outcome::Errored(cause) => Some(format!("{cause:?}")),
            _ => None,
        }
    }
}

/// The outcome of a block without code.
fn empty(rules: Rules) -> (Outcome, Vec<Note>) {
    match rules {
        Rules::Browser => (Outcome::Passed, Vec::new()),
        Rules::Honest => (Outcome::Unchecked, vec![Note::EmptyPassesThere]),
    }
}

/// Runs the `after-each` hook; its error fails a hint that has not failed already.
fn after_each(realm: &Realm, hook: &Code, page: &Opening, ending: &mut Ending) -> Result<(), Cause> {
    let block: Compiled = compile_hook(hook).map_err(|error: SyntaxError| syntax(error))?;
    let course = run(realm, &block, page, page.settings.rules);
    if matches!(ending, Ending::Fulfilled) {
        *ending = course.ending;
    }
    Ok(())
}
