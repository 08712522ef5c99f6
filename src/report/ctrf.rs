//! CTRF, the Common Test Report Format: JSON as its published schema wants it. What is ours alone stands in `extra`.
//!
//! | outcome | `status` | why |
//! |---|---|---|
//! | passed, failed | the same | |
//! | errored | `other` | neither a pass nor a fail |
//! | unchecked | `pending` | the test is still to be written |
//! | skipped | `skipped` | |
//!
//! `rawStatus` has our own word. Without times, each is 0: the schema wants a number.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Value, json};

use super::model::{Challenge, Counts, Hint, Outcome, Report, Request};
use super::plain::{details, full_name, headline, kind, name, place, word};
use super::text::{block, head, line};

/// The version of the format that the schema of this name has.
pub(super) const SPEC_VERSION: &str = "0.0.0";
/// Longest text on one line, in bytes.
const LINE: usize = 600;
/// Longest trace, snippet or value of a hint, in bytes.
const TEXT: usize = 16_000;
/// Most lines of what a test printed, and most requests.
const LINES: usize = 100;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Document<'r> {
    report_format: &'static str,
    spec_version: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    timestamp: Option<&'r str>,
    generated_by: String,
    results: Results<'r>,
}

#[derive(Serialize)]
struct Results<'r> {
    tool: Tool<'r>,
    summary: Summary<'r>,
    tests: Vec<Test<'r>>,
    environment: Value,
}

#[derive(Serialize)]
struct Tool<'r> {
    name: &'r str,
    version: &'r str,
}

#[derive(Serialize)]
struct Summary<'r> {
    tests: usize,
    passed: usize,
    failed: usize,
    skipped: usize,
    pending: usize,
    other: usize,
    suites: usize,
    start: i64,
    stop: i64,
    duration: i64,
    extra: SummaryExtra<'r>,
}

#[derive(Serialize)]
struct SummaryExtra<'r> {
    verdict: &'r str,
    exit_code: u8,
    challenges_passed: usize,
    hints: Counts,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Test<'r> {
    #[serde(rename = "testId")]
    id: &'r str,
    name: String,
    status: &'static str,
    raw_status: String,
    duration: i64,
    suite: Vec<String>,
    file_path: &'r str,
    line: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    trace: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    snippet: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    stdout: Vec<String>,
    extra: Value,
}

/// Writes the report as CTRF.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let environment = &report.environment;
    let hints = report.summary.hints;
    let start = environment.started.as_deref().map_or(0, milliseconds);
    let duration = whole(report.summary.duration_ms);
    let document = Document {
        report_format: "CTRF",
        spec_version: SPEC_VERSION,
        timestamp: environment.started.as_deref(),
        generated_by: format!("{} {}", environment.tool, environment.version),
        results: Results {
            tool: Tool { name: &environment.tool, version: &environment.version },
            summary: Summary {
                tests: hints.total,
                passed: hints.passed,
                failed: hints.failed,
                skipped: hints.skipped,
                pending: hints.unchecked,
                other: hints.errored,
                suites: report.challenges.len(),
                start,
                stop: start.saturating_add(duration),
                duration,
                extra: SummaryExtra {
                    verdict: &report.summary.verdict,
                    exit_code: report.summary.exit_code,
                    challenges_passed: report.summary.challenges_passed,
                    hints,
                },
            },
            tests: report
                .challenges
                .iter()
                .flat_map(|challenge| challenge.hints.iter().map(|hint| test(challenge, hint)))
                .collect(),
            environment: json!({
                "osPlatform": environment.platform.split(' ').next(),
                "extra": {
                    "platform": environment.platform,
                    "rules": environment.rules,
                    "engine": environment.engine,
                    "url": environment.url,
                    "schema_version": report.schema_version,
                },
            }),
        },
    };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

/// The test that a hint is.
pub(super) fn test<'r>(challenge: &'r Challenge, hint: &'r Hint) -> Test<'r> {
    let shown = hint.outcome != Outcome::Passed;
    let loud = matches!(hint.outcome, Outcome::Failed | Outcome::Errored);
    let block = |text: &str| block(text, TEXT, char::len_utf8);
    Test {
        id: &hint.id,
        name: name(hint),
        status: match hint.outcome {
            Outcome::Passed => "passed",
            Outcome::Failed => "failed",
            Outcome::Errored => "other",
            Outcome::Unchecked => "pending",
            Outcome::Skipped => "skipped",
        },
        raw_status: word(&hint.outcome),
        duration: whole(hint.duration_ms),
        suite: [challenge.language.as_ref(), challenge.block.as_ref(), Some(&challenge.title)]
            .into_iter()
            .flatten()
            .map(|part| line(part, LINE))
            .collect(),
        file_path: &challenge.file,
        line: place(hint).line,
        message: shown.then(|| headline(hint)),
        trace: loud.then(|| block(&details(challenge, hint))),
        snippet: loud.then(|| block(&hint.test_code)),
        stdout: hint.console.iter().take(LINES).map(|text| line(text, LINE)).collect(),
        extra: extra(challenge, hint),
    }
}

