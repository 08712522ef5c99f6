//! What crosses the border between the engine's thread and the caller's.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc;

use tokio::sync::mpsc::UnboundedSender;

use super::blocks::Blocks;
use super::program::{PageSettings, Program};
use crate::fetch::{Answer, Request};
use crate::verdict::{Cause, Note, Outcome};

/// A page for an idle worker.
pub(super) struct Opening {
    pub(super) settings: PageSettings,
    pub(super) commands: mpsc::Receiver<Command>,
    pub(super) events: UnboundedSender<Event>,
    /// Set by the caller when nobody waits for the worker any more.
    pub(super) abandoned: Arc<AtomicBool>,
    /// Names of globals that were lost with an earlier realm of this page.
    pub(super) lost: Vec<String>,
    /// What is known of blocks that ran before, in this page or another.
    pub(super) blocks: Arc<Blocks>,
}

/// To the engine.
pub(super) enum Command {
    /// Evaluate the next hint.
    Run(Program),
    /// Run the `after-all` hook.
    Finish,
    /// The answer to a request.
    Answer { id: u32, result: Box<Answer> },
}

/// From the engine.
pub(super) enum Event {
    /// Ask for this, which is called by its label.
    Fetch { id: u32, label: Arc<str>, request: Box<Request> },
    /// Nobody waits for this one any more.
    Cancel { id: u32 },
    /// The hint's verdict; the engine is ready for the next command.
    Done(Box<Report>),
}

/// Where a realm's requests go.
#[derive(Clone)]
pub(super) enum Outbox {
    /// To the caller's thread.
    Thread(UnboundedSender<Event>),
    /// To whoever drives the realm on its own thread.
    Here(Rc<RefCell<VecDeque<Event>>>),
}

impl Outbox {
    /// Hands on an event; nobody may be there any more.
    pub(super) fn send(&self, event: Event) {
        match self {
            Self::Thread(events) => {
                let _ = events.send(event);
            }
            Self::Here(events) => events.borrow_mut().push_back(event),
        }
    }
}

/// What the engine itself knows about a hint that has ended.
pub(super) struct Report {
    pub(super) outcome: Outcome,
    pub(super) notes: Vec<Note>,
    pub(super) console: Vec<String>,
    /// Names of the globals that hints have added so far.
    pub(super) user_globals: Vec<String>,
}

impl Report {
    /// Whether the hint has met a limit or something that the engine lacks: that costs its realm, if it has one.
    pub(super) fn is_costly(&self) -> bool {
        matches!(
            self.outcome,
            Outcome::Errored(Cause::Limit { .. } | Cause::Unsupported { .. } | Cause::Internal { .. })
        )
    }

    /// A hint that came to this, and of which nothing else is to be told.
    pub(super) fn of(outcome: Outcome) -> Self {
        Self { outcome, notes: Vec::new(), console: Vec::new(), user_globals: Vec::new() }
    }
}
