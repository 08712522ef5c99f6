//! A promise at the end of a test that nobody waits for.

use super::{MOST, is_test, so, wait_for};
use crate::lint::{Block, Check, Findings, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L202",
    name: "promise-at-the-end",
    group: Group::Vacuous,
    level: Level::Warning,
    summary: "a test ends with a promise that nobody waits for",
    fixable: true,
    check: Check::Block(check),
};

fn check(block: &Block<'_, '_>, findings: &mut Findings<'_>) {
    if !is_test(block) {
        return;
    }
    for loose in block.flow().loose.iter().filter(|loose| loose.tail && loose.method.is_none()).take(MOST) {
        let message = format!("the test ends before this promise, which nobody waits for, {}", so(block));
        wait_for(findings.add(block.span(loose.at), message), loose, block);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rules::testing::{challenge, fixed, nothing, places};

    #[test]
    fn trips() {
        assert_eq!(places(&RULE, "fetch(code).then(r => assert.equal(r.status, 200));"), [(1, 1)]);
        assert_eq!(
            places(&RULE, "const x = 1;\n  $.get(code).then(d => { assert(d); }, x => { throw x; });"),
            [(2, 3)]
        );
        assert_eq!(places(&RULE, "(async () => { const r = await fetch(code); assert(r.ok); })();"), [(1, 1)]);
        assert_eq!(places(&RULE, "async () => {\n  fetch(code).then(r => assert(r.ok));\n}"), [(2, 3)]);
        assert_eq!(places(&RULE, "(getUserInput) => { $.get(getUserInput('url')).then(d => assert(d)); }"), [(1, 21)]);
        assert_eq!(places(&RULE, "if (code) { fetch(code).then(r => assert(r.ok)); }"), [(1, 13)]);
    }

    #[test]
    fn near_ones_do_not() {
        nothing(&RULE, "await fetch(code).then(r => assert.equal(r.status, 200));");
        nothing(&RULE, "(getUserInput) => $.get(getUserInput('url')).then(d => assert(d));");
        nothing(&RULE, "fetch(getUserInput('url')).then(r => assert(r.ok));");
        nothing(&RULE, "async () => { return fetch(code).then(r => assert(r.ok)); }");
        nothing(&RULE, "Promise.resolve(1);");
        nothing(&RULE, "const r = await fetch(code); assert(r.ok);");
        nothing(&RULE, "fetch(code).then(r => assert(r.ok));\nawait fetch(code);");
    }

    #[test]
    fn fixes() {
        let fix = |code: &str, mended: &str| assert_eq!(fixed(&RULE, &challenge(code)), challenge(mended));
        fix("fetch(code)\n  .then(r => assert(r.ok));", "await fetch(code)\n  .then(r => assert(r.ok));");
        fix("(async () => { await fetch(code); })();", "await (async () => { await fetch(code); })();");
        fix(
            "async () => {\n  $.get(code).then(d => assert(d));\n};",
            "async () => {\n  await $.get(code).then(d => assert(d));\n};",
        );
        fix(
            "(getUserInput) => {\n  $.get(getUserInput('url')).then(d => assert(d));\n};",
            "(getUserInput) => {\n  return $.get(getUserInput('url')).then(d => assert(d));\n};",
        );
    }
}
