//! A row of the list: what is to be graded, or why it cannot be.

use std::path::PathBuf;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::submission::{SubmittedUrl, UrlError, normalize};

/// A row of the list.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Its place among the rows, from 0: what the journal knows it by.
    pub number: u64,
    /// The line of the list in which it begins, from 1.
    pub line: u64,
    /// Its id; that of a row without one is `line-<line>`.
    pub id: String,
    /// What is to be graded, or why the row says nothing that could be.
    pub project: Result<Project, Reason>,
    /// All other columns, in their order.
    pub columns: Map<String, Value>,
    /// Bytes that it takes in the list.
    pub size: usize,
}

/// What a row wants graded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Project {
    /// Address of a running project.
    pub url: Option<String>,
    /// Folder of the project.
    pub dir: Option<PathBuf>,
    /// Command that starts it.
    pub start: Option<String>,
    /// Names of challenges; none means those of the run.
    pub challenges: Vec<String>,
    /// The address as tests see it, from when it was first asked for.
    pub(super) normalized: OnceLock<Result<SubmittedUrl, UrlError>>,
}

impl Project {
    /// The address as tests see it; nothing where there is none.
    pub(super) fn address(&self) -> Option<&Result<SubmittedUrl, UrlError>> {
        let url = self.url.as_deref()?;
        Some(self.normalized.get_or_init(|| normalize(url)))
    }
}

/// Why a row has no verdict, or not a whole one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// Its sort.
    pub kind: ReasonKind,
    /// In words.
    pub text: String,
}

/// Sorts of reasons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReasonKind {
    /// The row cannot be read.
    MalformedRow,
    /// A row before it has the same id.
    DuplicateId,
    /// It names no project: neither `url` nor `dir`.
    NoProject,
    /// Its address is none.
    BadAddress,
    /// Its folder cannot be graded.
    BadFolder,
    /// It names challenges that are not there, or that are not graded by URL.
    UnknownChallenges,
    /// It has a command to start the project, and the run starts none.
    StartNotAllowed,
    /// The project did not start.
    NotStarted,
    /// The project ended while it was graded.
    Ended,
    /// The submission took longer than one may.
    TimedOut,
    /// None of its hints has a test, or none could be looked at.
    NothingChecked,
    /// A defect of `grade`.
    Internal,
}

impl Reason {
    /// A reason in words.
    pub fn new(kind: ReasonKind, text: impl Into<String>) -> Self {
        Self { kind, text: text.into() }
    }

    pub(super) fn malformed(text: impl Into<String>) -> Self {
        Self::new(ReasonKind::MalformedRow, text)
    }
}

/// The id of a row that has none.
pub(super) fn id_of_line(line: u64) -> String {
    format!("line-{line}")
}
