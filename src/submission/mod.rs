//! Where answers come from.

mod advice;
mod url;
mod web;

pub use advice::Advice;
pub use url::{SubmittedUrl, UrlError, normalize};
pub use web::WebSubmission;
