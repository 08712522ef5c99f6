//! TAP version 14: a test point a challenge, its hints in a subtest.
//!
//! What a harness concludes from it is what the exit code says, but for the reason, which TAP has no word for:
//!
//! - a hint that failed, and one that could not be checked, are `not ok`: the run has not passed. `severity` in the YAML
//!   block tells them apart: `fail`, and `error` for what trying again may change.
//! - a hint without a test, or not looked at, is `ok … # SKIP`; so is a challenge none of whose hints was checked.
//! - a run in which nothing answered, or nothing was checked, ends with `Bail out!`: a harness would otherwise take a run
//!   of nothing but skipped tests for a pass.
//!
//! There are no `# TODO`s. Values in YAML blocks are written as JSON, which is YAML.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Value, json};

use super::model::{self, Challenge, Hint, Outcome, ReasonKind, Report};
use super::plain::{challenge_verdict, details, full_name, headline, kind, place, verdict};
use super::text::{block, head, line};

/// Longest line of text, in bytes.
const LINE: usize = 600;
/// Longest details of a hint, in bytes.
const DETAILS: usize = 16_000;
/// Longest value, in bytes of JSON; a longer one is written as the start of a text.
const VALUE: usize = 8_000;
/// How a subtest is indented.
pub(super) const INDENT: &str = "    ";

/// Writes the report as TAP.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "TAP version 14")?;
    let environment = &report.environment;
    let about = [("rules", &environment.rules), ("engine", &environment.engine), ("url", &environment.url)];
    writeln!(out, "# {} {}", line(&environment.tool, LINE), line(&environment.version, LINE))?;
    for (label, value) in about {
        writeln!(out, "# {label}: {}", line(value, LINE))?;
    }
    if !report.challenges.is_empty() {
        // A plan of nothing would be a pass, and nothing may follow it.
        writeln!(out, "1..{}", report.challenges.len())?;
    }
    for (number, challenge) in (1..).zip(&report.challenges) {
        subtest(number, challenge, out)?;
    }
    match bail_out(report) {
        Some(reason) => writeln!(out, "Bail out! {}", described(&reason)),
        None => writeln!(out, "# {}", verdict(report)),
    }
}

/// Why the whole run says nothing about the project, if it does not.
fn bail_out(report: &Report) -> Option<String> {
    let counts = &report.summary.hints;
    if counts.passed + counts.failed > 0 {
        return None;
    }
    if counts.errored == 0 {
        return Some("no hint was checked".to_owned());
    }
    let hints = || report.challenges.iter().flat_map(|challenge| &challenge.hints);
    let mut errored = hints().filter(|hint| hint.outcome == Outcome::Errored);
    let unreachable = |hint: &Hint| hint.reason.as_ref().is_some_and(|reason| reason.kind == ReasonKind::Transport);
    let first = hints().find(|hint| hint.outcome == Outcome::Errored)?;
    errored.all(unreachable).then(|| headline(first))
}

fn subtest(number: usize, challenge: &Challenge, out: &mut dyn Write) -> io::Result<()> {
    let title = line(&format!("{} ({})", line(&challenge.title, LINE / 2), full_name(challenge)), LINE);
    // Comments know no escapes.
    writeln!(out, "# Subtest: {title}")?;
    let title = described(&title);
    let count = challenge.hints.len();
    writeln!(out, "{INDENT}1..{count}{}", if count == 0 { " # SKIP the challenge has no hints" } else { "" })?;
    for (number, hint) in (1..).zip(&challenge.hints) {
        point(number, challenge, hint, out)?;
    }
    let counts = &challenge.counts;
    let (word, directive) = match challenge_verdict(challenge) {
        "passed" => ("ok", ""),
        _ if counts.failed + counts.errored > 0 => ("not ok", ""),
        _ => ("ok", " # SKIP no hint was checked"),
    };
    writeln!(out, "{word} {number} - {title}{directive}")
}

/// The hint's text stands without its number, which is that of the test point.
pub(super) fn point(number: usize, challenge: &Challenge, hint: &Hint, out: &mut dyn Write) -> io::Result<()> {
    let (word, directive) = match hint.outcome {
        Outcome::Passed => ("ok", String::new()),
        Outcome::Failed | Outcome::Errored => ("not ok", String::new()),
        Outcome::Unchecked | Outcome::Skipped => ("ok", format!(" # SKIP {}", escaped(&headline(hint)))),
    };
    writeln!(out, "{INDENT}{word} {number} - {}{directive}", described(&hint.text))?;
    let quiet = !matches!(hint.outcome, Outcome::Failed | Outcome::Errored);
    if quiet && hint.notes.is_empty() { Ok(()) } else { diagnostics(challenge, hint, out) }
}

/// The YAML block below a test point.
fn diagnostics(challenge: &Challenge, hint: &Hint, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{INDENT}  ---")?;
    for row in rows(challenge, hint) {
        writeln!(out, "{}", format!("{INDENT}  {row}").trim_end())?;
    }
    writeln!(out, "{INDENT}  ...")
}

