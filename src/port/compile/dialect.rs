//! The three ways in which a block gets the project's URL, and what the runner does with its value.

use oxc_ast::ast::{ArrowFunctionBody, Expression, FormalParameters, Program, Statement};

/// FORMAT.md section 4.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// `(getUserInput) => ...`: up to 2025-03.
    GetUserInput,
    /// `async () => ...` with the variable `code`: 2025.
    CodeFunction,
    /// A plain body with the variable `code`: today.
    CodeBody,
}

impl Dialect {
    /// The dialect of a block, from its text and whether it is one function expression.
    pub fn of(code: &str, is_function: bool) -> Self {
        if code.contains("getUserInput") {
            Self::GetUserInput
        } else if is_function {
            Self::CodeFunction
        } else {
            Self::CodeBody
        }
    }
}

/// The part of a block that runs, with how it is called.
pub(super) struct Shape<'p, 'a> {
    /// Its parameters, when it is a function that the runner calls.
    pub parameters: Option<&'p FormalParameters<'a>>,
    /// What runs.
    pub body: Body<'p, 'a>,
    /// Whether the value of the last statement is awaited.
    pub tail_awaited: bool,
    /// How it gets the URL.
    pub dialect: Dialect,
}

/// What runs.
pub(super) enum Body<'p, 'a> {
    /// Statements.
    Statements(&'p [Statement<'a>]),
    /// The expression of an arrow function: its value is returned.
    Expression(&'p Expression<'a>),
}

/// Finds the shape inside the wrapper function; `None` when the block closes the wrapper itself.
pub(super) fn shape<'p, 'a>(code: &str, program: &'p Program<'a>) -> Option<Shape<'p, 'a>> {
    let [Statement::ExpressionStatement(wrapper)] = program.body.as_slice() else { return None };
    let Expression::ArrowFunctionExpression(wrapper) = &wrapper.expression else { return None };
    let ArrowFunctionBody::FunctionBody(body) = &wrapper.body else { return None };
    let statements = body.statements.as_slice();
    let mut real = statements.iter().filter(|statement| !matches!(statement, Statement::EmptyStatement(_)));
    if let (Some(Statement::ExpressionStatement(only)), None) = (real.next(), real.next()) {
        let function = match &only.expression {
            Expression::ArrowFunctionExpression(arrow) => {
                let body = match &arrow.body {
                    ArrowFunctionBody::FunctionBody(body) => Body::Statements(body.statements.as_slice()),
                    expression => Body::Expression(expression.as_expression()?),
                };
                Some((&*arrow.params, body))
            }
            Expression::FunctionExpression(function) if !function.generator => {
                function.body.as_ref().map(|body| (&*function.params, Body::Statements(body.statements.as_slice())))
            }
            _ => None,
        };
        if let Some((parameters, body)) = function {
            let dialect = Dialect::of(code, true);
            return Some(Shape { parameters: Some(parameters), body, tail_awaited: false, dialect });
        }
    }
    let dialect = Dialect::of(code, false);
    let tail_awaited = dialect == Dialect::GetUserInput;
    Some(Shape { parameters: None, body: Body::Statements(statements), tail_awaited, dialect })
}
