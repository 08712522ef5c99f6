//! What the walk comes to.

use oxc_allocator::Allocator;
use oxc_ast::ast::{Expression, Statement};
use oxc_span::Span;

use super::graph::{Fail, Form, Graph, Kind, Node, Solved, What};
use super::value::{Callable, Value};
use super::walk::{Ended, Frame, Mend, Role, Unchecked, Walker};
use crate::lint::block::{Block, Role as BlockRole, with_block};
use crate::lint::file::File;
use crate::port::Dialect;
use crate::verdict::Rules;

/// Why a block cannot fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// There is no code.
    Empty,
    /// What could fail is done by a promise that nobody waits for.
    NotAwaited,
    /// What could fail stands in a callback that only the event loop calls.
    Handler,
    /// A `catch` does nothing about what could fail.
    Swallowed,
    /// Its assertions are about values that are written in the test.
    Constant,
    /// Nothing in it can fail.
    NothingChecked,
}

/// A promise that nobody waits for.
#[derive(Debug, Clone, Copy)]
pub(in crate::lint) struct Loose {
    /// The promise.
    pub(in crate::lint) at: Span,
    /// An assertion or `throw` that is done by it.
    pub(in crate::lint) check: Option<Span>,
    /// It stands where the block ends.
    pub(in crate::lint) tail: bool,
    /// It is a statement by itself, which this would mend.
    pub(in crate::lint) mend: Option<Mend>,
    /// It is what calls of an async callback give, in the hands of this method.
    pub(in crate::lint) method: Option<&'static str>,
}

/// A callback that only the event loop calls, with an assertion or `throw` that it comes to.
#[derive(Debug, Clone, Copy)]
pub(in crate::lint) struct Handler {
    pub(in crate::lint) at: Span,
    pub(in crate::lint) check: Span,
}

/// A `catch` that does nothing, with an assertion or `throw` whose error ends there.
#[derive(Debug, Clone, Copy)]
pub(in crate::lint) struct Caught {
    pub(in crate::lint) at: Span,
    pub(in crate::lint) check: Span,
}

/// An assertion on a promise.
#[derive(Debug, Clone, Copy)]
pub(in crate::lint) struct Misplaced {
    pub(in crate::lint) at: Span,
    /// It holds for every promise; otherwise for none.
    pub(in crate::lint) holds: bool,
    /// `await` before it would mend it.
    pub(in crate::lint) mend: bool,
}

/// What can become of a block.
#[derive(Debug)]
pub struct Flow {
    there: Option<Why>,
    honestly: Option<Why>,
    leaves_work: bool,
    pub(in crate::lint) loose: Vec<Loose>,
    pub(in crate::lint) handlers: Vec<Handler>,
    pub(in crate::lint) swallowed: Vec<Caught>,
    /// Assertions that always hold; whether because they are about a thing that is always there.
    pub(in crate::lint) constants: Vec<(Span, bool)>,
    pub(in crate::lint) on_promises: Vec<Misplaced>,
    /// Ways to the end without a check, where there are others with one.
    pub(in crate::lint) unchecked: Vec<(Span, Unchecked)>,
    /// It asserts or throws nothing that counts, and calls nothing that may.
    pub(in crate::lint) checks_nothing: bool,
}

impl Flow {
    /// Why the block passes whatever becomes of its requests; nothing where something can make it fail.
    ///
    /// By the browser's rules only what the runner waits for counts; by honest ones, all that the block sets going.
    pub fn cannot_fail(&self, rules: Rules) -> Option<Why> {
        match rules {
            Rules::Browser => self.there,
            Rules::Honest => self.honestly,
        }
    }

    /// Whether the browser's verdict is in before the block's work is done, if nothing fails until then.
    pub fn leaves_work(&self) -> bool {
        self.leaves_work
    }

