//! The list of submissions: CSV or JSON lines, read row by row.

mod csv;
mod error;
mod fields;
mod json;
mod lines;
mod open;

pub use error::ListError;
pub use open::{Format, List, Rows};
