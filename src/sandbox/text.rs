//! Strings that leave the engine.

use rquickjs::function::This;
use rquickjs::{Function, Object, Value};

/// The text of a JavaScript string; lone surrogates become U+FFFD. Empty for anything else.
pub(super) fn lossy(value: &Value<'_>) -> String {
    let Some(string) = value.as_string() else {
        return String::new();
    };
    string.to_string().unwrap_or_else(|_| well_formed(value).unwrap_or_default())
}

fn well_formed(value: &Value<'_>) -> Option<String> {
    let class: Object<'_> = value.ctx().globals().get("String").ok()?;
    let prototype: Object<'_> = class.get("prototype").ok()?;
    let method: Function<'_> = prototype.get("toWellFormed").ok()?;
    method.call((This(value.clone()),)).ok()
}
