//! JSON and JSON lines, held against their schemas.

use serde_json::Value;

use crate::program::{grade, left, program};
use crate::support::mixed_run::MixedRun;
use crate::support::synthetic::synthetic;

const REPORT: &str = include_str!("../../docs/schema/report-1.json");
const EVENTS: &str = include_str!("../../docs/schema/events-1.json");
const BATCH: &str = include_str!("../../docs/schema/batch-1.json");

fn schema(text: &str) -> jsonschema::Validator {
    let schema = serde_json::from_str(text).unwrap();
    assert!(jsonschema::draft202012::meta::is_valid(&schema));
    jsonschema::draft202012::new(&schema).unwrap()
}

fn assert_valid(schema: &jsonschema::Validator, value: &Value) {
    let errors: Vec<String> =
        schema.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn schemas_that_are_checked_in_are_those_that_are_printed() {
    for (arguments, expected, file) in [
        (&["schema"][..], REPORT, "report-1"),
        (&["schema", "report"], REPORT, "report-1"),
        (&["schema", "events"], EVENTS, "events-1"),
        (&["schema", "batch"], BATCH, "batch-1"),
    ] {
        let run = grade(arguments);
        assert_eq!((run.code, run.err.as_str()), (0, ""));
        assert!(run.out == expected, "run `grade {} > docs/schema/{file}.json`", arguments.join(" "));
    }
}

#[test]
fn reports_are_as_their_schema_says() {
    let run = MixedRun::start();
    let schema = schema(REPORT);
    for more in [&[][..], &["--fail-fast"], &["--no-times"], &["--rules", "browser"]] {
        let left = left(program().args(run.arguments()).args(["--report", "json"]).args(more));
        assert_eq!(left.code, 1, "{}", left.err);
        let report = parsed(&left.out);
        assert_valid(&schema, &report);
        let again = parsed(&serde_json::to_string(&report).unwrap());
        assert_eq!(again, report);
        assert_eq!(report["environment"]["started"].is_null(), more.contains(&"--no-times"));
    }
    assert_valid(&schema, &serde_json::to_value(synthetic(6, 10)).unwrap());
}

#[test]
fn the_schema_refuses_what_is_no_report() {
    let schema = schema(REPORT);
    let report = serde_json::to_value(synthetic(2, 10)).unwrap();
    for (pointer, value) in [
        ("/challenges/0/hints/0/outcome", Value::from("maybe")),
        ("/challenges/1/hints/5/expected", Value::from(1)),
        ("/summary/hints/passed", Value::from(-1)),
        ("/environment", Value::Null),
    ] {
        let mut broken = report.clone();
        *broken.pointer_mut(pointer).unwrap() = value;
        assert!(!schema.is_valid(&broken), "{pointer}");
    }
    let mut lacking = report;
    lacking["challenges"][0].as_object_mut().unwrap().remove("file");
    assert!(!schema.is_valid(&lacking));
}

#[test]
fn lines_are_events_in_order() {
    let run = MixedRun::start();
    let schema = schema(EVENTS);
    let file = run.folder().join("run.jsonl");
    let report = format!("jsonl={}", file.display());
    let left = left(program().args(run.arguments()).args(["--report", &report]));
    assert_eq!(left.code, 1, "{}", left.err);
    let text = std::fs::read_to_string(file).unwrap();
    let lines: Vec<Value> = text.lines().map(parsed).collect();
    for line in &lines {
        assert_valid(&schema, line);
    }
    let events: Vec<&str> = lines.iter().map(|line| line["event"].as_str().unwrap()).collect();
    let hints = |count: usize| std::iter::repeat_n("hint", count).chain(["challenge"]);
    let expected: Vec<&str> =
        ["started"].into_iter().chain(hints(5)).chain(hints(5)).chain(hints(4)).chain(["finished"]).collect();
    assert_eq!(events, expected);
    assert_eq!(lines.last().unwrap()["summary"]["hints"]["failed"], 7);
}

#[test]
fn the_whole_report() {
    let run = MixedRun::start();
    let left = left(program().current_dir(run.folder()).args(run.arguments()).args(["--report", "json", "--no-times"]));
    assert_eq!(left.code, 1, "{}", left.err);
    let mut report = parsed(&left.out);
    let environment = &mut report["environment"];
    assert_eq!(environment["platform"], format!("{} {}", std::env::consts::OS, std::env::consts::ARCH));
    environment["platform"] = "PLATFORM".into();
    environment["version"] = "VERSION".into();
    let text = serde_json::to_string_pretty(&report).unwrap();
    let long = regex::Regex::new("x{100,}|(<&x ){100,}").unwrap().replace_all(&text, "LONG").into_owned();
    insta::assert_snapshot!(long.replace("grade/0.1.0", "grade/VERSION"));
}
