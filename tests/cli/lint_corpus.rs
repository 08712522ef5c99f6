//! Lint on the real curriculum, where it is present: nothing crashes, well-formed files have no errors, and how much each
//! rule says is counted, so that a noisy one is seen.
//!
//! When rules were added or changed: `INSTA_UPDATE=always cargo test --test cli lint_corpus`, and read the difference.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use grade::challenge::Source;
use grade::lint::{Levels, Linter};
use serde_json::Value;

/// Files that the official parser takes and that have errors here all the same.
const EXCUSED: &[(&str, &str)] = &[
    ("odd/hint-code-is-html-", "a piece of HTML where the test should be; the parser does not look at it"),
    ("odd/no-front-matter.md", "a text that is no challenge; the parser makes one without id or title of it"),
    (
        "odd/old-yaml-dialect-",
        "the form of before the end of 2020; today's parser sees a challenge without hints in it",
    ),
];

/// The files of the corpus, and whether the official parser takes each; nothing where it is not present.
fn corpus() -> Vec<(PathBuf, String, bool)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let mut folders = vec![root.clone()];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for path in entries.map(|entry| entry.unwrap().path()) {
            let name = path.strip_prefix(&root).unwrap().display().to_string();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "md")
                && let Ok(text) = std::fs::read_to_string(root.join(format!("expected/{name}.json")))
            {
                let expected: Value = serde_json::from_str(&text).unwrap();
                let none = |key: &str| expected[key].as_array().unwrap().is_empty();
                found.push((path, name, none("errors") && none("strictErrors")));
            }
        }
    }
    found.sort();
    if found.is_empty() {
        println!("skipped: no corpus at ../shared/corpus");
    }
    found
}

#[test]
fn well_formed_files_have_no_errors_and_warnings_are_counted() {
    let files = corpus();
    if files.is_empty() {
        return;
    }
    assert_eq!(files.len(), 391);
    let linter = Linter::new(Levels::default());
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut wrong = Vec::new();
    let mut entries = Vec::new();
    for (path, name, well_formed) in &files {
        let source = Source::from_bytes(name.clone(), std::fs::read(path).unwrap());
        let linted = linter.file(&source);
        let mut rules: Vec<&str> = Vec::new();
        for finding in &linted.findings {
            let key = format!("{} {} ({})", finding.rule.code, finding.rule.name, finding.level);
            let (findings, in_files) = counts.entry(key).or_default();
            *findings += 1;
            *in_files += usize::from(!rules.contains(&finding.rule.code));
            rules.push(finding.rule.code);
            let excused = EXCUSED.iter().any(|(start, _)| name.starts_with(start));
            if *well_formed && !excused && finding.level == grade::lint::Level::Error {
                let at = finding.span.position;
                wrong.push(format!("{name}:{}:{}: {} {}", at.line, at.column, finding.rule.code, finding.message));
            }
        }
        entries.push(linted.entry);
    }
    // The eras are versions of one curriculum, so that what is told about all files together means nothing here.
    let _ = linter.tree(&entries);
    assert!(wrong.is_empty(), "{} errors in well-formed files:\n{}", wrong.len(), wrong.join("\n"));
    let lines = counts.iter().map(|(rule, (findings, files))| format!("{findings:5} in {files:3} files: {rule}\n"));
    insta::assert_snapshot!(lines.collect::<String>());
}

#[test]
fn every_kind_of_output_for_every_file() {
    let files = corpus();
    let Some((path, ..)) = files.first() else { return };
    let root = path.ancestors().find(|folder| folder.ends_with("shared/corpus")).unwrap();
    for format in ["terminal", "json", "sarif", "github", "gitlab"] {
        let mut command = crate::support::program();
        command.current_dir(root).args(["lint", "A", "B", "BC", "C", "assorted", "odd", "--max-findings", "0"]);
        let run = crate::support::left(command.args(["--format", format]));
        assert!(run.code < 2 && run.err.is_empty(), "{format} {} {}", run.code, run.err);
    }
    let mut command = crate::support::program();
    let run = crate::support::left(
        command.current_dir(root).args(["lint", "--diff", "A", "B", "BC", "C", "assorted", "odd"]),
    );
    assert!(run.code < 2, "{}", run.err);
}
