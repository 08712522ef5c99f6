//! What `grade verify` found: as data, for people, and as annotations.

mod github;
mod model;
mod terminal;

pub use github::annotations;
pub use model::{
    Expected, Finding, HintLine, ManifestPlace, VERIFY_SCHEMA_VERSION, Verdict, VerifiedChallenge, VerifiedProject,
    VerifyEnvironment, VerifyReport, VerifySummary,
};
pub use terminal::terminal;

/// All of it as a JSON object, two spaces deep.
pub fn json(report: &VerifyReport) -> String {
    serde_json::to_string_pretty(report).unwrap_or_default() + "\n"
}
