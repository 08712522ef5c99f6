//! From what became of the mutants to the report.

use super::model::{
    Challenge, Counts, Environment, Hint, HintCounts, Report, SCHEMA_VERSION, Summary, Survivor, Verdict,
};
use super::words;
use crate::exit::ExitStatus;
use crate::mutate::{self, Mutated, MutatedHint, diff};
use crate::report::words::note;
use crate::verdict::{HintResult, Rules};

/// What the report says besides.
#[derive(Debug, Clone)]
pub struct Conditions {
    /// The address as tests saw it.
    pub url: String,
    /// The rules that held.
    pub rules: Rules,
    /// `auto`, `ported` or `script`.
    pub engine: String,
    /// The number from which all choices followed.
    pub seed: u64,
    /// The most mutants of one hint.
    pub mutants: usize,
    /// So many survivors of each hint are told; all, if not said.
    pub survivors: Option<usize>,
}

/// The report.
pub fn collect(challenges: &[Mutated], conditions: &Conditions) -> Report {
    let mut hints = HintCounts::default();
    let mut mutants = mutate::Counts::default();
    for hint in challenges.iter().flat_map(|challenge| &challenge.hints) {
        hints.total += 1;
        *match hint.verdict {
            mutate::Verdict::CanFail => &mut hints.can_fail,
            mutate::Verdict::CannotFail(_) => &mut hints.cannot_fail,
            mutate::Verdict::CouldNotCheck(_) => &mut hints.could_not_check,
            mutate::Verdict::Skipped => &mut hints.skipped,
        } += 1;
        mutants.add(hint.counts);
    }
    Report {
        schema_version: SCHEMA_VERSION.to_owned(),
        environment: Environment {
            tool: "grade".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            rules: conditions.rules.name().to_owned(),
            engine: conditions.engine.clone(),
            url: conditions.url.clone(),
            seed: conditions.seed,
            mutants: conditions.mutants,
        },
        summary: Summary { exit_code: status(hints) as u8, hints, mutants: counts(mutants) },
        challenges: challenges.iter().map(|challenge| of_challenge(challenge, conditions)).collect(),
    }
}

/// One hint that cannot fail settles it, as one that failed does in grading.
fn status(hints: HintCounts) -> ExitStatus {
    if hints.cannot_fail > 0 {
        ExitStatus::Failed
    } else if hints.could_not_check > 0 {
        ExitStatus::CouldNotCheck
    } else if hints.can_fail > 0 {
        ExitStatus::Passed
    } else {
        ExitStatus::Unusable
    }
}

fn of_challenge(challenge: &Mutated, conditions: &Conditions) -> Challenge {
    let result = challenge.result();
    Challenge {
        id: result.id.clone(),
        title: result.title.clone(),
        dashed_name: result.dashed_name.clone(),
        block: result.block.clone(),
        language: result.language.clone(),
        file: result.file.clone(),
        hints: challenge
            .hints
            .iter()
            .zip(&result.hints)
            .map(|(hint, graded)| Hint {
                id: format!("{}/{}", result.id, graded.index),
                ..of_hint(hint, graded, &result.file, conditions)
            })
            .collect(),
    }
}

fn of_hint(hint: &MutatedHint, graded: &HintResult, file: &str, conditions: &Conditions) -> Hint {
    let shown = conditions.survivors.unwrap_or(usize::MAX).min(hint.survivors.len());
    Hint {
        id: String::new(),
        index: graded.index,
        text: graded.text.clone(),
        line: graded.line,
        verdict: match hint.verdict {
            mutate::Verdict::CanFail => Verdict::CanFail,
            mutate::Verdict::CannotFail(_) => Verdict::CannotFail,
            mutate::Verdict::CouldNotCheck(_) => Verdict::CouldNotCheck,
            mutate::Verdict::Skipped => Verdict::Skipped,
        },
        reason: words::reason(hint, graded, file, conditions.rules),
        notes: graded
            .notes
            .iter()
            .map(|known| note(known).into_owned())
            .chain(hint.ignores_bodies().then(|| words::IGNORES_BODIES.to_owned()))
            .collect(),
        requests: hint.requests,
        mutants: counts(hint.counts),
        by_kind: hint.by_kind.iter().map(|(kind, of_kind)| (words::kind(*kind).to_owned(), counts(*of_kind))).collect(),
        survivors: hint
            .survivors
            .iter()
            .take(shown)
            .map(|survivor| Survivor {
                kind: words::kind(survivor.mutant.kind).to_owned(),
                request: survivor.answer.label(),
                what: survivor.mutant.what.clone(),
                line: survivor.mutant.line,
                path: survivor.mutant.path.clone(),
                diff: diff(&survivor.mutant, &survivor.answer),
            })
            .collect(),
        survivors_left_out: hint.survivors.len() - shown,
    }
}

fn counts(counts: mutate::Counts) -> Counts {
    Counts {
        made: counts.made,
        killed: counts.killed,
        survived: counts.survived,
        could_not_check: counts.not_checked,
        not_tried: counts.not_tried,
        // To a thousandth, as nobody needs more.
        score: counts.score().map(|score| (score * 1000.0).round() / 1000.0),
    }
}
