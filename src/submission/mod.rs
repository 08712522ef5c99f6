//! Where answers come from.

mod advice;
mod folder;
mod named;
mod presence;
mod process;
mod url;
mod web;

pub use advice::Advice;
pub use folder::{ContentError, FolderError, FolderSubmission, content_of};
pub use presence::{Presence, answers};
pub use process::{StartError, StartSettings, StartedProject};
pub use url::{SubmittedUrl, UrlError, normalize};
pub use web::WebSubmission;
