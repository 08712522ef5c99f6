//! Options of `grade watch`.

use std::time::Duration;

use clap::Args;

use super::values::milliseconds;
use super::{Engine, Explain, LimitArgs, Rules, SourceArgs, TargetArgs};

/// Options of `grade watch`.
#[derive(Debug, Args)]
#[command(
    after_help = "Keys: a shows all hints, f only those that did not pass; n goes to the next challenge; d shows what the challenge \
                  asks for; r or Enter grades again; arrows, Page Up and Page Down scroll; q, Esc or Ctrl-C leaves.\n\n\
                  Files that count: those of the project's folder (--dir, else the one of grade.toml, else this one) without \
                  node_modules, hidden folders and what .gitignore leaves out, and those of the challenges.\n\n\
                  Exit codes: 0 when it was left with a key. Without a screen, that of the last run: 0 all passed, 1 a hint failed, \
                  2 could not be used as asked, 3 could not be checked."
)]
#[expect(clippy::struct_excessive_bools, reason = "one for each flag")]
pub struct WatchArgs {
    /// Challenges to work on, one after the other: a file, a folder, a name, an id, or block/name; none means all. A single one
    /// means its block, beginning with it
    #[arg(value_name = "CHALLENGE")]
    pub challenges: Vec<String>,

    /// What is graded.
    #[command(flatten)]
    pub target: TargetArgs,

    /// Where challenges come from.
    #[command(flatten)]
    pub source: SourceArgs,

    /// Print one run after the other instead of using the screen, as is done without a terminal
    #[arg(long)]
    pub plain: bool,

    /// Milliseconds without a change to wait for after a change, before grading
    #[arg(long, value_name = "MILLISECONDS", default_value = "100", value_parser = milliseconds)]
    pub debounce: Duration,

    /// Look for changes twice a second instead of being told of them by the system: for folders that others write to as well
    #[arg(long)]
    pub poll: bool,

    /// Which assertions count: those that freeCodeCamp forgets to wait for too (honest), or exactly its verdicts (browser)
    #[arg(long, value_enum, default_value_t, value_name = "RULES")]
    pub rules: Rules,

    /// Which engine runs the tests; `ported` runs no test code at all
    #[arg(long, value_enum, default_value_t, value_name = "ENGINE")]
    pub engine: Engine,

    /// Limits and connections.
    #[command(flatten)]
    pub limits: LimitArgs,

    /// How much to say about a hint that did not pass
    #[arg(long, value_enum, default_value_t, value_name = "HOW")]
    pub explain: Explain,

    /// Show the test of each hint that did not pass
    #[arg(long)]
    pub show_test: bool,

    /// Show the requests of every hint, and what tests print
    #[arg(long, short)]
    pub verbose: bool,

    /// Leave out all times
    #[arg(long)]
    pub no_times: bool,

    /// Show `***NAME***` wherever VALUE would be shown; that is all it is used for (repeatable)
    #[arg(long = "secret", value_name = "NAME=VALUE")]
    pub secrets: Vec<String>,

    /// Do not remember what became of the challenges (with CI set, nothing is remembered anyway)
    #[arg(long)]
    pub no_state: bool,
}
