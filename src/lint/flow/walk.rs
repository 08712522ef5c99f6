//! Walks a block once, as it would run, and keeps what it sees. No function is walked twice, so the time is linear.

use std::collections::HashMap;
use std::rc::Rc;

use oxc_ast::ast::{Expression, Statement};
use oxc_semantic::Semantic;
use oxc_span::Span;
use oxc_syntax::symbol::SymbolId;

use super::graph::{Form, Graph, Kind as Place, Node, What};
use super::value::{Body, Callable, Pending, Value};

/// Code that is nested deeper is not followed: it counts as something that can fail.
const DEEPEST: u32 = 200;

/// Whether code goes on, and what it has checked until then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct State {
    /// Every way to here came by something that can fail because of the answer.
    pub(super) checked: bool,
    pub(super) ended: Ended,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    No,
    /// An error was thrown.
    Threw,
    /// `return`, `break` or `continue`.
    Left,
}

impl State {
    pub(super) const START: Self = Self { checked: false, ended: Ended::No };
}

/// Where a way without a check begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::lint) enum Unchecked {
    /// A `return`.
    Return,
    /// A condition that holds.
    Holds,
    /// A condition that does not hold.
    Fails,
    /// A loop that has nothing to go through.
    Loop,
    /// A `catch` that lets the test go on.
    Catch,
}

/// A way that was seen to lack a check.
pub(super) struct Lost {
    pub(super) at: Span,
    pub(super) how: Unchecked,
    pub(super) node: Node,
}

/// How a promise could be waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::lint) enum Mend {
    /// `await` before it.
    Await,
    /// `return` before it.
    Return,
}

/// A promise that stands as a statement.
pub(super) struct Dropped {
    pub(super) node: Node,
    pub(super) at: Span,
    /// Nothing comes after it.
    pub(super) tail: bool,
    pub(super) mend: Option<Mend>,
}

/// An assertion that always holds.
pub(super) struct Constant {
    pub(super) at: Span,
    /// It is about things that are there by themselves: objects, functions.
    pub(super) thing: bool,
}

/// An assertion that is handed a promise.
pub(super) struct OnPromise {
    pub(super) node: Node,
    pub(super) at: Span,
    /// It holds for every promise; otherwise for none.
    pub(super) holds: bool,
    pub(super) mend: bool,
}

/// What is known of a function once it was walked.
#[derive(Debug, Clone)]
pub(super) struct Summary<'a> {
    /// Where its errors come to.
    pub(super) error: Node,
    /// What it returns.
    pub(super) returns: Option<Value<'a>>,
    /// It checks something on every way to its end.
    pub(super) checks: bool,
    /// It never comes to its end.
    pub(super) throws: bool,
}

/// Whose body is being walked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// The block's own.
    Main,
    /// A callback whose value a promise takes on.
    Then,
    Other,
}

/// The function that is being walked.
pub(super) struct Frame<'a> {
    pub(super) role: Role,
    pub(super) is_async: bool,
    pub(super) error: Node,
    pub(super) returns: Option<Value<'a>>,
    /// It can end without having checked anything.
    pub(super) unchecked: bool,
    /// It can end by `return`.
    pub(super) left: bool,
    /// For each loop and `switch` around: what holds at its `break`s.
    pub(super) breaks: Vec<Option<State>>,
    /// Where the statements begin that are the last to run.
    pub(super) tails: Vec<u32>,
}

/// A `new Promise(...)` under way.
pub(super) struct Executor {
    pub(super) node: Node,
    /// It is settled whatever happens.
    pub(super) sure: bool,
}

pub(super) struct Walker<'w, 'a> {
    pub(super) semantic: &'w Semantic<'a>,
    pub(super) graph: Graph,
    pub(super) values: HashMap<SymbolId, Value<'a>>,
    pub(super) functions: HashMap<u32, usize>,
    pub(super) summaries: Vec<Summary<'a>>,
    pub(super) executors: Vec<Executor>,
    /// Where an error goes that is thrown now.
    pub(super) error: Node,
    /// The promise whose executor this is.
    pub(super) stall: Option<Node>,
    /// Whether the code runs for certain, in an executor.
    pub(super) certain: bool,
    pub(super) state: State,
    pub(super) frame: Frame<'a>,
    pub(super) depth: u32,
    pub(super) lost: Vec<Lost>,
    pub(super) dropped: Vec<Dropped>,
    pub(super) constants: Vec<Constant>,
    pub(super) on_promises: Vec<OnPromise>,
    /// Values of the statements that are the block's last.
    pub(super) tails: Vec<Value<'a>>,
    /// `await` or `return` stands outside of functions.
    pub(super) awaits: bool,
    /// A function was called of which nothing is known: it may check anything.
    pub(super) strange: bool,
    /// So many regular expressions were tried.
    pub(super) regexes: usize,
}

