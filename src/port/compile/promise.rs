//! Promises: `await`, requests, bodies, `then` and `catch`. What they settle with becomes a value between steps.

use oxc_ast::ast::{Argument, ArrowFunctionBody, CallExpression, Expression, FormalParameters, Statement};

use super::builder::{Binding, Builder, Compiled, Function, Kind, Typed};
use super::request::Planned;
use crate::port::plan::{Expr, Step};
use crate::verdict::Value;

/// The body of a function that is inlined.
enum Inlined<'p, 'a> {
    Statements(&'p [Statement<'a>]),
    Expression(&'p Expression<'a>),
}

impl Builder<'_> {
    /// Whether an expression, as it stands, is a promise: a request, a body, or a chain on one.
    pub(super) fn is_promise(&self, expression: &Expression<'_>) -> bool {
        let Expression::CallExpression(call) = expression else { return false };
        match &call.callee {
            Expression::Identifier(name) => name.name == "fetch" && self.is_global("fetch"),
            Expression::StaticMemberExpression(callee) => match callee.property.name.as_str() {
                "then" | "catch" | "finally" | "done" | "fail" | "always" => true,
                "get" | "post" | "ajax" | "getJSON" => matches!(&callee.object,
                    Expression::Identifier(object)
                        if matches!(object.name.as_str(), "$" | "jQuery") && self.is_global(object.name.as_str())),
                "text" | "json" => match &callee.object {
                    Expression::Identifier(name) => {
                        matches!(self.lookup(name.name.as_str()), Some(Binding::Slot { kind: Kind::Response, .. }))
                    }
                    Expression::AwaitExpression(_) => true,
                    _ => false,
                },
                _ => false,
            },
            Expression::ArrowFunctionExpression(function) => function.r#async,
            Expression::FunctionExpression(function) => function.r#async,
            _ => false,
        }
    }

    /// The value that an expression has once it is awaited; other values stay as they are.
    pub(super) fn promise(&mut self, expression: &Expression<'_>) -> Compiled<Typed> {
        match expression {
            Expression::AwaitExpression(inner) => {
                if self.conditional > 0 {
                    return self.why_at("an await that runs only sometimes", expression);
                }
                self.promise(&inner.argument)
            }
            Expression::CallExpression(call) if self.is_promise(expression) => {
                if self.conditional > 0 {
                    return self.why_at("a request that runs only sometimes", expression);
                }
                self.settled(call)
            }
            _ => self.value(expression),
        }
    }

    /// A promise at the end that nobody waits for.
    pub(super) fn detached(&mut self, expression: &Expression<'_>) -> Compiled<()> {
        let before = self.here();
        self.promise(expression)?;
        let first = self
            .steps
            .iter()
            .enumerate()
            .skip(before)
            .find(|(_, step)| matches!(step, Step::Fetch { .. } | Step::Jquery { .. } | Step::Read { .. }));
        // Everything up to the first wait is still seen by the runner; it has to be harmless to stop just before it.
        let Some((at, step)) = first else { return self.why_at("this promise that is not awaited", expression) };
        let harmless = match step {
            Step::Fetch { request, .. } | Step::Jquery { request, .. } => {
                let constant = |expr: &Expr| matches!(expr, Expr::Const(_));
                never_throws(&request.url)
                    && request.headers.iter().all(|(_, value)| constant(value))
                    && request.body.as_ref().is_none_or(|body| match body {
                        Expr::Form(entries, _) => entries.iter().all(|(_, value)| constant(value)),
                        body => constant(body),
                    })
            }
            _ => false,
        };
        if !harmless {
            return self.why_at("a request that is not awaited and depends on a value", expression);
        }
        self.insert(at, Step::Detach);
        Ok(())
    }

    /// Inserts a step and moves the targets behind it.
    fn insert(&mut self, at: usize, step: Step) {
        self.steps.insert(at, step);
        for step in &mut self.steps {
            match step {
                Step::Jump { to, .. } | Step::Unless { to, .. } if *to > at => *to += 1,
                Step::Try { catch, .. } if *catch > at => *catch += 1,
                Step::Jquery { failed, .. } if *failed > at => *failed += 1,
                _ => {}
            }
        }
        for function in &mut self.functions {
            for exit in &mut function.exits {
                *exit += usize::from(*exit >= at);
            }
        }
    }

    fn settled(&mut self, call: &CallExpression<'_>) -> Compiled<Typed> {
        if let Some(planned) = self.request(call)? {
            let (value, failed) = self.ask(planned);
            if let Some((xhr, step)) = failed {
                let over = self.jump();
                let failed = self.here();
                self.aim(step, failed);
                self.push(Step::Rethrow(xhr));
                let end = self.here();
                self.aim(over, end);
            }
            return Ok(value);
        }
        match &call.callee {
            Expression::StaticMemberExpression(callee) => match callee.property.name.as_str() {
                "text" | "json" if call.arguments.is_empty() => {
                    let response = self.promise(&callee.object)?;
                    let (Kind::Response, Expr::Slot(slot)) = (response.kind, response.expr) else {
                        return self.why_at("`text()` or `json()` of this value", call);
                    };
                    let json = callee.property.name == "json";
                    let data = self.slot();
                    let place = self.place(call.span);
                    self.push(Step::Read { slot: data, response: slot, json, place });
                    Ok(Typed::data(Expr::Slot(data)))
                }
                "then" => self.then(&callee.object, call),
                "catch" => self.caught(&callee.object, call),
                other => self.why_at(format!("`{other}` of a promise"), call),
            },
            _ => self.why_at("a function that is called where it stands", call),
        }
    }

    /// Makes a request; for jQuery also the slot and step of its failure.
    fn ask(&mut self, planned: Planned) -> (Typed, Option<(usize, usize)>) {
        let slot = self.slot();
        if planned.jquery {
            let xhr = self.slot();
            let step = self.push(Step::Jquery {
                data: slot,
                xhr,
                request: planned.request,
                failed: 0,
                want_json: planned.want_json,
            });
            return (Typed::data(Expr::Slot(slot)), Some((xhr, step)));
        }
        self.push(Step::Fetch { slot, request: planned.request });
        (Typed { expr: Expr::Slot(slot), kind: Kind::Response }, None)
    }

    /// `promise.then(fulfilled)` and `promise.then(fulfilled, rejected)`.
    fn then(&mut self, promise: &Expression<'_>, call: &CallExpression<'_>) -> Compiled<Typed> {
        let (fulfilled, rejected) = match call.arguments.as_slice() {
            [fulfilled] => (fulfilled, None),
            [fulfilled, rejected] => (fulfilled, Some(rejected)),
            _ => return self.why_at("this number of arguments of `then`", call),
        };
        let Some(rejected) = rejected else {
            let value = self.promise(promise)?;
            return self.inline(fulfilled, value, true);
        };
        if let Expression::CallExpression(inner) = promise
            && let Some(planned) = self.request(inner)?
            && planned.jquery
        {
            let (value, failed) = self.ask(planned);
            let result = self.slot();
            let kind = self.inline_into(fulfilled, value, result)?;
            let over = self.jump();
            if let Some((xhr, step)) = failed {
                let here = self.here();
                self.aim(step, here);
                let other = self.inline_into(rejected, Typed { expr: Expr::Slot(xhr), kind: Kind::Xhr }, result)?;
                self.same(kind, other, call)?;
            }
            let end = self.here();
            self.aim(over, end);
            return Ok(Typed { expr: Expr::Slot(result), kind });
        }
        let error = self.slot();
        let attempt = self.push(Step::Try { catch: 0, error });
        self.tries += 1;
        let value = self.promise(promise)?;
        self.push(Step::EndTry);
        self.tries -= 1;
        let result = self.slot();
        let kind = self.inline_into(fulfilled, value, result)?;
        let over = self.jump();
        let catch = self.here();
        self.aim(attempt, catch);
        let other = self.inline_into(rejected, Typed { expr: Expr::Slot(error), kind: Kind::Error }, result)?;
        self.same(kind, other, call)?;
        let end = self.here();
        self.aim(over, end);
        Ok(Typed { expr: Expr::Slot(result), kind })
    }

    /// `promise.catch(rejected)`.
    fn caught(&mut self, promise: &Expression<'_>, call: &CallExpression<'_>) -> Compiled<Typed> {
        if self.may_reject_with_xhr(promise) {
            return self.why_at("`catch` on a jQuery request", call);
        }
        let [rejected] = call.arguments.as_slice() else {
            return self.why_at("this number of arguments of `catch`", call);
        };
        let error = self.slot();
        let attempt = self.push(Step::Try { catch: 0, error });
        self.tries += 1;
        let value = self.promise(promise)?;
        let result = self.slot();
        self.push(Step::Let(result, value.expr));
        self.push(Step::EndTry);
        self.tries -= 1;
        let over = self.jump();
        let catch = self.here();
        self.aim(attempt, catch);
        let other = self.inline_into(rejected, Typed { expr: Expr::Slot(error), kind: Kind::Error }, result)?;
        self.same(value.kind, other, call)?;
        let end = self.here();
        self.aim(over, end);
        Ok(Typed { expr: Expr::Slot(result), kind: value.kind })
    }

    fn same(&self, one: Kind, other: Kind, call: &CallExpression<'_>) -> Compiled<()> {
        if one == other { Ok(()) } else { self.why_at("a promise with values of different kinds", call) }
    }

    /// Whether what a `catch` there gets may be a jqXHR and not an `Error`.
    fn may_reject_with_xhr(&self, promise: &Expression<'_>) -> bool {
        let Expression::CallExpression(call) = promise else { return false };
        let Expression::StaticMemberExpression(callee) = &call.callee else { return false };
        match &callee.object {
            Expression::Identifier(object) => {
                matches!(object.name.as_str(), "$" | "jQuery") && self.is_global(object.name.as_str())
            }
            inner => self.may_reject_with_xhr(inner),
        }
    }

    fn inline_into(&mut self, function: &Argument<'_>, value: Typed, result: usize) -> Compiled<Kind> {
        let value = self.inline(function, value, true)?;
        let kind = value.kind;
        self.push(Step::Let(result, value.expr));
        Ok(kind)
    }

    /// The body of a function with its parameter bound to a value; `awaits`: a promise that it returns is waited for.
    pub(super) fn inline(&mut self, function: &Argument<'_>, value: Typed, awaits: bool) -> Compiled<Typed> {
        let (parameters, body): (&FormalParameters<'_>, Inlined<'_, '_>) = match function {
            Argument::ArrowFunctionExpression(arrow) => match &arrow.body {
                ArrowFunctionBody::FunctionBody(body) => (&arrow.params, Inlined::Statements(&body.statements)),
                expression => match expression.as_expression() {
                    Some(expression) => (&arrow.params, Inlined::Expression(expression)),
                    None => return self.why_at("this function", function),
                },
            },
            Argument::FunctionExpression(function) if !function.generator && function.body.is_some() => {
                match &function.body {
                    Some(body) => (&function.params, Inlined::Statements(&body.statements)),
                    None => return self.why_at("a function without a body", &**function),
                }
            }
            _ => return self.why_at("a function that is not written in place", function),
        };
        self.enter();
        match parameters.items.as_slice() {
            [] if parameters.rest.is_none() => {
                if !matches!(value.expr, Expr::Slot(_) | Expr::Const(_)) {
                    self.push(Step::Eval(value.expr));
                }
            }
            [parameter] if parameters.rest.is_none() && parameter.initializer.is_none() => {
                self.bind(&parameter.pattern, value, true)?;
            }
            _ => return self.why_at("a function with these parameters", parameters),
        }
        let typed = match body {
            Inlined::Expression(expression) => {
                if !awaits && self.is_promise(expression) {
                    return self.why_at("a promise that is not awaited, before the end", expression);
                }
                let value = self.promise(expression)?;
                let (slot, kind) = self.keep(value);
                Typed { expr: Expr::Slot(slot), kind }
            }
            Inlined::Statements(statements) => self.inline_statements(statements, awaits)?,
        };
        self.leave();
        Ok(typed)
    }

    fn inline_statements(&mut self, statements: &[Statement<'_>], awaits: bool) -> Compiled<Typed> {
        let result = self.slot();
        self.push(Step::Let(result, Expr::Const(Value::Undefined)));
        let tries = self.tries;
        self.functions.push(Function { result, kind: None, exits: Vec::new(), tries, awaits });
        self.block(statements, None)?;
        let end = self.here();
        let kind = match self.functions.pop() {
            Some(function) => {
                for exit in function.exits {
                    self.aim(exit, end);
                }
                function.kind.unwrap_or(Kind::Data)
            }
            None => Kind::Data,
        };
        Ok(Typed { expr: Expr::Slot(result), kind })
    }
}

/// Whether evaluating it can never throw: the project's URL with plain text behind it.
fn never_throws(expr: &Expr) -> bool {
    match expr {
        Expr::Const(_) | Expr::Code | Expr::Slot(_) => true,
        Expr::Template(parts) => parts.iter().all(never_throws),
        Expr::Binary { left, right, .. } => never_throws(left) && never_throws(right),
        _ => false,
    }
}
