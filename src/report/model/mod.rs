//! A run as reports see it: complete, free of secrets, in file order. Its JSON form is public (`grade schema`), and every
//! format that is written at the end of a run is a view of it.

mod bounds;
mod collect;
mod hint;
mod request;
mod short;
mod types;
mod value;

pub(super) use collect::relative;
pub use collect::{Collector, Conditions, Step, Times};
pub use short::ShortHint;
pub use types::{
    Challenge, Counts, Environment, Header, Hint, Note, NoteKind, Outcome, Place, Reason, ReasonKind, Report, Request,
    SCHEMA_VERSION, Summary, Value,
};
