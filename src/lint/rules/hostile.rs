//! Code that nobody would write, but might send.

use std::fmt::Write as _;

use super::testing::challenge;
use crate::challenge::Source;
use crate::lint::Linter;

/// Runs all rules, and looks at whether each finding has a place, and each edit one of its own.
fn lint(code: &str) {
    let source = Source::new("a.md", challenge(code));
    for finding in Linter::default().file(&source).findings {
        let spans = std::iter::once(finding.span).chain(finding.labels.iter().map(|label| label.span));
        for span in spans {
            assert!(source.text.get(span.start..span.end).is_some(), "{finding:?} in {code:?}");
        }
        assert!(finding.span.start < finding.span.end, "{finding:?} in {code:?}");
        let edits = finding.fix.iter().flat_map(|fix| &fix.edits);
        let mut end = 0;
        for edit in edits {
            assert!(edit.range.start >= end && source.text.get(edit.range.clone()).is_some(), "{finding:?}");
            end = edit.range.end;
        }
    }
}

#[test]
fn deep_code_is_no_danger() {
    for (open, middle, close) in
        [("(", "1", ")"), ("[", "", "]"), ("a(", "", ")"), ("!", "a", ""), ("a?", "b", ":c"), ("{", "", "}")]
    {
        let depth = 10_000;
        lint(&format!("{}{middle}{}", open.repeat(depth), close.repeat(depth)));
    }
    lint(&format!(
        "const a0 = 'x';\n{}",
        (1..2_000).fold(String::new(), |mut all, index| {
            let _ = writeln!(all, "const a{index} = a{} + a{};", index - 1, index - 1);
            all
        }) + "assert.match(a1999, a1998);"
    ));
    lint(&format!("assert.equal({}'a', 1);", "'a' + ".repeat(5_000)));
    lint(&format!("'a'{};", ".trim()".repeat(5_000)));
}

#[test]
fn many_findings_are_no_danger() {
    for piece in
        ["assert.eqal(1);\n", "'a'.substingr(1);\n", "(/(a+)+b/.test(code));\n", "new RegExp('\\d(');\n", "return;\n"]
    {
        lint(&piece.repeat(500));
    }
    lint(&(0..500).fold(String::new(), |mut all, index| {
        let _ = writeln!(all, "unknown{index};");
        all
    }));
}

#[test]
fn odd_expressions_are_no_danger() {
    for (open, middle, close) in
        [("(", "a", ")"), ("(?:", "a", ")*"), ("(?=", "", ")"), ("(a|", "", ")"), ("", "a*", "")]
    {
        for depth in [30, 3_000] {
            lint(&format!("assert.match(code, /{}{middle}{}/g);", open.repeat(depth), close.repeat(depth)));
        }
    }
    let long = "('|\")a('|\")".repeat(300) + &"a*".repeat(500) + &"[abc]|( |)".repeat(100);
    lint(&format!("assert.match(code, /{long}/);"));
    lint(
        "/a{0,99999999999}b{1000}{/;\n/(?:a{1000}){1000}/;\n/\\k<x>\\9\\c[\\c]/;\n/[\\ud83d\\ude00-\\u{1}]/;\n/😀.😀*/u;",
    );
    lint("new RegExp('é\\n\\u00e9[b-a]');\nnew RegExp('\\\n(');\nRegExp();\nRegExp(...code);\nnew RegExp('a', code);");
}

#[test]
fn code_that_breaks_off_is_no_danger() {
    let code = "const réponse = await fetch(code + '/_api/server.js');\nconst data = await réponse.text();\n\
        assert.match(data, /socket.io.*( |)('|\")é('|\")[A-z]\\m/g, 5);\nassert.equal('é', data.lenght);\n\
        if (typeof x === 'array') { return; assert.eqal([1], NaN, …) }\n“x” new RegExp('\\d(');";
    for (at, _) in code.char_indices() {
        lint(&code[..at]);
        lint(&code[at..]);
    }
}
