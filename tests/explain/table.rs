//! The labelled cases (tests/explain/README.md).

use std::path::Path;

use grade::explain::{Code, Fault};
use serde::Deserialize;

use crate::subject::{Answer, check_places, explained};

/// Causes that are vague and never mislead.
const VAGUE: [&str; 2] = ["E109", "E113"];

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    /// The assertion.
    test: String,
    #[serde(default = "server")]
    path: String,
    #[serde(default = "javascript")]
    r#type: String,
    /// The answer.
    text: String,
    /// Whether its lines end with CRLF.
    #[serde(default)]
    crlf: bool,
    /// The cause.
    code: String,
    /// Other causes that are as true.
    #[serde(default)]
    also: Vec<String>,
    /// The line that it points at; none where there is nothing to point at.
    line: Option<usize>,
    /// Whose fault it is, where the case is about that.
    fault: Option<String>,
}

fn server() -> String {
    "/_api/server.js".to_owned()
}

fn javascript() -> String {
    "text/javascript; charset=utf-8".to_owned()
}

fn cases() -> Vec<(String, Case)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/explain/cases");
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
fn causes_and_lines_are_those_that_a_person_named() {
    let cases = cases();
    assert!(cases.len() >= 66, "{}", cases.len());
    let (mut wrong, mut misleading, mut lines, mut faults, mut places) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new(), 0);
    for (file, case) in &cases {
        let text = if case.crlf { case.text.replace('\n', "\r\n") } else { case.text.clone() };
        let answer = Answer { path: &case.path, kind: &case.r#type, body: &text };
        let (passed, explanation) = explained(&case.test, &answer);
        assert!(!passed, "{file}: {}: the test passes", case.name);
        let named = format!("{file}: {}", case.name);
        let Some(explanation) = explanation else {
            wrong.push(format!("{named}: no explanation"));
            continue;
        };
        check_places(&explanation, &text);
        let place = explanation.place().map(|(_, line, column)| (line, column));
        println!("{named}\n    {} {} {place:?}\n    {:?}", explanation.code, explanation.headline, explanation.help);
        let code = explanation.code.id();
        assert!(Code::find(&case.code).is_some(), "{named}");
        let right = code == case.code || case.also.iter().any(|also| also == code);
        if !right {
            wrong.push(format!("{named}: {code}, not {}: {}", case.code, explanation.headline));
            if !VAGUE.contains(&code) {
                misleading.push(named.clone());
            }
        }
        if case.line.is_some() {
            places += 1;
            if place.map(|(line, _)| line) != case.line {
                lines.push(format!("{named}: {place:?}, not line {:?}", case.line));
            }
        }
        let fault = if explanation.fault == Fault::Test { "test" } else { "project" };
        if case.fault.as_deref().is_some_and(|wanted| wanted != fault) {
            faults.push(format!("{named}: the {fault}'s fault"));
        }
    }
    let right = cases.len() - wrong.len();
    let summary = format!(
        "{right} of {} causes and {} of {places} lines are right\nwrong causes:\n{}\nmisleading:\n{}\nwrong lines:\n{}\nwrong faults:\n{}",
        cases.len(),
        places - lines.len(),
        wrong.join("\n"),
        misleading.join("\n"),
        lines.join("\n"),
        faults.join("\n")
    );
    println!("{summary}");
    assert!(misleading.is_empty(), "{summary}");
    assert!(right * 100 >= cases.len() * 95, "{summary}");
    assert!((places - lines.len()) * 100 >= places * 97, "{summary}");
    assert!(faults.is_empty(), "{summary}");
}

#[test]
fn each_cause_has_at_least_four_cases() {
    let cases = cases();
    for code in Code::ALL.iter().filter(|code| code.id().starts_with("E1")) {
        let number = cases.iter().filter(|(_, case)| case.code == code.id()).count();
        assert!(number >= 4, "{code} has {number}");
    }
}
