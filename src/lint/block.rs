//! A test block or hook, parsed once for all rules.

use std::cell::OnceCell;
use std::ops::Range;

use oxc_allocator::Allocator;
use oxc_ast::ast::{ArrowFunctionBody, Comment, Expression, FormalParameters, Program, Statement};
use oxc_parser::{ParseOptions, Parser};
use oxc_semantic::{Semantic, SemanticBuilder};
use oxc_span::SourceType;

use super::file::File;
use super::flow::Flow;
use super::survey::Survey;
use crate::challenge::{Code, Span};
use crate::port::Dialect;
use crate::port::js::with_stack_for;

/// What a block is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The test of the hint with this index, from 0.
    Hint(usize),
    /// A hook, by its marker's name: `before-all`.
    Hook(&'static str),
}

/// JavaScript of a file with its syntax tree.
///
/// The code was parsed as the body of an `async` arrow function, so that `await` and `return` are allowed: the program is
/// that one expression.
pub struct Block<'b, 'a> {
    /// The file.
    pub file: &'b File<'b>,
    /// What it is for.
    pub role: Role,
    /// Its text.
    pub code: &'b Code,
    /// How it gets the project's address.
    pub dialect: Dialect,
    /// Its statements.
    pub statements: &'a [Statement<'a>],
    /// The function that the runner calls, where the block is one function expression.
    pub function: Option<Function<'a>>,
    /// All nodes with their parents, and all names with what declares them.
    pub semantic: &'b Semantic<'a>,
    /// What stands before the code in the text that was parsed.
    prefix: usize,
    /// Where the tree lives.
    pub(super) allocator: &'a Allocator,
    pub(super) survey: OnceCell<Survey<'a>>,
    flow: OnceCell<Flow>,
}

/// A function expression.
#[derive(Clone, Copy)]
pub struct Function<'a> {
    /// Whether it says `async`.
    pub is_async: bool,
    /// What it takes.
    pub parameters: &'a FormalParameters<'a>,
    /// What it does: statements, or the one expression of an arrow function, whose value it returns.
    pub body: FunctionBody<'a>,
}

/// What a function does.
#[derive(Clone, Copy)]
pub enum FunctionBody<'a> {
    /// `{ ... }`.
    Statements(&'a [Statement<'a>]),
    /// The expression after `=>`.
    Expression(&'a Expression<'a>),
}

/// A block that is no JavaScript.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// The parser's words.
    pub message: String,
    /// Bytes of the code.
    pub range: Range<usize>,
}

const PREFIX: &str = "async () => {'use strict';";
const SUFFIX: &str = "\n}";
/// Longer code is not looked at; real blocks have up to 4 KB.
pub(super) const LONGEST: usize = 64 * 1024;

/// Parses a block and calls `then` with it. Nothing is called for a block that is too long to be looked at.
pub(super) fn with_block(
    file: &File<'_>,
    role: Role,
    code: &Code,
    allocator: &Allocator,
    then: &mut dyn FnMut(Result<&Block<'_, '_>, &Broken>),
) {
    if code.text.len() > LONGEST {
        return;
    }
    with_stack_for(code.text.len(), || {
        let wrapped = allocator.alloc_concat_strs_array([PREFIX, &code.text, SUFFIX]);
        parse(file, role, code, wrapped, allocator, then);
    });
}

fn parse<'a>(
    file: &File<'_>,
    role: Role,
    code: &Code,
    wrapped: &'a str,
    allocator: &'a Allocator,
    then: &mut dyn FnMut(Result<&Block<'_, '_>, &Broken>),
) {
    // The runner's bundle, and with it what the runner evaluates, is in strict mode. Regular expressions are parsed
    // when a rule asks for them, and only where they are not nested too deeply (`survey`).
    let options = ParseOptions { preserve_parens: false, ..ParseOptions::default() };
    let parsed = Parser::new(allocator, wrapped, SourceType::script()).with_options(options).parse();
    if let Some(error) = parsed.diagnostics.first() {
        let (start, end) = error.labels.first().map_or((0, 0), |label| {
            let span = label.span();
            (span.start as usize, span.end as usize)
        });
        let start = start.saturating_sub(PREFIX.len()).min(code.text.len());
        let end = end.saturating_sub(PREFIX.len()).clamp(start, code.text.len());
        return then(Err(&Broken { message: error.message.to_string(), range: start..end }));
    }
    let program: &Program<'_> = allocator.alloc(parsed.program);
    let Some(statements) = statements(program) else {
        let end = code.text.len();
        let message = "the block ends before the test does: there is a `}` too many".to_owned();
        return then(Err(&Broken { message, range: end..end }));
    };
    let semantic = SemanticBuilder::new().with_build_nodes(true).with_check_syntax_error(true).build(program);
    if let Some(error) = semantic.diagnostics.first() {
        let label = error.labels.first().map(oxc_span::LabeledSpan::span);
        let (start, end) = label.map_or((0, 0), |span| (span.start as usize, span.end as usize));
        let start = start.saturating_sub(PREFIX.len()).min(code.text.len());
        let end = end.saturating_sub(PREFIX.len()).clamp(start, code.text.len());
        return then(Err(&Broken { message: error.message.to_string(), range: start..end }));
    }
    let function = only_function(statements);
    let dialect = Dialect::of(&code.text, function.is_some());
    let prefix = PREFIX.len();
    let semantic = &semantic.semantic;
    let (survey, flow) = (OnceCell::new(), OnceCell::new());
    then(Ok(&Block { file, role, code, dialect, statements, function, semantic, prefix, allocator, survey, flow }));
}