impl Frame<'_> {
    pub(super) fn new(role: Role, is_async: bool, error: Node) -> Self {
        let (returns, breaks, tails) = (None, Vec::new(), Vec::new());
        Self { role, is_async, error, returns, unchecked: false, left: false, breaks, tails }
    }
}

impl<'w, 'a> Walker<'w, 'a> {
    pub(super) fn new(semantic: &'w Semantic<'a>) -> Self {
        Self {
            semantic,
            graph: Graph::new(),
            values: HashMap::new(),
            functions: HashMap::new(),
            summaries: Vec::new(),
            executors: Vec::new(),
            error: Graph::ROOT,
            stall: None,
            certain: false,
            state: State::START,
            frame: Frame::new(Role::Main, true, Graph::ROOT),
            depth: 0,
            lost: Vec::new(),
            dropped: Vec::new(),
            constants: Vec::new(),
            on_promises: Vec::new(),
            tails: Vec::new(),
            awaits: false,
            strange: false,
            regexes: 0,
        }
    }

    /// Runs `then` one level deeper; code that is too deep is something that can fail.
    pub(super) fn deeper(&mut self, at: Span, then: impl FnOnce(&mut Self) -> Value<'a>) -> Value<'a> {
        if self.depth >= DEEPEST {
            self.stranger(at);
            return Value::Unknown;
        }
        self.depth += 1;
        let value = then(self);
        self.depth -= 1;
        value
    }

    /// Something that can go wrong here.
    pub(super) fn fail(&mut self, what: What, at: Span) {
        self.graph.fail(what, at, self.error);
    }

    /// Code that nothing is known of: it may check anything.
    pub(super) fn stranger(&mut self, at: Span) {
        self.fail(What::Other, at);
        self.state.checked = true;
        self.strange = true;
    }

    pub(super) fn promise(&mut self, form: Form, at: Span) -> Node {
        self.graph.node(Place::Promise(form), at, self.stall)
    }

    pub(super) fn joint(&mut self, at: Span) -> Node {
        self.graph.node(Place::Joint, at, None)
    }

    pub(super) fn pending(node: Node, checks: bool, value: Value<'a>) -> Value<'a> {
        Value::Promise(Pending { node, checks, value: Rc::new(value) })
    }

    pub(super) fn lose(&mut self, at: Span, how: Unchecked) {
        self.lost.push(Lost { at, how, node: self.error });
    }

    /// Both ways go on from here.
    pub(super) fn join(one: State, other: State) -> State {
        match (one.ended, other.ended) {
            (Ended::No, Ended::No) => State { checked: one.checked && other.checked, ended: Ended::No },
            // Whoever comes through has passed a check.
            (Ended::No, Ended::Threw) | (Ended::Threw, Ended::No) => State { checked: true, ended: Ended::No },
            (Ended::No, Ended::Left) => one,
            (Ended::Left, Ended::No) => other,
            (Ended::Threw, Ended::Threw) => State { checked: true, ended: Ended::Threw },
            _ => State { checked: one.checked && other.checked, ended: Ended::Left },
        }
    }

    /// What is known of a function, which is walked if it was not yet.
    pub(super) fn summary(&mut self, callee: Callable<'a>, role: Role, arguments: &[Value<'a>]) -> Summary<'a> {
        let key = callee.span().start;
        let index = match self.functions.get(&key) {
            Some(&index) => index,
            None => self.walk_function(callee, role, arguments),
        };
        match self.summaries.get(index) {
            Some(summary) => summary.clone(),
            None => Summary { error: self.error, returns: None, checks: true, throws: false },
        }
    }

