//! `grade lint`: what is looked at, what is shown, how it ends.

use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::Stdio;

use crate::support::{Left, challenge, folder, left, program, write};

pub const ID: &str = "589fc831f9fc0f352b528e77";

/// The program in a folder, looking for what the tests know: other rules may come and go.
pub fn lint(folder: &Path, arguments: &[&str]) -> Left {
    let only = ["L100", "L101", "L201", "L301", "L690", "L691"].map(|code| format!("--only={code}"));
    left(program().current_dir(folder).arg("lint").args(only).args(arguments))
}

/// With `input` on standard input.
pub fn lint_stdin(folder: &Path, arguments: &[&str], input: &[u8]) -> (i32, Vec<u8>, String) {
    let mut child = program()
        .current_dir(folder)
        .args(["lint", "--stdin", "--only=L100", "--only=L101", "--only=L201", "--only=L301"])
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // What is too large is not read to its end.
    let _ = child.stdin.take().unwrap().write_all(input);
    let output = child.wait_with_output().unwrap();
    let err = crate::support::steady(&String::from_utf8(output.stderr).unwrap());
    (output.status.code().unwrap(), output.stdout, err)
}

/// A file with a finding of every kind that a file can have by itself.
pub fn mixed() -> String {
    challenge(
        ID,
        "mixed",
        &[
            "",
            "\tassert.equal('漢字', 1;",
            "assert(true); // grade-ignore L301: there was a mistake here",
            "assert(true);\n// grade-ignore L201",
        ],
    )
    .replace("Hint number 4.", "Hint number 4.\n\n```js\n\n```\n\nHint <!-- grade-ignore L201: to be written --> five.")
    .replace("five.\n\n```js\nassert(true);\n//", "five.\n\n```js\n\n```\n\nHint number 6.\n\n```js\nassert(true);\n//")
}

#[test]
fn findings_look_like_a_compilers() {
    let place = folder();
    write(place.path(), "a.md", &mixed());
    let long = format!("assert.equal({}, 1;", "'a long text', ".repeat(12));
    write(place.path(), "b/long.md", &challenge(ID, "long", &[&long, "assert(\u{1b}[31m'red';"]));
    let mut text = String::new();
    for columns in ["100", "60"] {
        let only = ["--only=L100", "--only=L101", "--only=L201", "--only=L301"];
        let run = left(program().current_dir(place.path()).env("COLUMNS", columns).arg("lint").args(only));
        assert_eq!((run.code, run.err.as_str()), (1, ""));
        assert!(!run.out.contains('\u{1b}'), "{}", run.out);
        text.push_str(&format!("--- {columns} columns\n{}", run.out));
    }
    insta::assert_snapshot!(text);
    let colour = lint(place.path(), &["--color", "always", "a.md"]).out;
    let plain = lint(place.path(), &["--color", "never", "a.md"]).out;
    let escapes = regex::Regex::new("\u{1b}\\[([0-9;]*)m").unwrap();
    assert!(colour != plain && escapes.replace_all(&colour, "") == plain);
}

#[test]
fn exit_codes() {
    let place = folder();
    let at = place.path();
    write(at, "clean.md", &challenge(ID, "clean", &["assert(true);"]));
    write(at, "warned.md", &challenge(ID, "warned", &[""]));
    write(at, "wrong.md", &challenge(ID, "wrong", &["assert("]));
    let code = |arguments: &[&str]| lint(at, arguments).code;
    assert_eq!(code(&["clean.md"]), 0);
    assert_eq!(code(&["warned.md"]), 0);
    assert_eq!(code(&["warned.md", "--deny-warnings"]), 1);
    assert_eq!(code(&["wrong.md", "clean.md"]), 1);
    let missing = lint(at, &["clean.md", "none.md"]);
    assert_eq!((missing.code, missing.err.as_str()), (2, "error: there is no file or folder `none.md`\n"));
    fs::create_dir(at.join("empty")).unwrap();
    let empty = lint(at, &["empty"]);
    assert_eq!((empty.code, empty.err.as_str()), (2, "error: there is no challenge file in `empty`\n"));
    // What cannot be read settles it, and keeps nothing else from being looked at.
    write(at, "huge.md", &"x".repeat(5 << 20));
    let run = lint(at, &["huge.md", "wrong.md"]);
    assert!(run.code == 2 && run.err.starts_with("error: `huge.md` is larger than"), "{run:?}");
    assert!(run.out.ends_with("1 error, 0 warnings, 1 file, 1 unreadable, TIME\n"), "{}", run.out);
    for arguments in [
        &["--rule", "L999=off"][..],
        &["--rule", "L201=fatal"],
        &["--rule", "L201"],
        &["--only", "nonsense"],
        &["--format", "xml"],
        &["--report", "junit=x"],
        &["--diff", "--fix"],
        &["--filename", "x.md"],
        &["--against", "clean.md", "clean.md"],
        &["--stdin", "clean.md"],
    ] {
        let run = lint(at, arguments);
        assert!(run.code == 2 && run.err.starts_with("error: ") && run.out.is_empty(), "{arguments:?} {run:?}");
    }
}

