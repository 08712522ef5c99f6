//! The prelude's modules: their sources, compiled once per process to stripped bytecode.

use std::collections::HashMap;
use std::sync::{Mutex, OnceLock, PoisonError};

use rquickjs::loader::bundle::Bundle;
use rquickjs::loader::{ImportAttributes, Loader, Resolver};
use rquickjs::module::{Declared, WriteOptions};
use rquickjs::{Ctx, Error, Module, Result};

use super::globals;

/// Prefix of the names of our modules. Scripts of a challenge have other names, so they can import none of them.
pub(super) const SCHEME: &str = "grade:";

/// Where a module gets the object with the native functions.
const HOST: &str = "grade:host";
const HOST_SOURCE: &str = "export default globalThis.__gradeHost;";

type Entry = &'static [(&'static str, &'static [u8])];

fn cache() -> &'static Mutex<HashMap<String, Entry>> {
    static CACHE: OnceLock<Mutex<HashMap<String, Entry>>> = OnceLock::new();
    CACHE.get_or_init(Mutex::default)
}

/// Resolves names between our own modules only.
pub(super) struct PreludeResolver;

impl Resolver for PreludeResolver {
    fn resolve<'js>(
        &mut self,
        _ctx: &Ctx<'js>,
        base: &str,
        name: &str,
        _attributes: Option<ImportAttributes<'js>>,
    ) -> Result<String> {
        if !base.starts_with(SCHEME) {
            return Err(Error::new_resolving_message(base, name, "modules cannot be imported here"));
        }
        if name.starts_with(SCHEME) {
            return Ok(name.to_owned());
        }
        let mut path: Vec<&str> = base.trim_start_matches(SCHEME).split('/').collect();
        path.pop();
        for part in name.split('/') {
            match part {
                "." => {}
                ".." => {
                    path.pop();
                }
                part => path.push(part),
            }
        }
        Ok(format!("{SCHEME}{}", path.join("/")))
    }
}

/// Loads our own modules, from bytecode where this process has compiled them before.
pub(super) struct PreludeLoader;

impl Loader for PreludeLoader {
    fn load<'js>(
        &mut self,
        ctx: &Ctx<'js>,
        name: &str,
        attributes: Option<ImportAttributes<'js>>,
    ) -> Result<Module<'js, Declared>> {
        let known = cache().lock().unwrap_or_else(PoisonError::into_inner).get(name).copied();
        if let Some(entry) = known {
            return Bundle(entry).load(ctx, name, attributes);
        }
        let source = source_of(name).ok_or_else(|| Error::new_loading(name))?;
        let module = Module::declare(ctx.clone(), name, source)?;
        let options = WriteOptions { strip_source: true, strip_debug: true, ..WriteOptions::default() };
        let bytecode: &'static [u8] = Vec::leak(module.write(options)?);
        // Leaked on purpose: once per module and process, and the engine refers to it as read-only data.
        let name_kept: &'static str = String::leak(name.to_owned());
        let entry: Entry = Vec::leak(vec![(name_kept, bytecode)]);
        cache().lock().unwrap_or_else(PoisonError::into_inner).entry(name.to_owned()).or_insert(entry);
        Ok(module)
    }
}

fn source_of(name: &str) -> Option<&'static str> {
    if name == HOST {
        return Some(HOST_SOURCE);
    }
    globals::source(name.strip_prefix(SCHEME)?)
}
