//! What is wrong with a file, in words that say where and what to write instead.

use std::fmt;

use super::model::Outline;
use super::source::Position;

/// How much a problem matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The file is still a challenge.
    Warning,
    /// The file is rejected.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

/// The part of the official parser that would raise the same error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Front matter.
    Yaml,
    /// `# --seed--`.
    Seed,
    /// `# --solutions--`.
    Solutions,
    /// `# --hints--`.
    Hints,
    /// `# --before-all--` and its kin.
    Hooks,
    /// Description, instructions and other prose.
    Text,
}

impl Stage {
    /// The name that reports use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Yaml => "yaml",
            Self::Seed => "seed",
            Self::Solutions => "solutions",
            Self::Hints => "hints",
            Self::Hooks => "hooks",
            Self::Text => "text",
        }
    }
}

/// What kind of problem it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProblemKind {
    /// The file does not begin with `---`.
    FrontMatterMissing,
    /// The front matter has no closing `---`.
    FrontMatterUnclosed,
    /// The front matter is no YAML mapping.
    FrontMatterSyntax,
    /// `id`, `title` or `challengeType` is missing.
    KeyMissing,
    /// A front matter value has the wrong type.
    KeyInvalid,
    /// The id is not of 24 hexadecimal digits.
    UnusualId,
    /// A file in the form that was used before the end of 2020.
    OldDialect,
    /// A section begins inside a list, quote or directive.
    SectionNested,
    /// Hint texts and test blocks do not alternate.
    HintsNotInPairs,
    /// A hint has no text.
    HintTextMissing,
    /// A hint has no test block.
    HintCodeMissing,
    /// `# --seed--` without `## --seed-contents--`.
    SeedContentsMissing,
    /// Something that is no code block among the code.
    CodeOnly,
    /// A code block in a language that seeds and solutions cannot have.
    LanguageUnknown,
    /// `--fcc-editable-region--` is not there twice, or where it may not be.
    EditableRegion,
    /// A hook that is not exactly one JavaScript block.
    HookInvalid,
    /// A marker that is not known (refused since 2025).
    MarkerUnknown,
    /// A marker at the wrong heading level (refused since 2025).
    MarkerLevel,
    /// `--fcc-editable-region--` as a heading (refused since 2025).
    MarkerNoHeading,
    /// A section that is there twice; only the first counts.
    SectionRepeated,
    /// A code block without its closing fence.
    FenceUnclosed,
    /// A back-end challenge without hints.
    HintsMissing,
    /// `::import`, which cannot be followed here.
    Import,
}

/// One problem of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What kind of problem.
    pub kind: ProblemKind,
    /// Whether it rejects the file.
    pub severity: Severity,
    /// Which part of the official parser would refuse the file; `None` for rules of our own.
    pub stage: Option<Stage>,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What was found.
    pub message: String,
    /// What to write instead.
    pub help: String,
}

impl Problem {
    pub(super) fn error(
        kind: ProblemKind,
        stage: Option<Stage>,
        at: Position,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self {
            kind,
            severity: Severity::Error,
            stage,
            line: at.line,
            column: at.column,
            message: message.into(),
            help: help.into(),
        }
    }

    pub(super) fn warning(
        kind: ProblemKind,
        at: Position,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self { severity: Severity::Warning, ..Self::error(kind, None, at, message, help) }
    }

    /// The problem as two lines of text, with the file's name in front.
    pub fn display<'a>(&'a self, file: &'a str) -> impl fmt::Display + 'a {
        Shown { problem: self, file }
    }
}

struct Shown<'a> {
    problem: &'a Problem,
    file: &'a str,
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Problem { severity, line, column, message, help, .. } = self.problem;
        write!(f, "{}:{line}:{column}: {severity}: {message}\n  help: {help}", self.file)
    }
}

/// Why a file is no challenge: all problems in the order of the file, and what could still be read.
#[derive(Debug, Clone, thiserror::Error)]
pub struct ParseErrors {
    /// The file's name.
    pub name: String,
    /// Every problem, warnings included.
    pub problems: Vec<Problem>,
    /// What could still be read.
    pub outline: Box<Outline>,
}

impl fmt::Display for ParseErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.problems.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{}", problem.display(&self.name))?;
        }
        Ok(())
    }
}
