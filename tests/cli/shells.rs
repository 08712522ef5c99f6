//! Completions and manual pages.

use std::process::{Command, Stdio};

use crate::support::{folder, grade, left, program, steady, write};

const COMMANDS: [&str; 19] = [
    "batch",
    "merge",
    "list",
    "show",
    "explain",
    "demo",
    "status",
    "config",
    "init",
    "completions",
    "man",
    "schema",
    "doctor",
    "mutate",
    "curriculum",
    "new",
    "verify",
    "lint",
    "watch",
];
const OF_CURRICULUM: [&str; 4] = ["add", "update", "list", "remove"];

#[test]
fn scripts_are_valid_where_the_shell_is_there() {
    let place = folder();
    for (shell, check) in [
        ("bash", vec!["-n"]),
        ("zsh", vec!["-n"]),
        ("fish", vec!["--no-execute"]),
        ("elvish", vec!["-compileonly"]),
        ("powershell", vec![]),
    ] {
        let found = grade(&["completions", shell]);
        assert_eq!((found.code, found.err.as_str()), (0, ""), "{shell}");
        for command in COMMANDS {
            assert!(found.out.contains(command), "{shell} {command}");
        }
        let mut script = found.out;
        if shell == "elvish" {
            // It has its table of completers only where it is interactive.
            script = script.replace("edit:completion:arg-completer", "completers");
            script.insert_str(0, "var completers = [&]\n");
        }
        let path = write(place.path(), shell, &script);
        if check.is_empty() {
            continue;
        }
        match Command::new(shell).args(&check).arg(&path).stdin(Stdio::null()).output() {
            Ok(output) => {
                assert!(output.status.success() && output.stderr.is_empty(), "{shell}: {output:?}");
            }
            Err(_) => println!("skipped: {shell} is not there"),
        }
    }
}

#[test]
fn bash_completes_commands_options_and_challenges() {
    let place = folder();
    let bin = std::path::Path::new(env!("CARGO_BIN_EXE_grade"));
    let script = write(place.path(), "script", &grade(&["completions", "bash"]).out);
    let complete = |words: &[&str]| {
        let mut command = Command::new("bash");
        let path = std::env::var("PATH").unwrap_or_default();
        command.env("PATH", format!("{}:{path}", bin.parent().unwrap().display())).current_dir(place.path());
        for name in ["GRADE_CHALLENGES", "GRADE_CONFIG"] {
            command.env_remove(name);
        }
        let line = format!(
            "source '{}'; COMP_WORDS=(grade {}); COMP_CWORD={}; _grade_and_challenges grade \"${{COMP_WORDS[-1]}}\" \"${{COMP_WORDS[-2]}}\"; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
            script.display(),
            words.iter().map(|word| format!("'{word}'")).collect::<Vec<_>>().join(" "),
            words.len()
        );
        command.args(["--norc", "-c", &line]).stdin(Stdio::null());
        command.output().ok().map(|output| String::from_utf8(output.stdout).unwrap())
    };
    let Some(names) = complete(&["handle"]) else {
        println!("skipped: bash is not there");
        return;
    };
    assert_eq!(names, "handle-a-disconnect\n");
    assert!(complete(&["stat"]).unwrap().contains("status\n"));
    assert_eq!(complete(&["--hint-t"]).unwrap(), "--hint-timeout\n");
    assert!(complete(&["show", "realtime"]).unwrap().contains("realtime-chat\n"));
    // After an option with a value, and for commands that take no challenge, there are none.
    assert!(!complete(&["--url", ""]).unwrap().contains("handle-a-disconnect"));
    assert!(!complete(&["demo", ""]).unwrap().contains("handle-a-disconnect"));
}

#[test]
fn every_command_has_a_manual_page() {
    let place = folder();
    let found = left(program().current_dir(place.path()).args(["man", "--out", "pages/man1"]));
    assert_eq!((found.code, found.out.as_str()), (0, ""));
    let of_curriculum = OF_CURRICULUM.map(|name| format!("grade-curriculum-{name}.1"));
    let names =
        COMMANDS.iter().map(|name| format!("grade-{name}.1")).chain(of_curriculum).chain(["grade.1".to_owned()]);
    let typed_over = regex::Regex::new(".\u{8}").unwrap();
    let mut count = 0;
    for name in names {
        count += 1;
        let path = place.path().join("pages/man1").join(&name);
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains("\n.TH ") || text.starts_with(".TH "), "{name}");
        match Command::new("mandoc").args(["-T", "utf8", "-W", "error"]).arg(&path).output() {
            Ok(output) => {
                // Bold and underlined as on a typewriter.
                let page = typed_over.replace_all(&String::from_utf8_lossy(&output.stdout), "").into_owned();
                assert!(output.status.success() && page.contains("NAME"), "{name}: {output:?}");
            }
            Err(_) => println!("skipped: mandoc is not there"),
        }
    }
    assert_eq!(std::fs::read_dir(place.path().join("pages/man1")).unwrap().count(), count);
    let page = std::fs::read_to_string(place.path().join("pages/man1/grade.1")).unwrap();
    assert_eq!(grade(&["man"]).out, steady(&page));
}

#[test]
fn a_folder_that_cannot_be_written() {
    let place = folder();
    write(place.path(), "file", "");
    let found = left(program().current_dir(place.path()).args(["man", "--out", "file/man1"]));
    assert_eq!((found.code, found.out.as_str()), (2, ""));
    assert!(found.err.starts_with("error: the folder `file/man1` cannot be made"), "{}", found.err);
}