fn rows(challenge: &Challenge, hint: &Hint) -> Vec<String> {
    let pair = |key: &str, value: &Value| format!("{key}: {}", yaml(value));
    let severity = match hint.outcome {
        Outcome::Failed => "fail",
        Outcome::Errored => "error",
        Outcome::Passed | Outcome::Unchecked | Outcome::Skipped => "comment",
    };
    let quiet = severity == "comment";
    let mut rows = Vec::new();
    if !quiet {
        rows.push(pair("message", &json!(headline(hint))));
    }
    rows.push(pair("severity", &json!(severity)));
    if !quiet {
        rows.push(pair("code", &json!(kind(hint))));
    }
    if let Some(milliseconds) = hint.duration_ms {
        rows.push(pair("duration_ms", &json!(milliseconds)));
    }
    if hint.actual.is_some() || hint.expected.is_some() {
        rows.push("data:".to_owned());
    }
    for (key, value) in [("  got", &hint.actual), ("  expect", &hint.expected)] {
        if let Some(value) = value {
            rows.push(pair(key, &whole(value).unwrap_or_else(|| text(&value.text))));
        }
    }
    let place = place(hint);
    rows.push("at:".to_owned());
    rows.push(pair("  file", &json!(line(&challenge.file, LINE))));
    rows.push(pair("  line", &json!(place.line)));
    rows.push(pair("  column", &json!(place.column)));
    if !hint.notes.is_empty() {
        rows.push("notes:".to_owned());
        rows.extend(hint.notes.iter().map(|note| format!("  - {}", yaml(&line(&note.text, LINE)))));
    }
    if !quiet {
        // The one value on several lines is for people. Its indentation is said, as its first line may begin with a space.
        rows.push("details: |2-".to_owned());
        let details = block(&details(challenge, hint), DETAILS, char::len_utf8);
        rows.extend(details.lines().map(|row| format!("  {row}")));
    }
    rows
}

/// The value itself, unless it is too long or not whole.
fn whole(value: &model::Value) -> Option<Value> {
    let json = value.value.as_ref().filter(|_| !value.cut)?;
    (json.to_string().len() <= VALUE).then(|| json.clone())
}

fn text(text: &str) -> Value {
    let (start, whole) = head(text, VALUE);
    if whole { json!(start) } else { json!(format!("{start}…")) }
}

/// JSON on one line that is YAML as well: what YAML does not count as printable is escaped.
fn yaml(value: &impl Serialize) -> String {
    let json = serde_json::to_string(value).unwrap_or_else(|_| "null".to_owned());
    let mut out = String::with_capacity(json.len());
    for character in json.chars() {
        // Such characters can stand only within a text.
        match character {
            '\u{7f}'..='\u{a0}'
            | '\u{200b}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}'
            | '\u{feff}'
            | '\u{fffe}'
            | '\u{ffff}' => {
                out.push_str(&format!("\\u{:04x}", u32::from(character)));
            }
            other => out.push(other),
        }
    }
    out
}

/// A description: `#` and `\` escaped. A brace at the end would begin a subtest for some parsers.
pub(super) fn described(text: &str) -> String {
    let escaped = escaped(text);
    if escaped.ends_with('{') { escaped + "." } else { escaped }
}

/// A text with `#` and `\` escaped.
pub(super) fn escaped(text: &str) -> String {
    let text = line(text, LINE);
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(character, '\\' | '#') {
            out.push('\\');
        }
        out.push(character);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    fn tap(report: &Report) -> String {
        let mut out = Vec::new();
        write(report, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn every_outcome() {
        insta::assert_snapshot!(tap(&sample::mixed()));
    }

    #[test]
    fn nothing_answered_or_was_checked() {
        let end = |report: &Report| tap(report).lines().last().unwrap().to_owned();
        assert_eq!(end(&sample::unreachable()), "Bail out! nothing listens at 127.0.0.1:3000 (connection refused)");
        assert_eq!(end(&sample::nothing()), "Bail out! no hint was checked");
        assert_eq!(end(&sample::passed()), "# Passed: the only checked hint holds");
        let mut mixed = sample::unreachable();
        mixed.challenges.push(sample::challenge("x", "X", "x", vec![sample::timed_out()]));
        assert_eq!(end(&sample::report(mixed.challenges)), "# Could not check: 4 of 4 hints got no verdict");
    }

    #[test]
    fn directives_are_only_ours() {
        assert_eq!(described("a # SKIP \\# {"), "a \\# SKIP \\\\\\# {.");
        assert_eq!(described("a\nBail out!"), "a Bail out!");
    }

    #[test]
    fn json_is_read_as_yaml() {
        for value in sample::NASTY
            .iter()
            .map(|text| json!({ "text": text, "list": [0, -1.5, null, false, "", { "a b": text }] }))
        {
            let read: Value = serde_yaml::from_str(&format!("key: {}\n", yaml(&value))).unwrap();
            assert_eq!(read, json!({ "key": value }));
        }
    }
}
