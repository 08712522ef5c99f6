//! `grade mutate` with a project of its own: started once, asked once, gone afterwards.

use std::net::TcpStream;
use std::process::{Command, Stdio};
use std::time::Duration;

use super::support::{left, program};
use super::{Started, has};

const PYTHON: &str = "python3 serve.py";

fn mutate(project: &Started, arguments: &[&str]) -> Command {
    let mut command = program();
    command
        .arg("mutate")
        .args(arguments)
        .args(["--start", PYTHON, "--dir", project.path().to_str().unwrap()])
        .args(["--url", &format!("http://127.0.0.1:{}", project.port)])
        .args(["--start-env", &format!("TEST_OF_GRADE={}", project.mark)]);
    command
}

#[test]
fn a_project_is_started_tried_and_stopped() {
    if !has("python3") {
        return;
    }
    let project = Started::new();
    let file = project.challenge(&["const res = await fetch(code + '/starts'); assert.equal(await res.text(), '0');"]);
    let run = left(&mut mutate(&project, &[&file]));
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{}", run.out);
    assert!(run.out.contains("can fail    1."), "{}", run.out);
    let asked = std::fs::read_to_string(project.path().join("starts.txt")).unwrap();
    assert_eq!(asked, "1", "what was recorded is not asked for again");
    project.nothing_is_left();
}

#[test]
fn an_interrupted_run_stops_the_project() {
    if !has("python3") {
        return;
    }
    let project = Started::new();
    let file = project.challenge(&["await fetch(code + '/hang');"]);
    let mut command = mutate(&project, &[&file, "--hint-timeout", "60"]);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    while TcpStream::connect(("127.0.0.1", project.port)).is_err() {
        std::thread::sleep(Duration::from_millis(20));
    }
    let pid = child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(3), "{output:?}");
    let error = String::from_utf8(output.stderr).unwrap();
    assert_eq!(error, "warning: the run was interrupted; what it did not come to was not tried\n");
    project.nothing_is_left();
}
