//! `grade --url URL [CHALLENGE]...`, and its kin with a folder or a command.

use std::sync::Arc;

use anyhow::{Context, Result, bail};

use super::Console;
use super::doctor;
use super::library::{find, report_problems};
use super::memory::Memory;
use super::observe::Observer;
use super::run::{Plan, Ran};
use super::target::{Target, ready_client};
use crate::cli::{Engine, GradeArgs, LimitArgs, Only, OutputArgs, Rules};
use crate::config::Settings;
use crate::curriculum::{Entry, gradable_only};
use crate::exit::ExitStatus;
use crate::fetch::{FetchSettings, Reach};
use crate::grader::{EngineChoice, GradeSettings, Prepared, never_reached};
use crate::report::model::{Conditions, Times};
use crate::report::{Detail, Reports, TerminalSettings, Wanted};
use crate::verdict;

pub fn run(args: &GradeArgs, settings: &Settings, console: &Console) -> Result<ExitStatus> {
    let wanted: Vec<Wanted> = args.output.reports.iter().map(|text| text.parse()).collect::<Result<_, _>>()?;
    let target = Target::of(&args.target, console)?;
    let found = find(&args.source, &args.challenges, console)?;
    let memory = Memory::of(settings, console);
    let chosen = if args.memory.last_failed { memory.last_failed(found.chosen, console)? } else { found.chosen };
    let (entries, listed) = gradable_only(&chosen)?;
    let mut invalid = found.incomplete;
    let mut prepared = Vec::new();
    for entry in &entries {
        invalid |= report_problems(entry, console);
        prepared.extend(prepare(entry));
    }
    if prepared.is_empty() {
        if invalid {
            return Ok(ExitStatus::Unusable);
        }
        match listed.first() {
            Some((entry, reason)) => bail!("there is nothing to grade: `{}`: {reason}", entry.place.full_name()),
            None => bail!("there is nothing to grade"),
        }
    }
    let grading = grading(args);
    let fetch = fetch_settings(&args.limits, grading.rules)?;
    let start = match target.start(&prepared) {
        None => None,
        Some(start) => Some((start, ready_client(&fetch)?)),
    };
    let submission = target.submission(fetch.clone(), console)?;
    // As late as can be: what stands in the files is gone once they are open.
    let reports = Reports::open(wanted)?;
    let conditions = Conditions {
        url_given: target.given().map(str::to_owned),
        url: submission.code().to_owned(),
        rules: grading.rules.name().to_owned(),
        engine: grading.engine.name().to_owned(),
        times: if args.output.no_times { Times::Hidden } else { Times::Shown },
        root: std::env::current_dir().ok(),
    };
    let terminal = terminal(&args.output, reports.on_stdout(), console);
    let mut observer = Observer::new(terminal, conditions, reports, console);
    let plan =
        Plan { submission: &*submission, start, times: args.run.repeat, settings: grading, challenges: &prepared };
    let runtime = runtime()?;
    let ran = runtime.block_on(plan.run(&mut |event, told| observer.event(event, told)));
    let all_written = observer.finish(console)?;
    if let Ok(Ran::Graded { run, .. }) = &ran {
        memory.note(run, console);
    }
    if let (Ok(Ran::Graded { run, interrupted: false, .. }), Some(url), false) = (&ran, target.url(), args.output.quiet)
        && never_reached(run)
    {
        runtime.block_on(doctor::after_run(url, &fetch, console));
    }
    // A name that is still being looked up is not waited for.
    runtime.shutdown_background();
    let status = of_run(ran?, console);
    Ok(match status {
        _ if invalid || !all_written => ExitStatus::Unusable,
        ExitStatus::Failed | ExitStatus::CouldNotCheck if args.run.exit_zero => ExitStatus::Passed,
        status => status,
    })
}

fn grading(args: &GradeArgs) -> GradeSettings {
    GradeSettings {
        rules: rules(args.rules),
        engine: engine(args.engine),
        hint_timeout: args.limits.hint_timeout,
        fail_fast: args.run.fail_fast,
        times: !args.output.no_times,
    }
}

/// What `--rules` means.
pub fn rules(rules: Rules) -> verdict::Rules {
    match rules {
        Rules::Honest => verdict::Rules::Honest,
        Rules::Browser => verdict::Rules::Browser,
    }
}

/// What `--engine` means.
pub fn engine(engine: Engine) -> EngineChoice {
    match engine {
        Engine::Auto => EngineChoice::Auto,
        Engine::Ported => EngineChoice::Ported,
        Engine::Script => EngineChoice::Script,
    }
}

fn terminal(output: &OutputArgs, to_stderr: bool, console: &Console) -> TerminalSettings {
    TerminalSettings {
        styles: if to_stderr { console.error_styles() } else { console.styles() },
        width: console.width(),
        verbose: output.verbose,
        show_test: output.show_test,
        detail: match output.only {
            _ if output.quiet => Detail::Totals,
            Some(Only::Failed) => Detail::NotPassed,
            None => Detail::Hints,
        },
        times: !output.no_times,
        explain: level(output.explain),
    }
}

/// What `--explain` means.
pub fn level(explain: crate::cli::Explain) -> crate::report::Explain {
    match explain {
        crate::cli::Explain::None => crate::report::Explain::None,
        crate::cli::Explain::Short => crate::report::Explain::Short,
        crate::cli::Explain::Full => crate::report::Explain::Full,
    }
}

/// The status of a run. What an interrupted one did not come to could not be checked.
fn of_run(ran: Ran, console: &Console) -> ExitStatus {
    let (status, interrupted) = match ran {
        Ran::Graded { run, interrupted, ended } => {
            if let Some(ended) = ended {
                console.warn(&ended.to_string());
            }
            (ExitStatus::of(run.counts()), interrupted)
        }
        Ran::Nothing => (ExitStatus::CouldNotCheck, true),
    };
    if !interrupted {
        return status;
    }
    console.warn("the run was interrupted; what it did not come to was not checked");
    if status == ExitStatus::Failed { status } else { ExitStatus::CouldNotCheck }
}

/// A challenge of the curriculum, compiled; nothing when its file has errors.
pub fn prepare(entry: &Arc<Entry>) -> Option<Prepared> {
    let challenge = Arc::new(entry.challenge()?.clone());
    let file = entry.path.display().to_string();
    Some(Prepared::new(challenge, file, entry.place.block.clone(), entry.place.language.clone()))
}

/// One thread is enough: a run waits for the network most of its time.
pub fn runtime() -> Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_current_thread().enable_all().build().context("the asynchronous runtime cannot start")
}

/// The settings of requests that the options ask for.
pub fn fetch_settings(limits: &LimitArgs, rules: verdict::Rules) -> Result<FetchSettings> {
    let ca_certificates = match &limits.cacert {
        None => None,
        Some(path) => Some(std::fs::read(path).with_context(|| format!("cannot read `{}`", path.display()))?),
    };
    Ok(FetchSettings {
        connect_timeout: limits.connect_timeout,
        max_time: limits.max_time,
        max_body: limits.max_body,
        retry: limits.retry,
        cors: !limits.no_cors,
        keep_xhr_cookies: rules == verdict::Rules::Honest,
        proxy: limits.proxy.clone(),
        ca_certificates,
        insecure: limits.insecure,
        reach: if limits.public_only { Reach::Public { also: Vec::new() } } else { Reach::Anywhere },
        resolve: limits.resolve.iter().map(|text| text.parse()).collect::<Result<_, _>>()?,
        ..FetchSettings::default()
    })
}
