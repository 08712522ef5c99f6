//! Markdown as GitHub and forums read it, for texts of strangers: nothing in them links, mentions, formats or ends what we
//! began.

mod escape;
mod page;

pub use escape::{fence, html, inline};
pub use page::{Page, table};
