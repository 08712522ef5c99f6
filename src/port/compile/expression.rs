//! Expressions without a promise of their own.

use oxc_ast::ast::{BinaryExpression, ChainElement, Expression};
use oxc_span::GetSpan;
use oxc_syntax::operator::{BinaryOperator, LogicalOperator, UnaryOperator};

use super::builder::{Binding, Builder, Compiled, Kind, Typed};
use super::dialect::Dialect;
use crate::port::plan::{ErrorField, Expr, Operator, ResponseField};
use crate::verdict::Value;

impl Builder<'_> {
    /// The value of an expression; awaits inside it become steps before it.
    pub(super) fn value(&mut self, expression: &Expression<'_>) -> Compiled<Typed> {
        Ok(match expression {
            // Octal numbers and escapes of old are errors in strict mode, which the parser leaves to others.
            Expression::StringLiteral(text)
                if text
                    .raw
                    .is_some_and(|raw| raw.as_bytes().windows(2).any(|two| matches!(two, [b'\\', b'0'..=b'9']))) =>
            {
                return self.why_at("an escape by number", expression);
            }
            Expression::NumericLiteral(number)
                if number.raw.is_some_and(|raw| {
                    raw.len() > 1 && raw.bytes().all(|byte| byte.is_ascii_digit()) && raw.starts_with('0')
                }) =>
            {
                return self.why_at("a number with a zero in front", expression);
            }
            Expression::StringLiteral(text) if !text.lone_surrogates => {
                Typed::data(Expr::Const(Value::from(text.value.as_str())))
            }
            Expression::NumericLiteral(number) => Typed::data(Expr::Const(Value::Number(number.value))),
            Expression::BooleanLiteral(value) => Typed::data(Expr::Const(Value::Bool(value.value))),
            Expression::NullLiteral(_) => Typed::data(Expr::Const(Value::Null)),
            Expression::TemplateLiteral(template) => Typed::data(self.template(template)?),
            Expression::ArrayExpression(array) => Typed::data(self.array(array)?),
            Expression::ObjectExpression(object) => Typed::data(Expr::Object(self.object(object)?)),
            Expression::Identifier(name) => self.identifier(name.name.as_str(), expression)?,
            Expression::StaticMemberExpression(member) => {
                let object = self.promise(&member.object)?;
                self.member(object, member.property.name.as_str(), member.optional, expression)?
            }
            Expression::ComputedMemberExpression(member) => {
                let object = self.promise(&member.object)?;
                if object.kind != Kind::Data {
                    return self.why_at("a computed property of this value", expression);
                }
                self.conditional += usize::from(member.optional);
                let key = self.data_after(&object.expr, &member.expression)?;
                self.conditional -= usize::from(member.optional);
                Typed::data(Expr::Member {
                    object: Box::new(object.expr),
                    key: Box::new(key),
                    optional: member.optional,
                })
            }
            Expression::ChainExpression(chain) => self.chain(&chain.expression, expression)?,
            Expression::BinaryExpression(binary) => Typed::data(self.binary(binary)?),
            Expression::LogicalExpression(logical) => {
                let left = Box::new(self.condition_part(&logical.left)?);
                self.conditional += 1;
                let right = Box::new(self.condition_part(&logical.right)?);
                self.conditional -= 1;
                Typed::data(match logical.operator {
                    LogicalOperator::And => Expr::And(left, right),
                    LogicalOperator::Or => Expr::Or(left, right),
                    LogicalOperator::Coalesce => Expr::Coalesce(left, right),
                })
            }
            Expression::ConditionalExpression(conditional) => {
                let test = Box::new(self.condition(&conditional.test)?);
                self.conditional += 1;
                let yes = Box::new(self.data(&conditional.consequent)?);
                let no = Box::new(self.data(&conditional.alternate)?);
                self.conditional -= 1;
                Typed::data(Expr::Conditional(test, yes, no))
            }
            Expression::UnaryExpression(unary) => {
                let inner = if unary.operator == UnaryOperator::LogicalNot {
                    self.condition(&unary.argument)?
                } else {
                    self.data(&unary.argument)?
                };
                Typed::data(match (unary.operator, inner) {
                    (UnaryOperator::LogicalNot, inner) => Expr::Not(Box::new(inner)),
                    (UnaryOperator::UnaryNegation, Expr::Const(Value::Number(number))) => {
                        Expr::Const(Value::Number(-number))
                    }
                    (UnaryOperator::UnaryNegation, inner) => Expr::Negate(Box::new(inner)),
                    (UnaryOperator::UnaryPlus, inner) => Expr::ToNumber(Box::new(inner)),
                    (UnaryOperator::Typeof, inner) => Expr::TypeOf(Box::new(inner)),
                    _ => return self.why_at("this operator", expression),
                })
            }
            Expression::CallExpression(call) => self.call(call)?,
            Expression::NewExpression(new) => self.new_expression(new)?,
            Expression::AwaitExpression(_) => self.promise(expression)?,
            Expression::RegExpLiteral(_) => return self.why_at("a regular expression as a value", expression),
            Expression::ArrowFunctionExpression(_) | Expression::FunctionExpression(_) => {
                return self.why_at("a function", expression);
            }
            Expression::AssignmentExpression(_) | Expression::UpdateExpression(_) => {
                return self.why_at("an assignment inside an expression", expression);
            }
            _ => return self.why_at("this kind of expression", expression),
        })
    }

    /// Like [`Builder::value`], for a place that takes plain data only.
    pub(super) fn data(&mut self, expression: &Expression<'_>) -> Compiled<Expr> {
        let value = self.promise(expression)?;
        match value.kind {
            Kind::Data => Ok(value.expr),
            Kind::Url => self.why_at("a URL as a value", expression),
            Kind::Response => self.why_at("a response as a value", expression),
            Kind::Xhr => self.why_at("a jqXHR as a value", expression),
            Kind::Error => self.why_at("an error as a value", expression),
            Kind::Match => self.why_at("the result of `match` as a value", expression),
        }
    }

    /// An operand of `&&` or `||`.
    fn condition_part(&mut self, expression: &Expression<'_>) -> Compiled<Expr> {
        let value = self.promise(expression)?;
        match value.kind {
            Kind::Data | Kind::Match => Ok(value.expr),
            _ => self.why_at("this value in a condition", expression),
        }
    }

    /// Plain data that is evaluated after `before`: an await in it would change the order.
    pub(super) fn data_after(&mut self, before: &Expr, expression: &Expression<'_>) -> Compiled<Expr> {
        let steps = self.here();
        let value = self.data(expression)?;
        if self.here() != steps && !trivial(before) {
            return self.why_at("an await after another operation of the same expression", expression);
        }
        Ok(value)
    }

    /// Several values in order.
    pub(super) fn datas(&mut self, expressions: &[&Expression<'_>]) -> Compiled<Vec<Expr>> {
        self.ordered(expressions, Self::data)
    }

    /// Several values that become text: URLs may be among them.
    pub(super) fn texts(&mut self, expressions: &[&Expression<'_>]) -> Compiled<Vec<Expr>> {
        self.ordered(expressions, Self::textual)
    }

    fn ordered(
        &mut self,
        expressions: &[&Expression<'_>],
        compile: fn(&mut Self, &Expression<'_>) -> Compiled<Expr>,
    ) -> Compiled<Vec<Expr>> {
        let mut values: Vec<Expr> = Vec::with_capacity(expressions.len());
        for expression in expressions {
            let steps = self.here();
            let value = compile(self, expression)?;
            if self.here() != steps && !values.iter().all(trivial) {
                return self.why_at("an await after another operation of the same expression", *expression);
            }
            values.push(value);
        }
        Ok(values)
    }

    /// A value that is turned into text: data, a URL, or a caught error.
    pub(super) fn textual(&mut self, expression: &Expression<'_>) -> Compiled<Expr> {
        let value = self.promise(expression)?;
        match (value.kind, value.expr) {
            (Kind::Data | Kind::Url, expr) => Ok(expr),
            (Kind::Error, Expr::Slot(slot)) => Ok(Expr::Error(slot, ErrorField::Text)),
            _ => self.why_at("the text of this value", expression),
        }
    }

    fn identifier(&mut self, name: &str, node: &impl GetSpan) -> Compiled<Typed> {
        match self.lookup(name) {
            Some(Binding::Slot { slot, kind, .. }) => Ok(Typed { expr: Expr::Slot(*slot), kind: *kind }),
            Some(Binding::Pending) => self.why_at(format!("`{name}` before its declaration"), node),
            Some(Binding::GetUserInput) => self.why_at("`getUserInput` as a value", node),
            Some(Binding::Regex(_)) => self.why_at("a regular expression as a value", node),
            None => match name {
                "undefined" => Ok(Typed::undefined()),
                "NaN" => Ok(Typed::data(Expr::Const(Value::Number(f64::NAN)))),
                "Infinity" => Ok(Typed::data(Expr::Const(Value::Number(f64::INFINITY)))),
                "code" if self.dialect != Dialect::GetUserInput => Ok(Typed::data(Expr::Code)),
                _ => self.why_at(format!("the name `{name}`"), node),
            },
        }
    }

    /// `object.name` or `object?.name`.
    pub(super) fn member(&self, object: Typed, name: &str, optional: bool, node: &impl GetSpan) -> Compiled<Typed> {
        let expr = match (object.kind, object.expr) {
            (Kind::Data, object) => {
                Expr::Member { object: Box::new(object), key: Box::new(Expr::Const(Value::from(name))), optional }
            }
            (Kind::Xhr, object)
                if matches!(name, "status" | "statusText" | "responseText" | "responseJSON" | "readyState") =>
            {
                Expr::Member { object: Box::new(object), key: Box::new(Expr::Const(Value::from(name))), optional }
            }
            (Kind::Response, Expr::Slot(slot)) => {
                let field = match name {
                    "ok" => ResponseField::Ok,
                    "status" => ResponseField::Status,
                    "statusText" => ResponseField::StatusText,
                    "url" => ResponseField::Url,
                    "redirected" => ResponseField::Redirected,
                    _ => return self.why_at(format!("`{name}` of a response"), node),
                };
                Expr::Response(slot, field)
            }
            (Kind::Error, Expr::Slot(slot)) => match name {
                "message" => Expr::Error(slot, ErrorField::Message),
                "name" => Expr::Error(slot, ErrorField::Name),
                _ => return self.why_at(format!("`{name}` of an error"), node),
            },
            (Kind::Url, url) if name == "href" => url,
            _ => return self.why_at(format!("`{name}` of this value"), node),
        };
        Ok(Typed::data(expr))
    }

    fn chain(&mut self, element: &ChainElement<'_>, node: &Expression<'_>) -> Compiled<Typed> {
        // Whatever stands behind the first `?.` runs only sometimes.
        self.conditional += 1;
        let value = match element {
            ChainElement::CallExpression(call) => self.call(call)?,
            ChainElement::StaticMemberExpression(member) => {
                let object = self.promise(&member.object)?;
                self.member(object, member.property.name.as_str(), member.optional, node)?
            }
            ChainElement::ComputedMemberExpression(member) => {
                let object = self.data(&member.object)?;
                let key = self.data(&member.expression)?;
                Typed::data(Expr::Member { object: Box::new(object), key: Box::new(key), optional: member.optional })
            }
            _ => return self.why_at("this optional chain", node),
        };
        self.conditional -= 1;
        Ok(Typed { expr: Expr::Chain(Box::new(value.expr)), kind: value.kind })
    }

    fn binary(&mut self, binary: &BinaryExpression<'_>) -> Compiled<Expr> {
        use BinaryOperator as B;
        let operator = match binary.operator {
            B::Addition => Operator::Add,
            B::Subtraction => Operator::Subtract,
            B::Multiplication => Operator::Multiply,
            B::Division => Operator::Divide,
            B::Remainder => Operator::Remainder,
            B::Equality => Operator::Equal,
            B::Inequality => Operator::NotEqual,
            B::StrictEquality => Operator::Same,
            B::StrictInequality => Operator::NotSame,
            B::LessThan => Operator::Less,
            B::LessEqualThan => Operator::LessOrEqual,
            B::GreaterThan => Operator::Greater,
            B::GreaterEqualThan => Operator::GreaterOrEqual,
            B::In => Operator::In,
            _ => return self.why_at("this operator", binary),
        };
        let left = if operator == Operator::Add { self.textual(&binary.left)? } else { self.data(&binary.left)? };
        let steps = self.here();
        let right = if operator == Operator::Add { self.textual(&binary.right)? } else { self.data(&binary.right)? };
        if self.here() != steps && !trivial(&left) {
            return self.why_at("an await after another operation of the same expression", &binary.right);
        }
        let place = self.place(binary.span);
        Ok(Expr::Binary { operator, left: Box::new(left), right: Box::new(right), place })
    }
}

/// Whether evaluating it earlier or later makes no difference. A slot may: an await between could not change it, since
/// only statements assign.
pub(super) fn trivial(expr: &Expr) -> bool {
    matches!(expr, Expr::Const(_) | Expr::Slot(_) | Expr::Code)
}
