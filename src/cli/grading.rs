//! Options of grading: what is graded, by which challenges, how, and what comes out.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};

use super::values::{bytes, not_blank, seconds, times, variable};

/// Options of `grade` itself.
#[derive(Debug, Args)]
pub struct GradeArgs {
    /// Challenges to grade: a file, a folder, a name, an id, or block/name; none means all
    #[arg(value_name = "CHALLENGE")]
    pub challenges: Vec<String>,

    /// What is graded.
    #[command(flatten)]
    pub target: TargetArgs,

    /// Where challenges come from.
    #[command(flatten)]
    pub source: SourceArgs,

    /// Which assertions count: those that freeCodeCamp forgets to wait for too (honest), or exactly its verdicts (browser)
    #[arg(long, value_enum, default_value_t, value_name = "RULES")]
    pub rules: Rules,

    /// Which engine runs the tests; `ported` runs no test code at all
    #[arg(long, value_enum, default_value_t, value_name = "ENGINE")]
    pub engine: Engine,

    /// Limits and connections.
    #[command(flatten)]
    pub limits: LimitArgs,

    /// How the run goes, and how it ends.
    #[command(flatten)]
    pub run: RunArgs,

    /// What is shown and written.
    #[command(flatten)]
    pub output: OutputArgs,

    /// What is remembered between runs.
    #[command(flatten)]
    pub memory: MemoryArgs,
}

/// How the run goes, and how it ends.
#[derive(Debug, Args, Clone)]
pub struct RunArgs {
    /// Stop after the first hint that fails; the rest is skipped, and the exit code is 1
    #[arg(long)]
    pub fail_fast: bool,

    /// Grade so many times, each time against a fresh start with --start; hints that change their verdict are flaky
    #[arg(long, value_name = "N", default_value = "1", value_parser = times)]
    pub repeat: usize,

    /// End with 0 instead of 1 or 3: hints that failed or could not be checked are no error (2 stays 2)
    #[arg(long)]
    pub exit_zero: bool,
}

/// What is shown and written.
#[derive(Debug, Args, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "one for each flag")]
pub struct OutputArgs {
    /// Write a report too, to PATH or else to standard output (repeatable)
    ///
    /// Formats: json, jsonl, junit, tap, ctrf, github, html, markdown. With a report on standard output, which one report can have, the readable report
    /// goes to standard error. Folders are made, and a file is replaced only once the new report is complete; jsonl grows as the
    /// run goes on. A report that cannot be written ends the program with 2, before anything is graded where that is possible.
    #[arg(long = "report", value_name = "FORMAT[=PATH]")]
    pub reports: Vec<String>,

    /// Show `***NAME***` wherever VALUE would be shown; that is all it is used for (repeatable)
    ///
    /// In reports, on the terminal and in errors; percent-encoded, in base64, and escaped as in JSON or HTML too. The environment
    /// variable `GRADE_SECRET_NAME` does the same without showing the value to other users of this machine. Passwords and tokens in
    /// addresses, cookies and Authorization headers are masked without being asked for.
    #[arg(long = "secret", value_name = "NAME=VALUE")]
    pub secrets: Vec<String>,

    /// Show only the line with the totals (reports are complete, the exit code stays the same)
    #[arg(long, short, conflicts_with_all = ["verbose", "show_test", "only"])]
    pub quiet: bool,

    /// Show only some hints (reports are complete, the exit code stays the same)
    #[arg(long, value_enum, value_name = "WHICH")]
    pub only: Option<Only>,

    /// Leave out all times, also in reports: the same run gives the same bytes
    #[arg(long)]
    pub no_times: bool,

    /// Show the requests of every hint, and what tests print
    #[arg(long, short)]
    pub verbose: bool,

    /// Show the test of each hint that did not pass
    #[arg(long)]
    pub show_test: bool,

    /// How much to say about a hint that did not pass
    #[arg(long, value_enum, default_value_t, value_name = "HOW")]
    pub explain: Explain,
}

/// What is remembered between runs.
#[derive(Debug, Args, Clone)]
pub struct MemoryArgs {
    /// Grade only the challenges of which a hint failed or could not be checked last time
    #[arg(long, conflicts_with = "no_state")]
    pub last_failed: bool,