    /// Walks a block.
    pub(in crate::lint) fn of(block: &Block<'_, '_>) -> Self {
        let mut walker = Walker::new(block.semantic);
        let (empty, mut leaves_work) = walker.block(block);
        let end = walker.state;
        let unchecked = walker.frame.unchecked || (end.ended == Ended::No && !end.checked);
        let Walker { graph, lost, dropped, constants, on_promises, strange, .. } = walker;
        let solved = graph.solve();
        let misplaced: Vec<Node> = on_promises.iter().map(|it| it.node).collect();
        let loose = loose(&solved, &dropped, &misplaced);
        let handlers = handlers(&solved);
        leaves_work |= loose.iter().any(|loose| loose.tail);
        leaves_work |= solved.graph.nodes().any(|(node, kind)| match kind {
            Kind::Promise(_) => solved.is_loose(node) && solved.is_busy(node),
            Kind::Handler { timer } => timer && solved.is_loose(node),
            _ => false,
        });
        let is_check = |fail: &&Fail| matches!(fail.what, What::Assertion | What::Throw);
        let mut checks = solved.graph.fails.iter().filter(is_check);
        let has_checks = checks.any(|fail| solved.counts(fail.node, Rules::Browser));
        let lost = if unchecked && has_checks { lost } else { Vec::new() };
        let counting = lost.iter().filter(|lost| solved.counts(lost.node, Rules::Browser));
        let unchecked = counting.map(|lost| (lost.at, lost.how)).collect();
        let why = |rules: Rules| {
            let counts =
                |fail: &Fail| solved.counts(fail.node, rules) || (rules == Rules::Honest && fail.what == What::Request);
            if solved.graph.fails.iter().any(counts) {
                return None;
            }
            Some(match () {
                () if empty => Why::Empty,
                () if loose.iter().any(|loose| loose.check.is_some()) => Why::NotAwaited,
                () if !handlers.is_empty() => Why::Handler,
                () if !loose.is_empty() => Why::NotAwaited,
                () if !solved.graph.fails.is_empty() => Why::Swallowed,
                () if !constants.is_empty() => Why::Constant,
                () => Why::NothingChecked,
            })
        };
        Self {
            there: why(Rules::Browser),
            honestly: why(Rules::Honest),
            leaves_work,
            swallowed: swallowed(&solved),
            handlers,
            constants: constants.iter().map(|it| (it.at, it.thing)).collect(),
            on_promises: on_promises.iter().map(|it| Misplaced { at: it.at, holds: it.holds, mend: it.mend }).collect(),
            unchecked,
            checks_nothing: !empty && !strange && !has_checks,
            loose,
        }
    }
}

/// What can become of the test of the hint with that index; nothing where it is no JavaScript.
pub fn flow_of(file: &File<'_>, hint: usize) -> Option<Flow> {
    let code = &file.hints().get(hint)?.code;
    let mut flow = None;
    with_block(file, BlockRole::Hint(hint), code, &Allocator::default(), &mut |parsed| {
        flow = parsed.ok().map(Flow::of);
    });
    flow
}

impl<'a> Walker<'_, 'a> {
    /// Walks the block as its runner runs it. Says whether it is empty, and whether it leaves a function that nobody
    /// calls.
    fn block(&mut self, block: &Block<'_, 'a>) -> (bool, bool) {
        let mut real = block.statements.iter().filter(|it| !matches!(it, Statement::EmptyStatement(_)));
        let first = real.next();
        if first.is_none() {
            return (true, false);
        }
        if block.function.is_some()
            && let Some(Statement::ExpressionStatement(only)) = first
        {
            let callee = match &only.expression {
                Expression::ArrowFunctionExpression(arrow) => Some(Callable::Arrow(arrow)),
                Expression::FunctionExpression(function) => Some(Callable::Function(function)),
                _ => None,
            };
            if let Some(callee) = callee {
                self.main(callee);
                return (false, false);
            }
        }
        let is_body = block.dialect != Dialect::GetUserInput;
        self.frame = Frame::new(Role::Main, is_body, Graph::ROOT);
        tails(block.statements, &mut self.frame.tails);
        self.frame.tails.sort_unstable();
        self.statements(block.statements);
        let tails = std::mem::take(&mut self.tails);
        let awaited = !is_body && !self.awaits;
        let mut left = false;
        for value in tails {
            if awaited {
                self.awaited_by_runner(&value);
            } else {
                left |= self.ignored_by_runner(&value, Span::default());
            }
        }
        (false, left)
    }

    /// A block that is one function: it is called, and what it returns is awaited.
    fn main(&mut self, callee: Callable<'a>) {
        let summary = self.summary(callee, Role::Main, &[]);
        self.graph.edge(summary.error, Graph::ROOT);
        let mut checks = summary.checks;
        if let Some(Value::Promise(pending)) = summary.returns {
            self.graph.edge(pending.node, Graph::ROOT);
            checks |= pending.checks;
        }
        self.state.checked = checks;
    }
}

