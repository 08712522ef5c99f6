//! An assertion in a callback that nobody waits for.

use super::{MOST, is_test, so};
use crate::lint::{Block, Check, Findings, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L205",
    name: "assertion-in-callback",
    group: Group::Vacuous,
    level: Level::Warning,
    summary: "an assertion stands in a timer or an event handler, where nobody sees it fail",
    fixable: false,
    check: Check::Block(check),
};

fn check(block: &Block<'_, '_>, findings: &mut Findings<'_>) {
    if !is_test(block) {
        return;
    }
    for handler in block.flow().handlers.iter().take(MOST) {
        findings
            .add(block.span(handler.at), format!("the test does not wait for what is called here, {}", so(block)))
            .help("use `fetch` and `await`, or wrap it in a `new Promise` that the test awaits")
            .label(block.span(handler.check), "nobody sees this fail");
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rules::testing::{nothing, places};

    #[test]
    fn trips() {
        let xhr = "const x = new XMLHttpRequest();\nx.onload = () => { assert.equal(x.status, 200); };\nx.open('GET', code);\nx.send();";
        assert_eq!(places(&RULE, xhr), [(2, 1)]);
        assert_eq!(places(&RULE, "setTimeout(() => { assert(code); }, 10);"), [(1, 1)]);
        let listener = "const x = new XMLHttpRequest();\nx.addEventListener('load', function () { test(this); });\nx.send();\nfunction test(x) { assert(x.status); }";
        assert_eq!(places(&RULE, listener), [(2, 1)]);
        let thrown = "async () => { const x = new XMLHttpRequest();\nx.onreadystatechange = function () { if (this.status != 200) throw new Error('no'); };\nx.send(); }";
        assert_eq!(places(&RULE, thrown), [(2, 1)]);
    }

    #[test]
    fn near_ones_do_not() {
        let promised = "await new Promise((done, no) => { const x = new XMLHttpRequest();\nx.onload = () => { try { assert(x.status); done(); } catch (e) { no(e); } };\nx.onerror = no; x.open('GET', code); x.send(); });";
        nothing(&RULE, promised);
        nothing(&RULE, "await new Promise(done => { setTimeout(() => { assert(code); done(); }, 10); });");
        nothing(&RULE, "setTimeout(() => { console.log(code); }, 10);\nassert(code);");
        nothing(&RULE, "await fetch(code).then(r => { assert(r.ok); });");
        nothing(&RULE, "[1].forEach(n => { assert.equal(code, n); });");
    }
}
