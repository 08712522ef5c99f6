//! Nothing passes because nothing was there: servers that only answer something pass no hint that looks at the answer.
//!
//! The real curriculum (where it is present) and the built-in challenges are graded against servers that know nothing of
//! what is asked for. What passes all the same is listed here, each with the reason why the test itself lets it.
#![allow(clippy::unwrap_used, reason = "a test")]

mod support;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use grade::curriculum::{builtin, load};
use grade::fetch::{Client, FetchSettings};
use grade::grader::{GradeSettings, Grader, Prepared};
use grade::submission::{WebSubmission, normalize};
use grade::testbed::{Fault, Faults, Project, Testbed};
use grade::verdict::Outcome;

/// Servers that have nothing to do with any challenge.
fn servers() -> [(&'static str, Fault); 4] {
    [
        ("empty", Fault::Empty),
        ("404 page", Fault::NotFound),
        ("error page with status 200", Fault::HtmlError),
        ("echo", Fault::Echo),
    ]
}

fn prepared(index: &grade::curriculum::Index) -> Vec<Prepared> {
    let gradable = index.entries().iter().filter(|entry| entry.not_gradable().is_none());
    gradable
        .filter_map(|entry| {
            let challenge = Arc::new(entry.challenge()?.clone());
            let file = entry.path.display().to_string();
            Some(Prepared::new(challenge, file, entry.place.block.clone(), entry.place.language.clone()))
        })
        .collect()
}

fn corpus() -> Option<Vec<Prepared>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    if !root.is_dir() {
        println!("skipped: no corpus at ../shared/corpus");
        return None;
    }
    let folders: Vec<PathBuf> = support::corpus::ERAS.iter().map(|era| root.join(era)).collect();
    Some(prepared(&load(&folders).unwrap().index))
}

/// Hints that such a server passes: by which of them, by `dashed-name hint` (from 1), with the reason. A browser passes
/// them too.
const KNOWN: &[(&[&str], &[&str], &str)] = &[
    (
        &["empty", "404 page", "error page with status 200", "echo"],
        &[
            "exercise-tracker 1",
            "file-metadata-microservice 1",
            "request-header-parser-microservice 1",
            "timestamp-microservice 1",
            "url-shortener-microservice 1",
        ],
        "looks only at the address that was handed in, and asks the project nothing",
    ),
    (
        &["empty", "error page with status 200", "echo"],
        &["exercise-tracker 2", "exercise-tracker 4"],
        "asserts the status 200 and nothing about the body",
    ),
    (
        &["echo"],
        &["exercise-tracker 7", "exercise-tracker 9"],
        "asserts statuses, and wants some JSON object of the first answer",
    ),
    (&["404 page"], &["serve-static-assets 2"], "asserts that a file outside of `public` is answered with 404"),
];

/// How many hints were looked at, and which passed against such a server.
fn passing(challenges: &[Prepared], fault: Fault) -> (usize, BTreeSet<String>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let server = Testbed::start(Project::default(), Faults::everywhere(fault)).await.unwrap();
        let url = normalize(server.url().as_str()).unwrap();
        let submission = WebSubmission::new(url, Client::new(FetchSettings::default()).unwrap());
        let run = Grader::new(&submission, GradeSettings::default()).run(challenges, &mut |_| {}).await;
        let mut passed = BTreeSet::new();
        for challenge in &run.challenges {
            for hint in &challenge.hints {
                match &hint.outcome {
                    Outcome::Passed => {
                        let name = challenge.dashed_name.as_deref().unwrap_or(&challenge.id);
                        passed.insert(format!("{name} {}", hint.index + 1));
                    }
                    Outcome::Errored(cause) => panic!("{} {}: {cause:?}", challenge.file, hint.index + 1),
                    _ => {}
                }
            }
        }
        (run.counts().checked(), passed)
    })
}

#[test]
fn servers_that_know_nothing_pass_nothing_of_the_corpus() {
    let Some(challenges) = corpus() else { return };
    for (name, fault) in servers() {
        let known = KNOWN.iter().filter(|(servers, ..)| servers.contains(&name));
        let known: BTreeSet<String> = known.flat_map(|(_, hints, _)| hints.iter().map(ToString::to_string)).collect();
        let (checked, passed) = passing(&challenges, fault);
        println!("{name}: {checked} hints checked, {} pass for a known reason", passed.len());
        assert!(checked > 700, "{name}: only {checked} hints were checked");
        assert_eq!(passed, known, "against the server `{name}`");
    }
}

#[test]
fn servers_that_know_nothing_pass_nothing_of_the_built_in_challenges() {
    let challenges = prepared(&builtin());
    assert!(challenges.len() > 10);
    for (name, fault) in servers() {
        let (checked, passed) = passing(&challenges, fault);
        assert!(passed.is_empty(), "{name}: {passed:?} of {checked}");
    }
}
