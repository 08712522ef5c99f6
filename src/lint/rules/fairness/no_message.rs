//! Assertions that fail without a word.

use oxc_ast::AstKind;
use oxc_ast::ast::{Argument, CallExpression, Expression, UnaryOperator};

use crate::lint::rules::assertion;
use crate::lint::{Block, Check, Findings, Group, Level, Role, Rule};

pub(in crate::lint) const RULE: Rule = Rule {
    code: "L501",
    name: "no-message",
    group: Group::Fairness,
    level: Level::Warning,
    summary: "a test of several assertions has conditions without a message, so nobody can tell which one failed",
    fixable: false,
    check: Check::Block(check),
};

fn check(block: &Block<'_, '_>, findings: &mut Findings<'_>) {
    if !matches!(block.role, Role::Hint(_)) {
        return;
    }
    let mut bare = Vec::new();
    let mut others = 0;
    for node in block.semantic.nodes().iter() {
        let AstKind::CallExpression(call) = node.kind() else { continue };
        if is_bare(call) {
            bare.push(call.span);
        } else if assertion::method(call).is_some() {
            others += 1;
        }
    }
    // One condition alone is what the hint's text says.
    let [first, rest @ ..] = bare.as_slice() else { return };
    if rest.is_empty() && others == 0 {
        return;
    }
    let message = match (rest.len(), others) {
        (0, 1) => "this condition has no message, and there is another assertion in the test".to_owned(),
        (0, _) => format!("this condition has no message, and there are {others} other assertions in the test"),
        (more, _) => format!("{} conditions of this test have no message", more + 1),
    };
    let finding = findings
        .add(block.span(*first), message)
        .help("say what was expected in a last argument, or use an assertion that shows both values");
    if let Some(second) = rest.first() {
        finding.label(block.span(*second), "another one");
    }
}

/// An assertion that some condition holds, which can only say that it did not.
fn is_bare(call: &CallExpression<'_>) -> bool {
    let plain =
        matches!(assertion::method(call), Some("assert" | "isOk" | "ok" | "isTrue" | "isFalse" | "isNotOk" | "notOk"));
    let [only] = call.arguments.as_slice() else { return false };
    plain && only.as_expression().is_some_and(is_condition) && !matches!(only, Argument::SpreadElement(_))
}

/// Whether an expression is a condition, whose value says nothing.
fn is_condition(expression: &Expression<'_>) -> bool {
    match expression {
        Expression::BinaryExpression(_) => true,
        Expression::LogicalExpression(logical) => is_condition(&logical.left) || is_condition(&logical.right),
        Expression::UnaryExpression(unary) => unary.operator == UnaryOperator::LogicalNot,
        Expression::CallExpression(call) => match &call.callee {
            Expression::StaticMemberExpression(member) => {
                matches!(
                    member.property.name.as_str(),
                    "test" | "includes" | "startsWith" | "endsWith" | "every" | "some" | "has"
                )
            }
            _ => false,
        },
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::rules::testing::{in_code, nothing, places};

    #[test]
    fn trips_over() {
        assert_eq!(places(&RULE, "assert(a > 1);\nassert(b === 2);"), [(1, 1)]);
        assert_eq!(places(&RULE, "if (a) { assert.isTrue(!b); }\nassert(/x/.test(y));").len(), 1);
        assert_eq!(places(&RULE, "assert(a && b.includes('c'));\nassert.ok(a < b);").len(), 1);
        assert_eq!(places(&RULE, "assert.equal(a, 1);\nassert(b > 2);"), [(2, 1)]);
        let found = in_code(&RULE, "assert(a > 1);\nassert(a > 2);\nassert(a > 3);");
        assert!(found[0].message.starts_with("3 conditions"));
    }

    #[test]
    fn near_ones_do_not() {
        nothing(&RULE, "assert(a > 1);");
        nothing(&RULE, "assert(a > 1, 'a is large');\nassert(b === 2, 'b is two');");
        nothing(&RULE, "assert.equal(a, 1);\nassert.isAbove(b, 2);\nassert(c);");
        nothing(&RULE, "assert(document);\nassert(document.body);");
    }
}
