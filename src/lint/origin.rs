//! Where a text comes from: the path that was asked for it.

use oxc_ast::AstKind;
use oxc_ast::ast::{CallExpression, Expression, FormalParameter};
use oxc_syntax::node::NodeId;

use super::block::Block;

/// How many expressions are looked at for one question.
const MOST: usize = 32;
/// Ends of paths whose answers are the text of a program, in which white space is the author's choice.
const SOURCES: [&str; 8] = [".js", ".mjs", ".cjs", ".ts", ".jsx", ".css", ".pug", ".html"];

impl<'a> Block<'_, 'a> {
    /// The path of the source file whose text an expression's value is, unchanged: `/_api/server.js`.
    pub fn source_file(&self, expression: &'a Expression<'a>) -> Option<&'a str> {
        let mut left = MOST;
        let path = self.text_of(expression, &mut left)?;
        SOURCES.iter().any(|end| path.ends_with(end)).then_some(path)
    }

    /// The path of the answer whose text this is.
    fn text_of(&self, expression: &'a Expression<'a>, left: &mut usize) -> Option<&'a str> {
        *left = left.checked_sub(1)?;
        match expression {
            Expression::Identifier(name) => match self.value_of(name) {
                Some(value) => self.text_of(value, left),
                None => self.parameter(self.semantic.scoping().symbol_declaration(self.symbol(name)?), left),
            },
            Expression::AwaitExpression(wait) => match &wait.argument {
                Expression::CallExpression(call) => match &call.callee {
                    Expression::StaticMemberExpression(member) if member.property.name == "text" => {
                        self.answer_of(&member.object, left)
                    }
                    _ => self.get(call, left),
                },
                _ => None,
            },
            _ => None,
        }
    }

    /// The path of the answer that an expression is.
    fn answer_of(&self, expression: &'a Expression<'a>, left: &mut usize) -> Option<&'a str> {
        *left = left.checked_sub(1)?;
        match expression {
            Expression::Identifier(name) => self.answer_of(self.value_of(name)?, left),
            Expression::AwaitExpression(wait) => self.answer_of(&wait.argument, left),
            Expression::CallExpression(call) if self.is_the_global(&call.callee, "fetch") => {
                self.path(call.arguments.first()?.as_expression()?, left)
            }
            _ => None,
        }
    }

    /// `$.get(url)`.
    fn get(&self, call: &'a CallExpression<'a>, left: &mut usize) -> Option<&'a str> {
        let Expression::StaticMemberExpression(member) = &call.callee else { return None };
        let Expression::Identifier(object) = &member.object else { return None };
        (matches!(object.name.as_str(), "$" | "jQuery") && member.property.name == "get" && self.is_global(object))
            .then(|| self.path(call.arguments.first()?.as_expression()?, left))
            .flatten()
    }

    /// The first parameter of the function that `$.get(url).then(..)` calls.
    fn parameter(&self, declaration: NodeId, left: &mut usize) -> Option<&'a str> {
        let nodes = self.semantic.nodes();
        let AstKind::FormalParameter(parameter) = nodes.kind(declaration) else { return None };
        let mut above = nodes.ancestors(declaration);
        let function = above.find(|node| {
            matches!(node.kind(), AstKind::ArrowFunctionExpression(_) | AstKind::Function(_) | AstKind::Program(_))
        })?;
        let parameters = match function.kind() {
            AstKind::ArrowFunctionExpression(arrow) => &arrow.params,
            AstKind::Function(function) => &function.params,
            _ => return None,
        };
        let same = |first: &FormalParameter<'a>| std::ptr::eq(first, parameter);
        if !parameters.items.first().is_some_and(same) {
            return None;
        }
        let AstKind::CallExpression(then) = nodes.parent_kind(function.id()) else { return None };
        let first = then.arguments.first()?.as_expression()?;
        let Expression::StaticMemberExpression(member) = &then.callee else { return None };
        let is_first = oxc_span::GetSpan::span(first) == oxc_span::GetSpan::span(&function.kind());
        if member.property.name != "then" || !is_first {
            return None;
        }
        match &member.object {
            Expression::CallExpression(call) => match &call.callee {
                // `fetch(url).then((res) => res.text()).then(..)`
                Expression::StaticMemberExpression(inner) if inner.property.name == "then" => {
                    self.answer_of(&inner.object, left)
                }
                _ => self.get(call, left),
            },
            _ => None,
        }
    }

    /// The last part of an address that is written out.
    fn path(&self, expression: &'a Expression<'a>, left: &mut usize) -> Option<&'a str> {
        *left = left.checked_sub(1)?;
        match expression {
            Expression::StringLiteral(text) => Some(text.value.as_str()),
            Expression::TemplateLiteral(text) => Some(text.quasis.last()?.value.raw.as_str()),
            Expression::BinaryExpression(sum) => self.path(&sum.right, left),
            Expression::Identifier(name) => self.path(self.value_of(name)?, left),
            Expression::NewExpression(new) if self.is_the_global(&new.callee, "URL") => {
                self.path(new.arguments.first()?.as_expression()?, left)
            }
            _ => None,
        }
    }
}
