//! `--repeat`: what changes its verdict is flaky.

use super::{Started, has};

const CHANGES: &str =
    "const res = await fetch(code + '/starts');\nassert.equal(await res.text(), '0', 'The first start is even');";
const HOLDS: &str = "assert.isTrue(true);";

#[test]
fn a_hint_that_changes_its_verdict_is_flaky() {
    if !has("python3") {
        return;
    }
    let project = Started::new();
    let file = project.challenge(&[HOLDS, CHANGES, ""]);
    let run = project.run("python3 serve.py", &["--repeat", "3", &file]);
    insta::assert_snapshot!(run.out.replace(&file, "FILE"));
    assert_eq!((run.code, run.err.as_str()), (3, ""));
    assert_eq!(std::fs::read_to_string(project.path().join("starts.txt")).unwrap(), "3", "graded three times");
    project.nothing_is_left();
}

#[test]
fn a_hint_that_always_fails_settles_the_verdict() {
    if !has("python3") {
        return;
    }
    let project = Started::new();
    let file = project.challenge(&["assert.isTrue(false);", CHANGES]);
    let run = project.run("python3 serve.py", &["--repeat", "2", &file]);
    assert_eq!((run.code, run.err.as_str()), (1, ""), "{}", run.out);
    assert!(run.out.contains("Flaky: passed 1 of 2, failed 1."), "{}", run.out);
}

#[test]
fn it_repeats_against_a_running_project_too() {
    let server = crate::support::Server::of("complete");
    let run = crate::support::grade(&["--url", &server.url, "--repeat", "5", "handle-a-disconnect"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert_eq!(run.out.matches("pass     1.").count(), 1, "one report: {}", run.out);
}
