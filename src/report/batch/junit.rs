//! `JUnit` XML: one suite a submission, one case a hint; written suite by suite.
//!
//! A submission without a verdict of its own (not graded, cut short) has a case that says why, so that readers that only
//! look at cases do not take it for one that passed.

use std::io::{self, Write};

use quick_junit::{NonSuccessKind, Property, TestCase, TestCaseStatus, TestSuite, XmlString};

use super::line::Submission;
use super::reports::{About, each};
use super::view;
use crate::batch::{Results, Totals};
use crate::report::junit::{case, room, time};
use crate::report::plain::word;
use crate::report::text::line;

/// Longest text on one line, in bytes.
const LINE: usize = 300;

/// Writes the report.
pub(super) fn write(about: &About, totals: Totals, results: &Results, out: &mut dyn Write) -> io::Result<()> {
    let mut reasons = 0;
    each(results, &mut |submission| {
        reasons += usize::from(submission.reason.is_some());
        Ok(())
    })?;
    let hints = totals.hints;
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(
        out,
        "<testsuites name=\"grade batch\" tests=\"{}\" failures=\"{}\" errors=\"{}\">",
        hints.total() + reasons,
        hints.failed,
        hints.errored + reasons
    )?;
    let room = room(hints.total());
    each(results, &mut |submission| out.write_all(suite(about, submission, room)?.as_bytes()))?;
    writeln!(out, "</testsuites>")
}

/// The suite as text: what the writer puts around it is taken away.
fn suite(about: &About, submission: &Submission, room: usize) -> io::Result<String> {
    let mut report = quick_junit::Report::new("");
    report.add_test_suite(suite_of(about, submission, room));
    let text = report.to_string().map_err(io::Error::other)?;
    let inner = text.find("<testsuite ").zip(text.rfind("</testsuites>"));
    let inner = inner.and_then(|(start, end)| text.get(start..end)).map(str::trim_end);
    Ok(inner.map_or_else(String::new, |inner| format!("    {inner}\n")))
}

fn suite_of(about: &About, submission: &Submission, room: usize) -> TestSuite {
    let mut suite = TestSuite::new(line(&submission.id, LINE));
    suite.time = time(submission.duration_ms);
    let mut attribute = |name: &str, value: String| suite.extra.insert(XmlString::new(name), XmlString::new(value));
    attribute("id", line(&submission.id, LINE));
    let url = submission.url.as_deref().unwrap_or_default();
    let dir = submission.dir.as_deref().unwrap_or_default();
    let mut properties = vec![
        ("grade.version".to_owned(), about.version.clone()),
        ("grade.rules".to_owned(), about.rules.clone()),
        ("grade.verdict".to_owned(), submission.verdict.name().to_owned()),
        ("grade.url".to_owned(), line(url, LINE)),
        ("grade.dir".to_owned(), line(dir, LINE)),
    ];
    for (name, value) in &submission.columns {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        properties.push((format!("column.{}", line(name, LINE)), line(&text, LINE)));
    }
    properties.retain(|(_, value)| !value.is_empty());
    suite.add_properties(properties.into_iter().map(|(name, value)| Property::new(name, value)));
    if let Some(reason) = &submission.reason {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
        status.set_message(line(&reason.text, LINE)).set_type(word(&reason.kind));
        let mut case = TestCase::new("the submission", status);
        case.set_classname(view::words(submission));
        suite.add_test_case(case);
    }
    for challenge in &submission.challenges {
        let (head, hints) = view::challenge(challenge);
        suite.add_test_cases(hints.iter().map(|hint| case(&head, hint, room)));
    }
    suite
}
