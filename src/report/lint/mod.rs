//! Views of what lint found. Files come one after the other, so that none of them has to be kept.

mod diff;
mod fingerprint;
mod format;
mod github;
mod gitlab;
mod json;
mod listing;
mod model;
mod outputs;
mod sarif;
mod terminal;

pub use diff::unified;
pub use format::LintFormat;
pub use json::Document;
pub use listing::list;
pub use model::{Checked, LintSettings, Totals};
pub use outputs::{LintOutput, Outputs, Place};

use model::View;
