//! What became of the challenges of a project when they were last graded, kept between runs.
//!
//! One file for each project folder, in the user's folder for state, never in the project. It holds names, outcomes
//! and times: no address, no answer, nothing of the project's files. Whatever happens to it, a run's verdict stands:
//! a file that cannot be read is set aside, one that cannot be written is a warning.

mod error;
mod folder;
mod lock;
mod record;
mod store;

pub use error::StateError;
pub use folder::{StateFolder, project};
pub use record::{Graded, Id, Mark, Record};
pub use store::{Loaded, Store};
