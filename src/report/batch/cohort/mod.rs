//! The cohort report: who passed what, on one page without network, and the same as CSV. Submissions are read from the
//! journal one by one, once to count and once to write; only what is counted for each hint is held.

mod anonymous;
mod csv;
mod page;
mod reader;
mod survey;

pub(super) use self::csv::beside;
pub(super) use reader::Cohort;
