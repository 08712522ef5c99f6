//! Regular expressions in test code: where they stand, what is done with them, how long they may take.

mod attack;
mod literal;
mod machine;
mod program;
mod terms;
mod usage;
mod witness;

pub use attack::attack;
pub use literal::{BrokenRegex, Made, Regex, Written};
pub use program::groups;
pub use terms::{matches_empty, walk};
pub use usage::Use;
