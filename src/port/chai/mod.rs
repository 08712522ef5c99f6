//! chai 4.5's assert interface for data values: the same meaning, the same message texts.

mod check;
mod include;
mod keys;
mod method;

pub use check::{Checked, Operand, Unmet, check, inherited};
pub use method::Method;