/// The comments of a block, in order, as bytes of its code; nothing for code that the parser cannot get through.
pub(super) fn comments(code: &Code) -> Option<Vec<Range<usize>>> {
    if code.text.len() > LONGEST {
        return None;
    }
    let allocator = Allocator::default();
    with_stack_for(code.text.len(), || {
        let wrapped = allocator.alloc_concat_strs_array([PREFIX, &code.text, SUFFIX]);
        let parsed = Parser::new(&allocator, wrapped, SourceType::script()).parse();
        let at = |offset: u32| (offset as usize).saturating_sub(PREFIX.len()).min(code.text.len());
        let range = |comment: &Comment| at(comment.span.start)..at(comment.span.end);
        (!parsed.panicked).then(|| parsed.program.comments.iter().map(range).collect())
    })
}

fn statements<'a>(program: &'a Program<'a>) -> Option<&'a [Statement<'a>]> {
    let [Statement::ExpressionStatement(wrapper)] = program.body.as_slice() else { return None };
    let Expression::ArrowFunctionExpression(wrapper) = &wrapper.expression else { return None };
    match &wrapper.body {
        ArrowFunctionBody::FunctionBody(body) => Some(body.statements.as_slice()),
        _ => None,
    }
}

fn only_function<'a>(statements: &'a [Statement<'a>]) -> Option<Function<'a>> {
    let mut real = statements.iter().filter(|statement| !matches!(statement, Statement::EmptyStatement(_)));
    let (Some(Statement::ExpressionStatement(only)), None) = (real.next(), real.next()) else { return None };
    match &only.expression {
        Expression::ArrowFunctionExpression(arrow) => {
            let body = match &arrow.body {
                ArrowFunctionBody::FunctionBody(body) => FunctionBody::Statements(body.statements.as_slice()),
                expression => FunctionBody::Expression(expression.as_expression()?),
            };
            Some(Function { is_async: arrow.r#async, parameters: &arrow.params, body })
        }
        Expression::FunctionExpression(function) if !function.generator => Some(Function {
            is_async: function.r#async,
            parameters: &function.params,
            body: FunctionBody::Statements(function.body.as_ref()?.statements.as_slice()),
        }),
        _ => None,
    }
}

impl<'a> Block<'_, 'a> {
    /// The statements that run: those of the function, where the block is one with a body in braces.
    pub fn running(&self) -> &'a [Statement<'a>] {
        match &self.function {
            Some(Function { body: FunctionBody::Statements(statements), .. }) => statements,
            Some(Function { body: FunctionBody::Expression(_), .. }) => &[],
            None => self.statements,
        }
    }

    /// What can become of it.
    pub fn flow(&self) -> &Flow {
        self.flow.get_or_init(|| Flow::of(self))
    }

    /// A node's bytes of the code.
    pub fn range(&self, span: oxc_span::Span) -> Range<usize> {
        let at = |offset: u32| (offset as usize).saturating_sub(self.prefix).min(self.code.text.len());
        at(span.start)..at(span.end)
    }

    /// A node's place in the file.
    pub fn span(&self, span: oxc_span::Span) -> Span {
        self.code.span(self.range(span))
    }

    /// A node's text.
    pub fn text(&self, span: oxc_span::Span) -> &str {
        self.code.text.get(self.range(span)).unwrap_or("")
    }

    /// The first line of the code, for what is about the block as a whole.
    pub fn first_line(&self) -> Span {
        let line = self.code.text.lines().next().unwrap_or("");
        self.code.span(0..line.trim_end().len())
    }
}
