//! The run itself.

use std::time::{Instant, SystemTime};

use jiff::tz::TimeZone;

use super::clock::Clock;
use super::event::Event;
use super::outcome::of_ending;
use super::ported::{self, Progress};
use super::prepared::{Prepared, PreparedHint};
use super::result::{ChallengeResult, RunResult};
use super::script::ScriptSide;
use super::settings::{EngineChoice, GradeSettings, Submission};
use super::stop::Stop;
use super::unreachable::Unreachable;
use crate::fetch::{Basis, Exchange, InFlight, Phase, View};
use crate::port::{Check, Plan, World};
use crate::sandbox::{Sandbox, ScriptVerdict, fill_placeholders};
use crate::verdict::{Cause, Engine, HintResult, Note, Outcome, Rules, SkipReason};

/// Grades challenges against one submission.
pub struct Grader<'s> {
    submission: &'s dyn Submission,
    settings: GradeSettings,
    world: World<'s>,
    clock: Clock,
    unreachable: Unreachable,
    /// Whether the rest of the run is skipped.
    stopped: bool,
    sandbox: Sandbox,
    stop: Stop,
}

/// What an engine made of a hint.
struct Judged {
    outcome: Outcome,
    notes: Vec<Note>,
    engine: Option<Engine>,
    exchanges: Vec<Exchange>,
    console: Vec<String>,
}

impl Judged {
    fn without_engine(outcome: Outcome) -> Self {
        Self { outcome, notes: Vec::new(), engine: None, exchanges: Vec::new(), console: Vec::new() }
    }

    fn stopped() -> Self {
        Self::without_engine(Outcome::Skipped(SkipReason::Stopped))
    }
}

impl<'s> Grader<'s> {
    /// A grader for one run.
    pub fn new(submission: &'s dyn Submission, settings: GradeSettings) -> Self {
        let world = World::new(submission.code(), TimeZone::system()).at(submission.url());
        Self {
            submission,
            settings,
            world,
            clock: Clock::default(),
            unreachable: Unreachable::new(submission.code()),
            stopped: false,
            sandbox: Sandbox::new(),
            stop: Stop::default(),
        }
    }

    /// The same, with the threads of a sandbox that other graders use too.
    #[must_use]
    pub fn with_sandbox(mut self, sandbox: Sandbox) -> Self {
        self.sandbox = sandbox;
        self
    }

    /// The same, ended early by `stop`: the rest of the challenge under way is skipped then, and no other one begins.
    #[must_use]
    pub fn stopped_by(mut self, stop: Stop) -> Self {
        self.stop = stop;
        self
    }

    /// From now on the clock that tests see stands still while a hint runs: the next hint sees `time` (milliseconds since 1970),
    /// and each one after it [`CLOCK_STEP`](super::CLOCK_STEP) more. Graded again from the same time, a test asks the same.
    pub fn stand_still_at(&mut self, time: f64) {
        self.clock = Clock::still(time);
    }

