//! Annotations of GitHub Actions: `::error` is what is not as expected, `::warning` what could not be checked, `::notice`
//! a hint that passes on the starter. They stand at the tests of the challenge files, or in the manifest.

use super::model::{Expected, Finding, Verdict, VerifiedChallenge, VerifiedProject, VerifyReport};
use crate::report::github::{MOST, data, property};
use crate::report::plain;
use crate::report::text::line;

/// Longest title, and longest line of a message, in bytes.
const TITLE: usize = 160;
const LINE: usize = 600;

/// The annotations, a line each. GitHub shows ten of a kind, so no more are written, and a line says how many there
/// would have been.
pub fn annotations(report: &VerifyReport) -> String {
    let mut errors = Vec::new();
    let mut warnings = Vec::new();
    let mut notices = Vec::new();
    for challenge in &report.challenges {
        for project in &challenge.projects {
            if let Some(trouble) = &project.trouble {
                warnings.push(in_manifest("warning", challenge, project, trouble));
            }
            for finding in &project.findings {
                let open = finding.expected == Expected::AVerdict;
                let command = if open { "warning" } else { "error" };
                let list = if open { &mut warnings } else { &mut errors };
                list.push(found(command, challenge, project, finding));
            }
        }
        if challenge.verdict == Verdict::NoFixtures && report.summary.fixtures_required {
            let message = "There is no manifest with fixtures for this challenge, and --require-fixtures asks for one.";
            errors.push(annotation("error", &challenge.file, 1, 1, &challenge.name, message));
        }
        for hint in &challenge.passes_on_starter {
            let title = format!("{}: hint {}", challenge.name, hint.index + 1);
            let message = format!("This hint passes before the learner did anything: {}", line(&hint.text, LINE));
            notices.push(annotation("notice", &challenge.file, hint.line, 1, &title, &message));
        }
    }
    let mut out = String::new();
    for (list, what) in [(errors, "error"), (warnings, "warning"), (notices, "notice")] {
        for text in list.iter().take(MOST) {
            out.push_str(text);
            out.push('\n');
        }
        if list.len() > MOST {
            let more = list.len() - MOST;
            let plural = if more == 1 { "" } else { "s" };
            out.push_str(&format!(
                "{more} more {what}{plural} without an annotation: GitHub shows {MOST} of a kind.\n"
            ));
        }
    }
    out
}

fn found(command: &str, challenge: &VerifiedChallenge, project: &VerifiedProject, finding: &Finding) -> String {
    let Some(hint) = &finding.hint else { return in_manifest(command, challenge, project, &finding.text) };
    let title = format!("{}: hint {} on {}", challenge.name, hint.index + 1, project.called());
    let mut lines = vec![finding.text.clone()];
    let headline = plain::headline(hint);
    if !headline.is_empty() {
        lines.push(headline);
    }
    lines.extend(plain::help(hint).map(|help| format!("help: {help}")));
    let place = plain::place(hint);
    annotation(command, &challenge.file, place.line, place.column, &title, &lines.join("\n"))
}

fn in_manifest(command: &str, challenge: &VerifiedChallenge, project: &VerifiedProject, message: &str) -> String {
    let title = format!("{}: {}", challenge.name, project.called());
    annotation(command, &project.place.file, project.place.line, project.place.column, &title, message)
}

fn annotation(command: &str, file: &str, row: usize, column: usize, title: &str, message: &str) -> String {
    let message: Vec<String> = message.lines().map(|text| line(text, LINE)).collect();
    format!(
        "::{command} file={},line={row},col={column},title={}::{}",
        property(&line(file, LINE)),
        property(&line(title, TITLE)),
        data(&message.join("\n"))
    )
}