/// Where the expressions begin whose value can be the block's completion value.
fn tails(statements: &[Statement<'_>], found: &mut Vec<u32>) {
    for statement in statements.iter().rev() {
        match statement {
            Statement::EmptyStatement(_)
            | Statement::FunctionDeclaration(_)
            | Statement::VariableDeclaration(_)
            | Statement::ClassDeclaration(_) => {}
            statement => return tail(statement, found),
        }
    }
}

fn tail(statement: &Statement<'_>, found: &mut Vec<u32>) {
    match statement {
        Statement::ExpressionStatement(it) => found.push(it.span.start),
        Statement::BlockStatement(it) => tails(&it.body, found),
        Statement::LabeledStatement(it) => tail(&it.body, found),
        Statement::IfStatement(it) => {
            tail(&it.consequent, found);
            if let Some(alternate) = &it.alternate {
                tail(alternate, found);
            }
        }
        Statement::TryStatement(it) => {
            tails(&it.block.body, found);
            if let Some(handler) = &it.handler {
                tails(&handler.body.body, found);
            }
        }
        _ => {}
    }
}

fn check(fail: Option<&Fail>) -> Option<Span> {
    fail.filter(|fail| matches!(fail.what, What::Assertion | What::Throw)).map(|fail| fail.at)
}

fn loose(solved: &Solved, dropped: &[super::walk::Dropped], misplaced: &[Node]) -> Vec<Loose> {
    let statements: std::collections::HashMap<Node, &super::walk::Dropped> =
        dropped.iter().map(|dropped| (dropped.node, dropped)).collect();
    let misplaced: std::collections::HashSet<Node> = misplaced.iter().copied().collect();
    let mut found = Vec::new();
    for (node, kind) in solved.graph.nodes() {
        let Kind::Promise(form) = kind else { continue };
        if form == Form::Xhr || misplaced.contains(&node) || !solved.is_loose(node) {
            continue;
        }
        let Some(fail) = solved.carried(node) else { continue };
        let statement = statements.get(&node);
        let method = match form {
            Form::Callback(method) => Some(method),
            _ => None,
        };
        found.push(Loose {
            at: if method.is_some() {
                solved.graph.at(node)
            } else {
                statement.map_or(solved.graph.at(node), |it| it.at)
            },
            check: check(Some(fail)),
            tail: statement.is_some_and(|it| it.tail),
            mend: statement.and_then(|it| it.mend).filter(|_| method.is_none()),
            method,
        });
    }
    found
}

fn handlers(solved: &Solved) -> Vec<Handler> {
    let handler = |(node, kind): (Node, Kind)| {
        let Kind::Handler { .. } = kind else { return None };
        if !solved.is_loose(node) {
            return None;
        }
        let fail = solved.carried(node).filter(|fail| !solved.counts(fail.node, Rules::Browser));
        Some(Handler { at: solved.graph.at(node), check: check(fail)? })
    };
    solved.graph.nodes().filter_map(handler).collect()
}

fn swallowed(solved: &Solved) -> Vec<Caught> {
    let caught = |(node, kind): (Node, Kind)| {
        let Kind::Caught { idle: true } = kind else { return None };
        let fail = solved.carried(node).filter(|fail| !solved.counts(fail.node, Rules::Browser));
        Some(Caught { at: solved.graph.at(node), check: check(fail)? })
    };
    solved.graph.nodes().filter_map(caught).collect()
}
