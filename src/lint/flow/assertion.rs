//! Assertions: whether they can fail.

use oxc_ast::ast::{Argument, ArrayExpressionElement, CallExpression, Expression, ObjectPropertyKind, PropertyKind};
use oxc_span::GetSpan;

use super::graph::What;
use super::value::{Kind, Pending, Value};
use super::walk::{Constant, Ended, OnPromise, Walker, takes_await};
use crate::port::chai::{Checked, Method, Operand, check};
use crate::port::regex::JsRegex;
use crate::verdict::{Object, Value as Data};

/// Literals that are nested deeper are not compared.
const DEEPEST: usize = 8;
/// Of this many elements and properties at most.
const LONGEST: usize = 64;
/// So many regular expressions are tried on texts that are written in the test.
const REGEXES: usize = 16;

/// The name of a known method of `assert`, which lives as long as it likes.
pub(super) fn method(name: &str) -> Option<&'static str> {
    Method::of(name).map(Method::name)
}

/// Methods that hold for every value of a kind.
fn holds(name: &str, value: &Value<'_>) -> bool {
    match name {
        "" | "assert" | "isOk" | "ok" => value.truth() == Some(true),
        "exists" | "isDefined" | "isNotNull" => match value {
            Value::Global(_) => value.truth() == Some(true),
            value => value.is_there(),
        },
        _ => false,
    }
}

/// Methods that hold for every promise.
fn holds_for_promises(name: &str) -> bool {
    matches!(
        name,
        "" | "assert"
            | "isOk"
            | "ok"
            | "exists"
            | "isDefined"
            | "isNotNull"
            | "isNotFalse"
            | "isNotTrue"
            | "isNotNaN"
            | "isObject"
            | "isNotArray"
            | "isNotString"
            | "isNotNumber"
            | "isNotBoolean"
            | "isNotFunction"
            | "notEqual"
            | "notStrictEqual"
            | "notDeepEqual"
    )
}

