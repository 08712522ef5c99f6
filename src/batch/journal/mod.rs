//! The journal: every finished submission, a line each, flushed before anybody sees the result.
//!
//! A line is a CRC-32 in hexadecimal, a blank, and what it is of: the header (`H`, a [`Fingerprint`]), a result (`R`, with the
//! number of its row, its verdict, its hints by outcome, and its JSON), or a decision to grade verdicts of some sort again
//! (`A`). Lines are only ever added. One that was not finished is cut off when the run is resumed; one that was damaged is
//! passed over, and its submission graded again.

mod entry;
mod error;
mod file;
mod fingerprint;
mod kept;
mod scan;

pub(super) use entry::Entry;
pub use entry::Record;
pub use error::JournalError;
pub(super) use file::read_record;
pub use file::{Journal, Opened};
pub use fingerprint::Fingerprint;
pub use kept::Kept;
pub use scan::Scan;
