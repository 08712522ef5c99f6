//! Markdown for people: the verdicts counted, and a table of the submissions that did not pass, as far as there is room.

use std::io::{self, Write};

use super::line::Submission;
use super::reports::{About, each};
use super::view;
use crate::batch::{Results, Totals, Verdict};
use crate::report::gfm::{Page, inline};
use crate::report::model::Outcome;
use crate::report::plain::headline;

/// Forums take 32,000 characters, and GitHub 65,536.
const LIMIT: usize = 30_000;
/// Longest id, and longest cause, in bytes.
const ID: usize = 100;
const CAUSE: usize = 300;

/// Writes the report.
pub(super) fn write(about: &About, totals: Totals, results: &Results, out: &mut dyn Write) -> io::Result<()> {
    let mut page = Page::new(LIMIT);
    page.add(|| format!("## {}\n\n", super::summary(totals)));
    if totals.count() > totals.passed {
        page.add(|| {
            "| Submission | Verdict | Passed | Failed | Could not check | First cause |\n|---|---|--:|--:|--:|---|\n"
                .to_owned()
        });
        each(results, &mut |submission| {
            if submission.verdict != Verdict::Passed {
                page.add(|| row(submission));
            }
            Ok(())
        })?;
    }
    let text = page.finish("submission", "the text would be too long to post");
    out.write_all(text.as_bytes())?;
    writeln!(out, "\nGraded by grade {} under {} rules.", inline(&about.version, ID), inline(&about.rules, ID))
}

fn row(submission: &Submission) -> String {
    let counts = &submission.counts;
    let hints = submission.challenges.iter().flat_map(Submission::hints);
    let worst = |hint: &crate::report::model::Hint| matches!(hint.outcome, Outcome::Failed | Outcome::Errored);
    let cause = submission.reason.as_ref().map(|reason| reason.text.clone());
    let cause = cause.or_else(|| hints.into_iter().find(worst).map(|hint| headline(&hint))).unwrap_or_default();
    format!(
        "| {} | {} | {} | {} | {} | {} |\n",
        inline(&submission.id, ID),
        view::words(submission),
        counts.passed,
        counts.failed,
        counts.errored,
        inline(&cause, CAUSE)
    )
}
