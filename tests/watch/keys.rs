//! Keys, sizes, and how it ends.

use super::World;

#[test]
fn keys_choose_what_is_shown() {
    let world = World::new();
    let mut screen = world.screen(&[]);
    let text = screen.wait_for(&["FAIL     2.", "a all  f failed  n next  d description  r again  q quit"]);
    assert!(!text.contains("pass     1."), "{text}");
    screen.press("a");
    screen.wait_for(&["pass     1.", "FAIL     2."]);
    screen.press("f");
    screen.wait_until("shows only what failed", |text| text.contains("FAIL     2.") && !text.contains("pass     1."));
    screen.press("d");
    screen.wait_for(&["Text."]);
    screen.press("d");
    screen.wait_until("hides the description", |text| !text.contains("Text."));
    screen.press("r");
    screen.wait_for(&["graded again; the verdicts are the same"]);
    screen.press("n");
    let text = screen.wait_for(&["2 of 2, 0 passed", "FAIL     1.", "Text."]);
    assert!(text.starts_with("second\n"), "{text}");
    screen.press("n");
    screen.wait_until("shows the first one again", |text| text.starts_with("first\n"));
    screen.press("\u{1b}");
    assert_eq!(screen.end(), 0);
    screen.is_restored();
    assert!(screen.text().contains("0 of 2 challenges passed; the last one looked at: first"), "{}", screen.text());
}

#[test]
fn ctrl_c_is_a_key() {
    let world = World::new();
    let mut screen = world.screen(&[]);
    screen.wait_for(&["FAIL     2."]);
    assert!(screen.has_colour());
    screen.press("\u{3}");
    assert_eq!(screen.end(), 0);
    screen.is_restored();
}

#[test]
fn other_sizes_are_drawn_anew_and_scrolled() {
    let world = World::new();
    let mut screen = world.screen(&["--show-test"]);
    screen.wait_for(&["FAIL     2."]);
    screen.resize(60, 20);
    let narrow = screen.wait_until("is drawn for 60 columns", |text| {
        text.contains("a all  f failed  n next  d description  r again  q quit") && text.contains("FAIL     2.")
    });
    insta::assert_snapshot!("sixty_columns", crate::support::steady(&clock(&narrow)));
    screen.resize(20, 10);
    screen.wait_for(&["a f n d r q", "more rows --"]);
    screen.press("\u{1b}[6~");
    screen.press("G");
    screen.wait_for(&["-- the end;"]);
    screen.resize(1, 1);
    screen.resize(80, 24);
    screen.press("g");
    screen.wait_for(&["first", "FAIL     2.", "description"]);
    screen.press("q");
    assert_eq!(screen.end(), 0);
    screen.is_restored();
}

/// The time of day is another one in every run.
fn clock(text: &str) -> String {
    regex::Regex::new("[0-9]{2}:[0-9]{2}:[0-9]{2}").unwrap().replace_all(text, "CLOCK").into_owned()
}

#[test]
fn signals_leave_the_screen_and_tell_the_verdict() {
    for signal in ["-TERM", "-INT", "-HUP"] {
        let world = World::new();
        let mut screen = world.screen(&[]);
        screen.wait_for(&["FAIL     2."]);
        screen.signal(signal);
        assert_eq!(screen.end(), 1, "{signal}: a hint failed");
        screen.is_restored();
    }
}

/// The variable that makes the next test the program in a terminal.
const PANICS: &str = "TEST_OF_GRADE_PANICS";

#[test]
fn a_panic_leaves_the_screen_before_it_is_told() {
    if std::env::var_os(PANICS).is_some() {
        let mut screen = grade::watch::Screen::enter().unwrap();
        screen.draw(vec!["a picture".to_owned()]).unwrap();
        panic!("on purpose");
    }
    let mut command = std::process::Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", "keys::a_panic_leaves_the_screen_before_it_is_told", "--nocapture"])
        .env(PANICS, "1")
        .env("RUST_BACKTRACE", "0");
    let mut screen = crate::terminal::Terminal::run(&command, 80, 24);
    assert_ne!(screen.end(), 0);
    screen.is_restored();
    let text = screen.wait_for(&["on purpose"]);
    assert!(!text.contains("a picture"), "{text}");
}

#[test]
fn without_colour_there_is_none() {
    let world = World::new();
    let mut command = world.watch_files(&[]);
    command.env("NO_COLOR", "1");
    let mut screen = crate::terminal::Terminal::run(&command, 80, 24);
    screen.wait_for(&["FAIL     2."]);
    screen.press("aq");
    screen.end();
    assert!(!screen.has_colour());
    screen.is_restored();
}

#[test]
fn what_cannot_be_watched_is_told_on_the_ordinary_screen() {
    let world = World::new();
    let mut command = world.watch(&["--dir", "no/such/folder"]);
    command.env("NO_COLOR", "1");
    let mut screen = crate::terminal::Terminal::run(&command, 80, 24);
    assert_eq!(screen.end(), 2);
    screen.wait_for(&["error: the folder `no/such/folder` cannot be watched"]);
}
