//! `grade batch <SUBMISSIONS> [CHALLENGE]...`: many submissions in one run.

mod cache;
mod challenges;
mod journal;
mod limits;
mod render;
mod results;
mod watch;

use std::sync::Arc;

use anyhow::Result;

use super::Console;
use super::grade::{engine, fetch_settings, rules};
use crate::batch::{Batch, Ended, Fingerprint, Format, Grading, Limits, List, Render, Results, Shard, Survey, Totals};
use crate::cli::{BatchArgs, InputFormat};
use crate::exit::ExitStatus;
use crate::fetch::{FetchSettings, Pace};
use crate::grader::GradeSettings;
use crate::report::batch::{duration, summary};
use crate::report::model::Times;

use self::journal::Begun;
pub use self::results::Destination;

/// Submissions side by side for each processor: nearly all of them wait for the network.
const JOBS: usize = 16;
/// Submissions of one host side by side.
const PER_HOST: usize = 4;
/// Requests that a hint may have to wait for where there is a pause between them.
const PAUSES: u32 = 10;

pub fn run(args: &BatchArgs, console: &Console) -> Result<ExitStatus> {
    let destination = Destination::of(&args.results)?;
    let format = args.input.map(|format| match format {
        InputFormat::Csv => Format::Csv,
        InputFormat::Jsonl => Format::JsonLines,
    });
    let list = List::open(&args.submissions, format)?;
    let shard = args.shard.unwrap_or(Shard::WHOLE);
    let survey = Survey::of(&list, shard)?;
    let Some(selections) = challenges::selections(args, &survey, console)? else {
        return Ok(ExitStatus::Unusable);
    };
    let limits = limits(args);
    let settings = GradeSettings {
        rules: rules(args.rules),
        engine: engine(args.engine),
        hint_timeout: args.limits.hint_timeout + pauses(args, limits),
        fail_fast: false,
        times: !args.no_times,
    };
    let fetch = FetchSettings {
        pace: args.flow.rate.map(Pace::with_pause).unwrap_or_default(),
        ..fetch_settings(&args.limits, settings.rules)?
    };
    let fingerprint = Fingerprint {
        list: survey.digest.clone(),
        rows: survey.rows,
        challenges: selections.fingerprint(),
        rules: described(&settings, &fetch, args.again.repeat),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        shard,
    };
    let cache = cache::open(args, &selections)?;
    let times = if args.no_times { Times::Hidden } else { Times::Shown };
    let render = render::Lines::new(&selections, console.secrets().clone(), times, std::env::current_dir().ok());
    let needs_journal = args.ordered || destination.has_reports();
    let begun = journal::begin(args, &list, survey, &fingerprint, needs_journal, console)?;
    let read: Vec<&std::path::Path> =
        [Some(args.submissions.as_path()), begun.path.as_deref()].into_iter().flatten().collect();
    let output = destination.open(&read)?;
    limits::raise();
    let about = results::About::of(&fingerprint, settings.engine.name());
    let grading = Grading {
        settings,
        fetch,
        selections,
        timeout: args.flow.submission_timeout,
        start_timeout: args.flow.start_timeout,
        may_start: args.flow.allow_start,
        repeat: args.again.repeat,
        cache: cache.clone(),
    };
    let render: Arc<dyn Render> = Arc::new(render);
    let Begun { journal, plan, path } = begun;
    let left_out = plan.left_out();
    let batch = Batch { list, plan, grading, render, limits, ordered: args.ordered };
    let watched = watch::run(batch, journal, output, destination.is_on_screen(), console)?;
    let mut written = told(&watched.ended, path.is_some(), console);
    if let Some(journal) = &watched.ended.journal {
        written &= destination.finish(&about, watched.totals, || Results::of_journal(journal), console)?;
    }
    drop(watched.ended.journal);
    let time = if args.no_times { String::new() } else { format!(" in {}", duration(watched.duration)) };
    let from_cache = cache::finish(cache.as_deref(), console);
    console.diagnose(&format!("{}{from_cache}{time}\n", summary(watched.totals)));
    if left_out > 0 {
        console.warn(&format!("{left_out} rows have no result yet; --resume without --only grades them"));
    }
    if watched.interrupted {
        let rest = if path.is_some() { "--resume goes on" } else { "there is no journal to go on from" };
        console.warn(&format!("the run was interrupted; {rest}"));
    }
    let status = if args.shard.is_some() { part_status(watched.totals) } else { status(watched.totals) };
    Ok(match status {
        _ if !written => ExitStatus::Unusable,
        ExitStatus::Failed => ExitStatus::Failed,
        _ if watched.interrupted => ExitStatus::CouldNotCheck,
        status => status,
    })
}