    /// Do not remember what became of the challenges (with CI set, nothing is remembered anyway)
    #[arg(long)]
    pub no_state: bool,
}

/// `--only`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Only {
    /// Hints that did not pass
    Failed,
}

/// What is graded.
#[derive(Debug, Args, Clone)]
pub struct TargetArgs {
    /// Address of the running project, such as `http://localhost:3000`
    #[arg(long, short, value_name = "URL")]
    pub url: Option<String>,

    /// Folder of the project. Alone: grade its files without a server, as far as they decide; with --url: name the files that
    /// answers come from; with --start: where to start
    #[arg(long, value_name = "FOLDER")]
    pub dir: Option<PathBuf>,

    /// Start the project with this command, such as "npm start", wait until it answers, grade it, stop it; without --url it is
    /// expected at `http://localhost:3000`
    #[arg(long, value_name = "COMMAND", value_parser = not_blank)]
    pub start: Option<String>,

    /// Seconds that a started project may take until it answers
    #[arg(long, value_name = "SECONDS", default_value = "60", value_parser = seconds)]
    pub start_timeout: Duration,

    /// Variable for the environment of a started project (repeatable)
    #[arg(long, value_name = "NAME=VALUE", value_parser = variable)]
    pub start_env: Vec<(String, String)>,
}

/// Where challenges come from.
#[derive(Debug, Args, Clone)]
pub struct SourceArgs {
    /// File or folder with challenges to use instead of the built-in ones, or `<NAME>:` or `<NAME>:<BLOCK>` of what
    /// `grade curriculum add` got (repeatable)
    #[arg(long = "challenges", value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Language of the challenges, by its folder: english, espanol, ...
    #[arg(long, value_name = "LANGUAGE")]
    pub lang: Option<String>,
}

/// Limits and connections; options that curl has mean what they mean there.
#[derive(Debug, Args, Clone)]
pub struct LimitArgs {
    /// Seconds that one hint may take, its requests included
    #[arg(long, value_name = "SECONDS", default_value = "5", value_parser = seconds)]
    pub hint_timeout: Duration,

    /// Seconds that one request may take
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub max_time: Option<Duration>,

    /// Seconds that making a connection may take
    #[arg(long, value_name = "SECONDS", default_value = "10", value_parser = seconds)]
    pub connect_timeout: Duration,

    /// Largest answer that is read, such as 500k or 2M
    #[arg(long, value_name = "BYTES", default_value = "2M", value_parser = bytes)]
    pub max_body: usize,

    /// Repeat requests that found no answer so many times
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub retry: u32,

    /// Do not apply the browser's rules on which answers a page may read (CORS, mixed content)
    #[arg(long)]
    pub no_cors: bool,

    /// Use this proxy
    #[arg(long, short = 'x', value_name = "URL")]
    pub proxy: Option<String>,

    /// Trust the certificates in this PEM file too
    #[arg(long, value_name = "FILE")]
    pub cacert: Option<PathBuf>,

    /// Accept any certificate
    #[arg(long, short = 'k')]
    pub insecure: bool,

    /// Connect to this address for host and port (repeatable)
    #[arg(long, value_name = "HOST:PORT:ADDRESS")]
    pub resolve: Vec<String>,

    /// Ask only public addresses: no loopback, private or cloud-internal ones, on no redirect and behind no name
    ///
    /// For those who grade strangers' URLs. A name keeps the addresses that it had first. No proxy is used.
    #[arg(long, conflicts_with = "proxy")]
    pub public_only: bool,
}

/// `--explain`.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub enum Explain {
    /// The facts, and no explanation
    None,
    /// The cause, what shows it, and what to do
    #[default]
    Short,
    /// Also the requests with their headers, the answers and the test
    Full,
}

/// `--rules`.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub enum Rules {
    /// What a test forgets to wait for is waited for
    #[default]
    Honest,
    /// Exactly freeCodeCamp's verdicts
    Browser,
}

/// `--engine`.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub enum Engine {
    /// Native where it can be, else the script engine
    #[default]
    Auto,
    /// Native only
    Ported,
    /// The script engine only
    Script,
}
