//! The engine's thread: one page at a time, one hint at a time.

use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use super::engine_page::EnginePage;
use super::line::{ThreadLine, at_once};
use super::message::{Command, Event, Opening, Outbox, Report};
use super::shelf::Shelf;
use super::visit::Visit;
use crate::verdict::{Cause, Outcome};

/// A hint that takes no longer than this may be evaluated where others wait for it.
const BRIEF: Duration = Duration::from_millis(10);

/// Serves a page until its owner lets it go, with the realm on the shelf as long as that is as good as a new one; leaves one
/// there if it may. False when the owner gave the worker up: it is not to be used again.
pub(super) fn serve(opening: Opening, shelf: &Rc<Shelf>) -> bool {
    let Opening { settings, commands, events, abandoned, lost, blocks } = opening;
    let outbox = Outbox::Thread(events.clone());
    let visit = Visit::new(&settings, outbox, Arc::clone(&abandoned), None);
    let mut page = EnginePage::new(settings, Arc::clone(&blocks), visit, lost, Rc::clone(shelf));
    while let Ok(command) = commands.recv() {
        let (mut line, begun) = (ThreadLine::new(&commands), Instant::now());
        let report = match command {
            Command::Run(program) => {
                let report = at_once(page.run(&program, &mut line));
                let was_brief = line.busy(begun.elapsed()) < BRIEF && !page.changes();
                let is_costly = report.as_ref().is_none_or(Report::is_costly);
                blocks.get(program.code.text()).inspect(|known| known.learn(was_brief && !is_costly));
                report
            }
            Command::Finish => at_once(page.finish(&mut line)),
            // An answer that nobody waits for any more.
            Command::Answer { .. } => continue,
        };
        let report = report.unwrap_or_else(|| {
            Report::of(Outcome::Errored(Cause::Internal { message: "the engine waits for nothing".to_owned() }))
        });
        if events.send(Event::Done(Box::new(report))).is_err() {
            break;
        }
    }
    !abandoned.load(Ordering::Relaxed)
}
