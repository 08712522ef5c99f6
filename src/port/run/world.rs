//! What tests know of the world: the project's URL and the time zone.

use std::sync::OnceLock;

use jiff::tz::TimeZone;
use url::{Host, Url};

use crate::fetch::resolve;

/// A project as tests see it. One serves all plans of a run, so that the project's URL is parsed once.
#[derive(Debug)]
pub struct World<'p> {
    code: &'p str,
    zone: TimeZone,
    url: OnceLock<Option<Url>>,
}

impl<'p> World<'p> {
    /// A project at the URL `code`, which need not parse. `zone` is the local time zone.
    pub fn new(code: &'p str, zone: TimeZone) -> Self {
        Self { code, zone, url: OnceLock::new() }
    }

    /// The same, where it is known what the URL parses to.
    #[must_use]
    pub fn at(mut self, url: Option<&Url>) -> Self {
        self.url = url.map_or_else(OnceLock::new, |url| OnceLock::from(Some(url.clone())));
        self
    }

    /// The URL as tests see it.
    pub fn code(&self) -> &'p str {
        self.code
    }

    pub(super) fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// The project's URL; nothing where it does not parse.
    fn url(&self) -> Option<&Url> {
        self.url.get_or_init(|| Url::parse(self.code).ok()).as_ref()
    }

    /// `new URL(text, base)`.
    pub(super) fn join(&self, text: &str, base: Option<&str>) -> Option<Url> {
        match base {
            Some(base) if base == self.code => self.url()?.join(text).ok(),
            Some(base) => Url::parse(base).ok()?.join(text).ok(),
            None => Url::parse(text).ok(),
        }
    }

    /// A URL as the page resolves it, like [`resolve`].
    pub(super) fn resolve(&self, text: &str) -> Option<Url> {
        self.below(text).or_else(|| resolve(text))
    }

    /// The text's URL, where the text is the project's URL with a path behind it: the path is parsed alone.
    fn below(&self, text: &str) -> Option<Url> {
        let path = text.strip_prefix(self.code).filter(|path| is_path(path))?;
        // The project's URL ends with its host or port: what comes behind can only be a path.
        let url = self.url().filter(|url| url.as_str().strip_suffix('/') == Some(self.code) && url.path() == "/")?;
        url.join(path).ok()
    }
}

/// Whether a text is a path even where a URL is expected: two slashes would begin a host, and some characters count as a
/// slash, or as nothing.
fn is_path(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.next() == Some(b'/') && bytes.next().is_none_or(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// Whether what such a URL is written as stands for the same URL, beyond doubt.
pub(super) fn is_settled(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
        && url.host().is_some_and(|host| match host {
            Host::Domain(name) => !name.contains("xn--"),
            Host::Ipv4(_) | Host::Ipv6(_) => true,
        })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn world(code: &str) -> World<'_> {
        World::new(code, TimeZone::UTC)
    }

    #[test]
    fn paths_behind_the_projects_url_are_parsed_as_the_whole() {
        for code in ["http://localhost:3000", "https://a.example", "http://[::1]:1", "http://a/b", "http://a/", "x", ""]
        {
            for path in [
                "",
                "/",
                "/a",
                "/a/../b",
                "/a?b#c",
                "/a b\t",
                "//x",
                "/\\x",
                "/\tx",
                "/ /x",
                "/a//b/./c",
                "a",
                "?a",
                "/%2e%2e/a",
                "/é",
                ":1/a",
                "/_api/x.js",
                "/.x",
                "\n/x",
            ] {
                let text = format!("{code}{path}");
                assert_eq!(world(code).resolve(&text), resolve(&text), "{code} {path}");
            }
        }
        assert!(world("http://localhost:3000").below("http://localhost:3000/_api/a.js").is_some());
        assert!(world("http://localhost:3000/").below("http://localhost:3000/a").is_none());
    }

    proptest! {
        #[test]
        fn any_text_behind_the_projects_url_is_parsed_as_the_whole(path in "/?[/\\\\a-z.:?#@%\t 2e_é-]{0,12}") {
            for code in ["http://localhost:3000", "https://me:pw@a.example"] {
                let text = format!("{code}{path}");
                prop_assert_eq!(world(code).resolve(&text), resolve(&text));
            }
        }

        #[test]
        fn what_is_settled_is_written_as_what_it_is(text in "https?://[a-z0-9.:\\[\\]%@é-]{1,12}/[/\\\\a-z.:?#@%\t 2e_é|-]{0,12}") {
            if let Some(url) = resolve(&text).filter(is_settled) {
                prop_assert_eq!(resolve(url.as_str()), Some(url.clone()));
            }
        }
    }
}
