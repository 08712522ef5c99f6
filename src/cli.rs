//! The command line: types only. What an option does is said in its documentation, which is also its `--help`.

mod batch;
mod cache;
mod complete;
mod grading;
mod layers;
mod lint;
mod maintain;
mod man;
mod mutate;
mod tools;
mod values;
mod watch;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub use batch::{BatchArgs, InputFormat, MergeArgs, OnlyVerdict, ResultArgs};
pub use complete::script;
pub use grading::{Engine, Explain, GradeArgs, LimitArgs, Only, OutputArgs, Rules, SourceArgs, TargetArgs};
pub use layers::{Line, check, describe};
pub use lint::LintArgs;
pub use maintain::{NewArgs, VerifyArgs, VerifyFormat};
pub use man::pages;
pub use mutate::{MutateArgs, MutateFormat, Survivors};
pub use tools::{CurriculumAdd, CurriculumCommand, CurriculumList, CurriculumRemove, CurriculumUpdate, DoctorArgs};
pub use watch::WatchArgs;

/// Grade back-end coding challenges against a running project, and say why a hint fails.
#[derive(Debug, Parser)]
#[command(
    name = "grade",
    version,
    long_version = concat!(env!("CARGO_PKG_VERSION"), env!("GRADE_BUILD")),
    args_conflicts_with_subcommands = true,
    disable_help_subcommand = true,
    after_help = "Exit codes: 0 all passed, 1 a hint failed, 2 could not be used as asked, 3 could not be checked.",
    max_term_width = 100
)]
pub struct Cli {
    /// What to do; without a command, grade.
    #[command(subcommand)]
    pub command: Option<Command>,

    /// Options of grading.
    #[command(flatten)]
    pub grade: GradeArgs,

    /// Colour the output
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    pub color: Color,

    /// The settings file.
    #[command(flatten)]
    pub file: FileArgs,
}

/// The settings file.
#[derive(Debug, Args)]
pub struct FileArgs {
    /// Settings file to use instead of the nearest grade.toml, here or above
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,

    /// Use no settings file
    #[arg(long, global = true, conflicts_with = "config")]
    pub no_config: bool,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Grade a list of submissions, CSV or JSON lines, and write a result a line
    Batch(BatchArgs),
    /// Bring the journals of all parts of a list together
    Merge(MergeArgs),
    /// List the challenges that there are
    List(ListArgs),
    /// Show what a challenge asks, fetches and asserts
    Show(ShowArgs),
    /// Tell about a cause or rule that grade names, such as E301 or L201; without one, list all
    Explain(ExplainArgs),
    /// Grade a built-in sample project, offline: once with a mistake, once without
    Demo(DemoArgs),
    /// Show how far this project is: what was graded last, and when
    Status(StatusArgs),
    /// Show the settings in force, and where each comes from
    Config(ConfigArgs),
    /// Write a grade.toml for this project
    Init(InitArgs),
    /// Print a script that completes commands, options and challenges in a shell
    Completions(CompletionsArgs),
    /// Print the manual page, or write one for each command
    Man(ManArgs),
    /// Print the JSON Schema of a report
    Schema(SchemaArgs),
    /// Find out what keeps a project from being graded: address, connection, CORS, files
    Doctor(DoctorArgs),
    /// Try whether each hint can fail: with wrong answers made of right ones
    Mutate(Box<MutateArgs>),
    /// Get challenges from git repositories: add, update, list, remove
    #[command(subcommand)]
    Curriculum(CurriculumCommand),
    /// Write a new challenge file in its place
    New(NewArgs),
    /// Grade challenges against their fixtures: solution, starter, and projects with a mistake
    Verify(VerifyArgs),
    /// Look for mistakes in challenge files, and mend what can be mended for certain
    Lint(LintArgs),
    /// Grade again whenever a file changes, and show what still fails
    Watch(Box<WatchArgs>),
}

/// Options of `grade list`.
#[derive(Debug, Args)]
pub struct ListArgs {
    /// Only these: a folder, a block, a name
    #[arg(value_name = "CHALLENGE")]
    pub challenges: Vec<String>,

    /// Where challenges come from.
    #[command(flatten)]
    pub source: SourceArgs,

    /// Print a JSON array instead of a table
    #[arg(long)]
    pub json: bool,

    /// Print only the names of challenges and blocks, one a line
    #[arg(long, conflicts_with = "json")]
    pub names: bool,
}

/// Options of `grade status`.
#[derive(Debug, Args)]
pub struct StatusArgs {
    /// Only these: a folder, a block, a name
    #[arg(value_name = "CHALLENGE")]
    pub challenges: Vec<String>,

    /// Where challenges come from.
    #[command(flatten)]
    pub source: SourceArgs,

