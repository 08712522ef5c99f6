//! Files that change.

use super::{World, save_by_rename, wants};
use crate::support::{challenge, write};

const OPEN: [&str; 2] = ["first", "1 of 2 hints passed, 1 failed"];

#[test]
fn from_save_to_verdict_to_the_next_challenge_to_the_end() {
    let world = World::new();
    let mut screen = world.screen(&[]);
    let text = screen.wait_for(&[OPEN[0], OPEN[1], "FAIL     2. Hint number 2.", "watching 4 files"]);
    assert!(text.starts_with("first\nenglish/letters, 1 of 2, 0 passed\n") && !text.contains("pass     1."), "{text}");
    world.save("server.js", "// beta\n");
    screen.wait_for(&["server.js changed", "hint 1 fails now", "hint 2 now passes", "FAIL     1. Hint number 1."]);
    world.save("server.js", "// alpha beta\n");
    // With its description.
    let text =
        screen.wait_for(&["second", "english/letters, 2 of 2, 1 passed", "passed: first", "Text.", "FAIL     1."]);
    assert!(text.starts_with("second\n"), "{text}");
    world.save("server.js", "// beta gamma\n");
    // The last one passes, and the first one does not any more.
    let text = screen.wait_for(&["hint 1 fails now", "FAIL     1.", "1 of 2 hints passed, 1 failed"]);
    assert!(text.starts_with("first\n"), "{text}");
    world.save("server.js", "// alpha beta gamma\n");
    screen.wait_for(&["All 2 challenges pass."]);
    screen.press("q");
    assert_eq!(screen.end(), 0);
    screen.is_restored();
    assert!(screen.text().contains("2 of 2 challenges passed"), "{}", screen.text());
    // It is remembered as other runs are.
    let mut status = world.watch(&[]);
    status = {
        let mut command = crate::support::program();
        command.args(["status", "--challenges"]).arg(world.challenges()).current_dir(status.get_current_dir().unwrap());
        command.env("XDG_STATE_HOME", world.folder.path().join("state")).env("GRADE_DIR", world.project());
        command
    };
    let left = crate::support::left(&mut status);
    assert!(left.out.starts_with("english/letters: 2 of 2 challenges passed"), "{left:?}");
}

#[test]
fn every_way_to_save_is_noticed() {
    let world = World::new();
    let screen = world.screen(&[]);
    let server = world.project().join("server.js");
    screen.wait_for(&OPEN);
    save_by_rename(&server, "// beta, renamed\n");
    screen.wait_for(&["hint 2 now passes"]);
    // As vim does it: the old file is moved away, and a new one is written.
    std::fs::rename(&server, world.project().join("server.js~")).unwrap();
    std::fs::write(&server, "// alpha, written anew\n").unwrap();
    std::fs::remove_file(world.project().join("server.js~")).unwrap();
    screen.wait_for(&["hint 1 now passes"]);
    std::fs::remove_file(&server).unwrap();
    screen.wait_for(&["server.js changed", "hint 1 was not looked at now"]);
    std::fs::write(&server, "// beta\n").unwrap();
    screen.wait_for(&["hint 1 fails now", "hint 2 now passes"]);
    // In a folder that is new, and one that takes the place of another.
    write(&world.project(), "public/deep/a.css", "a {}\n");
    screen.wait_for(&["public/deep/a.css changed; the verdicts are the same"]);
    std::fs::write(&server, "// alpha\n").unwrap();
    screen.wait_for(&["server.js changed", "hint 1 now passes"]);
    std::fs::create_dir(world.project().join("other")).unwrap();
    std::fs::remove_dir_all(world.project().join("public")).unwrap();
    std::fs::rename(world.project().join("other"), world.project().join("public")).unwrap();
    screen.wait_for(&["public/deep/a.css changed; the verdicts are the same"]);
    write(&world.project(), "public/b.css", "b {}\n");
    screen.wait_for(&["public/b.css changed"]);
}

#[test]
fn what_does_not_count_is_not_noticed() {
    let world = World::new();
    world.save(".gitignore", "*.log\n");
    let screen = world.screen(&[]);
    screen.wait_for(&OPEN);
    for name in ["node_modules/x/index.js", "target/x", ".git/index", "today.log", ".server.js.swp"] {
        write(&world.project(), name, "x");
    }
    // Whatever had been noticed would be named beside it.
    write(&world.project(), "zebra.txt", "x");
    let text = screen.wait_for(&["zebra.txt changed; the verdicts are the same"]);
    assert!(text.contains("\n\nzebra.txt changed;"), "{text}");
}

#[test]
fn where_the_system_does_not_tell_it_is_looked() {
    let world = World::new();
    let screen = world.screen(&["--poll"]);
    screen.wait_for(&OPEN);
    screen.wait_for(&["looking twice a second (--poll)"]);
    world.save("server.js", "// beta, polled\n");
    screen.wait_for(&["hint 2 now passes"]);
}

#[test]
fn challenges_that_change_are_read_again() {
    let world = World::new();
    let mut screen = world.screen(&[]);
    screen.wait_for(&OPEN);
    let file = world.challenges().join("letters/first.md");
    let good = std::fs::read_to_string(&file).unwrap();
    save_by_rename(&file, &good.replace("challengeType: 2", "challengeType: many"));
    let text = screen.wait_for(&["letters/first.md:", "error: "]);
    assert!(text.starts_with("first\n") && !text.contains("FAIL"), "{text}");
    // And goes on with it once it is right again: with another hint.
    save_by_rename(&file, &good.replace("/beta/", "/alp/"));
    screen.wait_for(&["passed: first"]);
    write(&world.challenges(), "letters/third.md", &challenge("aaaaaaaaaaaaaaaaaaaaaaa3", "third", &[&wants("delta")]));
    screen.wait_for(&["english/letters, 2 of 3, 1 passed"]);
    screen.press("n");
    let text = screen.wait_for(&["english/letters, 3 of 3, 1 passed"]);
    assert!(text.starts_with("third\n"), "{text}");
}
