//! Pages whose realm lives on the thread of their caller, for hints that are known to be brief: no other thread has to be
//! woken for them and for their answers, which costs more than most hints do.
//!
//! Pages of one thread share a realm side by side: one goes on while others wait for answers. They wait for the thread, too. So
//! only blocks run here that leave nothing behind in their realm, and that were brief when they ran on a thread of their own
//! ([`Analysis::is_trusted`](super::compile::Analysis::is_trusted)). One that is not brief after all, or wants to change the
//! project, gives way: it is stopped, nothing of it counts, and the hint is evaluated anew on a thread of its own, from where the
//! block has to earn its trust again.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use super::blocks::Blocks;
use super::engine_page::EnginePage;
use super::flight::Flight;
use super::line::{Heard, Line};
use super::log::Log;
use super::message::{Event, Outbox, Report};
use super::program::{PageSettings, Program};
use super::shelf::Shelf;
use super::visit::{GaveWay, Visit};
use crate::fetch::Fetcher;

/// How long a hint may run here at a time.
const PATIENCE: Duration = Duration::from_millis(50);

type Events = RefCell<VecDeque<Event>>;

/// A page on its caller's thread.
pub(super) struct LocalPage {
    page: EnginePage,
    events: Rc<Events>,
}

impl LocalPage {
    pub(super) fn new(settings: PageSettings, blocks: Arc<Blocks>, shelf: Rc<Shelf>) -> Self {
        let events = Rc::new(Events::default());
        let outbox = Outbox::Here(Rc::clone(&events));
        let visit = Visit::new(&settings, outbox, Arc::default(), Some(PATIENCE));
        Self { page: EnginePage::new(settings, blocks, visit, Vec::new(), shelf), events }
    }

    /// Evaluates a hint, unless it gives way.
    pub(super) async fn run(
        &mut self,
        program: &Program,
        fetcher: &dyn Fetcher,
        log: &mut Log,
    ) -> Result<Report, GaveWay> {
        self.events.borrow_mut().clear();
        let mut line = LocalLine { events: &self.events, fetcher, flight: Flight::default(), log };
        let report = self.page.run(program, &mut line).await;
        self.page.gave_way().map_or(Ok(report), Err)
    }
}

struct LocalLine<'a> {
    events: &'a Events,
    fetcher: &'a dyn Fetcher,
    flight: Flight<'a>,
    log: &'a mut Log,
}

impl LocalLine<'_> {
    /// Does what the engine has asked for since the last time.
    fn attend(&mut self) {
        for event in self.events.take() {
            match event {
                Event::Fetch { id, label, request } => {
                    self.log.asked(id, label);
                    self.flight.add(id, self.fetcher.fetch(*request));
                }
                Event::Cancel { id } => self.flight.cancel(id),
                // Only threads send it.
                Event::Done(_) => {}
            }
        }
    }
}

impl Line for LocalLine<'_> {
    async fn hear(&mut self, within: Duration) -> Heard {
        self.attend();
        match tokio::time::timeout(within, self.flight.next()).await {
            Ok((id, fetched)) => Heard::Answer { id, result: self.log.answered(id, fetched) },
            Err(_) => Heard::Nothing,
        }
    }
}
