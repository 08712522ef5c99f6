//! Why a project could not be started.

use std::fmt;
use std::io;
use std::path::PathBuf;
use std::time::Duration;

use thiserror::Error;

/// A project that does not run.
#[derive(Debug, Error)]
pub enum StartError {
    /// Something listens there already: its answers would be graded instead.
    #[error("something answers at {authority} already, and would be graded in place of `{command}`")]
    PortTaken {
        /// `host:port`.
        authority: String,
        /// The command.
        command: String,
    },
    /// There is no such folder to start it in.
    #[error("`{}` is no folder to start `{command}` in", folder.display())]
    NoFolder {
        /// As given.
        folder: PathBuf,
        /// The command.
        command: String,
    },
    /// The shell did not start.
    #[error("`{command}` cannot be started: {why}")]
    Spawn {
        /// The command.
        command: String,
        /// What the system says.
        why: io::Error,
    },
    /// The shell does not know the command.
    #[error("the shell cannot run `{command}`{output}")]
    NoCommand {
        /// The command.
        command: String,
        /// What was printed.
        output: LastOutput,
    },
    /// It ended before it answered.
    #[error("`{command}` ended before anything answered at {url} ({how}){output}")]
    Died {
        /// The command.
        command: String,
        /// Where an answer was expected.
        url: String,
        /// How it ended, in words.
        how: String,
        /// What was printed.
        output: LastOutput,
    },
    /// It answered, and ended while it was graded.
    #[error("`{command}` ended while it was graded ({how}){output}")]
    Ended {
        /// The command.
        command: String,
        /// How it ended, in words.
        how: String,
        /// What was printed.
        output: LastOutput,
    },
    /// It runs, and does not answer.
    #[error("`{command}` runs, but nothing answered at {url} within {} s{output}", limit.as_secs_f64())]
    Silent {
        /// The command.
        command: String,
        /// Where an answer was expected.
        url: String,
        /// How long it was waited for.
        limit: Duration,
        /// What was printed.
        output: LastOutput,
    },
}

/// The last lines that a project printed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LastOutput(pub(super) Vec<String>);

impl fmt::Display for LastOutput {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return formatter.write_str("; it printed nothing");
        }
        formatter.write_str("; the last that it printed:")?;
        self.0.iter().try_for_each(|line| write!(formatter, "\n  | {line}"))
    }
}
