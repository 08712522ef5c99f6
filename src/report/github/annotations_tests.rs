use super::*;
use crate::report::sample;

fn text(report: &Report) -> String {
    let mut out = Vec::new();
    write(report, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn every_outcome() {
    insta::assert_snapshot!(text(&sample::mixed()));
}

#[test]
fn ten_of_a_kind_and_how_many_more() {
    let large = text(&sample::large(2, 6, 1_000));
    assert_eq!(large.lines().filter(|line| line.starts_with("::error ")).count(), 10);
    assert!(
        large.ends_with("\n2 more hints that failed without an annotation: GitHub shows 10 of a kind.\n"),
        "{large}"
    );
    let refused = (0..11).map(sample::refused).collect();
    let report = sample::report(vec![sample::challenge("a", "A", "a", refused)]);
    assert!(
        text(&report)
            .ends_with("\n1 more hint that could not be checked without an annotation: GitHub shows 10 of a kind.\n")
    );
}

#[test]
fn nobody_else_speaks_to_the_runner() {
    for line in text(&sample::mixed()).lines() {
        let command =
            ["::error file=", "::warning file=", "::notice file="].iter().any(|start| line.starts_with(start));
        assert!(command, "{line}");
    }
}
