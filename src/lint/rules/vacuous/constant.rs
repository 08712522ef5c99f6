//! An assertion that always holds.

use super::{MOST, is_test};
use crate::lint::{Block, Check, Findings, Group, Level, Rule};
use crate::verdict::Rules;

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L206",
    name: "constant-assertion",
    group: Group::Vacuous,
    level: Level::Warning,
    summary: "an assertion is about values that are written in the test, and always holds",
    fixable: false,
    check: Check::Block(check),
};

fn check(block: &Block<'_, '_>, findings: &mut Findings<'_>) {
    if !is_test(block) {
        return;
    }
    let flow = block.flow();
    let follows = match flow.cannot_fail(Rules::Browser) {
        Some(_) => ", and nothing else in this test can fail",
        None => "",
    };
    for (at, thing) in flow.constants.iter().take(MOST) {
        let message = match thing {
            true => format!("this assertion always holds: what it looks at is always there{follows}"),
            false => format!("this assertion always holds: it depends on nothing that the project answers{follows}"),
        };
        findings
            .add(block.span(*at), message)
            .help("assert something about the project's answer, or take the line out");
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rules::testing::{nothing, places};

    #[test]
    fn trips() {
        assert_eq!(places(&RULE, "assert(true);"), [(1, 1)]);
        assert_eq!(
            places(&RULE, "const r = await fetch(code);\nassert.equal(1, 1, 'always');\nassert(r.ok);"),
            [(2, 1)]
        );
        assert_eq!(places(&RULE, "assert.isTrue(true); assert.exists('x'); assert.match('abc', /a/);").len(), 3);
        assert_eq!(places(&RULE, "assert.isOk({}); assert([]); assert.deepEqual([1], [1]);").len(), 3);
        assert_eq!(places(&RULE, "const want = 'x';\nassert.equal(want, 'x');"), [(2, 1)]);
        assert_eq!(places(&RULE, "const r = await fetch(code);\nassert.exists(r);\nassert(r.ok);"), [(2, 1)]);
    }

    #[test]
    fn near_ones_do_not() {
        nothing(&RULE, "assert(false);");
        nothing(&RULE, "if (!(await fetch(code)).ok) { assert.fail('no'); }");
        nothing(&RULE, "const r = await fetch(code);\nassert.equal(r.status, 200);\nassert.isOk(r.ok);");
        nothing(&RULE, "let done = false;\nawait fetch(code).then(() => { done = true; });\nassert.isTrue(done);");
        nothing(&RULE, "assert.match(code, /a/); assert(code.length);");
        nothing(&RULE, "const d = await (await fetch(code)).json();\nassert.exists(d); assert(d.a || false);");
        nothing(&RULE, "const assert = { equal() {} };\nassert.equal(1, 1);");
    }
}
