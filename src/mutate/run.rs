//! The run: which hints can be replayed, and what becomes of their mutants; in parallel, within a time.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::runtime::{Builder, Runtime};

use super::live;
use super::mutation::Mutation;
use super::outcome::{Fate, Mutated, MutatedHint, Verdict, WhyNot, WhyUnknown, judge};
use super::plan::mutants;
use super::record::Recording;
use super::replay::{Changed, Replay};
use crate::challenge::Challenge;
use crate::grader::{CLOCK_STEP, Event, GradeSettings, Grader, Prepared, Stop, Submission};
use crate::port::Check;
use crate::verdict::{Outcome, Rules};

/// A hint that does not pass alone is graded after so many hints before it at most.
const MOST_BEFORE: usize = 100;

/// How mutants are made and tried.
#[derive(Debug, Clone)]
pub struct Settings {
    /// From which all choices follow.
    pub seed: u64,
    /// So many mutants for each hint at most.
    pub mutants: usize,
    /// So many are tried at the same time.
    pub jobs: usize,
    /// For so long mutants are begun.
    pub budget: Duration,
    /// How hints are graded.
    pub grading: GradeSettings,
}

/// Tries the mutants of a recorded challenge. Requests that were not recorded are made on `runtime`, to `project`; `stop` ends it early.
pub fn run(
    prepared: &Prepared,
    recording: Recording,
    project: &dyn Submission,
    settings: &Settings,
    runtime: &Runtime,
    stop: &Stop,
) -> Mutated {
    let recording = Arc::new(recording);
    let ring = Ring { recording: &recording, project, settings, runtime, stop };
    let early: Vec<Option<Verdict>> = (0..recording.hints.len())
        .map(|hint| known_before(prepared, &recording, hint, settings.grading.rules))
        .collect();
    let open: Vec<usize> =
        early.iter().enumerate().filter(|(_, known)| known.is_none()).map(|(hint, _)| hint).collect();
    // Without a change they have to pass again: alone, or else after those that come before them.
    let parts = Parts::of(prepared);
    let mut ways: Vec<Way> = open.iter().map(|&hint| parts.way(hint..hint + 1)).collect();
    let alone = ring.try_all(&ways.iter().map(Trial::unchanged).collect::<Vec<_>>(), None);
    for ((way, &hint), fate) in ways.iter_mut().zip(&open).zip(&alone) {
        if *fate != Some(Fate::Survived) {
            *way = parts.way(hint.saturating_sub(MOST_BEFORE)..hint + 1);
        }
    }
    let again: Vec<usize> = (0..ways.len()).filter(|at| alone.get(*at) != Some(&Some(Fate::Survived))).collect();
    let after: Vec<Option<Fate>> =
        ring.try_all(&again.iter().filter_map(|at| ways.get(*at)).map(Trial::unchanged).collect::<Vec<_>>(), None);
    let lost: Vec<usize> = again
        .iter()
        .zip(after)
        .filter(|(_, fate)| *fate != Some(Fate::Survived))
        .filter_map(|(at, _)| open.get(*at).copied())
        .collect();
    let plans: Vec<(usize, &Way, Vec<Mutation>)> = open
        .iter()
        .zip(&ways)
        .filter(|(hint, _)| !lost.contains(hint))
        .map(|(&hint, way)| {
            let code = prepared.challenge.hints.get(hint).map_or("", |hint| &hint.code.text);
            (hint, way, mutants(&recording, hint, code, settings.seed, &prepared.challenge.id, settings.mutants))
        })
        .collect();
    let fates = tried(&ring, &plans, Instant::now().checked_add(settings.budget));
    let hints = early.into_iter().enumerate().map(|(hint, known)| {
        let requests = recording.hints.get(hint).map_or(0, |record| record.asked);
        let plan = plans.iter().zip(&fates).find(|((of, ..), _)| *of == hint);
        let (Some(((_, _, mutants), fates)), None) = (plan, known) else {
            let unknown = if stop.is_wanted() { WhyUnknown::OutOfTime } else { WhyUnknown::NotRepeatable };
            return MutatedHint {
                verdict: known.unwrap_or(Verdict::CouldNotCheck(unknown)),
                requests,
                ..MutatedHint::default()
            };
        };
        let answers = recording.hints.get(hint).map_or(&[][..], |record| &record.answers);
        judge(requests, answers, mutants, fates)
    });
    let hints = hints.collect();
    Mutated { recording, hints }
}

