//! `grade watch`: grades again whenever a file changes.

mod course;
mod engine;
mod front;
mod plain;
mod screen;
mod session;

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use tokio::sync::mpsc::unbounded_channel;

use self::course::Course;
use self::engine::Engine;
use self::front::Front;
use self::plain::Plain;
use self::screen::OnScreen;
use self::session::{Desk, Ears, Heard, Session};
use super::Console;
use super::grade::{engine, fetch_settings, level, rules, runtime};
use super::interrupt::Interrupt;
use super::memory::Memory;
use super::target::{Target, ready_client};
use crate::cli::WatchArgs;
use crate::config::Settings;
use crate::exit::ExitStatus;
use crate::grader::GradeSettings;
use crate::report::{Detail, TerminalSettings};
use crate::state::StateFolder;
use crate::watch::{Files, Places, listen};

/// Watches, on a screen where there is one.
pub fn run(args: &WatchArgs, settings: &Settings, console: &Console) -> Result<ExitStatus> {
    let is_dumb = std::env::var_os("TERM").is_some_and(|name| name == "dumb");
    if args.plain || is_dumb || !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return watch(args, settings, console, false);
    }
    let keeping = console.keeping();
    let status = watch(args, settings, &keeping, true);
    // What nobody has shown on the screen.
    keeping.take_kept().iter().for_each(|text| console.diagnose(text));
    status
}

fn watch(args: &WatchArgs, settings: &Settings, console: &Console, on_screen: bool) -> Result<ExitStatus> {
    let target = Target::of(&args.target, console)?;
    let course = Course::read(args, on_screen, console)?;
    let grading = GradeSettings {
        rules: rules(args.rules),
        engine: engine(args.engine),
        hint_timeout: args.limits.hint_timeout,
        fail_fast: false,
        times: !args.no_times,
    };
    let fetch = fetch_settings(&args.limits, grading.rules)?;
    let ready = ready_client(&fetch)?;
    let runs = target.url().is_some();
    let project = project_folder(args, settings);
    let state = StateFolder::of_user(|name| std::env::var_os(name)).ok().map(|folder| folder.path().to_owned());
    let (teller, heard) = unbounded_channel();
    let tell = teller.clone();
    let places = Places { project: project.clone(), challenges: course.folders.clone(), except: state };
    let files = Files::watch(places, args.debounce, args.poll, move |told| {
        // Nobody listens any more when the program ends.
        let _ = tell.send(Heard::Files(told));
    })?;
    let terminal = TerminalSettings {
        styles: console.styles(),
        width: console.width(),
        verbose: args.verbose,
        show_test: args.show_test,
        detail: Detail::Hints,
        times: !args.no_times,
        explain: level(args.explain),
    };
    let runtime = runtime()?;
    let status = runtime.block_on(async {
        let interrupt = Interrupt::listen()?;
        let front = if on_screen {
            let screen =
                OnScreen::enter(&course, terminal, console).context("the terminal cannot be used as a screen")?;
            let tell = teller.clone();
            listen(move |input| tell.send(Heard::Input(input)).is_ok()).context("the keys cannot be read")?;
            Front::Screen(Box::new(screen))
        } else {
            Front::Plain(Box::new(Plain::new(terminal, console)))
        };
        let memory = Memory::of(settings, console);
        let engine = Engine::new(target, grading, fetch, ready, args.target.start_timeout, console);
        let ears = Ears { heard, teller, interrupt };
        let desk = Desk::new(front, files, project.canonicalize().unwrap_or(project), settings.file.as_deref(), runs);
        Session { engine, ears, desk, course, memory, args, console }.run().await
    });
    // A name that is still being looked up is not waited for.
    runtime.shutdown_background();
    status
}

/// The folder whose files are watched: the one that was named, else the one of the settings file above, else this one.
fn project_folder(args: &WatchArgs, settings: &Settings) -> PathBuf {
    if let Some(folder) = &args.target.dir {
        return folder.clone();
    }
    let here = Path::new(".");
    let folder = settings.file.as_deref().filter(|file| file.is_file()).and_then(Path::parent);
    let folder = folder.map(|folder| if folder.as_os_str().is_empty() { here } else { folder });
    // A settings file from elsewhere stands in no project.
    let is_above = |folder: &Path| {
        here.canonicalize().is_ok_and(|here| folder.canonicalize().is_ok_and(|folder| here.starts_with(folder)))
    };
    folder.filter(|folder| is_above(folder)).unwrap_or(here).to_owned()
}
