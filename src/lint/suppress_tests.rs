use super::*;
use crate::challenge::Source;
use crate::lint::Linter;
use crate::lint::rules::testing::challenge;

fn all(text: &str) -> Vec<Suppression> {
    let source = Source::new("a.md", text);
    Suppressions::of(&File::new(&source)).all
}

/// Codes and lines of what is found with the rules for empty and broken tests, and how much is suppressed.
fn found(text: &str) -> (Vec<(&'static str, usize)>, usize) {
    let mut levels = Levels::default();
    levels.only(&["L100", "L101", "L201", "L301"].map(str::to_owned)).unwrap();
    let linted = Linter::new(levels).file(&Source::new("a.md", text));
    let findings = linted.findings.iter().map(|it| (it.rule.code, it.span.position.line)).collect();
    (findings, linted.suppressed)
}

fn with_hint(hint: &str) -> String {
    challenge("").replace("It should work.", hint)
}

#[test]
fn names_reasons_and_what_they_are_about() {
    let file = challenge("a(); // grade-ignore L203, a-name: be\tcause\n/* grade-ignore L204:\n  why */\nb();");
    let found = all(&file);
    assert_eq!(
        (found[0].rules.join(" "), found[0].reason.as_str(), found[0].alone),
        ("L203 a-name".into(), "be cause", false)
    );
    assert_eq!(&file[found[0].about.clone()], "a(); // grade-ignore L203, a-name: be\tcause\n");
    assert_eq!((found[1].reason.as_str(), found[1].alone), ("why", true));
    assert_eq!(&file[found[1].about.clone()], "/* grade-ignore L204:\n  why */\nb();\n");
    assert!(!all(&challenge("/* grade-ignore L204: why */ b();"))[0].alone);
    assert!(all(&challenge("a('// grade-ignore L203: here');\n// grade-ignored L203: no")).is_empty());
}

#[test]
fn a_finding_is_hidden_where_it_begins_and_where_it_ends() {
    assert_eq!(found(&with_hint("It works.")), (vec![("L201", 14)], 0));
    assert_eq!(found(&with_hint("It works. <!-- grade-ignore L201: later -->")), (vec![], 1));
    assert_eq!(found(&with_hint("It works.\nReally. <!-- grade-ignore empty-block: later -->")), (vec![], 1));
    assert_eq!(found(&with_hint("It works. <!-- grade-ignore L201: later\non, I hope --> Really.")), (vec![], 1));
    let crlf = with_hint("It works. <!-- grade-ignore L201: later -->").replace('\n', "\r\n");
    assert_eq!(found(&crlf), (vec![], 1));
    let cr = with_hint("It works. <!-- grade-ignore L201: later -->").replace('\n', "\r");
    assert_eq!(found(&cr), (vec![], 1));
    // Another hint of the file is another matter.
    let two = format!("{}\nSecond.\n\n```js\n\n```\n", with_hint("It works. <!-- grade-ignore L201: later -->"));
    assert_eq!(found(&two), (vec![("L201", 20)], 1));
}

#[test]
fn comments_above_each_other_are_about_the_line_below() {
    let broken = "// grade-ignore L301: on purpose\n// grade-ignore L201: neither\nassert((;\n";
    assert_eq!(found(&challenge(broken)), (vec![("L101", 18)], 1));
    assert_eq!(found(&challenge("// grade-ignore L301: too far\n\nassert((;")).1, 0);
}

#[test]
fn below_the_first_line_it_is_about_the_file() {
    let lines = |lines: &str| challenge("a();").replacen("---\n", &format!("---\n{lines}"), 1);
    let starts = |text: String| all(&text).iter().map(|it| it.about.start).collect::<Vec<_>>();
    let comment = "# grade-ignore L690: alone\n";
    assert_eq!(starts(lines(comment)), [0]);
    assert_eq!(starts(lines(&comment.repeat(2)).replace('\n', "\r\n")), [0, 0]);
    assert_eq!(starts(lines(&format!("x: y\n{comment}"))), [9]);
    assert_eq!(starts(lines("x: y # grade-ignore L690: alone\n")), [4]);
}

#[test]
fn what_hides_nothing_is_told() {
    assert_eq!(found(&challenge("a(); // grade-ignore L201: no")), (vec![("L101", 17)], 0));
    // A rule that is off, and one that needs other files, cannot tell.
    assert_eq!(found(&challenge("a(); // grade-ignore L690: no")), (vec![], 0));
    let mut levels = Levels::default();
    levels.only(&["L101".to_owned()]).unwrap();
    let off = Linter::new(levels).file(&Source::new("a.md", challenge("a(); // grade-ignore L201: no")));
    assert_eq!(off.findings, []);
    assert_eq!(found(&challenge("a(); // grade-ignore L101: no\nb(); // grade-ignore L201: no")).0.len(), 2);
}

#[test]
fn what_hides_nothing_is_taken_out_and_every_other_byte_stays() {
    let comment = "grade-ignore L201, syntax-error: no";
    let fixed = |text: String| {
        let mut levels = Levels::default();
        levels.only(&["L101", "L201", "L301"].map(str::to_owned)).unwrap();
        let repaired = Linter::new(levels).repair(Source::new("a.md", text), None);
        assert_eq!((repaired.fixed, repaired.linted.findings.len()), (1, 0));
        repaired.source.text
    };
    for (code, left) in [
        (format!("a(); // {comment}\nb();"), "a();\nb();"),
        (format!("a();\n  // {comment}\n  b();"), "a();\n  b();"),
        (format!("/* {comment} */ a();"), "a();"),
        (format!("a(/* {comment} */ 1);"), "a( 1);"),
        ("/* grade-ignore L201:\n  no */\na();".to_owned(), "a();"),
        (format!("a(); //// {comment}"), "a();"),
    ] {
        assert_eq!(fixed(challenge(&code)), challenge(left));
        assert_eq!(fixed(challenge(&code).replace('\n', "\r\n")), challenge(left).replace('\n', "\r\n"));
    }
    let prose = challenge("a();").replace("It should work.", &format!("It should <!-- {comment} --> work."));
    assert_eq!(fixed(prose), challenge("a();"));
    let yaml = challenge("a();").replace("title: A challenge", &format!("# {comment}\ntitle: A challenge # {comment}"));
    let mut levels = Levels::default();
    levels.only(&["L101", "L201", "L301"].map(str::to_owned)).unwrap();
    assert_eq!(Linter::new(levels).repair(Source::new("a.md", yaml), None).source.text, challenge("a();"));
}

#[test]
fn a_comment_that_still_hides_something_stays() {
    let text = with_hint("It works. <!-- grade-ignore L201, L301: later -->");
    let mut levels = Levels::default();
    levels.only(&["L101", "L201", "L301"].map(str::to_owned)).unwrap();
    let repaired = Linter::new(levels).repair(Source::new("a.md", text.clone()), None);
    assert_eq!((repaired.fixed, repaired.source.text), (0, text));
    assert_eq!(repaired.linted.findings[0].message, "there is no L301 (syntax-error) here, so it need not be ignored");
}

#[test]
fn what_cannot_work_is_told_once() {
    assert_eq!(found(&challenge("a(); // grade-ignore L201")), (vec![("L100", 17)], 0));
    assert_eq!(found(&challenge("a(); // grade-ignore: why")), (vec![("L100", 17)], 0));
    assert_eq!(found(&challenge("a(); // grade-ignore L2: why")), (vec![("L100", 17)], 0));
    assert_eq!(found(&with_hint("It works. <!-- grade-ignore L201 -->")).0, [("L201", 14), ("L100", 14)]);
}

#[test]
fn thousands_of_comments_and_findings_take_no_time() {
    let line = "/* grade-ignore L201: a */ ".repeat(4_000);
    let hints = "Again. <!-- grade-ignore L201: a -->\n\n```js\n\n```\n\n".repeat(4_000);
    let text = format!("{}\nText.\n\n```js\n{line}\n```\n\n{hints}", challenge(""));
    assert_eq!(found(&text).1, 4_000);
}
