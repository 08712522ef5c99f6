//! `grade lint`.

use std::path::PathBuf;

use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};
use clap::{Arg, Args, Command, Error};

use crate::{explain, lint};

/// Options of `grade lint`.
#[derive(Debug, Args)]
#[command(
    after_help = "In a file, a comment takes one finding out of the report, with its reason: // grade-ignore L203: why\n\n\
                  Exit codes: 0 no errors, 1 a finding is an error (with --deny-warnings, any finding; with --diff, anything \
                  would change), 2 a file could not be read or written, or grade could not be used as asked."
)]
#[expect(clippy::struct_excessive_bools, reason = "options of a command line")]
pub struct LintArgs {
    /// Challenge files, or folders of them; without any, the challenges of grade.toml, else this folder
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Count warnings as errors
    #[arg(long)]
    pub deny_warnings: bool,

    /// Level of a rule, by its code, its name, or its group such as L4: off, warning, error (repeatable)
    #[arg(long = "rule", value_name = "NAME=LEVEL", value_parser = level)]
    pub rules: Vec<String>,

    /// Look for nothing but what this rule, or group of rules, reports (repeatable)
    #[arg(long, value_name = "NAME", value_parser = Suggested(rule_names), hide_possible_values = true)]
    pub only: Vec<String>,

    /// What to write: terminal, json, sarif, github, gitlab
    #[arg(long, value_name = "FORMAT", value_parser = Suggested(formats), hide_possible_values = true, default_value = "terminal")]
    pub format: String,

    /// Write the findings in this format too, into a file: json, sarif, github, gitlab (repeatable)
    #[arg(long = "report", value_name = "FORMAT=PATH")]
    pub reports: Vec<String>,

    /// Findings that are shown in full on a terminal; the others are counted. 0 shows all
    #[arg(long, value_name = "NUMBER", default_value = "100")]
    pub max_findings: usize,

    /// Mend what can be mended for certain, in the files
    #[arg(long)]
    pub fix: bool,

    /// Show what --fix would change, and change nothing
    #[arg(long, conflicts_with_all = ["fix", "format", "reports"])]
    pub diff: bool,

    /// Look at the text on standard input, as an editor has it; with --fix, print it mended
    #[arg(long, conflicts_with_all = ["paths", "against"])]
    pub stdin: bool,

    /// The name of the file that --stdin is
    #[arg(long, value_name = "NAME", requires = "stdin", default_value = "stdin.md")]
    pub filename: String,

    /// Compare translations with their originals in this folder, by path or by id
    #[arg(long, value_name = "FOLDER", requires = "paths")]
    pub against: Option<PathBuf>,

    /// List all rules with their levels
    #[arg(long, conflicts_with_all = ["paths", "fix", "diff", "stdin", "against", "reports"])]
    pub list: bool,
}

/// `NAME=LEVEL`, checked.
fn level(text: &str) -> Result<String, String> {
    let (name, level) = text.split_once('=').ok_or("it has no level; write NAME=off, NAME=warning or NAME=error")?;
    level.parse().and_then(|level| lint::Levels::default().set(name, level).map_err(|error| error.to_string()))?;
    Ok(text.to_owned())
}

/// A text that may be anything, with values that shells complete.
#[derive(Debug, Clone, Copy)]
pub(super) struct Suggested(pub fn() -> Vec<PossibleValue>);

impl TypedValueParser for Suggested {
    type Value = String;

    fn parse_ref(&self, command: &Command, argument: Option<&Arg>, value: &std::ffi::OsStr) -> Result<String, Error> {
        StringValueParser::new().parse_ref(command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new((self.0)().into_iter()))
    }
}

fn rules() -> impl Iterator<Item = PossibleValue> {
    lint::ALL.iter().map(|rule| PossibleValue::new(rule.code).help(rule.name))
}

fn rule_names() -> Vec<PossibleValue> {
    rules().chain(lint::ALL.iter().map(|rule| PossibleValue::new(rule.name).help(rule.code))).collect()
}

fn formats() -> Vec<PossibleValue> {
    ["terminal", "json", "sarif", "github", "gitlab"].map(PossibleValue::new).to_vec()
}

/// What `grade explain` knows.
pub(super) fn codes() -> Vec<PossibleValue> {
    let causes = explain::Code::ALL.iter().map(|code| PossibleValue::new(code.id()).help(code.title()));
    causes.chain(rules()).collect()
}
