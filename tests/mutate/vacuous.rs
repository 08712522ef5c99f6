//! Hints that check nothing, each in its own way: every one is named.

use grade::mutate::{Settings, Verdict, WhyNot};
use grade::verdict::Rules;

use crate::support::{World, challenge};

const GET: &str = "const res = await fetch(code + '/_api/server.js');\nconst source = await res.text();\n";

/// Blocks that check nothing under both sets of rules, and why no mutant fails them.
fn under_all_rules() -> Vec<(&'static str, String, WhyNot)> {
    let after = |rest: &str| format!("{GET}{rest}");
    vec![
        ("no test", String::new(), WhyNot::NoTest),
        ("a constant", "assert(true);".to_owned(), WhyNot::NoRequest),
        ("a look at the address", "assert.match(code, /^http/);".to_owned(), WhyNot::NoRequest),
        ("a constant after a request", after("assert.isOk(true);"), WhyNot::OnlyUnreadable),
        ("no assertion", after("source.includes('socket.io');"), WhyNot::OnlyUnreadable),
        ("a pattern that matches nothing too", after("assert.match(source, /(socket\\.io)*/);"), WhyNot::OnlyUnreadable),
        ("a pattern with an empty branch", after("assert.match(source, /express|/);"), WhyNot::OnlyUnreadable),
        ("or true", after("assert(source.includes('socket.io') || true);"), WhyNot::OnlyUnreadable),
        ("compared with itself", after("assert.equal(source, source);"), WhyNot::OnlyUnreadable),
        ("its type", after("assert.isString(source);"), WhyNot::OnlyUnreadable),
        ("a list that is empty", after("[].forEach((word) => assert.include(source, word));"), WhyNot::OnlyUnreadable),
        (
            "a function that nobody calls",
            after("const check = () => assert.match(source, /socket\\.io/);\nassert.isFunction(check);"),
            WhyNot::OnlyUnreadable,
        ),
        (
            "swallowed by its own catch",
            format!("try {{\n{GET}assert.match(source, /socket\\.io/);\n}} catch (error) {{\n  console.log(error.message);\n}}"),
            WhyNot::AllSurvived,
        ),
        (
            "swallowed by a catch of its promise",
            "await fetch(code + '/_api/server.js')\n  .then((res) => res.text())\n  .then((text) => assert.match(text, /socket\\.io/))\n  \
             .catch(() => {});"
                .to_owned(),
            WhyNot::AllSurvived,
        ),
        (
            "settled in any case",
            "await Promise.allSettled([fetch(code + '/_api/server.js').then((res) => assert.equal(res.status, 200))]);".to_owned(),
            WhyNot::AllSurvived,
        ),
    ]
}

/// Blocks that freeCodeCamp does not wait for.
fn not_awaited() -> Vec<(&'static str, String)> {
    vec![
        (
            "a promise at the end",
            "fetch(code + '/_api/server.js').then((res) => res.text()).then((text) => assert.match(text, /socket\\.io/));".to_owned(),
        ),
        (
            "a promise in the middle",
            "fetch(code + '/_api/server.js').then((res) => assert.equal(res.status, 200));\nassert(true);".to_owned(),
        ),
        ("a function that runs by itself", format!("(async () => {{\n{GET}assert.match(source, /socket\\.io/);\n}})();")),
        (
            "forEach with async",
            "['server.js', 'package.json'].forEach(async (file) => {\n  const res = await fetch(code + '/_api/' + file);\n  \
             assert.include(await res.text(), 'socket.io');\n});"
                .to_owned(),
        ),
        (
            "a callback",
            "$.get(code + '/_api/server.js').then((text) => { assert.match(text, /socket\\.io/); });".to_owned(),
        ),
        (
            "a request with a handler",
            "const xhr = new XMLHttpRequest();\nxhr.open('GET', code + '/_api/server.js');\nxhr.onload = () => \
             assert.match(xhr.responseText, /socket\\.io/);\nxhr.send();"
                .to_owned(),
        ),
        ("a timer", format!("{GET}setTimeout(() => assert.match(source, /socket\\.io/), 1);")),
    ]
}

#[test]
fn every_hint_that_checks_nothing_is_named() {
    for rules in [Rules::Honest, Rules::Browser] {
        let world = World::complete(rules);
        let cases = under_all_rules();
        let prepared = challenge(&cases.iter().map(|(_, block, _)| block.as_str()).collect::<Vec<_>>());
        let mutated = world.mutate(&prepared, &Settings { mutants: 30, ..world.settings() });
        for ((name, _, why), hint) in cases.iter().zip(&mutated.hints) {
            assert_eq!(hint.verdict, Verdict::CannotFail(*why), "{name} ({rules:?}): {:?}", hint.counts);
        }
    }
}

#[test]
fn what_is_not_waited_for_is_named_under_the_rules_of_the_browser_only() {
    let cases = not_awaited();
    let prepared = challenge(&cases.iter().map(|(_, block)| block.as_str()).collect::<Vec<_>>());
    for rules in [Rules::Honest, Rules::Browser] {
        let world = World::complete(rules);
        let mutated = world.mutate(&prepared, &Settings { mutants: 30, ..world.settings() });
        for ((name, _), hint) in cases.iter().zip(&mutated.hints) {
            match rules {
                Rules::Honest => assert_eq!(hint.verdict, Verdict::CanFail, "{name}: {:?}", hint.counts),
                Rules::Browser => assert!(
                    matches!(hint.verdict, Verdict::CannotFail(WhyNot::AllSurvived | WhyNot::OnlyUnreadable)),
                    "{name}: {:?} {:?}",
                    hint.verdict,
                    hint.counts
                ),
            }
        }
    }
}

/// The same with a check that counts.
#[test]
fn their_repaired_neighbours_can_fail() {
    let world = World::complete(Rules::Browser);
    let blocks = [
        format!("{GET}assert.match(source, /socket\\.io/);"),
        format!("try {{\n{GET}assert.match(source, /socket\\.io/);\n}} catch (error) {{\n  throw new Error(error.message);\n}}"),
        "return fetch(code + '/_api/server.js').then((res) => assert.equal(res.status, 200));".to_owned(),
        "await Promise.all(['server.js', 'package.json'].map(async (file) => {\n  const res = await fetch(code + '/_api/' + file);\n  \
         assert.include(await res.text(), 'socket.io');\n}));"
            .to_owned(),
    ];
    let prepared = challenge(&blocks.iter().map(String::as_str).collect::<Vec<_>>());
    for (hint, block) in
        world.mutate(&prepared, &Settings { mutants: 30, ..world.settings() }).hints.iter().zip(&blocks)
    {
        assert_eq!(hint.verdict, Verdict::CanFail, "{block}");
    }
}
