//! The types of the model. Changing one changes the JSON schema: mind [`SCHEMA_VERSION`].

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::explain::Explanation;

/// Version of the schema (`SemVer`): a new optional key is a minor change, anything else a major one.
pub const SCHEMA_VERSION: &str = "1.0.0";

/// A whole run.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Report {
    /// Version of this schema.
    pub schema_version: String,
    /// What graded, and under which conditions.
    pub environment: Environment,
    /// The verdict on the whole.
    pub summary: Summary,
    /// The challenges in the order in which they were graded.
    pub challenges: Vec<Challenge>,
}

/// What graded, and under which conditions.
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
    /// The address as it was given.
    pub url_given: Option<String>,
    /// The address as tests saw it.
    pub url: String,
    /// Operating system and processor: `linux x86_64`.
    pub platform: String,
    /// When the run began (RFC 3339, UTC); absent with `--no-times`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub started: Option<String>,
}

/// The verdict on the whole.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Summary {
    /// `passed`, `failed`, `could_not_check` or `nothing_checked`.
    pub verdict: String,
    /// Exit code that stands for it (0, 1, 3, 2).
    pub exit_code: u8,
    /// Hints by outcome.
    pub hints: Counts,
    /// Challenges.
    pub challenges: usize,
    /// Challenges all of whose checked hints passed, and at least one was checked.
    pub challenges_passed: usize,
    /// Time taken in milliseconds; absent with `--no-times`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration_ms: Option<f64>,
}

/// Hints by outcome.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Counts {
    /// All.
    pub total: usize,
    /// The assertions ran and held.
    pub passed: usize,
    /// An assertion failed, the test threw, or a browser would refuse the answer.
    pub failed: usize,
    /// No verdict.
    pub errored: usize,
    /// The hint has no test.
    pub unchecked: usize,
    /// Not looked at.
    pub skipped: usize,
}

/// A graded challenge.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Challenge {
    /// Id of the challenge.
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
    /// Hints by outcome.
    pub counts: Counts,
    /// Time taken in milliseconds; absent with `--no-times`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration_ms: Option<f64>,
    /// The hints in file order.
    pub hints: Vec<Hint>,
}

/// A graded hint.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Hint {
    /// Stable id: the challenge's id, a slash, and the index.
    pub id: String,
    /// Index within the challenge, from 0.
    pub index: usize,
    /// The hint's text without markup.
    pub text: String,
    /// What became of it.
    pub outcome: Outcome,
    /// Why there is no verdict, or why it was skipped.
    pub reason: Option<Reason>,
    /// What else the reader should know; none of it changes the outcome.
    pub notes: Vec<Note>,
    /// The error's message as the browser runner would show it.
    pub message: Option<String>,
    /// The value that the assertion expected.
    pub expected: Option<Value>,
    /// The value that it found.
    pub actual: Option<Value>,
    /// Why, and what to do.
    pub explanation: Option<Explanation>,
    /// The requests that the test made, in order.
    pub requests: Vec<Request>,
    /// Where the hint's test begins in the challenge file.
    pub place: Place,
    /// Where the failing assertion stands in the challenge file.
    pub failed_at: Option<Place>,
    /// The test block.
    pub test_code: String,
    /// `ported` or `script`; absent when nothing ran.
    pub engine: Option<String>,
    /// What the test printed, a line each.
    pub console: Vec<String>,
    /// Time taken in milliseconds; absent with `--no-times`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration_ms: Option<f64>,
}

/// What became of a hint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The assertions ran and held.
    Passed,
    /// An assertion failed, the test threw, or a browser would refuse the answer.
    Failed,
    /// No verdict: trying again may give one.
    Errored,
    /// The hint has no test.
    Unchecked,
    /// Not looked at.
    Skipped,
}

/// Why there is no verdict, or why a hint was skipped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Reason {
    /// Its sort.
    pub kind: ReasonKind,
    /// In words.
    pub text: String,
}

/// Sorts of reasons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReasonKind {
    /// No complete answer from the project.
    Transport,
    /// The hint did not end in time.
    TimedOut,
    /// A limit of the sandbox.
    Limit,
    /// Something that `grade` does not provide.
    Unsupported,
    /// The test is no valid JavaScript.
    Syntax,
    /// The hint needs the script engine, which was ruled out.
    NeedsScript,
    /// It was graded several times, and not with the same verdict.
    Flaky,
    /// A defect of `grade`.
    Internal,
    /// It needs a running project, and there is only a folder.
    NeedsRunningProject,
    /// The run was stopped before it.
    Stopped,
    /// It was deselected.
    Deselected,
}

/// Something the reader should know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Note {
    /// Its sort.
    pub kind: NoteKind,
    /// In words.
    pub text: String,
}

/// Sorts of notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NoteKind {
    /// freeCodeCamp does not wait for this test.
    NotAwaitedThere,
    /// Cookies were kept, which a browser would not do.
    CookiesKept,
    /// freeCodeCamp passes a hint without a test.
    EmptyPassesThere,
    /// An answer was made by `grade` itself.
    SubstitutedAnswer,
    /// The pass rests on a comment.
    OnlyInComment,
}

/// A JavaScript value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Value {
    /// `undefined`, `null`, `boolean`, `number`, `string`, `array`, `object`, `date`, or `other`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The value as JSON; absent where JSON has none (`undefined`, `NaN`, functions).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<serde_json::Value>,
    /// The value on one line, as a person would want to see it; cut in the middle when it is long.
    pub text: String,
    /// Whether `value` lacks parts because it is larger than 64 KiB or too deep; absent when it is whole.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub cut: bool,
}

/// A place in a file, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Place {
    /// Line.
    pub line: usize,
    /// Column in characters.
    pub column: usize,
}

/// A request of a test.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Request {
    /// Method.
    pub method: String,
    /// URL as asked for.
    pub url: String,
    /// URL that answered in the end, if it is another one.
    pub final_url: Option<String>,
    /// Status; absent when nothing answered.
    pub status: Option<u16>,
    /// `Content-Type` of the answer.
    pub content_type: Option<String>,
    /// The file of the project whose content the answer is, where that is known.
    pub file: Option<String>,
    /// Bytes of the decoded body.
    pub size: usize,
    /// Why the test got nothing to read.
    pub error: Option<String>,
    /// Whether the answer was taken from an equal request before.
    pub from_memo: bool,
    /// Headers as sent in the last hop.
    pub request_headers: Vec<Header>,
    /// Headers of the answer of the last hop.
    pub response_headers: Vec<Header>,
    /// Start of the body, where it is text.
    pub body_start: Option<String>,
    /// Time taken in milliseconds; absent with `--no-times`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration_ms: Option<f64>,
}

/// A header; what is secret in it is masked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Header {
    /// Name in lower case.
    pub name: String,
    /// Value.
    pub value: String,
}
