//! Why a search in a text missed: where the test's expression stopped, and what is there instead.
//!
//! The expression is taken apart (`split`), its pieces are searched for (`hunt`) and strung together (`chain`), exactly
//! and with one thing allowed at a time (`relax`); `cause` has what can be said then. All of it runs on the linear-time
//! translation of `port::regex`, with a limit on the expressions that are compiled for one explanation.

mod case;
mod cause;
mod chain;
mod comments;
mod hunt;
mod in_code;
mod origin;
mod relax;
mod script;
mod search;
mod searches;
mod split;
mod token;

pub(super) use comments::rests_on_comment;
pub use in_code::Searches;
pub(super) use origin::source_of;
pub(super) use search::explain_search;
pub(super) use searches::searched;
