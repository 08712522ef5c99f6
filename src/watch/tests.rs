//! The board and its pictures.

use std::sync::Arc;
use std::time::{Duration, Instant};

use grade::challenge::{Source, parse};
use grade::grader::{Counts, Prepared};
use grade::report::{Detail, Explain, Styles, TerminalSettings};
use grade::verdict::{Failure, FailureKind, HintResult, Outcome, SkipReason};
use unicode_width::UnicodeWidthStr;

use super::*;

/// A challenge with so many hints.
fn challenge(name: &str, hints: usize) -> Prepared {
    let mut text = format!(
        "---\nid: {name}\ntitle: The challenge {name}\nchallengeType: 2\ndashedName: {name}\n---\n\n# --description--\n\nWhat `{name}` asks for.\n\n# --hints--\n"
    );
    for number in 1..=hints {
        text.push_str(&format!(
            "\nThe project should do what hint {number} of {name} says.\n\n```js\nassert(true);\n```\n"
        ));
    }
    let challenge = parse(&Source::new("x.md", text)).unwrap();
    Prepared {
        challenge: Arc::new(challenge),
        file: format!("english/chat/{name}.md"),
        block: Some("chat".to_owned()),
        language: Some("english".to_owned()),
        hints: Vec::new(),
    }
}

fn board(hints: &[usize]) -> Board {
    let names = ["one", "two", "three"];
    let challenges = hints.iter().zip(names).map(|(hints, name)| Challenge::new(&challenge(name, *hints)));
    Board::new(challenges.collect(), 0)
}

/// Hints that passed (`+`), failed (`-`) or were skipped (`.`).
fn graded(board: &Board, marks: &[&str]) -> Vec<Graded> {
    let places = board.to_grade();
    assert_eq!(places.len(), marks.len(), "so many challenges are graded");
    let one = |(place, marks): (usize, &&str)| {
        let shown = &board.challenges[place].shown;
        let mut counts = Counts::default();
        let hints = marks.chars().enumerate().map(|(index, mark)| {
            let outcome = match mark {
                '+' => Outcome::Passed,
                '-' => Outcome::Failed(Box::new(Failure {
                    kind: FailureKind::Assertion,
                    message: format!("hint {} wants something else: expected 1 to equal 2", index + 1),
                    assertion: None,
                    refusal: None,
                    position: None,
                })),
                _ => Outcome::Skipped(SkipReason::NeedsRunningProject),
            };
            match outcome {
                Outcome::Passed => counts.passed += 1,
                Outcome::Failed(_) => counts.failed += 1,
                _ => counts.skipped += 1,
            }
            let result = HintResult {
                index,
                text: shown.challenge.hints[index].text.clone(),
                outcome,
                notes: Vec::new(),
                engine: None,
                exchanges: Vec::new(),
                console: Vec::new(),
                line: 1,
                duration: Duration::ZERO,
            };
            (result, None)
        });
        let hints = hints.collect();
        let challenge = Prepared {
            challenge: Arc::clone(&shown.challenge),
            file: shown.file.clone(),
            block: shown.block.clone(),
            language: shown.language.clone(),
            hints: Vec::new(),
        };
        Graded { challenge, hints, counts, duration: Duration::from_millis(18) }
    };
    places.zip(marks).map(one).collect()
}

fn run(board: &mut Board, marks: &[&str]) -> Next {
    let results = graded(board, marks);
    board.graded(results, "12:00:00".to_owned())
}

fn saved(board: &mut Board) {
    board.files_changed(vec!["server.js".to_owned()]);
}

fn picture(board: &mut Board, columns: usize, rows: usize) -> String {
    picture_at(board, columns, rows, Instant::now())
}

fn picture_at(board: &mut Board, columns: usize, rows: usize, now: Instant) -> String {
    let settings = TerminalSettings {
        styles: Styles::new(false),
        width: 80,
        verbose: false,
        show_test: false,
        detail: Detail::Hints,
        times: true,
        explain: Explain::Short,
    };
    let (lines, _) = frame(board, &Look { settings }, Size { columns, rows }, now);
    assert_eq!(lines.len(), rows, "a row for each of the screen");
    for line in &lines {
        assert!(line.width() <= columns, "{columns}: {line:?}");
    }
    lines.join("\n")
}

#[test]
fn a_challenge_that_passes_gives_way_to_the_next() {
    let mut board = board(&[2, 1, 1]);
    assert_eq!(run(&mut board, &["+-"]), Next::Wait);
    assert_eq!((board.current, board.view.description), (0, false));
    saved(&mut board);
    assert_eq!(run(&mut board, &["++"]), Next::Grade);
    assert_eq!((board.current, board.view.description, board.to_grade()), (1, true, 1..2));
    assert_eq!(run(&mut board, &["-"]), Next::Wait);
    let shown = picture(&mut board, 60, 20);
    assert!(shown.contains("passed: The challenge one") && shown.contains("What `two` asks for"), "{shown}");
    // The description was for the arrival.
    saved(&mut board);
    assert_eq!(run(&mut board, &["-"]), Next::Wait);
    assert!(!board.view.description);
    assert!(!picture(&mut board, 60, 20).contains("passed: "));
}

