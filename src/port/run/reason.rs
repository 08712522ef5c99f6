//! Which part of a condition decided it.

use super::evaluate::Frame;
use crate::port::js::to_boolean;
use crate::port::plan::{Expr, Operator, Place, Plan};
use crate::verdict::{AssertionFacts, TextFacts, Value};

impl Frame<'_> {
    /// For a condition that is not as `wanted`: the smallest part that decided it, what was compared or searched there.
    pub(super) fn failed_part(&mut self, expr: &Expr, wanted: bool, plan: &Plan, facts: &mut AssertionFacts) {
        match expr {
            Expr::Not(inner) => self.failed_part(inner, !wanted, plan, facts),
            Expr::And(left, right) if wanted => {
                let held = self.value(left).is_ok_and(|value| to_boolean(&value));
                self.failed_part(if held { right } else { left }, wanted, plan, facts);
            }
            Expr::Binary { operator, left, right, place } if *place != Place::default() => {
                let (Ok(left), Ok(right)) = (self.value(left), self.value(right)) else { return };
                facts.failed_part = Some(plan.slice(*place));
                if matches!(operator, Operator::Equal | Operator::Same) && wanted {
                    facts.show_diff = true;
                }
                facts.actual = Some(left);
                facts.expected = Some(right);
            }
            Expr::Test { regex, text } | Expr::Match { regex, text, .. } => {
                if let Ok(Value::String(text)) = self.value(text) {
                    facts.text = Some(TextFacts {
                        pattern: regex.source().to_owned(),
                        flags: Some(regex.flags().to_owned()),
                        text,
                        negated: !wanted,
                    });
                }
            }
            Expr::Call { method: "includes", receiver, arguments, .. } => {
                if let Some(part) = arguments.first()
                    && let (Ok(Value::String(text)), Ok(Value::String(part))) = (self.value(receiver), self.value(part))
                {
                    facts.text = Some(TextFacts { pattern: part.to_string(), flags: None, text, negated: !wanted });
                }
            }
            _ => {}
        }
    }
}
