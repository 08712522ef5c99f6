//! Every sample project against every built-in challenge: the outcomes of `fixtures/manifest.json`, by each engine.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test")]

use std::sync::Arc;

use grade::curriculum::builtin;
use grade::fetch::{Client, FetchSettings};
use grade::grader::{EngineChoice, GradeSettings, Grader, Prepared};
use grade::submission::{WebSubmission, normalize};
use grade::testbed::{Testbed, samples};
use grade::verdict::Outcome;

fn word(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Passed => "passed".to_owned(),
        Outcome::Failed(_) => "failed".to_owned(),
        other => format!("{other:?}"),
    }
}

#[tokio::test]
async fn every_sample_has_the_outcomes_of_the_manifest() {
    let challenges: Vec<(String, Prepared)> = builtin()
        .entries()
        .iter()
        .map(|entry| {
            let challenge = Arc::new(entry.challenge().expect("built-in challenges are valid").clone());
            let block = entry.place.block.clone().unwrap();
            let name = format!("{block}/{}", challenge.dashed_name.as_deref().unwrap());
            let prepared =
                Prepared::new(challenge, entry.path.display().to_string(), Some(block), entry.place.language.clone());
            (name, prepared)
        })
        .collect();
    assert!(challenges.len() >= 17, "eight challenges in two languages, and the owner's");
    let mut compared = 0;
    for engine in [EngineChoice::Auto, EngineChoice::Script] {
        for sample in samples().unwrap() {
            let running = Testbed::start(sample.project.clone(), sample.faults.clone()).await.unwrap();
            let client = Client::new(FetchSettings::default()).unwrap();
            let submission = WebSubmission::new(normalize(running.url().as_str()).unwrap(), client);
            for (name, prepared) in &challenges {
                let settings = GradeSettings { engine, ..GradeSettings::default() };
                let run = Grader::new(&submission, settings).run(std::slice::from_ref(prepared), &mut |_| {}).await;
                let outcomes: Vec<String> = run.challenges[0].hints.iter().map(|hint| word(&hint.outcome)).collect();
                let expected = sample.expected.get(name).unwrap_or_else(|| panic!("{} lacks {name}", sample.name));
                assert_eq!(&outcomes, expected, "{} against {} ({engine:?})", sample.name, prepared.file);
                compared += outcomes.len();
            }
            running.stop().await;
        }
    }
    println!("{compared} outcomes compared");
}