/// Tries the mutants of all hints, one of each in turn, so that a time that is too short is short for all.
fn tried(ring: &Ring<'_>, plans: &[(usize, &Way, Vec<Mutation>)], deadline: Option<Instant>) -> Vec<Vec<Option<Fate>>> {
    let most = plans.iter().map(|(_, _, mutants)| mutants.len()).max().unwrap_or(0);
    let mut order = Vec::new();
    for number in 0..most {
        for (at, (_, way, mutants)) in plans.iter().enumerate() {
            if let Some(mutant) = mutants.get(number) {
                order.push((at, number, Trial { way, mutant: Some(mutant) }));
            }
        }
    }
    let trials: Vec<Trial<'_>> = order.iter().map(|(_, _, trial)| *trial).collect();
    let found = ring.try_all(&trials, deadline);
    let mut fates: Vec<Vec<Option<Fate>>> = plans.iter().map(|(_, _, mutants)| vec![None; mutants.len()]).collect();
    for ((at, number, _), fate) in order.iter().zip(found) {
        if let Some(place) = fates.get_mut(*at).and_then(|fates| fates.get_mut(*number)) {
            *place = fate;
        }
    }
    fates
}

/// What is known of a hint without any mutant.
fn known_before(prepared: &Prepared, recording: &Recording, hint: usize, rules: Rules) -> Option<Verdict> {
    let check = prepared.hints.get(hint).map(|hint| &hint.check);
    let outcome = recording.result.hints.get(hint).map(|hint| &hint.outcome);
    let record = recording.hints.get(hint)?;
    match outcome {
        _ if matches!(check, Some(Check::Empty)) => Some(Verdict::CannotFail(WhyNot::NoTest)),
        Some(Outcome::Unchecked) => Some(Verdict::CannotFail(WhyNot::NoTest)),
        Some(Outcome::Skipped(_)) | None => Some(Verdict::Skipped),
        Some(Outcome::Failed(_) | Outcome::Errored(_)) => Some(Verdict::CouldNotCheck(WhyUnknown::NotPassing)),
        Some(Outcome::Passed) if record.cut => Some(Verdict::CouldNotCheck(WhyUnknown::TooLarge)),
        // A request that it gives up may be answered some day; under these rules nobody looks at it.
        Some(Outcome::Passed) if record.asked == 0 || (record.answers.is_empty() && rules == Rules::Browser) => {
            Some(Verdict::CannotFail(WhyNot::NoRequest))
        }
        Some(Outcome::Passed) => None,
    }
}

/// How a hint is graded again: by itself, or after the hints before it.
struct Way {
    prepared: Prepared,
    first: usize,
}

/// A challenge of which parts are graded.
struct Parts<'p> {
    whole: &'p Prepared,
    /// The challenge without its hints and texts, which would be copied for each of its parts.
    bare: Challenge,
}

impl<'p> Parts<'p> {
    fn of(whole: &'p Prepared) -> Self {
        let challenge = &*whole.challenge;
        let bare = Challenge {
            id: challenge.id.clone(),
            title: challenge.title.clone(),
            challenge_type: challenge.challenge_type,
            dashed_name: challenge.dashed_name.clone(),
            order: challenge.order,
            front_matter: challenge.front_matter.clone(),
            sections: Vec::new(),
            description: None,
            instructions: None,
            notes: None,
            hints: Vec::new(),
            hooks: challenge.hooks.clone(),
            warnings: Vec::new(),
        };
        Self { whole, bare }
    }

    fn way(&self, hints: std::ops::Range<usize>) -> Way {
        let first = hints.start;
        let hints = self.whole.challenge.hints.get(hints).unwrap_or_default().to_vec();
        let challenge = Challenge { hints, ..self.bare.clone() };
        let (block, language) = (self.whole.block.clone(), self.whole.language.clone());
        Way { prepared: Prepared::new(Arc::new(challenge), self.whole.file.clone(), block, language), first }
    }
}

