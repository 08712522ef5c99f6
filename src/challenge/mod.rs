//! The challenge file: text in, [`Challenge`] out. Pure, with the place of every part.

mod blocks;
mod code;
mod dialect;
mod directive;
mod fence;
mod front_matter;
mod hints;
mod hooks;
mod markers;
mod model;
mod outline;
mod parse;
mod problem;
mod seed;
mod source;
#[cfg(test)]
mod tests;
mod yaml;

pub use code::Code;
pub use front_matter::{Entry, FrontMatter};
pub use markers::LEVELS as MARKERS;
pub use model::{Challenge, Hint, Hooks, Markdown, Outline, Section};
pub use parse::parse;
pub use problem::{ParseErrors, Problem, ProblemKind, Severity, Stage};
pub use source::{Position, Source, Span};
pub use yaml::Yaml;
