//! A page for tests: the prelude's modules over the native functions, without the rest of the engine.

use std::{cell::RefCell, collections::BTreeMap, fs, path::Path, rc::Rc};

use rquickjs::{
    CatchResultExt, Context, Ctx, Function, Module, Object, Runtime, Value,
    loader::{ImportAttributes, Loader, Resolver},
    module::Declared,
};

type Installer = for<'js> fn(&Ctx<'js>, &Object<'js>) -> rquickjs::Result<()>;

const APIS: &[(&str, Installer)] = &[
    ("base64", super::base64::install),
    ("crypto", super::crypto::install),
    ("dom", super::dom::install),
    ("formData", super::form_data::install),
    ("intl", super::intl::install),
    ("text", super::text::install),
    ("url", super::url::install),
];

const HOST: &str = "
const natives = globalThis.natives;
export default {
  api: (name) => natives[name],
  unsupported(what) { throw new Error(`unsupported: ${what}`); },
};";

const GLOBALS: &str = "
import * as abort from './abort.js';
import * as base64 from './base64.js';
import * as blob from './blob.js';
import * as clone from './clone.js';
import * as crypto from './crypto.js';
import * as dom from './dom.js';
import * as exception from './dom-exception.js';
import * as event from './event.js';
import * as form from './form-data.js';
import * as headers from './headers.js';
import * as intl from './intl.js';
import * as performance from './performance.js';
import * as storage from './storage.js';
import * as text from './text.js';
import * as url from './url.js';
intl.patch();
for (const module of [abort, base64, blob, clone, crypto, dom, exception, event, form, headers, intl, performance, storage, text, url]) {
  for (const name of Object.keys(module)) globalThis[name] = module[name];
}
globalThis.show = (value) => JSON.stringify(value, (key, v) =>
  v === undefined ? '<undefined>' : typeof v === 'bigint' ? `${v}n` : Number.isNaN(v) ? '<NaN>' : Object.is(v, -0) ? '<-0>' : v);
";

struct Files;

impl Resolver for Files {
    fn resolve<'js>(
        &mut self,
        _: &Ctx<'js>,
        base: &str,
        name: &str,
        _: Option<ImportAttributes<'js>>,
    ) -> rquickjs::Result<String> {
        let mut parts: Vec<&str> = base.split('/').collect();
        parts.pop();
        for part in name.split('/') {
            match part {
                "." => {}
                ".." => drop(parts.pop()),
                other => parts.push(other),
            }
        }
        Ok(if name.starts_with('.') { parts.join("/") } else { name.to_owned() })
    }
}

impl Loader for Files {
    fn load<'js>(
        &mut self,
        ctx: &Ctx<'js>,
        name: &str,
        _: Option<ImportAttributes<'js>>,
    ) -> rquickjs::Result<Module<'js, Declared>> {
        let source = match name.strip_prefix("grade:") {
            Some("host") => HOST.to_owned(),
            Some("web/test-globals.js") => GLOBALS.to_owned(),
            Some(path) => {
                let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/sandbox/prelude");
                fs::read_to_string(folder.join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
            }
            None => panic!("{name} is no module of the prelude"),
        };
        Module::declare(ctx.clone(), name, source)
    }
}

/// A page with all globals of the host side.
pub(super) struct Page {
    context: Context,
    runtime: Runtime,
}

impl Page {
    pub(super) fn new() -> Self {
        let runtime = Runtime::new().unwrap();
        runtime.set_memory_limit(256 << 20);
        runtime.set_max_stack_size(512 << 10);
        runtime.set_loader(Files, Files);
        let context = Context::full(&runtime).unwrap();
        context.with(|ctx| {
            let natives = Object::new(ctx.clone()).unwrap();
            for (name, install) in APIS {
                let native = Object::new(ctx.clone()).unwrap();
                install(&ctx, &native).unwrap();
                natives.set(*name, native).unwrap();
            }
            ctx.globals().set("natives", natives).unwrap();
            let module = Module::evaluate(ctx.clone(), "grade:web/start.js", "import './test-globals.js';");
            let done = module.and_then(|promise| promise.finish::<()>()).catch(&ctx);
            if let Err(e) = done {
                panic!("the prelude does not load: {e}");
            }
        });
        Self { context, runtime }
    }

    /// The value of a script as JSON; a promise is waited for; an error is `throws <name>: <message>`.
    pub(super) fn eval(&self, script: &str) -> String {
        let out = Rc::new(RefCell::new(None));
        let sink = Rc::clone(&out);
        self.context.with(|ctx| {
            let report = Function::new(ctx.clone(), move |text: Option<String>| {
                *sink.borrow_mut() = Some(text.unwrap_or_else(|| "undefined".to_owned()));
            });
            ctx.globals().set("report", report.unwrap()).unwrap();
            let run = format!(
                "(async () => ({script}\n))().then(v => report(show(v)), e => report(`throws ${{e?.name}}: ${{e?.message}}`))"
            );
            let done: Result<Value<'_>, _> = ctx.eval(run).catch(&ctx);
            if let Err(e) = done {
                panic!("{script}: {e}");
            }
        });
        while self.runtime.execute_pending_job().unwrap_or(false) {}
        out.take().unwrap_or_else(|| format!("never settled: {script}"))
    }
}

/// Compares many expressions with what they give in Node: a file of `{ "expression": "result" }`.
pub(super) fn agrees_with(table: &str) -> usize {
    let cases: BTreeMap<String, String> = serde_json::from_str(table).unwrap();
    let page = Page::new();
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|(script, expected)| {
            let got = page.eval(script);
            // Messages are the engine's own; names are not.
            let same = match expected.strip_prefix("throws ") {
                Some(error) => {
                    got.strip_prefix("throws ").is_some_and(|g| g.split(':').next() == error.split(':').next())
                }
                None => got == *expected,
            };
            (!same).then(|| format!("{script}\n    expected {expected}\n    got      {got}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {} differ:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
    cases.len()
}
