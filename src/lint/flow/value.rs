//! What is known of a value without running anything.

use std::rc::Rc;

use oxc_ast::ast::{
    ArrowFunctionBody, ArrowFunctionExpression, Expression, FormalParameters, Function, RegExpLiteral, Statement,
};
use oxc_span::Span;

use super::graph::Node;
use crate::verdict::Value as Data;

/// What is known of a value.
#[derive(Debug, Clone)]
pub(super) enum Value<'a> {
    /// Nothing.
    Unknown,
    /// All of it.
    Const(Constant<'a>),
    /// A regular expression as written.
    Regex(&'a RegExpLiteral<'a>),
    /// That it is there: neither `undefined` nor `null`, and no promise.
    Solid(Kind),
    /// A promise.
    Promise(Pending<'a>),
    /// An array with promises in it.
    Promises(Node, bool),
    /// A function of the block.
    Function(Callable<'a>),
    /// `assert` (the empty name) or a method of it.
    Assert(&'a str),
    /// A name that the block does not declare.
    Global(&'a str),
    /// A function that does nothing a test would notice: `console.log`.
    Quiet,
    /// The functions that settle a promise, by the number of its executor.
    Resolve(usize),
    /// As above.
    Reject(usize),
}

/// A promise, and what comes of it.
#[derive(Debug, Clone)]
pub(super) struct Pending<'a> {
    /// Where its rejection goes from.
    pub(super) node: Node,
    /// Whether it is fulfilled only after something was checked.
    pub(super) checks: bool,
    /// What it is fulfilled with.
    pub(super) value: Rc<Value<'a>>,
}

/// A value that is written in the test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Constant<'a> {
    Undefined,
    Null,
    Bool(bool),
    Number(f64),
    Text(&'a str),
}

/// Sorts of values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Number,
    Bool,
    /// An array.
    List,
    /// An array with something in it.
    Items,
    Object,
    Date,
    Error,
    Response,
    /// An object of the page, by the name of its class.
    Host(&'static str),
}

/// A function of the block.
#[derive(Debug, Clone, Copy)]
pub(super) enum Callable<'a> {
    Arrow(&'a ArrowFunctionExpression<'a>),
    Function(&'a Function<'a>),
}

/// What a function does.
pub(super) enum Body<'a> {
    Statements(&'a [Statement<'a>]),
    Expression(&'a Expression<'a>),
}

impl<'a> Callable<'a> {
    pub(super) fn span(self) -> Span {
        match self {
            Self::Arrow(arrow) => arrow.span,
            Self::Function(function) => function.span,
        }
    }

    pub(super) fn is_async(self) -> bool {
        match self {
            Self::Arrow(arrow) => arrow.r#async,
            Self::Function(function) => function.r#async,
        }
    }

    pub(super) fn is_generator(self) -> bool {
        matches!(self, Self::Function(function) if function.generator)
    }

    pub(super) fn parameters(self) -> &'a FormalParameters<'a> {
        match self {
            Self::Arrow(arrow) => &arrow.params,
            Self::Function(function) => &function.params,
        }
    }

    pub(super) fn body(self) -> Body<'a> {
        match self {
            Self::Arrow(arrow) => match &arrow.body {
                ArrowFunctionBody::FunctionBody(body) => Body::Statements(&body.statements),
                body => body.as_expression().map_or(Body::Statements(&[]), Body::Expression),
            },
            Self::Function(function) => {
                Body::Statements(function.body.as_ref().map_or(&[], |body| body.statements.as_slice()))
            }
        }
    }
}

impl Constant<'_> {
    pub(super) fn truth(self) -> bool {
        match self {
            Self::Undefined | Self::Null => false,
            Self::Bool(value) => value,
            Self::Number(value) => value != 0.0 && !value.is_nan(),
            Self::Text(text) => !text.is_empty(),
        }
    }

    pub(super) fn is_nothing(self) -> bool {
        matches!(self, Self::Undefined | Self::Null)
    }

    pub(super) fn data(self) -> Data {
        match self {
            Self::Undefined => Data::Undefined,
            Self::Null => Data::Null,
            Self::Bool(value) => Data::Bool(value),
            Self::Number(value) => Data::Number(value),
            Self::Text(text) => Data::String(text.into()),
        }
    }
}

impl Value<'_> {
    pub(super) const UNDEFINED: Self = Self::Const(Constant::Undefined);
    pub(super) const TEXT: Self = Self::Solid(Kind::Text);

    /// Whether it is truthy, where that is certain.
    pub(super) fn truth(&self) -> Option<bool> {
        match self {
            Self::Const(constant) => Some(constant.truth()),
            Self::Solid(Kind::Text | Kind::Number | Kind::Bool) | Self::Unknown => None,
            Self::Global(name) => super::builtin::is_known(name).then_some(true),
            _ => Some(true),
        }
    }

    pub(super) fn is_text(&self) -> bool {
        matches!(self, Self::Const(Constant::Text(_)) | Self::Solid(Kind::Text))
    }

    /// Whether properties of it can be read without an error.
    pub(super) fn is_there(&self) -> bool {
        match self {
            Self::Unknown => false,
            Self::Const(constant) => !constant.is_nothing(),
            _ => true,
        }
    }
}
