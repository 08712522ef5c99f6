//! Hands hints to the script engine: one page of it for each challenge, opened when it is first needed.

use std::sync::Arc;

use super::prepared::{Prepared, position};
use super::settings::GradeSettings;
use crate::challenge::Code as FileCode;
use crate::fetch::{Basis, View};
use crate::sandbox::{Code, Hooks, Limits, PageSettings, Program, Sandbox, ScriptPage, ScriptVerdict};

/// The script engine's page of one challenge.
pub struct ScriptSide {
    page: ScriptPage,
    hooks: bool,
    /// What the answers of all hints so far are worth.
    so_far: Basis,
}

impl ScriptSide {
    /// A page with the challenge's hooks. Where the clock stands still, `still` is its time.
    pub fn open(
        sandbox: &Sandbox,
        prepared: &Prepared,
        url: &str,
        settings: &GradeSettings,
        still: Option<f64>,
    ) -> Self {
        let hooks = &prepared.challenge.hooks;
        let code = |hook: &Option<FileCode>| hook.as_ref().map(located);
        let page = sandbox.page(PageSettings {
            url: url.to_owned(),
            rules: settings.rules,
            still,
            limits: Limits { time: settings.hint_timeout, ..Limits::default() },
            hooks: Hooks {
                before_all: code(&hooks.before_all),
                before_each: code(&hooks.before_each),
                after_each: code(&hooks.after_each),
                after_all: code(&hooks.after_all),
            },
        });
        Self { page, hooks: prepared.has_hooks(), so_far: Basis::Full }
    }

    /// What the answers behind a hint are worth that has just been evaluated. What a hook was answered is behind all of them.
    pub fn basis(&mut self, of_hint: Basis) -> Basis {
        self.so_far = self.so_far.max(of_hint);
        if self.hooks { self.so_far } else { of_hint }
    }

    /// Evaluates a hint; its clock begins at `now` or later.
    pub async fn run(&mut self, code: Code, now: f64, view: &dyn View) -> ScriptVerdict {
        let program = Program { code, not_before: now };
        if self.page.may_run_here(&program) {
            if let Some(verdict) = self.page.run_here(&program, view).await {
                return verdict;
            }
            view.hint_again();
        }
        self.page.run(&program, view).await
    }

    /// Runs the challenge's last hook; what goes wrong in it is console output.
    pub async fn finish(&mut self, view: &dyn View) -> Vec<String> {
        self.page.finish(view).await
    }
}

/// Code that knows its places in the challenge file.
fn located(code: &FileCode) -> Code {
    let text = code.text.clone();
    let code = code.clone();
    Code::with_places(text, Arc::new(move |offset| position(&code, offset)))
}
