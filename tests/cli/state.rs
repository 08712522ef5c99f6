//! What is remembered between runs.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::support::{Left, Server, challenge, folder, left, program, write};

/// A project folder, and a place for state of its own.
struct Project(tempfile::TempDir);

impl Project {
    fn new() -> Self {
        let place = folder();
        std::fs::create_dir(place.path().join("project")).unwrap();
        for (id, name, blocks) in [
            ("1", "good", vec!["assert(true)"]),
            ("2", "bad", vec!["assert(true)", "assert.equal(1, 2)"]),
            ("3", "unclear", vec!["await fetch('http://127.0.0.1:2/')"]),
        ] {
            let blocks: Vec<&str> = blocks;
            let text = challenge(&format!("5e000000000000000000000{id}"), name, &blocks);
            write(place.path(), &format!("project/tests/chat/{name}.md"), &text);
        }
        Self(place)
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("project")
    }

    fn state(&self) -> PathBuf {
        self.0.path().join("state/grade")
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = program();
        command.current_dir(self.path()).args(arguments);
        command.env("XDG_STATE_HOME", self.0.path().join("state")).env("GRADE_CHALLENGES", "tests").env("TZ", "UTC");
        command
    }

    fn run(&self, arguments: &[&str]) -> Left {
        left(&mut self.command(arguments))
    }

    /// The state file.
    fn file(&self) -> PathBuf {
        let files = || std::fs::read_dir(self.state()).unwrap().map(|entry| entry.unwrap().path());
        files().find(|path| path.extension().is_some_and(|ending| ending == "json")).unwrap()
    }
}

fn url(server: &Server) -> [&str; 2] {
    ["--url", &server.url]
}

fn titles(out: &str) -> Vec<&str> {
    out.lines().filter(|line| line.contains("  (chat/")).map(|line| line.split("  (").next().unwrap()).collect()
}

fn dated(text: &str) -> String {
    regex::Regex::new("[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}").unwrap().replace_all(text, "DATE").into_owned()
}

#[test]
fn only_what_failed_or_could_not_be_checked_is_graded_again() {
    let server = Server::of("complete");
    let project = Project::new();
    let [flag, address] = url(&server);
    let first = project.run(&[flag, address]);
    assert_eq!((first.code, titles(&first.out)), (1, vec!["bad", "good", "unclear"]), "{first:?}");
    let again = project.run(&[flag, address, "--last-failed"]);
    assert_eq!((again.code, titles(&again.out)), (1, vec!["bad", "unclear"]), "{again:?}");
    // Names narrow it further.
    let again = project.run(&[flag, address, "--last-failed", "unclear", "good"]);
    assert_eq!((again.code, titles(&again.out)), (3, vec!["unclear"]), "{again:?}");
    let none = project.run(&[flag, address, "--last-failed", "good"]);
    assert_eq!((none.code, none.out.as_str()), (2, ""));
    insta::assert_snapshot!(none.err, @"error: what failed last time is not among the challenges that were asked for: bad, unclear");
    // Nothing of it is in the project, and nothing in it tells where the project runs.
    assert!(!std::fs::read_to_string(project.file()).unwrap().contains("127.0.0.1"));
    assert_eq!(std::fs::read_dir(project.path()).unwrap().count(), 1);
}

#[test]
fn with_nothing_failed_there_is_nothing_to_grade() {
    let server = Server::of("complete");
    let project = Project::new();
    let [flag, address] = url(&server);
    let none = project.run(&[flag, address, "--last-failed"]);
    assert_eq!((none.code, none.out.as_str()), (2, ""));
    insta::assert_snapshot!(none.err, @"error: nothing has been graded in this folder yet, so nothing failed; grade without --last-failed first");
    assert_eq!(project.run(&[flag, address, "good"]).code, 0);
    let none = project.run(&[flag, address, "--last-failed"]);
    assert_eq!((none.code, none.out.as_str()), (2, ""));
    insta::assert_snapshot!(dated(&none.err), @"error: nothing failed last time (graded DATE); grade without --last-failed to grade again");
}

