//! Options about verdicts that are kept between runs.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use super::values::{seconds, times};

/// What is graded again, and what is not.
#[derive(Debug, Args, Clone)]
pub struct AgainArgs {
    /// Keep verdicts in this folder, else in the user's cache folder, and do not grade again what has not changed
    ///
    /// A verdict is kept by the challenges, the rules, the limits, the version of grade and the files of the project. Hints that
    /// could not be checked are graded again each time, and so are projects that are started. The folder may be deleted at
    /// any time.
    #[arg(long, value_name = "DIR", num_args = 0..=1, require_equals = true)]
    #[expect(clippy::option_option, reason = "the option alone, and with a value")]
    pub cache: Option<Option<PathBuf>>,

    /// Seconds that verdicts on addresses are kept; without it they are not
    #[arg(long, value_name = "SECONDS", value_parser = seconds, requires = "cache")]
    pub cache_ttl: Option<Duration>,

    /// Grade each submission so many times, each time against a fresh start where it is started; hints that change their
    /// verdict are flaky
    #[arg(long, value_name = "N", default_value = "1", value_parser = times)]
    pub repeat: usize,
}
