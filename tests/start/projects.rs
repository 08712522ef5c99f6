//! Projects that come up.

use super::{Started, has};

const OWNERS: &str = "handle-a-disconnect";
const PYTHON: &str = "python3 serve.py";

#[test]
fn a_project_is_started_graded_and_stopped() {
    if !has("python3") {
        return;
    }
    let project = Started::new();
    let run = project.run(PYTHON, &[OWNERS]);
    insta::assert_snapshot!(run.out, @r"
    Maneja una desconexión  (advanced-node-and-express/handle-a-disconnect)
      pass     1. El servidor debe manejar la desconexión del evento de un socket.
      pass     2. Your client should be listening for 'user count' event.

    2 of 2 hints passed (TIME)
    ");
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    project.nothing_is_left();
}

#[test]
fn a_project_that_fails_is_stopped_too() {
    if !has("python3") {
        return;
    }
    let project = Started::new();
    super::write(project.path(), "server.js", "no listener\n");
    let run = project.run(PYTHON, &[OWNERS]);
    assert_eq!((run.code, run.err.as_str()), (1, ""), "{}", run.out);
    project.nothing_is_left();
}

#[test]
fn children_and_daemons_are_stopped_with_it() {
    if !has("python3") {
        return;
    }
    if !cfg!(target_os = "linux") {
        println!("skipped: only Linux tells which daemons come from a project");
        return;
    }
    // In the background of a shell that waits, of one that ends, and in a session of its own.
    for command in [
        "python3 serve.py & wait",
        "sleep 300 & (python3 serve.py &) & sleep 301",
        "python3 serve.py & exit 0",
        "setsid python3 serve.py & sleep 302 & exit 0",
        "python3 -c 'import os, sys\nif os.fork(): sys.exit()\nos.setsid()\nif os.fork(): sys.exit()\nos.execvp(\"python3\", [\"python3\", \"serve.py\"])'",
    ] {
        let project = Started::new();
        let run = project.run(command, &[OWNERS]);
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{command}: {}", run.out);
        project.nothing_is_left();
    }
}

#[test]
fn a_project_that_ignores_the_polite_signal_is_killed() {
    if !has("python3") {
        return;
    }
    let project = Started::new();
    let run = project.run("trap '' TERM; python3 serve.py ignore-sigterm", &[OWNERS]);
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{}", run.out);
    project.nothing_is_left();
}

#[test]
fn the_environment_tells_port_and_mode() {
    if !has("python3") {
        return;
    }
    let project = Started::new();
    let port = project.port.to_string();
    let env =
        |expected: &str| format!("const r = await fetch(code + '/env');\nassert.equal(await r.text(), '{expected}');");
    let plain = project.challenge(&[&env(&format!("{port},-,-"))]);
    let run = project.run(PYTHON, &[&plain]);
    assert_eq!(run.code, 0, "{}", run.out);
    let get_tests = "await fetch(code + '/_api/get-tests');\nassert.isTrue(true);";
    let tested = project.challenge(&[get_tests, &env(&format!("{port},test,-"))]);
    let run = project.run(PYTHON, &[&tested]);
    assert_eq!(run.code, 0, "{}", run.out);
    // What the user sets wins.
    let mine = project.challenge(&[get_tests, &env(&format!("{port},production,a=b"))]);
    let run = project.run(PYTHON, &["--start-env", "NODE_ENV=production", "--start-env", "MINE=a=b", &mine]);
    assert_eq!(run.code, 0, "{}", run.out);
}

#[test]
fn without_a_url_it_is_expected_at_the_usual_one() {
    let project = Started::new();
    let mut grade = super::program();
    grade.args(["--start", "echo $PORT; exit 1", "--dir", project.path().to_str().unwrap(), OWNERS]);
    let run = super::left(&mut grade);
    // Somebody may really be there.
    if run.err.contains("already") {
        println!("skipped: something listens on port 3000");
        return;
    }
    assert_eq!(run.code, 3);
    assert!(run.err.contains("http://localhost:PORT") && run.err.contains("  | 3000"), "{}", run.err);
}
