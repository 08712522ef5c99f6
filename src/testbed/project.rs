//! What is served.

use std::collections::BTreeMap;

use bytes::Bytes;

use super::messages::EmptyMessages;

/// A project in memory.
#[derive(Debug, Clone, Default)]
pub struct Project {
    /// Files by their path within the project: `server.js`, `package.json`, `public/client.js`, `views/index.html`.
    pub files: BTreeMap<String, Bytes>,
    /// Canned answers, looked at before everything else.
    pub routes: Vec<Route>,
    /// What `/_api/app` answers: the settings of the Express app.
    pub app: Option<serde_json::Value>,
    /// What `/_api/app-stack` answers: the layers of the Express app. Sent as JSON text within JSON, as projects do.
    pub app_stack: Option<serde_json::Value>,
    /// Whether `/register`, `/login`, `/profile` and `/logout` work with a session cookie.
    pub sessions: bool,
    /// Whether there is a list of messages at `/api/messages`, and what becomes of empty ones.
    pub messages: Option<EmptyMessages>,
}

impl Project {
    /// A project of these files.
    pub fn of_files<K: Into<String>, V: Into<Bytes>>(files: impl IntoIterator<Item = (K, V)>) -> Self {
        let files = files.into_iter().map(|(path, content)| (path.into(), content.into())).collect();
        Self { files, ..Self::default() }
    }

    /// The same with one more canned answer.
    #[must_use]
    pub fn with_route(mut self, route: Route) -> Self {
        self.routes.push(route);
        self
    }

    /// What an Express app made of this project answers to a GET.
    pub(super) fn answer(&self, path: &str) -> Option<Page> {
        if let Some(name) = path.strip_prefix("/_api/") {
            return self.api(name);
        }
        if path == "/" {
            return self.index();
        }
        let inner = path.strip_prefix("/public/")?;
        let content = self.files.get(&format!("public/{inner}"))?;
        Some(Page { content_type: content_type(inner), body: content.clone() })
    }

    fn api(&self, name: &str) -> Option<Page> {
        match name {
            "app" => Some(Page::json(self.app.as_ref()?.to_string())),
            "app-stack" => {
                let text = self.app_stack.as_ref()?.to_string();
                Some(Page::json(serde_json::Value::String(text).to_string()))
            }
            // Projects show the source files beside server.js as plain text, package.json too.
            _ if !name.contains('/') && matches!(name.rsplit_once('.'), Some((_, "js") | ("package", "json"))) => {
                Some(Page { content_type: "text/plain; charset=utf-8", body: self.files.get(name)?.clone() })
            }
            _ => None,
        }
    }

    fn index(&self) -> Option<Page> {
        let places = ["views/index.html", "index.html", "public/index.html"];
        let body = places.iter().find_map(|place| self.files.get(*place))?.clone();
        Some(Page { content_type: "text/html; charset=utf-8", body })
    }
}

/// An answer with status 200.
pub(super) struct Page {
    pub(super) content_type: &'static str,
    pub(super) body: Bytes,
}

impl Page {
    fn json(text: String) -> Self {
        Self { content_type: "application/json; charset=utf-8", body: text.into() }
    }
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, end)| end) {
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("html") => "text/html; charset=utf-8",
        Some("json") => "application/json; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// One canned answer.
#[derive(Debug, Clone)]
pub struct Route {
    /// Method; `GET` answers `HEAD` too.
    pub method: String,
    /// Path; a query after `?` is compared as well when there is one here.
    pub path: String,
    /// Status.
    pub status: u16,
    /// Headers, besides those of CORS.
    pub headers: Vec<(String, String)>,
    /// Body.
    pub body: Bytes,
}

impl Route {
    /// An answer with status 200.
    pub fn new(method: &str, path: &str, content_type: &str, body: impl Into<Bytes>) -> Self {
        Self {
            method: method.to_owned(),
            path: path.to_owned(),
            status: 200,
            headers: vec![("content-type".to_owned(), content_type.to_owned())],
            body: body.into(),
        }
    }

    /// A GET that answers JSON.
    pub fn json(path: &str, value: &serde_json::Value) -> Self {
        Self::new("GET", path, "application/json; charset=utf-8", value.to_string())
    }

    /// A GET that redirects.
    pub fn redirect(path: &str, status: u16, location: &str) -> Self {
        Self { status, ..Self::new("GET", path, "text/plain", "") }.with_header("location", location)
    }

    /// The same for another method.
    #[must_use]
    pub fn for_method(mut self, method: &str) -> Self {
        method.clone_into(&mut self.method);
        self
    }

    /// The same with another status.
    #[must_use]
    pub fn with_status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    /// The same with one more header.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(super) fn fits(&self, method: &str, path: &str, target: &str) -> bool {
        let method_fits = self.method == method || (self.method == "GET" && method == "HEAD");
        method_fits && self.path == if self.path.contains('?') { target } else { path }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(project: &Project, path: &str) -> Option<(String, String)> {
        let page = project.answer(path)?;
        Some((page.content_type.to_owned(), String::from_utf8(page.body.to_vec()).unwrap()))
    }

    #[test]
    fn files_are_where_projects_have_them() {
        let mut project = Project::of_files([
            ("server.js", "server"),
            ("routes.js", "routes"),
            ("package.json", "{}"),
            (".env", "SECRET"),
            ("public/client.js", "client"),
            ("views/index.html", "<p>"),
        ]);
        project.app = Some(serde_json::json!({"settings": {"views": "./views"}}));
        project.app_stack = Some(serde_json::json!([{"name": "query"}]));
        let plain = |body: &str| Some(("text/plain; charset=utf-8".to_owned(), body.to_owned()));
        assert_eq!(text(&project, "/_api/server.js"), plain("server"));
        assert_eq!(text(&project, "/_api/routes.js"), plain("routes"));
        assert_eq!(text(&project, "/_api/package.json"), plain("{}"));
        assert_eq!(text(&project, "/public/client.js").unwrap().1, "client");
        assert_eq!(text(&project, "/").unwrap().0, "text/html; charset=utf-8");
        assert_eq!(text(&project, "/_api/app").unwrap().1, r#"{"settings":{"views":"./views"}}"#);
        assert_eq!(text(&project, "/_api/app-stack").unwrap().1, r#""[{\"name\":\"query\"}]""#);
        for missing in ["/_api/.env", "/.env", "/server.js", "/_api/public/client.js", "/public/x", "/x"] {
            assert_eq!(text(&project, missing), None, "{missing}");
        }
    }

    #[test]
    fn a_route_with_a_query_wants_that_query() {
        let route = Route::new("GET", "/a?b=1", "text/plain", "");
        assert!(route.fits("GET", "/a", "/a?b=1") && route.fits("HEAD", "/a", "/a?b=1"));
        assert!(!route.fits("GET", "/a", "/a?b=2") && !route.fits("POST", "/a", "/a?b=1"));
        assert!(Route::new("GET", "/a", "text/plain", "").fits("GET", "/a", "/a?b=2"));
    }
}
