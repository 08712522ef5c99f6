//! GitHub Actions: annotations as workflow commands, and a summary of the step in Markdown.

mod annotations;
mod log;
mod summary;

pub use annotations::write;
pub(super) use annotations::{MOST, data, property};
pub use log::no_commands;
pub use summary::{append_summary, summary};
