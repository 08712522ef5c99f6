//! Where answers come from.

mod advice;
mod url;

pub use advice::Advice;
pub use url::{SubmittedUrl, UrlError, normalize};
