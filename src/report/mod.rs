//! Views of a run. None of them decides a verdict or an exit code.

mod advice;
pub mod doctor;
pub mod listing;
mod markdown;
pub mod model;
mod progress;
pub mod show;
pub mod sources;
mod style;
mod terminal;
mod value;

use std::io::{self, Write};

use crate::explain::Explanation;
use crate::grader::Event;

pub use progress::Progress;
pub use style::{ColorChoice, ColorEnvironment, Styles, use_color};
pub use terminal::{Terminal, TerminalSettings};

/// A report that is written as the run goes on.
pub trait Reporter {
    /// Takes note of an event; writes what it has to say about it. A finished hint comes with its explanation, where
    /// there is something to explain.
    fn event(&mut self, event: &Event<'_>, explanation: Option<&Explanation>, out: &mut dyn Write) -> io::Result<()>;
}
