//! Literals: strings, numbers, templates, arrays, objects, regular expressions.

use std::sync::Arc;

use oxc_ast::ast::{
    ArrayExpression, Expression, ObjectExpression, ObjectPropertyKind, PropertyKey, PropertyKind, RegExpLiteral,
    TemplateLiteral,
};

use super::builder::{Builder, Compiled};
use crate::port::js::number_to_string;
use crate::port::plan::Expr;
use crate::port::regex::JsRegex;
use crate::verdict::Value;

impl Builder<'_> {
    pub(super) fn template(&mut self, template: &TemplateLiteral<'_>) -> Compiled<Expr> {
        let mut parts = Vec::new();
        let expressions: Vec<&Expression<'_>> = template.expressions.iter().collect();
        let mut values = self.texts(&expressions)?.into_iter();
        for quasi in &template.quasis {
            let Some(cooked) = quasi.value.cooked.filter(|_| !quasi.lone_surrogates) else {
                return self.why_at("a template with half a character", template);
            };
            if !cooked.is_empty() {
                parts.push(Expr::Const(Value::from(cooked.as_str())));
            }
            parts.extend(values.next());
        }
        Ok(if parts.iter().all(|part| matches!(part, Expr::Const(_))) {
            let text: String = parts
                .iter()
                .map(|part| match part {
                    Expr::Const(Value::String(text)) => text.to_string(),
                    Expr::Const(other) => crate::port::js::to_primitive_string(other).unwrap_or_default().into_owned(),
                    _ => String::new(),
                })
                .collect();
            Expr::Const(Value::from(text))
        } else {
            Expr::Template(parts)
        })
    }

    pub(super) fn array(&mut self, array: &ArrayExpression<'_>) -> Compiled<Expr> {
        let mut items = Vec::with_capacity(array.elements.len());
        for element in &array.elements {
            let Some(item) = element.as_expression() else {
                return self.why_at("a spread or a hole in an array", element);
            };
            items.push(item);
        }
        Ok(Expr::Array(self.datas(&items)?))
    }

    pub(super) fn object(&mut self, object: &ObjectExpression<'_>) -> Compiled<Vec<(Arc<str>, Expr)>> {
        let mut keys: Vec<Arc<str>> = Vec::new();
        let mut values = Vec::new();
        for property in &object.properties {
            let ObjectPropertyKind::ObjectProperty(property) = property else {
                return self.why_at("a spread in an object", object);
            };
            if property.kind != PropertyKind::Init || property.method {
                return self.why_at("a method or accessor in an object", &**property);
            }
            let key = match &property.key {
                PropertyKey::StaticIdentifier(name) => name.name.to_string(),
                PropertyKey::StringLiteral(text) if !text.lone_surrogates => text.value.to_string(),
                PropertyKey::NumericLiteral(number) => number_to_string(number.value),
                _ => return self.why_at("a computed key", &**property),
            };
            if property.computed || key == "__proto__" {
                return self.why_at("a computed key", &**property);
            }
            keys.push(key.into());
            values.push(&property.value);
        }
        Ok(keys.into_iter().zip(self.datas(&values)?).collect())
    }

    /// A regular expression literal.
    pub(super) fn regex(&mut self, literal: &RegExpLiteral<'_>) -> Compiled<Arc<JsRegex>> {
        let flags = literal.regex.flags.to_string();
        JsRegex::new(literal.regex.pattern.text.as_str(), &flags)
            .map(Arc::new)
            .map_err(|error| self.why(error.to_string(), literal.span))
    }
}
