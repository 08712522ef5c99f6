//! The scripts of `action.yml`, run as a runner of GitHub runs them.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::support::{Server, folder, left};

/// The script of a step.
fn script(id: &str) -> String {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("action.yml")).unwrap();
    let action: Value = serde_yaml::from_str(&text).unwrap();
    let steps = action["runs"]["steps"].as_array().unwrap();
    steps.iter().find(|step| step["id"] == id).unwrap()["run"].as_str().unwrap().to_owned()
}

/// The step `grade`: what it printed, and the outputs that it set. Nothing where there is no bash.
fn graded(inputs: &[(&str, &str)]) -> Option<(i32, String, String)> {
    if Command::new("bash").arg("--version").output().is_err() {
        println!("skipped: there is no bash");
        return None;
    }
    let folder = folder();
    let outputs = folder.path().join("outputs");
    let mut command = Command::new("bash");
    command.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", &script("grade")]);
    for name in ["URL", "DIR", "START", "CHALLENGES", "REPORT"] {
        command.env(name, "");
    }
    command.env_remove("GITHUB_STEP_SUMMARY").env("GRADE", env!("CARGO_BIN_EXE_grade"));
    command.env("RUNNER_TEMP", folder.path()).env("GITHUB_OUTPUT", &outputs).current_dir(folder.path());
    command.envs(inputs.iter().copied());
    let run = left(&mut command);
    for file in inputs.iter().filter(|(name, _)| *name == "REPORT").flat_map(|(_, reports)| reports.lines()) {
        let file = folder.path().join(file.split_once('=').unwrap().1);
        assert!(file.is_file(), "{} was not written: {}", file.display(), run.err);
    }
    Some((run.code, run.out, std::fs::read_to_string(outputs).unwrap()))
}

#[test]
fn a_failed_hint_fails_the_step_and_is_annotated() {
    let server = Server::of("no-disconnect");
    let inputs = [
        ("URL", server.url.as_str()),
        ("CHALLENGES", "handle-a-disconnect\n english/realtime-chat "),
        ("REPORT", "junit=a b/report.xml\ntap=report.tap"),
    ];
    let Some((code, out, outputs)) = graded(&inputs) else { return };
    assert_eq!((code, outputs.as_str()), (1, "verdict=failed\nexit-code=1\n"), "{out}");
    let token = out.lines().next().unwrap().strip_prefix("::stop-commands::").unwrap();
    assert!(token.len() > 32, "{token}");
    // Annotations come after commands are allowed again.
    let (shown, commands) = out.split_once(&format!("\n::{token}::\n")).unwrap();
    assert!(shown.contains("FAIL") && !shown.contains("::error "), "{shown}");
    assert!(commands.starts_with("::error file="), "{commands}");
}

#[test]
fn verdicts_become_outputs() {
    let server = Server::of("complete");
    let Some((code, out, outputs)) = graded(&[("URL", &server.url), ("CHALLENGES", "handle-a-disconnect")]) else {
        return;
    };
    assert_eq!((code, outputs.as_str()), (0, "verdict=passed\nexit-code=0\n"), "{out}");
    let (code, out, outputs) = graded(&[("URL", &server.url), ("CHALLENGES", "no-such-challenge")]).unwrap();
    assert_eq!((code, outputs.as_str()), (2, "verdict=unusable\nexit-code=2\n"), "{out}");
    let url = server.url.clone();
    drop(server);
    let (code, out, outputs) = graded(&[("URL", &url), ("CHALLENGES", "handle-a-disconnect")]).unwrap();
    assert_eq!((code, outputs.as_str()), (3, "verdict=could_not_check\nexit-code=3\n"), "{out}");
}