/// What CTRF has no place for.
fn extra(challenge: &Challenge, hint: &Hint) -> Value {
    let mut extra = json!({ "index": hint.index, "challenge": challenge.id, "challenge_name": full_name(challenge) });
    let Some(map) = extra.as_object_mut() else { return extra };
    let mut put = |key: &str, value: Value| map.insert(key.to_owned(), value);
    if hint.outcome != Outcome::Passed {
        put("kind", json!(kind(hint)));
    }
    if let Some(explanation) = &hint.explanation {
        put("code", json!(explanation.code));
        put("fault", json!(explanation.fault));
        put("help", json!(explanation.help.as_ref().map(|help| line(help, LINE))));
        if let Some((source, row, column)) = explanation.place() {
            let name = source.file.as_ref().unwrap_or(&source.name);
            put("found_at", json!({ "name": line(name, LINE), "line": row, "column": column }));
        }
    }
    for (key, value) in [("expected", &hint.expected), ("actual", &hint.actual)] {
        if let Some(value) = value {
            let (text, whole) = head(&value.text, TEXT);
            // A value that is cut would be another value.
            let json = value.value.as_ref().filter(|json| !value.cut && json.to_string().len() <= TEXT);
            let mut written =
                json!({ "type": value.kind, "text": if whole { text.to_owned() } else { format!("{text}…") } });
            if let (Some(map), Some(json)) = (written.as_object_mut(), json) {
                map.insert("value".to_owned(), json.clone());
            }
            put(key, written);
        }
    }
    if !hint.notes.is_empty() {
        put("notes", json!(hint.notes.iter().map(|note| word(&note.kind)).collect::<Vec<_>>()));
    }
    if !hint.requests.is_empty() {
        put("requests", json!(hint.requests.iter().take(LINES).map(request).collect::<Vec<_>>()));
    }
    if let Some(engine) = &hint.engine {
        put("engine", json!(engine));
    }
    extra
}

fn request(request: &Request) -> Value {
    json!({
        "method": line(&request.method, LINE),
        "url": line(&request.url, LINE),
        "status": request.status,
        "file": request.file.as_ref().map(|file| line(file, LINE)),
    })
}

/// Milliseconds since 1970; 0 for what is no time.
fn milliseconds(time: &str) -> i64 {
    time.parse::<jiff::Timestamp>().map_or(0, jiff::Timestamp::as_millisecond)
}

/// Whole milliseconds.
fn whole(milliseconds: Option<f64>) -> i64 {
    let known = milliseconds.filter(|time| time.is_finite()).unwrap_or_default();
    #[expect(clippy::cast_possible_truncation, reason = "a longer time than fits becomes the longest that does")]
    let whole = known.max(0.0).round() as i64;
    whole
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    fn ctrf(report: &Report) -> String {
        let mut out = Vec::new();
        write(report, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn every_outcome() {
        insta::assert_snapshot!(ctrf(&sample::mixed()));
    }

    #[test]
    fn counts_add_up() {
        let report: Value = serde_json::from_str(&ctrf(&sample::mixed())).unwrap();
        let tests = report["results"]["tests"].as_array().unwrap();
        let summary = &report["results"]["summary"];
        assert_eq!(summary["tests"], json!(tests.len()));
        for status in ["passed", "failed", "skipped", "pending", "other"] {
            let count = tests.iter().filter(|test| test["status"] == status).count();
            assert_eq!(summary[status], json!(count), "{status}");
            assert!(count > 0, "{status}");
        }
    }

    #[test]
    fn times_are_whole_and_may_be_missing() {
        assert_eq!(whole(Some(1.5)), 2);
        assert_eq!(whole(Some(-1.0)), 0);
        assert_eq!(whole(Some(f64::INFINITY)), 0);
        assert_eq!(whole(None), 0);
        assert_eq!(milliseconds("1970-01-01T00:00:01.5Z"), 1500);
        assert_eq!(milliseconds("yesterday"), 0);
    }

    #[test]
    fn long_texts_are_cut() {
        let size = ctrf(&sample::large(1, 3, 100_000)).len();
        assert!(size < 500_000, "{size} bytes");
    }
}
