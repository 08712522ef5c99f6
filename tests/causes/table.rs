//! The labelled cases of `tests/causes/cases`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use grade::explain::Code;
use grade::grader::EngineChoice;
use grade::verdict::Outcome;
use serde::Deserialize;

use crate::places::check_places;
use crate::world::{World, Written, grade};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    /// The test block.
    test: String,
    /// Answers by path.
    #[serde(default)]
    answers: BTreeMap<String, Written>,
    /// The project's address.
    url: Option<String>,
    /// The cause.
    code: Option<String>,
    /// A cause that must not be named: a near miss of the others in its file.
    not: Option<String>,
    /// What the headline says.
    #[serde(default)]
    says: String,
    /// What the help says.
    #[serde(default)]
    help: String,
    /// Line and column that it points at.
    at: Option<(usize, usize)>,
    /// The cause in the script engine, which knows fewer facts, where it is another one.
    script: Option<String>,
}

fn cases() -> Vec<(String, Case)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/causes/cases");
    let mut files: Vec<_> = std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut all = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let cases: Vec<Case> =
            serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        all.extend(cases.into_iter().map(|case| (name.clone(), case)));
    }
    all
}

#[test]
fn every_case_has_its_cause() {
    let mut wrong = Vec::new();
    let mut given: BTreeMap<String, usize> = BTreeMap::new();
    let mut refused: BTreeSet<String> = BTreeSet::new();
    for (file, case) in cases() {
        let answers = case.answers.clone().into_iter().map(|(path, answer)| (path, answer.into())).collect();
        let mut world = World::new(answers);
        if let Some(url) = &case.url {
            world.url.clone_from(url);
        }
        for engine in [EngineChoice::Auto, EngineChoice::Script] {
            let (result, explanation) = grade(&case.test, &world, engine, true);
            let name = format!("{file}: {} ({engine:?})", case.name);
            if !matches!(result.outcome, Outcome::Failed(_) | Outcome::Errored(_)) {
                wrong.push(format!("{name}: is {:?}", result.outcome));
                continue;
            }
            let Some(explanation) = explanation else {
                wrong.push(format!("{name}: no explanation of {:?}", result.outcome));
                continue;
            };
            check_places(&explanation, &result);
            let wanted = match (engine, &case.script) {
                (EngineChoice::Script, Some(code)) => Some(code),
                _ => case.code.as_ref(),
            };
            let same_code = wanted.is_none_or(|code| code == explanation.code.id());
            let not = case.not.as_ref().is_none_or(|code| code != explanation.code.id());
            let says =
                case.script.is_some() && engine == EngineChoice::Script || explanation.headline.contains(&case.says);
            let help = case.script.is_some() || explanation.help.clone().unwrap_or_default().contains(&case.help);
            let at = case.at.is_none()
                || engine == EngineChoice::Script
                || explanation.place().map(|(_, line, column)| (line, column)) == case.at;
            if !(same_code && not && says && help && at) {
                wrong.push(format!("{name}: is {explanation:#?}"));
            }
        }
        if let Some(code) = case.code {
            *given.entry(code).or_default() += 1;
        }
        refused.extend(case.not);
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    for code in Code::ALL.iter().map(|code| code.id()).filter(|code| code.starts_with("E2") || code.starts_with("E3")) {
        let count = given.get(code).copied().unwrap_or(0);
        assert!(count >= 4, "{code} has {count} cases");
        assert!(refused.contains(code), "{code} has no near miss");
    }
}
