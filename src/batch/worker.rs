//! A thread that grades: one runtime, several submissions side by side.

use std::any::Any;
use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use tokio::time::Instant;

use super::Render;
use super::cache::Keeping;
use super::grading::{Graded, Trouble};
use super::keeper::Finished;
use super::queue::{Job, Next, Queue};
use super::row::Row;
use super::waiting::Sender;
use crate::grader::Stop;

/// What a worker needs besides its means of grading.
pub(super) struct Worker {
    pub queue: Arc<Queue>,
    pub render: Arc<dyn Render>,
    pub results: Sender,
    pub stop: Stop,
    /// Submissions side by side.
    pub jobs: usize,
}

/// Rows wait for their hosts.
struct Wait {
    /// The time at which the first of them may be graded, if that is known.
    until: Option<Instant>,
}

impl Worker {
    /// Grades rows until there are no more, or until the run is stopped: what was under way then has no result.
    pub fn run<G>(&self, grade: &G) -> std::io::Result<()>
    where
        G: AsyncFn(&Row) -> Graded,
    {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(self.work(grade));
        // A name that is still being looked up is not waited for.
        runtime.shutdown_background();
        Ok(())
    }

    /// Submissions are futures of one task: a task of its own for each of them costs more than going from one to the next.
    async fn work<G>(&self, grade: &G)
    where
        G: AsyncFn(&Row) -> Graded,
    {
        let begin = |job| self.one(grade, job);
        let mut under_way = FuturesUnordered::new();
        let stopped = self.stop.wanted();
        tokio::pin!(stopped);
        loop {
            let changed = self.queue.changed().notified();
            tokio::pin!(changed);
            let mut waiting = self.fill(&mut under_way, begin);
            if waiting.is_some() {
                // Only who waits is woken, and looks again once it will be, so that nothing is missed in between.
                changed.as_mut().enable();
                waiting = self.fill(&mut under_way, begin);
            }
            if under_way.is_empty() && waiting.is_none() {
                return;
            }
            let until = waiting.as_ref().and_then(|wait| wait.until);
            tokio::select! {
                biased;
                () = &mut stopped => return,
                _ = under_way.next(), if !under_way.is_empty() => {}
                () = &mut changed, if waiting.is_some() => {}
                () = tokio::time::sleep_until(until.unwrap_or_else(Instant::now)), if until.is_some() => {}
            }
        }
    }

    /// Begins with as many rows as there is room for; what to wait for when there are more that cannot be begun yet.
    fn fill<F: Future>(&self, under_way: &mut FuturesUnordered<F>, begin: impl Fn(Job) -> F) -> Option<Wait> {
        while under_way.len() < self.jobs && !self.stop.is_wanted() {
            match self.queue.next() {
                Next::Job(job) => under_way.push(begin(job)),
                Next::Wait(until) => return Some(Wait { until }),
                Next::End => break,
            }
        }
        None
    }

    async fn one<G: AsyncFn(&Row) -> Graded>(&self, grade: &G, job: Job) {
        if self.stop.is_wanted() {
            // It was handed out before, and nothing of it has begun.
            return;
        }
        let graded = match caught(Box::pin(grade(&job.row))).await {
            Ok(graded) => graded,
            Err(text) => Graded::nothing(Trouble::defect(&text)),
        };
        let rendered = catch_unwind(AssertUnwindSafe(|| self.finished(&job.row, &graded)));
        let finished = rendered.unwrap_or_else(|panic| {
            let defect = Graded::nothing(Trouble::defect(&words(&*panic)));
            self.finished(&job.row, &defect)
        });
        self.remember(graded, &finished).await;
        // The host has room for the next one, whether or not the disk has for this one.
        drop(job);
        // Nobody takes results any more when they cannot be kept; the run ends then.
        self.results.send(finished).await;
    }

    /// Gives a verdict to the cache, if it is one for it.
    async fn remember(&self, graded: Graded, finished: &Finished) {
        let Keeping::Under(ticket) = graded.keeping else { return };
        let Some(lasting) = self.render.lasting(&finished.line) else { return };
        let (verdict, counts) = (finished.verdict, finished.counts);
        // A cache that does not keep something is slow, not wrong.
        let _ = tokio::task::spawn_blocking(move || ticket.keep(verdict, counts, &lasting)).await;
    }

