//! Commands for those who write challenges: a new one, and all of them against their fixtures.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};

use super::values::{seconds, times};
use super::{Engine, LimitArgs, Rules, SourceArgs};

/// Options of `grade new`.
#[derive(Debug, Args)]
#[command(
    after_help = "On a terminal, what is needed and was not given is asked for. The file goes into the folder of its block, in the \
                  way that the block's other files are named and ordered; nothing is ever overwritten.\n\n\
                  Exit codes: 0 written, 2 could not be used as asked."
)]
pub struct NewArgs {
    /// Title of the challenge
    #[arg(long, value_name = "TITLE")]
    pub title: Option<String>,

    /// Block that it belongs to, by the name of its folder; behind that of its superblock where the tree has these and the
    /// block is new
    #[arg(long, value_name = "BLOCK")]
    pub block: Option<String>,

    /// Folder with your challenges; else `challenges` or `curriculum/challenges`, where it is there
    #[arg(long = "challenges", value_name = "FOLDER")]
    pub tree: Vec<PathBuf>,

    /// Language of the challenge, by its folder: english, if nothing else is said
    #[arg(long, value_name = "LANGUAGE")]
    pub lang: Option<String>,

    /// Type: 2 for a challenge, 4 for a project
    #[arg(long = "type", value_name = "NUMBER", default_value_t = 2)]
    pub kind: u32,

    /// dashedName, if not the one that freeCodeCamp makes of the title
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,

    /// Id of 24 hexadecimal digits, if not a fresh one
    #[arg(long, value_name = "ID")]
    pub id: Option<String>,

    /// Put it behind this challenge of its block instead of at the end
    #[arg(long, value_name = "CHALLENGE")]
    pub after: Option<String>,

    /// Its `order` in the block
    #[arg(long, value_name = "NUMBER", conflicts_with = "after")]
    pub order: Option<u32>,

    /// Print the file instead of writing it
    #[arg(long)]
    pub dry_run: bool,
}

/// Options of `grade verify`.
#[derive(Debug, Args)]
#[command(
    after_help = "A manifest, verify.yml, says which projects there are and what is expected of each: the solution passes every \
                  hint, the starter fails at least one, a wrong project fails exactly the hints that are named. It stands beside \
                  the challenges, or in a folder `fixtures` beside or above them. `grade schema verify` prints its form.\n\n\
                  Exit codes: 0 all is as the manifests say, 1 something is not, 2 could not be used as asked, 3 could not be \
                  checked."
)]
pub struct VerifyArgs {
    /// Challenges to verify: a file, a folder, a name, an id, or block/name; none means all, in every language
    #[arg(value_name = "CHALLENGE")]
    pub challenges: Vec<String>,

    /// Where challenges come from.
    #[command(flatten)]
    pub source: SourceArgs,

    /// Folder with the manifests, instead of looking for them near the challenges
    #[arg(long, value_name = "FOLDER")]
    pub fixtures: Option<PathBuf>,

    /// Only challenges whose file, manifest or fixtures changed since this commit or branch and HEAD parted
    #[arg(long, value_name = "REF")]
    pub changed: Option<String>,

    /// A challenge without fixtures is not as expected
    #[arg(long)]
    pub require_fixtures: bool,

    /// Projects to grade at a time; else one for each processor
    #[arg(long, value_name = "N", value_parser = times)]
    pub jobs: Option<usize>,

    /// What is printed
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: VerifyFormat,

    /// Which assertions count: those that freeCodeCamp forgets to wait for too (honest), or exactly its verdicts (browser)
    #[arg(long, value_enum, default_value_t, value_name = "RULES")]
    pub rules: Rules,

    /// Which engine runs the tests; `ported` runs no test code at all
    #[arg(long, value_enum, default_value_t, value_name = "ENGINE")]
    pub engine: Engine,

    /// Seconds that a started project may take until it answers
    #[arg(long, value_name = "SECONDS", default_value = "60", value_parser = seconds)]
    pub start_timeout: Duration,

    /// Limits and connections.
    #[command(flatten)]
    pub limits: LimitArgs,
}

/// `--format` of `grade verify`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum VerifyFormat {
    /// For people
    #[default]
    Terminal,
    /// A JSON object
    Json,
    /// Annotations of GitHub Actions; what people read goes to standard error
    Github,
}
