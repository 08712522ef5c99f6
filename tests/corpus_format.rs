//! The parser against the reference parses of the development corpus, where that is present.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail by panicking")]

#[path = "support/format_mutations.rs"]
mod mutations;
#[path = "support/format_oracle.rs"]
mod oracle;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use grade::challenge::{Challenge, Outline, Problem, ProblemKind, Source, Stage, parse};
use grade::lint::{Level, Levels, Linter};
use serde_json::{Value, json};

fn corpus() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    if folder.join("expected").is_dir() {
        return Some(folder);
    }
    println!("skipped: no corpus beside this crate");
    None
}

fn files(folder: &Path, extension: &str, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, extension, found);
        } else if path.extension().is_some_and(|found| found == extension) {
            found.push(path);
        }
    }
    found.sort();
}

struct Read {
    outline: Outline,
    problems: Vec<Problem>,
    accepted: bool,
}

fn read(path: &Path) -> Read {
    let source = Source::from_bytes(path.display().to_string(), fs::read(path).unwrap());
    match parse(&source) {
        Ok(challenge) => Read {
            problems: challenge.warnings.clone(),
            accepted: true,
            outline: Outline {
                front_matter: Some(challenge.front_matter),
                sections: challenge.sections,
                hints: challenge.hints,
                hooks: challenge.hooks,
                ..Outline::default()
            },
        },
        Err(errors) => Read { problems: errors.problems, accepted: false, outline: *errors.outline },
    }
}

/// Our parse in the words of the reference.
fn ours(read: &Read) -> Value {
    let Read { outline, problems, .. } = read;
    let stages: BTreeSet<&str> = problems
        .iter()
        .filter_map(|problem| problem.stage)
        .filter(|stage| *stage != Stage::Text)
        .map(Stage::name)
        .collect();
    let strict = problems.iter().filter_map(|problem| match problem.kind {
        ProblemKind::MarkerUnknown => Some("unknown-marker"),
        ProblemKind::MarkerLevel => Some("heading-level"),
        ProblemKind::MarkerNoHeading => Some("no-heading"),
        _ => None,
    });
    let mut hooks = serde_json::Map::new();
    let found = &outline.hooks;
    for (name, hook) in [
        ("beforeAll", &found.before_all),
        ("beforeEach", &found.before_each),
        ("afterEach", &found.after_each),
        ("afterAll", &found.after_all),
    ] {
        if let Some(code) = hook {
            hooks.insert(name.to_owned(), code.text.clone().into());
        }
    }
    let mut strict: Vec<&str> = strict.collect();
    strict.sort_unstable();
    json!({
        "frontMatter": outline.front_matter.as_ref().map(grade::challenge::FrontMatter::to_json),
        "hints": outline.hints.iter().map(|hint| json!({
            "text": hint.text, "markdown": hint.markdown.text, "code": hint.code.text, "lang": hint.code.language,
            "line": hint.line(), "codeLine": hint.code.line,
        })).collect::<Vec<_>>(),
        "hooks": hooks,
        "sections": outline.sections.iter().map(|section| section.name.clone()).collect::<Vec<_>>(),
        "levels": outline.sections.iter().map(|section| json!([section.level, section.span.position.line])).collect::<Vec<_>>(),
        "errors": stages,
        "strictErrors": strict,
    })
}

fn theirs(expected: &Value) -> Value {
    let list = |key: &str| expected[key].as_array().cloned().unwrap_or_default();
    let stages: BTreeSet<String> =
        list("errors").iter().filter_map(|error| error["stage"].as_str().map(str::to_owned)).collect();
    let mut strict: Vec<Value> = list("strictErrors").iter().map(|error| error["kind"].clone()).collect();
    strict.sort_by_key(Value::to_string);
    json!({
        "frontMatter": expected["frontMatter"],
        "hints": list("hints").iter().map(|hint| json!({
            "text": hint["text"], "markdown": hint["markdown"], "code": hint["code"], "lang": hint["lang"],
            "line": hint["line"], "codeLine": hint["codeLine"],
        })).collect::<Vec<_>>(),
        "hooks": expected["hooks"],
        "sections": expected["sections"],
        "levels": list("markers").iter().map(|marker| json!([marker["depth"], marker["line"]])).collect::<Vec<_>>(),
        "errors": stages,
        "strictErrors": strict,
    })
}

#[test]
fn every_file_of_the_corpus_reads_as_the_reference_says() {
    let Some(corpus) = corpus() else { return };
    let mut expected = Vec::new();
    files(&corpus.join("expected"), "json", &mut expected);
    assert_eq!(expected.len(), 391);
    let mut wrong = Vec::new();
    for path in &expected {
        let reference: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        let file = corpus.join(reference["file"].as_str().unwrap());
        let read = read(&file);
        let (ours, theirs) = (ours(&read), theirs(&reference));
        for key in theirs.as_object().unwrap().keys() {
            if ours[key] != theirs[key] {
                wrong.push(format!("{}: {key}\n  ours   {}\n  theirs {}", reference["file"], ours[key], theirs[key]));
            }
        }
    }
    assert!(wrong.is_empty(), "{} differences\n{}", wrong.len(), wrong.join("\n"));
}

