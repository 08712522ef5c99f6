//! A promise that nobody waits for while the test goes on.

use super::{MOST, is_test, so, wait_for};
use crate::lint::{Block, Check, Findings, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L203",
    name: "promise-not-awaited",
    group: Group::Vacuous,
    level: Level::Warning,
    summary: "nobody waits for a promise in the middle of a test",
    fixable: true,
    check: Check::Block(check),
};

fn check(block: &Block<'_, '_>, findings: &mut Findings<'_>) {
    if !is_test(block) {
        return;
    }
    for loose in block.flow().loose.iter().filter(|loose| !loose.tail && loose.method.is_none()).take(MOST) {
        let message = format!("nobody waits for this promise, {}", so(block));
        wait_for(findings.add(block.span(loose.at), message), loose, block);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rules::testing::{challenge, fixed, nothing, places};

    const CHECK: &str = "const check = async () => { const r = await fetch(code); assert(r.ok); };\n";

    #[test]
    fn trips() {
        assert_eq!(
            places(&RULE, "fetch(code).then(r => assert(r.ok));\nconst a = await fetch(code);\nassert(a.ok);"),
            [(1, 1)]
        );
        assert_eq!(places(&RULE, &format!("{CHECK}check();\nawait fetch(code);")), [(2, 1)]);
        assert_eq!(
            places(&RULE, "Promise.all([fetch(code)]).then(([r]) => assert(r.ok));\nawait fetch(code);"),
            [(1, 1)]
        );
        assert_eq!(places(&RULE, "const p = fetch(code).then(r => assert(r.ok));\nawait fetch(code);"), [(1, 11)]);
        assert_eq!(places(&RULE, "await fetch(code).then(r => {\n  r.json().then(d => assert(d.a));\n});"), [(2, 3)]);
        assert_eq!(
            places(&RULE, "for (const a of ['/a']) { fetch(code + a).then(r => assert(r.ok)); }\nawait fetch(code);"),
            [(1, 27)]
        );
    }

    #[test]
    fn near_ones_do_not() {
        nothing(&RULE, &format!("{CHECK}await check();"));
        nothing(&RULE, &format!("{CHECK}await Promise.all([check(), check()]);"));
        nothing(&RULE, "const p = fetch(code);\nconst r = await p;\nassert(r.ok);");
        nothing(&RULE, "const all = [fetch(code), fetch(code)];\nfor (const p of all) { assert((await p).ok); }");
        nothing(&RULE, "await fetch(code).then(r => r.json()).then(d => { assert(d.a); });");
        nothing(&RULE, "await new Promise(done => { fetch(code).then(r => { assert(r.ok); done(); }); });");
        nothing(&RULE, "const get = path => fetch(code + path);\nassert((await get('/a')).ok);");
        nothing(&RULE, "fetch(code).then(r => assert(r.ok));");
        nothing(&RULE, "Promise.resolve(1).then(() => console.log(1));\nassert((await fetch(code)).ok);");
    }

    #[test]
    fn fixes() {
        let fix = |code: &str, mended: &str| assert_eq!(fixed(&RULE, &challenge(code)), challenge(mended));
        fix(&format!("{CHECK}check();\nawait fetch(code);"), &format!("{CHECK}await check();\nawait fetch(code);"));
        fix(
            "await fetch(code).then(r => {\n  r.json().then(d => assert(d.a));\n});",
            "await fetch(code).then(r => {\n  return r.json().then(d => assert(d.a));\n});",
        );
    }
}
