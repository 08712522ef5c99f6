//! Hints on the thread of whoever asks.

use grade::fetch::Fetcher;
use grade::sandbox::{PageSettings, STACK, Sandbox, ScriptPage, ScriptVerdict};

use super::script::program;

/// Runs a test where there is stack enough for the engine.
pub fn with_stack(test: impl FnOnce() + Send) {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, test).unwrap();
        if let Err(panic) = thread.join() {
            std::panic::resume_unwind(panic);
        }
    });
}

/// A hint as the grader evaluates it: here if it may be, else on a thread of its own.
pub async fn evaluate(page: &mut ScriptPage, block: &str, server: &dyn Fetcher) -> (ScriptVerdict, bool) {
    let program = program(block);
    if page.may_run_here(&program)
        && let Some(verdict) = page.run_here(&program, server).await
    {
        return (verdict, true);
    }
    (page.run(&program, server).await, false)
}

/// Has a block run once on a thread, after which it is trusted if it may be.
pub async fn introduce(sandbox: &Sandbox, settings: &PageSettings, block: &str, server: &dyn Fetcher) {
    // On a busy machine something else may have run meanwhile.
    for _ in 0..100 {
        let mut page = sandbox.page(settings.clone());
        page.run(&program(block), server).await;
        if sandbox.page(settings.clone()).may_run_here(&program(block)) {
            return;
        }
    }
    panic!("{block} is not trusted");
}

/// Everything that a verdict says.
pub fn told(verdict: &ScriptVerdict) -> String {
    let ScriptVerdict { outcome, notes, exchanges, console, .. } = verdict;
    let asked: Vec<String> = exchanges.iter().map(|one| format!("{} {}", one.method, one.url)).collect();
    format!("{outcome:#?} {notes:?} {asked:?} {console:?}")
}
