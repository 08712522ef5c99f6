use super::*;
use crate::report::sample;

fn first(report: &Report) -> &Challenge {
    report.challenges.first().unwrap()
}

#[test]
fn every_outcome_in_plain_text() {
    let report = sample::mixed();
    let challenge = first(&report);
    let text: Vec<String> = challenge
        .hints
        .iter()
        .map(|hint| format!("== {} ({})\n{}", name(hint), kind(hint), details(challenge, hint)))
        .collect();
    insta::assert_snapshot!(text.join("\n\n"));
}

#[test]
fn verdicts_in_words() {
    assert_eq!(verdict(&sample::mixed()), "Failed: 3 of 20 hints failed, 1 could not be checked");
    assert_eq!(verdict(&sample::passed()), "Passed: the only checked hint holds");
    assert_eq!(verdict(&sample::nothing()), "Nothing was checked");
    assert_eq!(verdict(&sample::unreachable()), "Could not check: 3 of 3 hints got no verdict");
}

#[test]
fn details_are_short_whatever_the_texts() {
    let report = sample::large(1, 1, 100_000);
    let challenge = first(&report);
    let text = details(challenge, challenge.hints.first().unwrap());
    assert!(text.len() < 4_000, "{} bytes", text.len());
}

#[test]
fn carets_are_below_what_they_mark() {
    let mark = |column, length| Mark { line: 1, column, length, label: "x".to_owned(), kind: MarkKind::Primary };
    let row = |text: &str, skipped| Line { number: 1, text: text.to_owned(), skipped, cut: false };
    assert_eq!(below(&row("abc", 0), &mark(2, 1)), " ^ x");
    assert_eq!(below(&row("\tb", 0), &mark(2, 1)), "    ^ x");
    assert_eq!(below(&row("日本b", 0), &mark(2, 2)), "  ^^^ x");
    assert_eq!(below(&row("abc", 10), &mark(12, 0)), "  ^ x");
    // A mark outside of what is shown points at its edge.
    assert_eq!(below(&row("abc", 10), &mark(3, 9)), " ^^^ x");
    assert_eq!(below(&row("abc", 0), &mark(90, 9)), "   ^ x");
}
