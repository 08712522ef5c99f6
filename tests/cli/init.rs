//! `grade init`

use std::path::Path;

use crate::support::{Left, folder, left, program, write};

fn run(place: &Path, arguments: &[&str]) -> Left {
    left(program().current_dir(place).args(arguments))
}

#[test]
fn options_are_written_and_used() {
    let place = folder();
    let found = run(
        place.path(),
        &["init", "--url", "http://localhost:8080", "--retry", "3", "--lang", "espanol", "-k", "realtime-chat"],
    );
    assert_eq!((found.code, found.out.as_str()), (0, ""));
    assert_eq!(found.err, "grade.toml written; `grade config` shows what is in force\n");
    insta::assert_snapshot!(std::fs::read_to_string(place.path().join("grade.toml")).unwrap());
    let found = run(place.path(), &["config"]);
    let set: Vec<&str> = found.out.lines().filter(|line| line.contains(" grade.toml:")).collect();
    assert_eq!(set.len(), 5, "{}", found.out);
}

#[test]
fn a_file_is_never_overwritten_unasked() {
    let place = folder();
    write(place.path(), "grade.toml", "mine\n");
    let text = || std::fs::read_to_string(place.path().join("grade.toml")).unwrap();
    let found = run(place.path(), &["init", "--retry", "3"]);
    assert_eq!((found.code, text().as_str()), (2, "mine\n"));
    assert_eq!(found.err, "error: there is a grade.toml here already; --force replaces it\n");
    let found = run(place.path(), &["init", "--retry", "3", "--force"]);
    assert_eq!(found.code, 0);
    assert!(text().contains("\nretry = 3\n"));
}

#[cfg(unix)]
#[test]
fn a_link_is_never_followed_unasked() {
    let place = folder();
    std::os::unix::fs::symlink("elsewhere", place.path().join("grade.toml")).unwrap();
    assert_eq!(run(place.path(), &["init"]).code, 2);
    assert!(!place.path().join("elsewhere").exists());
}

#[test]
fn nothing_is_asked_where_nobody_can_answer() {
    let place = folder();
    let found = run(place.path(), &["init"]);
    assert_eq!(found.code, 0, "{found:?}");
    let text = std::fs::read_to_string(place.path().join("grade.toml")).unwrap();
    assert!(text.lines().all(|line| line.is_empty() || line.starts_with(['#', '['])), "{text}");
    assert_eq!(run(place.path(), &["config"]).code, 0);
}
