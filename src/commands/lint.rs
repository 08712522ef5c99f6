//! `grade lint [PATH]...`

mod against;
mod diff;
mod files;
mod mend;
mod stdin;
mod tally;

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Result, anyhow};

use super::Console;
use super::console::print;
use super::library::places;
use crate::cli::LintArgs;
use crate::config::{Origin, Settings};
use crate::exit::ExitStatus;
use crate::lint::{Level, Levels, Linter};
use crate::report::lint::{LintOutput, LintSettings, Outputs, Place, list};
use tally::Tally;

pub fn run(args: &LintArgs, settings: &Settings, console: &Console) -> Result<ExitStatus> {
    let started = Instant::now();
    let levels = levels(args, settings)?;
    if args.list {
        print(&list(&levels, console.styles(), console.width()))?;
        return Ok(ExitStatus::Passed);
    }
    let linter = Linter::new(levels.clone());
    if args.diff && args.stdin {
        return stdin::diff(args, &linter, console);
    }
    if args.diff {
        let paths = paths(args, settings)?;
        return diff::run(args, &linter, &paths, console);
    }
    let shown = LintSettings { levels, width: console.width(), most: Some(args.max_findings).filter(|most| *most > 0) };
    let outputs = Outputs::open(outputs(args)?, &shown, [console.styles(), console.error_styles()])?;
    let mut tally = Tally::new(outputs, args.deny_warnings, console);
    if args.stdin {
        stdin::look(args, &linter, &mut tally, console)?;
    } else {
        files::look(args, &linter, &paths(args, settings)?, &mut tally)?;
    }
    Ok(tally.finish(started.elapsed()))
}

/// The rules' own levels, then those of the settings, of the environment and of the options; what is said later holds.
fn levels(args: &LintArgs, settings: &Settings) -> Result<Levels> {
    let mut levels = Levels::default();
    let said = settings.get("lint");
    set(&mut levels, said.map(|setting| setting.values.as_slice()).unwrap_or_default())?;
    if !args.only.is_empty() {
        levels.only(&args.only)?;
        // `--only L2 --rule L201=off`: what stands on the same line holds.
        if said.is_some_and(|setting| matches!(setting.origin, Origin::Flag(_))) {
            set(&mut levels, &args.rules)?;
        }
    }
    Ok(levels)
}

fn set(levels: &mut Levels, said: &[String]) -> Result<()> {
    for text in said {
        let (name, level) = text.split_once('=').unwrap_or((text, ""));
        let level: Level = level.parse().map_err(|message: String| anyhow!(message))?;
        levels.set(name, level)?;
    }
    Ok(())
}

/// What to look at: what was named, else what the settings name as challenges, else this folder.
fn paths(args: &LintArgs, settings: &Settings) -> Result<Vec<PathBuf>> {
    if !args.paths.is_empty() {
        return Ok(args.paths.clone());
    }
    match settings.get("challenges").filter(|setting| setting.is_said()) {
        Some(setting) => places(&setting.values.iter().map(PathBuf::from).collect::<Vec<_>>()),
        None => Ok(vec![PathBuf::from(".")]),
    }
}

/// A report without a path takes the place of what people see, which goes to standard error then, as when grading.
fn outputs(args: &LintArgs) -> Result<Vec<LintOutput>> {
    let mut first: LintOutput = args.format.parse()?;
    let reports: Vec<LintOutput> = args.reports.iter().map(|text| text.parse()).collect::<Result<_, _>>()?;
    let taken = args.fix && args.stdin;
    let is_default = args.format == "terminal" && reports.iter().any(|report| report.place == Place::Stdout);
    if first.place == Place::Stdout && (taken || is_default) {
        first.place = Place::Stderr;
    }
    Ok(std::iter::once(first).chain(reports).collect())
}

/// A path as messages have it: relative where it can be, with `/`.
fn shown(path: &Path) -> String {
    let here = std::env::current_dir().ok();
    let path = here.as_deref().and_then(|here| path.strip_prefix(here).ok()).unwrap_or(path);
    let text = path.display().to_string();
    let text = if cfg!(windows) { text.replace('\\', "/") } else { text };
    let short = text.trim_start_matches("./").trim_start_matches('/');
    if text.starts_with("./") && !short.is_empty() { short.to_owned() } else { text }
}
