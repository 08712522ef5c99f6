//! An answer that may be JavaScript's `null`.

use rquickjs::{Ctx, IntoJs, Result, Value};

/// `None` becomes `null` (an `Option` would become `undefined`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Nullable<T>(pub(super) Option<T>);

impl<'js, T: IntoJs<'js>> IntoJs<'js> for Nullable<T> {
    fn into_js(self, ctx: &Ctx<'js>) -> Result<Value<'js>> {
        match self.0 {
            Some(value) => value.into_js(ctx),
            None => Ok(Value::new_null(ctx.clone())),
        }
    }
}
