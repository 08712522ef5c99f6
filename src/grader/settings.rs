//! What a run is told.

use std::time::Duration;

use url::Url;

use crate::fetch::View;
use crate::verdict::Rules;

/// Settings of a run.
#[derive(Debug, Clone)]
pub struct GradeSettings {
    /// Which assertions count.
    pub rules: Rules,
    /// Which engines may run.
    pub engine: EngineChoice,
    /// Limit for one hint, requests included (`--hint-timeout`); 5 s as on freeCodeCamp.
    pub hint_timeout: Duration,
    /// Whether nothing more is asked after the first failed hint (`--fail-fast`).
    pub fail_fast: bool,
    /// Whether causes may tell times that were measured (`--no-times` leaves them out).
    pub times: bool,
}

impl Default for GradeSettings {
    fn default() -> Self {
        Self {
            rules: Rules::Honest,
            engine: EngineChoice::Auto,
            hint_timeout: Duration::from_secs(5),
            fail_fast: false,
            times: true,
        }
    }
}

/// Which engine runs a hint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum EngineChoice {
    /// The native plan where there is one, else the script engine.
    #[default]
    Auto,
    /// Native plans only: no test code runs.
    Ported,
    /// The script engine only.
    Script,
}

impl EngineChoice {
    /// The word that the command line uses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Ported => "ported",
            Self::Script => "script",
        }
    }
}

/// Where answers come from.
pub trait Submission: Send + Sync {
    /// The project's URL as tests see it.
    fn code(&self) -> &str;

    /// What that parses to, where it is known.
    fn url(&self) -> Option<&Url> {
        None
    }

    /// A fresh page, for one challenge.
    fn open(&self) -> Box<dyn View>;
}

impl Submission for crate::submission::WebSubmission {
    fn code(&self) -> &str {
        Self::code(self)
    }

    fn url(&self) -> Option<&Url> {
        Some(Self::url(self))
    }

    fn open(&self) -> Box<dyn View> {
        Self::open(self)
    }
}

impl Submission for crate::submission::FolderSubmission {
    fn code(&self) -> &str {
        Self::code(self)
    }

    fn open(&self) -> Box<dyn View> {
        self.open_page()
    }
}
