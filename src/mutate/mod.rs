//! Mutation testing of hints: are there wrong answers at all that a hint would notice?
//!
//! A challenge is graded once, and what its hints are answered is recorded. Then each hint is graded again and again, by itself,
//! with one small change in one of its answers (a [`Mutation`]): a line is gone, a key has another name, the status is 404. A
//! hint that passes all the same has not looked. The project is not asked again, so this is quick and, for a seed, the same each time.

mod diff;
mod focus;
mod json;
mod json_parts;
mod key;
mod letters;
mod lexeme;
mod live;
mod mutation;
mod outcome;
mod plan;
mod random;
mod record;
mod replay;
mod run;
mod script;
mod text;
mod thin;
mod whole;

pub use diff::diff;
pub use mutation::{Change, Kind, Mutation};
pub use outcome::{Counts, Mutated, MutatedHint, Survivor, Verdict, WhyNot, WhyUnknown};
pub use record::{Answer, HintRecord, Recording, record};
pub use run::{Settings, run};