    /// Grades all challenges in order, hint by hint.
    pub async fn run(&mut self, challenges: &[Prepared], observe: &mut dyn FnMut(&Event<'_>)) -> RunResult {
        let started = SystemTime::now();
        let clock = Instant::now();
        observe(&Event::Started { challenges });
        let mut results = Vec::with_capacity(challenges.len());
        for challenge in challenges {
            if self.stop.is_wanted() {
                break;
            }
            // In a box: whoever holds the future of the run would otherwise move all of it about.
            results.push(Box::pin(self.challenge(challenge, observe)).await);
        }
        let run = RunResult {
            code: self.submission.code().to_owned(),
            rules: self.settings.rules,
            started,
            duration: clock.elapsed(),
            challenges: results,
        };
        observe(&Event::Finished { run: &run });
        run
    }

    async fn challenge(&mut self, prepared: &Prepared, observe: &mut dyn FnMut(&Event<'_>)) -> ChallengeResult {
        let clock = Instant::now();
        observe(&Event::ChallengeStarted { challenge: prepared });
        let view = self.submission.open();
        let mut script = None;
        let mut hints = Vec::with_capacity(prepared.hints.len());
        let stop = self.stop.clone();
        let stopped = stop.wanted();
        tokio::pin!(stopped);
        for (index, hint) in prepared.hints.iter().enumerate() {
            observe(&Event::HintStarted { challenge: prepared, index });
            let started = Instant::now();
            let judged = if stop.is_wanted() {
                Judged::stopped()
            } else {
                tokio::select! {
                    biased;
                    () = &mut stopped => Judged::stopped(),
                    judged = self.judge(prepared, index, hint, &*view, &mut script) => judged,
                }
            };
            let mut result = finished(prepared, index, judged, started);
            if !self.settings.times {
                forget_times(&mut result.outcome);
            }
            self.unreachable.note(&result.outcome);
            self.stopped |= self.settings.fail_fast && matches!(result.outcome, Outcome::Failed(_));
            observe(&Event::HintFinished { challenge: prepared, result: &result });
            hints.push(result);
        }
        if let Some(mut script) = script.filter(|_| !self.stop.is_wanted()) {
            let said = Box::pin(script.finish(&*view)).await;
            if let Some(last) = hints.last_mut() {
                last.console.extend(said);
            }
        }
        let challenge = &prepared.challenge;
        let result = ChallengeResult {
            id: challenge.id.clone(),
            title: challenge.title.clone(),
            dashed_name: challenge.dashed_name.clone(),
            block: prepared.block.clone(),
            language: prepared.language.clone(),
            file: prepared.file.clone(),
            hints,
            duration: clock.elapsed(),
        };
        observe(&Event::ChallengeFinished { challenge: prepared, result: &result });
        result
    }

    async fn judge(
        &mut self,
        prepared: &Prepared,
        index: usize,
        hint: &PreparedHint,
        view: &dyn View,
        script: &mut Option<Box<ScriptSide>>,
    ) -> Judged {
        if self.stopped {
            return Judged::stopped();
        }
        self.clock.next_hint();
        if let Check::Empty = hint.check {
            let outcome = match self.settings.rules {
                Rules::Honest => Outcome::Unchecked,
                Rules::Browser => Outcome::Passed,
            };
            return Judged { notes: vec![Note::EmptyPassesThere], ..Judged::without_engine(outcome) };
        }
        if let Check::Broken(error) = &hint.check {
            let place = prepared.position(index, error.offset);
            let (line, column) = place.map_or((0, 0), |place| (place.line, place.column));
            let message = error.message.clone();
            return Judged::without_engine(Outcome::Errored(Cause::Syntax { message, line, column }));
        }
        // The browser tries each time, and passes what does not look at the answer.
        if let Some(error) = self.unreachable.given_up().filter(|_| self.settings.rules == Rules::Honest) {
            return Judged::without_engine(Outcome::Errored(Cause::Transport(Box::new(error.clone()))));
        }
        let reason = match &hint.check {
            Check::Ported(_) if self.settings.engine == EngineChoice::Script => String::new(),
            // Hooks see and change what the hints of a challenge share, which native plans know nothing of.
            Check::Ported(_) if prepared.has_hooks() => "hooks".to_owned(),
            Check::Ported(plan) => match self.ported(plan, prepared, index, view).await {
                Ok(judged) => return judged,
                Err(reason) => reason,
            },
            Check::Script(why) => why.reason.clone(),
            Check::Empty | Check::Broken(_) => String::new(),
        };
        if self.settings.engine == EngineChoice::Ported {
            return Judged::without_engine(Outcome::Errored(Cause::NeedsScript { reason }));
        }
        Box::pin(self.scripted(prepared, index, view, script)).await
    }

    async fn scripted(
        &self,
        prepared: &Prepared,
        index: usize,
        view: &dyn View,
        script: &mut Option<Box<ScriptSide>>,
    ) -> Judged {
        let Some(code) = prepared.script(index) else {
            let message = format!("there is no hint {index}");
            return Judged::without_engine(Outcome::Errored(Cause::Internal { message }));
        };
        view.next_hint(false);
        let still = self.clock.is_still().then(|| self.clock.now());
        let side = script.get_or_insert_with(|| {
            // In a box: most challenges have none, and all would have room for it.
            Box::new(ScriptSide::open(&self.sandbox, prepared, self.submission.code(), &self.settings, still))
        });
        let ScriptVerdict { outcome, mut notes, exchanges, console, .. } = side.run(code, self.clock.now(), view).await;
        if view.cookies_used() && self.settings.rules == Rules::Honest {
            notes.push(Note::CookiesKept);
        }
        let outcome = as_far_as_answered(outcome, side.basis(view.basis()));
        Judged { outcome, notes, engine: Some(Engine::Script), exchanges, console }
    }

    async fn ported(&self, plan: &Plan, prepared: &Prepared, index: usize, view: &dyn View) -> Result<Judged, String> {
        view.next_hint(true);
        let progress = Progress::default();
        let limit = self.settings.hint_timeout;
        let rules = self.settings.rules;
        let run = ported::run(plan, view, &self.world, &self.clock, rules, &progress);
        let ran = tokio::time::timeout(limit, run).await;
        let exchanges = progress.exchanges.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        let detached = progress.detached.into_inner();
        let mut notes = Vec::new();
        if detached {
            notes.push(Note::NotAwaitedThere);
        }
        let outcome = match ran {
            Err(_) if detached && rules == Rules::Browser => Outcome::Passed,
            Err(_) => Outcome::Errored(timed_out(limit, view.in_flight(), self.settings.times)),
            Ok(ran) => {
                let locate = |offset| prepared.position(index, offset);
                of_ending(ran.ending, ran.transport.as_ref(), &exchanges, rules, locate)?
            }
        };
        if view.cookies_used() {
            notes.push(Note::CookiesKept);
        }
        let outcome = as_far_as_answered(outcome, view.basis());
        Ok(Judged { outcome, notes, engine: Some(Engine::Ported), exchanges, console: Vec::new() })
    }
}

fn finished(prepared: &Prepared, index: usize, judged: Judged, started: Instant) -> HintResult {
    let source = prepared.challenge.hints.get(index);
    let text = source.map(|hint| hint.text.clone()).unwrap_or_default();
    HintResult {
        index,
        text: match &judged.outcome {
            Outcome::Failed(failure) => fill_placeholders(&text, failure),
            _ => text,
        },
        outcome: judged.outcome,
        notes: judged.notes,
        engine: judged.engine,
        exchanges: judged.exchanges,
        console: judged.console,
        line: source.map_or(0, |hint| hint.code.line),
        duration: started.elapsed(),
    }
}

/// Facts without the time that something took, which is another in every run.
fn forget_times(outcome: &mut Outcome) {
    if let Outcome::Errored(Cause::Transport(error)) = outcome {
        error.elapsed = std::time::Duration::ZERO;
    }
}

/// The outcome, as far as the answers that it rests on can carry it.
fn as_far_as_answered(outcome: Outcome, basis: Basis) -> Outcome {
    let stays = match (basis, &outcome) {
        (Basis::Full, _) | (Basis::FailOnly, Outcome::Failed(_) | Outcome::Errored(_)) => true,
        // What has nothing to do with answers would be the same with all of them.
        (Basis::None, Outcome::Errored(cause)) => !matches!(cause, Cause::Transport(_) | Cause::TimedOut { .. }),
        (Basis::FailOnly | Basis::None, _) => false,
    };
    if stays { outcome } else { Outcome::Skipped(SkipReason::NeedsRunningProject) }
}

/// A hint that took too long, with what it was doing.
fn timed_out(limit: std::time::Duration, flight: Option<InFlight>, times: bool) -> Cause {
    let waiting_for = flight.map(|flight| {
        let doing = match flight.phase {
            Phase::Connecting => "connecting",
            Phase::Waiting => "waiting for the answer",
            Phase::Reading => "reading the answer",
        };
        let time = if times { format!(", {:.1} s", flight.elapsed.as_secs_f64()) } else { String::new() };
        format!("{} {} ({doing}{time})", flight.method, flight.url)
    });
    Cause::TimedOut { limit, waiting_for }
}
