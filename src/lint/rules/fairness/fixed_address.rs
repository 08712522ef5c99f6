//! An address of the author's own machine in a test.

use oxc_ast::AstKind;

use super::url;
use crate::lint::{Block, Check, Findings, Group, Level, Rule};
use crate::port::Dialect;

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L504",
    name: "fixed-address",
    group: Group::Fairness,
    level: Level::Warning,
    summary: "a test names localhost instead of the address that the learner submits",
    fixable: false,
    check: Check::Block(check),
};

fn check(block: &Block<'_, '_>, findings: &mut Findings<'_>) {
    if !block.code.text.contains("//") {
        return;
    }
    for node in block.semantic.nodes().iter() {
        let (text, span) = match node.kind() {
            AstKind::StringLiteral(text) => (text.value.as_str(), text.span),
            AstKind::TemplateElement(text) => (text.value.raw.as_str(), text.span),
            _ => continue,
        };
        // What has blanks in it is said to somebody.
        let Some(host) = url::host(text).filter(|host| url::is_local(host) && !text.contains(' ')) else { continue };
        let instead = match block.dialect {
            Dialect::GetUserInput => "getUserInput('url')",
            Dialect::CodeFunction | Dialect::CodeBody => "code",
        };
        findings
            .add(block.span(span), format!("this test names `{host}`, but a project may be anywhere"))
            .help(format!("use `{instead}`, which is the address that the learner submits"));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rules::testing::{in_code, nothing, places};

    #[test]
    fn trips_over() {
        assert_eq!(places(&RULE, "await fetch('http://localhost:3000/api');"), [(1, 13)]);
        assert_eq!(places(&RULE, "await fetch(`http://127.0.0.1:3000/${id}`);").len(), 1);
        assert_eq!(places(&RULE, "const socket = io('ws://0.0.0.0:8080');").len(), 1);
        let found = in_code(&RULE, "(getUserInput) => $.get('http://[::1]/');");
        assert!(found[0].help.as_ref().unwrap().contains("getUserInput('url')"));
    }

    #[test]
    fn near_ones_do_not() {
        nothing(&RULE, "await fetch(code); // http://localhost:3000");
        nothing(&RULE, "assert(ok, 'http://localhost:3000 should answer');");
        nothing(&RULE, "assert.match(text, /http:\\/\\/localhost/);");
        nothing(&RULE, "assert.notInclude(code, 'localhost');");
    }
}
