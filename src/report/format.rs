//! The formats that there are. A new one is a variant here, its name, and the function that writes it.

use std::io::{self, Write};

use super::model::Report;
use super::{ctrf, github, html, json, jsonl, junit, markdown_report, tap};

/// A format of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// The whole model as one JSON object.
    Json,
    /// An event a line, as it happens.
    Jsonl,
    /// `JUnit` XML.
    Junit,
    /// TAP version 14.
    Tap,
    /// The Common Test Report Format.
    Ctrf,
    /// Annotations for GitHub Actions.
    Github,
    /// One page to look at.
    Html,
    /// Markdown for forum posts and comments.
    Markdown,
}

impl Format {
    /// All of them, in the order in which they are told.
    pub const ALL: &'static [Self] =
        &[Self::Json, Self::Jsonl, Self::Junit, Self::Tap, Self::Ctrf, Self::Github, Self::Html, Self::Markdown];

    /// The word for it on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Junit => "junit",
            Self::Tap => "tap",
            Self::Ctrf => "ctrf",
            Self::Github => "github",
            Self::Html => "html",
            Self::Markdown => "markdown",
        }
    }

    /// Writes a run that is over.
    pub fn write(self, report: &Report, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Self::Json => json::write(report, out),
            Self::Jsonl => jsonl::write(report, out),
            Self::Junit => junit::write(report, out),
            Self::Tap => tap::write(report, out),
            Self::Ctrf => ctrf::write(report, out),
            Self::Github => github::write(report, out),
            Self::Html => html::write(report, out),
            Self::Markdown => markdown_report::write(report, out),
        }
    }

    /// Whether it is written while the run goes on.
    pub fn is_live(self) -> bool {
        self == Self::Jsonl
    }

    /// The format of that name.
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.name() == name)
    }

    /// The names of all, for messages.
    pub fn names() -> String {
        Self::ALL.iter().map(|format| format.name()).collect::<Vec<_>>().join(", ")
    }
}
