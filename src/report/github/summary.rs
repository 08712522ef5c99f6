//! The summary of the step: a table, and what did not pass, folded.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::Path;

use crate::report::gfm::{Page, fence, html, inline, table};
use crate::report::model::{Challenge, Hint, Outcome, Report};
use crate::report::plain::{details, name, verdict};

/// GitHub takes 1 MiB a step, and other commands of the step may have written before.
const LIMIT: usize = 1_000_000;
/// Room for the table, in bytes.
const TABLE: usize = 100_000;
/// Longest details of a hint, and longest title, in bytes.
const DETAILS: usize = 8_000;
const TITLE: usize = 300;

/// The report as Markdown for `$GITHUB_STEP_SUMMARY`, below 1 MiB.
pub fn summary(report: &Report) -> String {
    let mut page = Page::new(LIMIT);
    let environment = &report.environment;
    page.add(|| {
        format!(
            "## {}\n\n{} {}, {} rules, {}\n\n{}\n",
            verdict(report),
            inline(&environment.tool, TITLE),
            inline(&environment.version, TITLE),
            inline(&environment.rules, TITLE),
            inline(&environment.url, TITLE),
            table(report, TABLE)
        )
    });
    for challenge in &report.challenges {
        for hint in &challenge.hints {
            if let Some(word) = word(hint) {
                page.add(|| folded(word, challenge, hint));
            }
        }
    }
    page.finish("hint", "GitHub takes no longer summary")
}

/// Appends the summary to a file, as GitHub asks for.
///
/// # Errors
/// When the file cannot be opened or written to.
pub fn append_summary(report: &Report, file: &Path) -> io::Result<()> {
    OpenOptions::new().append(true).create(true).open(file)?.write_all(summary(report).as_bytes())
}

/// What did not pass is shown.
fn word(hint: &Hint) -> Option<&'static str> {
    match hint.outcome {
        Outcome::Failed => Some("Failed"),
        Outcome::Errored => Some("Could not check"),
        Outcome::Passed | Outcome::Unchecked | Outcome::Skipped => None,
    }
}

fn folded(word: &str, challenge: &Challenge, hint: &Hint) -> String {
    format!(
        "<details><summary>{word}: {}: {}</summary>\n\n{}\n</details>\n\n",
        html(&challenge.title, TITLE),
        html(&name(hint), TITLE),
        fence(&details(challenge, hint), DETAILS)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn every_outcome() {
        insta::assert_snapshot!(summary(&sample::mixed()));
    }

    #[test]
    fn below_a_mebibyte() {
        let text = summary(&sample::large(400, 10, 1_000));
        assert!(text.len() < 1 << 20 && text.len() > 900_000, "{} bytes", text.len());
        assert!(text.ends_with(" hints more left out: GitHub takes no longer summary.*\n\n"));
        assert_eq!(text.matches("<details>").count(), text.matches("</details>").count());
        assert_eq!(text.lines().filter(|line| line.starts_with("```")).count() % 2, 0);
    }

    #[test]
    fn appended_to_what_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("summary.md");
        std::fs::write(&file, "before\n").unwrap();
        append_summary(&sample::passed(), &file).unwrap();
        assert!(
            std::fs::read_to_string(&file).unwrap().starts_with("before\n## Passed: the only checked hint holds\n")
        );
    }
}
