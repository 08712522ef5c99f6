//! A comparison whose result goes nowhere.

use oxc_ast::AstKind;
use oxc_ast::ast::{Expression, Statement};
use oxc_span::{GetSpan, Span};
use oxc_syntax::operator::UnaryOperator;

use super::{MOST, is_test};
use crate::lint::{Block, Check, Findings, Group, Level, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L209",
    name: "comparison-not-asserted",
    group: Group::Vacuous,
    level: Level::Warning,
    summary: "a comparison stands where its result goes nowhere",
    fixable: false,
    check: Check::Block(check),
};

fn check(block: &Block<'_, '_>, findings: &mut Findings<'_>) {
    if !is_test(block) {
        return;
    }
    for (at, returned) in found(block).into_iter().take(MOST) {
        let message = if returned {
            "the runner does not look at what a test returns, so this comparison checks nothing"
        } else {
            "the result of this comparison goes nowhere, so it checks nothing"
        };
        findings
            .add(block.span(at), message)
            .help("write an assertion: `assert.equal(actual, expected)`, or `assert(...)`");
    }
}

/// A `return` that is nested deeper in its function is not looked at.
const NESTED: usize = 256;

/// The comparisons of a block, and whether each is what the block returns.
pub(super) fn found(block: &Block<'_, '_>) -> Vec<(Span, bool)> {
    let nodes = block.semantic.nodes();
    let mut found = Vec::new();
    for node in nodes.iter() {
        match node.kind() {
            AstKind::ExpressionStatement(it) if is_comparison(&it.expression) => {
                found.push((it.expression.span(), false));
            }
            AstKind::ReturnStatement(it) => {
                let Some(argument) = it.argument.as_ref().filter(|argument| is_comparison(argument)) else { continue };
                let around = nodes.ancestor_kinds(node.id()).take(NESTED).find_map(|kind| match kind {
                    AstKind::Function(function) => Some(function.span),
                    AstKind::ArrowFunctionExpression(arrow) => Some(arrow.span),
                    _ => None,
                });
                if around.is_some_and(|around| is_own(block, around)) {
                    found.push((argument.span(), true));
                }
            }
            _ => {}
        }
    }
    found
}

/// Whether a function is the one that the runner calls.
fn is_own(block: &Block<'_, '_>, function: Span) -> bool {
    let own = block.function.is_some().then(|| {
        block.statements.iter().find_map(|statement| match statement {
            Statement::ExpressionStatement(it) => Some(it.expression.span()),
            _ => None,
        })
    });
    match own {
        Some(own) => own == Some(function),
        None => block.range(function) == (0..block.code.text.len()),
    }
}

fn is_comparison(expression: &Expression<'_>) -> bool {
    match expression {
        Expression::BinaryExpression(it) => it.operator.is_equality() || it.operator.is_compare(),
        Expression::UnaryExpression(it) => it.operator == UnaryOperator::LogicalNot && is_truth(&it.argument),
        Expression::LogicalExpression(it) => is_comparison(&it.left) && is_comparison(&it.right),
        Expression::CallExpression(it) => {
            let Expression::StaticMemberExpression(callee) = &it.callee else { return false };
            let names = ["test", "includes", "startsWith", "endsWith", "hasOwnProperty", "isArray"];
            let is_expression =
                |object: &Expression<'_>| !matches!(object, Expression::Identifier(it) if it.name == "assert");
            names.contains(&callee.property.name.as_str()) && is_expression(&callee.object)
        }
        _ => false,
    }
}

/// Something that is asked whether it is so.
fn is_truth(expression: &Expression<'_>) -> bool {
    matches!(expression, Expression::Identifier(_) | Expression::StaticMemberExpression(_)) || is_comparison(expression)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rules::testing::{nothing, places};

    #[test]
    fn trips() {
        let get = "const d = await (await fetch(code)).json();\n";
        assert_eq!(places(&RULE, &format!("{get}d.x === 1;")), [(2, 1)]);
        assert_eq!(places(&RULE, &format!("{get}d.x === 1 && d.y > 2;")), [(2, 1)]);
        assert_eq!(places(&RULE, &format!("{get}/x/.test(d);\n!d.error;")), [(2, 1), (3, 1)]);
        assert_eq!(places(&RULE, &format!("{get}return d.x === 1;")), [(2, 8)]);
        assert_eq!(places(&RULE, "async () => { const r = await fetch(code); return r.status == 200; }"), [(1, 51)]);
        assert_eq!(places(&RULE, "await fetch(code).then(r => { r.status === 200; });"), [(1, 31)]);
    }

    #[test]
    fn near_ones_do_not() {
        let get = "const d = await (await fetch(code)).json();\n";
        nothing(&RULE, &format!("{get}assert(d.x === 1);"));
        nothing(&RULE, &format!("{get}const same = d.x === 1; assert.isTrue(same);"));
        nothing(&RULE, &format!("{get}const found = d.find(x => {{ return x.a === 1; }}); assert.exists(found);"));
        nothing(&RULE, "assert(await fetch(code).then(r => r.status === 200));");
        nothing(&RULE, &format!("{get}d.x === 1 || assert.fail('x');"));
        nothing(&RULE, &format!("{get}if (d.x === 1) throw new Error('x');"));
        nothing(&RULE, &format!("{get}assert.include(d, 'x');"));
    }
}
