//! What `grade lint` says about tests that cannot fail, held against the truth: what becomes of them against servers
//! that have nothing to offer. README.md says how, and lists what differs.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::result_large_err, reason = "a test")]

mod blocks;
mod oracle;

#[path = "../support/corpus.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod corpus;

use std::collections::HashSet;
use std::fmt::Write as _;

use grade::challenge::Source;
use grade::curriculum::builtin;
use grade::lint::{File, Flow, flow_of};
use grade::sandbox::Rules;

use oracle::{Oracle, Truth};

/// What is said of a block without running it.
fn said(code: &str) -> Flow {
    let fence = "`".repeat(8);
    let text = format!(
        "---\nid: 5895f70df9fc0f352b528e6a\ntitle: Vacuous\nchallengeType: 4\ndashedName: vacuous\n---\n\n\
         # --description--\n\nA.\n\n# --hints--\n\nA hint.\n\n{fence}js\n{code}\n{fence}\n"
    );
    let source = Source::from_bytes("vacuous.md".to_owned(), text.into_bytes());
    flow_of(&File::new(&source), 0).unwrap_or_else(|| panic!("no JavaScript: {code}"))
}

/// How what is said of a block differs from the truth.
fn difference(code: &str, truth: &Truth) -> Option<String> {
    let flow = said(code);
    let (there, honestly) = (flow.cannot_fail(Rules::Browser), flow.cannot_fail(Rules::Honest));
    let mut told = String::new();
    if there.is_some() != truth.passes_there {
        let _ = write!(told, "by the browser's rules: {there:?}; ");
    }
    if honestly.is_some() != truth.passes_honestly {
        let _ = write!(told, "by honest rules: {honestly:?}; ");
    }
    // The note is about hints that pass there.
    if (there.is_some() && flow.leaves_work()) != truth.noted {
        let _ = write!(told, "leaves work: {}; ", flow.leaves_work());
    }
    (!told.is_empty()).then(|| format!("{told}in truth:\n    {}\n{code}\n", truth.told.join("\n    ")))
}

/// What came of comparing blocks: their names.
#[derive(Default)]
struct Compared {
    /// Those that differ and are not known to.
    differing: Vec<String>,
    /// Those that cannot fail in a browser.
    vacuous: Vec<String>,
    /// Those that cannot fail by honest rules either, and are not known to.
    honestly: Vec<String>,
}

fn compare(blocks: &[(String, &str)], known: &[(&str, &str)]) -> Compared {
    let oracle = Oracle::new();
    let mut compared = Compared::default();
    for (name, code) in blocks {
        let truth = oracle.truth(code);
        let known = known.iter().find(|(part, _)| code.contains(part));
        match (difference(code, &truth), known) {
            (Some(difference), None) => compared.differing.push(format!("{name}: {difference}")),
            (None, Some((_, why))) => compared.differing.push(format!("{name}: no exception any more ({why})")),
            _ => {}
        }
        if truth.passes_there {
            compared.vacuous.push(name.clone());
        }
        if truth.passes_honestly && known.is_none() {
            compared.honestly.push(name.clone());
        }
    }
    let (all, vacuous, differing) = (blocks.len(), compared.vacuous.len(), &compared.differing);
    println!("{all} blocks, {vacuous} of them cannot fail in a browser");
    assert!(differing.is_empty(), "{} differ:\n{}", differing.len(), differing.join("\n"));
    compared
}

#[test]
fn blocks_of_every_sort() {
    let known = blocks::EXCEPTIONS.iter().map(|(code, _)| *code);
    let blocks: Vec<(String, &str)> =
        blocks::BLOCKS.iter().copied().chain(known).map(|it| (String::new(), it)).collect();
    let compared = compare(&blocks, blocks::EXCEPTIONS);
    // Both sorts are there in numbers, or this would show nothing.
    assert!(compared.vacuous.len() > 80 && blocks.len() - compared.vacuous.len() > 60);
}

#[test]
fn every_hint_of_the_built_in_challenges() {
    let index = builtin();
    let challenges = index.entries().iter().filter_map(|entry| Some((entry.path.display(), entry.challenge()?)));
    let hints = challenges.flat_map(|(path, challenge)| {
        let hints = challenge.hints.iter().enumerate();
        hints.map(move |(at, hint)| (format!("{path} hint {}", at + 1), hint.code.text.as_str()))
    });
    let hints: Vec<(String, &str)> = hints.collect();
    assert!(hints.len() > 20, "only {} hints", hints.len());
    let compared = compare(&hints, &[]);
    assert!(compared.vacuous.is_empty(), "{:?}", compared.vacuous);
}

/// Hints of the corpus on which the truth and the rules differ: a part of their code, and why.
const EXCEPTIONS: &[(&str, &str)] = &[
    (ROCKS[0], "looks only at the address that was handed in: it fails for another one"),
    (ROCKS[1], "the same"),
    (ROCKS[2], "the same"),
    (ROCKS[3], "the same"),
    (ROCKS[4], "the same"),
];

/// The addresses that these hints refuse.
const ROCKS: [&str; 5] = [
    r"/.*\/exercise-tracker\.freecodecamp\.rocks/",
    r"/.*\/file-metadata-microservice\.freecodecamp\.rocks/",
    r"/.*\/request-header-parser-microservice\.freecodecamp\.rocks/",
    r"/.*\/timestamp-microservice\.freecodecamp\.rocks/",
    r"/.*\/url-shortener-microservice\.freecodecamp\.rocks/",
];

#[test]
fn every_hint_of_the_corpus() {
    let mut hints = Vec::new();
    for era in corpus::ERAS {
        let Some(found) = corpus::hints(era) else { return };
        hints.extend(found);
    }
    let mut known = HashSet::new();
    let blocks: Vec<(String, &str)> = hints
        .iter()
        .filter(|hint| known.insert(hint.code.as_str()))
        .map(|hint| (format!("{} hint {}", hint.file, hint.index + 1), hint.code.as_str()))
        .collect();
    assert!(blocks.len() > 300, "only {} blocks", blocks.len());
    let compared = compare(&blocks, EXCEPTIONS);
    assert!(compared.vacuous.len() >= 45, "only {} cannot fail", compared.vacuous.len());
    assert!(compared.honestly.is_empty(), "{:?}", compared.honestly);
}
