//! The cookies of one page.

use cookie_store::{CookieStore, RawCookie};
use url::Url;

use super::headers::Pairs;
use super::policy::is_loopback;

/// The most cookies that are kept from one answer, and the longest that is looked at; browsers have limits as well.
const MAX_PER_ANSWER: usize = 50;
const MAX_BYTES: usize = 4096;
const MAX_COOKIES: usize = 3000;

/// A jar that lives as long as its page.
#[derive(Debug)]
pub(super) struct Jar {
    store: CookieStore,
    /// What was in it when the hint began that has changed it.
    before: Option<CookieStore>,
    /// Whether cookies without `SameSite=None; Secure` are kept: the tests mean it, browsers refuse it across sites.
    lenient: bool,
}

impl Jar {
    pub(super) fn new(lenient: bool) -> Self {
        Self { store: CookieStore::default(), before: None, lenient }
    }

    /// A hint begins.
    pub(super) fn begin(&mut self) {
        self.before = None;
    }

    /// The hint begins anew: what it has changed is as before.
    pub(super) fn restore(&mut self) {
        if let Some(before) = self.before.take() {
            self.store = before;
        }
    }

    /// The value of `Cookie` for a request.
    pub(super) fn header(&self, url: &Url) -> Option<String> {
        let url = secure_view(url);
        let mut pairs = self.store.get_request_values(&url).map(|(name, value)| format!("{name}={value}"));
        let mut text = pairs.next()?;
        for pair in pairs {
            text.push_str("; ");
            text.push_str(&pair);
        }
        Some(text)
    }

    /// Keeps what an answer sets.
    pub(super) fn keep(&mut self, answer: &Pairs, url: &Url) {
        self.before.get_or_insert_with(|| self.store.clone());
        let url = secure_view(url);
        let values = answer.iter().filter(|(name, value)| name == "set-cookie" && value.len() <= MAX_BYTES);
        for (_, value) in values.take(MAX_PER_ANSWER) {
            let Ok(cookie) = RawCookie::parse(value.clone()) else { continue };
            let across_sites = cookie.same_site().is_some_and(|site| site.is_none()) && cookie.secure() == Some(true);
            if (self.lenient || across_sites) && self.store.iter_any().count() < MAX_COOKIES {
                // A cookie that does not fit the URL is ignored, as browsers do.
                let _ = self.store.insert_raw(&cookie, &url);
            }
        }
    }
}

/// Browsers treat loopback as secure, so `Secure` cookies work there.
fn secure_view(url: &Url) -> Url {
    let mut view = url.clone();
    if url.scheme() == "http" && is_loopback(url) {
        let _ = view.set_scheme("https");
    }
    view
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jar(lenient: bool, cookies: &[&str]) -> Jar {
        let mut jar = Jar::new(lenient);
        let answer: Vec<_> = cookies.iter().map(|value| ("set-cookie".into(), (*value).into())).collect();
        jar.keep(&answer, &Url::parse("http://localhost:3000/login").unwrap());
        jar
    }

    fn sent(jar: &Jar, url: &str) -> Option<String> {
        jar.header(&Url::parse(url).unwrap())
    }

    #[test]
    fn cookies_go_back_to_where_they_came_from() {
        let jar = jar(
            true,
            &["sid=1; Path=/; HttpOnly", "only=2; Path=/profile", "far=3; Domain=example.com", "s=4; Secure"],
        );
        let text = sent(&jar, "http://localhost:3000/").unwrap();
        assert!(text.contains("sid=1") && text.contains("s=4"), "{text}");
        assert!(!text.contains("only") && !text.contains("far"), "{text}");
        assert!(sent(&jar, "http://localhost:3000/profile").unwrap().contains("only=2"));
        assert_eq!(sent(&jar, "http://example.com/"), None);
    }

    #[test]
    fn an_expired_cookie_is_forgotten() {
        let mut jar = jar(true, &["sid=1"]);
        let gone = [("set-cookie".into(), "sid=; Max-Age=0".into())];
        jar.keep(&gone, &Url::parse("http://localhost:3000/logout").unwrap());
        assert_eq!(sent(&jar, "http://localhost:3000/"), None);
    }

    #[test]
    fn a_browser_keeps_only_cookies_meant_for_other_sites() {
        let jar = jar(false, &["a=1", "b=2; SameSite=Lax", "c=3; SameSite=None", "d=4; SameSite=None; Secure"]);
        assert_eq!(sent(&jar, "http://localhost:3000/").as_deref(), Some("d=4"));
    }

    #[test]
    fn nonsense_is_ignored() {
        let long = format!("a={}", "x".repeat(5000));
        assert_eq!(sent(&jar(true, &["", "=", ";;;", &long]), "http://localhost:3000/"), None);
    }
}
