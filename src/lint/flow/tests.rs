//! Code that nobody would write by hand: the walk has to end soon, without a crash. The truth about ordinary code is in
//! `tests/lint_vacuous`.

use super::{Flow, Why, flow_of};
use crate::challenge::Source;
use crate::lint::file::File;
use crate::lint::rules::testing::challenge;
use crate::lint::{ALL, Group, Levels, Linter};
use crate::verdict::Rules;

fn flow(code: &str) -> Option<Flow> {
    let source = Source::new("a.md", challenge(code));
    flow_of(&File::new(&source), 0)
}

#[test]
fn it_says_why() {
    let why = |code: &str| flow(code).unwrap().cannot_fail(Rules::Browser);
    for (code, reason) in [
        ("", Why::Empty),
        ("fetch(code).then(r => assert(r.ok));", Why::NotAwaited),
        ("fetch(code);", Why::NotAwaited),
        ("setTimeout(() => assert(code), 1);", Why::Handler),
        ("try { assert(code); } catch {}", Why::Swallowed),
        ("assert(true);", Why::Constant),
        ("console.log(code);", Why::NothingChecked),
    ] {
        assert_eq!(why(code), Some(reason), "{code}");
    }
    assert_eq!(why("await fetch(code);"), None);
    assert_eq!(flow("fetch(code);").unwrap().cannot_fail(Rules::Honest), None);
    assert!(flow("assert(;").is_none());
}

#[test]
fn depth_is_something_that_can_fail() {
    for (open, middle, close) in [
        ("[", "1", "]"),
        ("!", "1", ""),
        ("{", "", "}"),
        ("if (code) ", ";", ""),
        ("(() => ", "1", ")()"),
        ("() => ", "1", ""),
        ("try {", "", "} catch {}"),
        ("fetch(code).then(() => ", "1", ")"),
        ("const [", "a", "] = 1;"),
        ("a", "", ".b"),
        ("fetch(code)", "", ".then(x => x)"),
        ("new Promise(done => ", "done()", ")"),
    ] {
        let times = 2000;
        let code = match (open, close) {
            ("const [", _) => format!("const {}a{} = 1;", "[".repeat(times), "]".repeat(times)),
            ("a" | "fetch(code)", _) => format!("{open}{}", close.repeat(times)),
            _ => format!("{}{middle}{}", open.repeat(times), close.repeat(times)),
        };
        let flow = flow(&code).unwrap();
        // Some of it passes in truth; nothing is said against what was not looked at.
        let silent = flow.loose.iter().all(|loose| loose.check.is_none()) && flow.unchecked.is_empty();
        assert!(silent, "{open}: {flow:?}");
    }
}

#[test]
fn size_is_bounded() {
    let blocks = [
        "fetch(code).then(r => assert(r.ok));\n".repeat(2000),
        "fetch(code).then(r => assert(r.ok));".repeat(2000),
        "assert.match('aaa', /a{1,50}b{2,60}c/i);".repeat(2000),
        "assert(true);".repeat(6000),
        "code === 1;".repeat(6000),
        format!("function f() {{ {} }}\nf();", "f();".repeat(16_000)),
        (0..2000).map(|n| format!("function f{n}() {{ f{}(); }}", n + 1)).collect::<Vec<_>>().join("\n") + "f0();",
        format!("let p;{}", "p = fetch(code);".repeat(5000)),
        format!("const x = {};", "fetch(code) || ".repeat(5000) + "1"),
        format!("switch (code) {{ {} }}", "case 1: assert(code); break;".repeat(3000)),
        format!("a: for (;;) {{ {} }}", "if (code) break a;".repeat(4000)),
        format!("{}return 1 === 2;{}", "{".repeat(7000), "}".repeat(7000)),
    ];
    let mut levels = Levels::default();
    levels.only(&["L2".to_owned()]).unwrap();
    let linter = Linter::new(levels);
    for block in blocks {
        let found = linter.file(&Source::new("a.md", challenge(&block))).findings;
        let rules = ALL.iter().filter(|rule| rule.group == Group::Vacuous).count();
        assert!(found.len() <= 64 * rules, "{}", found.len());
    }
}
