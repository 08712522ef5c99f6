//! Native functions behind the prelude, one file per API.

mod base64;
mod bytes;
mod clock;
mod console;
mod core;
mod crypto;
mod dom;
mod form_data;
mod intl;
mod net;
mod nullable;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod text;
pub(super) mod timers;
mod url;

use std::rc::Rc;

use rquickjs::{Ctx, Object, Result};

use super::state::State;

pub(super) use core::{describe_module, install as install_core, load as load_module};
pub(super) use net::deliver;

type Install = for<'js> fn(&Ctx<'js>, &Object<'js>) -> Result<()>;
type InstallWithState = for<'js> fn(&Ctx<'js>, &Object<'js>, &Rc<State>) -> Result<()>;

/// APIs that need nothing but their arguments.
const PURE: &[(&str, Install)] = &[
    ("base64", base64::install),
    ("crypto", crypto::install),
    ("dom", dom::install),
    ("formData", form_data::install),
    ("intl", intl::install),
    ("text", text::install),
    ("url", url::install),
];

/// APIs that talk to the loop.
const STATEFUL: &[(&str, InstallWithState)] =
    &[("clock", clock::install), ("console", console::install), ("net", net::install), ("timers", timers::install)];

/// The object with the native functions of one API; empty when there is no such API.
pub(super) fn api<'js>(ctx: &Ctx<'js>, name: &str, state: &Rc<State>) -> Result<Object<'js>> {
    let native = Object::new(ctx.clone())?;
    if let Some((_, install)) = PURE.iter().find(|(known, _)| *known == name) {
        install(ctx, &native)?;
    }
    if let Some((_, install)) = STATEFUL.iter().find(|(known, _)| *known == name) {
        install(ctx, &native, state)?;
    }
    Ok(native)
}
