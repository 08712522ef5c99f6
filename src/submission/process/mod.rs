//! A project that `grade` starts, waits for, and stops again with everything that it has started.

mod error;
#[cfg(unix)]
mod members;
mod project;
mod tail;
mod tree;

pub use error::StartError;
pub use project::{StartSettings, StartedProject};