    /// Print a JSON object instead of a table
    #[arg(long)]
    pub json: bool,
}

/// Options of `grade config`.
#[derive(Debug, Args)]
pub struct ConfigArgs {
    /// The options that grading would be given.
    #[command(flatten)]
    pub grade: GradeArgs,

    /// Print a JSON object instead of a table
    #[arg(long)]
    pub json: bool,

    /// Print the JSON Schema of grade.toml, for editors
    #[arg(long, conflicts_with = "json")]
    pub schema: bool,
}

/// Options of `grade init`.
#[derive(Debug, Args)]
pub struct InitArgs {
    /// Options of grading; those that are given are written into the file.
    #[command(flatten)]
    pub grade: GradeArgs,

    /// Replace a grade.toml that is there
    #[arg(long)]
    pub force: bool,
}

/// Options of `grade completions`.
#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    pub shell: Shell,
}

/// Options of `grade man`.
#[derive(Debug, Args)]
pub struct ManArgs {
    /// Write a page for each command into this folder
    #[arg(long, value_name = "FOLDER")]
    pub out: Option<PathBuf>,
}

/// The shells that complete.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Shell {
    /// bash
    Bash,
    /// zsh
    Zsh,
    /// fish
    Fish,
    /// PowerShell
    #[value(name = "powershell")]
    Power,
    /// Elvish
    Elvish,
}

/// Options of `grade show`.
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// Challenges to show: a file, a folder, a name, an id, or block/name
    #[arg(value_name = "CHALLENGE", required = true)]
    pub challenges: Vec<String>,

    /// Where challenges come from.
    #[command(flatten)]
    pub source: SourceArgs,

    /// Show the test of each hint
    #[arg(long)]
    pub code: bool,

    /// Print one JSON object a line for each file; CHALLENGE are then files and folders
    #[arg(long, conflicts_with_all = ["code", "engine"])]
    pub json: bool,

    /// Count which engine runs the hints, and why some need the script engine; CHALLENGE are then files and folders
    #[arg(long, conflicts_with = "code")]
    pub engine: bool,
}

/// Options of `grade explain`.
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// The code of a cause, such as E301, or of a rule of grade lint, such as L201; none lists all
    #[arg(value_name = "CODE", value_parser = lint::Suggested(lint::codes), hide_possible_values = true)]
    pub code: Option<String>,
}

/// Options of `grade demo`.
#[derive(Debug, Args)]
pub struct DemoArgs {
    /// Show the test of each hint that did not pass
    #[arg(long)]
    pub show_test: bool,
}

/// Options of `grade schema`.
#[derive(Debug, Args)]
pub struct SchemaArgs {
    /// Of which format
    #[arg(value_enum, default_value_t, value_name = "FORMAT")]
    pub format: SchemaFormat,
}

/// What there are schemas of.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub enum SchemaFormat {
    /// `--report json`
    #[default]
    Report,
    /// A line of `--report jsonl`
    Events,
    /// verify.yml, the manifest of `grade verify`
    Verify,
    /// `grade verify --format json`
    VerifyReport,
    /// `grade mutate --format json`
    Mutate,
    /// `grade lint --format json`
    Lint,
    /// A line of `grade batch`
    Batch,
}

/// `--color`.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub enum Color {
    /// On a terminal, unless the environment says otherwise
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl Cli {
    /// Whether settings mean anything to what is asked for. What does not use them works when they are broken, too.
    pub fn uses_settings(&self) -> bool {
        match &self.command {
            Some(
                Command::Explain(_)
                | Command::Demo(_)
                | Command::Init(_)
                | Command::Completions(_)
                | Command::Man(_)
                | Command::Schema(_)
                | Command::Curriculum(_)
                | Command::Merge(_),
            ) => false,
            Some(Command::Config(args)) => !args.schema,
            Some(Command::Show(args)) => !args.json && !args.engine,
            None
            | Some(
                Command::Batch(_)
                | Command::List(_)
                | Command::Status(_)
                | Command::Doctor(_)
                | Command::Lint(_)
                | Command::Mutate(_)
                | Command::New(_)
                | Command::Verify(_)
                | Command::Watch(_),
            ) => true,
        }
    }

    /// What `--secret` said, of whichever command takes it.
    pub fn secrets(&self) -> &[String] {
        match &self.command {
            Some(Command::Config(args)) => &args.grade.output.secrets,
            Some(Command::Init(args)) => &args.grade.output.secrets,
            Some(Command::Batch(args)) => &args.secrets,
            Some(Command::Watch(args)) => &args.secrets,
            _ => &self.grade.output.secrets,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_definition_is_sound() {
        Cli::command().debug_assert();
    }
}
