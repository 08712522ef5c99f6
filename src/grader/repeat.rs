//! Several runs of the same challenges as one: what came out differently is flaky.

use std::time::Duration;

use super::event::Event;
use super::prepared::Prepared;
use super::result::{ChallengeResult, RunResult};
use crate::verdict::{Cause, Failure, HintResult, Outcome, Verdicts};

/// Makes one run of several. A hint that had the same outcome each time keeps it, with the facts of the first time; one that had
/// not could not be checked. Runs that were stopped early count for the hints that they came to. Nothing when there is no run.
pub fn merge(runs: Vec<RunResult>) -> Option<RunResult> {
    let mut runs = runs.into_iter();
    let mut merged = runs.next()?;
    let later: Vec<RunResult> = runs.collect();
    merged.duration += later.iter().map(|run| run.duration).sum::<Duration>();
    for (at, challenge) in merged.challenges.iter_mut().enumerate() {
        let others: Vec<&ChallengeResult> = later.iter().filter_map(|run| run.challenges.get(at)).collect();
        challenge.duration += others.iter().map(|other| other.duration).sum::<Duration>();
        for hint in &mut challenge.hints {
            let again: Vec<&HintResult> = others.iter().filter_map(|other| other.hints.get(hint.index)).collect();
            settle(hint, &again);
        }
    }
    Some(merged)
}

fn settle(hint: &mut HintResult, again: &[&HintResult]) {
    hint.duration += again.iter().map(|other| other.duration).sum::<Duration>();
    let mut verdicts = Verdicts::default();
    std::iter::once(&*hint).chain(again.iter().copied()).for_each(|result| count(&mut verdicts, &result.outcome));
    if verdicts.agree() {
        return;
    }
    // The facts of a time when it failed say most.
    if !matches!(hint.outcome, Outcome::Failed(_))
        && let Some(failed) = again.iter().find(|other| matches!(other.outcome, Outcome::Failed(_)))
    {
        let duration = hint.duration;
        *hint = (*failed).clone();
        hint.duration = duration;
    }
    let failure: Option<Box<Failure>> = match &hint.outcome {
        Outcome::Failed(failure) => Some(failure.clone()),
        _ => None,
    };
    hint.outcome = Outcome::Errored(Cause::Flaky { verdicts, failure });
}

/// Counts an outcome that says something about the project.
fn count(verdicts: &mut Verdicts, outcome: &Outcome) {
    match outcome {
        Outcome::Passed => verdicts.passed += 1,
        Outcome::Failed(_) => verdicts.failed += 1,
        Outcome::Errored(_) => verdicts.errored += 1,
        Outcome::Unchecked | Outcome::Skipped(_) => {}
    }
}

/// Tells a run that is over as if it happened now.
pub fn replay(run: &RunResult, challenges: &[Prepared], observe: &mut dyn FnMut(&Event<'_>)) {
    observe(&Event::Started { challenges });
    for (challenge, result) in challenges.iter().zip(&run.challenges) {
        observe(&Event::ChallengeStarted { challenge });
        for hint in &result.hints {
            observe(&Event::HintStarted { challenge, index: hint.index });
            observe(&Event::HintFinished { challenge, result: hint });
        }
        observe(&Event::ChallengeFinished { challenge, result });
    }
    observe(&Event::Finished { run });
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::*;
    use crate::verdict::{FailureKind, Rules, SkipReason};

    fn failed() -> Outcome {
        Outcome::Failed(Box::new(Failure {
            kind: FailureKind::Assertion,
            message: "no".to_owned(),
            assertion: None,
            refusal: None,
            position: None,
        }))
    }

    fn run(outcomes: Vec<Outcome>) -> RunResult {
        let hints = outcomes.into_iter().enumerate().map(|(index, outcome)| HintResult {
            index,
            text: String::new(),
            outcome,
            notes: Vec::new(),
            engine: None,
            exchanges: Vec::new(),
            console: Vec::new(),
            line: 1,
            duration: Duration::from_secs(1),
        });
        let challenge = ChallengeResult {
            id: String::new(),
            title: String::new(),
            dashed_name: None,
            block: None,
            language: None,
            file: String::new(),
            hints: hints.collect(),
            duration: Duration::from_secs(2),
        };
        RunResult {
            code: String::new(),
            rules: Rules::Honest,
            started: SystemTime::UNIX_EPOCH,
            duration: Duration::from_secs(3),
            challenges: vec![challenge],
        }
    }

    #[test]
    fn what_differs_is_flaky_and_what_does_not_stays() {
        let limit = || Outcome::Errored(Cause::Limit { name: String::new() });
        let stopped = || Outcome::Skipped(SkipReason::Stopped);
        let merged = merge(vec![
            run(vec![Outcome::Passed, failed(), Outcome::Passed, Outcome::Unchecked, limit(), Outcome::Passed]),
            run(vec![Outcome::Passed, failed(), failed(), Outcome::Unchecked, Outcome::Passed, stopped()]),
            run(vec![Outcome::Passed, failed(), Outcome::Passed, Outcome::Unchecked, limit(), stopped()]),
        ])
        .unwrap();
        let hints = &merged.challenges[0].hints;
        let flaky = |at: usize| match &hints[at].outcome {
            Outcome::Errored(Cause::Flaky { verdicts, failure }) => {
                Some((verdicts.passed, verdicts.failed, verdicts.errored, failure.is_some()))
            }
            _ => None,
        };
        assert!(matches!(hints[0].outcome, Outcome::Passed) && matches!(hints[1].outcome, Outcome::Failed(_)));
        assert_eq!(flaky(2), Some((2, 1, 0, true)));
        assert!(matches!(hints[3].outcome, Outcome::Unchecked));
        assert_eq!(flaky(4), Some((1, 0, 2, false)));
        assert!(matches!(hints[5].outcome, Outcome::Passed));
        assert_eq!((merged.duration, hints[2].duration), (Duration::from_secs(9), Duration::from_secs(3)));
        assert!(merge(Vec::new()).is_none());
    }
}
