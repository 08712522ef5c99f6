//! What an expression's value is for certain, from simple signs: literals, the language's own functions, answers.

use oxc_ast::AstKind;
use oxc_ast::ast::{
    Argument, BinaryOperator, BindingPattern, CallExpression, Expression, IdentifierReference, UnaryOperator,
};
use oxc_syntax::symbol::SymbolId;

use super::block::Block;

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A string.
    Text,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// A `RegExp`.
    Regex,
    /// An array.
    List,
    /// An object of a literal.
    Object,
    /// A function.
    Function,
    /// `undefined` or `null`.
    Nothing,
    /// A `Date`.
    Date,
    /// A promise.
    Promise,
    /// What `fetch` answers.
    Response,
    /// Anything.
    Unknown,
}

/// How many expressions are looked at for one question.
const MOST: usize = 48;

impl<'a> Block<'_, 'a> {
    /// What the value of an expression is.
    pub fn kind(&self, expression: &Expression<'a>) -> Kind {
        Look { block: self, left: MOST }.kind(expression)
    }

    /// The one expression that gives a name its value; `None` for parameters and for what is assigned to later.
    pub fn value_of(&self, name: &IdentifierReference<'a>) -> Option<&'a Expression<'a>> {
        let symbol = self.symbol(name)?;
        let scoping = self.semantic.scoping();
        if scoping.symbol_is_mutated(symbol) || !scoping.symbol_redeclarations(symbol).is_empty() {
            return None;
        }
        let AstKind::VariableDeclarator(declarator) = self.semantic.nodes().kind(scoping.symbol_declaration(symbol))
        else {
            return None;
        };
        let BindingPattern::BindingIdentifier(_) = &declarator.id else { return None };
        declarator.init.as_ref()
    }

    /// What declares a name.
    pub fn symbol(&self, name: &IdentifierReference<'a>) -> Option<SymbolId> {
        self.semantic.scoping().get_reference(name.reference_id.get()?).symbol_id()
    }
}

struct Look<'l, 'b, 'a> {
    block: &'l Block<'b, 'a>,
    left: usize,
}

impl<'a> Look<'_, '_, 'a> {
    fn kind(&mut self, expression: &Expression<'a>) -> Kind {
        let Some(left) = self.left.checked_sub(1) else { return Kind::Unknown };
        self.left = left;
        match expression {
            Expression::StringLiteral(_) | Expression::TemplateLiteral(_) => Kind::Text,
            Expression::NumericLiteral(_) => Kind::Number,
            Expression::BooleanLiteral(_) => Kind::Boolean,
            Expression::NullLiteral(_) => Kind::Nothing,
            Expression::RegExpLiteral(_) => Kind::Regex,
            Expression::ArrayExpression(_) => Kind::List,
            Expression::ObjectExpression(_) => Kind::Object,
            Expression::ArrowFunctionExpression(_) | Expression::FunctionExpression(_) => Kind::Function,
            Expression::UnaryExpression(unary) => match unary.operator {
                UnaryOperator::LogicalNot | UnaryOperator::Delete => Kind::Boolean,
                UnaryOperator::Typeof => Kind::Text,
                UnaryOperator::UnaryPlus => Kind::Number,
                UnaryOperator::Void => Kind::Nothing,
                UnaryOperator::UnaryNegation | UnaryOperator::BitwiseNot => self.only(&unary.argument, Kind::Number),
            },
            Expression::BinaryExpression(binary) => self.binary(binary.operator, &binary.left, &binary.right),
            Expression::LogicalExpression(logical) => self.both(&logical.left, &logical.right),
            Expression::ConditionalExpression(choice) => self.both(&choice.consequent, &choice.alternate),
            Expression::AwaitExpression(wait) => self.settled(&wait.argument),
            Expression::Identifier(name) => self.name(name),
            Expression::NewExpression(new) => match &new.callee {
                Expression::Identifier(class) if self.block.is_global(class) => match class.name.as_str() {
                    "Date" => Kind::Date,
                    "RegExp" => Kind::Regex,
                    "Promise" => Kind::Promise,
                    "Array" => Kind::List,
                    "Response" => Kind::Response,
                    _ => Kind::Unknown,
                },
                _ => Kind::Unknown,
            },
            Expression::StaticMemberExpression(member) => self.property(&member.object, &member.property.name),
            Expression::CallExpression(call) if !call.optional => self.call(call),
            _ => Kind::Unknown,
        }
    }

    fn only(&mut self, expression: &Expression<'a>, kind: Kind) -> Kind {
        if self.kind(expression) == kind { kind } else { Kind::Unknown }
    }

    fn both(&mut self, left: &Expression<'a>, right: &Expression<'a>) -> Kind {
        let kind = self.kind(left);
        if kind == Kind::Unknown { kind } else { self.only(right, kind) }
    }

    fn binary(&mut self, operator: BinaryOperator, left: &Expression<'a>, right: &Expression<'a>) -> Kind {
        if operator.is_equality() || operator.is_compare() || operator.is_relational() {
            return Kind::Boolean;
        }
        let (left, right) = (self.kind(left), self.kind(right));
        match (operator, left, right) {
            (BinaryOperator::Addition, Kind::Text, _) | (BinaryOperator::Addition, _, Kind::Text) => Kind::Text,
            (BinaryOperator::Addition, Kind::Number, Kind::Number) => Kind::Number,
            (BinaryOperator::Addition, _, _) => Kind::Unknown,
            // Large integers and numbers do not mix.
            (_, Kind::Number, _) | (_, _, Kind::Number) => Kind::Number,
            _ => Kind::Unknown,
        }
    }

