//! From a block to the text that the engine evaluates: the dialect, the completion value, syntax errors.

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicI32, AtomicUsize, Ordering};

use oxc_allocator::Allocator;
use oxc_ast::ast::{Expression, FunctionBody, Program as Tree, Statement};
use oxc_ast_visit::Visit;
use oxc_parser::{ParseOptions, Parser};
use oxc_span::{GetSpan, SourceType};

use super::blocks::Blocks;
use super::globals::patches_of;
use super::program::{Code, Hooks};
use super::scan::{Scan, Scanner};
use super::source::{Call, Draft, Generated, Insertion};
use crate::verdict::CodePosition;

/// How a block gets the URL, and what counts of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// The completion value is awaited; a function is called with `getUserInput` and awaited.
    UserInput,
    /// One function expression: called and awaited.
    Function,
    /// The body of an async function; its completion value does not count in the browser.
    Body,
}

/// A block, ready for the engine.
pub(super) struct Compiled {
    pub(super) generated: Generated,
    pub(super) dialect: Dialect,
    pub(super) scan: Arc<Scan>,
    /// There is nothing but comments and blanks.
    pub(super) is_empty: bool,
    /// It has been seen before, so it may well be seen again.
    pub(super) is_repeated: bool,
    /// Its text is the very one (also in memory) of all blocks that read like it.
    pub(super) is_shared: bool,
}

/// The code does not parse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SyntaxError {
    pub(super) message: String,
    pub(super) position: CodePosition,
}

/// The parameters that the generated function takes, in order: what marks a completion value, the URL, `getUserInput`.
const OPEN: &str = "(($gradeTail, code, getUserInput) => ";
const MARK: &str = "return $gradeTail((";
const MARK_END: &str = "))";
/// The same where the block goes on afterwards: what is kept last is the value.
const KEEP: &str = "$gradeTail.keep((";

const CLOSE: &str = "\n})";

const BODY_OPEN: &str = "(async function () {\"use strict\";\n";
const SCRIPT_OPEN: &str = "\"use strict\";\n";

/// Compiles a block, with the `before-each` hook in front of it.
pub(super) fn compile(code: &Code, hooks: &Hooks, known: &Blocks) -> Result<Compiled, SyntaxError> {
    let hook = match &hooks.before_each {
        None => None,
        Some(hook) => Some((hook, analyse_known(hook, known)?.0)),
    };
    let (analysis, is_repeated) = analyse_known(code, known)?;
    let Analysis { text, place, insertions, calls, dialect, is_empty, .. } = &*analysis;
    let mut scan = Arc::clone(&analysis.scan);
    let is_shared = hook.is_none();
    let generated = match hook {
        None => Generated::again(text, place.clone(), code, insertions, calls),
        Some((hook, of_hook)) => {
            Arc::make_mut(&mut scan).join(&of_hook.scan);
            let mut draft = opened(*dialect);
            draft.push_code(hook, Arc::default(), Arc::clone(&of_hook.calls));
            draft.push("\n;\n");
            draft.push_code(code, Arc::clone(insertions), Arc::clone(calls));
            draft.push(CLOSE);
            draft.finish()
        }
    };
    if hooks.after_each.is_some() {
        let scan = Arc::make_mut(&mut scan);
        scan.may_meddle = true;
        scan.leaves_trace = true;
    }
    Ok(Compiled { generated, dialect: *dialect, scan, is_empty: *is_empty, is_repeated, is_shared })
}

/// The beginning of the generated text.
fn opened(dialect: Dialect) -> Draft {
    let mut draft = Draft::default();
    draft.push(OPEN);
    draft.push(if dialect == Dialect::Body { "async () => {\n" } else { "() => {\n" });
    draft
}

/// Compiles a hook that runs by itself.
pub(super) fn compile_hook(code: &Code) -> Result<Compiled, SyntaxError> {
    let analysis = analyse(code)?;
    let mut draft = opened(Dialect::Body);
    draft.push_code(code, Arc::default(), analysis.calls);
    draft.push(CLOSE);
    Ok(Compiled {
        generated: draft.finish(),
        dialect: Dialect::Body,
        scan: analysis.scan,
        is_empty: false,
        is_repeated: false,
        is_shared: false,
    })
}

