//! Formats of `grade lint`, held against their schemas.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;

use crate::lint::{ID, lint, lint_stdin, mixed};
use crate::support::{challenge, folder, write};

const SARIF: &str = include_str!("../support/schema/sarif-2.1.0.json");
const LINT: &str = include_str!("../../docs/schema/lint-1.json");

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn assert_valid(schema: &jsonschema::Validator, value: &Value) {
    let errors: Vec<String> =
        schema.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
}

/// Files with findings of every kind, fixes, and what formats have to escape.
fn files(at: &Path) {
    write(at, "a.md", &mixed());
    let wide = "const a = '𝄞é'; assert((; // 𝄞";
    write(at, "b c/ü,:%.md", &format!("\u{feff}{}", challenge(ID, "wide", &[wide])));
    write(at, "clean.md", &challenge(ID, "clean", &["assert(true);"]));
}

#[test]
fn sarif_is_as_its_schema_says() {
    // One of its expressions has a bracket too many, which readers of today do not take.
    let schema = json(&SARIF.replace("[a-zA-Z]{2}]?$", "[a-zA-Z]{2}$"));
    let schema = jsonschema::draft7::new(&schema).unwrap();
    let place = folder();
    files(place.path());
    let run = lint(place.path(), &["--format", "sarif"]);
    assert_eq!((run.code, run.err.as_str()), (1, ""));
    let log = json(&run.out);
    assert_valid(&schema, &log);
    let results = log["runs"][0]["results"].as_array().unwrap();
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    for result in results {
        let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(rule["help"]["markdown"].as_str().unwrap().contains("## What to do"));
    }
    // Columns count UTF-16 units, the mark before the text is no part of it, and paths are addresses.
    let wide =
        results.iter().find(|it| it["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] != "a.md").unwrap();
    let place = &wide["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "b%20c/%C3%BC%2C%3A%25.md");
    let line = "const a = '𝄞é'; assert((; // 𝄞";
    let column = line.find("(;").unwrap() + 1;
    let units = line[..column].encode_utf16().count() + 1;
    assert_eq!(
        (place["region"]["startLine"].as_u64(), place["region"]["startColumn"].as_u64()),
        (Some(17), Some(units as u64))
    );
    let fixes: Vec<&Value> = results.iter().filter(|it| !it["fixes"].is_null()).collect();
    assert_eq!(fixes.len(), 1, "{fixes:?}");
    // Nothing found is a valid log too, and so is one of all rules.
    let empty = folder();
    write(empty.path(), "clean.md", &challenge(ID, "clean", &["assert(true);"]));
    assert_valid(&schema, &json(&lint(empty.path(), &["--format", "sarif"]).out));
    let all =
        crate::support::left(crate::support::program().current_dir(empty.path()).args(["lint", "--format", "sarif"]));
    assert_valid(&schema, &json(&all.out));
    // The schema refuses what is none.
    let mut broken = log.clone();
    broken["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0.into();
    assert!(!schema.is_valid(&broken));
}

#[test]
fn json_is_as_its_schema_says() {
    let place = folder();
    files(place.path());
    let printed = crate::support::grade(&["schema", "lint"]).out;
    assert!(printed == LINT, "run `grade schema lint > docs/schema/lint-1.json`");
    let schema = jsonschema::draft202012::new(&json(LINT)).unwrap();
    let run = lint(place.path(), &["--format", "json"]);
    assert_valid(&schema, &json(&run.out));
    insta::assert_snapshot!(run.out.replace(env!("CARGO_PKG_VERSION"), "VERSION"));
    let mut broken = json(&run.out);
    broken["findings"][0]["place"]["line"] = "1".into();
    assert!(!schema.is_valid(&broken));
}

#[test]
fn github_annotations() {
    let place = folder();
    files(place.path());
    insta::assert_snapshot!(lint(place.path(), &["--format", "github"]).out);
    let many = folder();
    for number in 0..3 {
        write(many.path(), &format!("{number}.md"), &challenge(ID, "many", &["", "", "", "", "assert("]));
    }
    let out = lint(many.path(), &["--format", "github"]).out;
    assert_eq!((out.matches("::warning ").count(), out.matches("::error ").count()), (10, 3));
    assert!(out.contains("\n2 more warnings without an annotation: GitHub shows 10 of a kind.\n"), "{out}");
}

#[test]
fn gitlab_has_the_fields_that_it_reads() {
    let place = folder();
    files(place.path());
    let issues = json(&lint(place.path(), &["--format", "gitlab"]).out);
    for issue in issues.as_array().unwrap() {
        let keys: Vec<&str> = issue.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(keys, ["description", "check_name", "fingerprint", "severity", "location"]);
        assert!(["info", "minor", "major", "critical", "blocker"].contains(&issue["severity"].as_str().unwrap()));
        assert!(issue["location"]["path"].is_string() && issue["location"]["lines"]["begin"].as_u64().unwrap() > 0);
    }
    insta::assert_snapshot!(serde_json::to_string_pretty(&issues).unwrap());
    let empty = folder();
    write(empty.path(), "clean.md", &challenge(ID, "clean", &["assert(true);"]));
    assert_eq!(lint(empty.path(), &["--format", "gitlab"]).out, "[]\n");
}

#[test]
fn fingerprints_are_different_and_stay_when_lines_move() {
    let same = challenge(ID, "same", &["", "", "", "assert(", "assert("]).replace("Hint number", "Hint");
    let same = regex::Regex::new("Hint [0-9]").unwrap().replace_all(&same, "Hint").into_owned();
    let moved = same.replace("Text.", "Text.\n\nMore text.\n\nAnd more.");
    let of = |text: &str, format: &str| -> Vec<String> {
        let (_, out, _) = lint_stdin(Path::new("."), &["--format", format], text.as_bytes());
        let found: Value = serde_json::from_slice(&out).unwrap();
        let key = |value: &Value| value.as_str().unwrap().to_owned();
        match format {
            "gitlab" => found.as_array().unwrap().iter().map(|it| key(&it["fingerprint"])).collect(),
            _ => found["runs"][0]["results"]
                .as_array()
                .unwrap()
                .iter()
                .map(|it| key(&it["partialFingerprints"]["grade/v1"]))
                .collect(),
        }
    };
    for format in ["gitlab", "sarif"] {
        let prints = of(&same, format);
        assert_eq!(prints.len(), 5);
        assert_eq!(prints.iter().collect::<BTreeSet<_>>().len(), 5, "{prints:?}");
        assert_eq!(prints, of(&moved, format));
    }
}

#[test]
fn reports_go_to_files_beside_what_people_see() {
    let place = folder();
    let at = place.path();
    files(at);
    let run = lint(at, &["--report", "sarif=out/lint.sarif", "--report", "gitlab=out/quality.json", "a.md"]);
    assert_eq!((run.code, run.err.as_str()), (1, ""));
    assert!(run.out.ends_with("TIME\n"), "{run:?}");
    let read = |name: &str| json(&std::fs::read_to_string(at.join(name)).unwrap());
    assert_eq!(read("out/lint.sarif")["version"], "2.1.0");
    assert_eq!(read("out/quality.json").as_array().unwrap().len(), 5);
    assert_eq!(std::fs::read_dir(at.join("out")).unwrap().count(), 2, "nothing else is left there");
    // Without a path it has standard output for itself.
    let run = lint(at, &["--report", "json", "a.md"]);
    assert_eq!(json(&run.out)["summary"]["errors"], 2);
    assert!(run.err.contains("error[L301]"), "{run:?}");
    for twice in [&["--report", "json=x", "--report", "sarif=./x"][..], &["--format", "json", "--report", "sarif"]] {
        let run = lint(at, twice);
        assert!(run.code == 2 && run.out.is_empty(), "{run:?}");
    }
    assert_eq!(lint(at, &["--report", "json=a.md/x", "a.md"]).code, 2);
}
