//! Hands out rows: in the order of the list, as far as their hosts have room.
//!
//! A row whose host is busy is put aside, and does not keep others from being graded; how many are put aside is bounded.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;
use tokio::time::Instant;
use url::Position;

use super::list::{ListError, Rows};
use super::plan::Plan;
use super::row::Row;
use crate::fetch::Pace;

/// Most rows that are put aside, and most bytes of them.
const MOST_ASIDE: usize = 4096;
const MOST_BYTES: usize = 8 * 1024 * 1024;

/// The rows that are to be graded.
#[derive(Debug)]
pub(super) struct Queue {
    state: Mutex<State>,
    changed: Notify,
    plan: Arc<Plan>,
    pace: Pace,
    per_host: usize,
}

#[derive(Debug)]
struct State {
    rows: Rows,
    /// Whether all rows have been read.
    ended: bool,
    error: Option<ListError>,
    hosts: HashMap<String, Host>,
    /// Rows whose turn has come after they were put aside.
    ready: VecDeque<(Box<Row>, String)>,
    /// Rows that are put aside, and their bytes.
    aside: usize,
    bytes: usize,
    /// Hosts that wish to be left alone until then.
    wishes: BTreeMap<Instant, Vec<String>>,
}

#[derive(Debug, Default)]
struct Host {
    running: usize,
    waiting: VecDeque<Box<Row>>,
}

/// What comes next.
#[derive(Debug)]
pub(super) enum Next {
    /// A row.
    Job(Job),
    /// Nothing until something changes, or until then.
    Wait(Option<Instant>),
    /// Nothing any more.
    End,
}

/// A row that is to be graded. Its host is busy with it until it is dropped.
#[derive(Debug)]
pub(super) struct Job {
    pub row: Box<Row>,
    _slot: Option<Slot>,
}

#[derive(Debug)]
struct Slot {
    queue: Arc<Queue>,
    host: String,
}

impl Drop for Slot {
    fn drop(&mut self) {
        let mut state = self.queue.lock();
        if let Some(host) = state.hosts.get_mut(&self.host) {
            host.running = host.running.saturating_sub(1);
        }
        self.queue.fill(&mut state, &self.host);
        drop(state);
        self.queue.changed.notify_waiters();
    }
}

impl Queue {
    pub fn new(rows: Rows, plan: Arc<Plan>, pace: Pace, per_host: usize) -> Self {
        let state = State {
            rows,
            ended: false,
            error: None,
            hosts: HashMap::new(),
            ready: VecDeque::new(),
            aside: 0,
            bytes: 0,
            wishes: BTreeMap::new(),
        };
        Self { state: Mutex::new(state), changed: Notify::new(), plan, pace, per_host: per_host.max(1) }
    }

    /// Something to wait for, made before [`Queue::next`] is asked.
    pub fn changed(&self) -> &Notify {
        &self.changed
    }

    /// Why the list could not be read to its end.
    pub fn error(&self) -> Option<ListError> {
        self.lock().error.take()
    }

    /// What comes next.
    pub fn next(self: &Arc<Self>) -> Next {
        let mut state = self.lock();
        self.wake(&mut state);
        loop {
            if let Some((row, host)) = state.ready.pop_front() {
                return self.job(row, Some(host));
            }
            if state.ended || state.aside >= MOST_ASIDE || state.bytes >= MOST_BYTES {
                break;
            }
            let row = match state.rows.next() {
                Ok(Some(row)) if self.plan.todo.has(row.number) => Box::new(self.plan.survey.checked(row)),
                Ok(Some(_)) => continue,
                Ok(None) => {
                    state.ended = true;
                    break;
                }
                Err(error) => {
                    state.error = Some(error);
                    state.ended = true;
                    break;
                }
            };
            let Some(name) = host_of(&row) else { return self.job(row, None) };
            state.aside += 1;
            state.bytes += row.size;
            state.hosts.entry(name.clone()).or_default().waiting.push_back(row);
            self.fill(&mut state, &name);
        }
        if state.ended && state.aside == 0 {
            return Next::End;
        }
        Next::Wait(state.wishes.keys().next().copied())
    }

    fn job(self: &Arc<Self>, row: Box<Row>, host: Option<String>) -> Next {
        let slot = host.map(|host| Slot { queue: Arc::clone(self), host });
        Next::Job(Job { row, _slot: slot })
    }

