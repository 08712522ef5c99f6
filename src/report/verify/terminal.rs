//! For people: a line for each challenge, and below it what is not as expected.

use super::model::{Expected, Verdict, VerifiedChallenge, VerifiedProject, VerifyReport};
use crate::report::style::Styles;
use crate::report::terminal::{plain, wrap};
use crate::report::text::count;

/// Columns before what is said about a challenge.
const INDENT: &str = "       ";

/// The whole report.
pub fn terminal(report: &VerifyReport, styles: Styles, width: usize) -> String {
    let mut out = Out { text: String::new(), styles, width };
    for challenge in &report.challenges {
        out.challenge(challenge);
    }
    out.totals(report);
    out.text
}

struct Out {
    text: String,
    styles: Styles,
    width: usize,
}

impl Out {
    /// A text of several lines, the first behind `lead` and the others below it.
    fn say(&mut self, lead: &str, text: &str, paint: impl Fn(&str) -> String) {
        for line in wrap(text, lead, self.width) {
            let (head, body) = line.split_at(lead.len().min(line.len()));
            self.text.push_str(head);
            self.text.push_str(&paint(body));
            self.text.push('\n');
        }
    }

    fn challenge(&mut self, challenge: &VerifiedChallenge) {
        let styles = self.styles;
        let (word, told) = match challenge.verdict {
            Verdict::AsExpected => (styles.pass("pass"), as_expected(challenge)),
            Verdict::NotAsExpected => (styles.fail("FAIL"), parts(challenge)),
            Verdict::CouldNotCheck => (styles.error("ERROR"), parts(challenge)),
            Verdict::NoFixtures => (styles.dim("none"), "no fixtures".to_owned()),
        };
        let bare = match challenge.verdict {
            Verdict::AsExpected => "pass",
            Verdict::NotAsExpected => "FAIL",
            Verdict::CouldNotCheck => "ERROR",
            Verdict::NoFixtures => "none",
        };
        let lead = format!("{bare:5}  ");
        for (index, line) in wrap(&format!("{}: {told}", plain(&challenge.name)), &lead, self.width).iter().enumerate()
        {
            let line = if index == 0 { line.replacen(bare, &word, 1) } else { line.clone() };
            self.text.push_str(&line);
            self.text.push('\n');
        }
        for project in &challenge.projects {
            self.project(project);
        }
        if !challenge.passes_on_starter.is_empty() {
            self.say(INDENT, "On the starter, before the learner did anything, these hints pass:", |line| {
                styles.dim(line)
            });
            for hint in &challenge.passes_on_starter {
                self.say(&format!("{INDENT}{:>3}. ", hint.index + 1), &plain(&hint.text), |line| styles.dim(line));
            }
        }
    }

    fn project(&mut self, project: &VerifiedProject) {
        if project.verdict == Verdict::AsExpected {
            return;
        }
        let styles = self.styles;
        let place = format!("{}:{}:{}", project.place.file, project.place.line, project.place.column);
        self.say(INDENT, &plain(&format!("{} ({place})", project.called())), |line| styles.title(line));
        if let Some(why) = &project.why {
            self.say(&format!("{INDENT}  "), &plain(why), |line| styles.dim(line));
        }
        if let Some(trouble) = &project.trouble {
            for line in trouble.lines() {
                self.say(&format!("{INDENT}  "), &plain(line), |line| styles.error(line));
            }
        }
        for finding in &project.findings {
            let open = finding.expected == Expected::AVerdict;
            self.say(&format!("{INDENT}  "), &plain(&finding.text), |line| {
                if open { styles.error(line) } else { styles.fail(line) }
            });
            for line in finding.shown.lines() {
                self.text.push_str(format!("{INDENT}{line}").trim_end());
                self.text.push('\n');
            }
        }
    }

    fn totals(&mut self, report: &VerifyReport) {
        let summary = &report.summary;
        let styles = self.styles;
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        let verified = summary.challenges - summary.no_fixtures;
        let mut text = match verified {
            0 if summary.challenges == 0 => "There was nothing to verify".to_owned(),
            0 => "Nothing was verified".to_owned(),
            _ => format!("{} of {} as expected", summary.as_expected, count(verified, "challenge")),
        };
        for (number, words) in
            [(summary.not_as_expected, "not as expected"), (summary.could_not_check, "could not be checked")]
        {
            if number > 0 {
                text.push_str(&format!(", {number} {words}"));
            }
        }
        if summary.no_fixtures > 0 {
            let sep = if verified == 0 { ":" } else { "," };
            let rest = if summary.fixtures_required { ", which --require-fixtures asks for" } else { "" };
            text.push_str(&format!("{sep} {} without fixtures{rest}", count(summary.no_fixtures, "challenge")));
        }
        let missing = summary.fixtures_required && summary.no_fixtures > 0;
        let paint = |line: &str| {
            if summary.not_as_expected > 0 || missing {
                styles.fail(line)
            } else if summary.could_not_check > 0 || verified == 0 {
                styles.error(line)
            } else {
                styles.pass(line)
            }
        };
        self.say("", &text, paint);
    }
}

fn as_expected(challenge: &VerifiedChallenge) -> String {
    format!("{} as expected", count(challenge.projects.len(), "project"))
}

fn parts(challenge: &VerifiedChallenge) -> String {
    let with = |verdict| challenge.projects.iter().filter(|project| project.verdict == verdict).count();
    let mut parts = Vec::new();
    for (number, words) in
        [(with(Verdict::NotAsExpected), "not as expected"), (with(Verdict::CouldNotCheck), "could not be checked")]
    {
        if number > 0 {
            parts.push(format!("{number} {words}"));
        }
    }
    format!("of {}, {}", count(challenge.projects.len(), "project"), parts.join(", "))
}