/// What can be read off a text, wherever it stands.
pub(super) struct Analysis {
    dialect: Dialect,
    /// The generated text without hooks, and where the code stands in it.
    text: Arc<str>,
    place: Range<usize>,
    /// What marks the completion value.
    insertions: Arc<[Insertion]>,
    calls: Arc<[Call]>,
    is_empty: bool,
    scan: Arc<Scan>,
    /// The smallest stack, in bytes, with which the engine's parser is known to get through the text.
    proven: AtomicUsize,
    /// 1 where it is trusted to be brief; else how often it has to be brief before it is, from 0 down.
    trust: AtomicI32,
}

/// How often a block has to be brief after others had to wait for it.
const DOUBT: i32 = 8;

impl Analysis {
    /// Whether the block may run where others wait for it: it leaves nothing behind in its realm, and was brief when it ran last,
    /// and no cost to its realm.
    pub(super) fn is_trusted(&self) -> bool {
        !self.scan.leaves_trace && self.trust.load(Ordering::Relaxed) > 0
    }

    /// Whether the block may leave something behind in its realm.
    pub(super) fn leaves_trace(&self) -> bool {
        self.scan.leaves_trace
    }

    /// The block has run on a thread of its own, and was fit for others or not. Two that learn at the same time may learn as
    /// one: it is a guess all the same.
    pub(super) fn learn(&self, was_fit: bool) {
        let before = self.trust.load(Ordering::Relaxed);
        self.trust.store(if was_fit { (before + 1).min(1) } else { before.min(0) }, Ordering::Relaxed);
    }

    /// Others had to wait for the block: it has to be brief for several times before it is trusted again.
    pub(super) fn doubt(&self) {
        self.trust.store(1 - DOUBT, Ordering::Relaxed);
    }

    /// Whether the engine's parser gets through the text with such a stack, as far as is known.
    pub(super) fn is_proven(&self, stack: usize) -> bool {
        self.proven.load(Ordering::Relaxed) <= stack
    }

    /// The engine's parser got through the text with such a stack.
    pub(super) fn prove(&self, stack: usize) {
        self.proven.fetch_min(stack, Ordering::Relaxed);
    }

    /// The size in bytes of the text that it holds.
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }
}

/// The analysis of a text, and whether it was there from before.
fn analyse_known(code: &Code, known: &Blocks) -> Result<(Arc<Analysis>, bool), SyntaxError> {
    if let Some(analysis) = known.get(code.text()) {
        return Ok((analysis, true));
    }
    let analysis = Arc::new(analyse(code)?);
    known.insert(code.text(), &analysis);
    Ok((analysis, false))
}

fn analyse(code: &Code) -> Result<Analysis, SyntaxError> {
    let mut scanner = Scanner::default();
    let allocator = Allocator::default();
    let wrapped = format!("{BODY_OPEN}{}\n}})", code.text());
    let options = ParseOptions { preserve_parens: true, ..ParseOptions::default() };
    let parsed = Parser::new(&allocator, &wrapped, SourceType::script()).with_options(options).parse();
    if let Some(error) = parsed.diagnostics.first() {
        let at = error.labels.first().map_or(0, |label| label.offset() as usize);
        let offset = at.saturating_sub(BODY_OPEN.len()).min(code.text().len());
        return Err(SyntaxError { message: error.message.to_string(), position: code.position(offset) });
    }
    let Some(body) = body_of(&parsed.program) else {
        let position = code.position(0);
        return Err(SyntaxError { message: "Unexpected token `}`".to_owned(), position });
    };
    scanner.visit_function_body(body);
    let dialect = if code.text().contains("getUserInput") && parses_as_script(code) {
        Dialect::UserInput
    } else if is_one_function(body) {
        Dialect::Function
    } else {
        Dialect::Body
    };
    let mut insertions = Vec::new();
    mark_tail(&body.statements, MARK, &mut insertions);
    for insertion in &mut insertions {
        insertion.at = insertion.at.saturating_sub(BODY_OPEN.len());
    }
    let mut calls = scanner.take_calls();
    for call in &mut calls {
        for offset in [&mut call.start, &mut call.callee_end, &mut call.end, &mut call.shown] {
            *offset = offset.saturating_sub(BODY_OPEN.len());
        }
    }
    let is_empty = body.statements.iter().all(|statement| matches!(statement, Statement::EmptyStatement(_)));
    let (insertions, calls): (Arc<[Insertion]>, Arc<[Call]>) = (insertions.into(), calls.into());
    let mut draft = opened(dialect);
    let start = draft.len();
    draft.push_code(code, Arc::clone(&insertions), Arc::clone(&calls));
    let place = start..draft.len();
    draft.push(CLOSE);
    let text = Arc::clone(draft.finish().text());
    let scan = Arc::new(Scan { patches: patches_of(code.text()), ..scanner.finish() });
    let (proven, trust) = (AtomicUsize::new(usize::MAX), AtomicI32::new(0));
    Ok(Analysis { dialect, text, place, insertions, calls, is_empty, scan, proven, trust })
}

