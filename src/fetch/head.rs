//! Heads of requests.

use std::sync::{Arc, OnceLock};

use reqwest::header::{HeaderMap, HeaderValue};

use super::headers::Header;
use super::policy::Site;

/// The headers of a request, and the same as text for those who show them.
#[derive(Debug)]
pub(super) struct Head {
    pub(super) headers: HeaderMap,
    pub(super) shown: Arc<[Header]>,
}

impl Head {
    pub(super) fn new(headers: HeaderMap) -> Self {
        Self { shown: shown(&headers).into(), headers }
    }
}

/// The heads of requests that a test gave no header of its own, and a page no cookie: they are the same for all of a client, and
/// made once.
#[derive(Debug, Default)]
pub(super) struct Heads([OnceLock<Head>; Site::COUNT]);

impl Heads {
    /// The head for such a site, from `make` if it is the first.
    pub(super) fn of(&self, site: Site, make: impl FnOnce() -> Head) -> Option<&Head> {
        self.0.get(site as usize).map(|slot| slot.get_or_init(make))
    }
}

/// Headers as text: their values are bytes, which scripts see as the characters with those numbers.
pub(super) fn shown(headers: &HeaderMap) -> Vec<Header> {
    let text = |value: &HeaderValue| match value.to_str() {
        Ok(text) => text.into(),
        Err(_) => value.as_bytes().iter().map(|byte| char::from(*byte)).collect(),
    };
    headers.iter().map(|(name, value)| (name.as_str().into(), text(value))).collect()
}
