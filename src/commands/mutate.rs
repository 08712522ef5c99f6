//! `grade mutate`: which hints can fail, and what they do not notice.

use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use tokio::sync::Notify;

use super::Console;
use super::console::print;
use super::grade::{engine, fetch_settings, prepare, rules, runtime};
use super::interrupt::Interrupt;
use super::library::{find, report_problems};
use super::run::start;
use super::target::{Target, ready_client};
use crate::cli::{MutateArgs, MutateFormat, Survivors};
use crate::curriculum::gradable_only;
use crate::exit::ExitStatus;
use crate::grader::{GradeSettings, Prepared, Stop, Submission};
use crate::mutate::{Mutated, Settings, record, run as try_mutants};
use crate::redact::Secrets;
use crate::report::Progress;
use crate::report::mutate::{Conditions, Report, collect, json, text};

pub fn run(args: &MutateArgs, console: &Console) -> Result<ExitStatus> {
    let target = Target::of(&args.target, console)?;
    let found = find(&args.source, &args.challenges, console)?;
    let (entries, listed) = gradable_only(&found.chosen)?;
    let mut invalid = found.incomplete;
    let mut prepared = Vec::new();
    for entry in &entries {
        invalid |= report_problems(entry, console);
        prepared.extend(prepare(entry));
    }
    if prepared.is_empty() {
        match listed.first() {
            _ if invalid => return Ok(ExitStatus::Unusable),
            Some((entry, reason)) => bail!("there is nothing to try: `{}`: {reason}", entry.place.full_name()),
            None => bail!("there is nothing to try"),
        }
    }
    let settings = settings(args);
    let fetch = fetch_settings(&args.limits, settings.grading.rules)?;
    let started = match target.start(&prepared) {
        None => None,
        Some(start) => Some((start, ready_client(&fetch)?)),
    };
    let submission = target.submission(fetch, console)?;
    let runtime = runtime()?;
    let mut interrupt = {
        let _inside = runtime.enter();
        Interrupt::listen()?
    };
    let mut project = None;
    if let Some((how, client)) = started {
        project = runtime.block_on(start(&how, &client, &mut interrupt))?;
        if project.is_none() {
            return Ok(interrupted(console));
        }
    }
    let stop = Stop::default();
    let hurry = Arc::new(Notify::new());
    runtime.spawn(forward(interrupt, stop.clone(), Arc::clone(&hurry)));
    let progress = Progress::new(console.progress());
    let mutated = all(&prepared, &*submission, &settings, &runtime, &stop, &progress);
    drop(progress);
    if let Some(mut project) = project {
        if let Some(ended) = runtime.block_on(project.ended(false)) {
            console.warn(&ended.to_string());
        }
        runtime.block_on(project.stop(hurry.notified()));
    }
    // A name that is still being looked up is not waited for.
    runtime.shutdown_background();
    let mut report = collect(&mutated, &conditions(args, &settings, submission.code(), console));
    hide(&mut report, console.secrets());
    show(&report, args.format, console)?;
    if stop.is_wanted() {
        return Ok(match interrupted(console) {
            _ if report.summary.hints.cannot_fail > 0 => ExitStatus::Failed,
            status => status,
        });
    }
    Ok(match report.summary.exit_code {
        _ if invalid => ExitStatus::Unusable,
        0 => ExitStatus::Passed,
        1 => ExitStatus::Failed,
        3 => ExitStatus::CouldNotCheck,
        _ => ExitStatus::Unusable,
    })
}

/// The first signal ends the run in good order, the second one is in a hurry.
async fn forward(mut interrupt: Interrupt, stop: Stop, hurry: Arc<Notify>) {
    interrupt.next().await;
    stop.stop();
    interrupt.next().await;
    hurry.notify_one();
}

fn interrupted(console: &Console) -> ExitStatus {
    console.warn("the run was interrupted; what it did not come to was not tried");
    ExitStatus::CouldNotCheck
}

/// Tries the hints of all challenges; each gets an equal share of the time that is left.
fn all(
    prepared: &[Prepared],
    submission: &dyn Submission,
    settings: &Settings,
    runtime: &tokio::runtime::Runtime,
    stop: &Stop,
    progress: &Progress,
) -> Vec<Mutated> {
    let mut left = settings.budget;
    let mut out = Vec::with_capacity(prepared.len());
    for (index, challenge) in prepared.iter().enumerate() {
        let title = &challenge.challenge.title;
        progress.now(&format!("{title}: grading it ({} of {})", index + 1, prepared.len()));
        let Some(recording) = runtime.block_on(record(challenge, submission, &settings.grading, stop)) else { break };
        let sharers = u32::try_from(prepared.len() - index).unwrap_or(u32::MAX);
        progress.now(&format!("{title}: trying wrong answers ({} of {})", index + 1, prepared.len()));
        let begun = Instant::now();
        let share = Settings { budget: left / sharers, ..settings.clone() };
        out.push(try_mutants(challenge, recording, submission, &share, runtime, stop));
        left = left.saturating_sub(begun.elapsed());
    }
    out
}

/// A secret with one letter changed would tell nearly all of it: where a change is near one, only what was there is shown, masked.
fn hide(report: &mut Report, secrets: &Secrets) {
    let hints = report.challenges.iter_mut().flat_map(|challenge| &mut challenge.hints);
    for survivor in hints.flat_map(|hint| &mut hint.survivors) {
        let secret = |text: &str| secrets.mask(text) != text;
        let apart = |text: &str| text.lines().any(secret);
        if secret(&survivor.what) || secret(&survivor.diff) || apart(&survivor.diff) {
            "a change near a secret".clone_into(&mut survivor.what);
            let kept = survivor.diff.lines().filter(|line| !line.starts_with('+'));
            survivor.diff = kept.map(|line| secrets.mask(line).into_owned() + "\n").collect();
        }
    }
}

fn show(report: &Report, format: MutateFormat, console: &Console) -> Result<()> {
    let text = match format {
        MutateFormat::Text => text(report, console.styles(), console.width()),
        MutateFormat::Json => json(report),
    };
    print(&console.secrets().mask(&text)).context("the report cannot be written")
}

fn settings(args: &MutateArgs) -> Settings {
    Settings {
        seed: args.seed,
        mutants: args.mutants,
        jobs: args.jobs.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from)),
        budget: args.budget,
        grading: GradeSettings {
            rules: rules(args.rules),
            engine: engine(args.engine),
            hint_timeout: args.limits.hint_timeout,
            ..GradeSettings::default()
        },
    }
}

fn conditions(args: &MutateArgs, settings: &Settings, url: &str, console: &Console) -> Conditions {
    Conditions {
        url: console.secrets().mask_address(url),
        rules: settings.grading.rules,
        engine: settings.grading.engine.name().to_owned(),
        seed: settings.seed,
        mutants: settings.mutants,
        survivors: match args.survivors {
            Survivors::Some(number) => Some(number),
            Survivors::All => None,
        },
    }
}