    fn finished(&self, row: &Row, graded: &Graded) -> Finished {
        let verdict = graded.verdict();
        Finished {
            number: row.number,
            verdict,
            counts: graded.counts(),
            line: self.render.render(row, verdict, graded),
        }
    }
}

/// The end of a future, or what it panicked with: a defect is to cost one submission and no other.
async fn caught<T>(mut future: impl Future<Output = T> + Unpin) -> Result<T, String> {
    poll_fn(|context| match catch_unwind(AssertUnwindSafe(|| Pin::new(&mut future).poll(context))) {
        Ok(Poll::Pending) => Poll::Pending,
        Ok(Poll::Ready(value)) => Poll::Ready(Ok(value)),
        Err(panic) => Poll::Ready(Err(words(&*panic))),
    })
    .await
}

fn words(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "it panicked".to_owned())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::batch::list::List;
    use crate::batch::plan::Plan;
    use crate::batch::row::ReasonKind;
    use crate::batch::shard::Shard;
    use crate::batch::survey::Survey;
    use crate::batch::tally::Verdict;
    use crate::fetch::Pace;

    struct Ids;

    impl Render for Ids {
        fn render(&self, row: &Row, verdict: Verdict, graded: &Graded) -> Vec<u8> {
            assert!(row.id != "unspeakable" || graded.reason().is_some(), "a defect of the report");
            let reason = graded.reason().map(|reason| reason.text).unwrap_or_default();
            format!("{} {} {reason}", row.id, verdict.name()).into_bytes()
        }
    }

    fn work<G: AsyncFn(&Row) -> Graded + Send + 'static>(ids: &str, stop: &Stop, grade: G) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("list.csv");
        let rows: Vec<String> = ids.split(' ').map(|id| format!("{id},http://{id}\n")).collect();
        std::fs::write(&path, format!("id,url\n{}", rows.concat())).unwrap();
        let list = List::open(&path, None).unwrap();
        let plan = Arc::new(Plan::all(Survey::of(&list, Shard::WHOLE).unwrap()));
        let queue = Arc::new(Queue::new(list.rows().unwrap(), plan, Pace::default(), 4));
        let (results, mut receiver) = crate::batch::waiting::channel();
        let worker = Worker { queue, render: Arc::new(Ids), results, stop: stop.clone(), jobs: 2 };
        let thread = std::thread::spawn(move || worker.run(&grade));
        let mut lines = Vec::new();
        while let Some(finished) = receiver.next() {
            lines.push(String::from_utf8(finished.line).unwrap());
        }
        thread.join().unwrap().unwrap();
        lines.sort();
        lines
    }

    fn fine() -> Graded {
        Graded { trouble: None, ..Graded::nothing(Trouble::defect("")) }
    }

    #[test]
    fn a_defect_costs_one_submission() {
        let lines = work("a b bad c unspeakable d", &Stop::default(), async |row: &Row| {
            tokio::task::yield_now().await;
            assert!(row.id != "bad", "no {}", row.id);
            fine()
        });
        assert_eq!(
            lines,
            [
                "a errored ",
                "b errored ",
                "bad errored a defect of grade: no bad",
                "c errored ",
                "d errored ",
                "unspeakable errored a defect of grade: a defect of the report"
            ]
        );
        assert_eq!(Trouble::defect("").reason.kind, ReasonKind::Internal);
    }

    #[test]
    fn what_is_under_way_when_the_run_is_stopped_has_no_result() {
        let stop = Stop::default();
        let stopper = stop.clone();
        let lines = work("a b c d", &stop, async move |row: &Row| {
            if row.id == "b" {
                stopper.stop();
                tokio::time::sleep(Duration::from_hours(1)).await;
            }
            fine()
        });
        assert!(lines.iter().all(|line| line == "a errored ") && lines.len() <= 1, "{lines:?}");
    }
}
