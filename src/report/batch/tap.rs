//! TAP version 14: a test point a submission, its hints in a subtest.

use std::io::{self, Write};

use super::line::Submission;
use super::reports::{About, each};
use super::view;
use crate::batch::{Results, Totals, Verdict};
use crate::report::tap::{INDENT, described, escaped, point};
use crate::report::text::line;

/// Longest text on one line, in bytes.
const LINE: usize = 600;

/// Writes the report.
pub(super) fn write(about: &About, totals: Totals, results: &Results, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "TAP version 14")?;
    writeln!(out, "# grade {}", line(&about.version, LINE))?;
    writeln!(out, "# rules: {}", line(&about.rules, LINE))?;
    if totals.count() == 0 {
        return writeln!(out, "Bail out! no submission was graded");
    }
    writeln!(out, "1..{}", totals.count())?;
    let mut number = 0;
    each(results, &mut |submission| {
        number += 1;
        subtest(number, submission, out)
    })?;
    writeln!(out, "# {}", super::summary(totals))
}

fn subtest(number: usize, submission: &Submission, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# Subtest: {}", line(&submission.id, LINE))?;
    let count: usize = submission.challenges.iter().map(|challenge| challenge.hints.len()).sum();
    writeln!(out, "{INDENT}1..{count}{}", if count == 0 { " # SKIP nothing was graded" } else { "" })?;
    let mut place = 0;
    for challenge in &submission.challenges {
        let (head, hints) = view::challenge(challenge);
        for hint in &hints {
            place += 1;
            point(place, &head, hint, out)?;
        }
    }
    let word = if submission.verdict == Verdict::Passed { "ok" } else { "not ok" };
    let reason = submission.reason.as_ref().map(|reason| format!(" ({})", escaped(&reason.text)));
    let words = format!("{}: {}{}", described(&submission.id), view::words(submission), reason.unwrap_or_default());
    writeln!(out, "{word} {number} - {words}")
}
