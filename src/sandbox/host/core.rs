//! The object that prelude modules import as `grade:host`.

use std::cell::Cell;
use std::rc::Rc;

use rquickjs::{Ctx, Exception, Function, Module, Object, Persistent, Result, String as JsString, Value};

use super::super::assertions;
use super::super::bundle::SCHEME;
use super::super::globals::{GLOBALS, PATCHES};
use super::super::state::State;
use super::super::visit::Trip;

/// What `find` gives when it has found nothing, or cannot tell.
const NOT_FOUND: i32 = -1;

/// `api(name)`, `load(module)`, `find(source, flags, text)` where there are searches outside of the engine, `unsupported(what)`, `uncaught(error)`, `now()`, `globals()`, `patches()`, `assertions()`.
pub(in super::super) fn install<'js>(ctx: &Ctx<'js>, host: &Object<'js>, state: &Rc<State>) -> Result<()> {
    let shared = Rc::clone(state);
    let api = move |ctx: Ctx<'js>, name: String| super::api(&ctx, &name, &shared);
    host.set("api", Function::new(ctx.clone(), api)?)?;

    let loading = Cell::new(false);
    let shared = Rc::clone(state);
    let load_one = move |ctx: Ctx<'js>, path: String| {
        // The engine aborts the process when a module that is being evaluated is linked again.
        if loading.replace(true) {
            return Err(Exception::throw_internal(&ctx, &format!("{path} is loaded while another module is")));
        }
        let loaded = load(&ctx, &path);
        loading.set(false);
        if loaded.is_err() {
            // Where the stack was full: the engine will never try that module again.
            shared.spoil();
        }
        loaded
    };
    host.set("load", Function::new(ctx.clone(), load_one)?)?;

    let shared = Rc::clone(state);
    let unsupported = move |ctx: Ctx<'js>, what: String| -> Result<()> {
        let message = format!("{what} is not supported by grade");
        shared.trip(Trip::Unsupported(what));
        Err(Exception::throw_type(&ctx, &message))
    };
    host.set("unsupported", Function::new(ctx.clone(), unsupported)?)?;

    let shared = Rc::clone(state);
    let uncaught = move |ctx: Ctx<'js>, error: Value<'js>| {
        shared.visit().add_uncaught(Persistent::save(&ctx, error));
    };
    host.set("uncaught", Function::new(ctx.clone(), uncaught)?)?;

    let shared = Rc::clone(state);
    host.set("now", Function::new(ctx.clone(), move || shared.visit().now())?)?;

    if let Some(searches) = state.searches.clone() {
        let find = move |source: String, flags: String, text: JsString<'js>| {
            // Half a character is no text outside of the engine.
            let found = text.to_string().ok().and_then(|text| searches.find(&source, &flags, &text));
            found.and_then(|end| i32::try_from(end).ok()).unwrap_or(NOT_FOUND)
        };
        host.set("find", Function::new(ctx.clone(), find)?)?;
    }

    let patches = || PATCHES.iter().map(|(path, _)| *path).collect::<Vec<_>>();
    host.set("patches", Function::new(ctx.clone(), patches)?)?;
    host.set("assertions", Function::new(ctx.clone(), assertions::all)?)?;
    let globals = |ctx: Ctx<'js>| -> Result<Object<'js>> {
        let globals = Object::new(ctx)?;
        for (module, names) in GLOBALS {
            globals.set(*module, names.to_vec())?;
        }
        Ok(globals)
    };
    host.set("globals", Function::new(ctx.clone(), globals)?)
}

/// Evaluates a prelude module, if this context has not yet, and gives what it exports.
pub(in super::super) fn load<'js>(ctx: &Ctx<'js>, path: &str) -> Result<Object<'js>> {
    // The engine gives a namespace only of the module object at hand, and shares instances by name: a module that passes
    // all exports on is the way to an instance that another module may have loaded before.
    let source = format!("export * from '{SCHEME}{path}';");
    let (module, promise) = Module::declare(ctx.clone(), format!("{SCHEME}entry/{path}"), source)?.eval()?;
    if let Some(result) = promise.result::<Value<'js>>() {
        result?;
    }
    module.namespace()
}

/// The module that reads errors; loaded at the first failure.
pub(in super::super) fn describe_module<'js>(ctx: &Ctx<'js>) -> Result<Object<'js>> {
    load(ctx, "describe.js")
}
