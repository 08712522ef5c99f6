//! Names the file behind an answer of a running project, where the project's folder is at hand: the file whose bytes the answer is.
//!
//! Only the file that the path of the request stands for is looked at, and only equal bytes count.

use std::sync::Arc;

use url::Url;

use super::folder::{ProjectPath, Root, Route};
use crate::fetch::{Basis, Exchange, ExchangeEnd, FetchFuture, Fetcher, InFlight, Request, View};

/// A folder that may be that of the project at a URL.
#[derive(Debug)]
pub(super) struct Files {
    pub(super) url: Url,
    pub(super) root: Root,
}

impl Files {
    /// The file whose content an answer is.
    fn behind(&self, exchange: &Exchange) -> Option<Arc<str>> {
        let answered = matches!(exchange.end, ExchangeEnd::Answered) && exchange.status() == Some(200);
        let asked_project = exchange.url.origin() == self.url.origin();
        // A redirect leads to what another path stands for.
        let moved = exchange.hops.iter().any(|hop| hop.url.path() != exchange.url.path());
        if !answered || !asked_project || moved || !exchange.method.eq_ignore_ascii_case("GET") {
            return None;
        }
        let base = self.url.path().trim_end_matches('/');
        let path = match Route::of(exchange.url.path().strip_prefix(base)?) {
            Route::Source(path) | Route::Public(path) => path,
            Route::Index => ProjectPath::new("views/index.html")?,
            Route::Computed => return None,
        };
        let body = &exchange.body;
        if body.is_empty() || self.root.size(&path).ok()? != u64::try_from(body.len()).ok()? {
            return None;
        }
        let content = self.root.read(&path, body.len()).ok()?;
        (!content.cut && content.bytes == body).then(|| path.as_str().into())
    }
}

/// A view whose answers know their files.
pub(super) struct NamedView {
    inner: Box<dyn View>,
    files: Arc<Files>,
}

impl NamedView {
    pub(super) fn new(inner: Box<dyn View>, files: Arc<Files>) -> Self {
        Self { inner, files }
    }
}

impl Fetcher for NamedView {
    fn fetch(&self, request: Request) -> FetchFuture<'_> {
        Box::pin(async {
            let mut fetched = self.inner.fetch(request).await;
            fetched.exchange.file = self.files.behind(&fetched.exchange);
            fetched
        })
    }
}

impl View for NamedView {
    fn next_hint(&self, memo: bool) {
        self.inner.next_hint(memo);
    }

    fn hint_again(&self) {
        self.inner.hint_again();
    }

    fn cookies_used(&self) -> bool {
        self.inner.cookies_used()
    }

    fn in_flight(&self) -> Option<InFlight> {
        self.inner.in_flight()
    }

    fn basis(&self) -> Basis {
        self.inner.basis()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fetch::{FetchError, Hop, TransportError, TransportKind};
    use std::time::Duration;

    fn exchange(url: &str, body: &str) -> Exchange {
        let url = Url::parse(url).unwrap();
        let hop = Hop {
            method: "GET".to_owned(),
            url: url.clone(),
            preflight: false,
            request_headers: [].into(),
            status: Some(200),
            response_headers: Vec::new(),
        };
        Exchange {
            method: "GET".to_owned(),
            url,
            hops: [hop].into(),
            end: ExchangeEnd::Answered,
            body: body.to_owned().into(),
            duration: Duration::ZERO,
            from_memo: false,
            file: None,
        }
    }

    #[test]
    fn only_equal_bytes_at_the_right_path_have_a_name() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("public")).unwrap();
        for (name, text) in [("server.js", "same"), ("routes.js", "same"), ("public/client.js", "c"), ("empty.js", "")]
        {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        let url = Url::parse("http://localhost:3000/base").unwrap();
        let files = Files { url, root: Root::open(folder.path()).unwrap() };
        let name = |exchange: &Exchange| files.behind(exchange).map(|name| name.to_string());
        let at = |path: &str| format!("http://localhost:3000/base{path}");
        assert_eq!(name(&exchange(&at("/_api/server.js"), "same")).as_deref(), Some("server.js"));
        assert_eq!(name(&exchange(&at("/_api/routes.js?x"), "same")).as_deref(), Some("routes.js"));
        assert_eq!(name(&exchange(&at("/public/client.js"), "c")).as_deref(), Some("public/client.js"));
        for (url, body) in [
            (at("/_api/server.js"), "Same"),
            (at("/_api/server.js"), "same "),
            (at("/_api/server.js"), "sam"),
            (at("/_api/empty.js"), ""),
            (at("/name"), "same"),
            (at("/_api/none.js"), "same"),
            ("http://localhost:3000/_api/server.js".to_owned(), "same"),
            ("http://localhost:3001/base/_api/server.js".to_owned(), "same"),
        ] {
            assert_eq!(name(&exchange(&url, body)), None, "{url} {body}");
        }
        let good = exchange(&at("/_api/server.js"), "same");
        let mut other = good.clone();
        other.method = "POST".to_owned();
        assert_eq!(name(&other), None);
        other = good.clone();
        Arc::make_mut(&mut other.hops)[0].status = Some(404);
        assert_eq!(name(&other), None);
        other = good.clone();
        let next = Hop { url: Url::parse(&at("/_api/routes.js")).unwrap(), ..good.hops[0].clone() };
        other.hops = [good.hops[0].clone(), next].into();
        assert_eq!(name(&other), None);
        other = good.clone();
        other.end = ExchangeEnd::Failed(FetchError::Transport(TransportError {
            kind: TransportKind::Cut,
            url: good.url.clone(),
            phase: crate::fetch::Phase::Reading,
            elapsed: Duration::ZERO,
            detail: String::new(),
        }));
        assert_eq!(name(&other), None);
    }
}
