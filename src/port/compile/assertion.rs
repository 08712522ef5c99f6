//! Calls of chai's assert.

use oxc_ast::ast::{CallExpression, Expression};

use super::builder::{Builder, Compiled, Kind, Typed};
use crate::port::chai::Method;
use crate::port::plan::{Argument, Assertion, Expr, Step};
use crate::verdict::Value;

/// Assertions that only ask whether there is something: the result of `match` is fit for them.
const EXISTENCE: &[&str] = &["assert", "isOk", "ok", "isNotNull", "exists", "isDefined"];

impl Builder<'_> {
    /// `assert.name(...)`, or `assert(...)` when the name is `assert`.
    pub(super) fn assert(&mut self, name: &str, call: &CallExpression<'_>) -> Compiled<Typed> {
        if self.conditional > 0 {
            return self.why_at("an assertion inside an expression", call);
        }
        let Some(method) = Method::of(name) else {
            return self.why_at(format!("`assert.{name}`"), call);
        };
        let mut arguments = Vec::new();
        let mut message = None;
        let mut before: Vec<Expr> = Vec::new();
        // `assert.fail`-like extra arguments are evaluated, and then ignored.
        for (index, argument) in call.arguments.iter().enumerate() {
            let expression = self.plain(argument)?;
            let steps = self.here();
            if let (Expression::RegExpLiteral(literal), 1, "match" | "notMatch") = (expression, index, name) {
                arguments.push(Argument::Regex(self.regex(literal)?));
                continue;
            }
            if let (Expression::Identifier(identifier), 1, "match" | "notMatch") = (expression, index, name)
                && let Some(super::builder::Binding::Regex(regex)) = self.lookup(identifier.name.as_str())
            {
                arguments.push(Argument::Regex(std::sync::Arc::clone(regex)));
                continue;
            }
            let value = self.promise(expression)?;
            let expr = match value.kind {
                Kind::Data => value.expr,
                Kind::Match if index == 0 && EXISTENCE.contains(&name) => value.expr,
                Kind::Response | Kind::Error if index == 0 && matches!(name, "assert" | "isOk" | "ok" | "exists") => {
                    Expr::Const(Value::Bool(true))
                }
                _ => return self.why_at("an assertion on this value", expression),
            };
            if self.here() != steps && !before.iter().all(super::expression::trivial) {
                return self.why_at("an await after another operation of the same call", expression);
            }
            before.push(expr.clone());
            if index < method.operands() {
                arguments.push(Argument::Value(expr));
            } else if index == method.operands() {
                message = Some(expr);
            } else if !super::expression::trivial(&expr) {
                return self.why_at("more arguments than the assertion takes", expression);
            }
        }
        if matches!(name, "match" | "notMatch") && !matches!(arguments.get(1), Some(Argument::Regex(_))) {
            return self.why_at("`assert.match` of a computed pattern", call);
        }
        let place = self.place(call.span);
        self.push(Step::Assert(Assertion { method, arguments, message, place }));
        Ok(Typed::undefined())
    }
}
