//! Levels of rules: by option, by grade.toml, by variable.

use crate::lint::{ID, lint};
use crate::support::{Left, challenge, folder, left, program, write};

/// Errors and warnings, of the last line.
fn counts(run: &Left) -> String {
    run.out.lines().last().unwrap_or_default().split(", ").take(2).collect::<Vec<_>>().join(", ")
}

#[test]
fn options_set_levels_and_the_last_one_holds() {
    let place = folder();
    write(place.path(), "a.md", &challenge(ID, "a", &["", "assert("]));
    let with = |arguments: &[&str]| {
        counts(&left(program().current_dir(place.path()).args(["lint", "--only=L201", "--only=L301"]).args(arguments)))
    };
    assert_eq!(with(&[]), "1 error, 1 warning");
    assert_eq!(with(&["--rule", "L201=error"]), "2 errors, 0 warnings");
    assert_eq!(with(&["--rule", "syntax-error=warning"]), "0 errors, 2 warnings");
    assert_eq!(with(&["--rule", "L2=error", "--rule", "L201=warning"]), "1 error, 1 warning");
    assert_eq!(with(&["--rule", "L201=warning", "--rule", "L2=error"]), "2 errors, 0 warnings");
    assert_eq!(with(&["--rule", "L201=off"]), "1 error, 0 warnings");
    assert_eq!(with(&["--rule", "L3=off", "--rule", "L2=off", "--rule", "L301=warning"]), "0 errors, 1 warning");
    // What is asked for by name is looked for, whatever the file says.
    write(place.path(), "grade.toml", "[lint]\nL2 = \"off\"\n");
    assert_eq!(with(&[]), "1 error, 1 warning");
}

#[test]
fn the_file_the_environment_and_options_add_up() {
    let place = folder();
    let at = place.path();
    write(at, "a.md", &challenge(ID, "a", &["", "assert("]));
    let only = ["lint", "--only=L201", "--only=L301", "--only=L101"];
    let run = |variable: &str, arguments: &[&str]| {
        left(program().current_dir(at).env("GRADE_LINT", variable).args(only).args(arguments))
    };
    // In a file a group never hides what is said of one rule.
    write(
        at,
        "grade.toml",
        "[lint]\nL3 = \"warning\"\nempty-block = \"error\"\nL2 = \"warning\"\ndeny_warnings = true\n",
    );
    let found = run("", &[]);
    assert_eq!((counts(&found).as_str(), found.code), ("1 error, 1 warning", 1));
    assert_eq!(counts(&run("L201=warning", &[])), "0 errors, 2 warnings");
    assert_eq!(counts(&run("L201=warning,L301=error", &["--rule", "L201=error"])), "2 errors, 0 warnings");
    // `deny_warnings` alone makes it fail.
    let found = run("L201=warning", &[]);
    assert!(found.code == 1 && found.out.contains("warnings count as errors"), "{found:?}");
    let shown = left(program().current_dir(at).args(["config"]));
    let line = |name: &str| shown.out.lines().find(|line| line.starts_with(&format!("{name} "))).unwrap().to_owned();
    assert_eq!(
        line("lint").split_whitespace().collect::<Vec<_>>().join(" "),
        "lint L2=warning, L3=warning, empty-block=error grade.toml:1"
    );
    assert!(line("lint.deny_warnings").ends_with("grade.toml:5"), "{shown:?}");
}

#[test]
fn mistakes_in_the_file_are_told_with_their_place() {
    let place = folder();
    write(
        place.path(),
        "grade.toml",
        "[lint]\nL999 = \"off\"\nL201 = \"fatal\"\nempty-block = true\ndeny-warnings = true\nemty-block = \"off\"\n",
    );
    let run = lint(place.path(), &["--list"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    insta::assert_snapshot!(run.err);
}

#[test]
fn settings_of_lint_do_not_reach_other_commands() {
    let place = folder();
    write(place.path(), "grade.toml", "reports = [\"junit=out.xml\"]\n[lint]\nL201 = \"error\"\n");
    write(place.path(), "a.md", &challenge(ID, "a", &[""]));
    let run = lint(place.path(), &["a.md"]);
    assert!(run.code == 1 && run.err.is_empty(), "{run:?}");
    assert!(!place.path().join("out.xml").exists());
    let written = left(program().current_dir(place.path()).args(["init", "--force"]));
    assert_eq!(written.code, 0, "{written:?}");
    let text = std::fs::read_to_string(place.path().join("grade.toml")).unwrap();
    assert!(text.contains("\n[lint]\n") && text.contains("\n# L401 = \"off\"\n"), "{text}");
}
