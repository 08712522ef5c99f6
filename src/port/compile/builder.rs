//! The plan under construction: steps, slots and scopes.

use std::collections::HashMap;
use std::sync::Arc;

use oxc_ast::ast::{BindingPattern, FormalParameters};
use oxc_span::{GetSpan, Span};

use super::NotPorted;
use super::dialect::{Body, Dialect, Shape};
use crate::port::plan::{Expr, Place, Plan, Slot, Step, Target};
use crate::port::regex::JsRegex;
use crate::verdict::Value;

pub(super) type Compiled<T> = Result<T, NotPorted>;

/// What a value is known to be when the plan is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Plain data.
    Data,
    /// The text of a `URL`.
    Url,
    /// A `Response`.
    Response,
    /// A jqXHR.
    Xhr,
    /// A caught error.
    Error,
    /// What `text.match(...)` gives: only `null` or not is known.
    Match,
}

/// An expression and what it is.
#[derive(Debug, Clone)]
pub(super) struct Typed {
    pub expr: Expr,
    pub kind: Kind,
}

impl Typed {
    pub(super) fn data(expr: Expr) -> Self {
        Self { expr, kind: Kind::Data }
    }

    pub(super) fn undefined() -> Self {
        Self::data(Expr::Const(Value::Undefined))
    }
}

/// What a name stands for.
#[derive(Debug, Clone)]
pub(super) enum Binding {
    /// Declared further down in this block.
    Pending,
    /// A variable.
    Slot { slot: Slot, kind: Kind, assignable: bool },
    /// The function `getUserInput`.
    GetUserInput,
    /// A constant regular expression.
    Regex(Arc<JsRegex>),
}

/// A function that is being inlined.
#[derive(Debug)]
pub(super) struct Function {
    /// Where its value goes.
    pub result: Slot,
    /// What its value is, once a `return` has told.
    pub kind: Option<Kind>,
    /// Jumps to its end, to be aimed later.
    pub exits: Vec<usize>,
    /// How many `Try` were open where it was called.
    pub tries: usize,
    /// Whether a `return` of a promise is waited for.
    pub awaits: bool,
}

#[derive(Debug)]
pub(super) struct Builder<'c> {
    code: &'c str,
    shift: usize,
    pub(super) steps: Vec<Step>,
    slots: usize,
    scopes: Vec<HashMap<String, Binding>>,
    pub(super) functions: Vec<Function>,
    pub(super) tries: usize,
    pub(super) loops: Vec<Loop>,
    pub(super) dialect: Dialect,
    /// Depth of parts that run only sometimes or in another order (`&&`, `?:`, arrow functions of `find`).
    pub(super) conditional: usize,
}

/// A loop that is being built.
#[derive(Debug, Default)]
pub(super) struct Loop {
    pub continues: Vec<usize>,
    pub breaks: Vec<usize>,
    pub tries: usize,
    pub functions: usize,
}

impl<'c> Builder<'c> {
    pub(super) fn new(code: &'c str, shift: usize) -> Self {
        Self {
            code,
            shift,
            steps: Vec::new(),
            slots: 0,
            scopes: vec![HashMap::new()],
            functions: Vec::new(),
            tries: 0,
            loops: Vec::new(),
            dialect: Dialect::CodeBody,
            conditional: 0,
        }
    }

    pub(super) fn build(mut self, shape: &Shape<'_, '_>) -> Compiled<Plan> {
        self.dialect = shape.dialect;
        if let Some(parameters) = shape.parameters {
            self.bind_parameters(parameters)?;
        }
        let result = self.slot();
        self.functions.push(Function { result, kind: None, exits: Vec::new(), tries: 0, awaits: true });
        match shape.body {
            Body::Statements(statements) => self.block(statements, Some(shape.tail_awaited))?,
            Body::Expression(expression) => {
                self.promise(expression)?;
            }
        }
        let end = self.steps.len();
        self.steps.push(Step::End);
        if let Some(function) = self.functions.pop() {
            for exit in function.exits {
                self.aim(exit, end);
            }
        }
        Ok(Plan { source: self.code.into(), steps: self.steps, slots: self.slots })
    }

    fn bind_parameters(&mut self, parameters: &FormalParameters<'_>) -> Compiled<()> {
        if parameters.rest.is_some() || parameters.items.len() > 1 {
            return Err(self.why("more than one parameter", parameters.span));
        }
        let Some(parameter) = parameters.items.first() else { return Ok(()) };
        let BindingPattern::BindingIdentifier(name) = &parameter.pattern else {
            return Err(self.why("a destructured parameter of the test", parameter.span));
        };
        if parameter.initializer.is_some() {
            return Err(self.why("a parameter with a default value", parameter.span));
        }
        let binding = if self.dialect == Dialect::GetUserInput {
            Binding::GetUserInput
        } else {
            // The runner calls the function without an argument.
            let slot = self.slot();
            Binding::Slot { slot, kind: Kind::Data, assignable: true }
        };
        self.declare(name.name.as_str(), binding);
        Ok(())
    }

    pub(super) fn slot(&mut self) -> Slot {
        self.slots += 1;
        self.slots - 1
    }

    pub(super) fn push(&mut self, step: Step) -> usize {
        self.steps.push(step);
        self.steps.len() - 1
    }

    pub(super) fn here(&self) -> Target {
        self.steps.len()
    }

    /// Sets the target of a jump that was pushed before.
    pub(super) fn aim(&mut self, step: usize, target: Target) {
        match self.steps.get_mut(step) {
            Some(Step::Jump { to, .. } | Step::Unless { to, .. }) => *to = target,
            Some(Step::Try { catch, .. }) => *catch = target,
            Some(Step::Jquery { failed, .. }) => *failed = target,
            _ => {}
        }
    }

    pub(super) fn jump(&mut self) -> usize {
        let tries = self.tries;
        self.push(Step::Jump { to: 0, tries })
    }

    /// Puts a value into a new slot, unless it is in one already.
    pub(super) fn keep(&mut self, value: Typed) -> (Slot, Kind) {
        if let Expr::Slot(slot) = value.expr {
            return (slot, value.kind);
        }
        let slot = self.slot();
        self.push(Step::Let(slot, value.expr));
        (slot, value.kind)
    }

    pub(super) fn enter(&mut self) {
        self.scopes.push(HashMap::new());
    }

    pub(super) fn leave(&mut self) {
        self.scopes.pop();
    }

    pub(super) fn declare(&mut self, name: &str, binding: Binding) {
        if let Some(scope) = self.scopes.last_mut() {
            scope.insert(name.to_owned(), binding);
        }
    }

    pub(super) fn lookup(&self, name: &str) -> Option<&Binding> {
        self.scopes.iter().rev().find_map(|scope| scope.get(name))
    }

    /// Whether a global of that name is meant: no local variable hides it.
    pub(super) fn is_global(&self, name: &str) -> bool {
        self.lookup(name).is_none()
    }

    pub(super) fn place(&self, span: Span) -> Place {
        let shift = |at: u32| (at as usize).saturating_sub(self.shift).min(self.code.len());
        Place { start: shift(span.start), end: shift(span.end) }
    }

    pub(super) fn why(&self, reason: impl Into<String>, span: Span) -> NotPorted {
        NotPorted { reason: reason.into(), place: self.place(span) }
    }

    pub(super) fn why_at<T>(&self, reason: impl Into<String>, node: &impl GetSpan) -> Compiled<T> {
        Err(self.why(reason, node.span()))
    }
}
