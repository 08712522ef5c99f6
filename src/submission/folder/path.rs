//! Which requests stand for which files, and which names are files of a project at all. No IO.
//!
//! Names are not cleaned up but let through one by one: what is not plainly the name of a project's file is no file here, so
//! nothing depends on how a system reads odd names.

/// The most folders below each other, and the longest path.
const DEEPEST: usize = 16;
const LONGEST: usize = 512;

/// The path of a file within a project's folder: plain names with `/` between them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ProjectPath(String);

impl ProjectPath {
    /// Takes a path of plain names only.
    pub fn new(path: &str) -> Option<Self> {
        let fits = path.len() <= LONGEST && path.split('/').count() <= DEEPEST;
        (fits && path.split('/').all(is_plain)).then(|| Self(path.to_owned()))
    }

    /// The path with `/` between the names.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.split('/')
    }
}

/// What a path of the project's URL stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// A source file, which freeCodeCamp's part of a project shows.
    Source(ProjectPath),
    /// A file in `public/`, which the learner's code serves.
    Public(ProjectPath),
    /// The page at `/`, which the learner's code serves.
    Index,
    /// Something that a running project computes.
    Computed,
}

impl Route {
    /// Reads the path of a URL, as it is sent: anything encoded in it is no file of a project.
    pub fn of(path: &str) -> Self {
        if path == "/" {
            return Self::Index;
        }
        if path.starts_with("/public/") {
            return path.strip_prefix('/').and_then(ProjectPath::new).map_or(Self::Computed, Self::Public);
        }
        let Some(name) = path.strip_prefix("/_api/") else { return Self::Computed };
        let file = match name.strip_prefix("file/") {
            Some(inner) => ProjectPath::new(inner),
            None if is_shown(name) => ProjectPath::new(name),
            None => None,
        };
        file.map_or(Self::Computed, Self::Source)
    }
}

/// Whether `/_api/<name>` shows the file of that name.
fn is_shown(name: &str) -> bool {
    let is_word = |text: &str| {
        !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    name == "package.json" || name.strip_suffix(".js").is_some_and(is_word)
}

/// A name that is an ordinary file's or folder's on every system.
pub(super) fn is_plain(name: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'+' | b'@');
    // Hidden files hold secrets (`.env`) and history (`.git`). Windows drops dots at the end.
    !name.is_empty()
        && name.bytes().all(allowed)
        && !name.starts_with('.')
        && !name.ends_with('.')
        && !name.eq_ignore_ascii_case("node_modules")
        && !is_device(name)
}

/// The names that mean a device on Windows, whatever comes after their first dot.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().to_ascii_lowercase();
    match stem.as_bytes() {
        b"con" | b"prn" | b"aux" | b"nul" => true,
        [b'c', b'o', b'm', digit] | [b'l', b'p', b't', digit] => digit.is_ascii_digit(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use url::Url;

    fn route(target: &str) -> Route {
        Route::of(Url::parse("http://localhost:3000").unwrap().join(target).unwrap().path())
    }

    fn path(text: &str) -> ProjectPath {
        ProjectPath::new(text).unwrap()
    }

    #[test]
    fn requests_stand_for_files_where_projects_have_them() {
        assert_eq!(route("/_api/server.js"), Route::Source(path("server.js")));
        assert_eq!(route("/_api/server.js?v=1#x"), Route::Source(path("server.js")));
        assert_eq!(route("/_api/package.json"), Route::Source(path("package.json")));
        assert_eq!(route("/_api/file/models/user.js"), Route::Source(path("models/user.js")));
        assert_eq!(route("/public/client.js"), Route::Public(path("public/client.js")));
        assert_eq!(route("/public/img/logo@2x.png"), Route::Public(path("public/img/logo@2x.png")));
        assert_eq!(route("/public/../_api/server.js"), route("/_api/server.js"), "as a browser sends it");
        assert_eq!(route(""), Route::Index);
        for computed in [
            "/_api/app",
            "/_api/app-info",
            "/_api/get-tests",
            "/_api/",
            "/_api/x.json",
            "/_api/a.b.js",
            "/_api/.js",
            "/_api/sub/server.js",
            "/_API/server.js",
            "/server.js",
            "/name",
            "/public",
            "/public/",
            "/Public/client.js",
        ] {
            assert_eq!(route(computed), Route::Computed, "{computed}");
        }
    }

    #[test]
    fn nothing_outside_of_the_project_and_nothing_hidden_has_a_path() {
        let long = format!("/public/{}", "a".repeat(LONGEST));
        let deep = format!("/public/{}x", "a/".repeat(DEEPEST));
        for escape in [
            "/public/../../etc/passwd",
            "/public/%2e%2e/server.js",
            "/public/%2E%2E/%2e%2e/etc/passwd",
            "/public/.%2e/server.js",
            "/public/..%2fserver.js",
            "/public/..%5cserver.js",
            "/public/..\\server.js",
            "/public/....//server.js",
            "/public/%252e%252e/server.js",
            "/public/%c0%ae%c0%ae/server.js",
            "/public/%00client.js",
            "/public/client.js%00.png",
            "/public//etc/passwd",
            "//etc/passwd",
            "/_api/file//etc/passwd",
            "/_api/file/C:/Windows/win.ini",
            "/_api/file/C:server.js",
            "/_api/file/%5c%5chost%5cshare%5cx.js",
            "/_api/file/server.js::$DATA",
            "/public/CON",
            "/public/nul.js",
            "/public/com1.txt.js",
            "/_api/file/.env",
            "/_api/file/.env.local",
            "/_api/file/.git/config",
            "/_api/file/.GIT/config",
            "/_api/file/sub/.ssh/id",
            "/_api/file/node_modules/x/index.js",
            "/_api/file/NODE_MODULES/x/index.js",
            "/public/client.js.",
            "/public/client.js%20",
            "/public/client.js/",
            "/public/\u{2024}\u{2024}/server.js",
            "/public/\u{ff0e}\u{ff0e}/server.js",
            "/public/\u{202e}sj.tneilc",
            "/public/cli\u{200b}ent.js",
            "/public/PROGRA~1.js",
            "/public/client.js;x",
            "/public/a*b",
            "/_api/..%2fserver.js",
            "/_api/%73erver.js",
            "/_api/server.js%00",
            &long,
            &deep,
        ] {
            assert_eq!(route(escape), Route::Computed, "{escape}");
        }
    }
}
