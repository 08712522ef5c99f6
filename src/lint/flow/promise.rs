//! Promises: what is chained on them, and what makes one of several.

use oxc_ast::ast::{Argument, CallExpression, Expression};
use oxc_span::{GetSpan, Span};

use super::graph::{Form, Kind as Place, Node, What};
use super::idle::is_idle_function;
use super::value::{Callable, Pending, Value};
use super::walk::{Role, Walker};

/// What a callback of a chain comes to.
struct Then<'a> {
    checks: bool,
    value: Value<'a>,
}

impl<'a> Walker<'_, 'a> {
    /// A method of a promise.
    pub(super) fn chained(&mut self, promise: Pending<'a>, name: &str, call: &'a CallExpression<'a>) -> Value<'a> {
        let Pending { node, checks, value } = promise;
        match name {
            "then" | "pipe" => {
                let next = self.promise(Form::Plain, call.span);
                let first = self.callback(call.arguments.first(), next, (*value).clone());
                match call.arguments.get(1).filter(|argument| !is_nothing(argument)) {
                    None => {
                        self.graph.edge(node, next);
                        Self::pending(next, checks || first.checks, first.value)
                    }
                    Some(second) => {
                        let other = self.caught(second, node, next);
                        Self::pending(next, (checks || first.checks) && other.checks, first.value)
                    }
                }
            }
            "catch" => {
                let next = self.promise(Form::Plain, call.span);
                match call.arguments.first().filter(|argument| !is_nothing(argument)) {
                    None => {
                        self.graph.edge(node, next);
                        Self::pending(next, checks, (*value).clone())
                    }
                    Some(first) => {
                        let other = self.caught(first, node, next);
                        Self::pending(next, checks && other.checks, Value::Unknown)
                    }
                }
            }
            "finally" => {
                let next = self.promise(Form::Plain, call.span);
                let last = self.callback(call.arguments.first(), next, Value::UNDEFINED);
                self.graph.edge(node, next);
                Self::pending(next, checks || last.checks, (*value).clone())
            }
            // jQuery's: what they call throws where the request ends, and keeps later callbacks from being called.
            "done" | "always" | "progress" | "success" | "complete" => {
                let mut any = checks;
                for argument in &call.arguments {
                    any |= self.callback(Some(argument), node, Value::Unknown).checks;
                }
                Value::Promise(Pending { node, checks: any, value })
            }
            "fail" | "error" => {
                for argument in &call.arguments {
                    self.callback(Some(argument), node, Value::Unknown);
                }
                Value::Promise(Pending { node, checks, value })
            }
            // Another property of a promise is `undefined`.
            _ => {
                for argument in super::idle::plain(&call.arguments) {
                    let value = self.expression(argument);
                    self.give_away(&value);
                }
                self.fail(What::Other, call.span);
                Value::Unknown
            }
        }
    }

    /// A callback whose errors come to `next`, which takes on what it returns.
    fn callback(&mut self, argument: Option<&'a Argument<'a>>, next: Node, value: Value<'a>) -> Then<'a> {
        let nothing = Then { checks: false, value: Value::Unknown };
        let Some(argument) = argument else { return nothing };
        let Some(expression) = argument.as_expression() else {
            self.graph.fail(What::Other, argument.span(), next);
            return Then { checks: true, value: Value::Unknown };
        };
        match self.expression(expression) {
            Value::Function(callee) => self.followed(callee, next, value),
            Value::Assert(_) => {
                self.graph.fail(What::Assertion, expression.span(), next);
                Then { checks: true, value: Value::UNDEFINED }
            }
            Value::Quiet
            | Value::Resolve(_)
            | Value::Const(_)
            | Value::Global("$" | "JSON" | "String" | "Number" | "Boolean") => nothing,
            Value::Reject(index) => {
                self.handler(&Value::Reject(index), expression.span(), false);
                nothing
            }
            _ => {
                self.graph.fail(What::Other, expression.span(), next);
                self.strange = true;
                Then { checks: true, value: Value::Unknown }
            }
        }
    }

    fn followed(&mut self, callee: Callable<'a>, next: Node, value: Value<'a>) -> Then<'a> {
        let certain = std::mem::replace(&mut self.certain, false);
        let summary = self.summary(callee, Role::Then, &[value]);
        self.certain = certain;
        self.graph.edge(summary.error, next);
        let checks = summary.checks;
        match summary.returns {
            Some(Value::Promise(pending)) => {
                self.graph.edge(pending.node, next);
                Then { checks: checks || pending.checks, value: (*pending.value).clone() }
            }
            Some(value) => Then { checks, value },
            None => Then { checks, value: Value::UNDEFINED },
        }
    }

    /// A callback for the rejection of `node`; `next` takes on what it returns.
    fn caught(&mut self, argument: &'a Argument<'a>, node: Node, next: Node) -> Then<'a> {
        let idle = match argument {
            Argument::ArrowFunctionExpression(arrow) => is_idle_function(Callable::Arrow(arrow)),
            Argument::FunctionExpression(function) => is_idle_function(Callable::Function(function)),
            Argument::StaticMemberExpression(member) => {
                matches!(&member.object, Expression::Identifier(object) if object.name == "console")
            }
            _ => false,
        };
        let caught = self.graph.node(Place::Caught { idle }, argument.span(), None);
        self.graph.edge(node, caught);
        if idle {
            self.graph.after(caught, next);
        } else {
            self.graph.edge(caught, next);
        }
        let error = Value::Solid(super::value::Kind::Error);
        self.callback(Some(argument), next, error)
    }

    /// A method of `Promise`.
    pub(super) fn combined(&mut self, name: &'a str, call: &'a CallExpression<'a>) -> Value<'a> {
        let mut values = Vec::new();
        for argument in super::idle::plain(&call.arguments) {
            values.push(self.expression(argument));
        }
        let node = self.promise(Form::Plain, call.span);
        let first = values.into_iter().next();
        match (name, first) {
            ("allSettled", Some(Value::Promises(from, _))) => {
                // Rejections become results, which somebody may look at.
                self.graph.after(from, node);
                Self::pending(node, false, Value::Solid(super::value::Kind::List))
            }
            ("all" | "race" | "any", Some(Value::Promises(from, checks))) => {
                self.graph.edge(from, node);
                Self::pending(node, checks, list(name))
            }
            ("all" | "allSettled" | "race" | "any", Some(Value::Solid(_))) => Self::pending(node, false, list(name)),
            ("resolve", Some(Value::Promise(promise))) => Value::Promise(promise),
            ("resolve", value) => {
                let value = value.unwrap_or(Value::UNDEFINED);
                if let Value::Unknown = value {
                    self.graph.fail(What::Other, call.span, node);
                }
                Self::pending(node, false, value)
            }
            ("reject", _) => {
                self.graph.fail(What::Throw, call.span, node);
                Self::pending(node, true, Value::Unknown)
            }
            (_, value) => {
                if let Some(value) = value {
                    self.give_away(&value);
                }
                self.graph.fail(What::Other, call.span, node);
                self.strange = true;
                Self::pending(node, true, Value::Unknown)
            }
        }
    }

    /// `$.get` and its kin.
    pub(super) fn jquery(&mut self, call: &'a CallExpression<'a>) -> Value<'a> {
        let (node, mut value) = self.request(call.span, Value::Unknown);
        for argument in super::idle::plain(&call.arguments) {
            if let Expression::ObjectExpression(options) = argument {
                self.object(options, Some(node));
                continue;
            }
            match self.expression(argument) {
                Value::Function(callee) => {
                    let checks = self.summary(callee, Role::Other, &[]).checks;
                    self.called_for(callee, node, &[]);
                    if let Value::Promise(pending) = &mut value {
                        pending.checks |= checks;
                    }
                }
                other => self.give_away(&other),
            }
        }
        value
    }

    /// Where nothing more comes: the runner waits for the value of the block.
    pub(super) fn awaited_by_runner(&mut self, value: &Value<'a>) {
        match value {
            Value::Promise(Pending { node, checks, .. }) => {
                self.graph.edge(*node, self.error);
                self.state.checked |= *checks;
            }
            Value::Function(callee) => {
                let summary = self.summary(*callee, Role::Main, &[]);
                self.graph.edge(summary.error, self.error);
                self.state.checked |= summary.checks;
                if let Some(Value::Promise(pending)) = summary.returns {
                    self.graph.edge(pending.node, self.error);
                }
            }
            _ => {}
        }
    }

    /// The block leaves a value that the runner ignores. Honest rules look at it.
    pub(super) fn ignored_by_runner(&mut self, value: &Value<'a>, at: Span) -> bool {
        let callee = match value {
            Value::Function(callee) => callee,
            Value::Assert(_) => {
                let node = self.graph.node(Place::Tail, at, None);
                self.graph.fail(What::Assertion, at, node);
                return true;
            }
            _ => return false,
        };
        let node = self.graph.node(Place::Tail, at, None);
        let outer = std::mem::replace(&mut self.error, node);
        let state = self.state;
        let summary = self.summary(*callee, Role::Other, &[]);
        self.graph.edge(summary.error, node);
        if let Some(Value::Promise(pending)) = summary.returns {
            self.graph.edge(pending.node, node);
        }
        self.error = outer;
        self.state = state;
        true
    }
}

fn list<'a>(name: &str) -> Value<'a> {
    if matches!(name, "all" | "allSettled") { Value::Solid(super::value::Kind::List) } else { Value::Unknown }
}

/// `null` or `undefined` in a callback's place.
fn is_nothing(argument: &Argument<'_>) -> bool {
    match argument {
        Argument::NullLiteral(_) => true,
        Argument::Identifier(name) => name.name == "undefined",
        _ => false,
    }
}
