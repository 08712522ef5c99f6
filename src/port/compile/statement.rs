//! Statements.

use oxc_ast::ast::{
    BindingPattern, BlockStatement, Declaration, Expression, ForOfStatement, ForStatementLeft, IfStatement,
    SimpleAssignmentTarget, Statement, TryStatement, VariableDeclaration, VariableDeclarationKind,
};
use oxc_span::GetSpan;
use oxc_syntax::operator::AssignmentOperator;

use super::builder::{Binding, Builder, Compiled, Kind, Loop, Typed};
use crate::port::plan::{Expr, Operator, Place, Step};
use crate::verdict::Value;

/// Names that strict mode does not let anyone declare.
const STRICT_WORDS: [&str; 11] = [
    "arguments",
    "eval",
    "implements",
    "interface",
    "let",
    "package",
    "private",
    "protected",
    "public",
    "static",
    "yield",
];

impl Builder<'_> {
    /// Statements of one scope. `tail` is set for the outermost ones: whether the last one's value is awaited.
    pub(super) fn block(&mut self, statements: &[Statement<'_>], tail: Option<bool>) -> Compiled<()> {
        self.enter();
        for statement in statements {
            if let Statement::VariableDeclaration(declaration) = statement {
                for declarator in &declaration.declarations {
                    self.announce(&declarator.id)?;
                }
            }
        }
        let last = statements.iter().rposition(|statement| !matches!(statement, Statement::EmptyStatement(_)));
        if let Some(Statement::VariableDeclaration(declaration)) = last.and_then(|last| statements.get(last))
            && tail == Some(true)
            && statements.len() > 1
        {
            return self.why_at("a completion value before a declaration", &**declaration);
        }
        for (index, statement) in statements.iter().enumerate() {
            let tail = tail.filter(|_| Some(index) == last);
            self.statement(statement, tail)?;
        }
        self.leave();
        Ok(())
    }

    fn announce(&mut self, pattern: &BindingPattern<'_>) -> Compiled<()> {
        match pattern {
            BindingPattern::BindingIdentifier(name) => {
                let name = name.name.as_str();
                // The parser leaves these early errors to others.
                if self.lookup(name).is_some() {
                    return self.why_at("a name that is declared twice", pattern);
                }
                if STRICT_WORDS.contains(&name) {
                    return self.why_at("a name that strict mode does not allow", pattern);
                }
                self.declare(name, Binding::Pending);
            }
            BindingPattern::ObjectPattern(pattern) => {
                for property in &pattern.properties {
                    self.announce(&property.value)?;
                }
            }
            BindingPattern::ArrayPattern(pattern) => {
                for element in pattern.elements.iter().flatten() {
                    self.announce(element)?;
                }
            }
            BindingPattern::AssignmentPattern(pattern) => self.announce(&pattern.left)?,
        }
        Ok(())
    }

    fn statement(&mut self, statement: &Statement<'_>, tail: Option<bool>) -> Compiled<()> {
        match statement {
            Statement::EmptyStatement(_) => Ok(()),
            Statement::BlockStatement(block) => self.block(&block.body, None),
            Statement::VariableDeclaration(declaration) => self.variables(declaration),
            Statement::ExpressionStatement(statement) => self.expression_statement(&statement.expression, tail),
            Statement::IfStatement(statement) => self.if_statement(statement),
            Statement::ReturnStatement(statement) => self.return_statement(statement.argument.as_ref()),
            Statement::ThrowStatement(statement) => self.throw(&statement.argument),
            Statement::TryStatement(statement) => self.try_statement(statement),
            Statement::ForOfStatement(statement) => self.for_of(statement),
            Statement::ContinueStatement(statement) if statement.label.is_none() => {
                self.leave_round(false, &**statement)
            }
            Statement::BreakStatement(statement) if statement.label.is_none() => self.leave_round(true, &**statement),
            Statement::FunctionDeclaration(function) => self.why_at("a function declaration", &**function),
            other => match other.as_declaration() {
                Some(Declaration::ClassDeclaration(class)) => self.why_at("a class", &**class),
                _ => self.why_at("this kind of statement", other),
            },
        }
    }

    fn variables(&mut self, declaration: &VariableDeclaration<'_>) -> Compiled<()> {
        let assignable = match declaration.kind {
            VariableDeclarationKind::Const => false,
            VariableDeclarationKind::Let | VariableDeclarationKind::Var => true,
            _ => return self.why_at("a `using` declaration", declaration),
        };
        for declarator in &declaration.declarations {
            let Some(init) = &declarator.init else {
                self.bind(&declarator.id, Typed::undefined(), assignable)?;
                continue;
            };
            if let (BindingPattern::BindingIdentifier(name), Expression::RegExpLiteral(literal)) =
                (&declarator.id, init)
            {
                let regex = self.regex(literal)?;
                if regex.global() || assignable {
                    return self.why_at("a regular expression in a variable, with `g` or not constant", declarator);
                }
                self.declare(name.name.as_str(), Binding::Regex(regex));
                continue;
            }
            if self.is_promise(init) {
                return self.why_at("a promise in a variable", declarator);
            }
            let value = self.promise(init)?;
            self.bind(&declarator.id, value, assignable)?;
        }
        Ok(())
    }

    fn expression_statement(&mut self, expression: &Expression<'_>, tail: Option<bool>) -> Compiled<()> {
        match expression {
            Expression::AssignmentExpression(assignment) => {
                let Some(SimpleAssignmentTarget::AssignmentTargetIdentifier(name)) =
                    assignment.left.as_simple_assignment_target()
                else {
                    return self.why_at("an assignment to a property", expression);
                };
                if assignment.operator != AssignmentOperator::Assign {
                    return self.why_at("an assignment with an operation", expression);
                }
                let Some(Binding::Slot { slot, kind: Kind::Data, assignable: true }) = self.lookup(name.name.as_str())
                else {
                    return self.why_at("an assignment to this variable", expression);
                };
                let slot = *slot;
                if !self.loops.is_empty() {
                    return self.why_at("an assignment in a loop", expression);
                }
                let value = self.promise(&assignment.right)?;
                if value.kind != Kind::Data {
                    return self.why_at("an assignment of this value", expression);
                }
                self.push(Step::Let(slot, value.expr));
                Ok(())
            }
            _ if self.is_promise(expression) => match tail {
                Some(true) => self.promise(expression).map(drop),
                Some(false) if self.tries == 0 && self.functions.len() == 1 => self.detached(expression),
                _ => self.why_at("a promise that is not awaited, before the end", expression),
            },
            _ => {
                let value = self.promise(expression)?;
                if !matches!(value.expr, Expr::Const(_) | Expr::Slot(_)) {
                    self.push(Step::Eval(value.expr));
                }
                Ok(())
            }
        }
    }

    fn if_statement(&mut self, statement: &IfStatement<'_>) -> Compiled<()> {
        let test = self.condition(&statement.test)?;
        let unless = self.push(Step::Unless { test, to: 0 });
        self.branch(&statement.consequent)?;
        match &statement.alternate {
            None => {
                let end = self.here();
                self.aim(unless, end);
            }
            Some(alternate) => {
                let over = self.jump();
                let other = self.here();
                self.aim(unless, other);
                self.branch(alternate)?;
                let end = self.here();
                self.aim(over, end);
            }
        }
        Ok(())
    }

    fn branch(&mut self, statement: &Statement<'_>) -> Compiled<()> {
        self.block(std::slice::from_ref(statement), None)
    }

    /// The value of a condition; responses and errors are always truthy.
    pub(super) fn condition(&mut self, test: &Expression<'_>) -> Compiled<Expr> {
        let value = self.promise(test)?;
        Ok(match value.kind {
            Kind::Data | Kind::Url | Kind::Match => value.expr,
            Kind::Response | Kind::Xhr | Kind::Error => Expr::Const(Value::Bool(true)),
        })
    }

    fn return_statement(&mut self, argument: Option<&Expression<'_>>) -> Compiled<()> {
        let awaits = self.functions.last().is_some_and(|function| function.awaits);
        let value = match argument {
            None => Typed::undefined(),
            Some(argument) if awaits || !self.is_promise(argument) => self.promise(argument)?,
            Some(argument) => return self.why_at("a promise that is returned to nobody", argument),
        };
        let depth = self.functions.len();
        let (result, tries, outermost) = match self.functions.last_mut() {
            Some(function) if function.kind.is_none_or(|kind| kind == value.kind) => {
                function.kind = Some(value.kind);
                (function.result, function.tries, false)
            }
            Some(_) if depth == 1 => (0, 0, true),
            _ => {
                let span = argument.map_or_else(oxc_span::Span::default, GetSpan::span);
                return Err(self.why("returns of different kinds", span));
            }
        };
        if outermost {
            // Nobody looks at what the test returns.
            self.push(Step::Eval(value.expr));
        } else {
            self.push(Step::Let(result, value.expr));
        }
        let exit = self.push(Step::Jump { to: 0, tries });
        if let Some(function) = self.functions.last_mut() {
            function.exits.push(exit);
        }
        Ok(())
    }

    fn throw(&mut self, thrown: &Expression<'_>) -> Compiled<()> {
        let place = self.place(thrown.span());
        match thrown {
            Expression::Identifier(name) => match self.lookup(name.name.as_str()) {
                Some(Binding::Slot { slot, kind: Kind::Error | Kind::Xhr, .. }) => {
                    let slot = *slot;
                    self.push(Step::Rethrow(slot));
                    Ok(())
                }
                _ => self.why_at("throwing this value", thrown),
            },
            Expression::NewExpression(new) => {
                let name = match &new.callee {
                    Expression::Identifier(name) if self.is_global(name.name.as_str()) => match name.name.as_str() {
                        "Error" => "Error",
                        "TypeError" => "TypeError",
                        "RangeError" => "RangeError",
                        _ => return self.why_at("throwing this value", thrown),
                    },
                    _ => return self.why_at("throwing this value", thrown),
                };
                self.error(name, new.arguments.as_slice(), place)
            }
            _ => self.why_at("throwing this value", thrown),
        }
    }

    fn error(&mut self, name: &'static str, arguments: &[oxc_ast::ast::Argument<'_>], place: Place) -> Compiled<()> {
        let (message, wraps) = match arguments {
            [] => (None, None),
            [argument] => {
                let Some(expression) = argument.as_expression() else {
                    return self.why_at("a spread argument", argument);
                };
                let value = self.promise(expression)?;
                match (value.kind, value.expr) {
                    (Kind::Error, Expr::Slot(slot)) => {
                        (Some(Expr::Error(slot, crate::port::plan::ErrorField::Text)), Some(slot))
                    }
                    (Kind::Data | Kind::Url, expr) => {
                        let mut origin = None;
                        expr.each_slot(&mut |slot| {
                            origin.get_or_insert(slot);
                        });
                        (Some(expr), origin)
                    }
                    _ => return self.why_at("an error about this value", expression),
                }
            }
            [_, second, ..] => return self.why_at("an error with options", second),
        };
        self.push(Step::Throw { name, message, wraps, place });
        Ok(())
    }

    fn try_statement(&mut self, statement: &TryStatement<'_>) -> Compiled<()> {
        let (Some(handler), None) = (&statement.handler, &statement.finalizer) else {
            return self.why_at("a `finally`", statement);
        };
        let error = self.slot();
        let attempt = self.push(Step::Try { catch: 0, error });
        self.tries += 1;
        self.nested(&statement.block)?;
        self.push(Step::EndTry);
        self.tries -= 1;
        let over = self.jump();
        let catch = self.here();
        self.aim(attempt, catch);
        self.enter();
        match handler.param.as_ref().map(|parameter| &parameter.pattern) {
            None => {}
            Some(BindingPattern::BindingIdentifier(name)) => {
                self.declare(name.name.as_str(), Binding::Slot { slot: error, kind: Kind::Error, assignable: false });
            }
            Some(pattern) => return self.why_at("a destructured error", pattern),
        }
        self.nested(&handler.body)?;
        self.leave();
        let end = self.here();
        self.aim(over, end);
        Ok(())
    }

    fn nested(&mut self, block: &BlockStatement<'_>) -> Compiled<()> {
        self.block(&block.body, None)
    }

    fn for_of(&mut self, statement: &ForOfStatement<'_>) -> Compiled<()> {
        if statement.r#await {
            return self.why_at("`for await`", statement);
        }
        let ForStatementLeft::VariableDeclaration(left) = &statement.left else {
            return self.why_at("a loop over an existing variable", statement);
        };
        let [declarator] = left.declarations.as_slice() else {
            return self.why_at("a loop over several variables", statement);
        };
        let text = self.text(statement.right.span()).to_owned();
        let list = self.promise(&statement.right)?;
        if list.kind != Kind::Data {
            return self.why_at("a loop over this value", &statement.right);
        }
        self.walk_list(list, text, false, |builder, item| {
            builder.enter();
            builder.bind(&declarator.id, item, left.kind != VariableDeclarationKind::Const)?;
            builder.branch(&statement.body)?;
            builder.leave();
            Ok(())
        })
    }

    /// A loop over an array: `for ... of`, or `forEach` when `method`.
    pub(super) fn walk_list(
        &mut self,
        list: Typed,
        text: String,
        method: bool,
        body: impl FnOnce(&mut Self, Typed) -> Compiled<()>,
    ) -> Compiled<()> {
        // A copy: the variable may get another value while the loop runs.
        let slot = self.slot();
        self.push(Step::Let(slot, list.expr));
        self.push(Step::Walkable { slot, text, method });
        let index = self.slot();
        self.push(Step::Let(index, Expr::Const(Value::Number(0.0))));
        let top = self.here();
        let list = || Box::new(Expr::Slot(slot));
        let at = || Box::new(Expr::Slot(index));
        let length =
            Expr::Member { object: list(), key: Box::new(Expr::Const(Value::from("length"))), optional: false };
        let more = self.push(Step::Unless {
            test: Expr::Binary {
                operator: Operator::Less,
                left: at(),
                right: Box::new(length),
                place: Place::default(),
            },
            to: 0,
        });
        let (tries, functions) = (self.tries, self.functions.len());
        self.loops.push(Loop { tries, functions, ..Loop::default() });
        let item = Expr::Member { object: list(), key: at(), optional: false };
        body(self, Typed::data(item))?;
        let next = self.here();
        self.push(Step::Let(
            index,
            Expr::Binary {
                operator: Operator::Add,
                left: at(),
                right: Box::new(Expr::Const(Value::Number(1.0))),
                place: Place::default(),
            },
        ));
        self.push(Step::Jump { to: top, tries });
        let end = self.here();
        self.aim(more, end);
        if let Some(done) = self.loops.pop() {
            done.continues.into_iter().for_each(|jump| self.aim(jump, next));
            done.breaks.into_iter().for_each(|jump| self.aim(jump, end));
        }
        Ok(())
    }

    fn leave_round(&mut self, breaks: bool, statement: &impl GetSpan) -> Compiled<()> {
        let functions = self.functions.len();
        let Some(tries) = self.loops.last().filter(|round| round.functions == functions).map(|round| round.tries)
        else {
            return self.why_at("`break` or `continue` here", statement);
        };
        let jump = self.push(Step::Jump { to: 0, tries });
        if let Some(round) = self.loops.last_mut() {
            if breaks { round.breaks.push(jump) } else { round.continues.push(jump) }
        }
        Ok(())
    }
}
