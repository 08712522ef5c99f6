//! How V8 names the function of a call in "x.y is not a function".

use oxc_ast::ast::{ChainElement, Expression};

const UNNAMED: &str = "(intermediate value)";

/// `receiver.method`, with `?.` where the call has it.
pub(super) fn callee_name(receiver: &Expression<'_>, method: &str, optional: bool) -> String {
    format!("{}{}{method}", name(receiver), dot(optional))
}

fn dot(optional: bool) -> &'static str {
    if optional { "?." } else { "." }
}

pub(super) fn name(expression: &Expression<'_>) -> String {
    match expression {
        Expression::Identifier(identifier) => identifier.name.to_string(),
        Expression::StaticMemberExpression(member) => {
            callee_name(&member.object, member.property.name.as_str(), member.optional)
        }
        Expression::ComputedMemberExpression(member) => {
            let key = match &member.expression {
                Expression::StringLiteral(text) => {
                    return callee_name(&member.object, text.value.as_str(), member.optional);
                }
                Expression::NumericLiteral(number) => crate::port::js::number_to_string(number.value),
                key => name(key),
            };
            format!("{}{}[{key}]", name(&member.object), if member.optional { "?." } else { "" })
        }
        Expression::CallExpression(call) => format!("{}(...)", name(&call.callee)),
        Expression::StringLiteral(text) => format!("\"{}\"", text.value),
        Expression::ChainExpression(chain) => match &chain.expression {
            ChainElement::CallExpression(call) => format!("{}(...)", name(&call.callee)),
            ChainElement::StaticMemberExpression(member) => {
                callee_name(&member.object, member.property.name.as_str(), member.optional)
            }
            _ => UNNAMED.to_owned(),
        },
        _ => UNNAMED.to_owned(),
    }
}
