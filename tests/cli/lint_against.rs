//! `grade lint --against`: translations and their originals.

use std::path::Path;

use crate::lint::{ID, lint};
use crate::support::{Left, challenge, folder, write};

const OTHER: &str = "aaaaaaaaaaaaaaaaaaaaaaaa";

/// Rules and places of what was found.
fn found(run: &Left) -> Vec<String> {
    let mut rule = "";
    let mut found = Vec::new();
    for line in run.out.lines() {
        if let Some((_, rest)) =
            line.split_once('[').filter(|_| line.starts_with("warning[") || line.starts_with("error["))
        {
            rule = rest.split(']').next().unwrap();
        }
        if let Some(place) = line.trim().strip_prefix("--> ") {
            found.push(format!("{rule} {place}"));
        }
    }
    found
}

fn file(at: &Path, name: &str, id: &str) {
    write(at, name, &challenge(id, "a", &["assert(true);"]));
}

#[test]
fn files_are_paired_by_path_and_by_id() {
    let place = folder();
    let at = place.path();
    file(at, "english/block/same.md", ID);
    file(at, "english/block/old-name.md", OTHER);
    file(at, "english/block/new.md", "bbbbbbbbbbbbbbbbbbbbbbbb");
    write(at, "english/README.md", "# Notes\n");
    file(at, "espanol/block/same.md", "cccccccccccccccccccccccc");
    file(at, "espanol/other/new-name.md", OTHER);
    file(at, "espanol/block/gone.md", "dddddddddddddddddddddddd");
    write(at, "espanol/LEAME.md", "# Notas\n");
    let run = lint(at, &["espanol", "--against", "english"]);
    assert_eq!(found(&run), ["L690 espanol/block/gone.md:1:1", "L691 english/block/new.md:1:1"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    insta::assert_snapshot!(run.out);
    assert_eq!(lint(at, &["espanol", "--against", "english", "--deny-warnings"]).code, 1);
    assert_eq!(found(&lint(at, &["espanol"])), [""; 0]);
    assert_eq!(found(&lint(at, &["espanol", "--against=english", "--rule=L690=off"])).len(), 1);
}

#[test]
fn a_single_file_is_paired_by_the_end_of_its_path() {
    let place = folder();
    let at = place.path();
    file(at, "english/block/same.md", ID);
    file(at, "english/block/moved.md", OTHER);
    file(at, "espanol/block/same.md", ID);
    file(at, "espanol/x/y.md", OTHER);
    file(at, "espanol/x/gone.md", "dddddddddddddddddddddddd");
    for (name, expected) in [("block/same.md", 0), ("x/y.md", 0), ("x/gone.md", 1)] {
        let run = lint(at, &[&format!("espanol/{name}"), "--against", "english"]);
        assert_eq!((found(&run).len(), run.code), (expected, 0), "{name} {run:?}");
    }
}

#[test]
fn a_file_may_say_that_it_stays_alone() {
    let place = folder();
    let at = place.path();
    let say =
        |text: String, rule: &str| text.replacen("---\n", &format!("---\n# grade-ignore {rule}: on purpose\n"), 1);
    write(at, "english/a.md", &say(challenge(ID, "a", &["assert(true);"]), "L691"));
    write(at, "espanol/b.md", &say(challenge(OTHER, "b", &["assert(true);"]), "not-a-rule, L690"));
    let run = lint(at, &["espanol", "--against", "english"]);
    assert_eq!(found(&run), ["L100 espanol/b.md:2:3"]);
}
