//! Challenges times submission gives outcomes, as a stream of events.
//!
//! The grader decides which engine runs a hint, keeps the hint's limits, and turns what the engines say into
//! [`crate::verdict::Outcome`]s. It prints nothing.

mod clock;
mod event;
mod grade;
mod outcome;
mod ported;
mod prepared;
mod repeat;
mod result;
mod script;
mod settings;
mod stop;
mod unreachable;

pub use clock::STEP as CLOCK_STEP;
pub use event::Event;
pub use grade::Grader;
pub use prepared::{Prepared, PreparedHint};
pub use repeat::{merge, replay};
pub use result::{ChallengeResult, Counts, RunResult};
pub use settings::{EngineChoice, GradeSettings, Submission};
pub use stop::Stop;
pub use unreachable::never_reached;
