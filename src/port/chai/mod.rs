//! chai 4.5's assert interface for data values: the same meaning, the same message texts.

mod check;
mod include;
mod keys;
mod method;
mod property;

pub use check::{Checked, Operand, Unmet, check};
pub use method::Method;
pub use property::inherited;
