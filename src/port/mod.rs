//! Turns a hint's test block into a native plan, or says why it cannot. Pure: no IO, no async.

pub mod chai;
mod compile;
pub mod js;
mod plan;
pub mod regex;
mod run;
mod slots;

pub use compile::{Check, Dialect, NotPorted, SyntaxError, compile};
pub use plan::{OutlineItem, Place, Plan};
pub use run::{Ending, Run, ThrownFacts, Wanted, World};
