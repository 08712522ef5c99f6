//! Console output.

use std::rc::Rc;

use rquickjs::prelude::Func;
use rquickjs::{Ctx, Object, Result, Value};

use super::super::state::State;
use super::super::text::lossy;

/// `log(line)`.
pub(super) fn install<'js>(_ctx: &Ctx<'js>, native: &Object<'js>, state: &Rc<State>) -> Result<()> {
    let state = Rc::clone(state);
    native.set("log", Func::from(move |line: Value<'js>| state.visit().log(lossy(&line))))
}
