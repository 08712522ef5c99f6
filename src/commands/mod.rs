//! One file a verb: each brings the stages together, and decides nothing that a stage could decide.

mod ask;
mod batch;
mod completions;
mod config;
mod console;
mod curriculum;
mod demo;
mod doctor;
mod explain;
mod grade;
mod init;
mod interrupt;
mod library;
mod lint;
mod list;
mod man;
mod memory;
mod merge;
mod mutate;
mod new;
mod observe;
mod run;
mod schema;
mod secrets;
mod settings;
mod show;
mod show_json;
mod status;
mod target;
mod verify;
mod watch;

use anyhow::Result;

use self::secrets::secrets;
use crate::cli::{Cli, Command, Line};
use crate::config::Settings;
use crate::exit::ExitStatus;

pub use console::Console;

/// Runs what the command line asks for, with the settings that stand behind it.
pub fn run(line: &Line, alone: Cli, console: &mut Console) -> Result<ExitStatus> {
    console.hide(secrets(&alone, line, &Settings::default())?);
    let (cli, settings) = if alone.uses_settings() {
        let settings = settings::load(line, &alone, console)?;
        (line.with(&settings)?, settings)
    } else {
        (alone, Settings::default())
    };
    *console = Console::new(cli.color);
    console.hide(secrets(&cli, line, &settings)?);
    match cli.command {
        None => grade::run(&cli.grade, &settings, console),
        Some(Command::Batch(args)) => batch::run(&args, console),
        Some(Command::Merge(args)) => merge::run(&args, console),
        Some(Command::List(args)) => list::run(&args, console),
        Some(Command::Show(args)) if args.json => show_json::objects(&args),
        Some(Command::Show(args)) if args.engine => show_json::engines(&args),
        Some(Command::Show(args)) => show::run(&args, console),
        Some(Command::Explain(args)) => explain::run(&args, console),
        Some(Command::Demo(args)) => demo::run(&args, console),
        Some(Command::Status(args)) => status::run(&args, &settings, console),
        Some(Command::Config(args)) => config::run(&args, &settings, console),
        Some(Command::Init(args)) => init::run(&args, line),
        Some(Command::Completions(args)) => completions::run(&args),
        Some(Command::Man(args)) => man::run(&args),
        Some(Command::Schema(args)) => schema::run(&args),
        Some(Command::Doctor(args)) => doctor::run(&args, console),
        Some(Command::Mutate(args)) => mutate::run(&args, console),
        Some(Command::Curriculum(command)) => curriculum::run(&command, console),
        Some(Command::New(args)) => new::run(&args, console),
        Some(Command::Verify(args)) => verify::run(&args, console),
        Some(Command::Lint(args)) => lint::run(&args, &settings, console),
        Some(Command::Watch(args)) => watch::run(&args, &settings, console),
    }
}