impl Way {
    /// The hint that counts.
    fn hint(&self) -> usize {
        self.first + self.prepared.hints.len().saturating_sub(1)
    }
}

/// A hint to be graded, with a change or without.
#[derive(Clone, Copy)]
struct Trial<'t> {
    way: &'t Way,
    mutant: Option<&'t Mutation>,
}

impl<'t> Trial<'t> {
    fn unchanged(way: &'t Way) -> Self {
        Self { way, mutant: None }
    }
}

/// What all trials of a challenge share.
struct Ring<'a> {
    recording: &'a Arc<Recording>,
    project: &'a dyn Submission,
    settings: &'a Settings,
    runtime: &'a Runtime,
    stop: &'a Stop,
}

impl Ring<'_> {
    /// The fate of each trial; nothing for those that time or a stop left out. As many threads as there are jobs take one trial
    /// after the other; the fate of one does not depend on who takes it, nor on what was tried before.
    fn try_all(&self, trials: &[Trial<'_>], deadline: Option<Instant>) -> Vec<Option<Fate>> {
        let next = AtomicUsize::new(0);
        let fates = Mutex::new(vec![None; trials.len()]);
        let (live, desk) = live::pair();
        let jobs = self.settings.jobs.clamp(1, trials.len().max(1));
        std::thread::scope(|scope| {
            for _ in 0..jobs {
                let live = live.clone();
                let (next, fates) = (&next, &fates);
                scope.spawn(move || {
                    let Ok(runtime) = Builder::new_current_thread().enable_time().build() else { return };
                    let replay = Replay::new(self.project.code(), Arc::clone(self.recording), live);
                    let mut grader = Grader::new(&replay, self.grading());
                    loop {
                        let at = next.fetch_add(1, Ordering::Relaxed);
                        let over = deadline.is_some_and(|deadline| Instant::now() >= deadline);
                        let Some(trial) = trials.get(at).filter(|_| !over && !self.stop.is_wanted()) else { break };
                        let fate = runtime.block_on(self.try_one(trial, &replay, &mut grader));
                        if let Some(place) = fates.lock().unwrap_or_else(PoisonError::into_inner).get_mut(at) {
                            *place = fate;
                        }
                    }
                });
            }
            drop(live);
            self.runtime.block_on(desk.serve(self.project, self.settings.grading.hint_timeout));
        });
        fates.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    fn grading(&self) -> GradeSettings {
        GradeSettings { fail_fast: false, times: false, ..self.settings.grading.clone() }
    }

    async fn try_one(&self, trial: &Trial<'_>, replay: &Replay<'_>, grader: &mut Grader<'_>) -> Option<Fate> {
        let way = trial.way;
        let changed = match trial.mutant {
            None => None,
            Some(mutant) => Some(self.changed(way.hint(), mutant)?),
        };
        replay.begin(changed);
        let steps = u32::try_from(way.first).unwrap_or(u32::MAX);
        grader.stand_still_at(self.recording.clock + CLOCK_STEP * f64::from(steps));
        let run = grader
            .run(std::slice::from_ref(&way.prepared), &mut |event| {
                if let Event::HintStarted { index, .. } = event {
                    replay.enter(way.first + index);
                }
            })
            .await;
        let outcome = run.challenges.last().and_then(|challenge| challenge.hints.last()).map(|hint| &hint.outcome);
        Some(match outcome {
            _ if replay.says_nothing() => Fate::NotChecked,
            Some(Outcome::Passed) => Fate::Survived,
            Some(Outcome::Failed(_)) => Fate::Killed,
            _ => Fate::NotChecked,
        })
    }

    /// The answer that a mutant puts in the place of the recorded one. It is made when it is needed: many large ones would be too much.
    fn changed(&self, hint: usize, mutant: &Mutation) -> Option<Changed> {
        let answer = self.recording.hints.get(hint)?.answers.get(mutant.answer)?;
        let alteration = mutant.change.alteration(&answer.fetched.exchange.body);
        Some(Changed { hint, answer: mutant.answer, fetched: answer.fetched.altered(&answer.request, &alteration) })
    }
}
