//! The engine's side of a page: its realm, and the hints that are evaluated in it.

use std::rc::Rc;
use std::sync::Arc;

use rquickjs::CatchResultExt;

use super::blocks::Blocks;
use super::compile::{Compiled, SyntaxError, compile, compile_hook};
use super::evaluate::{Course, Ending, Place, run, settle};
use super::facts::failure_of;
use super::guard::Guard;
use super::judge::{judge, syntax};
use super::line::Line;
use super::message::Report;
use super::program::{Code, PageSettings, Program};
use super::realm::Realm;
use super::scan::Scan;
use super::shelf::Shelf;
use super::source::Draft;
use super::visit::{GaveWay, Visit};
use crate::verdict::Rules;
use crate::verdict::{Cause, Note, Outcome};

/// A page as the thread sees it on which its realm lives.
pub(super) struct EnginePage {
    settings: PageSettings,
    blocks: Arc<Blocks>,
    visit: Rc<Visit>,
    realm: Option<Rc<Realm>>,
    /// Where realms of other pages come from, and go to.
    shelf: Rc<Shelf>,
    guard: Guard,
    /// Lines that belong to no hint: errors of the hooks.
    log: Vec<String>,
}

impl Drop for EnginePage {
    fn drop(&mut self) {
        // Also what refers to the engine, before the realm goes that it is in.
        self.leave();
    }
}

impl EnginePage {
    /// A page without a realm yet. `lost` are the names of globals that were lost with an earlier realm of it.
    pub(super) fn new(
        settings: PageSettings,
        blocks: Arc<Blocks>,
        visit: Visit,
        lost: Vec<String>,
        shelf: Rc<Shelf>,
    ) -> Self {
        let guard = Guard::new(lost);
        Self { settings, blocks, visit: Rc::new(visit), realm: None, shelf, guard, log: Vec::new() }
    }

    /// Whether the hint that was evaluated last is one for a thread of its own, and why: nothing of its report counts.
    pub(super) fn gave_way(&self) -> Option<GaveWay> {
        self.visit.gave_way()
    }

    /// Whether the hint that was evaluated last wanted to change the project.
    pub(super) fn changes(&self) -> bool {
        self.visit.changes()
    }

    /// Leaves the realm to other pages, if it is fit for any.
    fn leave(&mut self) {
        if let Some(realm) = self.realm.take() {
            realm.state.leave(&self.visit);
            self.shelf.put(realm);
        }
    }

    /// Evaluates a hint.
    pub(super) async fn run<L: Line>(&mut self, program: &Program, line: &mut L) -> Report {
        self.visit.forgive();
        let outcome = self.graded(program, line).await;
        let (outcome, notes) = outcome.unwrap_or_else(|cause| (Outcome::Errored(cause), Vec::new()));
        let mut report = Report { notes, console: std::mem::take(&mut self.log), ..Report::of(outcome) };
        if let Some(realm) = &self.realm {
            if report.is_costly() {
                realm.state.spoil();
            }
            report.console.extend(self.visit.take_console());
        }
        self.clean_up();
        report.user_globals = self.guard.user_globals();
        report
    }

    async fn graded<L: Line>(&mut self, program: &Program, line: &mut L) -> Result<(Outcome, Vec<Note>), Cause> {
        let settings = &self.settings;
        if program.code.text().len() > settings.limits.code {
            return Err(Cause::Limit { name: "size of the test code".to_owned() });
        }
        let text = program.code.text();
        let (stack, blocks) = (settings.limits.stack, Arc::clone(&self.blocks));
        let is_doubtful = !blocks.is_shallow(text, stack);
        if is_doubtful {
            self.prepare(&Scan::default(), line).await?;
            self.refuse_depth(&program.code)?;
        }
        let settings = &self.settings;
        let block = compile(&program.code, &settings.hooks, &blocks).map_err(syntax)?;
        if is_doubtful && let Some(known) = blocks.get(text) {
            known.prove(stack);
        }
        if block.is_empty {
            return Ok(empty(settings.rules));
        }
        self.prepare(&block.scan, line).await?;
        let Some(realm) = &self.realm else {
            return Err(Cause::Internal { message: "there is no realm".to_owned() });
        };
        let settings = &self.settings;
        self.visit.begin();
        self.visit.advance_to(program.not_before);
        if !block.scan.may_meddle {
            // What might meddle has been given everything.
            let scan = &block.scan;
            let provided = realm.provide(scan.modules).and_then(|()| realm.provide_assertions(&scan.assertions));
            provided.map_err(|error| Cause::Internal { message: error.to_string() })?;
            realm.patch(scan.patches);
        }
        Guard::lack(realm, &block.scan);
        let place = Place { realm, visit: &self.visit, blocks: &self.blocks, line };
        let mut course = run(place, &block, settings.rules).await;
        if let Some(hook) = &settings.hooks.after_each
            && !self.visit.tripped()
        {
            self.after_each(realm, hook, line, &mut course.ending).await?;
        }
        let outcome = judge(realm, &block, &program.code, &course, settings.rules);
        let mut notes = Vec::new();
        if course.not_awaited_there {
            notes.push(Note::NotAwaitedThere);
        }
        Ok((outcome, notes))
    }