#[test]
fn at_the_end_all_are_graded_with_the_files_as_they_are() {
    let mut board = board(&[1, 1]);
    assert_eq!(run(&mut board, &["+"]), Next::Grade);
    assert_eq!(run(&mut board, &["-"]), Next::Wait);
    saved(&mut board);
    // The first one passed with other files.
    assert_eq!(run(&mut board, &["+"]), Next::Grade);
    assert_eq!(board.to_grade(), 0..2);
    assert!(!board.complete);
    assert_eq!(run(&mut board, &["+", "+"]), Next::Wait);
    assert!(board.complete);
    // From now on, a change may break any.
    saved(&mut board);
    assert_eq!(run(&mut board, &["-", "+"]), Next::Wait);
    assert_eq!((board.complete, board.current, board.to_grade()), (false, 0, 0..1));
    assert!(picture(&mut board, 60, 20).contains("hint 1 fails now"));
    saved(&mut board);
    assert_eq!(run(&mut board, &["+"]), Next::Grade);
    assert_eq!(run(&mut board, &["+", "+"]), Next::Wait);
    assert!(board.complete && picture(&mut board, 60, 20).contains("All 2 challenges pass."));
}

#[test]
fn all_in_one_go_need_no_second_look() {
    let mut board = board(&[1, 1]);
    assert_eq!(run(&mut board, &["+"]), Next::Grade);
    assert_eq!(run(&mut board, &["+"]), Next::Wait);
    assert!(board.complete);
    let mut one = Board::new(vec![Challenge::new(&challenge("one", 1))], 0);
    assert_eq!(run(&mut one, &["+"]), Next::Wait);
    assert!(one.complete && picture(&mut one, 60, 12).contains("Every hint of this challenge passes."));
}

#[test]
fn nothing_passes_because_nothing_ran() {
    let mut board = board(&[2, 1]);
    assert_eq!(run(&mut board, &[".."]), Next::Wait);
    assert_eq!(board.current, 0);
    assert_eq!(run(&mut board, &["+."]), Next::Grade);
}

#[test]
fn the_next_challenge_comes_round_to_the_first() {
    let mut board = board(&[1, 1]);
    run(&mut board, &["-"]);
    assert_eq!(board.key(Key::Next, 10), Wish::Grade);
    assert_eq!((board.current, board.view.description), (1, true));
    run(&mut board, &["+"]);
    // What was left out comes after the end.
    assert_eq!((board.current, board.to_grade()), (0, 0..1));
    let mut one = Board::new(vec![Challenge::new(&challenge("one", 1))], 0);
    assert_eq!(one.key(Key::Next, 10), Wish::Draw);
    assert_eq!(one.key(Key::Quit, 10), Wish::Quit);
    assert_eq!(one.key(Key::Again, 10), Wish::GradeAgain);
}

#[test]
fn challenges_that_are_read_again_keep_what_became_of_them() {
    let mut board = board(&[1, 2]);
    assert_eq!(run(&mut board, &["+"]), Next::Grade);
    run(&mut board, &["--"]);
    saved(&mut board);
    let challenges = [("zero", 1), ("one", 1), ("two", 3)].map(|(name, hints)| Challenge::new(&challenge(name, hints)));
    board.reload(challenges.into());
    assert_eq!(board.to_grade(), 2..3, "the same one, in another place");
    assert_eq!(board.summary(), ("The challenge two", 1, 3));
    run(&mut board, &["+--"]);
    assert!(picture(&mut board, 60, 20).contains("hint 1 now passes"));
    board.reload(Vec::new());
    assert_eq!(board.to_grade(), 0..0);
    picture(&mut board, 60, 20);
}

#[test]
fn what_failed_or_all() {
    let mut board = board(&[3]);
    run(&mut board, &["+-+"]);
    saved(&mut board);
    run(&mut board, &["-+-"]);
    insta::assert_snapshot!("failed_60", picture(&mut board, 60, 20));
    insta::assert_snapshot!("failed_100", picture(&mut board, 100, 16));
    board.key(Key::All, 10);
    insta::assert_snapshot!("all_60", picture(&mut board, 60, 20));
    saved(&mut board);
    run(&mut board, &["-+-"]);
    assert!(picture(&mut board, 60, 20).contains("server.js changed; the verdicts are the same"));
}

