//! The caller's side of a page: sends hints to the engine's thread, performs its requests, and keeps the time.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::time::sleep_until;

use super::flight::Flight;
use super::message::{Command, Event, Opening, Report};
use super::pool::Sandbox;
use super::program::{PageSettings, Program};
use super::substitute;
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

/// The page of one challenge: globals that a hint adds live until it is dropped, and so does the clock.
pub struct ScriptPage {
    sandbox: Sandbox,
    settings: PageSettings,
    worker: Option<Connection>,
    user_globals: Vec<String>,
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
        Self { sandbox, settings, worker: None, user_globals: Vec::new() }
    }

    /// Evaluates the next hint. All its requests go through `fetcher`.
    pub async fn run(&mut self, program: &Program, fetcher: &dyn Fetcher) -> ScriptVerdict {
        self.command(Command::Run(program.clone()), fetcher).await
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
        let mut outcome = report.outcome;
        let exchanges = log.exchanges();
        if let Outcome::Failed(failure) = &mut outcome {
            attribute(failure, &exchanges);
        }
        let mut notes = report.notes;
        notes.extend(log.substituted.into_iter().map(|url| Note::SubstitutedAnswer { url }));
        ScriptVerdict { outcome, notes, exchanges, console: report.console, duration: started.elapsed() }
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

/// The requests of one hint.
#[derive(Default)]
struct Log {
    requests: Vec<(u32, Arc<str>, Option<Exchange>)>,
    substituted: Vec<String>,
}

impl Log {
    fn exchanges(&mut self) -> Vec<Exchange> {
        self.requests.drain(..).filter_map(|(_, _, exchange)| exchange).collect()
    }

    fn waiting_for(&self) -> Option<String> {
        self.requests.iter().find(|(_, _, exchange)| exchange.is_none()).map(|(_, label, _)| label.to_string())
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
                        log.requests.push((id, label, None));
                        flight.add(id, fetcher.fetch(*request));
                    }
                    Event::Cancel { id } => flight.cancel(id),
                },
                (id, answer) = flight.next() => {
                    let (result, substituted) = substitute::or_own(answer.result, &answer.exchange.url);
                    log.substituted.extend(substituted.then(|| answer.exchange.url.to_string()));
                    if let Some(entry) = log.requests.iter_mut().find(|(known, ..)| *known == id) {
                        entry.2 = Some(answer.exchange);
                    }
                    self.commands.send(Command::Answer { id, result: Box::new(result) }).ok()?;
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
    Report { outcome: Outcome::Errored(cause), notes: Vec::new(), console: Vec::new(), user_globals: Vec::new() }
}
