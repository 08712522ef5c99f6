//! How V8 names what is called in "x.y is not a function".

use oxc_ast::ast::Expression;

/// The name of a method of `object`.
pub(super) fn method_name(object: &Expression<'_>, method: &str, optional: bool) -> String {
    format!("{}{}{method}", name(object), if optional { "?." } else { "." })
}

fn name(expression: &Expression<'_>) -> String {
    match expression {
        Expression::Identifier(identifier) => identifier.name.to_string(),
        Expression::ParenthesizedExpression(inner) => name(&inner.expression),
        Expression::StaticMemberExpression(member) => {
            method_name(&member.object, member.property.name.as_str(), member.optional)
        }
        Expression::ComputedMemberExpression(member) => match &member.expression {
            Expression::StringLiteral(key) => method_name(&member.object, key.value.as_str(), member.optional),
            Expression::NumericLiteral(key) => key_name(&member.object, &key.value.to_string(), member.optional),
            Expression::Identifier(key) => key_name(&member.object, key.name.as_str(), member.optional),
            _ => "(intermediate value)".to_owned(),
        },
        Expression::CallExpression(call) => format!("{}(...)", name(&call.callee)),
        _ => "(intermediate value)".to_owned(),
    }
}

fn key_name(object: &Expression<'_>, key: &str, optional: bool) -> String {
    format!("{}{}[{key}]", name(object), if optional { "?." } else { "" })
}
