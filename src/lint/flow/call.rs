//! Calls.

use oxc_ast::ast::{Argument, CallExpression, Expression, NewExpression, StaticMemberExpression};
use oxc_span::{GetSpan, Span};

use super::builtin;
use super::graph::{Form, What};
use super::value::{Callable, Constant, Kind, Pending, Value};
use super::walk::{Ended, Executor, Role, Unchecked, Walker};

/// Longer paths (`a.b.c`) are not followed to their beginning.
const NAMES: usize = 16;

impl<'a> Walker<'_, 'a> {
    pub(super) fn call(&mut self, call: &'a CallExpression<'a>) -> Value<'a> {
        match &call.callee {
            Expression::StaticMemberExpression(callee) => self.method(call, callee),
            callee => {
                let value = self.expression(callee);
                self.apply(&value, call)
            }
        }
    }

    /// The values of the arguments, in order.
    fn arguments(&mut self, arguments: &'a [Argument<'a>]) -> Vec<Value<'a>> {
        let value = |argument: &'a Argument<'a>| match argument {
            Argument::SpreadElement(spread) => {
                let value = self.expression(&spread.argument);
                self.fail(What::Other, spread.span);
                self.give_away(&value);
                Value::Unknown
            }
            argument => argument.as_expression().map_or(Value::Unknown, |expression| self.expression(expression)),
        };
        arguments.iter().map(value).collect()
    }

    fn give_all_away(&mut self, values: &[Value<'a>]) {
        for value in values {
            self.give_away(value);
        }
    }

    /// Calls a value.
    fn apply(&mut self, callee: &Value<'a>, call: &'a CallExpression<'a>) -> Value<'a> {
        match callee {
            Value::Function(function) => {
                let values = self.arguments(&call.arguments);
                self.own(*function, &values, call.span)
            }
            Value::Assert(name) => self.assertion(name, call),
            Value::Quiet => {
                self.arguments(&call.arguments);
                Value::UNDEFINED
            }
            Value::Resolve(index) => {
                let values = self.arguments(&call.arguments);
                let certain = self.certain;
                if let Some(executor) = self.executors.get_mut(*index) {
                    executor.sure |= certain;
                    if let Some(Value::Promise(Pending { node, .. })) = values.into_iter().next() {
                        self.graph.edge(node, executor.node);
                    }
                }
                Value::UNDEFINED
            }
            Value::Reject(index) => {
                self.arguments(&call.arguments);
                if let Some(node) = self.executors.get(*index).map(|executor| executor.node) {
                    self.graph.fail(What::Throw, call.span, node);
                }
                Value::UNDEFINED
            }
            Value::Global(name) => self.global(name, call),
            _ => {
                if call.optional {
                    let before = self.state;
                    let values = self.arguments(&call.arguments);
                    self.give_all_away(&values);
                    self.state = before;
                } else {
                    let values = self.arguments(&call.arguments);
                    self.give_all_away(&values);
                }
                self.stranger(call.span);
                Value::Unknown
            }
        }
    }

    /// Calls a function of the block.
    fn own(&mut self, function: Callable<'a>, values: &[Value<'a>], at: Span) -> Value<'a> {
        let known: &[Value<'a>] = if self.is_called_once(function) { values } else { &[] };
        let summary = self.summary(function, Role::Other, known);
        self.give_all_away(values);
        if function.is_generator() {
            self.graph.edge(summary.error, self.error);
            return Value::Unknown;
        }
        if function.is_async() {
            let node = self.promise(Form::Plain, at);
            self.graph.edge(summary.error, node);
            return Self::pending(node, summary.checks, summary.returns.unwrap_or(Value::UNDEFINED));
        }
        self.graph.edge(summary.error, self.error);
        self.state.checked |= summary.checks;
        if summary.throws {
            self.state.ended = Ended::Threw;
        }
        match summary.returns {
            Some(Value::Promise(pending)) => {
                let node = self.promise(Form::Plain, at);
                self.graph.edge(pending.node, node);
                Value::Promise(Pending { node, ..pending })
            }
            Some(value) => value,
            None => Value::UNDEFINED,
        }
    }

    /// Whether a function has one caller, whose arguments are then its parameters.
    fn is_called_once(&self, function: Callable<'a>) -> bool {
        let scoping = self.semantic.scoping();
        let name = match function {
            Callable::Function(function) => function.id.as_ref().and_then(|id| id.symbol_id.get()),
            Callable::Arrow(_) => None,
        };
        name.is_some_and(|symbol| scoping.get_resolved_reference_ids(symbol).len() == 1)
    }

    fn global(&mut self, name: &'a str, call: &'a CallExpression<'a>) -> Value<'a> {
        if name == "fetch" {
            let values = self.arguments(&call.arguments);
            self.give_all_away(&values);
            return self.request(call.span, Value::Solid(Kind::Response)).1;
        }
        let values = self.arguments(&call.arguments);
        match name {
            "setTimeout" | "setInterval" | "queueMicrotask" | "requestAnimationFrame" | "setImmediate" => {
                for value in values {
                    self.handler(&value, call.span, name != "queueMicrotask");
                }
                Value::Solid(Kind::Number)
            }
            name => {
                self.give_all_away(&values);
                builtin::call(name).unwrap_or_else(|| {
                    self.stranger(call.span);
                    Value::Unknown
                })
            }
        }
    }

    /// A promise of an answer.
    pub(super) fn request(&mut self, at: Span, answer: Value<'a>) -> (super::graph::Node, Value<'a>) {
        let node = self.promise(Form::Plain, at);
        self.graph.fail(What::Request, at, node);
        (node, Self::pending(node, false, answer))
    }

    fn method(&mut self, call: &'a CallExpression<'a>, callee: &'a StaticMemberExpression<'a>) -> Value<'a> {
        let object = self.expression(&callee.object);
        let name = callee.property.name.as_str();
        match object {
            Value::Assert("") => match super::assertion::method(name) {
                Some(known) => self.assertion(known, call),
                None => self.assertion(name, call),
            },
            Value::Global("chai") if name == "assert" => self.assertion("", call),
            Value::Global("Promise") => self.combined(name, call),
            Value::Global("$" | "jQuery") if matches!(name, "get" | "post" | "ajax" | "getJSON") => self.jquery(call),
            Value::Global(global) => self.global_method(global, name, call),
            Value::Promise(pending) => self.chained(pending, name, call),
            Value::Unknown if matches!(name, "then" | "catch" | "finally") => {
                self.fail(What::Other, callee.span);
                let node = self.promise(Form::Plain, call.span);
                self.graph.fail(What::Other, call.span, node);
                let value = std::rc::Rc::new(Value::Unknown);
                self.chained(Pending { node, checks: false, value }, name, call)
            }
            Value::Solid(Kind::Response) if builtin::body(name).is_some() => {
                let node = self.promise(Form::Plain, call.span);
                self.graph.fail(What::Request, call.span, node);
                Self::pending(node, false, builtin::body(name).unwrap_or(Value::Unknown))
            }
            Value::Function(function) if matches!(name, "call" | "apply") => {
                let values = self.arguments(&call.arguments);
                self.give_all_away(&values);
                self.own(function, &[], call.span)
            }
            Value::Function(function) if name == "bind" => Value::Function(function),
            object => self.of_object(object, name, call, callee),
        }
    }

    fn of_object(
        &mut self,
        object: Value<'a>,
        name: &'a str,
        call: &'a CallExpression<'a>,
        callee: &'a StaticMemberExpression<'a>,
    ) -> Value<'a> {
        if !object.is_there() && !callee.optional {
            self.fail(What::Other, callee.span);
        }
        let values = self.arguments(&call.arguments);
        if let (Some((each, gives)), Some(Value::Function(callback))) = (builtin::each(name), values.first()) {
            return self.each(each, gives, *callback, &object, call);
        }
        let listens = matches!(name, "addEventListener" | "addListener" | "on" | "once" | "one");
        if listens && values.iter().any(|value| matches!(value, Value::Function(_) | Value::Reject(_))) {
            for value in values {
                self.handler(&value, call.span, false);
            }
            return object;
        }
        if let (Value::Solid(Kind::Host("XMLHttpRequest")), "send") = (&object, name) {
            self.give_all_away(&values);
            let node = self.promise(Form::Xhr, call.span);
            self.graph.fail(What::Request, call.span, node);
            return Value::UNDEFINED;
        }
        let known = match &object {
            Value::Solid(kind) => builtin::of_kind(*kind, name),
            Value::Const(Constant::Text(_)) => builtin::of_kind(Kind::Text, name),
            Value::Const(Constant::Number(_)) => builtin::of_kind(Kind::Number, name),
            Value::Regex(_) => builtin::of_kind(Kind::Host("RegExp"), name),
            _ => None,
        };
        self.give_all_away(&values);
        if let Some(value) = known {
            return value;
        }
        if let Value::Solid(Kind::Object) | Value::Global(_) = object {
            // A function that somebody put there.
            self.stranger(call.span);
        } else {
            self.fail(What::Other, call.span);
        }
        Value::Unknown
    }

    /// Whether a list comes from code outside of the block, such as a learner's own: what is in it others may have checked.
    pub(super) fn is_foreign(&self, list: &Expression<'a>) -> bool {
        let mut root = list;
        for _ in 0..NAMES {
            root = match root {
                Expression::StaticMemberExpression(it) => &it.object,
                Expression::ComputedMemberExpression(it) => &it.object,
                Expression::CallExpression(it) => &it.callee,
                Expression::Identifier(name) => {
                    return self.symbol(name).is_none() && !builtin::is_known(name.name.as_str());
                }
                _ => return false,
            };
        }
        false
    }

    /// A method that calls `callback` at once for each element.
    fn each(
        &mut self,
        name: &'static str,
        gives: Value<'a>,
        callback: Callable<'a>,
        object: &Value<'a>,
        call: &'a CallExpression<'a>,
    ) -> Value<'a> {
        let element = match object {
            Value::Promises(node, checks) => Self::pending(*node, *checks, Value::Unknown),
            _ => Value::Unknown,
        };
        let arguments = if name.starts_with("reduce") { vec![] } else { vec![element] };
        let summary = self.summary(callback, Role::Other, &arguments);
        let some = matches!(object, Value::Solid(Kind::Items) | Value::Promises(..)) || self.is_foreign(&call.callee);
        if callback.is_async() {
            let node = self.promise(Form::Callback(name), callback.span());
            self.graph.edge(summary.error, node);
            // `reduce` may well chain what its callback gives.
            if name.starts_with("reduce") {
                return Self::pending(node, summary.checks, Value::Unknown);
            }
            return if matches!(name, "map" | "flatMap") {
                Value::Promises(node, some && summary.checks)
            } else {
                gives
            };
        }
        self.graph.edge(summary.error, self.error);
        if summary.checks {
            if !some && !self.state.checked {
                self.lose(call.callee.span(), Unchecked::Loop);
            }
            self.state.checked |= some;
        }
        match summary.returns {
            Some(Value::Promise(pending)) if matches!(name, "map" | "flatMap") => {
                Value::Promises(pending.node, some && pending.checks)
            }
            Some(Value::Promise(pending)) if name.starts_with("reduce") => Value::Promise(pending),
            _ => gives,
        }
    }

    fn global_method(&mut self, object: &'a str, name: &'a str, call: &'a CallExpression<'a>) -> Value<'a> {
        let values = self.arguments(&call.arguments);
        if matches!(object, "window" | "self" | "globalThis") {
            let timer = matches!(name, "setTimeout" | "setInterval" | "queueMicrotask");
            if timer || name == "addEventListener" {
                for value in values {
                    self.handler(&value, call.span, timer);
                }
                return Value::Solid(Kind::Number);
            }
            if name == "fetch" {
                self.give_all_away(&values);
                return self.request(call.span, Value::Solid(Kind::Response)).1;
            }
        }
        match builtin::method(object, name) {
            Some((value, needs)) => {
                if needs && !values.iter().all(Value::is_there) {
                    self.fail(What::Other, call.span);
                }
                self.give_all_away(&values);
                value
            }
            None if object == "JSON" => {
                self.fail(What::Other, call.span);
                Value::Unknown
            }
            None => {
                self.give_all_away(&values);
                self.stranger(call.span);
                Value::Unknown
            }
        }
    }

    pub(super) fn construct(&mut self, new: &'a NewExpression<'a>) -> Value<'a> {
        let class = self.expression(&new.callee);
        let values = self.arguments(&new.arguments);
        let Value::Global(name) = class else {
            self.give_all_away(&values);
            self.stranger(new.span);
            return Value::Unknown;
        };
        if name == "Promise" {
            return self.promised(values, new.span);
        }
        let Some((kind, needs)) = builtin::class(name) else {
            self.give_all_away(&values);
            self.stranger(new.span);
            return Value::Unknown;
        };
        if needs && !values.iter().all(Value::is_there) {
            self.fail(What::Other, new.span);
        }
        self.give_all_away(&values);
        Value::Solid(kind)
    }

    /// `new Promise(executor)`.
    fn promised(&mut self, values: Vec<Value<'a>>, at: Span) -> Value<'a> {
        let node = self.promise(Form::Plain, at);
        let Some(Value::Function(executor)) = values.into_iter().next() else {
            self.graph.fail(What::Other, at, node);
            return Self::pending(node, true, Value::Unknown);
        };
        let index = self.executors.len();
        self.executors.push(Executor { node, sure: false });
        let before = self.graph.fails.len();
        let stall = self.stall.replace(node);
        let certain = std::mem::replace(&mut self.certain, true);
        let summary = self.summary(executor, Role::Other, &[Value::Resolve(index), Value::Reject(index)]);
        self.stall = stall;
        self.certain = certain;
        self.graph.edge(summary.error, node);
        if self.executors.get(index).is_some_and(|executor| !executor.sure) {
            self.graph.fail(What::Other, at, node);
        }
        let found = self.graph.fails.get(before..).unwrap_or_default();
        let checks = self.strange || found.iter().any(|fail| matches!(fail.what, What::Assertion | What::Throw));
        Self::pending(node, checks, Value::Unknown)
    }
}
