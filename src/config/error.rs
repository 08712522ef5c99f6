//! Why settings cannot be used.

use std::path::PathBuf;

use super::file::MAX_FILE;
use super::problem::{Problem, position, render};

/// Why settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// There is no such file.
    #[error("there is no settings file `{}`; `grade init` writes a grade.toml, and without --config none is needed", path.display())]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// The system refuses to read it.
    #[error("the settings file `{}` cannot be read (--no-config does without)", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A folder, a device, ...
    #[error("`{}` is {what}, and no settings file (--no-config does without)", path.display())]
    NoFile {
        /// The path.
        path: PathBuf,
        /// What it is, with its article.
        what: &'static str,
    },
    /// More than a settings file ever needs.
    #[error("the settings file `{}` has more than {} KiB; is it the right file?", path.display(), MAX_FILE / 1024)]
    TooLarge {
        /// The file.
        path: PathBuf,
    },
    /// Bytes that are no UTF-8.
    #[error("{}:{line}:{column}: the settings file is not UTF-8 text from here on; save it as UTF-8", path.display())]
    NotUtf8 {
        /// The file.
        path: PathBuf,
        /// Line of the first such byte, from 1.
        line: usize,
        /// Its column in characters, from 1.
        column: usize,
    },
    /// Text that is no TOML, or TOML that does not say what it should.
    #[error("the settings file `{}` cannot be used{}", path.display(), render(path, text, problems))]
    Invalid {
        /// The file.
        path: PathBuf,
        /// Its text.
        text: String,
        /// What is wrong, from the top.
        problems: Vec<Problem>,
    },
    /// Variables of the environment.
    #[error("{}", list(problems))]
    Variables {
        /// What is wrong with each.
        problems: Vec<VariableProblem>,
    },
}

/// A variable of the environment that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the environment variable {variable} cannot be used: {message}")]
pub struct VariableProblem {
    /// Its name.
    pub variable: String,
    /// What is wrong with its value.
    pub message: String,
}

fn list(problems: &[VariableProblem]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

impl ConfigError {
    /// The error for bytes that are no UTF-8.
    pub(super) fn not_utf8(path: PathBuf, valid: &[u8]) -> Self {
        let text = String::from_utf8_lossy(valid);
        let (line, column) = position(&text, text.len());
        Self::NotUtf8 { path, line, column }
    }
}
