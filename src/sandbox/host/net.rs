//! Requests: what `fetch` and `XMLHttpRequest` are made of.

use std::rc::Rc;
use std::sync::Arc;

use bytes::Bytes;
use rquickjs::prelude::Func;
use rquickjs::{
    ArrayBuffer, Ctx, Exception, FromJs, Function, IntoJs, Object, Persistent, Result, String as JsString, Value,
};

use super::super::message::Event;
use super::super::state::State;
use super::super::text::lossy;
use super::super::visit::{Pending, Visit};
use crate::fetch::{
    Answer, Credentials, FetchError, Initiator, Redirect, Request, Response, ResponseKind, TransportError, decode_text,
    resolve,
};

/// What `start` and `get` give instead of an id when there is nothing to wait for.
const REFUSED: i64 = -1;
/// The URL does not parse.
const NO_URL: i64 = -2;
/// The URL has a user name or a password in it.
const CREDENTIALS: i64 = -3;
/// No server answers such a URL: `data:`, `blob:`.
const NO_SERVER: i64 = -4;

/// Between the names and values of headers on their way into the engine; no server can send it.
const BETWEEN: char = '\0';

/// `start(request, callback)` and `get(url, callback)` give an id (or one of the constants), `admit()` throws when there may be no more requests, `cancel(id)`, `resolve(url)`, `text(id)`, `bytes(id)`, `headers(text)`. The callback gets null, or `(id, status, statusText, url, redirected, type, headers)`.
pub(super) fn install<'js>(ctx: &Ctx<'js>, native: &Object<'js>, state: &Rc<State>) -> Result<()> {
    let shared = Rc::clone(state);
    native.set(
        "start",
        Function::new(ctx.clone(), move |ctx: Ctx<'js>, request: Object<'js>, callback: Function<'js>| {
            start(&ctx, &shared, &request, callback)
        })?,
    )?;
    let shared = Rc::clone(state);
    native.set(
        "get",
        Function::new(ctx.clone(), move |ctx: Ctx<'js>, url: Value<'js>, callback: Function<'js>| {
            get(&ctx, &shared, &lossy(&url), callback)
        })?,
    )?;
    native.set("NO_URL", NO_URL)?;
    native.set("CREDENTIALS", CREDENTIALS)?;
    native.set("NO_SERVER", NO_SERVER)?;
    let shared = Rc::clone(state);
    let admit = move |ctx: Ctx<'js>| {
        if shared.tripped() { Err(Exception::throw_type(&ctx, "Failed to fetch")) } else { Ok(()) }
    };
    native.set("admit", Function::new(ctx.clone(), admit)?)?;
    let shared = Rc::clone(state);
    native.set(
        "cancel",
        Func::from(move |id: u32| {
            let visit = shared.visit();
            let removed = visit.pending.borrow_mut().remove(&id);
            if removed.is_some() {
                visit.send(Event::Cancel { id });
            }
        }),
    )?;
    native.set("resolve", Func::from(|url: Value<'js>| resolve(&lossy(&url)).map(String::from)))?;
    let shared = Rc::clone(state);
    native.set(
        "text",
        Function::new(ctx.clone(), move |ctx: Ctx<'js>, id: u32| -> Result<JsString<'js>> {
            let body = take_body(&ctx, &shared, id)?;
            JsString::from_str(ctx, &decode_text(&body))
        })?,
    )?;
    native.set("headers", Func::from(|text: Value<'js>| split(&lossy(&text))))?;
    let shared = Rc::clone(state);
    native.set(
        "bytes",
        Function::new(ctx.clone(), move |ctx: Ctx<'js>, id: u32| {
            ArrayBuffer::new_copy(ctx.clone(), take_body(&ctx, &shared, id)?)
        })?,
    )
}

/// A plain GET, as `fetch(url)` makes it.
fn get<'js>(ctx: &Ctx<'js>, state: &State, url: &str, callback: Function<'js>) -> i64 {
    let Some(url) = resolve(url) else {
        return NO_URL;
    };
    if !url.username().is_empty() || url.password().is_some() {
        return CREDENTIALS;
    }
    let request = Request {
        method: "GET".to_owned(),
        url,
        headers: Vec::new(),
        body: None,
        implied_content_type: None,
        redirect: Redirect::Follow,
        credentials: Credentials::Omit,
        initiator: Initiator::Fetch,
    };
    send(ctx, state, request, callback)
}

fn send<'js>(ctx: &Ctx<'js>, state: &State, request: Request, callback: Function<'js>) -> i64 {
    if request.initiator == Initiator::Fetch && matches!(request.url.scheme(), "data" | "blob") {
        return NO_SERVER;
    }
    if !matches!(request.method.as_str(), "GET" | "HEAD") && !state.admits_changes() {
        return REFUSED;
    }
    let Some(id) = state.next_request() else {
        return REFUSED;
    };
    let label: Arc<str> = format!("{} {}", request.method, request.url).into();
    let callback = Persistent::save(ctx, callback);
    let visit = state.visit();
    visit.pending.borrow_mut().insert(id, Pending { callback, label: Arc::clone(&label) });
    visit.send(Event::Fetch { id, label, request: Box::new(request) });
    i64::from(id)
}

