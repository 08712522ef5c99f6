//! Every sample project, by its folder and by its URL.

use std::sync::Arc;

use grade::curriculum::builtin;
use grade::fetch::{Client, FetchSettings};
use grade::grader::{EngineChoice, Prepared};
use grade::submission::{WebSubmission, normalize};
use grade::testbed::{Sample, Testbed, samples};
use grade::verdict::{HintResult, Outcome};

use super::{lay, of_folder, run, word};

fn builtin_challenges() -> Vec<(String, Prepared)> {
    let prepare = |entry: &Arc<grade::curriculum::Entry>| {
        let challenge = Arc::new(entry.challenge().unwrap().clone());
        let name = format!("{}/{}", entry.place.block.as_deref().unwrap(), challenge.dashed_name.as_deref().unwrap());
        let file = entry.path.display().to_string();
        (name, Prepared::new(challenge, file, entry.place.block.clone(), entry.place.language.clone()))
    };
    builtin().entries().iter().map(prepare).collect()
}

fn laid(sample: &Sample) -> tempfile::TempDir {
    lay(sample.project.files.iter().map(|(name, content)| (name.as_str(), &content[..])))
}

/// What is to be the same: verdict, place in the test, text and pattern that were looked at, and the file of each answer.
fn facts(hint: &HintResult) -> String {
    let files: Vec<_> = hint.exchanges.iter().map(|exchange| (exchange.file.clone(), exchange.status())).collect();
    let failure = match &hint.outcome {
        Outcome::Failed(failure) => {
            let text = failure.assertion.as_ref().and_then(|facts| facts.text.as_ref());
            let text = text.map(|text| (text.pattern.clone(), text.text.to_string()));
            Some((failure.position, failure.message.clone(), text))
        }
        _ => None,
    };
    format!("{} {files:?} {failure:?}", word(&hint.outcome))
}

#[tokio::test]
async fn a_folder_has_the_verdicts_of_its_project_or_none() {
    let challenges = builtin_challenges();
    let (mut same, mut undecided) = (0, 0);
    for sample in samples().unwrap() {
        let folder = laid(&sample);
        let running = Testbed::start(sample.project.clone(), sample.faults.clone()).await.unwrap();
        let client = Client::new(FetchSettings::default()).unwrap();
        let by_url = WebSubmission::new(normalize(running.url().as_str()).unwrap(), client);
        let by_url = by_url.with_files(folder.path()).unwrap();
        let by_folder = of_folder(folder.path());
        for engine in [EngineChoice::Auto, EngineChoice::Script] {
            for (name, challenge) in &challenges {
                let there = run(&by_url, engine, std::slice::from_ref(challenge)).await;
                let here = run(&by_folder, engine, std::slice::from_ref(challenge)).await;
                let owners = name.ends_with("/handle-a-disconnect");
                for (there, here) in there.challenges[0].hints.iter().zip(&here.challenges[0].hints) {
                    let place = format!("{}: {name}, hint {} ({engine:?})", sample.name, here.index + 1);
                    if word(&here.outcome) == "needs a running project" {
                        // What these projects lack is in the answers of their servers, which a folder does not give.
                        let in_answers = ["no-cors", "starter"].contains(&sample.name.as_str());
                        assert!(!owners || in_answers, "{place} could have been graded");
                        undecided += 1;
                    } else {
                        assert_eq!(facts(here), facts(there), "{place}");
                        same += 1;
                    }
                }
            }
        }
        running.stop().await;
    }
    println!("{same} outcomes are the same, {undecided} need the running project");
    assert!(same > 500 && undecided > 100, "{same}, {undecided}");
}

#[tokio::test]
async fn answers_of_a_folder_name_their_file() {
    let sample = samples().unwrap().into_iter().find(|sample| sample.name == "no-disconnect").unwrap();
    let folder = laid(&sample);
    let (_, challenge) =
        builtin_challenges().into_iter().find(|(name, _)| name.ends_with("/handle-a-disconnect")).unwrap();
    let run = run(&of_folder(folder.path()), EngineChoice::Auto, &[challenge]).await;
    let files: Vec<_> = run.challenges[0]
        .hints
        .iter()
        .flat_map(|hint| hint.exchanges.iter().map(|e| e.file.clone().unwrap()))
        .collect();
    assert_eq!(files, ["server.js".into(), std::sync::Arc::<str>::from("public/client.js")]);
}
