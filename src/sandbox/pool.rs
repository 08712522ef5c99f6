//! The engine's threads.

use std::rc::Rc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use super::blocks::Blocks;
use super::message::Opening;
use super::page::ScriptPage;
use super::program::PageSettings;
use super::shelf::Shelf;
use super::worker::serve;

/// Stack of an engine's thread: the engine's own limit, and room for the parser that looks at a block first.
pub const STACK: usize = 32 << 20;

/// How long a thread that has nothing to do keeps its realm for the next page.
const IDLE: Duration = Duration::from_secs(1);

/// Threads that may be stuck in a script at the same time before no new one is started.
const MAX_STUCK: usize = 4;

/// The script engine: a pool of threads, each with one page at a time. Cheap to clone.
#[derive(Clone, Default)]
pub struct Sandbox {
    shared: Arc<Shared>,
    /// Realms on the thread of the caller, if they are wanted.
    here: Option<Rc<Shelf>>,
}

struct Shared {
    blocks: Arc<Blocks>,
    // In boxes, as a channel makes room for many messages at once.
    idle: Mutex<Vec<Sender<Box<Opening>>>>,
    stuck: AtomicUsize,
    most_stuck: usize,
}

impl Default for Shared {
    fn default() -> Self {
        Self { blocks: Arc::default(), idle: Mutex::default(), stuck: AtomicUsize::new(0), most_stuck: MAX_STUCK }
    }
}

impl Sandbox {
    /// A sandbox without threads; they are started when needed and kept for the next page.
    pub fn new() -> Self {
        Self::default()
    }

    /// A sandbox for so many submissions side by side, on this thread: what is stuck with some of them is not to keep the others
    /// from running, what is known to be brief is evaluated right here, and expressions are searched for outside of the engine
    /// where they can be. This thread needs a stack of [`STACK`] bytes.
    pub fn for_many(submissions: usize) -> Self {
        let most_stuck = MAX_STUCK.saturating_add(submissions);
        let here = Some(Rc::new(Shelf::for_many(submissions)));
        let blocks = Arc::new(Blocks::with_searches());
        Self { shared: Arc::new(Shared { blocks, most_stuck, ..Shared::default() }), here }
    }

    /// Where realms of this thread are, if there are to be any.
    pub(super) fn here(&self) -> Option<Rc<Shelf>> {
        self.here.clone()
    }

    /// A page for one challenge: a realm of its own, shared by all hints of the challenge and by nothing else.
    pub fn page(&self, settings: PageSettings) -> ScriptPage {
        ScriptPage::new(self.clone(), settings)
    }

    /// Gives a page to an idle thread, or to a new one. False when there are too many stuck threads, or no thread to be had.
    pub(super) fn open(&self, opening: Opening) -> bool {
        if self.shared.stuck.load(Ordering::Relaxed) >= self.shared.most_stuck {
            return false;
        }
        let mut opening = Box::new(opening);
        loop {
            let idle = self.shared.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let Some(worker) = idle else {
                return self.start(opening);
            };
            match worker.send(opening) {
                Ok(()) => return true,
                Err(returned) => opening = returned.0,
            }
        }
    }

    fn start(&self, opening: Box<Opening>) -> bool {
        let (sender, first) = mpsc::channel::<Box<Opening>>();
        let shared = Arc::downgrade(&self.shared);
        let work = move || {
            let mut receiver = first;
            let realms = Rc::new(Shelf::for_one());
            // The wait ends with an error when the pool is gone.
            while let Some(opening) = next(&receiver, &realms) {
                let usable = serve(*opening, &realms);
                let Some(shared) = shared.upgrade() else {
                    break;
                };
                if !usable {
                    shared.stuck.fetch_sub(1, Ordering::Relaxed);
                    break;
                }
                let (sender, next) = mpsc::channel();
                shared.idle.lock().unwrap_or_else(PoisonError::into_inner).push(sender);
                receiver = next;
            }
        };
        let started = thread::Builder::new().name("grade-script".to_owned()).stack_size(STACK).spawn(work);
        started.is_ok() && sender.send(opening).is_ok()
    }

    /// What is known of blocks.
    pub(super) fn blocks(&self) -> Arc<Blocks> {
        Arc::clone(&self.shared.blocks)
    }

    /// A thread is given up: it may be in the engine for long.
    pub(super) fn give_up(&self) {
        self.shared.stuck.fetch_add(1, Ordering::Relaxed);
    }
}

/// The next page for a thread, which keeps no realm while there is nothing to do for long.
fn next(openings: &Receiver<Box<Opening>>, realms: &Shelf) -> Option<Box<Opening>> {
    match openings.recv_timeout(IDLE) {
        Ok(opening) => Some(opening),
        Err(RecvTimeoutError::Disconnected) => None,
        Err(RecvTimeoutError::Timeout) => {
            realms.clear();
            openings.recv().ok()
        }
    }
}
