//! The command line itself.

use crate::support::grade;

#[test]
fn without_a_project_there_is_nothing_to_grade() {
    let run = grade(&[]);
    insta::assert_snapshot!(run.err, @"error: no project to grade: give its address with --url, its folder with --dir, or the command that starts it with --start (or try `grade demo`)");
    assert_eq!((run.code, run.out.as_str()), (2, ""));
}

#[test]
fn unusable_addresses_and_options_exit_with_2() {
    for arguments in [
        vec!["--url", "http://"],
        vec!["--url", "http://[::1"],
        vec!["--url", "http://localhost:3000", "--hint-timeout", "0"],
        vec!["--url", "http://localhost:3000", "--max-body", "lots"],
        vec!["--url", "http://localhost:3000", "--resolve", "nonsense"],
        vec!["--url", "http://localhost:3000", "--cacert", "/no/such/file.pem"],
        vec!["--url", "http://localhost:3000", "--proxy", "::"],
        vec!["--no-such-option"],
        vec!["show"],
    ] {
        let run = grade(&arguments);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{arguments:?}: {run:?}");
        assert!(run.err.starts_with("error:"), "{arguments:?}: {run:?}");
    }
}

#[test]
fn help_and_version_go_to_standard_output() {
    let run = grade(&["--help"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    insta::assert_snapshot!(run.out);
    let run = grade(&["watch", "--help"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    insta::assert_snapshot!("watch_help", run.out);
    let version = concat!("grade ", env!("CARGO_PKG_VERSION"));
    let run = grade(&["-V"]);
    assert_eq!((run.code, run.out.trim()), (0, version));
    // With the commit and its date, where the program was built in a repository.
    let run = grade(&["--version"]);
    let form = regex::Regex::new(r"^grade [0-9.]+ \([0-9a-f]{7,40} [0-9]{4}-[0-9]{2}-[0-9]{2}\)\n$").unwrap();
    assert!(run.code == 0 && (form.is_match(&run.out) || run.out.trim() == version), "{run:?}");
}

#[test]
fn explain_lists_causes_and_tells_about_one() {
    let run = grade(&["explain"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    insta::assert_snapshot!("explain_list", run.out);
    let run = grade(&["explain", "e401"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    insta::assert_snapshot!("explain_page", run.out);
}

#[test]
fn a_cause_that_does_not_exist_names_the_nearest() {
    for (code, told) in [
        ("E10l", "did you mean E101"),
        ("L2o1", "did you mean L201 (empty-block)"),
        ("empty-blok", "did you mean L201 (empty-block)"),
        ("E999", "`grade explain` lists all"),
        ("nonsense", "`grade explain` lists all"),
    ] {
        let run = grade(&["explain", code]);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{run:?}");
        assert!(run.err.contains(told) && run.err.starts_with("error: there is no cause or rule"), "{run:?}");
    }
}