/// What upstream accepts is rejected here only for a missing key or an older dialect.
#[test]
fn nothing_that_upstream_accepts_is_rejected_without_cause() {
    let Some(corpus) = corpus() else { return };
    let mut found = Vec::new();
    files(&corpus, "md", &mut found);
    let mut rejected = Vec::new();
    for path in found.iter().filter(|path| !path.ends_with("README.md")) {
        let read = read(path);
        if read.accepted || read.problems.iter().any(|problem| problem.stage.is_some()) {
            continue;
        }
        let kinds: Vec<ProblemKind> = read
            .problems
            .iter()
            .filter(|problem| problem.severity == grade::challenge::Severity::Error)
            .map(|problem| problem.kind)
            .collect();
        rejected.push((path.strip_prefix(&corpus).unwrap().display().to_string(), kinds));
    }
    let names: Vec<&str> = rejected.iter().map(|(name, _)| name.as_str()).collect();
    for (name, kinds) in &rejected {
        let own = [ProblemKind::KeyMissing, ProblemKind::FrontMatterMissing, ProblemKind::OldDialect];
        assert!(!kinds.is_empty() && kinds.iter().all(|kind| own.contains(kind)), "{name}: {kinds:?}");
    }
    let old = names.iter().filter(|name| name.starts_with("odd/old-yaml-dialect")).count();
    assert_eq!(old, 6, "{names:?}");
    assert_eq!(names.len(), old + 3, "{names:?}");
}

/// The corpus as sources, each with its reference parse.
fn sources(folder: &Path) -> Vec<(Source, Value)> {
    let mut paths = Vec::new();
    files(&folder.join("expected"), "json", &mut paths);
    let source = |path: PathBuf| {
        let expected: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
        let file = expected["file"].as_str().unwrap();
        Some((Source::from_bytes(file, fs::read(folder.join(file)).ok()?), expected))
    };
    paths.into_iter().filter_map(source).collect()
}

/// The rules about a file's form and about fairness.
fn form() -> Linter {
    let mut levels = Levels::default();
    levels.only(&["L1".to_owned(), "L5".to_owned()]).unwrap();
    Linter::new(levels)
}

#[test]
fn lint_finds_no_error_that_upstream_does_not() {
    let Some(folder) = corpus() else { return };
    let linter = form();
    let mut checked = 0;
    let mut wrong = Vec::new();
    for (source, expected) in sources(&folder) {
        let accepted = ["errors", "strictErrors"].iter().all(|key| expected[key].as_array().unwrap().is_empty());
        let needed = ["id", "title", "challengeType"].iter().all(|key| expected["frontMatter"].get(key).is_some());
        let old = source.name.starts_with("odd/old-");
        if !accepted || !needed || old {
            continue;
        }
        checked += 1;
        let errors = linter.file(&source).findings.into_iter().filter(|finding| finding.level == Level::Error);
        wrong.extend(errors.map(|finding| format!("{}: {:?}: {}", source.name, finding.rule, finding.message)));
    }
    assert!(checked >= 300, "{checked}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn lint_points_at_something_whatever_ends_the_lines() {
    let Some(folder) = corpus() else { return };
    let linter = form();
    for (source, _) in sources(&folder) {
        for ending in ["\n", "\r\n", "\r"] {
            let text = source.text.replace("\r\n", "\n").replace('\n', ending);
            let source = Source::new(source.name.as_str(), text);
            let lines: Vec<&str> = source.text.split(ending).collect();
            for finding in linter.file(&source).findings {
                let span = finding.span;
                let shown = source.text.get(span.range()).unwrap();
                assert!(!shown.is_empty(), "{}: {finding:#?}", source.name);
                let line: String = lines[span.position.line - 1].chars().skip(span.position.column - 1).collect();
                let first = shown.split(['\r', '\n']).next().unwrap();
                assert!(line.starts_with(first), "{}: {line:?} {finding:#?}", source.name);
            }
        }
    }
}

#[test]
fn fixes_change_what_they_say_and_nothing_else() {
    let Some(folder) = corpus() else { return };
    let linter = form();
    let mut fixed = 0;
    for (source, _) in sources(&folder) {
        for ending in ["\n", "\r\n"] {
            let source = Source::new(source.name.as_str(), source.text.replace("\r\n", "\n").replace('\n', ending));
            let findings = linter.file(&source).findings;
            let mut edits: Vec<_> =
                findings.iter().filter_map(|finding| finding.fix.as_ref()).flat_map(|fix| &fix.edits).collect();
            edits.sort_by_key(|edit| edit.range.start);
            assert!(edits.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start), "{}", source.name);
            let mut text = source.text.clone();
            for edit in edits.iter().rev() {
                text.replace_range(edit.range.clone(), &edit.text);
            }
            fixed += edits.len();
            let after = Source::new(source.name.as_str(), text);
            let left: Vec<_> =
                linter.file(&after).findings.into_iter().filter(|finding| finding.fix.is_some()).collect();
            assert!(left.is_empty(), "{}: {left:#?}", source.name);
            if let (Ok(before), Ok(after)) = (parse(&source), parse(&after)) {
                let codes = |challenge: &Challenge| {
                    challenge.hints.iter().map(|hint| (hint.text.clone(), hint.code.text.clone())).collect::<Vec<_>>()
                };
                assert_eq!(codes(&before), codes(&after), "{}", source.name);
                assert_eq!(before.front_matter.to_json(), after.front_matter.to_json(), "{}", source.name);
            } else {
                assert!(parse(&source).is_err(), "{} is no challenge any more", source.name);
            }
        }
    }
    assert!(fixed >= 60, "{fixed}");
}
