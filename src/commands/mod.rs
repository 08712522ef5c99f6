//! One file a verb: each brings the stages together, and decides nothing that a stage could decide.

mod console;
mod curriculum;
mod demo;
mod doctor;
mod grade;
mod library;
mod list;
mod show;
mod show_json;

use anyhow::Result;

use crate::cli::{Cli, Command};
use crate::exit::ExitStatus;

pub use console::Console;

/// Runs what the command line asks for.
pub fn run(cli: Cli, console: &Console) -> Result<ExitStatus> {
    match cli.command {
        None => grade::run(&cli.grade, console),
        Some(Command::List(args)) => list::run(&args, console),
        Some(Command::Show(args)) if args.json => show_json::objects(&args),
        Some(Command::Show(args)) if args.engine => show_json::engines(&args),
        Some(Command::Show(args)) => show::run(&args, console),
        Some(Command::Demo(args)) => demo::run(&args, console),
        Some(Command::Doctor(args)) => doctor::run(&args, console),
        Some(Command::Curriculum(command)) => curriculum::run(&command, console),
    }
}
