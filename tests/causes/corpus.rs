//! Explaining changes no verdict: every hint of the corpus and of the built-in challenges on answers that break it.

use std::collections::BTreeMap;

use grade::grader::EngineChoice;
use grade::verdict::{HintResult, Outcome};

use crate::places::check_places;
use crate::support::corpus::{ERAS, hints};
use crate::world::{Answer, World, grade};

/// Every so many-th hint of the corpus is looked at.
const STEP: usize = 5;

fn worlds() -> Vec<World> {
    let page = "<!DOCTYPE html><title>Error</title><pre>TypeError: x<br> &nbsp; at /home/me/server.js:1:2</pre>";
    let data = r#"{"dependencies":{"passport-locl":"^1.0.0"},"name":7,"unix":"1451001600000","users":[{"_id":null}],"status":"unavailable"}"#;
    [
        Answer::new(404, "text/html; charset=utf-8", page),
        Answer::new(500, "text/html; charset=utf-8", page),
        Answer::new(200, "text/html", page),
        Answer::new(200, "application/json", data),
        Answer::new(200, "text/plain", data),
        Answer::new(200, "application/json", "[1, 2, {\"a\": }"),
        Answer::new(200, "application/json", "null"),
        Answer::new(204, "", ""),
        Answer::new(200, "text/javascript", "// passport.use(new GitHubStrategy\nconst a = `x`;\n"),
        Answer { refused: true, ..Answer::new(200, "text/plain", "") },
        Answer { to: Some("/login".to_owned()), ..Answer::new(200, "text/html", page) },
    ]
    .into_iter()
    .map(|answer| World { otherwise: answer, ..World::new(BTreeMap::new()) })
    .collect()
}

fn told(result: &HintResult) -> String {
    match &result.outcome {
        // Names and messages hold times.
        Outcome::Failed(failure) => format!("failed {:?}", failure.kind),
        Outcome::Errored(_) => "errored".to_owned(),
        other => format!("{other:?}"),
    }
}

fn compare(codes: &[String]) -> BTreeMap<String, usize> {
    let mut causes: BTreeMap<String, usize> = BTreeMap::new();
    let worlds = worlds();
    for (index, code) in codes.iter().enumerate() {
        for world in worlds.iter().skip(index % 2).step_by(2) {
            let (explained, explanation) = grade(code, world, EngineChoice::Auto, true);
            let (plain, nothing) = grade(code, world, EngineChoice::Auto, false);
            assert!(nothing.is_none());
            assert_eq!(told(&explained), told(&plain), "{code}");
            let open = matches!(explained.outcome, Outcome::Failed(_) | Outcome::Errored(_));
            assert!(!open || explanation.is_some(), "nothing is said about {:?} of {code}", explained.outcome);
            if let Some(explanation) = explanation {
                check_places(&explanation, &explained);
                *causes.entry(explanation.code.id().to_owned()).or_default() += 1;
            }
        }
    }
    causes
}

#[test]
fn explaining_changes_no_verdict_of_the_corpus() {
    let mut codes = std::collections::BTreeSet::new();
    for era in ERAS {
        let Some(hints) = hints(era) else { return };
        codes.extend(hints.into_iter().map(|hint| hint.code));
    }
    let codes: Vec<String> = codes.into_iter().step_by(STEP).collect();
    let causes = compare(&codes);
    println!("{} hints: {causes:?}", codes.len());
    assert!(causes.len() >= 12, "{causes:?}");
}

#[test]
fn explaining_changes_no_verdict_of_the_built_in_challenges() {
    let index = grade::curriculum::builtin();
    let entries = index.entries().iter().filter(|entry| entry.place.language.as_deref() == Some("english"));
    let codes: Vec<String> =
        entries.flat_map(|entry| entry.challenge().unwrap().hints.iter().map(|hint| hint.code.text.clone())).collect();
    assert!(codes.len() > 20);
    let causes = compare(&codes);
    assert!(causes.len() >= 8, "{causes:?}");
}
