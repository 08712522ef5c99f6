//! A way through a test on which nothing is checked.

use super::is_test;
use crate::lint::flow::Unchecked;
use crate::lint::{Block, Check, Findings, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L208",
    name: "unchecked-path",
    group: Group::Vacuous,
    level: Level::Warning,
    summary: "a test can end without having checked anything",
    fixable: false,
    check: Check::Block(check),
};

fn check(block: &Block<'_, '_>, findings: &mut Findings<'_>) {
    if !is_test(block) {
        return;
    }
    let Some((at, how)) = block.flow().unchecked.first() else { return };
    let (message, help) = match how {
        Unchecked::Return => {
            ("the test can end here, and passes without having checked anything", "throw an error here instead")
        }
        Unchecked::Holds => (
            "the test passes without having checked anything when this condition holds",
            "throw an error or assert something in that case too",
        ),
        Unchecked::Fails => (
            "the test passes without having checked anything when this condition does not hold",
            "add an `else` that throws an error, or assert the condition",
        ),
        Unchecked::Loop => (
            "the test passes without having checked anything when there is nothing to go through here",
            "assert first that there is something",
        ),
        Unchecked::Catch => (
            "the test passes without having checked anything when an error is caught here",
            "throw the error again, or assert something about it",
        ),
    };
    findings.add(block.span(*at), message).help(help);
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rules::testing::{nothing, places};

    #[test]
    fn trips() {
        let get = "const r = await fetch(code);\n";
        assert_eq!(places(&RULE, &format!("{get}if (!r.ok) return;\nassert((await r.json()).a);")), [(2, 12)]);
        assert_eq!(places(&RULE, &format!("{get}if (r.ok) {{\n  assert((await r.json()).a);\n}}")), [(2, 5)]);
        assert_eq!(
            places(&RULE, &format!("{get}if (r.ok) {{ console.log(1); }} else {{ assert.equal(r.status, 404); }}")),
            [(2, 5)]
        );
        assert_eq!(places(&RULE, &format!("{get}for (const x of await r.json()) {{ assert(x.a); }}")), [(2, 17)]);
        assert_eq!(places(&RULE, &format!("{get}(await r.json()).forEach(x => {{ assert(x.a); }});")).len(), 1);
        assert_eq!(places(&RULE, "await fetch(code).then(r => { if (r.ok) { assert(r.url); } });"), [(1, 35)]);
        assert_eq!(places(&RULE, &format!("{get}r.ok && assert(r.url);")), [(2, 1)]);
        assert_eq!(places(&RULE, "let e;\ntry { assert((await fetch(code)).ok); } catch (x) { e = x; }"), [(2, 41)]);
    }

    #[test]
    fn near_ones_do_not() {
        let get = "const r = await fetch(code);\n";
        nothing(&RULE, &format!("{get}if (!r.ok) throw new Error(r.status);\nassert(r.url);"));
        nothing(&RULE, &format!("{get}if (r.ok) {{ assert(r.url); }} else {{ throw new Error(r.status); }}"));
        nothing(&RULE, &format!("{get}if (r.ok) {{ assert(r.url); }} else {{ assert.equal(r.status, 404); }}"));
        nothing(&RULE, &format!("{get}assert(r.ok);\nif (r.url) return;\nassert.equal(r.status, 200);"));
        nothing(
            &RULE,
            &format!("{get}const d = await r.json();\nassert.isArray(d);\nd.forEach(x => {{ assert(x.a); }});"),
        );
        nothing(&RULE, "for (const a of ['/a', '/b']) { assert((await fetch(code + a)).ok); }");
        nothing(&RULE, "for (let i = 0; i < 3; i++) { assert((await fetch(code + i)).ok); }");
        nothing(&RULE, &format!("{get}const d = await r.text();\nif (!/x/.test(d)) throw new Error('no x');"));
        nothing(
            &RULE,
            &format!("{get}try {{ await r.json(); assert.fail('x'); }} catch (e) {{ assert.equal(e.message, 'y'); }}"),
        );
        nothing(&RULE, "await fetch(code).then(r => { assert(r.ok); }, e => { throw e; });");
        nothing(&RULE, "await fetch(code);");
        // What the learner made; other hints look at it too.
        nothing(&RULE, "team.players.forEach(({ name }) => assert.isString(name));");
        nothing(&RULE, "for (const player of team.players) { assert.isString(player.name); }");
    }
}
