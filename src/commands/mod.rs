//! One file a verb: each brings the stages together, and decides nothing that a stage could decide.

mod console;
mod curriculum;
mod demo;
mod doctor;
mod explain;
mod grade;
mod interrupt;
mod library;
mod list;
mod observe;
mod run;
mod schema;
mod secrets;
mod show;
mod show_json;
mod target;

use anyhow::Result;

use crate::cli::{Cli, Command};
use crate::exit::ExitStatus;

pub use console::Console;
pub use secrets::secrets;

/// Runs what the command line asks for.
pub fn run(cli: Cli, console: &Console) -> Result<ExitStatus> {
    match cli.command {
        None => grade::run(&cli.grade, console),
        Some(Command::List(args)) => list::run(&args, console),
        Some(Command::Show(args)) if args.json => show_json::objects(&args),
        Some(Command::Show(args)) if args.engine => show_json::engines(&args),
        Some(Command::Show(args)) => show::run(&args, console),
        Some(Command::Explain(args)) => explain::run(&args, console),
        Some(Command::Demo(args)) => demo::run(&args, console),
        Some(Command::Schema(args)) => schema::run(&args),
        Some(Command::Doctor(args)) => doctor::run(&args, console),
        Some(Command::Curriculum(command)) => curriculum::run(&command, console),
    }
}
