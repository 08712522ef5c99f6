//! Markdown for forum posts and comments on pull requests: the verdict, a table, and what did not pass.

use std::io::{self, Write};

use super::gfm::{Page, fence, inline, table};
use super::model::{Hint, Outcome, Report};
use super::plain::{full_name, headline, help, name, shown, verdict};

/// Forums take 32,000 characters, and GitHub 65,536.
const LIMIT: usize = 30_000;
/// Room for the table, in bytes.
const TABLE: usize = 8_000;
/// Longest evidence of a hint, and longest text on one line, in bytes.
const EVIDENCE: usize = 3_000;
const LINE: usize = 400;

/// Writes the report as Markdown.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut page = Page::new(LIMIT);
    page.add(|| format!("## {}\n\n{}\n", verdict(report), table(report, TABLE)));
    for challenge in &report.challenges {
        let mut title =
            Some(format!("### {} ({})\n\n", inline(&challenge.title, LINE), inline(&full_name(challenge), LINE)));
        for hint in &challenge.hints {
            if let Some(word) = word(hint) {
                page.add(|| title.take().unwrap_or_default() + &section(word, hint));
            }
        }
    }
    let environment = &report.environment;
    let text = page.finish("hint", "the text would be too long to post");
    out.write_all(text.as_bytes())?;
    writeln!(
        out,
        "Graded by {} {} under {} rules.",
        inline(&environment.tool, LINE),
        inline(&environment.version, LINE),
        inline(&environment.rules, LINE)
    )
}

/// What is amiss is shown.
fn word(hint: &Hint) -> Option<&'static str> {
    match hint.outcome {
        Outcome::Failed => Some("failed"),
        Outcome::Errored => Some("could not be checked"),
        Outcome::Passed | Outcome::Unchecked | Outcome::Skipped => None,
    }
}

/// Headline, excerpt and help.
fn section(word: &str, hint: &Hint) -> String {
    let mut out = format!("**{}** {word}: {}", inline(&name(hint), LINE), inline(&headline(hint), LINE));
    if let Some(explanation) = &hint.explanation {
        out += &format!(" ({})", explanation.code);
    }
    out += "\n\n";
    let shown = shown(hint);
    if !shown.is_empty() {
        out += &fence(&shown, EVIDENCE);
        out += "\n";
    }
    if let Some(help) = help(hint) {
        out += &format!("**Help:** {}\n\n", inline(&help, LINE));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    fn markdown(report: &Report) -> String {
        let mut out = Vec::new();
        write(report, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn every_outcome() {
        insta::assert_snapshot!(markdown(&sample::mixed()));
    }

    #[test]
    fn fits_in_a_post() {
        let text = markdown(&sample::large(200, 10, 1_000));
        assert!(text.len() < 32_000, "{} bytes", text.len());
        assert!(text.contains(" hints more left out: the text would be too long to post.*\n\nGraded by "));
    }

    #[test]
    fn nothing_to_complain_about() {
        assert_eq!(
            markdown(&sample::passed()),
            "## Passed: the only checked hint holds\n\n\
             | Challenge | Verdict | Passed | Failed | Could not check | No test | Skipped |\n\
             |---|---|--:|--:|--:|--:|--:|\n\
             | First | passed | 1 | 0 | 0 | 0 | 0 |\n\n\
             Graded by grade 0.1.0 under honest rules.\n"
        );
    }
}
