//! An async callback in the hands of a method that does not wait.

use super::{MOST, is_test, so};
use crate::lint::{Block, Check, Findings, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L204",
    name: "async-callback",
    group: Group::Vacuous,
    level: Level::Warning,
    summary: "`forEach`, `map` and their kin do not wait for an async callback",
    fixable: false,
    check: Check::Block(check),
};

fn check(block: &Block<'_, '_>, findings: &mut Findings<'_>) {
    if !is_test(block) {
        return;
    }
    let loose = block.flow().loose.iter().filter_map(|loose| Some((loose, loose.method?)));
    for (loose, method) in loose.take(MOST) {
        let (message, help) = match method {
            "map" | "flatMap" => (
                format!("nobody waits for the promises that `{method}` gets from this callback, {}", so(block)),
                "hand what `map` gives to `Promise.all`, and await that",
            ),
            "forEach" | "sort" => (
                format!("`{method}` does not wait for its async callback, {}", so(block)),
                "go through the list with `for ... of`, and await in its body",
            ),
            _ => (
                format!(
                    "`{method}` takes the promise of its async callback for true and does not wait for it, {}",
                    so(block)
                ),
                "await the answers first, and give the method a callback that is not async",
            ),
        };
        let finding = findings.add(block.span(loose.at), message).help(help);
        if let Some(check) = loose.check {
            finding.label(block.span(check), "this does not count");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rules::testing::{nothing, places};

    const CALLBACK: &str = "async path => { const r = await fetch(code + path); assert(r.ok); }";

    #[test]
    fn trips() {
        assert_eq!(places(&RULE, &format!("['/a'].forEach({CALLBACK});")), [(1, 16)]);
        assert_eq!(places(&RULE, &format!("['/a'].map({CALLBACK});\nawait fetch(code);")), [(1, 12)]);
        assert_eq!(places(&RULE, &format!("await ['/a'].map({CALLBACK});")), [(1, 18)]);
        assert_eq!(places(&RULE, &format!("assert(['/a'].every({CALLBACK}));")), [(1, 21)]);
        assert_eq!(
            places(
                &RULE,
                "const r = await fetch(code);\nconst d = await r.json();\nd.list.forEach(async x => { assert(await fetch(x)); });"
            ),
            [(3, 16)]
        );
    }

    #[test]
    fn near_ones_do_not() {
        nothing(&RULE, &format!("await Promise.all(['/a'].map({CALLBACK}));"));
        nothing(&RULE, &format!("const all = ['/a'].map({CALLBACK});\nawait Promise.all(all);"));
        nothing(&RULE, &format!("for (const p of ['/a'].map({CALLBACK})) {{ await p; }}"));
        nothing(&RULE, "const d = await (await fetch(code)).json();\nd.forEach(x => { assert(x); });");
        nothing(&RULE, "[1].forEach(async x => { console.log(x); });\nassert((await fetch(code)).ok);");
    }
}
