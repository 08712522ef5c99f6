//! The run itself.

use std::sync::Mutex;
use std::time::{Instant, SystemTime};

use jiff::tz::TimeZone;

use super::clock::Clock;
use super::event::Event;
use super::outcome::of_ending;
use super::ported;
use super::prepared::{Prepared, PreparedHint};
use super::result::{ChallengeResult, RunResult};
use super::settings::{EngineChoice, GradeSettings, Submission};
use super::unreachable::Unreachable;
use crate::fetch::{Exchange, InFlight, Phase, View};
use crate::port::{Check, Plan};
use crate::verdict::{Cause, Engine, HintResult, Note, Outcome, Rules};

/// Grades challenges against one submission.
pub struct Grader<'s> {
    submission: &'s dyn Submission,
    settings: GradeSettings,
    zone: TimeZone,
    clock: Clock,
    unreachable: Unreachable,
}

/// What an engine made of a hint.
struct Judged {
    outcome: Outcome,
    notes: Vec<Note>,
    engine: Option<Engine>,
    exchanges: Vec<Exchange>,
    console: Vec<String>,
}

impl<'s> Grader<'s> {
    /// A grader for one run.
    pub fn new(submission: &'s dyn Submission, settings: GradeSettings) -> Self {
        let zone = TimeZone::system();
        Self { submission, settings, zone, clock: Clock::default(), unreachable: Unreachable::default() }
    }

    /// Grades all challenges in order, hint by hint.
    pub async fn run(&mut self, challenges: &[Prepared], observe: &mut dyn FnMut(&Event<'_>)) -> RunResult {
        let started = SystemTime::now();
        let clock = Instant::now();
        observe(&Event::Started { challenges });
        let mut results = Vec::with_capacity(challenges.len());
        for challenge in challenges {
            results.push(self.challenge(challenge, observe).await);
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
        let mut hints = Vec::with_capacity(prepared.hints.len());
        for (index, hint) in prepared.hints.iter().enumerate() {
            observe(&Event::HintStarted { challenge: prepared, index });
            let result = self.hint(prepared, index, hint, &*view).await;
            self.unreachable.note(&result.outcome);
            observe(&Event::HintFinished { challenge: prepared, result: &result });
            hints.push(result);
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

    async fn hint(&mut self, prepared: &Prepared, index: usize, hint: &PreparedHint, view: &dyn View) -> HintResult {
        let started = Instant::now();
        self.clock.next_hint();
        let judged = self.judge(prepared, index, hint, view).await;
        let source = prepared.challenge.hints.get(index);
        HintResult {
            index,
            text: source.map(|hint| hint.text.clone()).unwrap_or_default(),
            outcome: judged.outcome,
            notes: judged.notes,
            engine: judged.engine,
            exchanges: judged.exchanges,
            console: judged.console,
            line: source.map_or(0, |hint| hint.code.line),
            duration: started.elapsed(),
        }
    }

    async fn judge(&self, prepared: &Prepared, index: usize, hint: &PreparedHint, view: &dyn View) -> Judged {
        let undecided = |cause: Cause| Judged {
            outcome: Outcome::Errored(cause),
            notes: Vec::new(),
            engine: None,
            exchanges: Vec::new(),
            console: Vec::new(),
        };
        match &hint.check {
            Check::Empty => Judged {
                outcome: match self.settings.rules {
                    Rules::Honest => Outcome::Unchecked,
                    Rules::Browser => Outcome::Passed,
                },
                notes: vec![Note::EmptyPassesThere],
                ..undecided(Cause::Internal { message: String::new() })
            },
            Check::Broken(error) => {
                let place = prepared.position(index, error.offset);
                let (line, column) = place.map_or((0, 0), |place| (place.line, place.column));
                undecided(Cause::Syntax { message: error.message.clone(), line, column })
            }
            _ if self.unreachable.given_up().is_some() => match self.unreachable.given_up() {
                Some(error) => undecided(Cause::Transport(Box::new(error.clone()))),
                None => undecided(Cause::Internal { message: String::new() }),
            },
            Check::Ported(plan) if self.settings.engine != EngineChoice::Script => {
                match self.ported(plan, prepared, index, view).await {
                    Ok(judged) => judged,
                    Err(reason) => undecided(Cause::NeedsScript { reason }),
                }
            }
            Check::Ported(_) => undecided(Cause::NeedsScript { reason: "--engine script".to_owned() }),
            Check::Script(why) => undecided(Cause::NeedsScript { reason: why.reason.clone() }),
        }
    }

    async fn ported(&self, plan: &Plan, prepared: &Prepared, index: usize, view: &dyn View) -> Result<Judged, String> {
        view.next_hint(true);
        let exchanges = Mutex::new(Vec::new());
        let code = self.submission.code();
        let limit = self.settings.hint_timeout;
        let run = ported::run(plan, view, code, &self.clock, &self.zone, self.settings.rules, &exchanges);
        let ran = tokio::time::timeout(limit, run).await;
        let exchanges = exchanges.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        let mut notes = Vec::new();
        let outcome = match ran {
            Err(_) => Outcome::Errored(timed_out(limit, view.in_flight())),
            Ok(ran) => {
                if ran.detached {
                    notes.push(Note::NotAwaitedThere);
                }
                let locate = |offset| prepared.position(index, offset);
                of_ending(ran.ending, &exchanges, self.settings.rules, locate)?
            }
        };
        if view.cookies_used() {
            notes.push(Note::CookiesKept);
        }
        Ok(Judged { outcome, notes, engine: Some(Engine::Ported), exchanges, console: Vec::new() })
    }
}

/// A hint that took too long, with what it was doing.
fn timed_out(limit: std::time::Duration, flight: Option<InFlight>) -> Cause {
    let waiting_for = flight.map(|flight| {
        let doing = match flight.phase {
            Phase::Connecting => "connecting",
            Phase::Waiting => "waiting for the answer",
            Phase::Reading => "reading the answer",
        };
        format!("{} {} ({doing}, {:.1} s)", flight.method, flight.url, flight.elapsed.as_secs_f64())
    });
    Cause::TimedOut { limit, waiting_for }
}
