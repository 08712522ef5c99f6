//! The addresses that a test asks.

use oxc_ast::AstKind;
use oxc_ast::ast::{Argument, BindingPattern, CallExpression, Expression, ObjectPropertyKind, PropertyKey};
use oxc_span::Span;

use crate::lint::Block;

/// The expression that is the address of a request, if the call is one.
pub(super) fn of_request<'e, 'a>(call: &'e CallExpression<'a>) -> Option<&'e Expression<'a>> {
    let argument = |index: usize| call.arguments.get(index).and_then(Argument::as_expression);
    match &call.callee {
        Expression::Identifier(name) if name.name == "fetch" => argument(0),
        Expression::StaticMemberExpression(member) => match (&member.object, member.property.name.as_str()) {
            (Expression::Identifier(object), "get" | "post" | "getJSON" | "ajax")
                if matches!(object.name.as_str(), "$" | "jQuery") =>
            {
                argument(0).and_then(|first| match first {
                    Expression::ObjectExpression(options) => {
                        options.properties.iter().find_map(|property| match property {
                            ObjectPropertyKind::ObjectProperty(property) => match &property.key {
                                PropertyKey::StaticIdentifier(key) if key.name == "url" => Some(&property.value),
                                _ => None,
                            },
                            ObjectPropertyKind::SpreadProperty(_) => None,
                        })
                    }
                    other => Some(other),
                })
            }
            // Of an XMLHttpRequest.
            (_, "open") => argument(1),
            _ => None,
        },
        _ => None,
    }
}

/// What a text begins with, where that is written in the block, and where it is written.
pub(super) fn beginning<'a>(
    block: &Block<'_, 'a>,
    expression: &Expression<'a>,
    depth: usize,
) -> Option<(&'a str, Span)> {
    match expression {
        Expression::StringLiteral(text) => Some((text.value.as_str(), text.span)),
        Expression::TemplateLiteral(template) => match (template.quasis.first(), template.expressions.first()) {
            (Some(first), Some(inner)) if first.value.raw.is_empty() && depth > 0 => beginning(block, inner, depth - 1),
            (first, _) => Some((first?.value.raw.as_str(), template.span)),
        },
        Expression::BinaryExpression(binary) if depth > 0 => beginning(block, &binary.left, depth - 1),
        Expression::Identifier(name) if depth > 0 => {
            let scoping = block.semantic.scoping();
            let symbol = scoping.get_reference(name.reference_id.get()?).symbol_id()?;
            let AstKind::VariableDeclarator(declared) = block.semantic.symbol_declaration(symbol).kind() else {
                return None;
            };
            let constant =
                matches!(declared.id, BindingPattern::BindingIdentifier(_)) && !scoping.symbol_is_mutated(symbol);
            declared.init.as_ref().filter(|_| constant).and_then(|init| beginning(block, init, depth - 1))
        }
        _ => None,
    }
}

/// The host of an absolute address.
pub(super) fn host(address: &str) -> Option<&str> {
    let (scheme, rest) = address.trim_start().split_once("//")?;
    if !["", "http:", "https:", "ws:", "wss:"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
        return None;
    }
    let authority = rest.split(['/', '?', '#', '\\']).next()?;
    let host = authority.rsplit('@').next()?;
    let end = if host.starts_with('[') { host.find(']').map(|at| at + 1) } else { host.find(':') };
    let host = host.get(..end.unwrap_or(host.len()))?;
    (!host.is_empty() && !host.contains([' ', '$', '<'])).then_some(host)
}

/// Whether a host is the machine that the browser runs on.
pub(super) fn is_local(host: &str) -> bool {
    let host = host.to_ascii_lowercase();
    host == "localhost"
        || host.ends_with(".localhost")
        || host.starts_with("127.")
        || host == "0.0.0.0"
        || host == "[::1]"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts() {
        assert_eq!(host("https://a.b/c"), Some("a.b"));
        assert_eq!(host("//u:p@a.b:80?c"), Some("a.b"));
        assert_eq!(host("http://[::1]:3000/"), Some("[::1]"));
        assert_eq!(host("/api//x"), None);
        assert_eq!(host("https://"), None);
        assert_eq!(host("see https://a.b"), None);
        assert!(is_local("LocalHost") && is_local("127.0.0.1") && !is_local("localhost.example"));
    }
}
