//! Projects that do not come up: what is said about it, and the exit code.

use super::{Started, has};
use crate::support::Server;

const OWNERS: &str = "handle-a-disconnect";

#[test]
fn one_that_ends_at_once() {
    let project = Started::new();
    let run = project.run("echo starting; echo 'Error: Cannot find module express' >&2; exit 7", &[OWNERS]);
    assert_eq!((run.code, run.out.as_str()), (3, ""));
    let lines: Vec<&str> = run.err.lines().collect();
    assert!(
        lines[0].starts_with("error: `echo starting;")
            && lines[0].ends_with(
                "ended before anything answered at http://127.0.0.1:PORT/ (exit code 7); the last that it printed:"
            ),
        "{}",
        run.err
    );
    // Two streams have no order between them.
    let mut printed = lines[1..3].to_vec();
    printed.sort_unstable();
    assert_eq!(printed, ["  | Error: Cannot find module express", "  | starting"]);
    assert_eq!(lines[3], "help: try the command in a shell; what it needs may not be installed (npm install)");
    assert_eq!(lines.len(), 4);
    project.nothing_is_left();
}

#[test]
fn one_that_ends_well_without_leaving_anything_and_one_that_is_killed() {
    let project = Started::new();
    let run = project.run("true", &[OWNERS]);
    insta::assert_snapshot!(run.err, @r"
    error: `true` ended before anything answered at http://127.0.0.1:PORT/ (exit code 0); it printed nothing
    help: try the command in a shell; what it needs may not be installed (npm install)
    ");
    assert_eq!((run.code, run.out.as_str()), (3, ""));
    let run = project.run("kill -9 $$", &[OWNERS]);
    assert!(run.code == 3 && run.err.contains("(killed by signal 9)"), "{run:?}");
}

#[test]
fn one_that_never_listens() {
    let project = Started::new();
    let run = project.run("echo listening on another port; exec sleep 300", &["--start-timeout", "0.5", OWNERS]);
    insta::assert_snapshot!(run.err);
    assert_eq!((run.code, run.out.as_str()), (3, ""));
    project.nothing_is_left();
}

#[test]
fn one_that_accepts_connections_and_says_nothing() {
    if !has("python3") {
        return;
    }
    let project = Started::new();
    let mute = "exec python3 -c 'import os, socket, time\ns = socket.create_server((\"127.0.0.1\", int(os.environ[\"PORT\"])))\ntime.sleep(300)'";
    let run = project.run(mute, &["--start-timeout", "1", OWNERS]);
    assert!(run.code == 3 && run.err.contains("nothing answered"), "{run:?}");
    project.nothing_is_left();
}

#[test]
fn one_that_ends_while_it_is_graded() {
    if !has("python3") {
        return;
    }
    let project = Started::new();
    let file = project.challenge(&["await fetch(code + '/crash');"]);
    let run = project.run("python3 serve.py", &[&file]);
    insta::assert_snapshot!(run.err, @r"
    warning: `python3 serve.py` ended while it was graded (exit code 9); the last that it printed:
      | out of luck
    ");
    assert_eq!(run.code, 3, "{}", run.out);
    assert!(run.out.contains("E506: The connection was closed"), "{}", run.out);
    project.nothing_is_left();
}

#[test]
fn a_command_that_is_none() {
    let project = Started::new();
    let run = project.run("no-such-command-anywhere", &[OWNERS]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(run.err.starts_with("error: the shell cannot run `no-such-command-anywhere`; the last"), "{}", run.err);
    assert!(run.err.contains("help: try the command in a shell, in the same folder"), "{}", run.err);
}

#[test]
fn a_port_that_is_taken() {
    let server = Server::of("complete");
    let project = Started::new();
    let mut grade = crate::support::program();
    grade.args([
        "--start",
        "touch started.txt",
        "--dir",
        project.path().to_str().unwrap(),
        "--url",
        &server.url,
        OWNERS,
    ]);
    let run = crate::support::left(&mut grade);
    insta::assert_snapshot!(run.err);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(!project.path().join("started.txt").exists(), "nothing was started");
}

#[test]
fn a_folder_that_is_none() {
    let run =
        crate::support::grade(&["--start", "true", "--dir", "no/such/folder", "--url", "http://127.0.0.1:9", OWNERS]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(run.err.starts_with("error: the folder `no/such/folder` cannot be read"), "{}", run.err);
}

#[test]
fn what_a_project_prints_cannot_harm_a_terminal_or_fill_memory() {
    let project = Started::new();
    let noisy = "yes 0123456789 | head -c 20000000; printf '\\033[2J\\033]0;title\\007red\\033[31m\\n'; exit 1";
    let run = project.run(noisy, &[OWNERS]);
    assert_eq!(run.code, 3);
    assert_eq!(run.err.lines().filter(|line| line.starts_with("  | ")).count(), 20);
    let printed: String = run.err.lines().filter(|line| line.starts_with("  | ")).collect();
    assert!(!printed.contains(['\u{1b}', '\u{7}']) && printed.contains("red"), "{printed:?}");
}

#[test]
fn options_that_make_no_sense_are_refused() {
    for (arguments, part) in [
        (&["--start", "true", "--start-env", "novalue"][..], "not of the form NAME=VALUE"),
        (&["--start", "true", "--start-env", "=x"], "not of the form NAME=VALUE"),
        (&["--start", "  "], "there is no command"),
        (&["--start", "true", "--start-timeout", "0"], "more than 0"),
        (&["--url", "http://127.0.0.1:9", "--repeat", "0"], "from 1 to 1000"),
        (&["--url", "http://127.0.0.1:9", "--repeat", "x"], "not a number of times"),
    ] {
        let run = crate::support::grade(arguments);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{arguments:?}");
        assert!(run.err.contains(part), "{arguments:?}: {}", run.err);
    }
}
