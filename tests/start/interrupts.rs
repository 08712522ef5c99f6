//! Ctrl-C and its kin: what was graded is told, and nothing is left behind.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Stdio};

use super::{Started, has};
use crate::support::steady;

fn send(child: &Child, signal: &str) {
    let pid = child.id().to_string();
    assert!(std::process::Command::new("kill").args([signal, &pid]).status().unwrap().success());
}

#[test]
fn an_interrupted_run_tells_what_was_graded_and_stops_the_project() {
    if !has("python3") {
        return;
    }
    for signal in ["-INT", "-TERM", "-HUP"] {
        let project = Started::new();
        let file = project.challenge(&["assert.isTrue(true);", "await fetch(code + '/hang');", "assert.isTrue(true);"]);
        let mut grade = project.grade("python3 serve.py", &["--hint-timeout", "60", &file]);
        let mut child = grade.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut text = String::new();
        while !text.contains("pass     1.") {
            assert!(out.read_line(&mut text).unwrap() > 0, "{text}");
        }
        send(&child, signal);
        out.read_to_string(&mut text).unwrap();
        let mut error = String::new();
        child.stderr.take().unwrap().read_to_string(&mut error).unwrap();
        let code = child.wait().unwrap().code();
        insta::assert_snapshot!("interrupted", steady(&text));
        assert_eq!(code, Some(3), "{signal}");
        assert_eq!(error, "warning: the run was interrupted; what it did not come to was not checked\n");
        project.nothing_is_left();
    }
}

#[test]
fn a_failed_hint_settles_the_verdict_of_an_interrupted_run() {
    if !has("python3") {
        return;
    }
    let project = Started::new();
    let file = project.challenge(&["assert.isTrue(false);", "await fetch(code + '/hang');"]);
    let mut grade = project.grade("python3 serve.py", &["--hint-timeout", "60", &file]);
    let mut child = grade.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut text = String::new();
    while !text.contains("FAIL     1.") {
        assert!(out.read_line(&mut text).unwrap() > 0, "{text}");
    }
    send(&child, "-INT");
    out.read_to_string(&mut text).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(1), "{text}");
    project.nothing_is_left();
}

#[test]
fn a_project_that_is_still_coming_up_is_stopped_too() {
    let project = Started::new();
    let mut grade = project.grade("touch up.txt; sleep 300", &["handle-a-disconnect"]);
    let mut child = grade.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    while !project.path().join("up.txt").exists() {
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    send(&child, "-INT");
    let mut error = String::new();
    child.stderr.take().unwrap().read_to_string(&mut error).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(3));
    assert_eq!(error, "warning: the run was interrupted; what it did not come to was not checked\n");
    project.nothing_is_left();
}
