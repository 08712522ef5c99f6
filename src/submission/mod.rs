//! Where answers come from.

mod advice;
mod folder;
mod named;
mod presence;
mod process;
mod url;
mod web;

pub use advice::Advice;
pub use folder::{FolderError, FolderSubmission};
pub use presence::{Presence, answers};
pub use process::{StartError, StartSettings, StartedProject};
pub use url::{SubmittedUrl, UrlError, normalize};
pub use web::WebSubmission;
