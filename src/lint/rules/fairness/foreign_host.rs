//! A test that needs somebody else's server.

use oxc_ast::AstKind;

use super::url;
use crate::lint::{Block, Check, Findings, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L503",
    name: "foreign-host",
    group: Group::Fairness,
    level: Level::Warning,
    summary: "a test asks another server than the learner's project",
    fixable: false,
    check: Check::Block(check),
};

/// Names are followed through this many constants.
const DEPTH: usize = 4;

/// freeCodeCamp's own.
const OWN: [&str; 2] = [".freecodecamp.org", ".freecodecamp.rocks"];

fn check(block: &Block<'_, '_>, findings: &mut Findings<'_>) {
    if !block.code.text.contains("//") {
        return;
    }
    for node in block.semantic.nodes().iter() {
        let AstKind::CallExpression(call) = node.kind() else { continue };
        let Some(address) = url::of_request(call) else { continue };
        let Some((text, span)) = url::beginning(block, address, DEPTH) else { continue };
        let Some(host) = url::host(text).filter(|host| !url::is_local(host)) else { continue };
        let own = host == "freecodecamp.org" || OWN.iter().any(|domain| host.ends_with(domain));
        let whose = if own { ", which is freeCodeCamp's" } else { "" };
        findings
            .add(block.span(span), format!("this test asks `{host}`{whose}: while that is down, every project fails"))
            .help("make what the test needs in the test itself, or say in the hint that it comes from there");
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rules::testing::{in_code, nothing, places};

    #[test]
    fn trips_over() {
        assert_eq!(places(&RULE, "const r = await fetch('https://cdn.freecodecamp.org/a.png');"), [(1, 23)]);
        assert_eq!(places(&RULE, "const host = 'http://example.com';\nawait $.get(`${host}/a`);").len(), 1);
        assert_eq!(places(&RULE, "const host = 'http://example.com';\nawait $.get(host + '/a');"), [(1, 14)]);
        assert_eq!(places(&RULE, "$.ajax({ url: `https://a.b/${code}` });").len(), 1);
        assert_eq!(places(&RULE, "xhr.open('GET', '//a.b/c');").len(), 1);
        let found = in_code(&RULE, "fetch('https://cdn.freecodecamp.org/a.png');");
        let message =
            "this test asks `cdn.freecodecamp.org`, which is freeCodeCamp's: while that is down, every project fails";
        assert_eq!(found[0].message, message);
    }

    #[test]
    fn near_ones_do_not() {
        nothing(&RULE, "await fetch(code + '/api?url=https://freecodecamp.org');");
        nothing(&RULE, "await fetch(`${code}//a`); // https://a.b");
        nothing(&RULE, "await fetch(code, { body: 'https://a.b' });");
        nothing(&RULE, "await fetch('http://localhost:3000');");
        nothing(&RULE, "let host = 'https://a.b'; host = code; await fetch(host);");
    }
}
