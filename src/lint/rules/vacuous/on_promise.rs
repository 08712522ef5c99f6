//! An assertion on a promise instead of on what it is fulfilled with.

use super::{MOST, is_test, put};
use crate::lint::{Block, Check, Findings, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L211",
    name: "assertion-on-promise",
    group: Group::Vacuous,
    level: Level::Warning,
    summary: "an assertion looks at a promise, not at what comes of it",
    fixable: true,
    check: Check::Block(check),
};

fn check(block: &Block<'_, '_>, findings: &mut Findings<'_>) {
    if !is_test(block) {
        return;
    }
    for misplaced in block.flow().on_promises.iter().take(MOST) {
        let message = if misplaced.holds {
            "the assertion looks at a promise, for which it always holds, not at what comes of it"
        } else {
            "the assertion looks at a promise, for which it never holds, not at what comes of it"
        };
        let finding = findings.add(block.span(misplaced.at), message).help("put `await` before it");
        if misplaced.mend {
            put(finding, "await", misplaced.at, block);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rules::testing::{challenge, fixed, nothing, places};

    const GET: &str = "const r = await fetch(code);\n";

    #[test]
    fn trips() {
        assert_eq!(places(&RULE, &format!("{GET}assert.isOk(r.json());")), [(2, 13)]);
        assert_eq!(places(&RULE, "assert(fetch(code));"), [(1, 8)]);
        assert_eq!(places(&RULE, &format!("{GET}assert.equal(r.text(), 'x');")), [(2, 14)]);
        assert_eq!(places(&RULE, &format!("{GET}const d = r.json();\nassert.exists(d);")), [(3, 15)]);
        assert_eq!(places(&RULE, "const get = async () => (await fetch(code)).ok;\nassert(get());"), [(2, 8)]);
    }

    #[test]
    fn near_ones_do_not() {
        nothing(&RULE, &format!("{GET}assert.isOk(await r.json());"));
        nothing(&RULE, &format!("{GET}const d = await r.json();\nassert.exists(d);"));
        nothing(&RULE, "assert.instanceOf(fetch(code), Promise);\nawait fetch(code);");
        nothing(&RULE, "const get = () => 1;\nassert.equal(get(), code);");
        nothing(&RULE, "const r = { json: () => code };\nassert.isOk(r.json());");
    }

    #[test]
    fn fixes() {
        let mended = fixed(&RULE, &challenge(&format!("{GET}assert.equal(r.text(), 'x');")));
        assert_eq!(mended, challenge(&format!("{GET}assert.equal(await r.text(), 'x');")));
    }
}
