//! `JUnit` XML, as GitLab, Jenkins and most others read it.
//!
//! One suite a challenge, one case a hint. A hint that failed has a `<failure>`: the learner's business. One that could not
//! be checked has an `<error>`: the machine's. One without a test, or not looked at, is `<skipped>`. The number of the hint
//! is part of its name, because readers drop the second of two equal names.

use std::io::{self, Write};
use std::time::Duration;

use quick_junit::{NonSuccessKind, Property, TestCase, TestCaseStatus, TestSuite, XmlString};

use super::model::{Challenge, Hint, Outcome, Report};
use super::plain::{details, full_name, headline, kind, name, place};
use super::text::{affordable, block, line};

/// GitLab takes 30 MB; tags, files and names of challenges have their room beside this.
const TEXTS: usize = 18_000_000;
/// Longest text of one hint, in bytes of XML.
const LONGEST: usize = 16_000;
/// Longest title or message, in bytes.
const LINE: usize = 300;
/// Most lines of what a test printed.
const CONSOLE: usize = 100;

/// Writes the report as `JUnit` XML.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    // Written at once: errors of the XML writer tell no longer why `out` could not be written to.
    out.write_all(xml(report, TEXTS)?.as_bytes())
}

/// The report, with so many bytes for the texts of hints.
fn xml(report: &Report, texts: usize) -> io::Result<String> {
    let room = room_of(texts, report.summary.hints.total);
    let mut all = quick_junit::Report::new("grade");
    all.time = time(report.summary.duration_ms);
    all.add_test_suites(report.challenges.iter().map(|challenge| suite(report, challenge, room)));
    all.to_string().map_err(io::Error::other)
}

/// Bytes for the texts of each of so many hints.
pub(super) fn room(hints: usize) -> usize {
    room_of(TEXTS, hints)
}

fn room_of(texts: usize, hints: usize) -> usize {
    (texts / hints.max(1)).min(LONGEST)
}

fn suite(report: &Report, challenge: &Challenge, room: usize) -> TestSuite {
    let mut suite = TestSuite::new(line(&challenge.title, LINE));
    suite.time = time(challenge.duration_ms);
    let mut attribute = |name: &str, value: String| suite.extra.insert(XmlString::new(name), XmlString::new(value));
    if let Some(started) = &report.environment.started {
        attribute("timestamp", line(started, LINE));
    }
    attribute("id", line(&challenge.id, LINE));
    attribute("file", line(&challenge.file, LINE));
    let environment = &report.environment;
    let properties = [
        ("grade.version", &environment.version),
        ("grade.rules", &environment.rules),
        ("grade.engine", &environment.engine),
        ("grade.url", &environment.url),
    ];
    suite.add_properties(properties.into_iter().map(|(name, value)| Property::new(name, line(value, LINE))));
    suite.add_test_cases(challenge.hints.iter().map(|hint| case(challenge, hint, room)));
    suite
}

/// The case of a hint, with so many bytes for its texts.
pub(super) fn case(challenge: &Challenge, hint: &Hint, room: usize) -> TestCase {
    let short = |text: &str| affordable(&line(text, LINE), (room / 5).max(60), cost).to_owned();
    let quiet = |mut status: TestCaseStatus| {
        status.set_message(short(&headline(hint))).set_type(kind(hint));
        status
    };
    let loud = |sort| {
        let mut status = quiet(TestCaseStatus::non_success(sort));
        status.set_description(block(&details(challenge, hint), room / 3, cost));
        status
    };
    let status = match hint.outcome {
        Outcome::Passed => TestCaseStatus::success(),
        Outcome::Failed => loud(NonSuccessKind::Failure),
        Outcome::Errored => loud(NonSuccessKind::Error),
        Outcome::Unchecked | Outcome::Skipped => quiet(TestCaseStatus::skipped()),
    };
    let mut case = TestCase::new(short(&name(hint)), status);
    case.set_classname(full_name(challenge));
    case.time = time(hint.duration_ms);
    let mut attribute = |name: &str, value: String| case.extra.insert(XmlString::new(name), XmlString::new(value));
    attribute("file", line(&challenge.file, LINE));
    attribute("line", place(hint).line.to_string());
    let notes = hint.notes.iter().map(|note| format!("note: {}", line(&note.text, LINE)));
    let printed: Vec<String> = notes.chain(hint.console.iter().take(CONSOLE).map(|text| line(text, LINE))).collect();
    if !printed.is_empty() {
        case.set_system_out(block(&printed.join("\n"), room / 4, cost));
    }
    case
}

/// Milliseconds as a duration; none of what no clock says.
pub(super) fn time(milliseconds: Option<f64>) -> Option<Duration> {
    Duration::try_from_secs_f64(milliseconds? / 1000.0).ok()
}

/// Bytes that a character takes in XML, at most.
fn cost(character: char) -> usize {
    match character {
        '<' | '>' | '&' | '"' | '\'' => 6,
        other => other.len_utf8(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    fn text(report: &Report) -> String {
        let mut out = Vec::new();
        write(report, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn every_outcome() {
        insta::assert_snapshot!(text(&sample::mixed()));
    }

    #[test]
    fn nothing_but_what_xml_allows() {
        let text = text(&sample::mixed());
        let allowed = |c: char| matches!(c, '\n' | ' '..='\u{7e}' | '\u{a0}'..='\u{fffd}' | '\u{10000}'..);
        assert_eq!(text.chars().find(|character| !allowed(*character)), None);
    }

    #[test]
    fn large_reports_stay_below_thirty_megabytes() {
        // A hundredth of it: the sum of many short texts, and that of few long ones.
        for (challenges, hints, bytes) in [(20, 10, 400), (2, 5, 100_000)] {
            let size = xml(&sample::large(challenges, hints, bytes), TEXTS / 100).unwrap().len();
            assert!(size < 300_000, "{size} bytes");
        }
    }

    #[test]
    fn without_times() {
        let mut report = sample::passed();
        report.environment.started = None;
        report.summary.duration_ms = None;
        for challenge in &mut report.challenges {
            challenge.duration_ms = None;
            challenge.hints.iter_mut().for_each(|hint| hint.duration_ms = Some(f64::NAN));
        }
        assert!(!text(&report).contains("time"));
    }
}
