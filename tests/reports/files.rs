//! Where reports go, and what happens when they cannot go there.

use std::fs;
use std::net::TcpListener;
use std::process::Stdio;

use crate::program::{folder, left, program};
use crate::support::mixed_run::MixedRun;

#[test]
fn a_path_that_cannot_be_written_ends_the_run_before_it_asks_anything() {
    let folder = folder();
    fs::write(folder.path().join("file"), "x").unwrap();
    let project = TcpListener::bind("127.0.0.1:0").unwrap();
    project.set_nonblocking(true).unwrap();
    let url = format!("http://{}", project.local_addr().unwrap());
    for path in ["file/report.json", "."] {
        let report = format!("json={}", folder.path().join(path).display());
        let run = left(program().args(["--url", &url, "handle-a-disconnect", "--report", &report]));
        assert_eq!((run.code, run.out.as_str()), (2, ""));
        assert!(run.err.starts_with("error: the json report `") && run.err.contains("because: "), "{}", run.err);
        assert!(project.accept().is_err(), "the project was asked");
    }
}

#[test]
fn unusable_wishes_are_told() {
    let run = |arguments: &[&str]| {
        let left = left(program().args(["--url", "localhost:1", "handle-a-disconnect"]).args(arguments));
        assert_eq!((left.code, left.out.as_str()), (2, ""));
        left.err
    };
    insta::assert_snapshot!(run(&["--report", "json", "--report", "jsonl=-"]), @"error: only one report can go to standard output, not both json and jsonl: give a path, as in --report jsonl=PATH");
    assert!(run(&["--report", "json=-", "--report", "json=-"]).contains("only one report can go to standard output"));
    assert!(run(&["--report", "xml=x"]).starts_with("error: there is no report format `xml`; there are json, jsonl"));
    insta::assert_snapshot!(run(&["--report", "json="]), @"error: --report json= has no path; without `=` the report goes to standard output");
    let folder = folder();
    let path = folder.path().join("x").display().to_string();
    let both = run(&["--report", &format!("json={path}"), "--report", &format!("jsonl={path}")]);
    assert!(both.starts_with("error: two reports cannot go to one file"), "{both}");
    assert!(!folder.path().join("x").exists());
}

#[test]
fn folders_are_made_and_old_reports_replaced() {
    let run = MixedRun::start();
    let file = run.folder().join("out/deep/report.json");
    let report = format!("json={}", file.display());
    for _ in 0..2 {
        let left = left(program().args(run.arguments()).args(["--fail-fast", "--report", &report]));
        assert_eq!((left.code, left.err.as_str()), (1, ""));
        assert!(left.out.contains("hints passed"));
        assert!(fs::read_to_string(&file).unwrap().ends_with("}\n"));
    }
    assert_eq!(fs::read_dir(file.parent().unwrap()).unwrap().count(), 1, "nothing else is left behind");
}

#[test]
fn a_run_that_dies_leaves_the_old_report_and_the_lines_so_far() {
    let run = MixedRun::start();
    let (old, lines) = (run.folder().join("report.json"), run.folder().join("run.jsonl"));
    fs::write(&old, "old").unwrap();
    let reports = [format!("json={}", old.display()), format!("jsonl={}", lines.display())];
    let mut child = program()
        .args(run.arguments().iter().map(|argument| if argument == "1" { "600" } else { argument }))
        // The last but one hint waits for an answer that never comes.
        .args(["--report", &reports[0], "--report", &reports[1]])
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let begun = |text: &str| text.matches("\"event\":\"hint\"").count() == 12;
    while !begun(&fs::read_to_string(&lines).unwrap_or_default()) {
        assert!(child.try_wait().unwrap().is_none(), "it ended");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(fs::read_to_string(&old).unwrap(), "old");
    assert!(fs::read_to_string(&lines).unwrap().ends_with("}\n"));
    let left_behind =
        fs::read_dir(run.folder()).unwrap().filter_map(|entry| entry.unwrap().file_name().into_string().ok());
    assert!(left_behind.into_iter().all(|name| !name.contains(".tmp")));
}

#[cfg(target_os = "linux")]
#[test]
fn a_report_that_fails_in_the_end_does_not_take_others_with_it() {
    let run = MixedRun::start();
    let other = run.folder().join("run.jsonl");
    let reports = ["json=/dev/full".to_owned(), format!("jsonl={}", other.display())];
    let left =
        left(program().args(run.arguments()).args(["--exit-zero", "--report", &reports[0], "--report", &reports[1]]));
    insta::assert_snapshot!(left.err, @r"
    error: the json report `/dev/full` cannot be written
      because: No space left on device (os error 28)
    ");
    assert_eq!(left.code, 2);
    assert!(left.out.contains("hints passed"));
    assert!(fs::read_to_string(other).unwrap().contains("\"event\":\"finished\""));
}

#[test]
fn a_reader_that_goes_away_changes_nothing_about_the_verdict() {
    let run = MixedRun::start();
    let file = run.folder().join("report.json");
    for report in ["json", "jsonl"] {
        let mut child = program()
            .args(run.arguments())
            .args(["--report", report, "--report", &format!("json={}", file.display())])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(1));
        let errors = String::from_utf8(output.stderr).unwrap();
        assert!(!errors.lines().any(|line| line.starts_with("error:")), "{errors}");
        assert!(file.exists());
        fs::remove_file(&file).unwrap();
    }
}