    /// Gives a host the rows that it has room for.
    fn fill(&self, state: &mut State, name: &str) {
        let Some(host) = state.hosts.get_mut(name) else { return };
        if !host.waiting.is_empty()
            && let Some(until) = self.pace.wish(name)
        {
            let names = state.wishes.entry(until).or_default();
            if !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
            return;
        }
        while host.running < self.per_host
            && let Some(row) = host.waiting.pop_front()
        {
            host.running += 1;
            state.aside -= 1;
            state.bytes -= row.size;
            state.ready.push_back((row, name.to_owned()));
        }
        if host.running == 0 && host.waiting.is_empty() {
            state.hosts.remove(name);
        }
    }

    /// Turns to hosts whose wish is over.
    fn wake(&self, state: &mut State) {
        let now = Instant::now();
        while let Some(entry) = state.wishes.first_entry().filter(|entry| *entry.key() <= now) {
            for name in entry.remove() {
                self.fill(state, &name);
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// `host:port` of a row's project.
fn host_of(row: &Row) -> Option<String> {
    let url = row.project.as_ref().ok()?.address()?.as_ref().ok()?.url();
    if url.port().is_some() {
        return Some(url[Position::BeforeHost..Position::AfterPort].to_owned());
    }
    Some(format!("{}:{}", url.host_str()?, url.port_or_known_default()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::list::List;
    use crate::batch::shard::Shard;
    use crate::batch::survey::Survey;

    fn queue(text: &str, per_host: usize) -> Arc<Queue> {
        paced(text, per_host, Pace::default())
    }

    fn paced(text: &str, per_host: usize, pace: Pace) -> Arc<Queue> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("list.csv");
        std::fs::write(&path, format!("id,url\n{text}")).unwrap();
        let list = List::open(&path, None).unwrap();
        let plan = Plan::all(Survey::of(&list, Shard::WHOLE).unwrap());
        Arc::new(Queue::new(list.rows().unwrap(), Arc::new(plan), pace, per_host))
    }

    fn take(queue: &Arc<Queue>) -> Option<Job> {
        match queue.next() {
            Next::Job(job) => Some(job),
            Next::Wait(_) | Next::End => None,
        }
    }

    #[test]
    fn a_busy_host_keeps_nobody_else_waiting() {
        let queue = queue("1,a\n2,a\n3,a:81\n4,A/x\n5,b\n6,\n", 1);
        let jobs: Vec<Job> = std::iter::from_fn(|| take(&queue)).collect();
        let ids = |jobs: &[Job]| jobs.iter().map(|job| job.row.id.clone()).collect::<Vec<_>>().join(" ");
        assert_eq!(ids(&jobs), "1 3 5 6");
        assert!(matches!(queue.next(), Next::Wait(None)));
        let mut jobs = jobs.into_iter();
        drop(jobs.next());
        let second = take(&queue).unwrap();
        assert_eq!(second.row.id, "2");
        assert!(matches!(queue.next(), Next::Wait(None)));
        drop(second);
        assert_eq!(take(&queue).unwrap().row.id, "4");
        assert!(matches!(queue.next(), Next::End));
        drop(jobs);
        assert!(queue.lock().hosts.is_empty() && queue.error().is_none());
    }

    #[test]
    fn a_host_that_wishes_to_be_left_alone_is_left_alone() {
        let pace = Pace::default();
        let queue = paced("1,a\n2,a\n3,b\n4,a\n", 4, pace.clone());
        let first = take(&queue).unwrap();
        let url = url::Url::parse("http://a/").unwrap();
        pace.answered(&url, 503, &[("retry-after".into(), "60".into())]);
        let other = take(&queue).unwrap();
        assert_eq!((first.row.id.as_str(), other.row.id.as_str()), ("1", "3"));
        let until = Instant::now() + std::time::Duration::from_mins(1);
        let waits = || matches!(queue.next(), Next::Wait(Some(at)) if at <= until);
        assert!(waits());
        // That it has room again changes nothing.
        drop(first);
        assert!(waits());
        assert_eq!(queue.lock().aside, 2);
    }

    #[test]
    fn rows_that_are_put_aside_are_few() {
        let rows: Vec<String> = (0..MOST_ASIDE + 500).map(|number| format!("{number},a\n")).collect();
        let text = rows.concat();
        let queue = queue(&text, 2);
        let first = [take(&queue).unwrap(), take(&queue).unwrap()];
        assert!(matches!(queue.next(), Next::Wait(_)));
        assert_eq!(queue.lock().aside, MOST_ASIDE);
        drop(first);
        let mut count = 2;
        while let Some(job) = take(&queue) {
            assert_eq!(job.row.number, count, "the order of the list");
            count += 1;
        }
        assert_eq!(count, MOST_ASIDE as u64 + 500);
    }
}
