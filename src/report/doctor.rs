//! `grade doctor`: lines for people, JSON for programs.

use super::style::Styles;
use super::terminal::{plain, wrap};
use super::value::harmless;
use crate::doctor::{Diagnosis, Finding, Level, State};

/// Columns of the two words before a finding's text.
const LABEL: usize = 9;
const STEP: usize = 15;

/// The diagnosis as JSON, two spaces deep.
pub fn json(diagnosis: &Diagnosis) -> String {
    serde_json::to_string_pretty(diagnosis).unwrap_or_default() + "\n"
}

/// The diagnosis as lines: one or more for each finding, and what it comes to.
pub fn lines(diagnosis: &Diagnosis, styles: Styles, width: usize) -> String {
    let mut out = String::new();
    let mut unseen: Vec<&'static str> = Vec::new();
    for finding in &diagnosis.findings {
        if finding.level == Level::NotLookedAt && diagnosis.state == State::Unreachable {
            unseen.push(finding.step.title());
            continue;
        }
        out.push_str(&entry(finding, styles, width));
    }
    if !unseen.is_empty() {
        out.push_str(&indented(&format!("not looked at: {}", unseen.join(", ")), "  ", width));
    }
    out.push('\n');
    out.push_str(&verdict(diagnosis, styles));
    out
}

fn entry(finding: &Finding, styles: Styles, width: usize) -> String {
    let (label, painted) = match finding.level {
        Level::Ok => ("ok", styles.pass("ok")),
        Level::Warning => ("warning", styles.error("warning")),
        Level::Problem => ("PROBLEM", styles.fail("PROBLEM")),
        Level::NotLookedAt => ("-", styles.dim("-")),
    };
    let text = match finding.level {
        Level::NotLookedAt => format!("not looked at: {}", plain(&finding.text)),
        _ => plain(&finding.text),
    };
    let first = format!("  {label:LABEL$}{:STEP$}", finding.step.title());
    // Painted after wrapping, which counts columns.
    let mut out = indented(&text, &first, width).replacen(label, &painted, 1);
    let under = format!("{:1$}", "", 2 + LABEL + STEP);
    for detail in &finding.details {
        out.push_str(&indented(&plain(detail), &under, width));
    }
    if let Some(help) = &finding.help {
        let first = format!("{:1$}{2:STEP$}", "", 2 + LABEL, "help");
        out.push_str(&indented(&plain(help), &first, width).replacen("help", &styles.help("help"), 1));
    }
    for line in &finding.lines {
        // Lines of code keep their blanks.
        out.push_str(&format!("{under}{}\n", harmless(line)));
    }
    out
}

fn indented(text: &str, first: &str, width: usize) -> String {
    wrap(text, first, width).into_iter().map(|line| line + "\n").collect()
}

fn verdict(diagnosis: &Diagnosis, styles: Styles) -> String {
    let count = |level, one: &str, many: &str| match diagnosis.count(level) {
        0 => None,
        1 => Some(format!("1 {one}")),
        several => Some(format!("{several} {many}")),
    };
    let warnings = count(Level::Warning, "warning", "warnings");
    match diagnosis.state {
        State::Unreachable => format!("{}\n", styles.fail("The project cannot be reached.")),
        State::Problem => {
            let problems = count(Level::Problem, "problem", "problems");
            let all: Vec<String> = [problems, warnings].into_iter().flatten().collect();
            format!("{}\n", styles.fail(&format!("The project answers, with {}.", all.join(" and "))))
        }
        State::Ready => match warnings {
            Some(warnings) => format!("{}, with {warnings}.\n", styles.pass("The project can be graded")),
            None => format!("{}\n", styles.pass("The project can be graded.")),
        },
    }
}

/// The cause in at most two lines, without its details but for the first of a project found elsewhere.
pub fn short(diagnosis: &Diagnosis, styles: Styles) -> Option<String> {
    let cause = diagnosis.cause()?;
    let mut out = format!("{} {}: {}\n", styles.title("doctor:"), cause.step.title(), plain(&cause.text));
    let elsewhere = cause.details.iter().find(|detail| detail.ends_with('?'));
    let help = elsewhere.or(cause.help.as_ref())?;
    out.push_str(&format!("{} {}\n", styles.help("help:"), plain(help)));
    Some(out)
}
