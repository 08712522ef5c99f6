//! The types of `grade mutate --format json`. Changing one changes the JSON schema: mind [`SCHEMA_VERSION`].

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

/// Version of the schema (`SemVer`): a new optional key is a minor change, anything else a major one.
pub const SCHEMA_VERSION: &str = "1.0.0";

/// What became of the mutants of some challenges. It holds no times: the same seed gives the same report.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "MutationReport")]
pub struct Report {
    /// Version of this schema.
    pub schema_version: String,
    /// What was run, and how.
    pub environment: Environment,
    /// The whole in numbers.
    pub summary: Summary,
    /// The challenges, in order.
    pub challenges: Vec<Challenge>,
}

/// What was run, and how.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Environment {
    /// Name of the tool: `grade`.
    pub tool: String,
    /// Its version.
    pub version: String,
    /// `honest` or `browser`.
    pub rules: String,
    /// `auto`, `ported` or `script`.
    pub engine: String,
    /// The address as tests saw it.
    pub url: String,
    /// The number from which all choices followed.
    pub seed: u64,
    /// The most mutants of one hint.
    pub mutants: usize,
}

/// The whole in numbers.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Summary {
    /// Exit code that stands for it: 0 every hint can fail, 1 one cannot, 2 no hint was looked at, 3 it is not known of one.
    pub exit_code: u8,
    /// Hints by verdict.
    pub hints: HintCounts,
    /// All mutants.
    pub mutants: Counts,
}

/// Hints by verdict.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct HintCounts {
    /// All.
    pub total: usize,
    /// A mutant failed them.
    pub can_fail: usize,
    /// No mutant did.
    pub cannot_fail: usize,
    /// It is not known.
    pub could_not_check: usize,
    /// They were not looked at.
    pub skipped: usize,
}

/// Mutants, counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, JsonSchema)]
pub struct Counts {
    /// All that were made.
    pub made: usize,
    /// The hint failed, as it should.
    pub killed: usize,
    /// The hint passed all the same.
    pub survived: usize,
    /// There was no verdict.
    pub could_not_check: usize,
    /// There was no time to try them.
    pub not_tried: usize,
    /// Share of the killed ones among those with a verdict, from 0 to 1; absent where there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
}

/// A challenge.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Challenge {
    /// Its id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Name in addresses.
    pub dashed_name: Option<String>,
    /// Folder of challenges that share a project.
    pub block: Option<String>,
    /// Language folder.
    pub language: Option<String>,
    /// Path of the challenge file.
    pub file: String,
    /// The hints in file order.
    pub hints: Vec<Hint>,
}

/// A hint.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Hint {
    /// Stable id: the challenge's id, a slash, and the index.
    pub id: String,
    /// Index within the challenge, from 0.
    pub index: usize,
    /// The hint's text without markup.
    pub text: String,
    /// Line of its test in the challenge file, from 1.
    pub line: usize,
    /// Whether it can fail.
    pub verdict: Verdict,
    /// The verdict in words; absent where it can fail.
    pub reason: Option<String>,
    /// What else the reader should know.
    pub notes: Vec<String>,
    /// Requests that it makes.
    pub requests: usize,
    /// Its mutants.
    pub mutants: Counts,
    /// The same by what was changed.
    pub by_kind: BTreeMap<String, Counts>,
    /// Mutants that it passed, the most telling ones first.
    pub survivors: Vec<Survivor>,
    /// How many more it passed.
    pub survivors_left_out: usize,
}

/// Whether a hint can fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// A mutant failed it.
    CanFail,
    /// No mutant did.
    CannotFail,
    /// That is not known.
    CouldNotCheck,
    /// It was not looked at.
    Skipped,
}

/// A mutant that a hint passed.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Survivor {
    /// What was changed: `line_dropped`, `key_removed`, `status_changed`, ...
    pub kind: String,
    /// The request whose answer was changed: `GET /_api/server.js`.
    pub request: String,
    /// The change in words.
    pub what: String,
    /// Line of the answer, from 1, in a text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// Path of what was changed, in JSON: `dependencies.express`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The change as a unified diff; long lines are cut.
    pub diff: String,
}