    fn walk_function(&mut self, callee: Callable<'a>, role: Role, arguments: &[Value<'a>]) -> usize {
        let index = self.summaries.len();
        let error = self.joint(callee.span());
        self.functions.insert(callee.span().start, index);
        self.summaries.push(Summary { error, returns: None, checks: false, throws: false });
        if self.depth >= DEEPEST {
            self.graph.fail(What::Other, callee.span(), error);
            self.strange = true;
            return index;
        }
        self.depth += 1;
        let frame = std::mem::replace(&mut self.frame, Frame::new(role, callee.is_async(), error));
        let state = std::mem::replace(&mut self.state, State::START);
        let outer = std::mem::replace(&mut self.error, error);
        self.parameters(callee.parameters(), arguments);
        match callee.body() {
            Body::Statements(statements) => {
                self.frame.tails = last_statement(statements);
                self.statements(statements);
            }
            Body::Expression(expression) => {
                let value = self.expression(expression);
                self.returned(value);
            }
        }
        let end = std::mem::replace(&mut self.state, state);
        let frame = std::mem::replace(&mut self.frame, frame);
        self.error = outer;
        self.depth -= 1;
        if let Some(summary) = self.summaries.get_mut(index) {
            summary.checks = !frame.unchecked && (end.ended != Ended::No || end.checked);
            summary.throws = end.ended == Ended::Threw && !frame.left && !callee.is_generator();
            summary.returns = if callee.is_generator() { Some(Value::Unknown) } else { frame.returns };
        }
        index
    }

    /// The function ends here with that value.
    pub(super) fn returned(&mut self, value: Value<'a>) {
        let mut checked = self.state.checked;
        let value = match value {
            Value::Promise(pending) => {
                checked |= pending.checks;
                if self.frame.is_async {
                    self.graph.edge(pending.node, self.frame.error);
                    (*pending.value).clone()
                } else {
                    Value::Promise(pending)
                }
            }
            value => value,
        };
        self.frame.unchecked |= !checked;
        self.frame.left = true;
        self.frame.returns = Some(match self.frame.returns.take() {
            None => value,
            Some(other) => self.either(other, value),
        });
        self.state.ended = Ended::Left;
    }

    /// A value that is one or the other.
    pub(super) fn either(&mut self, one: Value<'a>, other: Value<'a>) -> Value<'a> {
        match (one, other) {
            (Value::Promise(one), Value::Promise(other)) => {
                if one.node == other.node {
                    return Value::Promise(one);
                }
                let node = self.promise(Form::Plain, self.graph.at(one.node));
                self.graph.edge(one.node, node);
                self.graph.edge(other.node, node);
                Self::pending(node, one.checks && other.checks, Value::Unknown)
            }
            (Value::Promise(promise), other) | (other, Value::Promise(promise)) => {
                self.give_away(&other);
                Value::Promise(Pending { checks: false, ..promise })
            }
            (Value::Solid(one), Value::Solid(other)) if one == other => Value::Solid(one),
            (Value::Const(one), Value::Const(other)) if one == other => Value::Const(one),
            (one, other) if one.is_text() && other.is_text() => Value::TEXT,
            (one, other) => {
                self.give_away(&one);
                self.give_away(&other);
                Value::Unknown
            }
        }
    }

    /// The value goes to where it is not followed: what it can do counts.
    pub(super) fn give_away(&mut self, value: &Value<'a>) {
        match value {
            Value::Function(callee) => {
                let summary = self.summary(*callee, Role::Other, &[]);
                self.graph.edge(summary.error, Graph::ROOT);
                if let Some(Value::Promise(pending)) = summary.returns {
                    self.graph.edge(pending.node, Graph::ROOT);
                }
            }
            Value::Promise(Pending { node, .. }) | Value::Promises(node, _) => self.graph.edge(*node, Graph::ROOT),
            Value::Resolve(index) | Value::Reject(index) => {
                // Whoever has it may settle the promise, in time or not.
                if let Some(node) = self.executors.get(*index).map(|executor| executor.node) {
                    self.graph.fail(What::Other, self.graph.at(node), node);
                }
            }
            _ => {}
        }
    }
}

/// Where the last statement that runs begins, if it is an expression.
fn last_statement(statements: &[Statement<'_>]) -> Vec<u32> {
    let mut real = statements
        .iter()
        .rev()
        .filter(|statement| !matches!(statement, Statement::EmptyStatement(_) | Statement::FunctionDeclaration(_)));
    match real.next() {
        Some(Statement::ExpressionStatement(last)) => vec![last.span.start],
        _ => Vec::new(),
    }
}

/// Whether `await` can be put before an expression as it stands.
pub(super) fn takes_await(expression: &Expression<'_>) -> bool {
    matches!(
        expression,
        Expression::CallExpression(_)
            | Expression::NewExpression(_)
            | Expression::Identifier(_)
            | Expression::StaticMemberExpression(_)
    )
}
