//! A test that asserts nothing.

use super::{comparison, is_test, not_called};
use crate::lint::{Block, Check, Findings, Group, Level, Rule};
use crate::verdict::Rules;

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L212",
    name: "nothing-asserted",
    group: Group::Vacuous,
    level: Level::Warning,
    summary: "a test asserts nothing",
    fixable: false,
    check: Check::Block(check),
};

fn check(block: &Block<'_, '_>, findings: &mut Findings<'_>) {
    if !is_test(block) || !block.flow().checks_nothing {
        return;
    }
    let flow = block.flow();
    // Whatever another rule says already explains it.
    let loose = flow.loose.iter().any(|loose| loose.check.is_some());
    let said = loose
        || !flow.handlers.is_empty()
        || !flow.swallowed.is_empty()
        || !flow.constants.is_empty()
        || !flow.on_promises.is_empty()
        || !comparison::found(block).is_empty()
        || !not_called::found(block).is_empty();
    if said || block.code.is_empty() {
        return;
    }
    let message = match flow.cannot_fail(Rules::Browser) {
        Some(_) => "this test asserts nothing, so the hint passes whatever the project answers",
        None => "this test asserts nothing: it fails only where a request or the code itself goes wrong",
    };
    findings.add(block.first_line(), message).help("assert what the hint promises about the project's answer");
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rules::testing::{in_code, nothing, places};

    #[test]
    fn trips() {
        assert_eq!(places(&RULE, "const r = await fetch(code);\nconst d = await r.json();"), [(1, 1)]);
        assert_eq!(places(&RULE, "console.log(code);"), [(1, 1)]);
        assert_eq!(places(&RULE, "async () => { await fetch(code); }"), [(1, 1)]);
        assert_eq!(places(&RULE, "const check = r => { assert(r.ok); };\nawait fetch(code);"), [(1, 1)]);
        assert!(in_code(&RULE, "await fetch(code);")[0].message.contains("only where a request"));
        assert!(in_code(&RULE, "console.log(code);")[0].message.contains("whatever the project answers"));
    }

    #[test]
    fn near_ones_do_not() {
        nothing(&RULE, "const r = await fetch(code);\nassert(r.ok);");
        nothing(&RULE, "const r = await fetch(code);\nif (!r.ok) throw new Error('no');");
        nothing(&RULE, "checkAll(await fetch(code));");
        nothing(&RULE, "assert(true);");
        nothing(&RULE, "fetch(code).then(r => assert(r.ok));");
        nothing(&RULE, "const r = await fetch(code);\nr.status === 200;");
        nothing(&RULE, "// nothing yet");
    }
}
