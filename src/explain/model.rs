//! The shape of an explanation: data, so that every report can carry it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::code::Code;

/// Why a hint has its outcome, for a person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Explanation {
    /// The cause; `grade explain CODE` has a page about it.
    pub code: Code,
    /// One sentence that stands alone.
    pub headline: String,
    /// What shows it, most important first.
    pub evidence: Vec<Evidence>,
    /// What to do next: one thing.
    pub help: Option<String>,
    /// Whose fault it is.
    pub fault: Fault,
}

impl Explanation {
    /// Where it is: the primary mark of the first excerpt, with its line and column in the whole text, from 1.
    pub fn place(&self) -> Option<(&Source, usize, usize)> {
        self.evidence.iter().find_map(|evidence| match evidence {
            Evidence::Excerpt(excerpt) => {
                let mark = excerpt.marks.iter().find(|mark| mark.kind == MarkKind::Primary)?;
                Some((&excerpt.source, mark.line, mark.column))
            }
            _ => None,
        })
    }
}

/// Who has to act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// The project does not do what the hint asks for.
    Project,
    /// The project seems right; the test is stricter than its hint, or wrong.
    Test,
    /// Something between the two: the address, the network, the machine.
    Environment,
    /// `grade` cannot do what the test needs.
    Tool,
}

/// Something that shows the cause.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Evidence {
    /// A piece of a text with marked places.
    Excerpt(Excerpt),
    /// Two values, each on one line.
    Values {
        /// What the test wanted.
        expected: String,
        /// What it got.
        actual: String,
    },
    /// Two longer texts compared line by line.
    Diff {
        /// The lines.
        lines: Vec<DiffLine>,
    },
    /// A labelled fact: `wanted`, `found`, `because`.
    Fact {
        /// One word.
        label: String,
        /// The fact.
        text: String,
    },
}

/// A line of a comparison.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DiffLine {
    /// Where it is found.
    pub side: DiffSide,
    /// The line without its end.
    pub text: String,
}

/// Where a line of a comparison is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DiffSide {
    /// In both.
    Both,
    /// In what was expected only.
    Expected,
    /// In what was found only.
    Actual,
}

/// A piece of a text: few lines, long ones cut to a window around their marks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Excerpt {
    /// Which text.
    pub source: Source,
    /// Lines in order; numbers may jump.
    pub lines: Vec<Line>,
    /// Marked places in these lines.
    pub marks: Vec<Mark>,
}

/// Which text an excerpt is from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Source {
    /// Name to show: the path of the request (`/_api/server.js`), or of a file.
    pub name: String,
    /// The learner's own file behind it, where that is known (`server.js`).
    pub file: Option<String>,
    /// Index of the request in the hint's requests.
    pub request: Option<usize>,
}

/// A line of an excerpt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Line {
    /// Its number in the whole text, from 1.
    pub number: usize,
    /// The shown part: no line break, tabs as they are.
    pub text: String,
    /// Characters left out before the shown part.
    pub skipped: usize,
    /// Whether the line goes on after the shown part.
    pub cut: bool,
}

/// A marked place within one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Mark {
    /// Number of the line, from 1.
    pub line: usize,
    /// Column of its start in the whole line, in characters, from 1.
    pub column: usize,
    /// Length in characters; 0 for a place between two.
    pub length: usize,
    /// What is there.
    pub label: String,
    /// Weight.
    pub kind: MarkKind,
}

/// Weight of a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MarkKind {
    /// The place itself.
    Primary,
    /// Something that belongs to it.
    Secondary,
}
