//! Views of a run. None of them decides a verdict or an exit code.

pub mod batch;
pub mod causes;
mod ctrf;
pub mod doctor;
mod files;
mod format;
mod gfm;
pub mod github;
pub mod html;
mod json;
mod jsonl;
mod junit;
pub mod lint;
pub mod listing;
pub mod live;
mod markdown;
mod markdown_report;
pub mod model;
pub mod mutate;
mod plain;
mod progress;
#[cfg(test)]
#[path = "../../tests/support/report_sample.rs"]
mod sample;
pub mod schema;
pub mod settings;
pub mod show;
pub mod sources;
pub mod status;
mod style;
mod tap;
mod terminal;
mod text;
mod value;
pub mod verify;
mod words;

use std::io::{self, Write};

use crate::explain::Explanation;
use crate::grader::Event;

pub use files::{ReportError, Reports, Wanted};
pub use format::Format;
pub use progress::Progress;
pub use style::{ColorChoice, ColorEnvironment, Styles, use_color};
pub use terminal::{Detail, Explain, Terminal, TerminalSettings, hint_text};

/// A report that is written as the run goes on.
pub trait Reporter {
    /// Takes note of an event; writes what it has to say about it. A finished hint comes with its explanation, where
    /// there is something to explain.
    fn event(&mut self, event: &Event<'_>, explanation: Option<&Explanation>, out: &mut dyn Write) -> io::Result<()>;
}
