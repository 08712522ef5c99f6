//! Keeps secrets out of everything that is written.
//!
//! There is one place for it: a [`Redactor`] stands behind the grader and masks the facts of a run before an explanation is
//! made or a report sees them. What comes after cannot show what it never had, however it cuts, wraps or encodes. Texts that
//! do not come from a run (warnings, errors) go through [`Secrets::mask`].

mod cut;
mod events;
mod facts;
mod header;
mod pattern;
mod secrets;
mod url;

pub use events::Redactor;
pub use secrets::{SecretError, Secrets};
