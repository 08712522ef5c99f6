//! Reports, read back by readers that we did not write: what they read must be what was reported, outcome by outcome.
//!
//! npm packages are installed when they are not there, and the Python package in `target/`. A reader that cannot be had is
//! skipped, and the test says so; `GRADE_REQUIRE_READERS` makes that a failure.

use std::path::{Path, PathBuf};
use std::process::Command;

use grade::report::model::{Counts, Hint, Outcome, Report};
use grade::report::{Format, github};
use serde_json::{Value, json};

use crate::commands;
use crate::support::mixed_run::MixedRun;
use crate::support::report_sample as sample;
use crate::support::synthetic::synthetic;

const FORMATS: &[(Format, &str)] =
    &[(Format::Junit, "junit.xml"), (Format::Tap, "tap"), (Format::Ctrf, "ctrf.json"), (Format::Markdown, "md")];

fn samples() -> Vec<(&'static str, Report)> {
    let run = MixedRun::start();
    vec![
        ("run", run.report(false)),
        ("stopped", run.report(true)),
        ("synthetic", synthetic(4, 12)),
        ("mixed", sample::mixed()),
        ("each", sample::each_failed()),
        ("unreachable", sample::unreachable()),
        ("passed", sample::passed()),
        ("nothing", sample::nothing()),
        ("none", sample::report(Vec::new())),
        ("no-hints", sample::report(vec![sample::challenge("a", "Empty", "empty", Vec::new())])),
        ("long", sample::large(3, 4, 100_000)),
    ]
}

/// The folder with every sample in every format.
fn written(name: &str, samples: &[(&str, Report)]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("report-readers-{name}"));
    std::fs::create_dir_all(&folder).unwrap();
    for (sample, report) in samples {
        for (format, ending) in FORMATS {
            let mut out = Vec::new();
            format.write(report, &mut out).unwrap();
            std::fs::write(folder.join(format!("{sample}.{ending}")), out).unwrap();
        }
        std::fs::write(folder.join(format!("{sample}.summary.md")), github::summary(report)).unwrap();
    }
    folder
}

fn readers() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reports/readers")
}

/// What a reader printed, or why it could not be asked.
fn ask(command: &mut Command) -> Result<Value, String> {
    let output = command.output().map_err(|error| error.to_string())?;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(serde_json::from_slice(&output.stdout).unwrap())
}

fn run(command: &mut Command) -> Result<(), String> {
    match command.output() {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => Err(format!("{command:?}: {}", String::from_utf8_lossy(&output.stderr).trim())),
        Err(error) => Err(format!("{command:?}: {error}")),
    }
}

fn node(samples: &[(&str, Report)]) -> Result<Value, String> {
    if !readers().join("node_modules").is_dir() {
        let arguments = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];
        run(Command::new("npm").args(arguments).current_dir(readers()))?;
    }
    ask(Command::new("node").arg("read.mjs").arg(written("node", samples)).current_dir(readers()))
}

fn python(samples: &[(&str, Report)]) -> Result<Value, String> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("report-readers-venv");
    let python = folder.join("bin/python");
    let done = folder.join("installed");
    if !done.is_file() {
        run(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
        let arguments = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", "requirements.txt"];
        run(Command::new(&python).args(arguments).current_dir(readers()))?;
        std::fs::write(done, "").unwrap();
    }
    ask(Command::new(&python).arg("read.py").arg(written("python", samples)).current_dir(readers()))
}

/// What was read, unless the reader is not there.
fn read(read: Result<Value, String>) -> Option<Value> {
    match read {
        Ok(read) => Some(read),
        Err(reason) => {
            assert!(std::env::var_os("GRADE_REQUIRE_READERS").is_none(), "{reason}");
            println!("skipped: {reason}");
            None
        }
    }
}

fn hints(report: &Report) -> impl Iterator<Item = &Hint> {
    report.challenges.iter().flat_map(|challenge| &challenge.hints)
}

