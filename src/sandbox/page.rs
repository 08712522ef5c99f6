//! The caller's side of a page: sends hints to the engine's thread, performs its requests, and keeps the time.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::time::sleep_until;

use super::flight::Flight;
use super::here::LocalPage;
use super::log::Log;
use super::message::{Command, Event, Opening, Report};
use super::pool::Sandbox;
use super::program::{PageSettings, Program};
use super::visit::GaveWay;
use crate::fetch::{Exchange, Fetcher};
use crate::verdict::{Cause, Note, Outcome};

/// How long after its limit a hint is given up if the engine has not noticed by itself.
const GRACE: Duration = Duration::from_millis(350);

/// One evaluated hint.
#[derive(Debug, Clone)]
pub struct ScriptVerdict {
    /// What became of it.
    pub outcome: Outcome,
    /// What else the reader should know.
    pub notes: Vec<Note>,
    /// Its requests, in the order in which they were made; one that never got an answer is not among them.
    pub exchanges: Vec<Exchange>,
    /// Its console output, a line each.
    pub console: Vec<String>,
    /// Time taken.
    pub duration: Duration,
}

impl ScriptVerdict {
    fn of(report: Report, log: Log, started: Instant) -> Self {
        let Report { mut outcome, mut notes, console, .. } = report;
        let (exchanges, more) = log.finish();
        if let Outcome::Failed(failure) = &mut outcome {
            attribute(failure, &exchanges);
        }
        notes.extend(more);
        Self { outcome, notes, exchanges, console, duration: started.elapsed() }
    }
}

/// The page of one challenge: globals that a hint adds live until it is dropped, and so does the clock.
pub struct ScriptPage {
    sandbox: Sandbox,
    settings: PageSettings,
    worker: Option<Connection>,
    /// The page on this thread, for hints that may be evaluated here.
    here: Option<LocalPage>,
    user_globals: Vec<String>,
    /// Something may have been left behind in the worker's realm.
    is_bound: bool,
}

/// A thread that serves this page.
struct Connection {
    commands: mpsc::Sender<Command>,
    events: UnboundedReceiver<Event>,
    abandoned: Arc<AtomicBool>,
    /// A command was sent whose report has not come.
    busy: bool,
    sandbox: Sandbox,
}

impl Drop for Connection {
    fn drop(&mut self) {
        if self.busy {
            self.sandbox.give_up();
            self.abandoned.store(true, Ordering::Relaxed);
        }
    }
}

impl ScriptPage {
    pub(super) fn new(sandbox: Sandbox, settings: PageSettings) -> Self {
        Self { sandbox, settings, worker: None, here: None, user_globals: Vec::new(), is_bound: false }
    }

    /// Evaluates the next hint. All its requests go through `fetcher`.
    pub async fn run(&mut self, program: &Program, fetcher: &dyn Fetcher) -> ScriptVerdict {
        let verdict = self.command(Command::Run(program.clone()), fetcher).await;
        // What it may have left behind is in that thread's realm, where the rest of the page has to go on.
        let known = self.sandbox.blocks().get(program.code.text());
        self.is_bound |= known.is_none_or(|known| known.leaves_trace());
        verdict
    }

    /// Whether the hint is one for [`ScriptPage::run_here`].
    pub fn may_run_here(&self, program: &Program) -> bool {
        let text = program.code.text();
        let is_free = !self.is_bound && self.user_globals.is_empty() && !self.settings.hooks.are_any();
        let blocks = self.sandbox.blocks();
        is_free
            && self.sandbox.here().is_some()
            && blocks.get(text).is_some_and(|known| known.is_trusted())
            && blocks.is_shallow(text, self.settings.limits.stack)
    }

