//! Views of a run. None of them decides a verdict or an exit code.

mod advice;
pub mod listing;
mod markdown;
mod progress;
pub mod show;
mod style;
mod terminal;
mod value;

use std::io::{self, Write};

use crate::grader::Event;

pub use progress::Progress;
pub use style::{ColorChoice, ColorEnvironment, Styles, use_color};
pub use terminal::{Terminal, TerminalSettings};

/// A report that is written as the run goes on.
pub trait Reporter {
    /// Takes note of an event; writes what it has to say about it.
    fn event(&mut self, event: &Event<'_>, out: &mut dyn Write) -> io::Result<()>;
}
