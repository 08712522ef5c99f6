//! The page's clock.

use std::rc::Rc;

use rquickjs::prelude::Func;
use rquickjs::{Ctx, Object, Result};

use super::super::state::State;

/// `now()`: milliseconds since 1970, with a fraction.
pub(super) fn install<'js>(_ctx: &Ctx<'js>, native: &Object<'js>, state: &Rc<State>) -> Result<()> {
    let state = Rc::clone(state);
    native.set("now", Func::from(move || state.visit().now()))
}
