//! The hints of the real curriculum, where it is there: what no answer at all can fail, against servers that give none.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use grade::challenge::{Source, parse};
use grade::fetch::{Client, FetchSettings};
use grade::grader::{GradeSettings, Grader, Prepared};
use grade::mutate::{Settings, Verdict};
use grade::submission::{WebSubmission, normalize};
use grade::testbed::{Fault, Faults, Project};
use grade::verdict::{Outcome, Rules};

use crate::support::World;

/// The challenges of today's curriculum that are graded by URL.
fn challenges() -> Vec<Prepared> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/C");
    let mut folders = vec![root];
    let mut files: Vec<PathBuf> = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    files
        .into_iter()
        .filter_map(|path| {
            let name = path.display().to_string();
            let challenge = parse(&Source::from_bytes(name.clone(), std::fs::read(&path).unwrap())).ok()?;
            matches!(challenge.challenge_type, 2 | 4).then(|| Prepared::new(Arc::new(challenge), name, None, None))
        })
        .collect()
}

fn name(prepared: &Prepared, hint: usize) -> String {
    format!("{} {hint}", prepared.file)
}

/// The hints that pass against a server that misbehaves so everywhere, under the browser's rules.
fn passing(world: &World, submission: &WebSubmission, challenges: &[Prepared]) -> BTreeSet<String> {
    let settings = GradeSettings { rules: Rules::Browser, ..GradeSettings::default() };
    let run = world.runtime.block_on(Grader::new(submission, settings).run(challenges, &mut |_| {}));
    let mut names = BTreeSet::new();
    for (prepared, challenge) in challenges.iter().zip(&run.challenges) {
        let passed = challenge.hints.iter().filter(|hint| matches!(hint.outcome, Outcome::Passed));
        names.extend(passed.map(|hint| name(prepared, hint.index)));
    }
    names
}

#[test]
fn what_passes_without_any_answer_cannot_fail() {
    let challenges = challenges();
    if challenges.is_empty() {
        println!("skipped: no corpus at ../shared/corpus");
        return;
    }
    let everywhere = |fault: Fault| World::with(Rules::Browser, Project::default(), Faults::everywhere(fault));
    let client = Client::new(FetchSettings { keep_xhr_cookies: false, ..FetchSettings::default() }).unwrap();
    let nobody = WebSubmission::new(normalize("http://127.0.0.1:1").unwrap(), client);
    let world = everywhere(Fault::NotFound);
    let mut always = passing(&world, &nobody, &challenges);
    for world in [&world, &everywhere(Fault::Empty)] {
        let passed = passing(world, &world.submission(), &challenges);
        always = always.intersection(&passed).cloned().collect();
    }
    let mut named = BTreeSet::new();
    let mut hints = 0;
    for prepared in &challenges {
        let mutated = world.mutate_by(prepared, &Settings { mutants: 10, ..world.settings() }, &nobody);
        for (index, hint) in mutated.hints.iter().enumerate() {
            hints += 1;
            if let Verdict::CannotFail(_) = hint.verdict {
                named.insert(name(prepared, index));
            }
        }
    }
    println!("{} of {hints} hints cannot fail", named.len());
    assert_eq!(named, always);
    assert!(named.len() > 30, "{}", named.len());
}
