//! Statements.

use oxc_ast::ast::{
    Expression, ForStatement, ForStatementInit, ForStatementLeft, IfStatement, Statement, SwitchStatement,
    TryStatement, VariableDeclaration,
};
use oxc_span::{GetSpan, Span};
use oxc_syntax::operator::BinaryOperator;

use super::graph::{Kind as Place, What};
use super::value::{Kind, Value};
use super::walk::{Dropped, Ended, Mend, Role, State, Unchecked, Walker, takes_await};

impl<'a> Walker<'_, 'a> {
    /// Statements in order, as far as they are reached.
    pub(super) fn statements(&mut self, statements: &'a [Statement<'a>]) {
        for statement in statements {
            if self.state.ended != Ended::No {
                return;
            }
            self.deeper(statement.span(), |walker| {
                walker.statement(statement);
                Value::UNDEFINED
            });
        }
    }

    fn one(&mut self, statement: &'a Statement<'a>) {
        self.statements(std::slice::from_ref(statement));
    }

    fn statement(&mut self, statement: &'a Statement<'a>) {
        match statement {
            Statement::ExpressionStatement(it) => {
                let value = self.expression(&it.expression);
                let tail = self.frame.tails.binary_search(&it.span.start).is_ok();
                self.ignored(value, &it.expression, tail);
            }
            Statement::VariableDeclaration(it) => self.variables(it),
            Statement::ReturnStatement(it) => {
                let value = match &it.argument {
                    Some(argument) => self.expression(argument),
                    None => Value::UNDEFINED,
                };
                if self.state.ended != Ended::No {
                    return;
                }
                let before = self.frame.unchecked;
                self.frame.unchecked = false;
                self.returned(value);
                if self.frame.unchecked {
                    self.lose(it.span, Unchecked::Return);
                }
                self.frame.unchecked |= before;
                self.awaits |= self.frame.role == Role::Main;
            }
            Statement::ThrowStatement(it) => {
                let value = self.expression(&it.argument);
                self.give_away(&value);
                self.fail(What::Throw, it.span);
                self.state.ended = Ended::Threw;
            }
            Statement::BlockStatement(it) => self.statements(&it.body),
            Statement::LabeledStatement(it) => self.one(&it.body),
            Statement::IfStatement(it) => self.condition(it),
            Statement::TryStatement(it) => self.attempt(it),
            Statement::SwitchStatement(it) => self.switch(it),
            Statement::ForStatement(it) => self.counted(it),
            Statement::ForOfStatement(it) => {
                let list = self.expression(&it.right);
                let once =
                    matches!(list, Value::Solid(Kind::Items) | Value::Promises(..)) || self.is_foreign(&it.right);
                let mut element = Value::Unknown;
                match list {
                    Value::Promises(node, checks) if it.r#await => {
                        self.graph.edge(node, self.error);
                        self.state.checked |= checks;
                    }
                    Value::Promises(node, checks) => element = Self::pending(node, checks, Value::Unknown),
                    Value::Solid(_) | Value::Const(_) => {}
                    other => {
                        self.fail(What::Other, it.right.span());
                        self.give_away(&other);
                    }
                }
                self.awaits |= it.r#await && self.frame.role == Role::Main;
                self.looped(once, it.right.span(), |walker| {
                    walker.left(&it.left, element);
                    walker.one(&it.body);
                });
            }
            Statement::ForInStatement(it) => {
                let value = self.expression(&it.right);
                self.give_away(&value);
                self.looped(false, it.right.span(), |walker| {
                    walker.left(&it.left, Value::TEXT);
                    walker.one(&it.body);
                });
            }
            Statement::WhileStatement(it) => {
                let always = self.expression(&it.test).truth() == Some(true);
                self.looped(always, it.test.span(), |walker| walker.one(&it.body));
            }
            Statement::DoWhileStatement(it) => {
                self.looped(true, it.test.span(), |walker| walker.one(&it.body));
                if self.state.ended == Ended::No {
                    self.expression(&it.test);
                }
            }
            Statement::BreakStatement(it) => self.leave(it.label.is_some()),
            Statement::ContinueStatement(it) => self.leave(it.label.is_some()),
            Statement::WithStatement(it) => {
                let value = self.expression(&it.object);
                self.give_away(&value);
                self.stranger(it.span);
                self.one(&it.body);
            }
            Statement::ClassDeclaration(it) => self.class(it),
            // Functions are walked when they are called.
            _ => {}
        }
    }

    /// The value of a statement goes nowhere.
    fn ignored(&mut self, value: Value<'a>, expression: &'a Expression<'a>, tail: bool) {
        let main = self.frame.role == Role::Main;
        if let Value::Promise(_) | Value::Promises(..) = &value
            && let Value::Promise(super::value::Pending { node, .. }) | Value::Promises(node, _) = value
        {
            let mend = match self.frame.role {
                _ if !takes_await(expression) || matches!(value, Value::Promises(..)) => None,
                _ if self.frame.is_async => Some(Mend::Await),
                Role::Main | Role::Then if tail => Some(Mend::Return),
                _ => None,
            };
            self.dropped.push(Dropped { node, at: expression.span(), tail: tail && main, mend });
        }
        if main && tail {
            self.tails.push(value);
        }
    }

    fn variables(&mut self, it: &'a VariableDeclaration<'a>) {
        for declarator in &it.declarations {
            let value = match &declarator.init {
                Some(init) => self.expression(init),
                None => Value::UNDEFINED,
            };
            self.declare(&declarator.id, value);
        }
    }

    fn left(&mut self, left: &'a ForStatementLeft<'a>, element: Value<'a>) {
        match left {
            ForStatementLeft::VariableDeclaration(it) => {
                for declarator in &it.declarations {
                    self.declare(&declarator.id, element.clone());
                }
            }
            left => {
                if let Some(target) = left.as_assignment_target() {
                    self.assign(target, element);
                }
            }
        }
    }

    fn condition(&mut self, it: &'a IfStatement<'a>) {
        let truth = self.expression(&it.test).truth();
        if self.state.ended != Ended::No {
            return;
        }
        match (truth, &it.alternate) {
            (Some(true), _) => self.one(&it.consequent),
            (Some(false), Some(alternate)) => self.one(alternate),
            (Some(false), None) => {}
            (None, alternate) => {
                let before = self.state;
                self.one(&it.consequent);
                let holds = std::mem::replace(&mut self.state, before);
                if let Some(alternate) = alternate {
                    self.one(alternate);
                }
                self.fork(holds, it.test.span());
            }
        }
    }

    /// Joins the way on which a condition held with the one on which it did not, which is the state now.
    pub(super) fn fork(&mut self, holds: State, at: Span) {
        let fails = self.state;
        if holds.ended == Ended::No && fails.ended == Ended::No && holds.checked != fails.checked {
            self.lose(at, if holds.checked { Unchecked::Fails } else { Unchecked::Holds });
        }
        self.state = Self::join(holds, fails);
    }

    fn attempt(&mut self, it: &'a TryStatement<'a>) {
        let before = self.state;
        let outer = self.error;
        match &it.handler {
            None => self.statements(&it.block.body),
            Some(handler) => {
                let idle = super::idle::is_idle(&handler.body.body);
                let caught = self.graph.node(Place::Caught { idle }, handler.span, None);
                if !idle {
                    self.graph.edge(caught, outer);
                }
                self.error = caught;
                self.statements(&it.block.body);
                self.error = outer;
                let end = std::mem::replace(&mut self.state, before);
                if let Some(parameter) = &handler.param {
                    self.declare(&parameter.pattern, Value::Solid(Kind::Error));
                }
                self.statements(&handler.body.body);
                let after = self.state;
                if !idle && end.checked && !after.checked && after.ended == Ended::No {
                    self.lose(handler.span, Unchecked::Catch);
                }
                self.state = match (end.ended, after.ended) {
                    // An error is no check of its own here: it may be any.
                    (_, Ended::Threw) => end,
                    (Ended::Threw, _) => after,
                    _ => Self::join(end, after),
                };
            }
        }
        if let Some(finalizer) = &it.finalizer {
            let after = std::mem::replace(&mut self.state, before);
            self.statements(&finalizer.body);
            let checked = self.state.checked;
            if self.state.ended == Ended::No {
                self.state = State { checked: after.checked || checked, ..after };
            }
        }
    }

    fn switch(&mut self, it: &'a SwitchStatement<'a>) {
        let value = self.expression(&it.discriminant);
        self.give_away(&value);
        let before = self.state;
        self.frame.breaks.push(None);
        let mut through: Option<State> = None;
        for case in &it.cases {
            self.state = match through {
                Some(state) if state.ended == Ended::No => Self::join(before, state),
                _ => before,
            };
            if let Some(test) = &case.test {
                self.expression(test);
            }
            self.statements(&case.consequent);
            through = Some(self.state);
        }
        let mut ends: Vec<State> = self.frame.breaks.pop().flatten().into_iter().collect();
        ends.extend(through);
        if it.cases.iter().all(|case| case.test.is_some()) {
            ends.push(before);
        }
        let checked = ends.iter().any(|end| end.checked);
        self.state = ends.into_iter().reduce(Self::join).unwrap_or(before);
        if checked && !self.state.checked && self.state.ended == Ended::No {
            self.lose(it.discriminant.span(), Unchecked::Holds);
        }
    }

    fn counted(&mut self, it: &'a ForStatement<'a>) {
        match &it.init {
            Some(ForStatementInit::VariableDeclaration(variables)) => self.variables(variables),
            Some(init) => {
                if let Some(expression) = init.as_expression() {
                    self.expression(expression);
                }
            }
            None => {}
        }
        let once = match &it.test {
            None => true,
            Some(test) => self.expression(test).truth() == Some(true) || begins(it),
        };
        self.looped(once, it.test.as_ref().map_or(it.span, GetSpan::span), |walker| {
            walker.one(&it.body);
            if let Some(update) = &it.update
                && walker.state.ended == Ended::No
            {
                walker.expression(update);
            }
        });
    }

    /// A body that runs again and again; `once`: at least once.
    pub(super) fn looped(&mut self, once: bool, at: Span, body: impl FnOnce(&mut Self)) {
        let before = self.state;
        self.frame.breaks.push(None);
        body(self);
        let broke = self.frame.breaks.pop().flatten();
        let after = match broke {
            Some(broke) => Self::join(broke, self.state),
            None => self.state,
        };
        if once {
            self.state = after;
            return;
        }
        if after.ended == Ended::No && after.checked && !before.checked {
            self.lose(at, Unchecked::Loop);
        }
        self.state = before;
    }

    fn leave(&mut self, far: bool) {
        let now = self.state;
        let around = if far { self.frame.breaks.len() } else { 1 };
        for state in self.frame.breaks.iter_mut().rev().take(around) {
            *state = Some(state.map_or(now, |state| State { checked: state.checked && now.checked, ..state }));
        }
        self.state.ended = Ended::Left;
    }
}

/// Whether a loop such as `for (let i = 0; i < 3; i++)` certainly begins.
fn begins(it: &ForStatement<'_>) -> bool {
    let (Some(ForStatementInit::VariableDeclaration(variables)), Some(Expression::BinaryExpression(test))) =
        (&it.init, &it.test)
    else {
        return false;
    };
    let (Some(declarator), Expression::Identifier(counter), Expression::NumericLiteral(limit)) =
        (variables.declarations.first(), &test.left, &test.right)
    else {
        return false;
    };
    let (Some(Expression::NumericLiteral(first)), Some(name)) = (&declarator.init, declarator.id.get_identifier_name())
    else {
        return false;
    };
    name == counter.name
        && match test.operator {
            BinaryOperator::LessThan => first.value < limit.value,
            BinaryOperator::LessEqualThan => first.value <= limit.value,
            BinaryOperator::GreaterThan => first.value > limit.value,
            BinaryOperator::GreaterEqualThan => first.value >= limit.value,
            _ => false,
        }
}
