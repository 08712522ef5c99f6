//! What is done with a regular expression.

use oxc_ast::AstKind;
use oxc_ast::ast::{BindingPattern, CallExpression, Expression};
use oxc_span::{GetSpan, Span};
use oxc_syntax::node::NodeId;

use super::literal::Regex;
use crate::lint::block::Block;

/// One thing that is done with a regular expression.
#[derive(Clone, Copy)]
pub enum Use<'a> {
    /// It is searched in `subject`, and all that matters is whether it is found: `assert.match`, `test`.
    Search {
        /// Where it is searched.
        subject: &'a Expression<'a>,
        /// Whether a hit makes the test go on: not so for `assert.notMatch`.
        wanted: bool,
        /// Whether the expression itself stands there, and not the name of a constant.
        direct: bool,
        /// Whether it is an assertion.
        asserted: bool,
    },
    /// Something else.
    Other,
}

/// More uses of one constant are not looked at.
const MOST: usize = 16;

impl<'a> Block<'_, 'a> {
    /// What is done with an expression, itself or by way of the constant that it is put into.
    pub fn uses(&self, regex: &Regex<'a>) -> Vec<Use<'a>> {
        let nodes = self.semantic.nodes();
        let AstKind::VariableDeclarator(declarator) = nodes.parent_kind(regex.node) else {
            return vec![self.use_at(regex.node, regex.span, true)];
        };
        let BindingPattern::BindingIdentifier(name) = &declarator.id else { return vec![Use::Other] };
        let Some(symbol) = name.symbol_id.get() else { return vec![Use::Other] };
        let scoping = self.semantic.scoping();
        if scoping.symbol_is_mutated(symbol) {
            return vec![Use::Other];
        }
        let references = scoping.get_resolved_references(symbol).take(MOST);
        references.map(|it| self.use_at(it.node_id(), nodes.kind(it.node_id()).span(), false)).collect()
    }

    fn use_at(&self, node: NodeId, span: Span, direct: bool) -> Use<'a> {
        let nodes = self.semantic.nodes();
        match nodes.parent_kind(node) {
            AstKind::CallExpression(call) => self.argument(call, nodes.parent_id(node), span, direct),
            AstKind::StaticMemberExpression(member) if member.property.name == "test" => {
                let above = nodes.parent_kind(nodes.parent_id(node));
                let AstKind::CallExpression(call) = above else { return Use::Other };
                let is_callee = call.callee.span() == member.span;
                match call.arguments.first().and_then(|argument| argument.as_expression()) {
                    Some(subject) if is_callee && member.object.span() == span => {
                        Use::Search { subject, wanted: true, direct, asserted: false }
                    }
                    _ => Use::Other,
                }
            }
            _ => Use::Other,
        }
    }

    /// Of an expression that a function is called with.
    fn argument(&self, call: &'a CallExpression<'a>, node: NodeId, span: Span, direct: bool) -> Use<'a> {
        let Expression::StaticMemberExpression(member) = &call.callee else { return Use::Other };
        let wanted = match member.property.name.as_str() {
            "match" => true,
            "notMatch" => false,
            _ => return Use::Other,
        };
        if wanted && call.arguments.first().is_some_and(|argument| argument.span() == span) {
            // `assert(text.match(/x/))` only wants to know whether there is a hit.
            let asserted = match self.semantic.nodes().parent_kind(node) {
                AstKind::CallExpression(outer) => self.judges(outer, call.span),
                _ => false,
            };
            return if asserted {
                Use::Search { subject: &member.object, wanted, direct, asserted }
            } else {
                Use::Other
            };
        }
        let is_second = call.arguments.get(1).is_some_and(|argument| argument.span() == span);
        let subject = call.arguments.first().and_then(|argument| argument.as_expression());
        match subject {
            Some(subject) if is_second && self.is_the_global(&member.object, "assert") => {
                Use::Search { subject, wanted, direct, asserted: true }
            }
            _ => Use::Other,
        }
    }
    /// Whether a call is an assertion that looks only at whether its first argument is empty.
    fn judges(&self, call: &CallExpression<'a>, argument: Span) -> bool {
        let is_first = call.arguments.first().is_some_and(|first| first.span() == argument);
        is_first
            && match &call.callee {
                Expression::StaticMemberExpression(member) => {
                    matches!(member.property.name.as_str(), "isOk" | "ok" | "exists" | "isNotNull")
                        && self.is_the_global(&member.object, "assert")
                }
                callee => self.is_the_global(callee, "assert"),
            }
    }
}
