//! The code of a test as a list of all that matters in it: no comments, no layout, no words of messages.

use std::ops::Range;

use oxc_ast::ast::{Argument, Expression};
use oxc_ast::ast_kind::AstType;
use oxc_ast::{AstKind, ast::CallExpression};
use oxc_span::{GetSpan, Span};

use crate::lint::Block;
use crate::lint::rules::assertion;

/// A node of the tree. The list of all nodes with their depths, parents first, is the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    depth: usize,
    kind: AstType,
    /// What the kind leaves open: a name, a value, an operator.
    pub(super) text: String,
    /// Bytes of the code.
    pub(super) range: Range<usize>,
}

impl Item {
    /// Whether both mean the same, wherever they stand.
    pub(super) fn same(&self, other: &Self) -> bool {
        self.same_shape(other) && self.text == other.text
    }

    pub(super) fn same_shape(&self, other: &Self) -> bool {
        self.depth == other.depth && self.kind == other.kind
    }

    /// Whether its text is one that typography could have changed.
    pub(super) fn is_text(&self) -> bool {
        matches!(self.kind, AstType::StringLiteral | AstType::TemplateElement | AstType::RegExpLiteral)
    }
}

/// All nodes of a block in order.
pub(super) fn items(block: &Block<'_, '_>) -> Vec<Item> {
    let nodes = block.semantic.nodes();
    let mut items: Vec<Item> = Vec::with_capacity(nodes.len());
    let mut depths: Vec<usize> = Vec::with_capacity(nodes.len());
    // Arguments whose texts are words for people.
    let mut words: Vec<Span> = Vec::new();
    for (id, node) in nodes.iter_enumerated() {
        let kind = node.kind();
        let span = kind.span();
        while words.last().is_some_and(|words| words.end <= span.start) {
            words.pop();
        }
        // The first node is its own parent.
        let depth = depths.get(nodes.parent_id(id).index()).map_or(0, |above| above + 1);
        depths.push(depth);
        let spoken = words.last().is_some_and(|words| words.start <= span.start && span.end <= words.end);
        let (kind, text) = match kind {
            // A template without an expression is a string with other quotes.
            AstKind::TemplateElement(_) if spoken && is_string(nodes.parent_kind(id)) => continue,
            AstKind::TemplateLiteral(_) if spoken && is_string(kind) => (AstType::StringLiteral, String::new()),
            _ => (kind.ty(), text(block, kind, spoken)),
        };
        items.push(Item { depth, kind, text, range: block.range(span) });
        words.extend(words_of(node.kind()));
    }
    items
}

fn is_string(kind: AstKind<'_>) -> bool {
    matches!(kind, AstKind::TemplateLiteral(template) if template.expressions.is_empty())
}

/// The arguments of a call that are words for people.
fn words_of(kind: AstKind<'_>) -> Option<Span> {
    let (arguments, from): (&[Argument<'_>], usize) = match kind {
        AstKind::CallExpression(call) => (&call.arguments, assertion::message(call).or_else(|| logged(call))?),
        AstKind::NewExpression(new) => match &new.callee {
            Expression::Identifier(name) if name.name.ends_with("Error") => (&new.arguments, 0),
            _ => return None,
        },
        _ => return None,
    };
    let words = arguments.get(from..)?;
    Some(Span::new(words.first()?.span().start, words.last()?.span().end))
}

fn logged(call: &CallExpression<'_>) -> Option<usize> {
    let Expression::StaticMemberExpression(member) = &call.callee else { return None };
    matches!(&member.object, Expression::Identifier(object) if object.name == "console").then_some(0)
}

fn text(block: &Block<'_, '_>, kind: AstKind<'_>, spoken: bool) -> String {
    let flag = |set: bool, word: &'static str| if set { word } else { "" };
    match kind {
        AstKind::StringLiteral(_) | AstKind::TemplateElement(_) if spoken => String::new(),
        AstKind::StringLiteral(text) => text.value.to_string(),
        AstKind::TemplateElement(text) => text.value.raw.to_string(),
        AstKind::IdentifierName(_)
        | AstKind::IdentifierReference(_)
        | AstKind::BindingIdentifier(_)
        | AstKind::LabelIdentifier(_)
        | AstKind::PrivateIdentifier(_)
        | AstKind::NumericLiteral(_)
        | AstKind::BigIntLiteral(_)
        | AstKind::BooleanLiteral(_)
        | AstKind::Directive(_)
        | AstKind::RegExpLiteral(_) => block.text(kind.span()).to_owned(),
        AstKind::BinaryExpression(it) => it.operator.as_str().to_owned(),
        AstKind::LogicalExpression(it) => it.operator.as_str().to_owned(),
        AstKind::AssignmentExpression(it) => it.operator.as_str().to_owned(),
        AstKind::UnaryExpression(it) => it.operator.as_str().to_owned(),
        AstKind::UpdateExpression(it) => format!("{}{}", flag(it.prefix, "before "), it.operator.as_str()),
        AstKind::VariableDeclaration(it) => it.kind.as_str().to_owned(),
        AstKind::Function(it) => format!("{}{}", flag(it.r#async, "async "), flag(it.generator, "*")),
        AstKind::ArrowFunctionExpression(it) => flag(it.r#async, "async ").to_owned(),
        AstKind::CallExpression(it) => flag(it.optional, "?.").to_owned(),
        AstKind::StaticMemberExpression(it) => flag(it.optional, "?.").to_owned(),
        AstKind::ComputedMemberExpression(it) => flag(it.optional, "?.").to_owned(),
        AstKind::ObjectProperty(it) => format!("{:?}{}", it.kind, flag(it.computed, "[]")),
        AstKind::BindingProperty(it) => flag(it.computed, "[]").to_owned(),
        AstKind::MethodDefinition(it) => {
            format!("{:?}{}{}", it.kind, flag(it.computed, "[]"), flag(it.r#static, "static"))
        }
        AstKind::PropertyDefinition(it) => format!("{}{}", flag(it.computed, "[]"), flag(it.r#static, "static")),
        AstKind::YieldExpression(it) => flag(it.delegate, "*").to_owned(),
        AstKind::ForOfStatement(it) => flag(it.r#await, "await").to_owned(),
        AstKind::ForStatement(it) => {
            let there = [it.init.is_some(), it.test.is_some(), it.update.is_some()];
            there.map(|there| flag(there, "x")).join(";")
        }
        _ => String::new(),
    }
}
