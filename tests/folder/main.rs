//! Grading a folder without a server: the same verdicts as of the running project, or none.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests")]

mod corpus;
mod fairness;
mod fixtures;

use std::path::Path;
use std::sync::Arc;

use grade::challenge::Challenge;
use grade::fetch::FetchSettings;
use grade::grader::{EngineChoice, GradeSettings, Grader, Prepared, RunResult, Submission};
use grade::submission::FolderSubmission;
use grade::verdict::{HintResult, Outcome, SkipReason};

/// Writes files into a folder of their own.
fn lay<'f>(files: impl IntoIterator<Item = (&'f str, &'f [u8])>) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }
    folder
}

fn of_folder(folder: &Path) -> FolderSubmission {
    FolderSubmission::open(folder, &FetchSettings::default()).unwrap()
}

async fn run(submission: &dyn Submission, engine: EngineChoice, challenges: &[Prepared]) -> RunResult {
    let settings = GradeSettings { engine, ..GradeSettings::default() };
    Grader::new(submission, settings).run(challenges, &mut |_| {}).await
}

fn word(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Passed => "passed",
        Outcome::Failed(_) => "failed",
        Outcome::Errored(_) => "errored",
        Outcome::Unchecked => "unchecked",
        Outcome::Skipped(SkipReason::NeedsRunningProject) => "needs a running project",
        Outcome::Skipped(_) => "skipped",
    }
}

/// Why a hint needs a running project.
fn why(hint: &HintResult) -> String {
    use grade::fetch::{ExchangeEnd, FetchError};
    let detail = hint.exchanges.iter().find_map(|exchange| match &exchange.end {
        ExchangeEnd::Failed(FetchError::Transport(error)) => Some(error.detail.clone()),
        _ => None,
    });
    let no_request = if hint.exchanges.is_empty() { "looks at no file" } else { "passes without the file" };
    detail.unwrap_or_else(|| no_request.to_owned())
}

/// A challenge of these test blocks.
fn challenge(blocks: &[&str]) -> Prepared {
    let mut text = String::from(
        "---\nid: aaaaaaaaaaaaaaaaaaaaaaaa\ntitle: t\nchallengeType: 2\ndashedName: t\n---\n\n# --description--\n\nText.\n\n# --hints--\n",
    );
    for block in blocks {
        text.push_str(&format!("\nHint.\n\n```js\n{block}\n```\n"));
    }
    of_text(&text)
}

fn of_text(text: &str) -> Prepared {
    let parsed: Challenge = grade::challenge::parse(&grade::challenge::Source::new("t.md", text)).unwrap();
    Prepared::new(Arc::new(parsed), "t.md", None, None)
}
