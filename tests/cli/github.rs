//! `--report github` and the summary of a step.

use crate::support::{Server, folder, left, program, steady};

const OWNERS: &str = "handle-a-disconnect";

#[test]
fn annotations_on_standard_output_and_a_summary_in_the_file() {
    let server = Server::of("no-disconnect");
    let folder = folder();
    let summary = folder.path().join("summary.md");
    std::fs::write(&summary, "What was there.\n").unwrap();
    let arguments = ["--url", &server.url, "--report", "github", "--no-times", OWNERS];
    let run = left(program().args(arguments).env("GITHUB_STEP_SUMMARY", &summary));
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(run.err.contains("FAIL"), "{}", run.err);
    assert!(run.out.starts_with("::error file="), "{}", run.out);
    assert_eq!(run.out.lines().count(), 1, "{}", run.out);
    let summary = steady(&std::fs::read_to_string(summary).unwrap());
    assert!(summary.starts_with("What was there.\n## Failed: 1 of 2 hints failed\n"), "{summary}");
    assert_eq!(summary.matches("<details>").count(), 1, "{summary}");
}

#[test]
fn other_reports_write_no_summary() {
    let server = Server::of("complete");
    let folder = folder();
    let summary = folder.path().join("summary.md");
    let arguments = ["--url", &server.url, "--report", "tap", OWNERS];
    let run = left(program().args(arguments).env("GITHUB_STEP_SUMMARY", &summary));
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.starts_with("TAP version 14\n"), "{}", run.out);
    assert!(!summary.exists());
}

#[test]
fn a_summary_that_cannot_be_written_is_a_report_that_cannot_be_written() {
    let server = Server::of("complete");
    let folder = folder();
    let arguments = ["--url", &server.url, "--report", "github", OWNERS];
    let run = left(program().args(arguments).env("GITHUB_STEP_SUMMARY", folder.path()));
    assert_eq!(run.code, 2, "{}", run.err);
    assert!(run.err.contains("error: the summary of the step cannot be written to `"), "{}", run.err);
}
