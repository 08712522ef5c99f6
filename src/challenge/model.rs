//! What a challenge file says.

use super::code::Code;
use super::front_matter::FrontMatter;
use super::problem::Problem;
use super::source::Span;

/// A challenge that can be used.
#[derive(Debug, Clone)]
pub struct Challenge {
    /// The id exactly as written; never read as a number.
    pub id: String,
    /// The title.
    pub title: String,
    /// What is submitted and how it is checked: 2 and 4 are graded by URL.
    pub challenge_type: u32,
    /// The name used in addresses.
    pub dashed_name: Option<String>,
    /// The place within its block.
    pub order: Option<f64>,
    /// All keys of the front matter, unknown ones included.
    pub front_matter: FrontMatter,
    /// The markers of the file, in order.
    pub sections: Vec<Section>,
    /// `# --description--`.
    pub description: Option<Markdown>,
    /// `# --instructions--`.
    pub instructions: Option<Markdown>,
    /// `# --notes--`.
    pub notes: Option<Markdown>,
    /// The hints, in order.
    pub hints: Vec<Hint>,
    /// Code around the tests.
    pub hooks: Hooks,
    /// What is doubtful but accepted.
    pub warnings: Vec<Problem>,
}

/// What could be read of a file, whether or not it is a challenge.
#[derive(Debug, Clone, Default)]
pub struct Outline {
    /// The front matter, if it is there and is valid YAML.
    pub front_matter: Option<FrontMatter>,
    /// The markers of the file, in order.
    pub sections: Vec<Section>,
    /// `# --description--`.
    pub description: Option<Markdown>,
    /// `# --instructions--`.
    pub instructions: Option<Markdown>,
    /// `# --notes--`.
    pub notes: Option<Markdown>,
    /// The hints; none if they are not in pairs.
    pub hints: Vec<Hint>,
    /// Code around the tests.
    pub hooks: Hooks,
}

/// A marker heading such as `# --hints--`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The name without the dashes.
    pub name: String,
    /// The heading's level.
    pub level: u8,
    /// The heading.
    pub span: Span,
    /// False inside a list, quote or directive, where a marker begins no section.
    pub top_level: bool,
}

/// A slice of Markdown source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Markdown {
    /// As written in the file.
    pub text: String,
    /// Where it is.
    pub span: Span,
}

/// One requirement with its test.
#[derive(Debug, Clone)]
pub struct Hint {
    /// The text without its markup; raw HTML is kept.
    pub text: String,
    /// The text as written.
    pub markdown: Markdown,
    /// The test block; empty for a hint that is not tested.
    pub code: Code,
}

impl Hint {
    /// The text as HTML, as freeCodeCamp shows it (raw HTML is passed through: do not trust it).
    pub fn html(&self) -> String {
        super::blocks::html(&self.markdown.text)
    }

    /// The line of the text, from 1.
    pub fn line(&self) -> usize {
        self.markdown.span.position.line
    }
}

/// Code that runs around the tests.
#[derive(Debug, Clone, Default)]
pub struct Hooks {
    /// Once, before all tests.
    pub before_all: Option<Code>,
    /// Before each test.
    pub before_each: Option<Code>,
    /// After each test.
    pub after_each: Option<Code>,
    /// Once, after all tests.
    pub after_all: Option<Code>,
}
