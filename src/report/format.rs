//! The formats that there are. A new one is a variant here, its name, and the function that writes it.

use std::io::{self, Write};

use super::model::Report;
use super::{json, jsonl};

/// A format of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// The whole model as one JSON object.
    Json,
    /// An event a line, as it happens.
    Jsonl,
}

impl Format {
    /// All of them, in the order in which they are told.
    pub const ALL: &'static [Self] = &[Self::Json, Self::Jsonl];

    /// The word for it on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Jsonl => "jsonl",
        }
    }

    /// Writes a run that is over.
    pub fn write(self, report: &Report, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Self::Json => json::write(report, out),
            Self::Jsonl => jsonl::write(report, out),
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
