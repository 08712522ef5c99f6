//! Requests, each with a limit of its own.

use std::time::{Duration, SystemTime};

use url::Url;

use crate::fetch::{
    Client, Exchange, FetchError, FetchSettings, Fetched, Fetcher, Page, Request, Response, SettingsError,
    TransportError,
};

/// The most of an answer that is looked at, in bytes.
const MOST: usize = 256 * 1024;

/// Somebody who asks: with the browser's rules, or with open eyes.
#[derive(Debug)]
pub(super) struct Asker {
    pub(super) client: Client,
}

impl Asker {
    /// One whose requests take at most `limit`, and who reads what a browser would keep from a page if `rules` is false.
    pub(super) fn new(settings: &FetchSettings, limit: Duration, rules: bool) -> Result<Self, SettingsError> {
        let client = Client::new(FetchSettings {
            connect_timeout: settings.connect_timeout.min(limit),
            max_time: Some(limit),
            max_body: settings.max_body.min(MOST),
            cors: rules,
            keep_xhr_cookies: false,
            ..settings.clone()
        })?;
        Ok(Self { client })
    }

    /// A plain GET.
    pub(super) async fn get(&self, url: &Url) -> Asked {
        self.ask(Request::get(url.clone())).await
    }

    pub(super) async fn ask(&self, request: Request) -> Asked {
        let begun = SystemTime::now();
        let fetched = Page::new(&self.client).fetch(request).await;
        Asked { fetched, begun }
    }
}

/// A request and what came of it.
#[derive(Debug)]
pub(super) struct Asked {
    fetched: Fetched,
    /// When it was sent.
    pub(super) begun: SystemTime,
}

impl Asked {
    pub(super) fn exchange(&self) -> &Exchange {
        &self.fetched.exchange
    }

    pub(super) fn result(&self) -> Result<&Response, &FetchError> {
        self.fetched.result.as_deref()
    }

    /// Why there is no complete answer, be it the head or the body that is missing.
    pub(super) fn transport(&self) -> Option<&TransportError> {
        match &self.fetched.result {
            Err(FetchError::Transport(error)) => Some(error),
            Ok(response) => response.body.as_ref().err(),
            Err(FetchError::Refused(_)) => None,
        }
    }

    /// The status of the last answer, if there is one.
    pub(super) fn status(&self) -> Option<u16> {
        self.exchange().status()
    }

    /// The URL of the last request.
    pub(super) fn last_url(&self) -> &Url {
        let exchange = self.exchange();
        exchange.hops.last().map_or(&exchange.url, |hop| &hop.url)
    }

    /// The start of the body as text.
    pub(super) fn text(&self) -> String {
        String::from_utf8_lossy(&self.exchange().body).into_owned()
    }
}
