//! Many submissions in one run: a list of them is read row by row, graded side by side, and every result is kept in a
//! journal before anybody sees it.
//!
//! ```text
//! list -> Queue (hosts, order) -> workers, one runtime a core -> Keeper (journal, then output)
//! ```
//!
//! What a result looks like is the caller's business ([`Render`]); this folder knows rows, verdicts and bytes. Nothing here
//! grows with the length of the list but a bit for each row, and for a run that is resumed nine bytes.

mod bits;
mod cache;
mod digest;
mod grading;
mod journal;
mod keeper;
mod list;
mod plan;
mod ports;
mod queue;
mod results;
mod row;
mod run;
mod selections;
mod shard;
mod survey;
mod tally;
mod waiting;
mod worker;

pub use cache::{Cache, Cached, Keeping, Ticket};
pub use digest::hex_of;
pub use grading::{Graded, Grading, Trouble};
pub use journal::{Fingerprint, Journal, JournalError, Kept, Opened, Record, Scan};
pub use keeper::{KeepError, Output};
pub use list::{Format, List, ListError};
pub use plan::Plan;
pub use results::{Held, Results};
pub use row::{Project, Reason, ReasonKind, Row};
pub use run::{Batch, Ended, Limits};
pub use selections::{Challenges, Selections, fingerprint_of};
pub use shard::Shard;
pub use survey::Survey;
pub use tally::{Tally, Totals, Verdict};

/// Makes a result's line of what became of a row: one JSON object, without a line break.
pub trait Render: Send + Sync {
    /// The line. Called on the threads that grade.
    fn render(&self, row: &Row, verdict: Verdict, graded: &Graded) -> Vec<u8>;

    /// What of a line says nothing about its row but what was found out by grading, for the cache. Nothing where lines are
    /// not kept.
    fn lasting(&self, _line: &[u8]) -> Option<Vec<u8>> {
        None
    }

    /// Whether a line for this row can be made of what was kept, and may be.
    fn is_fit(&self, _row: &Row, _lasting: &[u8]) -> bool {
        false
    }
}
