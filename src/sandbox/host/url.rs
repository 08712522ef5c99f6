//! `URL` and the query format, on the `url` crate.

use rquickjs::{Ctx, Object, Result, prelude::Func};
use url::{Url, form_urlencoded, quirks};

/// Puts the native half of `web/url.js` on `native`.
pub(super) fn install<'js>(_: &Ctx<'js>, native: &Object<'js>) -> Result<()> {
    native.set("parse", Func::from(parse))?;
    native.set("parts", Func::from(parts_of))?;
    native.set("set", Func::from(set))?;
    native.set("parseQuery", Func::from(parse_query))?;
    native.set("formatQuery", Func::from(format_query))
}

/// The parts in the order that `web/url.js` expects, or null.
type Parts = Nullable<Vec<String>>;

use super::nullable::Nullable;

fn parts(url: &Url) -> Vec<String> {
    vec![
        quirks::href(url).to_owned(),
        quirks::origin(url),
        quirks::protocol(url).to_owned(),
        quirks::username(url).to_owned(),
        quirks::password(url).to_owned(),
        quirks::host(url).to_owned(),
        quirks::hostname(url).to_owned(),
        quirks::port(url).to_owned(),
        quirks::pathname(url).to_owned(),
        quirks::search(url).to_owned(),
        quirks::hash(url).to_owned(),
    ]
}

fn parsed(input: &str, base: Option<&str>) -> Option<Url> {
    match base {
        Some(base) => Url::parse(base).and_then(|base| base.join(input)),
        None => Url::parse(input),
    }
    .ok()
}

/// The whole as it is written, or null.
#[allow(clippy::needless_pass_by_value)] // the engine hands over owned strings
fn parse(input: String, base: Option<String>) -> Nullable<String> {
    Nullable(parsed(&input, base.as_deref()).map(String::from))
}

#[allow(clippy::needless_pass_by_value)]
fn parts_of(input: String, base: Option<String>) -> Parts {
    Nullable(parsed(&input, base.as_deref()).map(|url| parts(&url)))
}

/// Sets one property; null if the value is refused, as setters silently do.
#[allow(clippy::needless_pass_by_value)]
fn set(href: String, name: String, value: String) -> Parts {
    Nullable(changed(&href, &name, &value).map(|url| parts(&url)))
}

fn changed(href: &str, name: &str, value: &str) -> Option<Url> {
    if name == "href" {
        return Url::parse(value).ok();
    }
    let mut url = Url::parse(href).ok()?;
    match name {
        "protocol" => quirks::set_protocol(&mut url, value).ok()?,
        "username" => quirks::set_username(&mut url, value).ok()?,
        "password" => quirks::set_password(&mut url, value).ok()?,
        "host" => quirks::set_host(&mut url, value).ok()?,
        "hostname" => quirks::set_hostname(&mut url, value).ok()?,
        "port" => quirks::set_port(&mut url, value).ok()?,
        "pathname" => quirks::set_pathname(&mut url, value),
        "search" => quirks::set_search(&mut url, value),
        "hash" => quirks::set_hash(&mut url, value),
        _ => return None,
    }
    Some(url)
}

/// Names and values in turn.
#[allow(clippy::needless_pass_by_value)]
fn parse_query(query: String) -> Vec<String> {
    form_urlencoded::parse(query.as_bytes()).flat_map(|(k, v)| [k.into_owned(), v.into_owned()]).collect()
}

#[allow(clippy::needless_pass_by_value)]
fn format_query(flat: Vec<String>) -> String {
    let mut out = form_urlencoded::Serializer::new(String::new());
    for pair in flat.chunks_exact(2) {
        if let [name, value] = pair {
            out.append_pair(name, value);
        }
    }
    out.finish()
}