    /// Evaluates the next hint on this thread, if the sandbox has realms here. Nothing where it needs a thread of its own after
    /// all: then the hint is to begin anew, with [`ScriptPage::run`]. Until then it has changed nothing in the project.
    pub async fn run_here(&mut self, program: &Program, fetcher: &dyn Fetcher) -> Option<ScriptVerdict> {
        let started = Instant::now();
        let realms = self.sandbox.here()?;
        let open = || LocalPage::new(self.settings.clone(), self.sandbox.blocks(), realms);
        let mut log = Log::default();
        let report = self.here.get_or_insert_with(open).run(program, fetcher, &mut log).await;
        let is_doubtful = match &report {
            Ok(report) => report.is_costly(),
            Err(why) => *why == GaveWay::OfItself,
        };
        if is_doubtful && let Some(known) = self.sandbox.blocks().get(program.code.text()) {
            known.doubt();
        }
        report.ok().map(|report| ScriptVerdict::of(report, log, started))
    }

    /// Runs the `after-all` hook; its errors are console lines. No hint can be evaluated in the same realm afterwards.
    pub async fn finish(&mut self, fetcher: &dyn Fetcher) -> Vec<String> {
        if self.settings.hooks.after_all.is_none() || self.worker.is_none() {
            return Vec::new();
        }
        self.command(Command::Finish, fetcher).await.console
    }

    async fn command(&mut self, command: Command, fetcher: &dyn Fetcher) -> ScriptVerdict {
        let started = Instant::now();
        let mut limit = self.settings.limits.time;
        if self.worker.is_none() && self.settings.hooks.before_all.is_some() {
            // The page script has a time of its own.
            limit *= 2;
        }
        let mut log = Log::default();
        let report = match self.connect() {
            Some(mut worker) => {
                worker.busy = true;
                let report = worker.converse(command, fetcher, &mut log, limit).await;
                if report.is_some() {
                    worker.busy = false;
                    self.worker = Some(worker);
                }
                report.unwrap_or_else(|| given_up(limit, log.waiting_for()))
            }
            None => no_thread(),
        };
        if !report.user_globals.is_empty() {
            self.user_globals.clone_from(&report.user_globals);
        }
        ScriptVerdict::of(report, log, started)
    }

    fn connect(&mut self) -> Option<Connection> {
        if let Some(worker) = self.worker.take() {
            return Some(worker);
        }
        let (commands, receiver) = mpsc::channel();
        let (sender, events) = unbounded_channel();
        let abandoned = Arc::new(AtomicBool::new(false));
        let opening = Opening {
            settings: self.settings.clone(),
            commands: receiver,
            events: sender,
            abandoned: Arc::clone(&abandoned),
            lost: self.user_globals.clone(),
            blocks: self.sandbox.blocks(),
        };
        let sandbox = self.sandbox.clone();
        self.sandbox.open(opening).then_some(Connection { commands, events, abandoned, busy: false, sandbox })
    }
}

impl Connection {
    /// Sends a command and performs requests until its report comes; `None` when it does not come in time.
    async fn converse(
        &mut self,
        command: Command,
        fetcher: &dyn Fetcher,
        log: &mut Log,
        limit: Duration,
    ) -> Option<Report> {
        self.commands.send(command).ok()?;
        let mut flight = Flight::default();
        let give_up = tokio::time::Instant::now() + limit + GRACE;
        loop {
            tokio::select! {
                event = self.events.recv() => match event? {
                    Event::Done(report) => return Some(*report),
                    Event::Fetch { id, label, request } => {
                        log.asked(id, label);
                        flight.add(id, fetcher.fetch(*request));
                    }
                    Event::Cancel { id } => flight.cancel(id),
                },
                (id, answer) = flight.next() => {
                    let result = log.answered(id, answer);
                    self.commands.send(Command::Answer { id, result }).ok()?;
                }
                () = sleep_until(give_up) => return None,
            }
        }
    }
}

/// Which request the searched text came from, as far as that is plain.
fn attribute(failure: &mut crate::verdict::Failure, exchanges: &[Exchange]) {
    let Some(facts) = &mut failure.assertion else {
        return;
    };
    if let Some(text) = &facts.text {
        facts.request = exchanges.iter().rposition(|exchange| exchange.body == text.text.as_bytes());
    }
}

fn given_up(limit: Duration, waiting_for: Option<String>) -> Report {
    errored(Cause::TimedOut { limit, waiting_for })
}

fn no_thread() -> Report {
    errored(Cause::Limit { name: "number of scripts that do not end".to_owned() })
}

fn errored(cause: Cause) -> Report {
    Report::of(Outcome::Errored(cause))
}
