//! An assertion that is named and not called.

use oxc_ast::AstKind;
use oxc_ast::ast::Expression;
use oxc_span::{GetSpan, Span};

use super::{MOST, is_test};
use crate::lint::{Block, Check, Findings, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L210",
    name: "assertion-not-called",
    group: Group::Vacuous,
    level: Level::Warning,
    summary: "an assertion is named but not called",
    fixable: false,
    check: Check::Block(check),
};

fn check(block: &Block<'_, '_>, findings: &mut Findings<'_>) {
    if !is_test(block) {
        return;
    }
    for at in found(block).into_iter().take(MOST) {
        let message = format!("`{}` is named but not called, so it checks nothing", block.text(at));
        findings.add(block.span(at), message).help("call it with what is to be checked");
    }
}

/// The statements of a block that only name an assertion.
pub(super) fn found(block: &Block<'_, '_>) -> Vec<Span> {
    let nodes = block.semantic.nodes();
    let named = nodes.iter().filter_map(|node| match node.kind() {
        AstKind::ExpressionStatement(it) if is_assertion(block, &it.expression) => Some(it.expression.span()),
        _ => None,
    });
    named.collect()
}

fn is_assertion(block: &Block<'_, '_>, expression: &Expression<'_>) -> bool {
    match expression {
        Expression::Identifier(name) => name.name == "assert" && block.semantic.is_reference_to_global_variable(name),
        Expression::StaticMemberExpression(member) => match &member.object {
            Expression::Identifier(name) if name.name == "chai" => {
                member.property.name == "assert" && block.semantic.is_reference_to_global_variable(name)
            }
            object => is_assertion(block, object),
        },
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rules::testing::{in_code, nothing, places};

    #[test]
    fn trips() {
        assert_eq!(places(&RULE, "const r = await fetch(code);\nassert.isOk;"), [(2, 1)]);
        assert_eq!(places(&RULE, "assert;\nassert.equal (code, 1);"), [(1, 1)]);
        assert_eq!(places(&RULE, "await fetch(code).then(r => { chai.assert.isOk; });"), [(1, 31)]);
        assert_eq!(
            in_code(&RULE, "assert.isOk;")[0].message,
            "`assert.isOk` is named but not called, so it checks nothing"
        );
    }

    #[test]
    fn near_ones_do_not() {
        nothing(&RULE, "assert.isOk(code);");
        nothing(&RULE, "await fetch(code).then(assert.isOk);");
        nothing(&RULE, "const check = assert.equal;\ncheck(code, 1);");
        nothing(&RULE, "const assert = { done: 1 };\nassert.done;");
    }
}
