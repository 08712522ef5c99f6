//! Requests and answers as a web page sees them: HTTP, CORS, redirects, cookies, limits, retries.
//!
//! A [`Request`] goes in, a [`Fetched`] comes out: what the page may read, or why it may read nothing, and the
//! [`Exchange`] that really happened on the wire. `reqwest` and `hyper-util` are used in this folder only.

mod altered;
mod answer;
mod body;
mod chain;
mod connections;
mod cookies;
mod cors;
mod decode;
mod direct;
mod error;
mod exchange;
mod flight;
mod head;
mod headers;
mod http;
mod memo;
mod pace;
mod page;
mod policy;
mod preflights;
mod public;
mod reached;
mod redirect;
mod request;
mod resolver;
mod response;
mod retry;
mod settings;
mod transport;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

pub use altered::Alteration;
pub use error::{FetchError, Phase, Refusal, RefusalKind, TransportError, TransportKind};
pub use exchange::{Exchange, ExchangeEnd, Hop};
pub use flight::InFlight;
pub use headers::{Header, as_sent};
pub use http::Client;
pub use pace::Pace;
pub use page::Page;
pub use policy::is_loopback;
pub use request::{Credentials, Initiator, PAGE_URL, Redirect, Request, resolve};
pub use response::{Response, ResponseKind, decode_text};
pub use settings::{FetchSettings, Reach, ResolveOverride, SettingsError};

/// What a page gets to see of a request: the answer, or why there is none that it may read.
pub type Answer = Result<Arc<Response>, FetchError>;

/// What one request came to: the page's view, and the record of what happened.
#[derive(Debug, Clone)]
pub struct Fetched {
    /// What the page gets to see.
    pub result: Answer,
    /// What happened on the wire, for explanations and reports.
    pub exchange: Exchange,
}

/// A boxed future, so that fetchers can be used as trait objects.
pub type FetchFuture<'a> = Pin<Box<dyn Future<Output = Fetched> + Send + 'a>>;

/// Something that answers requests: a browser-like page over HTTP, a folder of files, a recording.
///
/// A `Fetcher` is what one challenge sees: it may hold state that lives as long as a page does (cookies, memo).
pub trait Fetcher: Send + Sync {
    /// Asks for `request` and waits for the whole answer. Never panics; every failure is in [`Fetched::result`].
    fn fetch(&self, request: Request) -> FetchFuture<'_>;
}

/// A [`Fetcher`] that lives as long as a challenge does in a page, and can tell what goes on in it.
pub trait View: Fetcher {
    /// Begins a hint; `memo` says whether plain GETs may be answered with what earlier hints got.
    fn next_hint(&self, memo: bool);

    /// Begins the hint once more that was begun last, without memo, as if it had asked for nothing yet.
    fn hint_again(&self) {
        self.next_hint(false);
    }

    /// Whether cookies were sent in this hint.
    fn cookies_used(&self) -> bool;

    /// The request that is waited for, or was when the hint was given up.
    fn in_flight(&self) -> Option<InFlight>;

    /// Which verdicts the answers of this hint can carry. A running project's answers carry all of them.
    fn basis(&self) -> Basis {
        Basis::Full
    }
}

/// What a hint's answers are worth. Ordered: a hint is worth what its weakest answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Basis {
    /// They are those of a running project, whatever the verdict.
    #[default]
    Full,
    /// One of them says that there is nothing. A fail rests on that; a pass would rest on the wording of an error page.
    FailOnly,
    /// One of them could not be given: no verdict.
    None,
}

impl View for Page {
    fn next_hint(&self, memo: bool) {
        Self::next_hint(self, memo);
    }

    fn hint_again(&self) {
        Self::hint_again(self);
    }

    fn cookies_used(&self) -> bool {
        Self::cookies_used(self)
    }

    fn in_flight(&self) -> Option<InFlight> {
        Self::in_flight(self)
    }
}
