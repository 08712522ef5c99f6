//! Options of `grade batch` and `grade merge`.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};

use super::cache::AgainArgs;
use super::values::seconds;
use super::{Engine, LimitArgs, Rules, SourceArgs};
use crate::batch::Shard;

/// Options of `grade batch`.
#[derive(Debug, Args)]
#[command(
    after_help = "Columns (CSV) or keys (JSON lines) of the list: `url`, or `dir` (with --allow-start also `start`), and if you like `id` \
                  and `challenges` (names with `;` between them). All others are carried along into the results.\n\n\
                  Every result is kept in a journal before it is written, so that --resume goes on after anything.\n\n\
                  Exit codes: 0 all submissions passed, 1 one failed, 2 could not be used as asked, 3 none failed, and one \
                  could not be checked or was not graded."
)]
pub struct BatchArgs {
    /// List of submissions, CSV or JSON lines; `-` is standard input
    #[arg(value_name = "SUBMISSIONS")]
    pub submissions: PathBuf,

    /// Challenges to grade them by: a file, a folder, a name, an id, or block/name; none means all
    #[arg(value_name = "CHALLENGE")]
    pub challenges: Vec<String>,

    /// Where challenges come from.
    #[command(flatten)]
    pub source: SourceArgs,

    /// Format of the list; without it, its ending tells, or its first character
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub input: Option<InputFormat>,

    /// Which assertions count: those that freeCodeCamp forgets to wait for too (honest), or exactly its verdicts (browser)
    #[arg(long, value_enum, default_value_t, value_name = "RULES")]
    pub rules: Rules,

    /// Which engine runs the tests; `ported` runs no test code at all
    #[arg(long, value_enum, default_value_t, value_name = "ENGINE")]
    pub engine: Engine,

    /// How much goes on at the same time.
    #[command(flatten)]
    pub flow: FlowArgs,

    /// Limits and connections.
    #[command(flatten)]
    pub limits: LimitArgs,

    /// What is kept, and continued.
    #[command(flatten)]
    pub journal: JournalArgs,

    /// What is graded again, and what is not.
    #[command(flatten)]
    pub again: AgainArgs,

    /// Where results go.
    #[command(flatten)]
    pub results: ResultArgs,

    /// Write the results in the order of the list, not in that in which they end
    #[arg(long)]
    pub ordered: bool,

    /// Grade only part i of n of the list: `2/4`. Which part a row is in depends on its id alone
    #[arg(long, value_name = "I/N")]
    pub shard: Option<Shard>,

    /// Show `***NAME***` wherever VALUE would be shown; that is all it is used for (repeatable)
    #[arg(long = "secret", value_name = "NAME=VALUE")]
    pub secrets: Vec<String>,

    /// Leave out all times: the same run gives the same results
    #[arg(long)]
    pub no_times: bool,
}

/// How much goes on at the same time.
#[derive(Debug, Args, Clone)]
pub struct FlowArgs {
    /// Submissions that are graded side by side; else 16 for each processor
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub jobs: Option<u32>,

    /// Submissions of one host (and port) that are graded side by side; else 4, and with --rate 1
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub per_host: Option<u32>,

    /// Seconds between two requests to one host (and port)
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub rate: Option<Duration>,

    /// Seconds that one submission may take; what it did not come to by then could not be checked
    #[arg(long, value_name = "SECONDS", default_value = "120", value_parser = seconds)]
    pub submission_timeout: Duration,

    /// Run the commands in the column `start` of the list, each in the folder in `dir`: trust the list before you do
    #[arg(long)]
    pub allow_start: bool,

    /// Seconds that a started project may take until it answers
    #[arg(long, value_name = "SECONDS", default_value = "60", value_parser = seconds)]
    pub start_timeout: Duration,
}

/// What is kept, and continued.
#[derive(Debug, Args, Clone)]
pub struct JournalArgs {
    /// Journal of the run; else the list's path with `.journal` behind it (of part 2/4: `.2-of-4.journal`), and none for a
    /// list from standard input
    #[arg(long, value_name = "FILE", conflicts_with = "no_journal")]
    pub journal: Option<PathBuf>,

    /// Keep no journal: a run that is broken off begins anew
    #[arg(long, conflicts_with_all = ["resume", "only", "restart"])]
    pub no_journal: bool,

    /// Go on where the journal ends; without a journal, begin
    #[arg(long)]
    pub resume: bool,

    /// Grade submissions with this verdict in the journal again, and no others (repeatable)
    #[arg(long, value_enum, value_name = "VERDICT", conflicts_with = "restart")]
    pub only: Vec<OnlyVerdict>,

    /// Begin anew, and replace a journal that is there
    #[arg(long, conflicts_with = "resume")]
    pub restart: bool,
}

/// Where results go.
#[derive(Debug, Args, Clone)]
pub struct ResultArgs {
    /// Write the results, a JSON object a line, into this file instead of to standard output
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// Write a report at the end, too, to PATH or else to standard output in place of the results (repeatable)
    ///
    /// Formats: json, jsonl, junit, tap, ctrf, markdown; in the order of the list; and cohort, a page about all of them, with a CSV
    /// file beside it (PATH.csv for PATH.html). Folders are made, and a file is replaced only once the new report is complete.
    #[arg(long = "report", value_name = "FORMAT[=PATH]")]
    pub reports: Vec<String>,

    /// Hide who is who in the cohort report: numbers in place of ids, and no other columns of the list
    #[arg(long)]
    pub anonymous: bool,
}

/// Options of `grade merge`.
#[derive(Debug, Args)]
#[command(
    after_help = "Exit codes: 0 all submissions passed, 1 one failed, 2 the journals do not go together or lack results, 3 none \
                  failed, and one could not be checked or was not graded."
)]
pub struct MergeArgs {
    /// Journals of all parts of one list
    #[arg(value_name = "JOURNAL", required = true)]
    pub journals: Vec<PathBuf>,

    /// Where results go.
    #[command(flatten)]
    pub results: ResultArgs,

    /// Merge what there is: parts may be missing, and parts may lack results
    #[arg(long)]
    pub partial: bool,
}

/// `--input`.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum InputFormat {
    /// Names of columns in the first line, then a row a line
    Csv,
    /// A JSON object a line
    Jsonl,
}

/// `--only`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OnlyVerdict {
    /// A hint failed
    Failed,
    /// A hint could not be checked
    Errored,
    /// The row could not be graded
    Ungraded,
}