/// The rules in words, with what else verdicts depend on.
fn described(settings: &GradeSettings, fetch: &FetchSettings, repeat: usize) -> String {
    let cors = if fetch.cors { "" } else { ", without CORS" };
    let times = if repeat > 1 { format!(", {repeat} times") } else { String::new() };
    format!("{}{cors}{times}", settings.rules.name())
}

/// Says what kept the run from its end; true when nothing did.
fn told(ended: &Ended, journal: bool, console: &Console) -> bool {
    if let Err(error) = &ended.kept {
        console.error(error);
        let rest = if journal {
            "the journal is whole: make room, or give another place, and run the same with --resume"
        } else {
            ""
        };
        if !rest.is_empty() {
            console.diagnose(&format!("{} {rest}\n", console.error_styles().help("help:")));
        }
    }
    if let Some(error) = &ended.list {
        console.error(error);
    }
    if let Some(error) = &ended.worker {
        console.error(&NoWorker(error.to_string()));
    }
    ended.kept.is_ok() && ended.list.is_none() && ended.worker.is_none()
}

/// A thread that grades does not run.
#[derive(Debug, thiserror::Error)]
#[error("grading cannot go on: {0}")]
struct NoWorker(String);

/// The status of all submissions together. One that failed settles it; rows that were not graded were not checked.
pub fn status(totals: Totals) -> ExitStatus {
    match totals {
        Totals { failed: 1.., .. } => ExitStatus::Failed,
        Totals { errored: 1.., .. } | Totals { passed: 1.., ungraded: 1.., .. } => ExitStatus::CouldNotCheck,
        Totals { passed: 1.., .. } => ExitStatus::Passed,
        _ => ExitStatus::Unusable,
    }
}

/// The status of a part. Whoever divides a list must not take a part for broken because the ids in it are few, or are of rows that
/// cannot be graded: `merge` judges the whole.
fn part_status(totals: Totals) -> ExitStatus {
    match (status(totals), totals) {
        (ExitStatus::Unusable, Totals { ungraded: 1.., .. }) => ExitStatus::CouldNotCheck,
        (ExitStatus::Unusable, _) => ExitStatus::Passed,
        (status, _) => status,
    }
}

fn limits(args: &BatchArgs) -> Limits {
    let number = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let usual = if args.flow.rate.is_some() { 1 } else { PER_HOST };
    Limits {
        workers: cores,
        jobs: args.flow.jobs.map_or(cores * JOBS, number),
        per_host: args.flow.per_host.map_or(usual, number),
    }
}

/// What a hint may spend with waiting for its turn, besides its own time.
fn pauses(args: &BatchArgs, limits: Limits) -> std::time::Duration {
    let side_by_side = u32::try_from(limits.per_host).unwrap_or(u32::MAX);
    args.flow.rate.map_or(std::time::Duration::ZERO, |pause| {
        pause.saturating_mul(PAUSES.saturating_mul(side_by_side)).min(args.flow.submission_timeout)
    })
}

/// Where the journal of a list is, if nothing else is said.
fn usual_journal(args: &BatchArgs) -> Option<std::path::PathBuf> {
    if args.submissions.as_os_str() == "-" {
        return None;
    }
    let part = args.shard.map(|shard| format!(".{}-of-{}", shard.index, shard.count)).unwrap_or_default();
    let mut path = args.submissions.clone().into_os_string();
    path.push(format!("{part}.journal"));
    Some(path.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_status_is_that_of_all_submissions() {
        let totals =
            |passed, failed, errored, ungraded| Totals { passed, failed, errored, ungraded, ..Totals::default() };
        for (totals, expected) in [
            (totals(2, 0, 0, 0), ExitStatus::Passed),
            (totals(2, 1, 1, 1), ExitStatus::Failed),
            (totals(2, 0, 1, 0), ExitStatus::CouldNotCheck),
            (totals(2, 0, 0, 1), ExitStatus::CouldNotCheck),
            (totals(0, 0, 1, 1), ExitStatus::CouldNotCheck),
            (totals(0, 0, 0, 3), ExitStatus::Unusable),
            (totals(0, 0, 0, 0), ExitStatus::Unusable),
        ] {
            assert_eq!(status(totals), expected, "{totals:?}");
            // Only what is nothing by itself is something as a part of a whole.
            let part = match totals.ungraded {
                _ if expected != ExitStatus::Unusable => expected,
                0 => ExitStatus::Passed,
                _ => ExitStatus::CouldNotCheck,
            };
            assert_eq!(part_status(totals), part, "{totals:?}");
        }
    }
}
