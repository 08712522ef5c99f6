//! Whether code does nothing that a test would notice, as far as its looks go.

use oxc_ast::ast::{Argument, Expression, Statement};

use super::value::{Body, Callable};

/// Statements that log at most: what a `catch` does that swallows.
pub(super) fn is_idle(statements: &[Statement<'_>]) -> bool {
    statements.iter().all(|statement| match statement {
        Statement::EmptyStatement(_) => true,
        Statement::ExpressionStatement(it) => is_idle_expression(&it.expression),
        Statement::ReturnStatement(it) => it.argument.as_ref().is_none_or(is_idle_expression),
        _ => false,
    })
}

/// A function whose body is idle.
pub(super) fn is_idle_function(callee: Callable<'_>) -> bool {
    match callee.body() {
        Body::Statements(statements) => is_idle(statements),
        Body::Expression(expression) => is_idle_expression(expression),
    }
}

fn is_idle_expression(expression: &Expression<'_>) -> bool {
    match expression {
        Expression::BooleanLiteral(_)
        | Expression::NullLiteral(_)
        | Expression::NumericLiteral(_)
        | Expression::StringLiteral(_)
        | Expression::Identifier(_) => true,
        Expression::CallExpression(call) => {
            let Expression::StaticMemberExpression(callee) = &call.callee else { return false };
            matches!(&callee.object, Expression::Identifier(object) if object.name == "console")
                && call.arguments.iter().all(|argument| argument.as_expression().is_some_and(is_shown))
        }
        Expression::UnaryExpression(it) => is_idle_expression(&it.argument),
        Expression::ObjectExpression(it) => it.properties.is_empty(),
        Expression::ArrayExpression(it) => it.elements.is_empty(),
        _ => false,
    }
}

/// Something to log: a name or a property of one.
fn is_shown(expression: &Expression<'_>) -> bool {
    match expression {
        Expression::StaticMemberExpression(it) => is_shown(&it.object),
        Expression::TemplateLiteral(it) => it.expressions.iter().all(is_shown),
        Expression::BinaryExpression(it) => is_shown(&it.left) && is_shown(&it.right),
        expression => is_idle_expression(expression),
    }
}

/// The arguments that are expressions, in order.
pub(super) fn plain<'a, 'b>(arguments: &'b [Argument<'a>]) -> impl Iterator<Item = &'b Expression<'a>> {
    arguments.iter().filter_map(Argument::as_expression)
}
