//! Names for values: declarations, destructuring, parameters.

use oxc_ast::ast::{BindingPattern, PropertyKey};

use super::builder::{Binding, Builder, Compiled, Kind, Typed};
use crate::port::plan::{Expr, Step};
use crate::verdict::Value;

impl Builder<'_> {
    /// Binds a name, or the names of an object or array pattern, to a value.
    pub(super) fn bind(&mut self, pattern: &BindingPattern<'_>, value: Typed, assignable: bool) -> Compiled<()> {
        match pattern {
            BindingPattern::BindingIdentifier(name) => {
                let kind = value.kind;
                if kind == Kind::Match {
                    return self.why_at("the result of `match` in a variable", pattern);
                }
                let slot = match value.expr {
                    // A response stays where it is: reading its body must be seen by every name that it has.
                    Expr::Slot(slot) if kind != Kind::Data => slot,
                    expr => {
                        let slot = self.slot();
                        self.push(Step::Let(slot, expr));
                        slot
                    }
                };
                self.declare(name.name.as_str(), Binding::Slot { slot, kind, assignable });
                Ok(())
            }
            BindingPattern::ObjectPattern(object) => {
                if object.rest.is_some() {
                    return self.why_at("a rest property", pattern);
                }
                let (slot, kind) = self.keep(value);
                for property in &object.properties {
                    let key = match &property.key {
                        PropertyKey::StaticIdentifier(name) if !property.computed => name.name.to_string(),
                        PropertyKey::StringLiteral(text) => text.value.to_string(),
                        _ => return self.why_at("a computed key", property),
                    };
                    let member = self.member(Typed { expr: Expr::Slot(slot), kind }, &key, false, pattern)?;
                    self.bind(&property.value, member, assignable)?;
                }
                Ok(())
            }
            BindingPattern::ArrayPattern(array) => {
                let all_plain = array.rest.is_none() && value.kind == Kind::Data;
                if !all_plain {
                    return self.why_at("this array pattern", pattern);
                }
                let (slot, _) = self.keep(value);
                self.push(Step::Walkable { slot, name: "(intermediate value)".into(), method: false });
                for (index, element) in array.elements.iter().enumerate() {
                    let Some(element) = element else { continue };
                    let index = Expr::Const(Value::Number(f64::from(u32::try_from(index).unwrap_or(u32::MAX))));
                    let member =
                        Expr::Member { object: Box::new(Expr::Slot(slot)), key: Box::new(index), optional: false };
                    self.bind(element, Typed::data(member), assignable)?;
                }
                Ok(())
            }
            BindingPattern::AssignmentPattern(_) => self.why_at("a default value", pattern),
        }
    }
}
