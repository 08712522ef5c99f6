//! The formats that there are.

use super::View;
use super::github::Github;
use super::gitlab::Gitlab;
use super::json::Json;
use super::model::LintSettings;
use super::sarif::Sarif;
use super::terminal::Terminal;
use crate::report::Styles;

/// A format of what lint found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LintFormat {
    /// For people.
    Terminal,
    /// One JSON object.
    Json,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Annotations for GitHub Actions.
    Github,
    /// GitLab's code quality report.
    Gitlab,
}

impl LintFormat {
    /// All of them, in the order in which they are told.
    pub const ALL: &'static [Self] = &[Self::Terminal, Self::Json, Self::Sarif, Self::Github, Self::Gitlab];

    /// The word for it on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Terminal => "terminal",
            Self::Json => "json",
            Self::Sarif => "sarif",
            Self::Github => "github",
            Self::Gitlab => "gitlab",
        }
    }

    /// The format of that name.
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.name() == name)
    }

    /// The names of all, for messages.
    pub fn names() -> String {
        Self::ALL.iter().map(|format| format.name()).collect::<Vec<_>>().join(", ")
    }

    pub(super) fn view(self, settings: &LintSettings, styles: Styles) -> Box<dyn View> {
        match self {
            Self::Terminal => Box::new(Terminal::new(settings, styles)),
            Self::Json => Box::new(Json::default()),
            Self::Sarif => Box::new(Sarif::new(settings.levels.clone())),
            Self::Github => Box::new(Github::default()),
            Self::Gitlab => Box::new(Gitlab::default()),
        }
    }
}
