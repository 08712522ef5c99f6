//! A folder with a project that does not run: files stand for the answers that a running starter project would give.
//!
//! A verdict here has to be the verdict there. So a request that only a running project can answer makes its hint undecided,
//! and a file stands for an answer only where the project's code shows that it would be served ([`evidence`]).

mod code;
mod content;
mod evidence;
mod path;
mod root;
mod texts;
mod view;

use std::path::Path;
use std::sync::Arc;

use url::Url;

use crate::fetch::{FetchSettings, View};
pub use content::{ContentError, content_of};
use evidence::{Api, Evidence};
pub(super) use path::{ProjectPath, Route};
pub use root::FolderError;
pub(super) use root::Root;
use view::{FolderView, Shared};

/// The address that tests see: where starter projects run.
const CODE: &str = "http://localhost:3000";

/// A project in a folder.
#[derive(Debug)]
pub struct FolderSubmission {
    shared: Arc<Shared>,
}

impl FolderSubmission {
    /// Opens a folder and looks at the project's code. Of the settings, those on sizes and numbers of requests hold.
    pub fn open(folder: &Path, settings: &FetchSettings) -> Result<Self, FolderError> {
        let root = Root::open_project(folder)?;
        let unreadable = |why| FolderError::Unreadable { path: folder.to_owned(), why };
        let url = Url::parse(CODE).map_err(|error| unreadable(std::io::Error::other(error)))?;
        let evidence = Evidence::of(&root);
        let (max_body, max_requests) = (settings.max_body, settings.max_requests);
        Ok(Self { shared: Arc::new(Shared { url, root, evidence, max_body, max_requests }) })
    }

    /// The project's URL as tests see it.
    pub fn code(&self) -> &str {
        CODE
    }

    /// Whether nothing in the project answers below `/_api/`: what is graded is then the project with freeCodeCamp's own part.
    pub fn lacks_api(&self) -> bool {
        self.shared.evidence.api == Api::Absent
    }

    /// A fresh page.
    pub fn open_page(&self) -> Box<dyn View> {
        Box::new(FolderView::new(Arc::clone(&self.shared)))
    }
}