#[test]
fn how_far_the_project_is() {
    let server = Server::of("complete");
    let project = Project::new();
    let [flag, address] = url(&server);
    let none = project.run(&["status"]);
    assert_eq!((none.code, none.out.as_str()), (0, "Nothing has been graded in this folder yet.\n"));
    project.run(&[flag, address, "bad", "good"]);
    let status = project.run(&["status"]);
    assert_eq!((status.code, status.err.as_str()), (0, ""));
    insta::assert_snapshot!(dated(&status.out), @"
    chat: 1 of 3 challenges passed
      bad          1/2  1 failed        DATE
      good         1/1  passed          DATE
      unclear        -  not graded yet
    ");
    let status = project.run(&["status", "--json", "bad"]);
    assert_eq!(status.code, 0);
    let time = regex::Regex::new("[0-9-]{10}T[0-9:]{8}Z").unwrap();
    insta::assert_snapshot!(time.replace_all(&status.out, "TIME"), @r#"
    {
      "blocks": [
        {
          "language": null,
          "block": "chat",
          "challenges": [
            {
              "name": "bad",
              "id": "5e0000000000000000000002",
              "title": "bad",
              "status": "failed",
              "hints": 2,
              "passed": 1,
              "failed": 1,
              "errored": 0,
              "gradedAt": "TIME"
            }
          ]
        }
      ]
    }
    "#);
}

#[test]
fn two_runs_at_once_lose_nothing() {
    let server = Server::of("complete");
    let project = Project::new();
    let names: Vec<String> = (0..6).map(|index| format!("many-{index}")).collect();
    for (index, name) in names.iter().enumerate() {
        let text = challenge(&format!("5f000000000000000000000{index}"), name, &["assert.equal(1, 2)"]);
        write(&project.path(), &format!("tests/many/{name}.md"), &text);
    }
    let [flag, address] = url(&server);
    let running: Vec<_> = names
        .iter()
        .map(|name| {
            let mut command = project.command(&[flag, address, name]);
            command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
        })
        .collect();
    for mut child in running {
        assert_eq!(child.wait().unwrap().code(), Some(1));
    }
    let again = project.run(&[flag, address, "--last-failed"]);
    assert_eq!(again.out.matches("  (many/many-").count(), names.len(), "{}", again.out);
}

#[test]
fn a_damaged_file_is_set_aside() {
    let server = Server::of("complete");
    let project = Project::new();
    let [flag, address] = url(&server);
    assert_eq!(project.run(&[flag, address, "good"]).code, 0);
    std::fs::write(project.file(), "{ damaged").unwrap();
    let found = project.run(&[flag, address, "good"]);
    assert_eq!(found.code, 0);
    assert!(found.err.starts_with("warning: what was remembered of earlier runs is damaged"), "{}", found.err);
    assert_eq!(std::fs::read_to_string(project.file().with_extension("damaged")).unwrap(), "{ damaged");
    let found = project.run(&["status"]);
    assert!(found.err.is_empty() && found.out.contains("good"), "{found:?}");
}

#[test]
fn where_nothing_can_be_written_the_verdict_stands() {
    let server = Server::of("complete");
    let project = Project::new();
    let [flag, address] = url(&server);
    write(project.0.path(), "state", "a file where the folder should be");
    let found = project.run(&[flag, address, "good"]);
    assert_eq!(found.code, 0);
    assert!(found.err.starts_with("warning: this run is not remembered: "), "{}", found.err);
}

#[test]
fn nothing_is_remembered_unwanted_or_in_ci() {
    let server = Server::of("complete");
    let project = Project::new();
    let [flag, address] = url(&server);
    let grade = [flag, address, "good"];
    assert_eq!(project.run(&[flag, address, "good", "--no-state"]).code, 0);
    assert_eq!(left(project.command(&grade).env("GRADE_NO_STATE", "1")).code, 0);
    assert_eq!(left(project.command(&grade).env("CI", "true")).code, 0);
    assert!(!project.state().exists());
    let found = left(project.command(&[flag, address, "--last-failed"]).env("CI", "true"));
    assert_eq!(found.code, 2);
    insta::assert_snapshot!(found.err, @"error: nothing is remembered between runs, because the environment variable CI says so");
    assert_eq!(left(project.command(&grade).env("CI", "true").env("GRADE_NO_STATE", "0")).code, 0);
    assert!(project.state().exists());
}

#[test]
fn a_project_is_the_folder_of_its_settings() {
    let server = Server::of("complete");
    let project = Project::new();
    let [flag, address] = url(&server);
    write(&project.path(), "grade.toml", "");
    assert_eq!(project.run(&[flag, address, "good"]).code, 0);
    let below = project.path().join("below");
    std::fs::create_dir(&below).unwrap();
    let from = |place: &Path| {
        left(project.command(&["status"]).current_dir(place).env("GRADE_CHALLENGES", project.path().join("tests")))
    };
    assert!(from(&below).out.contains("good"), "{:?}", from(&below));
    assert!(!from(project.0.path()).out.contains("good"));
}
