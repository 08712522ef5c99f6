//! CTRF: a test a hint, with the submission as the first part of its suite; written test by test.

use std::io::{self, Write};

use serde_json::json;

use super::line::Submission;
use super::reports::{About, each};
use super::view;
use crate::batch::{Results, Totals};
use crate::report::ctrf::{SPEC_VERSION, test};
use crate::report::text::line;

/// Longest text on one line, in bytes.
const LINE: usize = 600;

/// Writes the report.
pub(super) fn write(about: &About, totals: Totals, results: &Results, out: &mut dyn Write) -> io::Result<()> {
    let mut reasons = 0;
    let mut milliseconds = 0.0;
    each(results, &mut |submission| {
        reasons += usize::from(submission.reason.is_some());
        milliseconds += submission.duration_ms.unwrap_or_default();
        Ok(())
    })?;
    let hints = totals.hints;
    let tool = json!({ "name": env!("CARGO_PKG_NAME"), "version": about.version });
    let summary = json!({
        "tests": hints.total() + reasons,
        "passed": hints.passed,
        "failed": hints.failed,
        "skipped": hints.skipped,
        "pending": hints.unchecked,
        "other": hints.errored + reasons,
        "suites": totals.count(),
        "start": 0,
        "stop": whole(milliseconds),
        "duration": whole(milliseconds),
        "extra": {
            "submissions": totals.count(),
            "submissions_passed": totals.passed,
            "submissions_failed": totals.failed,
            "submissions_errored": totals.errored,
            "submissions_ungraded": totals.ungraded,
        },
    });
    let head = json!({ "reportFormat": "CTRF", "specVersion": SPEC_VERSION, "generatedBy": format!("grade {}", about.version) });
    let head = head.to_string();
    write!(out, "{},\"results\":{{\"tool\":{tool},\"summary\":{summary},\"tests\":[", head.trim_end_matches('}'))?;
    let mut first = true;
    each(results, &mut |submission| {
        for test in tests(submission) {
            out.write_all(if std::mem::take(&mut first) { b"\n" } else { b",\n" })?;
            serde_json::to_writer(&mut *out, &test)?;
        }
        Ok(())
    })?;
    let environment = json!({ "extra": { "rules": about.rules } });
    writeln!(out, "\n],\"environment\":{environment}}}}}")
}

fn tests(submission: &Submission) -> Vec<serde_json::Value> {
    let mut tests = Vec::new();
    if let Some(reason) = &submission.reason {
        tests.push(json!({
            "name": "the submission",
            "status": "other",
            "duration": 0,
            "suite": [line(&submission.id, LINE)],
            "message": line(&reason.text, LINE),
            "rawStatus": submission.verdict,
        }));
    }
    for challenge in &submission.challenges {
        let (head, hints) = view::challenge(challenge);
        for hint in &hints {
            let mut value = serde_json::to_value(test(&head, hint)).unwrap_or_default();
            let id = line(&submission.id, LINE);
            if let Some(suite) = value.get_mut("suite").and_then(serde_json::Value::as_array_mut) {
                suite.insert(0, json!(id));
            }
            if let Some(pairs) = value.as_object_mut() {
                // Those of hints are shared by all submissions.
                pairs.insert("testId".to_owned(), json!(format!("{id}/{}", hint.id)));
            }
            tests.push(value);
        }
    }
    tests
}

/// Whole milliseconds.
#[expect(clippy::cast_possible_truncation, reason = "milliseconds of some hours")]
fn whole(milliseconds: f64) -> i64 {
    milliseconds.round() as i64
}