    fn name(&mut self, name: &IdentifierReference<'a>) -> Kind {
        if self.block.is_global(name) {
            return match name.name.as_str() {
                "undefined" => Kind::Nothing,
                "NaN" | "Infinity" => Kind::Number,
                "code" => Kind::Text,
                _ => Kind::Unknown,
            };
        }
        self.block.value_of(name).map_or(Kind::Unknown, |value| self.kind(value))
    }

    fn property(&mut self, object: &Expression<'a>, name: &str) -> Kind {
        match (name, self.kind(object)) {
            ("length", Kind::Text | Kind::List) | ("status", Kind::Response) => Kind::Number,
            ("ok" | "redirected" | "bodyUsed", Kind::Response) => Kind::Boolean,
            ("statusText" | "type" | "url", Kind::Response) | ("source" | "flags", Kind::Regex) => Kind::Text,
            _ => Kind::Unknown,
        }
    }

    fn call(&mut self, call: &CallExpression<'a>) -> Kind {
        match &call.callee {
            Expression::Identifier(name) if self.block.is_global(name) => match name.name.as_str() {
                "String" | "getUserInput" | "encodeURIComponent" | "encodeURI" | "decodeURIComponent" | "btoa" => {
                    Kind::Text
                }
                "Number" | "parseInt" | "parseFloat" => Kind::Number,
                "Boolean" | "isNaN" | "isFinite" => Kind::Boolean,
                "fetch" => Kind::Promise,
                "RegExp" => Kind::Regex,
                "Array" => Kind::List,
                _ => Kind::Unknown,
            },
            Expression::StaticMemberExpression(member) if !member.optional => {
                let method = member.property.name.as_str();
                match &member.object {
                    Expression::Identifier(object) if self.block.is_global(object) && object.name != "code" => {
                        of_static(object.name.as_str(), method)
                    }
                    object => {
                        let object = self.kind(object);
                        of_method(object, method, call.arguments.first())
                    }
                }
            }
            _ => Kind::Unknown,
        }
    }

    /// What waiting for an expression gives.
    fn settled(&mut self, expression: &Expression<'a>) -> Kind {
        let Some(left) = self.left.checked_sub(1) else { return Kind::Unknown };
        self.left = left;
        match expression {
            Expression::Identifier(name) if !self.block.is_global(name) => {
                self.block.value_of(name).map_or(Kind::Unknown, |value| self.settled(value))
            }
            Expression::CallExpression(call) if self.block.is_the_global(&call.callee, "fetch") => Kind::Response,
            Expression::CallExpression(call) => match &call.callee {
                Expression::StaticMemberExpression(member)
                    if member.property.name == "text" && self.kind(&member.object) == Kind::Response =>
                {
                    Kind::Text
                }
                _ => self.at_once(expression),
            },
            _ => self.at_once(expression),
        }
    }

    fn at_once(&mut self, expression: &Expression<'a>) -> Kind {
        match self.kind(expression) {
            Kind::Promise => Kind::Unknown,
            kind => kind,
        }
    }
}

/// What `Math.max(..)` and the like give.
fn of_static(object: &str, method: &str) -> Kind {
    match (object, method) {
        ("Math", _)
        | ("Date", "now" | "parse" | "UTC")
        | ("performance", "now")
        | ("Number", "parseInt" | "parseFloat") => Kind::Number,
        ("Array", "isArray") | ("Number", "isInteger" | "isNaN" | "isFinite" | "isSafeInteger") | ("Object", "is") => {
            Kind::Boolean
        }
        ("Array", "from" | "of")
        | ("Object", "keys" | "values" | "entries" | "getOwnPropertyNames" | "getOwnPropertySymbols") => Kind::List,
        ("String", "fromCharCode" | "fromCodePoint" | "raw") => Kind::Text,
        ("Promise", "all" | "allSettled" | "any" | "race" | "resolve" | "reject") => Kind::Promise,
        _ => Kind::Unknown,
    }
}

/// What a method of a value gives.
fn of_method(object: Kind, method: &str, first: Option<&Argument<'_>>) -> Kind {
    match (object, method) {
        (Kind::Text, "split") => Kind::List,
        (Kind::Text, "indexOf" | "lastIndexOf" | "search" | "charCodeAt" | "localeCompare") => Kind::Number,
        (
            Kind::Text,
            "charAt" | "concat" | "normalize" | "padEnd" | "padStart" | "repeat" | "replace" | "replaceAll" | "slice"
            | "substr" | "substring" | "toLowerCase" | "toUpperCase" | "trim" | "trimEnd" | "trimStart",
        )
        | (Kind::List, "join")
        | (Kind::Number, "toFixed" | "toPrecision" | "toExponential")
        | (
            Kind::Date,
            "toISOString" | "toUTCString" | "toDateString" | "toTimeString" | "toLocaleDateString"
            | "toLocaleTimeString",
        ) => Kind::Text,
        (Kind::Date, "getTime" | "valueOf") | (Kind::List, "indexOf" | "lastIndexOf" | "findIndex" | "push") => {
            Kind::Number
        }
        (Kind::List, "map" | "filter" | "slice" | "concat" | "sort" | "reverse" | "flat" | "flatMap" | "splice") => {
            Kind::List
        }
        (Kind::Text, "includes" | "startsWith" | "endsWith")
        | (Kind::List, "every" | "some" | "includes")
        | (Kind::Regex, "test") => Kind::Boolean,
        (Kind::Response, "text" | "json" | "blob" | "arrayBuffer" | "formData" | "bytes")
        | (Kind::Promise, "then" | "catch" | "finally") => Kind::Promise,
        (Kind::Response, "clone") => Kind::Response,
        // Objects of the test's own may have another meaning of it, but hardly with no argument.
        (_, "toString") if first.is_none() => Kind::Text,
        _ => Kind::Unknown,
    }
}
