//! Functions that a realm keeps from one hint to the next, so that they need not be looked up or made again.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use rquickjs::function::Opt;
use rquickjs::{Ctx, Function, Object, Persistent, Result, Value};

use super::state::State;
use super::text::lossy;

/// Blocks whose functions one realm keeps.
const MOST_BLOCKS: usize = 64;

type Kept = Persistent<Function<'static>>;

/// The functions of one realm. They refer to the engine, so they go before it does.
pub(super) struct Functions {
    tail: Kept,
    is_tail: Kept,
    run_value: Kept,
    finish: Kept,
    user_input: RefCell<Option<Kept>>,
    /// By the address of the text that the block was made into, which is kept with it.
    blocks: RefCell<HashMap<usize, (Arc<str>, Kept)>>,
}

impl Functions {
    /// Those that the boot module exports.
    pub(super) fn new<'js>(ctx: &Ctx<'js>, boot: &Object<'js>) -> Result<Self> {
        let keep = |name: &str| boot.get::<_, Function<'js>>(name).map(|function| Persistent::save(ctx, function));
        Ok(Self {
            tail: keep("tail")?,
            is_tail: keep("isTail")?,
            run_value: keep("runValue")?,
            finish: keep("finish")?,
            user_input: RefCell::default(),
            blocks: RefCell::default(),
        })
    }

    /// What marks a completion value.
    pub(super) fn tail<'js>(&self, ctx: &Ctx<'js>) -> Result<Function<'js>> {
        self.tail.clone().restore(ctx)
    }

    /// Whether a value is one that was marked.
    pub(super) fn is_tail<'js>(&self, ctx: &Ctx<'js>) -> Result<Function<'js>> {
        self.is_tail.clone().restore(ctx)
    }

    /// Runs a block of the dialects whose value counts.
    pub(super) fn run_value<'js>(&self, ctx: &Ctx<'js>) -> Result<Function<'js>> {
        self.run_value.clone().restore(ctx)
    }

    /// Awaits a completion value.
    pub(super) fn finish<'js>(&self, ctx: &Ctx<'js>) -> Result<Function<'js>> {
        self.finish.clone().restore(ctx)
    }

    /// `getUserInput`: the same one for hint after hint, or a new one where a hint might change it.
    pub(super) fn user_input<'js>(&self, ctx: &Ctx<'js>, state: &Rc<State>, is_same: bool) -> Result<Function<'js>> {
        if !is_same {
            return user_input(ctx, state);
        }
        if let Some(known) = self.user_input.borrow().clone() {
            return known.restore(ctx);
        }
        let made = user_input(ctx, state)?;
        self.user_input.replace(Some(Persistent::save(ctx, made.clone())));
        Ok(made)
    }

    /// The function that this very text was made into before.
    pub(super) fn block<'js>(&self, ctx: &Ctx<'js>, text: &Arc<str>) -> Option<Function<'js>> {
        let (_, kept) = self.blocks.borrow().get(&address(text))?.clone();
        kept.restore(ctx).ok()
    }

    /// Keeps the function that a text was made into.
    pub(super) fn keep_block<'js>(&self, ctx: &Ctx<'js>, text: &Arc<str>, function: &Function<'js>) {
        let mut blocks = self.blocks.borrow_mut();
        if blocks.len() < MOST_BLOCKS {
            let kept = Persistent::save(ctx, function.clone());
            blocks.insert(address(text), (Arc::clone(text), kept));
        }
    }
}

fn address(text: &Arc<str>) -> usize {
    text.as_ptr().addr()
}

fn user_input<'js>(ctx: &Ctx<'js>, state: &Rc<State>) -> Result<Function<'js>> {
    let state = Rc::clone(state);
    Function::new(ctx.clone(), move |name: Opt<Value<'js>>| {
        let is_url = name.0.is_some_and(|name| lossy(&name) == "url");
        if is_url { state.visit().url.clone() } else { String::new() }
    })?
    .with_name("getUserInput")
}