fn start<'js>(ctx: &Ctx<'js>, state: &State, given: &Object<'js>, callback: Function<'js>) -> Result<i64> {
    let url: Value<'js> = given.get("url")?;
    let Some(url) = resolve(&lossy(&url)) else {
        return Err(Exception::throw_type(ctx, "Failed to parse URL"));
    };
    let body = body_of(ctx, given.get("body")?)?;
    if !state.admits_body(body.as_ref().map_or(0, Bytes::len)) {
        return Ok(REFUSED);
    }
    let flat: Vec<Value<'js>> = given.get("headers")?;
    let headers = flat.chunks_exact(2).filter_map(|pair| Some((lossy(pair.first()?), lossy(pair.get(1)?)))).collect();
    let request = Request {
        method: lossy(&given.get("method")?),
        url,
        headers,
        body,
        implied_content_type: given.get::<_, Option<String>>("type")?,
        redirect: match given.get::<_, Option<String>>("redirect")?.as_deref() {
            Some("manual") => Redirect::Manual,
            Some("error") => Redirect::Error,
            _ => Redirect::Follow,
        },
        credentials: if given.get("credentials")? { Credentials::Include } else { Credentials::Omit },
        initiator: if given.get("xhr")? { Initiator::Xhr } else { Initiator::Fetch },
    };
    Ok(send(ctx, state, request, callback))
}

/// A string, a `Uint8Array`, or nothing.
fn body_of<'js>(ctx: &Ctx<'js>, value: Value<'js>) -> Result<Option<Bytes>> {
    if value.is_string() {
        return Ok(Some(Bytes::from(lossy(&value))));
    }
    if value.is_object() {
        let copied = super::bytes::Bytes::from_js(ctx, value)?;
        return Ok(Some(Bytes::from(copied.0)));
    }
    Ok(None)
}

fn take_body(ctx: &Ctx<'_>, state: &State, id: u32) -> Result<Bytes> {
    let visit = state.visit();
    let body = visit.bodies.borrow_mut().remove(&id);
    match body {
        Some(Ok(body)) => Ok(body),
        Some(Err(error)) => {
            record_transport(&visit, error);
            Err(Exception::throw_type(ctx, "Failed to fetch"))
        }
        None => Err(Exception::throw_type(ctx, "body stream already read")),
    }
}

fn record_transport(visit: &Visit, error: TransportError) {
    visit.transport.borrow_mut().get_or_insert(error);
}

/// Gives an answer to the callback that waits for it.
pub(in super::super) fn deliver(ctx: &Ctx<'_>, state: &State, id: u32, result: Answer) -> Result<()> {
    let visit = state.visit();
    let pending = visit.pending.borrow_mut().remove(&id);
    let Some(pending) = pending else {
        return Ok(());
    };
    let callback = pending.callback.restore(ctx)?;
    match result {
        Ok(response) => {
            if !state.admits_body(response.body.as_ref().map_or(0, Bytes::len)) {
                return Ok(());
            }
            let headers = headers_of(ctx, &response)?;
            let Response { status, status_text, url, redirected, kind, body, .. } = &*response;
            visit.bodies.borrow_mut().insert(id, body.clone());
            // Whoever waits makes an object of it, at a fraction of what that costs from here.
            let url = if *kind == ResponseKind::Opaque { "" } else { url.as_str() };
            callback.call((id, *status, status_text.as_str(), url, *redirected, name_of(*kind), headers))
        }
        Err(error) => {
            match error {
                FetchError::Transport(error) => record_transport(&visit, error),
                FetchError::Refused(refusal) => {
                    visit.refusal.borrow_mut().get_or_insert(refusal);
                }
            }
            callback.call((Value::new_null(ctx.clone()),))
        }
    }
}

fn name_of(kind: ResponseKind) -> &'static str {
    match kind {
        ResponseKind::Basic => "basic",
        ResponseKind::Cors => "cors",
        ResponseKind::OpaqueRedirect => "opaqueredirect",
        ResponseKind::Opaque => "opaque",
    }
}

/// Names and values by turns: as one text, which `headers` takes apart when a test looks at them, or else as a list.
fn headers_of<'js>(ctx: &Ctx<'js>, response: &Response) -> Result<Value<'js>> {
    let parts = || response.headers.iter().flat_map(|(name, value)| [name.as_str(), value.as_str()]);
    if parts().any(|part| part.contains(BETWEEN)) {
        return parts().collect::<Vec<_>>().into_js(ctx);
    }
    let mut text = String::with_capacity(parts().map(|part| part.len() + 1).sum());
    for part in parts() {
        text.push_str(part);
        text.push(BETWEEN);
    }
    text.into_js(ctx)
}

fn split(text: &str) -> Vec<String> {
    text.split_terminator(BETWEEN).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use rquickjs::{Context, Runtime};

    use super::*;

    fn passed_on(headers: &[(&str, &str)]) -> Vec<String> {
        let response = Response {
            status: 200,
            status_text: String::new(),
            url: resolve("/").unwrap(),
            redirected: false,
            kind: ResponseKind::Cors,
            headers: headers.iter().map(|&(name, value)| (name.into(), value.into())).collect(),
            body: Ok(Bytes::new()),
        };
        Context::full(&Runtime::new().unwrap()).unwrap().with(|ctx| {
            let passed = headers_of(&ctx, &response).unwrap();
            match passed.as_array() {
                Some(list) => list.iter::<String>().map(Result::unwrap).collect(),
                None => split(&lossy(&passed)),
            }
        })
    }

    #[test]
    fn headers_are_passed_on_as_they_are() {
        assert!(passed_on(&[]).is_empty());
        assert_eq!(passed_on(&[("a", "b"), ("c", "")]), ["a", "b", "c", ""]);
        assert_eq!(passed_on(&[("", "")]), ["", ""]);
        assert_eq!(passed_on(&[("a", "x\0y"), ("b", "é")]), ["a", "x\0y", "b", "é"]);
    }
}
