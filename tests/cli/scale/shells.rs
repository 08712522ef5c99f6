//! The lines of docs/scale.md for a shell.

use std::process::{Command, Stdio};

use super::sorted;
use crate::batch::{Place, verdicts};
use crate::support::{Server, left};

/// The first code block of docs/scale.md with this word in it, with `grade` found where the tests have it.
fn block(word: &str) -> String {
    let text = include_str!("../../../docs/scale.md");
    let blocks = text.split("```sh\n").skip(1).filter_map(|rest| rest.split("```").next());
    blocks.into_iter().find(|block| block.contains(word)).unwrap().to_owned()
}

/// Runs a block in a folder with a list of 40 submissions, and compares what it merges with a single run.
fn merges_as_a_single_run(word: &str) {
    let (place, good, bad) = (Place::new(), Server::of("complete"), Server::of("no-disconnect"));
    let mut rows = String::from("id,url\n");
    for number in 0..40 {
        rows.push_str(&format!("s{number},{}\n", if number == 7 { &bad.url } else { &good.url }));
    }
    place.write("class.csv", &rows);
    let single = place.grade(&["batch", "class.csv", "two", "--no-times", "--no-journal", "--ordered"]);
    assert_eq!(single.code, 1, "{single:?}");
    let bin = std::path::Path::new(env!("CARGO_BIN_EXE_grade")).parent().unwrap();
    let path = std::env::join_paths(
        std::iter::once(bin.to_owned()).chain(std::env::split_paths(&std::env::var_os("PATH").unwrap())),
    );
    let mut command = Command::new("sh");
    command.args(["-c", &block(word).replace("handle-a-disconnect", "two --no-times")]);
    command.current_dir(place.folder.path()).env("GRADE_CHALLENGES", "chat").env("PATH", path.unwrap());
    let run = left(command.env("HOME", place.folder.path()).stdin(Stdio::null()));
    assert_eq!(run.code, 1, "{run:?}");
    let merged = crate::support::steady(&place.read("results.jsonl"));
    assert_eq!(verdicts(&merged).len(), 40);
    assert_eq!(sorted(&merged), sorted(&single.out));
}

#[test]
fn gnu_parallel_in_one_line() {
    let version = Command::new("parallel").arg("--version").stdin(Stdio::null()).output();
    if !version.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).contains("GNU parallel")) {
        println!("skipped: GNU parallel is not there");
        return;
    }
    merges_as_a_single_run("parallel --");
}

#[test]
fn xargs_in_one_line() {
    merges_as_a_single_run("xargs ");
}