#[test]
fn a_new_challenge_begins_with_its_description() {
    let mut board = board(&[1, 2, 1]);
    run(&mut board, &["+"]);
    run(&mut board, &["--"]);
    insta::assert_snapshot!("arrived_60", picture(&mut board, 60, 22));
    insta::assert_snapshot!("arrived_100", picture(&mut board, 100, 18));
    board.key(Key::Description, 10);
    assert!(!picture(&mut board, 60, 22).contains("asks for"));
}

#[test]
fn the_status_says_what_is_going_on() {
    let mut board = board(&[1, 1]);
    let since = Instant::now();
    let url = "http://localhost:3000/".to_owned();
    board.phase(Phase::Waiting { url, since, limit: Duration::from_mins(1) });
    let shown = |board: &mut Board, seconds| picture_at(board, 60, 10, since + Duration::from_secs(seconds));
    assert!(shown(&mut board, 3).contains("waiting for the project to answer at http://localhost:3000/\n... 3 s"));
    assert!(shown(&mut board, 61).contains("nothing answers at"));
    board.phase(Phase::Starting("npm start".to_owned()));
    assert!(shown(&mut board, 0).contains("starting the project: npm start ..."));
    board.phase(Phase::Grading { hint: 2, of: 3 });
    assert!(shown(&mut board, 0).contains("grading hint 2 of 3 ..."));
    board.trouble("error: `npm start` ended (exit code 1); the last that it printed:\n  | Error: Cannot find module 'express', which is needed for everything else\nhelp: npm install\n".to_owned());
    board.watching(12, Some("looking twice a second (--poll)".to_owned()));
    insta::assert_snapshot!("trouble_60", picture(&mut board, 60, 14));
}

#[test]
fn long_challenges_are_scrolled() {
    let mut board = board(&[20]);
    run(&mut board, &["--------------------"]);
    assert!(picture(&mut board, 60, 16).contains("more rows --"));
    board.key(Key::Pages(1), 8);
    let second = picture(&mut board, 60, 16);
    assert!(second.contains("more rows --") && !second.contains(" 1. The project"), "{second}");
    board.key(Key::Bottom, 8);
    let last = picture(&mut board, 60, 16);
    assert!(last.contains("20. The project") && last.contains("-- the end;"), "{last}");
    // From the last row that there is, not from one far below.
    board.key(Key::Lines(-1), 8);
    assert!(picture(&mut board, 60, 16).contains("-- 1 more row --"));
    board.key(Key::Top, 8);
    assert!(picture(&mut board, 60, 16).contains(" 1. The project"));
}

#[test]
fn no_screen_is_too_small() {
    let mut board = board(&[3, 1]);
    run(&mut board, &["+-."]);
    board.key(Key::Description, 1);
    board.notice("warning: something with a_very_long_word_that_does_not_fit_into_any_narrow_screen".to_owned());
    for columns in 0..70 {
        for rows in 0..26 {
            let settings = TerminalSettings {
                styles: Styles::new(true),
                width: 80,
                verbose: true,
                show_test: true,
                detail: Detail::Hints,
                times: true,
                explain: Explain::Full,
            };
            let (lines, page) = frame(&mut board, &Look { settings }, Size { columns, rows }, Instant::now());
            assert!(lines.len() == rows && page <= rows, "{columns} x {rows}");
        }
    }
    assert!(picture(&mut board, 20, 24).contains("a f n d r q"));
    assert!(picture(&mut board, 60, 4).starts_with("The challenge one"));
}

#[test]
fn nothing_from_outside_is_obeyed_by_the_terminal() {
    let evil = "\u{1b}[2J\u{1b}]0;x\u{7}\u{9b}31m";
    let mut shown = challenge("one", 1);
    let text = format!(
        "---\nid: x\ntitle: \"{}\"\nchallengeType: 2\n---\n\n# --description--\n\n{evil}\n\n# --hints--\n\n{evil}\n\n```js\n1\n```\n",
        evil.replace('\u{1b}', "\\e").replace('\u{7}', "\\a").replace('\u{9b}', "\\x9b")
    );
    shown.challenge = Arc::new(parse(&Source::new("x.md", text)).unwrap());
    shown.file = format!("{evil}.md");
    shown.block = Some(evil.to_owned());
    assert!(shown.challenge.title.contains('\u{1b}'));
    let mut board = Board::new(vec![Challenge::new(&shown), Challenge::new(&challenge("two", 1))], 0);
    run(&mut board, &["-"]);
    board.files_changed(vec![format!("{evil}.js")]);
    board.notice(format!("warning: {evil}"));
    board.key(Key::Description, 1);
    run(&mut board, &["-"]);
    let of = |text: String| text.chars().filter(|character| character.is_control() && *character != '\n').count();
    assert_eq!(of(picture(&mut board, 80, 40)), 0);
    board.trouble(evil.to_owned());
    assert_eq!(of(picture(&mut board, 80, 40)), 0);
}
