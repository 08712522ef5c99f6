//! From what became of each hint to what is said about each challenge.

use std::path::Path;

use super::project::{End, Seen};
use super::subjects::{Subject, Subjects};
use super::work::Work;
use crate::report::model::{Hint, Outcome};
use crate::report::verify::{Expected, Finding, HintLine, ManifestPlace, Verdict, VerifiedChallenge, VerifiedProject};
use crate::verify::{Comparison, Expectation, Found, Got, Mismatch, Project, Role, Want, compare};

/// The challenges, each with the projects that it was graded against.
pub fn assemble(subjects: &Subjects, all: &[Work], ends: &[End]) -> Vec<VerifiedChallenge> {
    let mut challenges: Vec<VerifiedChallenge> = subjects.subjects.iter().map(challenge).collect();
    for (work, end) in all.iter().zip(ends) {
        let Some(project) = work.found.manifest.projects.get(work.project) else { continue };
        for (at, (index, expected)) in work.challenges.iter().enumerate() {
            let Some(challenge) = challenges.get_mut(*index) else { continue };
            let verified = verified(project, &work.found, expected, end, at);
            if project.role == Role::Starter {
                challenge.passes_on_starter = passes(end, at);
            }
            challenge.projects.push(verified);
        }
    }
    for challenge in &mut challenges {
        challenge.verdict = verdict(challenge);
    }
    challenges
}

fn challenge(subject: &Subject) -> VerifiedChallenge {
    let entry = &subject.entry;
    VerifiedChallenge {
        id: entry.id().unwrap_or_default().to_owned(),
        title: entry.title().unwrap_or_default().to_owned(),
        name: full_name(subject),
        file: relative(&entry.path),
        verdict: Verdict::NoFixtures,
        manifest: subject.found.as_ref().map(|found| found.path.display().to_string()),
        passes_on_starter: Vec::new(),
        projects: Vec::new(),
    }
}

/// Language, block and the name to call it by.
fn full_name(subject: &Subject) -> String {
    let place = &subject.entry.place;
    let name = subject.entry.dashed_name().unwrap_or(&place.stem);
    let parts = [place.language.as_deref(), place.block.as_deref(), Some(name)];
    parts.into_iter().flatten().collect::<Vec<_>>().join("/")
}

fn relative(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(here).unwrap_or(path).display().to_string()
}

fn verdict(challenge: &VerifiedChallenge) -> Verdict {
    let any = |verdict| challenge.projects.iter().any(|project| project.verdict == verdict);
    if challenge.projects.is_empty() {
        Verdict::NoFixtures
    } else if any(Verdict::NotAsExpected) {
        Verdict::NotAsExpected
    } else if any(Verdict::CouldNotCheck) {
        Verdict::CouldNotCheck
    } else {
        Verdict::AsExpected
    }
}

/// The challenge at this place of the work, as it was graded.
fn seen(end: &End, at: usize) -> Option<&Seen> {
    match end {
        End::Graded { challenges, .. } => challenges.get(at),
        End::Broken { .. } | End::Interrupted => None,
    }
}

fn passes(end: &End, at: usize) -> Vec<HintLine> {
    let hints = seen(end, at).into_iter().flat_map(|seen| &seen.challenge.hints);
    hints
        .filter(|hint| hint.outcome == Outcome::Passed)
        .map(|hint| HintLine { index: hint.index, text: hint.text.clone(), line: hint.place.line })
        .collect()
}

fn verified(project: &Project, found: &Found, expected: &Expectation, end: &End, at: usize) -> VerifiedProject {
    let mut verified = VerifiedProject {
        role: project.role.name().to_owned(),
        name: project.name.clone(),
        why: project.why.clone(),
        place: ManifestPlace {
            file: found.path.display().to_string(),
            line: project.place.line,
            column: project.place.column,
        },
        verdict: Verdict::CouldNotCheck,
        outcomes: Vec::new(),
        trouble: None,
        findings: Vec::new(),
    };
    match end {
        End::Graded { trouble, .. } => verified.trouble.clone_from(trouble),
        End::Broken { why, .. } => verified.trouble = Some(why.clone()),
        End::Interrupted => verified.trouble = Some("the run was interrupted".to_owned()),
    }
    if let Some(seen) = seen(end, at) {
        let got: Vec<Got> = seen.challenge.hints.iter().map(|hint| got(hint.outcome)).collect();
        let comparison = compare(expected, &got);
        verified.outcomes = seen.challenge.hints.iter().map(|hint| hint.outcome).collect();
        verified.verdict = match &comparison {
            met if met.is_met() => Verdict::AsExpected,
            Comparison { mismatches, .. } if !mismatches.is_empty() => Verdict::NotAsExpected,
            _ => Verdict::CouldNotCheck,
        };
        verified.findings = findings(&comparison, seen, project.role);
    }
    verified
}

fn got(outcome: Outcome) -> Got {
    match outcome {
        Outcome::Passed => Got::Passed,
        Outcome::Failed => Got::Failed,
        Outcome::Errored => Got::Errored,
        Outcome::Unchecked => Got::Unchecked,
        Outcome::Skipped => Got::Skipped,
    }
}

fn findings(comparison: &Comparison, seen: &Seen, role: Role) -> Vec<Finding> {
    let hint = |index: usize| -> (Option<Hint>, String) {
        (seen.challenge.hints.get(index).cloned(), seen.shown.get(index).cloned().unwrap_or_default())
    };
    let about = |index: usize, expected: Expected, text: String| {
        let (hint, shown) = hint(index);
        Finding { expected, text, hint, shown }
    };
    let mismatches = comparison.mismatches.iter().map(|mismatch| match *mismatch {
        Mismatch::Hint { index, want: Want::Pass } => {
            about(index, Expected::Pass, format!("hint {}: expected to pass, but it fails", index + 1))
        }
        Mismatch::Hint { index, want: Want::Fail } => {
            about(index, Expected::Fail, format!("hint {}: expected to fail, but it passes", index + 1))
        }
        Mismatch::NothingFails => {
            Finding { expected: Expected::SomeFail, text: nothing_fails(seen), hint: None, shown: String::new() }
        }
        Mismatch::NothingChecked => Finding {
            expected: Expected::SomeChecked,
            text: "no hint has a test, so the challenge checks nothing".to_owned(),
            hint: None,
            shown: String::new(),
        },
    });
    let open = comparison.open.iter().map(|&index| {
        let skipped = seen.challenge.hints.get(index).is_some_and(|hint| hint.outcome == Outcome::Skipped);
        let why = match role {
            // Only a folder leaves something undecided.
            _ if skipped => "files alone do not decide it; `start` the project, or record its answers",
            Role::Starter => "one of the hints has to fail, and this one could not be checked",
            _ => "could not be checked",
        };
        about(index, Expected::AVerdict, format!("hint {}: {why}", index + 1))
    });
    mismatches.chain(open).collect()
}

fn nothing_fails(seen: &Seen) -> String {
    let passed = seen.challenge.hints.iter().filter(|hint| hint.outcome == Outcome::Passed).count();
    match passed {
        0 => "expected at least one hint to fail, but none has a test".to_owned(),
        1 => "expected at least one hint to fail, but the only one passes before the learner did anything".to_owned(),
        all => format!("expected at least one hint to fail, but all {all} pass before the learner did anything"),
    }
}
