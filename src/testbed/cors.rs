//! What the server tells browsers about who may read its answers.

/// Origins that projects made from freeCodeCamp's templates allow.
const ALLOWED: [&str; 3] = ["https://www.freecodecamp.org", "https://freecodecamp.org", "https://www.freecodecamp.com"];

/// The server's CORS headers.
#[derive(Debug, Clone)]
pub struct CorsPolicy {
    /// `Access-Control-Allow-Origin`.
    pub origin: AllowOrigin,
    /// `Access-Control-Allow-Methods`, in answers to preflights.
    pub methods: Option<String>,
    /// `Access-Control-Allow-Headers`, in answers to preflights.
    pub headers: Option<String>,
    /// `Access-Control-Allow-Credentials`.
    pub credentials: Option<String>,
    /// `Access-Control-Expose-Headers`.
    pub expose: Option<String>,
    /// `Access-Control-Max-Age`, in answers to preflights.
    pub max_age: Option<String>,
    /// What becomes of OPTIONS requests.
    pub preflight: Preflight,
}

impl Default for CorsPolicy {
    fn default() -> Self {
        Self {
            origin: AllowOrigin::Listed,
            methods: Some("GET,HEAD,PUT,PATCH,POST,DELETE".to_owned()),
            headers: Some("Origin, X-Requested-With, Content-Type, Accept".to_owned()),
            credentials: None,
            expose: None,
            max_age: None,
            preflight: Preflight::Status(204),
        }
    }
}

impl CorsPolicy {
    /// The default with another `Access-Control-Allow-Origin`.
    pub fn with_origin(origin: AllowOrigin) -> Self {
        Self { origin, ..Self::default() }
    }

    /// No CORS headers at all, and OPTIONS is a 404.
    pub fn absent() -> Self {
        Self {
            origin: AllowOrigin::Nobody,
            methods: None,
            headers: None,
            credentials: None,
            expose: None,
            max_age: None,
            preflight: Preflight::Status(404),
        }
    }

    /// The headers for an answer to a page of `origin`.
    pub(super) fn answer_headers(&self, origin: Option<&str>) -> Vec<(&'static str, String)> {
        let mut headers = Vec::new();
        match (&self.origin, origin) {
            (AllowOrigin::Listed, Some(origin)) if ALLOWED.contains(&origin) => {
                headers.push(("access-control-allow-origin", origin.to_owned()));
                headers.push(("vary", "Origin".to_owned()));
            }
            (AllowOrigin::Echo, Some(origin)) => headers.push(("access-control-allow-origin", origin.to_owned())),
            (AllowOrigin::Listed | AllowOrigin::Echo | AllowOrigin::Nobody, _) => {}
            (AllowOrigin::Anybody, _) => headers.push(("access-control-allow-origin", "*".to_owned())),
            (AllowOrigin::Values(values), _) => {
                headers.extend(values.iter().map(|value| ("access-control-allow-origin", value.clone())));
            }
        }
        let rest =
            [("access-control-allow-credentials", &self.credentials), ("access-control-expose-headers", &self.expose)];
        headers.extend(rest.into_iter().filter_map(|(name, value)| Some((name, value.clone()?))));
        headers
    }

    /// The headers that only answers to preflights have.
    pub(super) fn preflight_headers(&self) -> Vec<(&'static str, String)> {
        let all = [
            ("access-control-allow-methods", &self.methods),
            ("access-control-allow-headers", &self.headers),
            ("access-control-max-age", &self.max_age),
        ];
        all.into_iter().filter_map(|(name, value)| Some((name, value.clone()?))).collect()
    }
}

/// Whom the server allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AllowOrigin {
    /// The origins of freeCodeCamp, as its templates do.
    Listed,
    /// Whoever asks.
    Echo,
    /// `*`
    Anybody,
    /// No header.
    Nobody,
    /// One header for each of these values, right or wrong.
    Values(Vec<String>),
}

/// What becomes of OPTIONS requests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Preflight {
    /// An answer with this status and the policy's headers.
    Status(u16),
    /// A redirect to there.
    Redirect(String),
}
