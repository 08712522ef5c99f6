//! A name that nothing declares.

use oxc_ast::AstKind;
use oxc_ast::ast::UnaryOperator;
use oxc_span::GetSpan;

use crate::lint::nearest::nearest;
use crate::lint::{Block, Check, Findings, Group, Level, Rule};
use crate::scope;

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L302",
    name: "undefined-name",
    group: Group::Wrong,
    level: Level::Error,
    summary: "a test uses a name that nothing declares",
    fixable: false,
    check: Check::Block(check),
};

/// Challenges whose tests run without the learner's code: what it declares is not in scope.
const BY_URL: [u32; 2] = [2, 4];
/// Names of Node, which no page has.
const OF_NODE: [&str; 7] = ["require", "module", "exports", "process", "Buffer", "__dirname", "global"];
/// Later names of a block are compared with no others.
const COMPARED: usize = 8;

fn check(block: &Block<'_, '_>, findings: &mut Findings<'_>) {
    let is_by_url = block.file.challenge().is_some_and(|challenge| BY_URL.contains(&challenge.challenge_type));
    if !is_by_url {
        return;
    }
    let (scoping, nodes) = (block.semantic.scoping(), block.semantic.nodes());
    let mut unknown = Vec::new();
    for (name, references) in scoping.root_unresolved_references() {
        let name = name.as_str();
        if scope::is_global(name) || block.file.page_names().contains(name) {
            continue;
        }
        let references = references.iter().map(|id| scoping.get_reference(*id));
        let guarded = references.clone().any(|reference| {
            let above = nodes.parent_kind(reference.node_id());
            matches!(above, AstKind::UnaryExpression(unary) if unary.operator == UnaryOperator::Typeof)
        });
        let first = references.min_by_key(|reference| nodes.kind(reference.node_id()).span().start);
        if let Some(first) = first.filter(|_| !guarded) {
            unknown.push((nodes.kind(first.node_id()).span(), name, first.is_write() && !first.is_read()));
        }
    }
    unknown.sort_unstable_by_key(|(span, _, _)| span.start);
    for (index, (span, name, is_written)) in unknown.into_iter().enumerate() {
        let message = if is_written {
            format!("the test assigns to `{name}`, which nothing declares")
        } else {
            format!("nothing declares `{name}`")
        };
        let finding = findings.add(block.span(span), message);
        if is_written {
            finding.help("tests run in strict mode, which refuses that: put `const` or `let` before it");
        } else if OF_NODE.contains(&name) {
            finding.help("tests run in a browser's page, which has none of Node's names");
        } else if let Some(near) = nearest(name, scoping.symbol_names().filter(|_| index < COMPARED)) {
            finding.help(format!("did you mean `{near}`?"));
        } else if let Some(near) = nearest(name, scope::globals().filter(|_| index < COMPARED)) {
            finding.help(format!("did you mean `{near}`?"));
        } else {
            finding.help("declare it in this block, or in a `# --before-all--` section");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rules::testing::{challenge, findings, in_code, nothing, places};

    #[test]
    fn trips() {
        assert_eq!(places(&RULE, "const res = await fetch(code);\nassert.isOk(data);"), [(2, 13)]);
        assert_eq!(places(&RULE, "const fs = require('fs');"), [(1, 12)]);
        assert_eq!(places(&RULE, "answer = await fetch(code);\nassert.isOk(answer.ok);"), [(1, 1)]);
        let found = in_code(&RULE, "const response = await fetch(code);\nassert.isOk(respones.ok);");
        assert_eq!(found[0].help.as_deref(), Some("did you mean `response`?"));
        let found = in_code(&RULE, "asert.equal(1, 2);");
        assert_eq!(found[0].help.as_deref(), Some("did you mean `assert`?"));
    }

    #[test]
    fn near_ones_do_not() {
        nothing(&RULE, "if (typeof data === 'string') assert.isOk(data);");
        nothing(&RULE, "assert.isOk(later());\nfunction later() { return new HTMLMapElement(arguments); }");
        nothing(&RULE, "(getUserInput) => $.get(getUserInput('url')).then((data) => assert.isOk(data), undefined);");
        nothing(&RULE, "window.seen = 1;\nassert.equal(seen, 1);");
        nothing(&RULE, "label: for (const { a, b: [c] } of []) { continue label; a(c); }");
    }

    #[test]
    fn the_learners_code_and_hooks_may_declare_names() {
        let other = challenge("assert.equal(total, 1);").replace("challengeType: 2", "challengeType: 1");
        assert!(findings(&RULE, &other).is_empty());
        let hook =
            format!("{}\n# --before-all--\n\n```js\nconst total = 1;\n```\n", challenge("assert.equal(total, 1);"));
        assert!(findings(&RULE, &hook).is_empty());
    }
}