    /// Sees to it that there is a realm that a block may run in, and that the `before-all` hook has run in it.
    async fn prepare<L: Line>(&mut self, scan: &Scan, line: &mut L) -> Result<(), Cause> {
        // No block of this page has left anything in a realm that other pages use, so it need not be the same one.
        if self
            .realm
            .as_ref()
            .is_some_and(|realm| realm.history.is_shared() && (scan.leaves_trace || realm.state.is_spoilt()))
        {
            self.leave();
        }
        if self.realm.is_none() {
            self.realm = Some(self.open_realm(scan)?);
            self.before_all(line).await;
        }
        if let Some(realm) = &self.realm {
            realm.state.enter(&self.visit);
            if scan.leaves_trace {
                realm.history.mark();
            }
            if scan.may_meddle {
                self.guard.watch(realm);
            }
        }
        Ok(())
    }

    /// A new realm, or for a block that leaves nothing behind one that other pages use or have used.
    fn open_realm(&mut self, scan: &Scan) -> Result<Rc<Realm>, Cause> {
        let settings = &self.settings;
        let is_plain = !settings.hooks.are_any() && !self.guard.has_lost();
        let may_share = is_plain && !scan.leaves_trace;
        if may_share && let Some(realm) = self.shelf.take(&settings.limits) {
            realm.reopen(&self.visit);
            return Ok(realm);
        }
        let realm = Rc::new(self.fresh_realm()?);
        if may_share {
            self.shelf.offer(&realm);
        }
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
        self.visit.begin();
        let too_deep =
            realm.with(|ctx| realm.boot(&ctx, "isTooDeep").and_then(|check| check.call::<_, bool>((code.text(),))));
        if too_deep.unwrap_or(true) {
            return Err(Cause::Limit { name: "depth of the test code".to_owned() });
        }
        Ok(())
    }

    fn fresh_realm(&self) -> Result<Realm, Cause> {
        let realm = Realm::new(&self.visit, self.blocks.searches())
            .map_err(|error| Cause::Internal { message: format!("the script engine does not start: {error}") })?;
        self.guard.mourn(&realm);
        Ok(realm)
    }

    /// Runs the page script; its errors are only logged, as a page's are.
    async fn before_all<L: Line>(&mut self, line: &mut L) {
        let (Some(hook), Some(realm)) = (self.settings.hooks.before_all.clone(), &self.realm) else {
            return;
        };
        self.guard.watch(realm);
        self.visit.begin();
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
        settle(Place { realm, visit: &self.visit, blocks: &self.blocks, line }).await;
        self.log.extend(failed.map(|message| format!("before-all: {message}")));
        self.guard.accept(realm);
    }

    /// Leaves the realm as the next hint must find it, or without one.
    fn clean_up(&mut self) {
        let Some(realm) = &self.realm else {
            return;
        };
        self.visit.forget();
        realm.bury();
        let usable = !realm.has_jobs() && !realm.state.was_refused_memory() && self.visit.gave_way().is_none();
        if !usable || !self.guard.after(realm) {
            self.guard.lose();
            self.leave();
        }
    }

    /// Runs the `after-all` hook.
    pub(super) async fn finish<L: Line>(&mut self, line: &mut L) -> Report {
        let mut console = Vec::new();
        if let (Some(hook), Some(realm)) = (self.settings.hooks.after_all.clone(), &self.realm) {
            self.visit.begin();
            if let Some(message) = self.after_all(realm, &hook, line).await {
                console.push(format!("after-all: {message}"));
            }
            console.extend(self.visit.take_console());
        }
        self.leave();
        Report { console, ..Report::of(Outcome::Unchecked) }
    }

    async fn after_all<L: Line>(&self, realm: &Realm, hook: &Code, line: &mut L) -> Option<String> {
        let block = match compile_hook(hook) {
            Ok(block) => block,
            Err(error) => return Some(error.message),
        };
        let course = self.run_hook(realm, &block, line, Rules::Browser).await;
        match judge(realm, &block, hook, &course, Rules::Browser) {
            Outcome::Failed(failure) => Some(failure.message),
            Outcome::Errored(cause) => Some(format!("{cause:?}")),
            _ => None,
        }
    }

    /// Runs the `after-each` hook; its error fails a hint that has not failed already.
    async fn after_each<L: Line>(
        &self,
        realm: &Realm,
        hook: &Code,
        line: &mut L,
        ending: &mut Ending,
    ) -> Result<(), Cause> {
        let block: Compiled = compile_hook(hook).map_err(|error: SyntaxError| syntax(error))?;
        let course = self.run_hook(realm, &block, line, self.settings.rules).await;
        if matches!(ending, Ending::Fulfilled) {
            *ending = course.ending;
        }
        Ok(())
    }

    async fn run_hook<L: Line>(&self, realm: &Realm, block: &Compiled, line: &mut L, rules: Rules) -> Course {
        run(Place { realm, visit: &self.visit, blocks: &self.blocks, line }, block, rules).await
    }
}

/// The outcome of a block without code.
fn empty(rules: Rules) -> (Outcome, Vec<Note>) {
    match rules {
        Rules::Browser => (Outcome::Passed, Vec::new()),
        Rules::Honest => (Outcome::Unchecked, vec![Note::EmptyPassesThere]),
    }
}
