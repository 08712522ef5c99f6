//! Looks at a project before it is graded, and names the cause of what would go wrong: the address, the way there, who
//! answers, what a browser would say, and which files hints can ask for.
//!
//! It asks through [`crate::fetch`] only. [`examine`] takes all steps in their order; [`reach`] only those up to the
//! first answer. What they find is a [`Diagnosis`]: facts and words, no colour.

mod address;
mod ask;
mod clock;
mod cors;
mod examine;
mod files;
mod model;
mod neighbours;

mod speed;
mod way;
mod who;

pub use examine::{Subject, examine, reach};
pub use files::Wanted;
pub use model::{Diagnosis, Finding, Level, SCHEMA_VERSION, State, Step};
pub use neighbours::USUAL_PORTS;