fn array(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

#[test]
fn readers_in_javascript_read_what_was_reported() {
    let samples = samples();
    let Some(read) = read(node(&samples)) else { return };
    for (name, report) in &samples {
        tap_says(name, report, &read[format!("{name}.tap")]);
        ctrf_says(name, report, &read[format!("{name}.ctrf.json")]);
        converted_junit_says(name, report, &read[format!("{name}.junit.xml")]);
        markdown_is_tame(name, report, &read[format!("{name}.md")], 3);
        markdown_is_tame(name, report, &read[format!("{name}.summary.md")], 1);
    }
}

fn tap_says(name: &str, report: &Report, read: &Value) {
    assert_eq!((&read["versions"], &read["plans"]), (&json!([14]), &json!(usize::from(name != "none"))), "{name}");
    assert_eq!((&read["errors"], &read["extra"]), (&json!([]), &json!([])), "{name}");
    let bails = ["unreachable", "nothing", "none", "no-hints"].contains(&name);
    assert_eq!(read["bail"].is_string(), bails, "{name}: {}", read["bail"]);
    // The conclusion of a harness is that of the exit code.
    assert_eq!(read["ok"], json!(report.summary.exit_code == 0), "{name}");
    assert_eq!(array(&read["points"]).len(), report.challenges.len(), "{name}");
    assert_eq!(array(&read["subtests"]).len(), report.challenges.len(), "{name}");
    for ((challenge, point), subtest) in
        report.challenges.iter().zip(array(&read["points"])).zip(array(&read["subtests"]))
    {
        let Counts { passed, failed, errored, .. } = challenge.counts;
        assert_eq!(point["ok"], json!(failed + errored == 0), "{name}");
        assert_eq!(point["skip"] != json!(false), passed + failed + errored == 0, "{name}");
        assert_eq!(point["name"], subtest["name"], "{name}");
        assert_eq!((&subtest["plans"], &subtest["errors"]), (&json!(1), &json!([])), "{name}");
        let points = array(&subtest["points"]);
        assert_eq!(points.len(), challenge.hints.len(), "{name}");
        for (hint, point) in challenge.hints.iter().zip(points) {
            let quiet = matches!(hint.outcome, Outcome::Unchecked | Outcome::Skipped);
            assert_eq!(point["id"], json!(hint.index + 1), "{name}: {point}");
            assert_eq!(point["ok"], json!(quiet || hint.outcome == Outcome::Passed), "{name}: {point}");
            assert_eq!(point["skip"] != json!(false), quiet, "{name}: {point}");
            assert_eq!(point["todo"], json!(false), "{name}: {point}");
            let severity = match hint.outcome {
                Outcome::Failed => json!("fail"),
                Outcome::Errored => json!("error"),
                _ if hint.notes.is_empty() => Value::Null,
                _ => json!("comment"),
            };
            assert_eq!(point["diag"]["severity"], severity, "{name}: {point}");
            if severity == json!("fail") || severity == json!("error") {
                assert_eq!(point["diag"]["at"]["file"], json!(challenge.file), "{name}");
                let details = point["diag"]["details"].as_str().unwrap();
                assert!(details.contains(&format!("\ntest: {}:", challenge.file)), "{details}");
                for (key, value) in [("got", &hint.actual), ("expect", &hint.expected)] {
                    let read = point["diag"]["data"].get(key);
                    let Some(value) = value else {
                        assert_eq!(read, None, "{name}: {key}");
                        continue;
                    };
                    match value.value.as_ref().filter(|json| !value.cut && json.to_string().len() < 8_000) {
                        Some(json) => assert_eq!(read, Some(json), "{name}: {key}"),
                        None => assert!(read.is_some_and(Value::is_string), "{name}: {key}: {read:?}"),
                    }
                }
            }
        }
    }
    if name == "mixed" {
        let names: Vec<&str> =
            array(&read["subtests"][1]["points"]).iter().map(|point| point["name"].as_str().unwrap_or("")).collect();
        assert_eq!(names[0], sample::NASTY[0]);
        assert_eq!(names[2], sample::NASTY[2]);
        assert_eq!(names[8], "function () {.");
        assert_eq!(names[9], "...");
    }
}

fn ctrf_says(name: &str, report: &Report, read: &Value) {
    assert_eq!((&read["valid"], &read["errors"]), (&json!(true), &json!([])), "{name}");
    let tests = array(&read["results"]["tests"]);
    assert_eq!(tests.len(), report.summary.hints.total, "{name}");
    for (hint, test) in hints(report).zip(tests) {
        let status = match hint.outcome {
            Outcome::Passed => "passed",
            Outcome::Failed => "failed",
            Outcome::Errored => "other",
            Outcome::Unchecked => "pending",
            Outcome::Skipped => "skipped",
        };
        assert_eq!((&test["status"], &test["testId"]), (&json!(status), &json!(hint.id)), "{name}");
        let actual = hint.actual.as_ref().and_then(|value| value.value.as_ref());
        assert_eq!(test["extra"]["actual"].get("value"), actual, "{name}");
    }
}

fn converted_junit_says(name: &str, report: &Report, read: &Value) {
    let tests = array(&read["tests"]);
    assert_eq!(tests.len(), report.summary.hints.total, "{name}");
    for (hint, test) in hints(report).zip(tests) {
        // CTRF as converted has no word for what could not be checked.
        let status = match hint.outcome {
            Outcome::Passed => "passed",
            Outcome::Failed | Outcome::Errored => "failed",
            Outcome::Unchecked | Outcome::Skipped => "skipped",
        };
        assert_eq!(test["status"], json!(status), "{name}");
        assert!(test["name"].as_str().unwrap().starts_with(&format!("{}.", hint.index + 1)), "{test}");
    }
}

/// No links, no pictures, no HTML but ours; a table with as many rows as there are challenges.
fn markdown_is_tame(name: &str, report: &Report, read: &Value, headings: usize) {
    assert_eq!((&read["links"], &read["images"]), (&json!([]), &json!(0)), "{name}");
    for html in array(&read["html"]) {
        let html = html.as_str().unwrap();
        let ours = html.trim().strip_prefix("<details><summary>").and_then(|rest| rest.strip_suffix("</summary>"));
        assert!(ours.is_some_and(|text| !text.contains('<')) || html.trim() == "</details>", "{name}: {html}");
    }
    assert_eq!(read["rows"], json!(1 + report.challenges.len()), "{name}");
    assert_eq!(read["cells"], json!(7 * report.challenges.len()), "{name}");
    if name == "mixed" {
        assert_eq!(array(&read["headings"])[0], "Failed: 3 of 20 hints failed, 1 could not be checked");
        let expected = if headings == 1 { 4 } else { 3 };
        assert_eq!(read["fences"], json!(expected), "{name}");
    }
}

#[test]
fn junitparser_reads_what_was_reported() {
    let samples = samples();
    let Some(read) = read(python(&samples)) else { return };
    for (name, report) in &samples {
        let read = &read[format!("{name}.junit.xml")];
        assert_eq!(array(&read["suites"]).len(), report.challenges.len(), "{name}");
        for (challenge, suite) in report.challenges.iter().zip(array(&read["suites"])) {
            let counts = challenge.counts;
            let expected = json!({
                "tests": counts.total,
                "failures": counts.failed,
                "errors": counts.errored,
                "skipped": counts.unchecked + counts.skipped,
            });
            assert_eq!((&suite["said"], &suite["counted"]), (&expected, &expected), "{name}");
            let mut names = std::collections::BTreeSet::new();
            for (hint, case) in challenge.hints.iter().zip(array(&suite["cases"])) {
                let sorts: Vec<&str> =
                    array(&case["results"]).iter().map(|result| result["sort"].as_str().unwrap()).collect();
                let expected: &[&str] = match hint.outcome {
                    Outcome::Passed => &[],
                    Outcome::Failed => &["Failure"],
                    Outcome::Errored => &["Error"],
                    Outcome::Unchecked | Outcome::Skipped => &["Skipped"],
                };
                assert_eq!(sorts, expected, "{name}: {case}");
                assert_eq!(case["file"], json!(challenge.file), "{name}");
                assert!(names.insert(case["name"].as_str().unwrap()), "{name}: {case} twice");
                if matches!(hint.outcome, Outcome::Failed | Outcome::Errored) {
                    let result = &case["results"][0];
                    let code = hint.explanation.as_ref().map(|explanation| explanation.code.id());
                    assert!(code.is_none_or(|code| result["type"] == code), "{name}: {result}");
                    assert!(result["text"].as_str().unwrap().contains("\ntest: "), "{name}: {result}");
                }
            }
        }
    }
}

/// What a runner of GitHub reads from standard output.
#[test]
fn github_reads_what_was_reported() {
    for (name, report) in samples() {
        let mut out = Vec::new();
        github::write(&report, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        let commands: Vec<commands::Command> = text.lines().filter_map(commands::parse).collect();
        let of = |kind: &str| commands.iter().filter(|command| command.name == kind).collect::<Vec<_>>();
        let hints: Vec<&Hint> = hints(&report).collect();
        let notes = hints.iter().map(|hint| hint.notes.len()).sum::<usize>();
        assert_eq!(of("error").len(), report.summary.hints.failed.min(10), "{name}");
        assert_eq!(of("warning").len(), report.summary.hints.errored.min(10), "{name}");
        assert_eq!(of("notice").len(), notes.min(10), "{name}");
        assert_eq!(commands.len(), of("error").len() + of("warning").len() + of("notice").len(), "{name}");
        // Each other line only says how many there are more.
        let kinds = [report.summary.hints.failed, report.summary.hints.errored, notes];
        let more = kinds.iter().filter(|count| **count > 10).count();
        assert_eq!(text.lines().count() - commands.len(), more, "{name}");
        for command in &commands {
            let keys: Vec<&str> = command.properties.iter().map(|(key, _)| key.as_str()).collect();
            assert_eq!(keys, ["file", "line", "col", "title"], "{name}");
            assert!(command.property("line").parse::<usize>().is_ok(), "{name}");
        }
        if name == "mixed" {
            let first = &of("error")[0];
            assert_eq!(
                (first.property("file"), first.property("line"), first.property("col")),
                ("server.js", "11", "15")
            );
            assert_eq!(first.property("title"), "Set up a Template Engine: 2. The strategy should be used.");
            assert!(first.message.starts_with("There is a line break where the test allows none.\nhelp: Join"));
            // Without a file of the learner's, the challenge file has to do.
            assert_eq!(of("error")[1].property("file"), report.challenges[0].file);
            assert!(of("error")[2].message.contains("%0A off %25, a:b"), "{}", of("error")[2].message);
            assert!(of("error")[2].property("title").contains("::error file=x::told %0A"), "{first:?}");
        }
    }
}