impl<'a> Walker<'_, 'a> {
    /// A call of `assert` (the empty name) or of a method of it.
    pub(super) fn assertion(&mut self, name: &'a str, call: &'a CallExpression<'a>) -> Value<'a> {
        let mut values = Vec::with_capacity(call.arguments.len());
        for argument in &call.arguments {
            values.push(match argument.as_expression() {
                Some(expression) => self.expression(expression),
                None => Value::Unknown,
            });
        }
        if name == "fail" {
            self.thrown(call.span);
            return Value::UNDEFINED;
        }
        let method = Method::of(if name.is_empty() { "assert" } else { name });
        let Some(method) = method.filter(|_| !call.arguments.iter().any(Argument::is_spread)) else {
            self.checked(values, call);
            return Value::UNDEFINED;
        };
        let operands = values.get(..method.operands()).unwrap_or(&values);
        if let Some(holds) = self.on_promises(name, operands, call) {
            if holds {
                return Value::UNDEFINED;
            }
        } else if operands.first().is_some_and(|value| holds(name, value))
            && !matches!(operands.first(), Some(Value::Const(_)))
        {
            let thing = !matches!(operands.first(), Some(Value::Solid(Kind::Text | Kind::Number | Kind::Bool)));
            self.constants.push(Constant { at: call.span, thing });
            return Value::UNDEFINED;
        } else if let Some(checked) = self.constant(method, operands, call) {
            match checked {
                Checked::Met => {
                    self.constants.push(Constant { at: call.span, thing: false });
                    return Value::UNDEFINED;
                }
                Checked::Unmet(_) | Checked::TypeError(_) => {
                    self.thrown(call.span);
                    self.state.ended = Ended::Threw;
                    return Value::UNDEFINED;
                }
                Checked::Unknown(_) => {}
            }
        }
        self.checked(values, call);
        Value::UNDEFINED
    }

    fn checked(&mut self, values: Vec<Value<'a>>, call: &'a CallExpression<'a>) {
        for value in values {
            if let Value::Function(_) = value {
                self.give_away(&value);
            }
        }
        self.fail(What::Assertion, call.span);
        self.state.checked = true;
    }

    /// Notes operands that are promises: whether the assertion holds for them. Nothing where none is one.
    fn on_promises(&mut self, name: &str, operands: &[Value<'a>], call: &'a CallExpression<'a>) -> Option<bool> {
        if matches!(name, "typeOf" | "notTypeOf" | "instanceOf" | "property" | "notProperty") {
            return None;
        }
        let mut found = None;
        for (value, argument) in operands.iter().zip(&call.arguments) {
            let Value::Promise(Pending { node, .. }) = value else { continue };
            let Some(expression) = argument.as_expression() else { continue };
            let holds = holds_for_promises(name);
            let mend = self.frame.is_async && takes_await(expression);
            self.on_promises.push(OnPromise { node: *node, at: expression.span(), holds, mend });
            found = Some(holds);
        }
        found
    }

    /// The result of an assertion on values that are written in the test; nothing where one of them is not.
    fn constant(&mut self, method: Method, operands: &[Value<'a>], call: &CallExpression<'a>) -> Option<Checked> {
        // Most assertions have an operand that is no literal: that is seen at once.
        let may_be = |value: &Value<'_>| {
            matches!(value, Value::Const(_) | Value::Regex(_) | Value::Solid(Kind::Items | Kind::List | Kind::Object))
        };
        if operands.is_empty() || !operands.iter().all(may_be) {
            return None;
        }
        let mut regex = None;
        let mut data = Vec::with_capacity(operands.len());
        for (value, argument) in operands.iter().zip(&call.arguments) {
            match value {
                Value::Const(constant) => data.push(Some(constant.data())),
                Value::Regex(literal) if regex.is_none() && self.regexes < REGEXES => {
                    self.regexes += 1;
                    let flags = literal.regex.flags.to_string();
                    regex = Some(JsRegex::new(literal.regex.pattern.text.as_str(), &flags).ok()?);
                    data.push(None);
                }
                _ => data.push(Some(literal(argument.as_expression()?, DEEPEST)?)),
            }
        }
        let operands: Option<Vec<Operand<'_>>> = data
            .into_iter()
            .map(|data| match data {
                Some(data) => Some(Operand::Value(data)),
                None => regex.as_ref().map(Operand::Regex),
            })
            .collect();
        Some(check(method, &operands?))
    }
}

/// The value of a literal.
fn literal(expression: &Expression<'_>, depth: usize) -> Option<Data> {
    let deeper = depth.checked_sub(1)?;
    match expression {
        Expression::BooleanLiteral(it) => Some(Data::Bool(it.value)),
        Expression::NullLiteral(_) => Some(Data::Null),
        Expression::NumericLiteral(it) => Some(Data::Number(it.value)),
        Expression::StringLiteral(it) => Some(Data::String(it.value.as_str().into())),
        Expression::Identifier(name) if name.name == "undefined" => Some(Data::Undefined),
        Expression::ArrayExpression(it) if it.elements.len() <= LONGEST => {
            let element = |element: &ArrayExpressionElement<'_>| literal(element.as_expression()?, deeper);
            Some(Data::Array(it.elements.iter().map(element).collect::<Option<Vec<_>>>()?.into()))
        }
        Expression::ObjectExpression(it) if it.properties.len() <= LONGEST => {
            let entry = |property: &ObjectPropertyKind<'_>| match property {
                ObjectPropertyKind::ObjectProperty(property) if property.kind == PropertyKind::Init => {
                    let name = property.key.static_name()?;
                    Some((std::sync::Arc::<str>::from(&*name), literal(&property.value, deeper)?))
                }
                _ => None,
            };
            let entries = it.properties.iter().map(entry).collect::<Option<Vec<_>>>()?;
            Some(Data::Object(std::sync::Arc::new(Object::from_entries(entries))))
        }
        _ => None,
    }
}