#[test]
fn only_challenges_of_a_folder_but_whatever_was_named() {
    let place = folder();
    let at = place.path();
    write(at, "README.md", "# Notes\n");
    write(at, "node_modules/x.md", &challenge(ID, "hidden", &[""]));
    write(at, "b/two.md", &challenge(ID, "two", &[""]));
    write(at, "a/one.md", &challenge(ID, "one", &[""]));
    let places = |run: &Left| -> Vec<String> {
        run.out.lines().filter_map(|line| line.trim().strip_prefix("--> ").map(str::to_owned)).collect()
    };
    let run = lint(at, &[]);
    assert_eq!(places(&run), ["a/one.md:14:1", "b/two.md:14:1"]);
    assert!(run.out.ends_with("0 errors, 2 warnings, 2 files, TIME\n"), "{}", run.out);
    // In the order in which they were named, and each once.
    let absolute = at.canonicalize().unwrap().join("a/one.md");
    let run = lint(&at.canonicalize().unwrap(), &["b", "./a", absolute.to_str().unwrap(), "b/two.md"]);
    assert_eq!(places(&run), ["b/two.md:14:1", "a/one.md:14:1"]);
    assert!(lint(at, &["README.md"]).out.ends_with("no findings, 1 file, TIME\n"));
}

#[test]
fn without_paths_the_settings_say_where_challenges_are() {
    let place = folder();
    let at = place.path();
    write(at, "grade.toml", "challenges = [\"course\"]\n");
    write(at, "course/one.md", &challenge(ID, "one", &[""]));
    write(at, "draft.md", &challenge(ID, "draft", &["assert("]));
    let run = lint(&at.join("course"), &[]);
    assert!(run.code == 0 && run.out.ends_with("0 errors, 1 warning, 1 file, TIME\n"), "{run:?}");
    assert_eq!(lint(at, &["--no-config"]).code, 1);
}

#[test]
fn a_terminal_is_not_flooded() {
    let place = folder();
    for number in 0..30 {
        let blocks = vec![""; 10];
        write(place.path(), &format!("{number:02}.md"), &challenge(ID, "many", &blocks));
    }
    write(place.path(), "99.md", &challenge(ID, "last", &["assert("]));
    let run = lint(place.path(), &[]);
    assert_eq!(run.out.matches("warning[L201]").count(), 100);
    insta::assert_snapshot!(run.out.lines().rev().take(5).collect::<Vec<_>>().into_iter().rev().collect::<Vec<_>>().join("\n"), @r"
    201 more findings not shown (--max-findings 0 shows all):
      200  L201 empty-block
        1  L301 syntax-error

    1 error, 300 warnings, 31 files, TIME
    ");
    let all = lint(place.path(), &["--max-findings", "0"]).out;
    assert_eq!((all.matches("warning[L201]").count(), all.matches("error[L301]").count()), (300, 1));
    assert_eq!(lint(place.path(), &["--max-findings", "1"]).out.matches("warning[L201]").count(), 1);
}

#[test]
fn standard_input() {
    let place = folder();
    let (code, out, err) =
        lint_stdin(place.path(), &["--filename", "dir/x.md", "--format", "json"], mixed().as_bytes());
    let found: serde_json::Value = serde_json::from_slice(&out).unwrap();
    assert_eq!((code, err.as_str()), (1, ""));
    assert_eq!(found["findings"].as_array().unwrap().len(), 5);
    assert!(found["findings"].as_array().unwrap().iter().all(|finding| finding["file"] == "dir/x.md"));
    let (code, out, _) = lint_stdin(place.path(), &[], challenge(ID, "a", &[""]).as_bytes());
    assert!(code == 0 && String::from_utf8(out).unwrap().contains("--> stdin.md:14:1"));
    let (code, out, err) = lint_stdin(place.path(), &[], &vec![b'x'; 5 << 20]);
    assert!(code == 2 && out.is_empty() && err.contains("is larger than"), "{err}");
}

#[test]
fn a_reader_that_goes_away_changes_nothing() {
    let place = folder();
    for number in 0..400 {
        write(place.path(), &format!("{number}.md"), &challenge(ID, "many", &["", "assert("]));
    }
    for format in ["terminal", "json", "sarif", "github", "gitlab"] {
        let mut child = program()
            .current_dir(place.path())
            .args(["lint", "--only", "L3", "--max-findings", "0", "--format", format])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let mut err = String::new();
        child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        assert_eq!((child.wait().unwrap().code(), err.as_str()), (Some(1), ""), "{format}");
    }
}

#[test]
fn rules_are_listed_with_their_levels() {
    let place = folder();
    let run = left(program().current_dir(place.path()).args(["lint", "--list", "--rule", "L201=error"]));
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    for rule in grade::lint::ALL {
        let line = run.out.lines().find(|line| line.starts_with(&format!("  {} ", rule.code))).unwrap();
        assert!(line.contains(rule.name), "{line}");
        let level = if rule.code == "L201" { "error" } else { rule.level.word() };
        assert!(line.split_whitespace().nth(2) == Some(level), "{line}");
        assert_eq!(line.split_whitespace().nth(3) == Some("fix"), rule.fixable, "{line}");
    }
    assert!(run.out.lines().all(|line| line.chars().count() <= 120));
}

#[test]
fn pages_of_rules_are_told_by_code_and_by_name() {
    for name in ["L201", "l201", "empty-block", "EMPTY-BLOCK"] {
        let run = crate::support::grade(&["explain", name]);
        assert!(run.code == 0 && run.out.starts_with("L201: empty-block\n"), "{name} {run:?}");
    }
    let list = crate::support::grade(&["explain"]).out;
    assert!(grade::lint::ALL.iter().all(|rule| list.contains(&format!("  {}  ", rule.code))));
}
