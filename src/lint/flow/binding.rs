//! Names: what they stand for, and what they are given.

use oxc_ast::AstKind;
use oxc_ast::ast::{
    AssignmentExpression, AssignmentTarget, BindingPattern, FormalParameters, IdentifierReference,
    SimpleAssignmentTarget,
};
use oxc_span::GetSpan;
use oxc_syntax::operator::AssignmentOperator;
use oxc_syntax::symbol::SymbolId;

use super::builtin;
use super::graph::What;
use super::value::{Callable, Constant, Kind, Value};
use super::walk::Walker;

impl<'a> Walker<'_, 'a> {
    pub(super) fn parameters(&mut self, parameters: &'a FormalParameters<'a>, arguments: &[Value<'a>]) {
        for (index, parameter) in parameters.items.iter().enumerate() {
            let value = match (&parameter.pattern, arguments.get(index)) {
                (BindingPattern::BindingIdentifier(name), _) if name.name == "getUserInput" => {
                    Value::Global("getUserInput")
                }
                (_, Some(value)) if parameter.initializer.is_none() => value.clone(),
                _ => Value::Unknown,
            };
            if let Some(initializer) = &parameter.initializer {
                let initial = self.expression(initializer);
                self.give_away(&initial);
            }
            self.declare(&parameter.pattern, value);
        }
        if let Some(rest) = &parameters.rest {
            self.declare(&rest.rest.argument, Value::Solid(super::value::Kind::List));
        }
    }

    /// The value of a name.
    pub(super) fn name(&mut self, name: &'a IdentifierReference<'a>) -> Value<'a> {
        let Some(symbol) = self.symbol(name) else {
            return match name.name.as_str() {
                "undefined" => Value::UNDEFINED,
                "code" => Value::TEXT,
                "assert" => Value::Assert(""),
                "NaN" | "Infinity" => Value::Solid(Kind::Number),
                "getUserInput" => Value::Global("getUserInput"),
                known => {
                    if !builtin::is_known(known) {
                        self.fail(What::Other, name.span);
                    }
                    Value::Global(known)
                }
            };
        };
        let scoping = self.semantic.scoping();
        match self.values.get(&symbol) {
            Some(value @ (Value::Promise(_) | Value::Promises(..) | Value::Function(_))) => value.clone(),
            Some(_) if scoping.symbol_is_mutated(symbol) => Value::Unknown,
            Some(value) => value.clone(),
            None if scoping.symbol_flags(symbol).is_function() => {
                match self.semantic.nodes().kind(scoping.symbol_declaration(symbol)) {
                    AstKind::Function(function) => Value::Function(Callable::Function(function)),
                    _ => Value::Unknown,
                }
            }
            None => Value::Unknown,
        }
    }

    /// What declares a name; nothing for globals.
    pub(super) fn symbol(&self, name: &IdentifierReference<'_>) -> Option<SymbolId> {
        self.semantic.scoping().get_reference(name.reference_id.get()?).symbol_id()
    }

    /// Gives a variable a value, beside those that it had.
    pub(super) fn set(&mut self, symbol: SymbolId, value: Value<'a>) {
        let value = match self.values.remove(&symbol) {
            None | Some(Value::Const(Constant::Undefined)) => value,
            Some(other) => self.either(other, value),
        };
        self.values.insert(symbol, value);
    }

    /// Declares the names of a pattern.
    pub(super) fn declare(&mut self, pattern: &'a BindingPattern<'a>, value: Value<'a>) {
        match pattern {
            BindingPattern::BindingIdentifier(name) => {
                if let Some(symbol) = name.symbol_id.get() {
                    self.set(symbol, value);
                }
            }
            BindingPattern::ObjectPattern(object) => {
                if !value.is_there() {
                    self.fail(What::Other, object.span);
                }
                for property in &object.properties {
                    let name = property.key.static_name();
                    let part = match name {
                        Some(name) => Self::property(&value, &name),
                        None => Value::Unknown,
                    };
                    self.nested(&property.value, part);
                }
                if let Some(rest) = &object.rest {
                    self.nested(&rest.argument, Value::Solid(Kind::Object));
                }
            }
            BindingPattern::ArrayPattern(array) => {
                let part = match &value {
                    Value::Promises(node, checks) => Self::pending(*node, *checks, Value::Unknown),
                    Value::Solid(Kind::List | Kind::Items) => Value::Unknown,
                    _ => {
                        self.fail(What::Other, array.span);
                        Value::Unknown
                    }
                };
                for element in array.elements.iter().flatten() {
                    self.nested(element, part.clone());
                }
                if let Some(rest) = &array.rest {
                    self.nested(&rest.argument, Value::Solid(Kind::List));
                }
            }
            BindingPattern::AssignmentPattern(default) => {
                let initial = self.expression(&default.right);
                self.give_away(&initial);
                self.nested(&default.left, Value::Unknown);
            }
        }
    }

    fn nested(&mut self, pattern: &'a BindingPattern<'a>, value: Value<'a>) {
        self.deeper(pattern.span(), |walker| {
            walker.declare(pattern, value);
            Value::UNDEFINED
        });
    }

    pub(super) fn assignment(&mut self, it: &'a AssignmentExpression<'a>) -> Value<'a> {
        let value = self.expression(&it.right);
        let value = if it.operator == AssignmentOperator::Assign {
            value
        } else {
            self.give_away(&value);
            Value::Unknown
        };
        self.assign(&it.left, value.clone());
        value
    }

    pub(super) fn assign(&mut self, target: &'a AssignmentTarget<'a>, value: Value<'a>) {
        if let Some(target) = target.as_simple_assignment_target() {
            return self.target(target, value);
        }
        // A pattern: its names are variables that change, of which nothing is known anyway.
        if !value.is_there() {
            self.fail(What::Other, target.span());
        }
        self.give_away(&value);
    }

    pub(super) fn target(&mut self, target: &'a SimpleAssignmentTarget<'a>, value: Value<'a>) {
        let (object, name, at) = match target {
            SimpleAssignmentTarget::AssignmentTargetIdentifier(name) => {
                if let Some(symbol) = self.symbol(name) {
                    return self.set(symbol, value);
                }
                // Strict mode: the name would have to be there.
                self.fail(What::Other, name.span);
                return self.give_away(&value);
            }
            SimpleAssignmentTarget::StaticMemberExpression(it) => {
                (self.expression(&it.object), Some(it.property.name.as_str()), it.span)
            }
            SimpleAssignmentTarget::ComputedMemberExpression(it) => {
                let object = self.expression(&it.object);
                self.expression(&it.expression);
                (object, None, it.span)
            }
            other => {
                self.stranger(other.span());
                return self.give_away(&value);
            }
        };
        if !object.is_there() {
            self.fail(What::Other, at);
        }
        match (name, value) {
            (Some(name), value @ (Value::Function(_) | Value::Resolve(_) | Value::Reject(_)))
                if name.starts_with("on") =>
            {
                self.handler(&value, at, false);
            }
            (_, value) => self.give_away(&value),
        }
    }
}
