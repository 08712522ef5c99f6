//! The regular expressions of a block.

use oxc_ast::ast::{Argument, Expression, RegExpLiteral};
use oxc_regular_expression::ast::Pattern;
use oxc_regular_expression::{ConstructorParser, LiteralParser, Options};
use oxc_span::Span;
use oxc_syntax::node::NodeId;

use crate::lint::block::Block;
use crate::port::regex::depth;

/// Longer expressions, and those that are nested more deeply, are not looked at.
const LONGEST: usize = 4_000;
const DEEPEST: usize = 40;

/// A regular expression whose parts are known.
#[derive(Clone, Copy)]
pub struct Regex<'a> {
    /// The literal or the call that makes it.
    pub node: NodeId,
    /// The same as a place.
    pub span: Span,
    /// Its syntax tree; places are those of the block.
    pub pattern: &'a Pattern<'a>,
    /// Its flags.
    pub flags: &'a str,
    /// How it is written.
    pub written: Written,
}

/// How an expression is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// `/x/`.
    Literal,
    /// `new RegExp('x')`; the place of the text with its quotes.
    Text(Span),
}

/// `RegExp(...)`, with or without `new`.
pub struct Made<'a> {
    /// The call.
    pub node: NodeId,
    /// The same as a place.
    pub span: Span,
    /// What it is called with.
    pub arguments: &'a [Argument<'a>],
}

/// What should be a regular expression, and is none.
#[derive(Debug, Clone)]
pub struct BrokenRegex {
    /// How it is written.
    pub written: Written,
    /// Where.
    pub span: Span,
    /// What is wrong with it.
    pub message: String,
}

impl<'a> Regex<'a> {
    /// A literal's; `None` where it is too long to be looked at.
    pub(in crate::lint) fn of_literal(
        block: &Block<'_, 'a>,
        node: NodeId,
        literal: &'a RegExpLiteral<'a>,
    ) -> Option<Result<Self, BrokenRegex>> {
        let source = literal.regex.pattern.text.as_str();
        if !is_small(source) {
            return None;
        }
        // The flags in the order of the source stand behind the pattern.
        let flags = literal.raw.as_ref()?.as_str().get(source.len() + 2..)?;
        let span = literal.span;
        let flags_start = span.end.saturating_sub(u32::try_from(flags.len()).ok()?);
        let options = Options { pattern_span_offset: span.start + 1, flags_span_offset: flags_start };
        Some(match LiteralParser::new(block.allocator, source, Some(flags), options).parse() {
            Ok(pattern) => {
                let pattern = block.allocator.alloc(pattern);
                Ok(Self { node, span, pattern, flags, written: Written::Literal })
            }
            Err(error) => {
                let span = error.labels.first().map_or(span, oxc_span::LabeledSpan::span);
                Err(BrokenRegex { span, message: error.message.to_string(), written: Written::Literal })
            }
        })
    }

    /// Of a `RegExp` that is made from a literal text.
    pub(in crate::lint) fn of_text(block: &Block<'_, 'a>, made: &Made<'a>) -> Option<Result<Self, BrokenRegex>> {
        let text = made.arguments.first()?.as_expression()?;
        let Expression::StringLiteral(text) = text else { return None };
        let raw = text.raw.as_ref()?.as_str();
        if !is_small(raw) {
            return None;
        }
        let (flags, raw_flags, flags_start) = match made.arguments.get(1) {
            None => ("", None, 0),
            Some(Argument::StringLiteral(flags)) => {
                (flags.value.as_str(), Some(flags.raw.as_ref()?.as_str()), flags.span.start)
            }
            Some(_) => return None,
        };
        let options = Options { pattern_span_offset: text.span.start, flags_span_offset: flags_start };
        Some(match ConstructorParser::new(block.allocator, raw, raw_flags, options).parse() {
            Ok(pattern) => Ok(Self {
                node: made.node,
                span: made.span,
                pattern: block.allocator.alloc(pattern),
                flags,
                written: Written::Text(text.span),
            }),
            Err(error) => {
                let span = error.labels.first().map_or(text.span, oxc_span::LabeledSpan::span);
                Err(BrokenRegex { span, message: error.message.to_string(), written: Written::Text(text.span) })
            }
        })
    }

    /// Whether it has a flag.
    pub fn has(&self, flag: char) -> bool {
        self.flags.contains(flag)
    }
}

fn is_small(source: &str) -> bool {
    source.len() <= LONGEST && depth(source) <= DEEPEST
}
