//! A project that runs somewhere and has a URL.

use super::SubmittedUrl;
use crate::fetch::{Client, Page, View};

/// A running project.
#[derive(Debug)]
pub struct WebSubmission {
    url: SubmittedUrl,
    client: Client,
}

impl WebSubmission {
    /// A project at `url`, asked by `client`.
    pub fn new(url: SubmittedUrl, client: Client) -> Self {
        Self { url, client }
    }

    /// The project's URL as tests see it.
    pub fn code(&self) -> &str {
        self.url.code()
    }

    /// A fresh page.
    pub fn open(&self) -> Box<dyn View> {
        Box::new(Page::new(&self.client))
    }
}
