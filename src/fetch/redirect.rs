//! Following redirects: "HTTP-redirect fetch" of the Fetch standard.

use url::Url;

use super::error::RefusalKind;
use super::headers::{Headers, Pairs};
use super::policy::has_credentials;

/// The most redirects that are followed.
pub(super) const MAX_REDIRECTS: usize = 20;

/// Headers that describe a body, and go with it.
const BODY_HEADERS: [&str; 4] = ["content-encoding", "content-language", "content-location", "content-type"];

/// Whether an answer with this status is a redirect.
pub(super) fn is_redirect(status: u16) -> bool {
    matches!(status, 301 | 302 | 303 | 307 | 308)
}

/// Where an answer redirects to; `None` when it has no `Location`, or an empty one as Chromium sees it, and is then an
/// answer like any other.
pub(super) fn target(answer: &Pairs, current: &Url) -> Option<Result<Url, RefusalKind>> {
    let mut locations = answer.iter().filter(|(name, _)| name == "location").map(|(_, value)| value.as_str());
    let raw = locations.next().filter(|raw| !raw.is_empty())?;
    let location = &utf8(raw);
    let bad = |why: &str| RefusalKind::BadRedirect { location: location.clone(), why: why.to_owned() };
    if locations.any(|other| other != raw) {
        return Some(Err(bad("there are several Location headers that differ")));
    }
    Some(match current.join(location) {
        Err(error) => Err(bad(&format!("it is no valid URL ({error})"))),
        Ok(url) if !matches!(url.scheme(), "http" | "https") => {
            Err(bad(&format!("the scheme `{}:` cannot be fetched", url.scheme())))
        }
        Ok(url) if has_credentials(&url) => Err(bad("it contains a user name or password")),
        Ok(mut url) => {
            if url.fragment().is_none() {
                url.set_fragment(current.fragment());
            }
            Ok(url)
        }
    })
}

/// Headers are kept as characters that stand for bytes; in a `Location` those bytes are UTF-8.
fn utf8(value: &str) -> String {
    let bytes: Option<Vec<u8>> = value.chars().map(|character| u8::try_from(u32::from(character)).ok()).collect();
    match bytes {
        Some(bytes) if !value.is_ascii() => String::from_utf8_lossy(&bytes).into_owned(),
        _ => value.to_owned(),
    }
}

/// Whether the next request of the chain is a GET without a body.
pub(super) fn becomes_get(status: u16, method: &str) -> bool {
    match status {
        301 | 302 => method == "POST",
        303 => method != "GET" && method != "HEAD",
        _ => false,
    }
}

/// Takes away the headers that do not survive this step.
pub(super) fn drop_headers(headers: &mut Headers, body_dropped: bool, from: &Url, to: &Url) {
    if body_dropped {
        headers.remove(&BODY_HEADERS);
    }
    if from.origin() != to.origin() {
        headers.remove(&["authorization"]);
    }
}

/// Whether the step hides the page's origin: from a foreign origin to another one, servers are told `Origin: null`.
pub(super) fn taints_origin(page_origin: &str, from: &Url, to: &Url) -> bool {
    from.origin() != to.origin() && from.origin().ascii_serialization() != page_origin
}

#[cfg(test)]
mod tests {
    use super::*;

    fn go(location: &str) -> Result<String, RefusalKind> {
        let mut answer = Headers::default();
        answer.push("location", location);
        target(&answer, &Url::parse("http://localhost:3000/a/b?c#d").unwrap()).unwrap().map(Into::into)
    }

    #[test]
    fn locations_are_resolved_and_keep_the_fragment() {
        for (location, url) in [
            ("/x", "http://localhost:3000/x#d"),
            ("x?y", "http://localhost:3000/a/x?y#d"),
            ("#e", "http://localhost:3000/a/b?c#e"),
            ("//example.com", "http://example.com/#d"),
            ("https://example.com/\u{c3}\u{a4} b", "https://example.com/%C3%A4%20b#d"),
        ] {
            assert_eq!(go(location).as_deref(), Ok(url), "{location}");
        }
        for bad in
            ["http://", "mailto:a@b", "javascript:1", "data:,a", "http://a:b@c/", "file:///etc/passwd", "ws://a/"]
        {
            assert!(matches!(go(bad), Err(RefusalKind::BadRedirect { .. })), "{bad}");
        }
        assert!(target(&Headers::default(), &Url::parse("http://a/").unwrap()).is_none());
        let mut empty = Headers::default();
        empty.push("location", "");
        assert!(target(&empty, &Url::parse("http://a/").unwrap()).is_none());
    }

    #[test]
    fn several_locations_must_agree() {
        let url = Url::parse("http://localhost:3000/").unwrap();
        let mut answer = Headers::default();
        answer.push("location", "/a");
        answer.push("location", "/a");
        assert!(matches!(target(&answer, &url), Some(Ok(_))));
        answer.push("location", "/b");
        assert!(matches!(target(&answer, &url), Some(Err(_))));
    }

    #[test]
    fn what_happens_to_method_and_headers() {
        for (status, method, get) in [
            (301, "POST", true),
            (302, "POST", true),
            (303, "POST", true),
            (301, "PUT", false),
            (302, "DELETE", false),
            (303, "PUT", true),
            (303, "HEAD", false),
            (303, "GET", false),
            (307, "POST", false),
            (308, "POST", false),
        ] {
            assert_eq!(becomes_get(status, method), get, "{status} {method}");
        }
        let given: Headers =
            ["content-type", "authorization", "x-a"].map(|name| (name.into(), "v".into())).into_iter().collect();
        let (a, b) = (Url::parse("http://localhost:1000/").unwrap(), Url::parse("http://localhost:1001/").unwrap());
        let names = |headers: &Headers| headers.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
        let mut headers = given.clone();
        drop_headers(&mut headers, false, &a, &a);
        assert_eq!(headers, given);
        drop_headers(&mut headers, true, &a, &a);
        assert_eq!(names(&headers), ["authorization", "x-a"]);
        drop_headers(&mut headers, false, &a, &b);
        assert_eq!(names(&headers), ["x-a"]);
    }

    #[test]
    fn a_step_between_two_foreign_origins_hides_the_page() {
        let [page, a, b] = ["https://www.freecodecamp.org/", "http://localhost:1/", "http://localhost:2/"]
            .map(|u| Url::parse(u).unwrap());
        let origin = "https://www.freecodecamp.org";
        assert!(!taints_origin(origin, &page, &a));
        assert!(!taints_origin(origin, &a, &a));
        assert!(taints_origin(origin, &a, &b));
        assert!(taints_origin(origin, &a, &page));
    }
}
