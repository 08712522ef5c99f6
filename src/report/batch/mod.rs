//! What `grade batch` writes: a line for each submission, and reports that are views of these lines.

mod cohort;
mod ctrf;
mod json;
mod junit;
mod line;
mod markdown;
mod progress;
mod reports;
mod summary;
mod tap;
mod template;
mod view;

pub use line::{AnyHint, Challenge, Lasting, Reason, SCHEMA_VERSION, Submission, Told};
pub use progress::BatchProgress;
pub use reports::{About, BatchFormat, BatchReportError, BatchReports, BatchWanted};
pub use summary::{duration, rate, summary};
pub use template::Template;
