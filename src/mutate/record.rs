//! Grades a challenge once, and keeps what each hint was answered.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use super::key::Key;
use crate::fetch::{Basis, FetchFuture, Fetched, Fetcher, InFlight, Request, View};
use crate::grader::{ChallengeResult, Event, GradeSettings, Grader, Prepared, Stop, Submission};

/// All answers of a challenge that are kept, in bytes of their bodies.
const MOST_BYTES: usize = 64 * 1024 * 1024;

/// A request and its answer.
#[derive(Debug)]
pub struct Answer {
    /// What the hint asked.
    pub request: Request,
    /// What it was answered.
    pub fetched: Fetched,
}

impl Answer {
    /// `GET /_api/server.js`
    pub fn label(&self) -> String {
        let url = &self.request.url;
        let place = &url[url::Position::BeforePath..url::Position::AfterQuery];
        format!("{} {place}", self.request.method.to_ascii_uppercase())
    }
}

/// What one hint was answered.
#[derive(Debug, Default)]
pub struct HintRecord {
    /// The answers, in the order in which they were asked for.
    pub answers: Vec<Arc<Answer>>,
    /// How many requests it began; those that it gave up have no answer.
    pub asked: usize,
    /// Whether answers are missing, as all of them together are too large.
    pub cut: bool,
    by_key: HashMap<Key, Vec<usize>>,
}

impl HintRecord {
    /// The answer to a request that was asked for `times` times before: the last one where there are no more.
    pub fn find(&self, key: &Key, times: usize) -> Option<usize> {
        let known = self.by_key.get(key)?;
        known.get(times).or(known.last()).copied()
    }
}

/// A graded challenge with all that it was answered.
#[derive(Debug)]
pub struct Recording {
    /// What became of it.
    pub result: ChallengeResult,
    /// By hint.
    pub hints: Vec<HintRecord>,
    /// The time that the first hint saw, in milliseconds since 1970.
    pub clock: f64,
}

/// Grades a challenge with a clock that stands still, so that its requests can be made again. Nothing when it was stopped before it
/// began.
pub async fn record(
    prepared: &Prepared,
    submission: &dyn Submission,
    settings: &GradeSettings,
    stop: &Stop,
) -> Option<Recording> {
    let taken = Arc::new(Mutex::new(Taken::default()));
    let recorder = Recorder { inner: submission, taken: Arc::clone(&taken) };
    let clock = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0.0, |since| since.as_secs_f64() * 1000.0).floor();
    let mut grader = Grader::new(&recorder, settings.clone()).stopped_by(stop.clone());
    grader.stand_still_at(clock);
    let mut run = grader
        .run(std::slice::from_ref(prepared), &mut |event| match event {
            Event::HintStarted { index, .. } => lock(&taken).enter(*index),
            Event::HintFinished { .. } => lock(&taken).now = None,
            _ => {}
        })
        .await;
    let result = run.challenges.pop()?;
    let mut taken = std::mem::take(&mut *lock(&taken));
    taken.hints.resize_with(result.hints.len(), Vec::new);
    let hints = taken.hints.into_iter().enumerate().map(|(index, slots)| {
        let mut record = HintRecord { asked: slots.len(), cut: taken.cut.contains(&index), ..HintRecord::default() };
        for answer in slots.into_iter().flatten() {
            record.by_key.entry(Key::of(&answer.request)).or_default().push(record.answers.len());
            record.answers.push(Arc::new(answer));
        }
        record
    });
    Some(Recording { hints: hints.collect(), result, clock })
}

/// What was taken so far.
#[derive(Debug, Default)]
struct Taken {
    /// The hint under way.
    now: Option<usize>,
    /// By hint, a slot for each request that was begun.
    hints: Vec<Vec<Option<Answer>>>,
    /// Counts the attempts at a hint: a hint may be begun by one engine and decided by the other.
    attempt: usize,
    bytes: usize,
    cut: Vec<usize>,
}

/// Where an answer belongs.
struct Slot {
    hint: usize,
    index: usize,
    attempt: usize,
}

impl Taken {
    fn enter(&mut self, hint: usize) {
        self.now = Some(hint);
        if self.hints.len() <= hint {
            self.hints.resize_with(hint + 1, Vec::new);
        }
        self.again();
    }

    /// The hint under way begins, perhaps anew: what it was answered is forgotten.
    fn again(&mut self) {
        self.attempt += 1;
        if let Some(slots) = self.now.and_then(|hint| self.hints.get_mut(hint)) {
            slots.clear();
        }
    }

    fn begin(&mut self) -> Option<Slot> {
        let hint = self.now?;
        let slots = self.hints.get_mut(hint)?;
        slots.push(None);
        Some(Slot { hint, index: slots.len() - 1, attempt: self.attempt })
    }

    fn end(&mut self, slot: &Slot, request: Request, fetched: &Fetched) {
        if slot.attempt != self.attempt {
            return;
        }
        self.bytes = self.bytes.saturating_add(fetched.exchange.body.len());
        if self.bytes > MOST_BYTES {
            self.cut.push(slot.hint);
            return;
        }
        if let Some(place) = self.hints.get_mut(slot.hint).and_then(|slots| slots.get_mut(slot.index)) {
            *place = Some(Answer { request, fetched: fetched.clone() });
        }
    }
}

fn lock(taken: &Mutex<Taken>) -> MutexGuard<'_, Taken> {
    taken.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A submission of which every answer is kept.
struct Recorder<'s> {
    inner: &'s dyn Submission,
    taken: Arc<Mutex<Taken>>,
}

impl Submission for Recorder<'_> {
    fn code(&self) -> &str {
        self.inner.code()
    }

    fn open(&self) -> Box<dyn View> {
        Box::new(RecordingView { inner: self.inner.open(), taken: Arc::clone(&self.taken) })
    }
}

struct RecordingView {
    inner: Box<dyn View>,
    taken: Arc<Mutex<Taken>>,
}

impl Fetcher for RecordingView {
    fn fetch(&self, request: Request) -> FetchFuture<'_> {
        let slot = lock(&self.taken).begin();
        Box::pin(async move {
            let fetched = self.inner.fetch(request.clone()).await;
            if let Some(slot) = slot {
                lock(&self.taken).end(&slot, request, &fetched);
            }
            fetched
        })
    }
}

impl View for RecordingView {
    fn next_hint(&self, memo: bool) {
        lock(&self.taken).again();
        self.inner.next_hint(memo);
    }

    fn hint_again(&self) {
        lock(&self.taken).again();
        self.inner.hint_again();
    }

    fn cookies_used(&self) -> bool {
        self.inner.cookies_used()
    }

    fn in_flight(&self) -> Option<InFlight> {
        self.inner.in_flight()
    }

    fn basis(&self) -> Basis {
        self.inner.basis()
    }
}
