//! What the rules about JavaScript look for, collected in one walk over a block.

use oxc_ast::AstKind;
use oxc_ast::ast::{
    BinaryExpression, CallExpression, Expression, IdentifierReference, Statement, StaticMemberExpression,
};
use oxc_span::{GetSpan, Span};
use oxc_syntax::node::NodeId;

use super::block::Block;
use super::regex::{BrokenRegex, Made, Regex};
use crate::scope::Method;

/// Things that a block has, each kind in the order of the text.
#[derive(Default)]
pub struct Survey<'a> {
    /// Calls of `assert` and of its methods.
    pub assertions: Vec<Assertion<'a>>,
    /// Regular expressions: literals, and those that are made from a literal text.
    pub regexes: Vec<Regex<'a>>,
    /// Those that are none.
    pub broken_regexes: Vec<BrokenRegex>,
    /// The texts that regular expressions are made from, with their quotes.
    pub regex_texts: Vec<Span>,
    /// `object.property`.
    pub members: Vec<(NodeId, &'a StaticMemberExpression<'a>)>,
    /// `==`, `===` and their opposites.
    pub comparisons: Vec<&'a BinaryExpression<'a>>,
    /// Lists of two or more statements.
    pub lists: Vec<&'a [Statement<'a>]>,
}

/// A call of `assert` or of one of its methods.
#[derive(Clone, Copy)]
pub struct Assertion<'a> {
    /// `equal`; `assert` for a call of `assert` itself.
    pub name: &'a str,
    /// Where the name stands.
    pub name_span: Span,
    /// The call.
    pub call: &'a CallExpression<'a>,
    /// The method, where there is one of that name.
    pub method: Option<Method>,
}

impl<'a> Assertion<'a> {
    /// The argument at `index`; `None` behind a spread one, too.
    pub fn argument(&self, index: usize) -> Option<&'a Expression<'a>> {
        let until = self.call.arguments.get(..=index)?;
        if until.iter().any(oxc_ast::ast::Argument::is_spread) {
            return None;
        }
        until.last()?.as_expression()
    }

    /// How many arguments it has; `None` where that shows at run time only.
    pub fn count(&self) -> Option<usize> {
        (!self.call.arguments.iter().any(oxc_ast::ast::Argument::is_spread)).then_some(self.call.arguments.len())
    }

    /// As it is written: `assert.equal`.
    pub fn written(&self) -> String {
        if self.name == "assert" { self.name.to_owned() } else { format!("assert.{}", self.name) }
    }
}

impl<'a> Block<'_, 'a> {
    /// What the block has. Collected when a rule asks for it first.
    pub fn survey(&self) -> &Survey<'a> {
        self.survey.get_or_init(|| collect(self))
    }

    /// Whether a name is none that the block declares.
    pub fn is_global(&self, name: &IdentifierReference<'a>) -> bool {
        let scoping = self.semantic.scoping();
        name.reference_id.get().is_some_and(|id| scoping.get_reference(id).symbol_id().is_none())
    }

    /// Whether an expression is the global `name`.
    pub fn is_the_global(&self, expression: &Expression<'a>, name: &str) -> bool {
        matches!(expression, Expression::Identifier(identifier) if identifier.name == name && self.is_global(identifier))
    }
}

fn collect<'a>(block: &Block<'_, 'a>) -> Survey<'a> {
    let mut survey = Survey::default();
    for (id, node) in block.semantic.nodes().iter_enumerated() {
        match node.kind() {
            AstKind::CallExpression(call) => {
                survey.assertions.extend(assertion(block, call));
                if block.is_the_global(&call.callee, "RegExp") {
                    made(block, &mut survey, &Made { node: id, span: call.span, arguments: &call.arguments });
                }
            }
            AstKind::NewExpression(new) if block.is_the_global(&new.callee, "RegExp") => {
                made(block, &mut survey, &Made { node: id, span: new.span, arguments: &new.arguments });
            }
            AstKind::RegExpLiteral(literal) => keep(&mut survey, Regex::of_literal(block, id, literal)),
            AstKind::StaticMemberExpression(member) => survey.members.push((id, member)),
            AstKind::BinaryExpression(binary) if binary.operator.is_equality() => survey.comparisons.push(binary),
            AstKind::FunctionBody(body) => list(&mut survey, &body.statements),
            AstKind::BlockStatement(body) => list(&mut survey, &body.body),
            AstKind::SwitchCase(case) => list(&mut survey, &case.consequent),
            _ => {}
        }
    }
    survey
}

fn list<'a>(survey: &mut Survey<'a>, statements: &'a [Statement<'a>]) {
    if statements.len() > 1 {
        survey.lists.push(statements);
    }
}

fn made<'a>(block: &Block<'_, 'a>, survey: &mut Survey<'a>, made: &Made<'a>) {
    let text = made.arguments.first().and_then(|argument| argument.as_expression());
    if let Some(text @ (Expression::StringLiteral(_) | Expression::TemplateLiteral(_))) = text {
        survey.regex_texts.push(text.span());
    }
    keep(survey, Regex::of_text(block, made));
}

fn keep<'a>(survey: &mut Survey<'a>, regex: Option<Result<Regex<'a>, BrokenRegex>>) {
    match regex {
        Some(Ok(regex)) => survey.regexes.push(regex),
        Some(Err(broken)) => survey.broken_regexes.push(broken),
        None => {}
    }
}

fn assertion<'a>(block: &Block<'_, 'a>, call: &'a CallExpression<'a>) -> Option<Assertion<'a>> {
    let (name, name_span, method) = match &call.callee {
        callee @ Expression::Identifier(name) if block.is_the_global(callee, "assert") => {
            (name.name.as_str(), name.span, Some(Method::ASSERT))
        }
        callee => {
            let member = callee.as_member_expression()?;
            if !block.is_the_global(member.object(), "assert") {
                return None;
            }
            let (span, name) = member.static_property_info()?;
            (name, span, Method::of(name))
        }
    };
    Some(Assertion { name, name_span, call, method })
}
