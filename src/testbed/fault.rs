//! Ways to misbehave.

use std::time::Duration;

use bytes::Bytes;

use super::cors::CorsPolicy;
use super::encode::Encoding;

/// What is wrong with a server.
#[derive(Debug, Clone, Default)]
pub struct Faults {
    /// CORS for every path that has no [`Fault::Cors`].
    pub cors: CorsPolicy,
    /// Faults by path, applied in order; `*` stands for every path.
    pub at: Vec<(String, Fault)>,
}

impl Faults {
    /// One fault on every path.
    pub fn everywhere(fault: Fault) -> Self {
        Self::default().and("*", fault)
    }

    /// A server with this CORS policy.
    pub fn with_cors(cors: CorsPolicy) -> Self {
        Self { cors, at: Vec::new() }
    }

    /// The same with one more fault.
    #[must_use]
    pub fn and(mut self, path: &str, fault: Fault) -> Self {
        self.at.push((path.to_owned(), fault));
        self
    }

    pub(super) fn on<'a, 'p>(&'a self, path: &'p str) -> impl Iterator<Item = &'a Fault> + use<'a, 'p> {
        self.at.iter().filter(move |(at, _)| at == "*" || at == path).map(|(_, fault)| fault)
    }

    pub(super) fn cors_on(&self, path: &str) -> &CorsPolicy {
        let own = self.on(path).find_map(|fault| if let Fault::Cors(policy) = fault { Some(policy) } else { None });
        own.unwrap_or(&self.cors)
    }

    /// The first fault on a path that needs the bare socket.
    pub(super) fn raw_on(&self, path: &str) -> Option<&Fault> {
        self.on(path).find(|fault| fault.is_raw())
    }

    pub(super) fn any_raw(&self) -> bool {
        self.at.iter().any(|(_, fault)| fault.is_raw())
    }
}

/// One way to misbehave.
#[derive(Debug, Clone)]
pub enum Fault {
    /// Other CORS headers than the rest of the server.
    Cors(CorsPolicy),
    /// A redirect.
    Redirect {
        /// 301, 302, 303, 307 or 308.
        status: u16,
        /// The `Location`.
        location: String,
    },
    /// Another status with the same body.
    Status(u16),
    /// Express's 404 page.
    NotFound,
    /// A 500 with an HTML page.
    ServerError,
    /// An HTML error page with status 200.
    HtmlError,
    /// Status 200 and nothing else.
    Empty,
    /// Text that is nearly JSON.
    NotJson,
    /// Another `Content-Type`.
    ContentType(String),
    /// An encoded body.
    Encoded(Encoding),
    /// A body that is not encoded as its header says.
    FalseEncoding(Encoding),
    /// A byte order mark before the body.
    Bom,
    /// A body of so many bytes.
    Huge(usize),
    /// A gzip body of a few bytes that becomes so many.
    Bomb(usize),
    /// The request, told back as JSON.
    Echo,
    /// An answer after this time.
    Delay(Duration),
    /// The answer never begins.
    StalledHead,
    /// The body begins and never ends; nothing more comes.
    StalledBody,
    /// The body never ends; more and more comes.
    EndlessBody,
    /// The connection is reset once the request was read.
    Reset,
    /// The connection is closed once the request was read.
    Close,
    /// The body is shorter than its `Content-Length`.
    Cut,
    /// The body is sent in chunks, the last of which is missing.
    CutChunks,
    /// These bytes instead of an answer.
    Garbage(Bytes),
}

impl Fault {
    pub(super) fn is_raw(&self) -> bool {
        matches!(
            self,
            Self::StalledBody
                | Self::EndlessBody
                | Self::Reset
                | Self::Close
                | Self::Cut
                | Self::CutChunks
                | Self::Garbage(_)
        )
    }
}
