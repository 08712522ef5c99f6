//! `grade mutate`: what became of the mutants, for people and for programs.

mod collect;
mod model;
mod text;
mod words;

pub use collect::{Conditions, collect};
pub use model::{Challenge, Counts, Environment, Hint, HintCounts, Report, SCHEMA_VERSION, Summary, Survivor, Verdict};
pub use text::text;

/// The report as JSON, two spaces deep.
pub fn json(report: &Report) -> String {
    serde_json::to_string_pretty(report).unwrap_or_default() + "\n"
}
