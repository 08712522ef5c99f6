//! A project that runs somewhere and has a URL.

use std::path::Path;
use std::sync::Arc;

use url::Url;

use super::SubmittedUrl;
use super::folder::{FolderError, Root};
use super::named::{Files, NamedView};
use crate::fetch::{Client, Page, View};

/// A running project.
#[derive(Debug)]
pub struct WebSubmission {
    url: SubmittedUrl,
    client: Client,
    files: Option<Arc<Files>>,
}

impl WebSubmission {
    /// A project at `url`, asked by `client`.
    pub fn new(url: SubmittedUrl, client: Client) -> Self {
        Self { url, client, files: None }
    }

    /// The same with the folder that its files may be in: answers that are a file of it then say so.
    pub fn with_files(mut self, folder: &Path) -> Result<Self, FolderError> {
        let root = Root::open(folder)?;
        self.files = Some(Arc::new(Files { url: self.url.url().clone(), root }));
        Ok(self)
    }

    /// The project's URL as tests see it.
    pub fn code(&self) -> &str {
        self.url.code()
    }

    /// What that parses to.
    pub fn url(&self) -> &Url {
        self.url.url()
    }

    /// A fresh page.
    pub fn open(&self) -> Box<dyn View> {
        let page = Box::new(Page::new(&self.client));
        match &self.files {
            None => page,
            Some(files) => Box::new(NamedView::new(page, Arc::clone(files))),
        }
    }
}
