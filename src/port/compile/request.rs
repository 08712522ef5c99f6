//! Requests: `fetch(...)`, `$.get`, `$.post`, `$.getJSON`, `$.ajax`.

use oxc_ast::ast::{Argument, CallExpression, Expression, ObjectExpression, ObjectPropertyKind, PropertyKey};

use super::builder::{Builder, Compiled};
use crate::fetch::Redirect;
use crate::port::plan::{Expr, FormStyle, RequestPlan};
use crate::verdict::Value;

/// A request that is about to be made.
pub(super) struct Planned {
    pub request: RequestPlan,
    pub jquery: bool,
    pub want_json: bool,
}

impl Builder<'_> {
    /// The request that a call makes, when it is `fetch(...)` or one of jQuery's.
    pub(super) fn request(&mut self, call: &CallExpression<'_>) -> Compiled<Option<Planned>> {
        match &call.callee {
            Expression::Identifier(name) if name.name == "fetch" && self.is_global("fetch") => {
                self.fetch(call).map(Some)
            }
            Expression::StaticMemberExpression(callee) => match &callee.object {
                Expression::Identifier(object)
                    if matches!(object.name.as_str(), "$" | "jQuery") && self.is_global(object.name.as_str()) =>
                {
                    self.jquery(callee.property.name.as_str(), call).map(Some)
                }
                _ => Ok(None),
            },
            _ => Ok(None),
        }
    }

    fn fetch(&mut self, call: &CallExpression<'_>) -> Compiled<Planned> {
        let url = self.textual(self.argument(call, 0)?)?;
        let mut request = self.plan(url, "GET", call);
        request.xhr = false;
        match call.arguments.get(1).map(|options| self.plain(options)).transpose()? {
            None => {}
            Some(Expression::ObjectExpression(options)) => self.fetch_options(options, &mut request)?,
            Some(other) => return self.why_at("computed options of `fetch`", other),
        }
        Ok(Planned { request, jquery: false, want_json: false })
    }

    fn fetch_options(&mut self, options: &ObjectExpression<'_>, request: &mut RequestPlan) -> Compiled<()> {
        let steps = self.here();
        for (key, value) in self.properties(options)? {
            match (key.as_str(), value) {
                ("method", Expression::StringLiteral(method)) => request.method = method.value.to_string(),
                ("headers", Expression::ObjectExpression(headers)) => {
                    request.headers =
                        self.object(headers)?.into_iter().map(|(name, value)| (name.to_string(), value)).collect();
                }
                ("body", Expression::NewExpression(new)) => match self.url_search_params(new)? {
                    Some(form) => {
                        request.body = Some(form);
                        request.implied_content_type = Some("application/x-www-form-urlencoded;charset=UTF-8");
                    }
                    None => return self.why_at("a body of this kind", value),
                },
                ("body", value) => {
                    request.body = Some(self.data(value)?);
                    request.implied_content_type = Some("text/plain;charset=UTF-8");
                }
                ("redirect", Expression::StringLiteral(mode)) => {
                    request.redirect = match mode.value.as_str() {
                        "follow" => Redirect::Follow,
                        "manual" => Redirect::Manual,
                        "error" => Redirect::Error,
                        _ => return self.why_at("this redirect mode", value),
                    };
                }
                ("mode", Expression::StringLiteral(mode)) if mode.value == "cors" => {}
                ("credentials", Expression::StringLiteral(mode))
                    if matches!(mode.value.as_str(), "omit" | "same-origin") => {}
                (key, value) => return self.why_at(format!("the option `{key}` of `fetch`"), value),
            }
        }
        if self.here() != steps {
            return self.why_at("an await in the options of `fetch`", options);
        }
        // Whatever `fetch` refuses before it sends anything throws in words of its own.
        let method = request.method.to_ascii_uppercase();
        if !matches!(method.as_str(), "DELETE" | "GET" | "HEAD" | "OPTIONS" | "PATCH" | "POST" | "PUT") {
            return self.why_at("this method of `fetch`", options);
        }
        if request.body.is_some() && matches!(method.as_str(), "GET" | "HEAD") {
            return self.why_at("a body with this method of `fetch`", options);
        }
        let is_token =
            |name: &str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if request.headers.iter().any(|(name, _)| !is_token(name)) {
            return self.why_at("a header of this name", options);
        }
        Ok(())
    }

    fn jquery(&mut self, method: &str, call: &CallExpression<'_>) -> Compiled<Planned> {
        let (verb, want_json) = match method {
            "get" => ("GET", false),
            "getJSON" => ("GET", true),
            "post" => ("POST", false),
            "ajax" => return self.ajax(call),
            _ => return self.why_at(format!("`$.{method}`"), call),
        };
        let url = self.textual(self.argument(call, 0)?)?;
        let mut request = self.plan(url, verb, call);
        if want_json {
            let accept = Value::from("application/json, text/javascript, */*; q=0.01");
            request.headers.push(("Accept".to_owned(), Expr::Const(accept)));
        }
        match call.arguments.get(1) {
            None => {}
            Some(Argument::ObjectExpression(data)) if verb == "POST" => self.form_body(data, &mut request)?,
            Some(other) => return self.why_at(format!("this argument of `$.{method}`"), other),
        }
        if let Some(more) = call.arguments.get(2) {
            return self.why_at("a callback of a jQuery request", more);
        }
        Ok(Planned { request, jquery: true, want_json })
    }

    fn ajax(&mut self, call: &CallExpression<'_>) -> Compiled<Planned> {
        let Expression::ObjectExpression(options) = self.argument(call, 0)? else {
            return self.why_at("this argument of `$.ajax`", call);
        };
        let mut request = self.plan(Expr::Const(Value::Undefined), "GET", call);
        let mut data = None;
        for (key, value) in self.properties(options)? {
            match (key.as_str(), value) {
                ("url", value) => request.url = self.textual(value)?,
                ("type" | "method", Expression::StringLiteral(method)) => {
                    request.method = method.value.to_uppercase();
                }
                ("data", Expression::ObjectExpression(object)) => data = Some(object),
                (key, value) => return self.why_at(format!("the option `{key}` of `$.ajax`"), value),
            }
        }
        if request.method == "HEAD" {
            return self.why_at("a HEAD of `$.ajax`", call);
        }
        match data {
            None => {}
            Some(object) if request.method == "GET" => return self.why_at("data in the URL of `$.ajax`", &**object),
            Some(object) => self.form_body(object, &mut request)?,
        }
        Ok(Planned { request, jquery: true, want_json: false })
    }

    fn form_body(&mut self, data: &ObjectExpression<'_>, request: &mut RequestPlan) -> Compiled<()> {
        if data.properties.is_empty() {
            // Nothing to send is no body, and has no type.
            return Ok(());
        }
        request.body = Some(Expr::Form(self.object(data)?, FormStyle::JqueryParam));
        let kind = "application/x-www-form-urlencoded; charset=UTF-8";
        request.headers.push(("Content-Type".to_owned(), Expr::Const(Value::from(kind))));
        Ok(())
    }

    fn plan(&self, url: Expr, method: &str, call: &CallExpression<'_>) -> RequestPlan {
        RequestPlan {
            method: method.to_owned(),
            url,
            headers: Vec::new(),
            body: None,
            implied_content_type: None,
            redirect: Redirect::Follow,
            xhr: true,
            place: self.place(call.span),
        }
    }

    /// The plain properties of an options object.
    fn properties<'e, 'a>(&self, object: &'e ObjectExpression<'a>) -> Compiled<Vec<(String, &'e Expression<'a>)>> {
        object
            .properties
            .iter()
            .map(|property| match property {
                ObjectPropertyKind::ObjectProperty(property) if !property.computed && !property.method => {
                    let key = match &property.key {
                        PropertyKey::StaticIdentifier(name) => name.name.to_string(),
                        PropertyKey::StringLiteral(text) => text.value.to_string(),
                        _ => return self.why_at("a computed key", &**property),
                    };
                    Ok((key, &property.value))
                }
                _ => self.why_at("computed options", object),
            })
            .collect()
    }
}
