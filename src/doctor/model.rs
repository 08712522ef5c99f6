//! What was found.

use schemars::JsonSchema;
use serde::Serialize;

/// Version of the JSON form (`SemVer`): a new optional key is a minor change, anything else a major one.
pub const SCHEMA_VERSION: &str = "1.0.0";

/// All that was found about a project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Diagnosis {
    /// Version of this schema.
    pub schema_version: String,
    /// The address as it was given.
    pub url_given: String,
    /// The address as tests see it.
    pub url: String,
    /// What it all comes to.
    pub state: State,
    /// The findings, in the order of the steps. A step may have several.
    pub findings: Vec<Finding>,
}

impl Diagnosis {
    /// The first problem: the cause, as the steps are in the order in which causes precede effects.
    pub fn cause(&self) -> Option<&Finding> {
        self.findings.iter().find(|finding| finding.level == Level::Problem)
    }

    /// How many findings are of a level.
    pub fn count(&self, level: Level) -> usize {
        self.findings.iter().filter(|finding| finding.level == level).count()
    }
}

/// What a diagnosis comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// No problem: hints can be graded.
    Ready,
    /// The project answers, and has a problem.
    Problem,
    /// Nothing answers as a project does.
    Unreachable,
}

/// One line of a diagnosis.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Finding {
    /// What was looked at.
    pub step: Step,
    /// How it is.
    pub level: Level,
    /// What was found, on one line.
    pub text: String,
    /// More about it, a line each.
    pub details: Vec<String>,
    /// What to do about it.
    pub help: Option<String>,
    /// Lines that do it, such as code for the project.
    pub lines: Vec<String>,
}

impl Finding {
    /// A finding without more to say.
    pub(super) fn new(step: Step, level: Level, text: impl Into<String>) -> Self {
        Self { step, level, text: text.into(), details: Vec::new(), help: None, lines: Vec::new() }
    }

    /// A step that is as it should be.
    pub(super) fn ok(step: Step, text: impl Into<String>) -> Self {
        Self::new(step, Level::Ok, text)
    }

    /// A problem and what to do.
    pub(super) fn problem(step: Step, text: impl Into<String>, help: impl Into<String>) -> Self {
        Self::new(step, Level::Problem, text).with_help(help)
    }

    /// Something to know, and what to do.
    pub(super) fn warning(step: Step, text: impl Into<String>, help: impl Into<String>) -> Self {
        Self::new(step, Level::Warning, text).with_help(help)
    }

    /// A step that makes no sense here, and why.
    pub(super) fn not_looked_at(step: Step, why: impl Into<String>) -> Self {
        Self::new(step, Level::NotLookedAt, why)
    }

    #[must_use]
    pub(super) fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    #[must_use]
    pub(super) fn with_lines(mut self, lines: Vec<String>) -> Self {
        self.lines = lines;
        self
    }

    #[must_use]
    pub(super) fn with_details(mut self, details: Vec<String>) -> Self {
        self.details = details;
        self
    }
}

/// How a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// As it should be.
    Ok,
    /// Not looked at, as an earlier step failed, or there is nothing to look at.
    NotLookedAt,
    /// It may be meant so, and may make hints fail.
    Warning,
    /// Hints will fail or cannot be checked.
    Problem,
}

/// The steps, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// The address, normalised.
    Address,
    /// Name resolution.
    Name,
    /// The connection.
    Connection,
    /// TLS.
    Tls,
    /// Who answers.
    Answer,
    /// Redirects on the way.
    Redirects,
    /// http where a page on https may not fetch it.
    MixedContent,
    /// Whether a page of freeCodeCamp may read the answer.
    Cors,
    /// Whether such a page may send JSON, PUT and DELETE.
    Preflight,
    /// Files that hints ask for.
    Files,
    /// The project's clock.
    Clock,
    /// How fast it answers.
    Speed,
}

impl Step {
    /// All steps, in order.
    pub const ALL: [Self; 12] = [
        Self::Address,
        Self::Name,
        Self::Connection,
        Self::Tls,
        Self::Answer,
        Self::Redirects,
        Self::MixedContent,
        Self::Cors,
        Self::Preflight,
        Self::Files,
        Self::Clock,
        Self::Speed,
    ];

    /// The step for people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Address => "address",
            Self::Name => "name",
            Self::Connection => "connection",
            Self::Tls => "TLS",
            Self::Answer => "answer",
            Self::Redirects => "redirects",
            Self::MixedContent => "mixed content",
            Self::Cors => "CORS",
            Self::Preflight => "preflight",
            Self::Files => "files",
            Self::Clock => "clock",
            Self::Speed => "speed",
        }
    }
}
