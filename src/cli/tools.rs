//! Commands around grading: the doctor, and getting challenges.

use std::time::Duration;

use clap::{Args, Subcommand};

use super::values::seconds;
use super::{LimitArgs, SourceArgs};

/// Options of `grade doctor`.
#[derive(Debug, Args)]
#[command(
    after_help = "Steps, in this order: address, name, connection, TLS, answer, redirects, mixed content, CORS, preflight, \
                  files, clock, speed. What makes no sense after a failure is not looked at. No request changes the \
                  project.\n\n\
                  Exit codes: 0 no problem, 1 the project answers and has a problem, 2 could not be used as asked, 3 the \
                  project cannot be reached."
)]
pub struct DoctorArgs {
    /// Challenges whose files to look for: a file, a folder, a name, an id, or block/name
    #[arg(value_name = "CHALLENGE")]
    pub challenges: Vec<String>,

    /// Address of the running project, such as `http://localhost:3000`
    #[arg(long, short, value_name = "URL")]
    pub url: Option<String>,

    /// Where challenges come from.
    #[command(flatten)]
    pub source: SourceArgs,

    /// Limits and connections.
    #[command(flatten)]
    pub limits: LimitArgs,

    /// Print a JSON object instead of lines
    #[arg(long)]
    pub json: bool,
}

/// `grade curriculum`.
#[derive(Debug, Subcommand)]
pub enum CurriculumCommand {
    /// Get the challenges of a git repository, or give a folder a name
    #[command(
        after_help = "Only the newest commit is fetched, and only the challenge files that are wanted. Without --path and \
                            --block, those are all folders with challenges; of a very large repository, such as \
                            freeCodeCamp's, the blocks that are known to be graded by URL.\n\n\
                            Then: grade --url <URL> --challenges <NAME>:<BLOCK>"
    )]
    Add(CurriculumAdd),
    /// Fetch what is new; all curricula, or one
    Update(CurriculumUpdate),
    /// Show which curricula there are, and from when
    List(CurriculumList),
    /// Remove a curriculum
    Remove(CurriculumRemove),
}

/// Options of `grade curriculum add`.
#[derive(Debug, Args)]
pub struct CurriculumAdd {
    /// Address of a git repository (https, ssh, git, file), or a folder
    #[arg(value_name = "URL")]
    pub from: String,

    /// Name by which to use it; else the last part of the address
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,

    /// Folder within the repository to take (repeatable)
    #[arg(long, value_name = "PATH")]
    pub path: Vec<String>,

    /// Block to take, by the name of its folder (repeatable)
    #[arg(long, value_name = "BLOCK")]
    pub block: Vec<String>,

    /// Branch, tag or commit; else the repository's own choice
    #[arg(long = "ref", value_name = "REF")]
    pub reference: Option<String>,

    /// Seconds that all of it may take
    #[arg(long, value_name = "SECONDS", default_value = "600", value_parser = seconds)]
    pub max_time: Duration,
}

/// Options of `grade curriculum update`.
#[derive(Debug, Args)]
pub struct CurriculumUpdate {
    /// Which one; else all
    #[arg(value_name = "NAME")]
    pub name: Option<String>,

    /// Seconds that one of them may take
    #[arg(long, value_name = "SECONDS", default_value = "600", value_parser = seconds)]
    pub max_time: Duration,
}

/// Options of `grade curriculum list`.
#[derive(Debug, Args)]
pub struct CurriculumList {
    /// Print a JSON array instead of a table
    #[arg(long)]
    pub json: bool,
}

/// Options of `grade curriculum remove`.
#[derive(Debug, Args)]
pub struct CurriculumRemove {
    /// Which one
    #[arg(value_name = "NAME")]
    pub name: String,
}
