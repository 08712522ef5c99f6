//! What is shown, and how a run ends.

use crate::program::{Left, Server, challenge, folder, grade, left, program, write};
use crate::support::mixed_run::MixedRun;

fn run(mixed: &MixedRun, more: &[&str]) -> Left {
    left(program().args(mixed.arguments()).args(more))
}

#[test]
fn quiet_is_one_line() {
    let mixed = MixedRun::start();
    let quiet = run(&mixed, &["--quiet", "--no-times"]);
    insta::assert_snapshot!(quiet.out, @"0 of 3 challenges complete: 2 of 14 hints passed, 7 failed, 4 could not be checked, 1 without a test");
    assert_eq!((quiet.code, quiet.err.as_str()), (1, ""));
    assert_eq!(quiet.out.lines().count(), 1);
    let report = run(&mixed, &["-q", "--report", "json"]);
    assert_eq!(report.err.lines().count(), 1);
    assert!(report.out.contains("\"hints\": ["));
    assert_eq!(run(&mixed, &["--quiet", "--verbose"]).code, 2);
}

#[test]
fn fail_fast_stops_and_says_so() {
    let mixed = MixedRun::start();
    let stopped = run(&mixed, &["--fail-fast", "--no-times"]);
    assert_eq!((stopped.code, stopped.err.as_str()), (1, ""));
    assert_eq!(stopped.out.matches("The run was stopped before").count(), 8, "{}", stopped.out);
    let totals = "1 of 14 hints passed, 1 failed, 3 could not be checked, 1 without a test, 8 skipped";
    assert!(stopped.out.split_whitespace().collect::<Vec<_>>().join(" ").ends_with(totals), "{}", stopped.out);
}

#[test]
fn exit_zero_forgives_verdicts_and_nothing_else() {
    let server = Server::of("no-disconnect");
    let fails = grade(&["--url", &server.url, "handle-a-disconnect", "--exit-zero"]);
    assert_eq!(fails.code, 0);
    assert!(fails.out.contains("FAIL"));
    let nobody = grade(&["--url", "http://localhost:9", "handle-a-disconnect", "--exit-zero", "--no-cors"]);
    assert_eq!(nobody.code, 0);
    assert!(nobody.out.contains("ERROR"));
    assert_eq!(grade(&["--url", &server.url, "no-such-challenge", "--exit-zero"]).code, 2);
    let folder = folder();
    let stubs = write(folder.path(), "stubs.md", &challenge("cccccccccccccccccccccccc", "stubs", &[""]));
    assert_eq!(grade(&["--url", &server.url, stubs.to_str().unwrap(), "--exit-zero"]).code, 2);
    let broken = write(folder.path(), "broken.md", "no challenge");
    let all = [stubs.to_str().unwrap(), broken.to_str().unwrap()];
    assert_eq!(grade(&["--url", &server.url, "handle-a-disconnect", all[1], "--exit-zero"]).code, 2);
}

#[test]
fn only_failed_shows_what_did_not_pass() {
    let mixed = MixedRun::start();
    let all = run(&mixed, &["--no-times"]);
    let only = run(&mixed, &["--no-times", "--only", "failed"]);
    assert!(all.out.contains("  pass "));
    assert_eq!(only.code, 1);
    let kept: Vec<&str> = all.out.lines().filter(|line| !line.starts_with("  pass ")).collect();
    assert_eq!(only.out.lines().collect::<Vec<_>>(), kept);

    let server = Server::of("complete");
    let passed = grade(&["--url", &server.url, "handle-a-disconnect", "--only", "failed", "--no-times"]);
    insta::assert_snapshot!(passed.out, @"2 of 2 hints passed");
    let some =
        grade(&["--url", &Server::of("no-disconnect").url, "handle-a-disconnect", "--only", "failed", "--no-times"]);
    assert!(some.out.starts_with("Maneja una desconexión") && !some.out.contains("  pass "), "{}", some.out);
    let reports = run(&mixed, &["--only", "failed", "--report", "json"]);
    assert_eq!(reports.out.matches("\"outcome\": \"passed\"").count(), 2);
}

#[test]
fn without_times_there_are_none() {
    let mixed = MixedRun::start();
    let run = run(&mixed, &["--no-times", "--verbose"]);
    let times = regex::Regex::new("TIME").unwrap();
    // What is left are limits, which are no times taken.
    let told: Vec<&str> = run.out.lines().filter(|line| times.is_match(line)).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("did not answer in the TIME"), "{told:?}");
}
