//! `grade`: reads back-end coding challenges and grades a running project against their hints.
//!
//! Data flows one way, a folder a stage: a file becomes a [`challenge`], [`curriculum`] finds and chooses them,
//! [`port`] compiles each hint, [`grader`] asks the [`submission`] through [`fetch`] and turns what comes back into a
//! [`verdict`], and [`report`] shows it. [`watch`] is the screen of `grade watch`, and [`batch`] grades many submissions.
//! [`lint`] looks at the challenge files themselves, [`verify`] and [`mutate`] at what they check, and [`author`] writes new
//! ones. [`config`] knows the settings, and [`state`] what became of challenges before. [`testbed`] serves sample projects
//! for the demo and the tests.

mod allocator;
pub mod author;
pub mod batch;
pub mod cache;
pub mod challenge;
mod cli;
mod commands;
pub mod config;
pub mod curriculum;
mod diagnose;
pub mod doctor;
mod exit;
pub mod explain;
pub mod fetch;
pub mod grader;
pub mod lint;
pub mod mutate;
pub mod port;
pub mod redact;
pub mod report;
pub mod sandbox;
pub mod scope;
pub mod sources;
pub mod state;
pub mod submission;
pub mod testbed;
pub mod verdict;
pub mod verify;
pub mod watch;

// Samples are shared with the tests in `tests/`, which know this crate by its name.
#[cfg(test)]
extern crate self as grade;

pub use exit::ExitStatus;

/// Runs the program with the arguments of this process.
pub fn run() -> ExitStatus {
    let read = cli::Line::read(std::env::args_os().collect()).and_then(|line| Ok((line.alone()?, line)));
    let (cli, line) = match read {
        Ok(read) => read,
        Err(error) => {
            let status = if error.use_stderr() { ExitStatus::Unusable } else { ExitStatus::Passed };
            // A closed pipe is no reason to fail: what was asked for was help or an error text.
            let _ = error.print();
            return status;
        }
    };
    let mut console = commands::Console::new(cli.color);
    match commands::run(&line, cli, &mut console) {
        Ok(status) => status,
        Err(error) => {
            console.diagnose(&diagnose::text(&error, console.error_styles()));
            diagnose::status(&error)
        }
    }
}
