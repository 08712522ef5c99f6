//! Requests from their plans.

use bytes::Bytes;

use super::evaluate::Frame;
use super::{Stop, Thrown};
use crate::fetch::{Credentials, Initiator, Request};
use crate::port::js::to_display;
use crate::port::plan::{Expr, FormStyle, RequestPlan};
use crate::verdict::Value;

pub(super) fn build(plan: &RequestPlan, frame: &mut Frame<'_>) -> Result<Request, Stop> {
    let url = frame.value(&plan.url)?;
    let url = frame.text(&url)?;
    let parsed = frame.resolve(&url).ok_or_else(|| {
        Stop::Throw(Box::new(Thrown {
            place: Some(plan.place),
            ..Thrown::error("TypeError", format!("Failed to parse URL from {url}"))
        }))
    })?;
    if matches!(parsed.scheme(), "data" | "blob") {
        return Err(Stop::bail("a URL that no server answers"));
    }
    if !plan.xhr && (!parsed.username().is_empty() || parsed.password().is_some()) {
        return Err(Stop::bail("a URL with a user name or password"));
    }
    let mut headers = Vec::with_capacity(plan.headers.len());
    for (name, value) in &plan.headers {
        let value = frame.value(value)?;
        let value = frame.text(&value)?;
        // Whatever cannot be a header's value throws in words of its own.
        if !value.bytes().all(|byte| byte == b'\t' || (b' '..=b'~').contains(&byte)) {
            return Err(Stop::bail("a header of these characters"));
        }
        headers.push((name.clone(), value));
    }
    let body = match &plan.body {
        None => None,
        Some(body) => match frame.value(body)? {
            Value::Null | Value::Undefined => None,
            value => Some(Bytes::from(frame.text(&value)?)),
        },
    };
    // jQuery sends no body, and so no type of one, when there is nothing in the form.
    let body = body.filter(|body| !(plan.xhr && body.is_empty()));
    Ok(Request {
        method: plan.method.clone(),
        url: parsed,
        headers,
        implied_content_type: body.as_ref().and(plan.implied_content_type).map(str::to_owned),
        body,
        redirect: plan.redirect,
        credentials: Credentials::Omit,
        initiator: if plan.xhr { Initiator::Xhr } else { Initiator::Fetch },
    })
}

/// Pairs as a form.
pub(super) fn form(pairs: &[(String, Value)], style: FormStyle, frame: &Frame<'_>) -> Result<String, Stop> {
    let mut out = String::new();
    for (key, value) in pairs {
        let value = match (style, value) {
            // `$.ajax` copies its options, and the copy has no undefined members.
            (FormStyle::JqueryParam, Value::Undefined) => continue,
            (FormStyle::JqueryParam, Value::Null) => String::new(),
            (_, Value::Array(_) | Value::Object(_)) => return Err(Stop::bail("a form with nested values")),
            (_, value) => to_display(value, frame.world.zone()).ok_or_else(|| Stop::bail("the text of this value"))?,
        };
        if !out.is_empty() {
            out.push('&');
        }
        match style {
            FormStyle::UrlSearchParams => {
                out.extend(url::form_urlencoded::byte_serialize(key.as_bytes()));
                out.push('=');
                out.extend(url::form_urlencoded::byte_serialize(value.as_bytes()));
            }
            FormStyle::JqueryParam => {
                out.push_str(&encode_uri_component(key).replace("%20", "+"));
                out.push('=');
                out.push_str(&encode_uri_component(&value).replace("%20", "+"));
            }
        }
    }
    Ok(out)
}

/// `encodeURIComponent`.
pub(super) fn encode_uri_component(text: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// The pairs of a form, evaluated in order.
pub(super) fn pairs(
    entries: &[(std::sync::Arc<str>, Expr)],
    frame: &mut Frame<'_>,
) -> Result<Vec<(String, Value)>, Stop> {
    entries.iter().map(|(key, value)| Ok((key.to_string(), frame.value(value)?))).collect()
}