/// The function body that the wrapper made; `None` when the code closed it and went on outside.
fn body_of<'t, 'a>(tree: &'t Tree<'a>) -> Option<&'t FunctionBody<'a>> {
    let [Statement::ExpressionStatement(only)] = tree.body.as_slice() else {
        return None;
    };
    let Expression::ParenthesizedExpression(parentheses) = &only.expression else {
        return None;
    };
    let Expression::FunctionExpression(function) = &parentheses.expression else {
        return None;
    };
    function.body.as_deref()
}

/// `await` and `return` at the top level are no script.
fn parses_as_script(code: &Code) -> bool {
    let allocator = Allocator::default();
    let text = format!("{SCRIPT_OPEN}{}", code.text());
    Parser::new(&allocator, &text, SourceType::script()).parse().diagnostics.is_empty()
}

fn is_one_function(body: &FunctionBody<'_>) -> bool {
    let mut statements = body.statements.iter().filter(|statement| !matches!(statement, Statement::EmptyStatement(_)));
    let (Some(Statement::ExpressionStatement(only)), None) = (statements.next(), statements.next()) else {
        return false;
    };
    let mut expression = &only.expression;
    while let Expression::ParenthesizedExpression(inner) = expression {
        expression = &inner.expression;
    }
    matches!(expression, Expression::ArrowFunctionExpression(_) | Expression::FunctionExpression(_))
}

/// Marks the expressions whose value is the completion value of the statements.
fn mark_tail(statements: &[Statement<'_>], mark: &'static str, insertions: &mut Vec<Insertion>) {
    let mut mark = mark;
    for statement in statements.iter().rev() {
        match statement {
            Statement::EmptyStatement(_) | Statement::FunctionDeclaration(_) => {}
            // These run, and have no value of their own.
            Statement::VariableDeclaration(_) | Statement::ClassDeclaration(_) => mark = KEEP,
            _ => return mark_statement(statement, mark, insertions),
        }
    }
}

fn mark_statement(statement: &Statement<'_>, mark: &'static str, insertions: &mut Vec<Insertion>) {
    match statement {
        Statement::ExpressionStatement(it) => {
            let span = it.expression.span();
            insertions.push(Insertion { at: span.start as usize, text: mark });
            insertions.push(Insertion { at: span.end as usize, text: MARK_END });
        }
        Statement::BlockStatement(it) => mark_tail(&it.body, mark, insertions),
        Statement::LabeledStatement(it) => mark_statement(&it.body, mark, insertions),
        Statement::IfStatement(it) => {
            mark_statement(&it.consequent, mark, insertions);
            if let Some(alternate) = &it.alternate {
                mark_statement(alternate, mark, insertions);
            }
        }
        Statement::TryStatement(it) => {
            mark_tail(&it.block.body, mark, insertions);
            if let Some(handler) = &it.handler {
                mark_tail(&handler.body.body, mark, insertions);
            }
        }
        // The last round counts, so none may be the end.
        Statement::ForStatement(it) => mark_statement(&it.body, KEEP, insertions),
        Statement::ForInStatement(it) => mark_statement(&it.body, KEEP, insertions),
        Statement::ForOfStatement(it) => mark_statement(&it.body, KEEP, insertions),
        Statement::WhileStatement(it) => mark_statement(&it.body, KEEP, insertions),
        Statement::DoWhileStatement(it) => mark_statement(&it.body, KEEP, insertions),
        Statement::SwitchStatement(it) => {
            for case in &it.cases {
                for statement in &case.consequent {
                    mark_statement(statement, KEEP, insertions);
                }
            }
        }
        _ => {}
    }
}
