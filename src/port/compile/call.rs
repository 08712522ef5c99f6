//! Calls without a promise: methods of values, global functions, `new`.

use std::sync::Arc;

use oxc_ast::ast::{Argument, ArrowFunctionBody, CallExpression, Expression, NewExpression};
use oxc_span::GetSpan;

use super::builder::{Binding, Builder, Compiled, Kind, Typed};
use super::naming::method_name;
use crate::port::plan::{Expr, FormStyle, Global, Walk};
use crate::port::run::METHODS;
use crate::verdict::Value;

impl Builder<'_> {
    pub(super) fn call(&mut self, call: &CallExpression<'_>) -> Compiled<Typed> {
        match &call.callee {
            Expression::Identifier(name) => self.call_name(name.name.as_str(), call),
            Expression::StaticMemberExpression(callee) => {
                let method = callee.property.name.as_str();
                if let Expression::Identifier(object) = &callee.object
                    && self.is_global(object.name.as_str())
                    && let Some(value) = self.call_static(object.name.as_str(), method, call)?
                {
                    return Ok(value);
                }
                if let Expression::RegExpLiteral(_) | Expression::Identifier(_) = &callee.object
                    && method == "test"
                    && let Some(regex) = self.regex_value(&callee.object)?
                {
                    let text = Box::new(self.data(self.argument(call, 0)?)?);
                    return Ok(Typed::data(Expr::Test { regex, text }));
                }
                self.call_method(&callee.object, method, callee.optional, call)
            }
            _ => self.why_at("a call of this function", call),
        }
    }

    fn call_name(&mut self, name: &str, call: &CallExpression<'_>) -> Compiled<Typed> {
        if call.optional {
            return self.why_at("an optional call", call);
        }
        if let Some(Binding::GetUserInput) = self.lookup(name) {
            return match self.argument(call, 0)? {
                Expression::StringLiteral(field) if field.value == "url" => Ok(Typed::data(Expr::Code)),
                // Every other field of the form is empty.
                Expression::StringLiteral(_) => Ok(Typed::data(Expr::Const(Value::from("")))),
                other => self.why_at("`getUserInput` of a computed name", other),
            };
        }
        if name == "assert" && self.is_global(name) {
            return self.assert("assert", call);
        }
        let function = match name {
            "Number" => Global::Number,
            "String" => Global::String,
            "Boolean" => Global::Boolean,
            "isNaN" => Global::IsNan,
            "encodeURIComponent" => Global::EncodeUriComponent,
            _ => return self.why_at(format!("a call of `{name}`"), call),
        };
        if !self.is_global(name) {
            return self.why_at(format!("a call of `{name}`"), call);
        }
        self.global(function, call)
    }

    fn global(&mut self, function: Global, call: &CallExpression<'_>) -> Compiled<Typed> {
        let [argument] = call.arguments.as_slice() else {
            return self.why_at("this number of arguments", call);
        };
        let argument = self.plain(argument)?;
        let argument =
            Box::new(if function == Global::String { self.textual(argument)? } else { self.data(argument)? });
        Ok(Typed::data(Expr::Global { function, argument }))
    }

    fn call_static(&mut self, object: &str, method: &str, call: &CallExpression<'_>) -> Compiled<Option<Typed>> {
        let function = match (object, method) {
            ("assert", method) => return self.assert(method, call).map(Some),
            ("Date", "now") if call.arguments.is_empty() => return Ok(Some(Typed::data(Expr::Now))),
            ("Array", "isArray") => Global::IsArray,
            ("Object", "keys") => Global::ObjectKeys,
            ("Math", "abs") => Global::Abs,
            ("Math", "floor") => Global::Floor,
            ("JSON", "parse") => Global::JsonParse,
            ("JSON", "stringify") => Global::JsonStringify,
            _ => return Ok(None),
        };
        self.global(function, call).map(Some)
    }

    fn call_method(
        &mut self,
        object: &Expression<'_>,
        method: &str,
        optional: bool,
        call: &CallExpression<'_>,
    ) -> Compiled<Typed> {
        if call.optional {
            return self.why_at("an optional call", call);
        }
        if let Expression::NewExpression(new) = object
            && let Some(form) = self.url_search_params(new)?
            && method == "toString"
            && call.arguments.is_empty()
        {
            return Ok(Typed::data(form));
        }
        if let Expression::StaticMemberExpression(headers) = object
            && headers.property.name == "headers"
            && method == "get"
        {
            let response = self.promise(&headers.object)?;
            if let (Kind::Response, Expr::Slot(slot)) = (response.kind, response.expr) {
                let name = self.data(self.argument(call, 0)?)?;
                return Ok(Typed::data(Expr::Header(slot, Box::new(name))));
            }
            return self.why_at("`headers` of this value", call);
        }
        let receiver = self.promise(object)?;
        match (receiver.kind, method) {
            (Kind::Data, _) => {}
            (Kind::Url, "toString" | "toJSON") if call.arguments.is_empty() => return Ok(Typed::data(receiver.expr)),
            _ => return self.why_at(format!("`{method}` of this value"), call),
        }
        let text = self.text(object.span()).to_owned();
        let name: Arc<str> = method_name(object, method, optional).into();
        let receiver = receiver.expr;
        if let Some(value) = self.regex_method(&receiver, method, optional, &name, call)? {
            return Ok(value);
        }
        let walk = [Walk::Find, Walk::Filter, Walk::Map, Walk::Some, Walk::Every, Walk::FindIndex]
            .into_iter()
            .find(|walk| walk.name() == method);
        if let Some(walk) = walk {
            if optional {
                return self.why_at("an optional call of an array method", call);
            }
            return self.walk(walk, receiver, text, call);
        }
        if method == "forEach" {
            self.for_each(receiver, text, call)?;
            return Ok(Typed::undefined());
        }
        let Some(known) = METHODS.iter().find(|known| **known == method) else {
            return self.why_at(format!("the method `{method}`"), call);
        };
        let mut arguments = Vec::with_capacity(call.arguments.len());
        for argument in &call.arguments {
            arguments.push(self.plain(argument)?);
        }
        let steps = self.here();
        let arguments = self.datas(&arguments)?;
        if self.here() != steps {
            return self.why_at("an await in an argument", call);
        }
        Ok(Typed::data(Expr::Call { method: known, receiver: Box::new(receiver), arguments, optional, name }))
    }

    /// `text.match(/x/)` and `text.replace(/x/, 'y')`.
    fn regex_method(
        &mut self,
        receiver: &Expr,
        method: &str,
        optional: bool,
        name: &Arc<str>,
        call: &CallExpression<'_>,
    ) -> Compiled<Option<Typed>> {
        let name = Arc::clone(name);
        let Some(first) = call.arguments.first().and_then(Argument::as_expression) else { return Ok(None) };
        if !matches!(method, "match" | "replace" | "replaceAll") {
            return Ok(None);
        }
        let Some(regex) = self.regex_value(first)? else {
            return if method == "match" { self.why_at("`match` of a computed pattern", call) } else { Ok(None) };
        };
        let text = Box::new(receiver.clone());
        if optional {
            return self.why_at("an optional call with a regular expression", call);
        }
        if method == "match" {
            return Ok(Some(Typed { expr: Expr::Match { regex, text, name }, kind: Kind::Match }));
        }
        let by = match call.arguments.get(1).and_then(Argument::as_expression) {
            Some(Expression::StringLiteral(by)) if !by.value.contains('$') => by.value.as_str(),
            _ => return self.why_at("a replacement that is no plain text", call),
        };
        if !regex.exact_bounds() {
            return self.why_at("a replacement by a pattern with a backreference", call);
        }
        if method == "replaceAll" && !regex.global() {
            return self.why_at("`replaceAll` without `g`", call);
        }
        let by = Box::new(Expr::Const(Value::from(by)));
        Ok(Some(Typed::data(Expr::Replace { regex, text, by, name })))
    }

    fn regex_value(&mut self, expression: &Expression<'_>) -> Compiled<Option<Arc<crate::port::regex::JsRegex>>> {
        match expression {
            Expression::RegExpLiteral(literal) => self.regex(literal).map(Some),
            Expression::Identifier(name) => match self.lookup(name.name.as_str()) {
                Some(Binding::Regex(regex)) => Ok(Some(Arc::clone(regex))),
                _ => Ok(None),
            },
            _ => Ok(None),
        }
    }

    fn walk(&mut self, walk: Walk, array: Expr, text: String, call: &CallExpression<'_>) -> Compiled<Typed> {
        let [argument] = call.arguments.as_slice() else {
            return self.why_at("this number of arguments", call);
        };
        let Expression::ArrowFunctionExpression(arrow) = self.plain(argument)? else {
            return self.why_at("an array method with a named function", call);
        };
        let body = match &arrow.body {
            ArrowFunctionBody::FunctionBody(_) => None,
            expression => expression.as_expression(),
        };
        let (Some(body), [parameter], None, false) =
            (body, arrow.params.items.as_slice(), &arrow.params.rest, arrow.r#async)
        else {
            return self.why_at("an array method with a function of several steps", call);
        };
        if parameter.initializer.is_some() {
            return self.why_at("a parameter with a default value", call);
        }
        let oxc_ast::ast::BindingPattern::BindingIdentifier(name) = &parameter.pattern else {
            return self.why_at("a destructured parameter", call);
        };
        let item = self.slot();
        self.enter();
        self.declare(name.name.as_str(), Binding::Slot { slot: item, kind: Kind::Data, assignable: false });
        self.conditional += 1;
        let steps = self.here();
        let body = self.condition_or_data(walk, body)?;
        self.conditional -= 1;
        self.leave();
        if self.here() != steps {
            return self.why_at("an await or an assertion inside an array method", call);
        }
        Ok(Typed::data(Expr::Walk { walk, array: Box::new(array), item, body: Box::new(body), text }))
    }

    fn condition_or_data(&mut self, walk: Walk, body: &Expression<'_>) -> Compiled<Expr> {
        if walk == Walk::Map { self.data(body) } else { self.condition(body) }
    }

    fn for_each(&mut self, array: Expr, text: String, call: &CallExpression<'_>) -> Compiled<()> {
        let [argument] = call.arguments.as_slice() else {
            return self.why_at("this number of arguments", call);
        };
        let Expression::ArrowFunctionExpression(arrow) = self.plain(argument)? else {
            return self.why_at("`forEach` with a named function", call);
        };
        if arrow.r#async || arrow.params.items.len() != 1 || self.conditional > 0 {
            return self.why_at("`forEach` with this function", call);
        }
        self.walk_list(Typed::data(array), text, true, |builder, item| builder.inline(argument, item, false).map(drop))
    }

    pub(super) fn new_expression(&mut self, new: &NewExpression<'_>) -> Compiled<Typed> {
        let Expression::Identifier(name) = &new.callee else {
            return self.why_at("a new object of this class", new);
        };
        let name = name.name.as_str();
        if !self.is_global(name) {
            return self.why_at(format!("a new `{name}`"), new);
        }
        match (name, new.arguments.as_slice()) {
            ("URL", [url]) => {
                let url = self.textual(self.plain(url)?)?;
                Ok(Typed { expr: Expr::Url(Box::new(url), None), kind: Kind::Url })
            }
            ("URL", [url, base]) => {
                let parts = [self.plain(url)?, self.plain(base)?];
                let mut parts = self.texts(&parts)?.into_iter();
                let (Some(url), Some(base)) = (parts.next(), parts.next()) else {
                    return self.why_at("a new `URL`", new);
                };
                Ok(Typed { expr: Expr::Url(Box::new(url), Some(Box::new(base))), kind: Kind::Url })
            }
            ("Date", []) => Ok(Typed::data(Expr::Date(None))),
            ("Date", [time]) => {
                let time = self.data(self.plain(time)?)?;
                Ok(Typed::data(Expr::Date(Some(Box::new(time)))))
            }
            _ => self.why_at(format!("a new `{name}`"), new),
        }
    }

    /// `new URLSearchParams({...})` as its text.
    pub(super) fn url_search_params(&mut self, new: &NewExpression<'_>) -> Compiled<Option<Expr>> {
        let Expression::Identifier(name) = &new.callee else { return Ok(None) };
        if name.name != "URLSearchParams" || !self.is_global("URLSearchParams") {
            return Ok(None);
        }
        match new.arguments.as_slice() {
            [Argument::ObjectExpression(object)] => {
                Ok(Some(Expr::Form(self.object(object)?, FormStyle::UrlSearchParams)))
            }
            _ => self.why_at("`URLSearchParams` of this value", new),
        }
    }

    pub(super) fn plain<'e, 'a>(&self, argument: &'e Argument<'a>) -> Compiled<&'e Expression<'a>> {
        argument.as_expression().ok_or_else(|| self.why("a spread argument", argument.span()))
    }

    /// The argument of that index; the call has to have it.
    pub(super) fn argument<'e, 'a>(&self, call: &'e CallExpression<'a>, index: usize) -> Compiled<&'e Expression<'a>> {
        match call.arguments.get(index) {
            Some(argument) => self.plain(argument),
            None => Err(self.why("a call without its argument", call.span)),
        }
    }
}
