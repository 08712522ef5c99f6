//! Expressions: what they may throw, and what is known of their value.

use oxc_ast::ast::{
    ArrayExpression, ArrayExpressionElement, BinaryExpression, ChainElement, Class, Expression, LogicalExpression,
    ObjectExpression, ObjectPropertyKind, TemplateLiteral, UnaryExpression,
};
use oxc_span::{GetSpan, Span};
use oxc_syntax::operator::{BinaryOperator, LogicalOperator, UnaryOperator};

use super::builtin;
use super::graph::{Kind as Place, Node, What};
use super::value::{Callable, Constant, Kind, Pending, Value};
use super::walk::{Ended, Role, State, Walker};

impl<'a> Walker<'_, 'a> {
    pub(super) fn expression(&mut self, expression: &'a Expression<'a>) -> Value<'a> {
        self.deeper(expression.span(), |walker| walker.shallow(expression))
    }

    fn shallow(&mut self, expression: &'a Expression<'a>) -> Value<'a> {
        match expression {
            Expression::BooleanLiteral(it) => Value::Const(Constant::Bool(it.value)),
            Expression::NullLiteral(_) => Value::Const(Constant::Null),
            Expression::NumericLiteral(it) => Value::Const(Constant::Number(it.value)),
            Expression::StringLiteral(it) => Value::Const(Constant::Text(it.value.as_str())),
            Expression::RegExpLiteral(it) => Value::Regex(it),
            Expression::BigIntLiteral(_) => Value::Solid(Kind::Number),
            Expression::TemplateLiteral(it) => self.template(it),
            Expression::Identifier(it) => self.name(it),
            Expression::ThisExpression(_) => Value::Solid(Kind::Object),
            Expression::ArrayExpression(it) => self.array(it),
            Expression::ObjectExpression(it) => self.object(it, None),
            Expression::ArrowFunctionExpression(it) => Value::Function(Callable::Arrow(it)),
            Expression::FunctionExpression(it) => Value::Function(Callable::Function(it)),
            Expression::AwaitExpression(it) => {
                let value = self.expression(&it.argument);
                self.awaits |= self.frame.role == Role::Main;
                self.waited(value, it.span)
            }
            Expression::CallExpression(it) => self.call(it),
            Expression::NewExpression(it) => self.construct(it),
            Expression::StaticMemberExpression(it) => {
                let object = self.expression(&it.object);
                self.read(&object, Some(it.property.name.as_str()), it.optional, it.span)
            }
            Expression::ComputedMemberExpression(it) => {
                let object = self.expression(&it.object);
                let key = self.expression(&it.expression);
                match key {
                    Value::Const(Constant::Text(name)) => self.read(&object, Some(name), it.optional, it.span),
                    _ => self.read(&object, None, it.optional, it.span),
                }
            }
            Expression::PrivateFieldExpression(it) => {
                self.expression(&it.object);
                self.fail(What::Other, it.span);
                Value::Unknown
            }
            Expression::ChainExpression(it) => match &it.expression {
                ChainElement::CallExpression(call) => self.call(call),
                ChainElement::StaticMemberExpression(it) => {
                    let object = self.expression(&it.object);
                    self.read(&object, Some(it.property.name.as_str()), it.optional, it.span)
                }
                ChainElement::ComputedMemberExpression(it) => {
                    let object = self.expression(&it.object);
                    self.expression(&it.expression);
                    self.read(&object, None, it.optional, it.span)
                }
                _ => self.strange_expression(expression.span()),
            },
            Expression::AssignmentExpression(it) => self.assignment(it),
            Expression::UpdateExpression(it) => {
                self.target(&it.argument, Value::Solid(Kind::Number));
                Value::Solid(Kind::Number)
            }
            Expression::UnaryExpression(it) => self.unary(it),
            Expression::BinaryExpression(it) => self.binary(it),
            Expression::LogicalExpression(it) => self.logical(it),
            Expression::ConditionalExpression(it) => {
                let truth = self.expression(&it.test).truth();
                let before = self.state;
                match truth {
                    Some(true) => return self.expression(&it.consequent),
                    Some(false) => return self.expression(&it.alternate),
                    None => {}
                }
                let one = self.expression(&it.consequent);
                let holds = std::mem::replace(&mut self.state, before);
                let other = self.expression(&it.alternate);
                self.fork(holds, it.test.span());
                self.either(one, other)
            }
            Expression::SequenceExpression(it) => {
                let mut last = Value::UNDEFINED;
                for expression in &it.expressions {
                    last = self.expression(expression);
                }
                last
            }
            Expression::TaggedTemplateExpression(it) => {
                let tag = self.expression(&it.tag);
                self.give_away(&tag);
                self.template(&it.quasi);
                self.strange_expression(it.span)
            }
            Expression::ClassExpression(it) => {
                self.class(it);
                Value::Unknown
            }
            Expression::ParenthesizedExpression(it) => self.expression(&it.expression),
            other => self.strange_expression(other.span()),
        }
    }

    fn strange_expression(&mut self, at: Span) -> Value<'a> {
        self.stranger(at);
        Value::Unknown
    }

    /// What is awaited: its rejection is thrown here.
    pub(super) fn waited(&mut self, value: Value<'a>, at: Span) -> Value<'a> {
        match value {
            Value::Promise(Pending { node, checks, value }) => {
                self.graph.edge(node, self.error);
                self.state.checked |= checks;
                (*value).clone()
            }
            Value::Unknown | Value::Global(_) => {
                self.fail(What::Other, at);
                Value::Unknown
            }
            // An array of promises is no promise: this waits for nothing.
            value => value,
        }
    }

    /// A property; reading one of nothing is an error.
    fn read(&mut self, object: &Value<'a>, name: Option<&'a str>, optional: bool, at: Span) -> Value<'a> {
        if !optional && !object.is_there() {
            self.fail(What::Other, at);
        }
        match name {
            Some(name) => Self::property(object, name),
            None => match object {
                Value::Promises(node, checks) => Self::pending(*node, *checks, Value::Unknown),
                _ => Value::Unknown,
            },
        }
    }

    /// What is known of a property.
    pub(super) fn property(object: &Value<'a>, name: &str) -> Value<'a> {
        match object {
            Value::Solid(kind) => builtin::property(*kind, name),
            Value::Const(Constant::Text(_)) => builtin::property(Kind::Text, name),
            Value::Promises(node, checks) if name.parse::<u32>().is_ok() => {
                Self::pending(*node, *checks, Value::Unknown)
            }
            Value::Assert("") => super::assertion::method(name).map_or(Value::Unknown, Value::Assert),
            Value::Global("chai") if name == "assert" => Value::Assert(""),
            Value::Global("console") => Value::Quiet,
            _ => Value::Unknown,
        }
    }

    fn template(&mut self, it: &'a TemplateLiteral<'a>) -> Value<'a> {
        for expression in &it.expressions {
            self.expression(expression);
        }
        match (it.expressions.is_empty(), it.quasis.first().and_then(|quasi| quasi.value.cooked.as_ref())) {
            (true, Some(text)) => Value::Const(Constant::Text(text.as_str())),
            _ => Value::TEXT,
        }
    }

    fn array(&mut self, it: &'a ArrayExpression<'a>) -> Value<'a> {
        let mut promises: Option<(Node, bool)> = None;
        let mut certain = false;
        for element in &it.elements {
            match element {
                ArrayExpressionElement::SpreadElement(spread) => {
                    let value = self.expression(&spread.argument);
                    match value {
                        Value::Promises(node, checks) => self.gather(&mut promises, node, checks, it.span),
                        Value::Solid(Kind::List | Kind::Items | Kind::Text) => {}
                        other => {
                            self.fail(What::Other, spread.span);
                            self.give_away(&other);
                        }
                    }
                }
                ArrayExpressionElement::Elision(_) => {}
                element => {
                    let Some(expression) = element.as_expression() else { continue };
                    certain = true;
                    match self.expression(expression) {
                        Value::Promise(Pending { node, checks, .. }) => {
                            self.gather(&mut promises, node, checks, it.span);
                        }
                        Value::Function(callee) => self.give_away(&Value::Function(callee)),
                        _ => {}
                    }
                }
            }
        }
        match promises {
            Some((node, checks)) => Value::Promises(node, checks),
            None if certain => Value::Solid(Kind::Items),
            None => Value::Solid(Kind::List),
        }
    }

    fn gather(&mut self, all: &mut Option<(Node, bool)>, node: Node, checks: bool, at: Span) {
        let (joint, any) = *all.get_or_insert_with(|| (self.promise(super::graph::Form::Plain, at), false));
        self.graph.edge(node, joint);
        *all = Some((joint, any || checks));
    }

    /// An object; `owner`: the promise that rejects when one of its functions throws.
    pub(super) fn object(&mut self, it: &'a ObjectExpression<'a>, owner: Option<Node>) -> Value<'a> {
        for property in &it.properties {
            match property {
                ObjectPropertyKind::ObjectProperty(property) => {
                    if property.computed
                        && let Some(key) = property.key.as_expression()
                    {
                        self.expression(key);
                    }
                    match (self.expression(&property.value), owner) {
                        (Value::Function(callee), Some(owner)) => self.called_for(callee, owner, &[]),
                        (value, _) => self.give_away(&value),
                    }
                }
                ObjectPropertyKind::SpreadProperty(spread) => {
                    let value = self.expression(&spread.argument);
                    self.give_away(&value);
                }
            }
        }
        Value::Solid(Kind::Object)
    }

    fn unary(&mut self, it: &'a UnaryExpression<'a>) -> Value<'a> {
        let value = self.expression(&it.argument);
        match (it.operator, value) {
            (UnaryOperator::Void, _) => Value::UNDEFINED,
            (UnaryOperator::Typeof, _) => Value::TEXT,
            (UnaryOperator::LogicalNot, value) => match value.truth() {
                Some(truth) => Value::Const(Constant::Bool(!truth)),
                None => Value::Solid(Kind::Bool),
            },
            (UnaryOperator::UnaryNegation, Value::Const(Constant::Number(number))) => {
                Value::Const(Constant::Number(-number))
            }
            (UnaryOperator::Delete, _) => Value::Solid(Kind::Bool),
            _ => Value::Solid(Kind::Number),
        }
    }

    fn binary(&mut self, it: &'a BinaryExpression<'a>) -> Value<'a> {
        let left = self.expression(&it.left);
        let right = self.expression(&it.right);
        match it.operator {
            BinaryOperator::In | BinaryOperator::Instanceof => {
                if !matches!(right, Value::Solid(_) | Value::Global(_) | Value::Function(_)) {
                    self.fail(What::Other, it.span);
                }
                Value::Solid(Kind::Bool)
            }
            operator if operator.is_equality() || operator.is_compare() => compared(operator, &left, &right),
            BinaryOperator::Addition => match (&left, &right) {
                (Value::Const(Constant::Text(_)) | Value::Solid(Kind::Text), _)
                | (_, Value::Const(Constant::Text(_)) | Value::Solid(Kind::Text)) => Value::TEXT,
                (Value::Const(Constant::Number(one)), Value::Const(Constant::Number(other))) => {
                    Value::Const(Constant::Number(one + other))
                }
                _ => Value::Unknown,
            },
            _ => Value::Solid(Kind::Number),
        }
    }

    fn logical(&mut self, it: &'a LogicalExpression<'a>) -> Value<'a> {
        let left = self.expression(&it.left);
        let before = self.state;
        let runs = match (it.operator, left.truth()) {
            (LogicalOperator::And, truth) => truth,
            (LogicalOperator::Or, truth) => truth.map(|truth| !truth),
            (LogicalOperator::Coalesce, _) if left.is_there() => Some(false),
            (LogicalOperator::Coalesce, _) => None,
        };
        match runs {
            Some(true) => return self.expression(&it.right),
            Some(false) => return left,
            None => {}
        }
        let right = self.expression(&it.right);
        let ran = std::mem::replace(&mut self.state, before);
        if it.operator == LogicalOperator::And {
            self.fork(ran, it.left.span());
        } else {
            let skipped = std::mem::replace(&mut self.state, ran);
            self.fork(skipped, it.left.span());
        }
        if it.operator == LogicalOperator::Or && left.truth().is_none() && right.is_there() {
            // `x || {}` is there; a promise among them stays one.
            return match right {
                right @ (Value::Promise(_) | Value::Promises(..) | Value::Function(_)) => self.either(left, right),
                _ => Value::Unknown,
            };
        }
        self.either(left, right)
    }

    /// A class: its methods are not followed.
    pub(super) fn class(&mut self, it: &'a Class<'a>) {
        self.fail(What::Other, it.span);
        self.strange = true;
    }

    /// A function that is called when an answer, an event or a time comes; nobody sees what it throws.
    pub(super) fn handler(&mut self, value: &Value<'a>, at: Span, timer: bool) {
        match value {
            Value::Function(callee) => {
                let node = self.graph.node(Place::Handler { timer }, at, self.stall);
                let certain = self.certain && timer;
                let before = std::mem::replace(&mut self.certain, certain);
                self.called_for(*callee, node, &[]);
                self.certain = before;
            }
            Value::Resolve(index) if timer => {
                if let Some(executor) = self.executors.get_mut(*index) {
                    executor.sure = true;
                }
            }
            Value::Reject(index) => {
                if let Some(node) = self.executors.get(*index).map(|executor| executor.node) {
                    self.graph.fail(What::Throw, at, node);
                }
            }
            _ => {}
        }
    }

    /// Walks a function whose errors come to `node`. Nobody looks at what it returns.
    pub(super) fn called_for(&mut self, callee: Callable<'a>, node: Node, arguments: &[Value<'a>]) {
        let summary = self.summary(callee, Role::Other, arguments);
        self.graph.edge(summary.error, node);
    }

    /// What follows on a certain error.
    pub(super) fn thrown(&mut self, at: Span) {
        self.fail(What::Throw, at);
        self.state = State { ended: Ended::Threw, ..self.state };
    }
}

/// A comparison; of two values that are written in the test, its result.
fn compared<'a>(operator: BinaryOperator, left: &Value<'a>, right: &Value<'a>) -> Value<'a> {
    let (Value::Const(left), Value::Const(right)) = (left, right) else { return Value::Solid(Kind::Bool) };
    let same_kind = std::mem::discriminant(left) == std::mem::discriminant(right);
    let result = match operator {
        BinaryOperator::StrictEquality => Some(left == right),
        BinaryOperator::StrictInequality => Some(left != right),
        BinaryOperator::Equality if same_kind => Some(left == right),
        BinaryOperator::Inequality if same_kind => Some(left != right),
        _ => None,
    };
    result.map_or(Value::Solid(Kind::Bool), |result| Value::Const(Constant::Bool(result)))
}
