//! The run as a whole: threads that grade, and one that keeps.

use std::io;
use std::sync::Arc;
use std::thread;

use super::Render;
use super::grading::{Grading, Means};
use super::journal::Journal;
use super::keeper::{KeepError, Keeper, Output};
use super::list::{List, ListError};
use super::plan::Plan;
use super::ports::Ports;
use super::queue::Queue;
use super::tally::Tally;
use super::waiting::{self, Sender};
use super::worker::Worker;
use crate::grader::Stop;
use crate::sandbox::STACK;

/// How much goes on at the same time.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Threads that grade.
    pub workers: usize,
    /// Submissions side by side, on all of them together.
    pub jobs: usize,
    /// Submissions side by side of one host.
    pub per_host: usize,
}

/// A run over a list.
pub struct Batch {
    /// The list.
    pub list: List,
    /// What of it is graded.
    pub plan: Plan,
    /// How.
    pub grading: Grading,
    /// How results look.
    pub render: Arc<dyn Render>,
    /// How much at the same time.
    pub limits: Limits,
    /// Whether results come in the order of the list; it needs a journal.
    pub ordered: bool,
}

/// How a run ended.
#[derive(Debug)]
pub struct Ended {
    /// The journal, whole as far as the run came.
    pub journal: Option<Journal>,
    /// Why not everything could be kept.
    pub kept: Result<(), KeepError>,
    /// Why the list could not be read to its end.
    pub list: Option<ListError>,
    /// Why a thread did not run.
    pub worker: Option<io::Error>,
}

impl Batch {
    /// Grades, until everything is done or `stop` is wanted. `tally` counts what was kept.
    pub fn run(self, journal: Option<Journal>, output: Output, tally: &Tally, stop: &Stop) -> Result<Ended, ListError> {
        let plan = Arc::new(self.plan);
        let rows = self.list.rows()?;
        let pace = self.grading.fetch.pace.clone();
        let queue = Arc::new(Queue::new(rows, Arc::clone(&plan), pace, self.limits.per_host));
        let keeper = Keeper::new(journal, output, self.ordered, &plan, tally);
        let (sender, receiver) = waiting::channel();
        let crew = Crew {
            grading: Arc::new(self.grading),
            render: self.render,
            queue: Arc::clone(&queue),
            stop: stop.clone(),
            ports: Ports::default(),
        };
        let limits = self.limits;
        let (journal, kept, worker) = thread::scope(|scope| {
            let keeping = scope.spawn(|| {
                let kept = keeper.run(&plan, receiver);
                if kept.1.is_err() {
                    // The workers have nobody left to grade for.
                    stop.stop();
                }
                kept
            });
            let worker = crew.work(limits, &sender);
            drop(sender);
            match keeping.join() {
                Ok((journal, kept)) => (journal, kept, worker),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        });
        Ok(Ended { journal, kept, list: queue.error(), worker })
    }
}

/// The threads that grade.
struct Crew {
    grading: Arc<Grading>,
    render: Arc<dyn Render>,
    queue: Arc<Queue>,
    stop: Stop,
    ports: Ports,
}

impl Crew {
    /// Works until there is nothing left to do; the first thread that does not run ends the run.
    fn work(&self, limits: Limits, results: &Sender) -> Option<io::Error> {
        let workers = limits.workers.clamp(1, limits.jobs.max(1));
        let share = |index: usize| (limits.jobs.max(1) + workers - 1 - index) / workers;
        thread::scope(|scope| {
            let mut threads = Vec::with_capacity(workers);
            let mut failed = None;
            for index in 0..workers {
                let (results, jobs) = (results.clone(), share(index));
                let builder = thread::Builder::new().name(format!("grade-batch-{index}")).stack_size(STACK);
                match builder.spawn_scoped(scope, move || self.one(jobs, results)) {
                    Ok(thread) => threads.push(thread),
                    Err(error) => failed = failed.or(Some(error)),
                }
            }
            if failed.is_some() {
                self.stop.stop();
            }
            for thread in threads {
                let ended = thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
                failed = failed.or(ended.err());
            }
            failed
        })
    }

    fn one(&self, jobs: usize, results: Sender) -> io::Result<()> {
        let render = Arc::clone(&self.render);
        let means = Means::new(Arc::clone(&self.grading), render, jobs, self.ports.clone());
        let worker = Worker {
            queue: Arc::clone(&self.queue),
            render: Arc::clone(&self.render),
            results,
            stop: self.stop.clone(),
            jobs,
        };
        let ended = match means {
            Ok(means) => worker.run(&async |row: &super::row::Row| means.grade(row).await),
            Err(error) => Err(io::Error::other(error)),
        };
        if ended.is_err() {
            self.stop.stop();
        }
        ended
    }
}
