//! What can become of a block without running it: whether anything can make it fail, and if not, why.
//!
//! [`walk`] goes through a block as it would run and draws a [`graph`] of where errors go: from an assertion to the
//! function that it stands in, to the promise that the function returns, to whoever waits for that. What reaches the
//! block's own end fails the hint. What ends at a promise that nobody waits for, in a callback of the event loop or in
//! a `catch` that does nothing does not. Beside the errors it keeps track of whether every way to the end comes by a check.
//!
//! When in doubt something can fail: a rule that cries wolf is worse than one that is silent. All is linear in the size
//! of the block, and code that is nested too deeply is not followed.

mod assertion;
mod binding;
mod builtin;
mod call;
mod expression;
mod graph;
mod idle;
mod promise;
mod report;
mod statement;
#[cfg(test)]
mod tests;
mod value;
mod walk;

pub(super) use report::Loose;
pub use report::{Flow, Why, flow_of};
pub(super) use walk::{Mend, Unchecked};
