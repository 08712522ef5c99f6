//! `grade`: reads back-end coding challenges and grades a running project against their hints.
//!
//! Data flows one way, a folder a stage: a file becomes a [`challenge`], [`curriculum`] finds and chooses them,
//! [`port`] compiles each hint, [`grader`] asks the [`submission`] through [`fetch`] and turns what comes back into a
//! [`verdict`], and [`report`] shows it. [`testbed`] serves sample projects for the demo and the tests.

pub mod challenge;
mod cli;
mod commands;
pub mod curriculum;
mod diagnose;
pub mod doctor;
mod exit;
pub mod explain;
pub mod fetch;
pub mod grader;
pub mod port;
pub mod redact;
pub mod report;
pub mod sandbox;
pub mod sources;
pub mod submission;
pub mod testbed;
pub mod verdict;

// Samples are shared with the tests in `tests/`, which know this crate by its name.
#[cfg(test)]
extern crate self as grade;

use clap::Parser;

pub use exit::ExitStatus;

/// Runs the program with the arguments of this process.
pub fn run() -> ExitStatus {
    let cli = match cli::Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let status = if error.use_stderr() { ExitStatus::Unusable } else { ExitStatus::Passed };
            // A closed pipe is no reason to fail: what was asked for was help or an error text.
            let _ = error.print();
            return status;
        }
    };
    let mut console = commands::Console::new(cli.color);
    let ran = commands::secrets(&cli.grade).and_then(|secrets| {
        console.hide(secrets);
        commands::run(cli, &console)
    });
    match ran {
        Ok(status) => status,
        Err(error) => {
            diagnose::print(&error, &console);
            diagnose::status(&error)
        }
    }
}
