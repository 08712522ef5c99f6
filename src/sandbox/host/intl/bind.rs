//! The functions that `web/intl.js` is built on.

use std::collections::BTreeMap;

use rquickjs::{Ctx, Object, Result, prelude::Func};

use super::{Part, date, number, zone};
use crate::sandbox::host::nullable::Nullable;

/// Puts the native half of `web/intl.js` on `native`.
pub(in crate::sandbox::host) fn install<'js>(_: &Ctx<'js>, native: &Object<'js>) -> Result<()> {
    native.set("zone", Func::from(|name: String| Nullable(zone::canonical(&name))))?;
    native.set("localZone", Func::from(zone::local))?;
    native.set("date", Func::from(|ms: f64, options: Vec<String>| flat(date::format(ms, &by_name(options)))))?;
    native
        .set("number", Func::from(|text: String, options: Vec<String>| flat(number::format(&text, &by_name(options)))))
}

/// Options come as names and values in turn.
fn by_name(flat: Vec<String>) -> BTreeMap<String, String> {
    let mut options = BTreeMap::new();
    let mut flat = flat.into_iter();
    while let (Some(name), Some(value)) = (flat.next(), flat.next()) {
        options.insert(name, value);
    }
    options
}

/// Kinds and texts in turn; null for what we cannot format.
fn flat(parts: Option<Vec<Part>>) -> Nullable<Vec<String>> {
    Nullable(parts.map(|all| all.into_iter().flat_map(|p| [p.kind.to_owned(), p.text]).collect()))
}
