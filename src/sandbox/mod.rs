//! The script engine: runs test blocks as written, in a browser-like page inside an embedded JavaScript engine.
//!
//! A [`Sandbox`] owns threads; [`Sandbox::page`] gives a [`ScriptPage`], the realm of one challenge; its `run` evaluates
//! one hint. All requests go through the caller's [`crate::fetch::Fetcher`], on the caller's side of the thread border.
//! A hint that is known to be brief may be evaluated on the caller's thread (`here`).

mod assertions;
mod blocks;
mod bundle;
mod bytecode;
mod clock;
mod compile;
mod engine_page;
mod evaluate;
mod facts;
mod flight;
mod globals;
mod guard;
mod here;
mod host;
mod judge;
mod kept;
mod line;
mod log;
mod memory;
mod message;
mod page;
mod placeholders;
mod pool;
mod program;
mod realm;
mod scan;
mod searches;
mod shelf;
mod source;
mod state;
mod substitute;
#[cfg(test)]
mod tests;
mod text;
mod visit;
mod wording;
mod worker;

pub use crate::verdict::Rules;
pub use page::{ScriptPage, ScriptVerdict};
pub use placeholders::fill_placeholders;
pub use pool::{STACK, Sandbox};
pub use program::{Code, Hooks, Limits, Locate, PageSettings, Program};
