//! What a page may ask for at all: schemes, ports, mixed content, methods.

use url::{Host, Url};

use super::error::RefusalKind;

/// The origin of the page that the tests run in.
pub(super) const PAGE_ORIGIN: &str = "https://www.freecodecamp.org";

/// "Bad port" of the Fetch standard, ascending.
const BAD_PORTS: [u16; 83] = [
    0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109,
    110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531,
    532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060,
    5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
];

/// Checks a URL before anything is sent to it, on every hop.
pub(super) fn check_url(url: &Url, browser_rules: bool) -> Result<(), RefusalKind> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(RefusalKind::BadScheme { scheme: url.scheme().to_owned() });
    }
    if has_credentials(url) {
        return Err(RefusalKind::CredentialsInUrl);
    }
    if !browser_rules {
        return Ok(());
    }
    if url.scheme() == "http" && !is_loopback(url) {
        return Err(RefusalKind::MixedContent);
    }
    if let Some(port) = url.port().filter(|port| BAD_PORTS.binary_search(port).is_ok()) {
        return Err(RefusalKind::BadPort { port });
    }
    Ok(())
}

/// Whether the URL contains a user name or a password.
pub(super) fn has_credentials(url: &Url) -> bool {
    !url.username().is_empty() || url.password().is_some()
}

/// Whether browsers trust the host without TLS: 127.0.0.0/8, `[::1]`, `localhost`, `*.localhost`.
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => is_localhost_name(name),
        None => false,
    }
}

/// Whether a name always means this machine; a trailing dot is allowed.
pub(super) fn is_localhost_name(name: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase();
    name == "localhost" || name.ends_with(".localhost")
}

/// How the URL relates to the page, as `Sec-Fetch-Site` says it.
pub(super) fn site_of(url: &Url) -> Site {
    match url.host_str() {
        Some(host) if url.scheme() == "https" && is_page_site(host) => {
            if url.origin().ascii_serialization() == PAGE_ORIGIN { Site::Origin } else { Site::Same }
        }
        _ => Site::Cross,
    }
}

fn is_page_site(host: &str) -> bool {
    host.strip_suffix("freecodecamp.org").is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// Relation of a URL to the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Site {
    /// The page's own origin.
    Origin,
    /// Another host of the page's site.
    Same,
    /// Any other.
    Cross,
}

impl Site {
    /// How many there are.
    pub(super) const COUNT: usize = 3;

    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Origin => "same-origin",
            Self::Same => "same-site",
            Self::Cross => "cross-site",
        }
    }
}

/// The method as it is sent: the well-known ones in upper case, others as given.
pub(super) fn normalize_method(method: &str) -> Result<String, RefusalKind> {
    let bad = || RefusalKind::BadMethod { method: method.to_owned() };
    if method.is_empty() || !method.bytes().all(is_token_byte) {
        return Err(bad());
    }
    if is_forbidden_method(method) {
        return Err(bad());
    }
    let upper = method.to_ascii_uppercase();
    let known = matches!(upper.as_str(), "DELETE" | "GET" | "HEAD" | "OPTIONS" | "POST" | "PUT");
    Ok(if known { upper } else { method.to_owned() })
}

/// Methods that scripts may not use.
pub(super) fn is_forbidden_method(method: &str) -> bool {
    ["CONNECT", "TRACE", "TRACK"].iter().any(|forbidden| method.eq_ignore_ascii_case(forbidden))
}

/// A byte of an HTTP token.
pub(super) fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(url: &str) -> Result<(), RefusalKind> {
        check_url(&Url::parse(url).unwrap(), true)
    }

    #[test]
    fn plain_http_is_for_loopback_only() {
        for good in [
            "http://localhost:3000/",
            "http://LOCALHOST./",
            "http://app.localhost:1234/",
            "http://127.0.0.1:3000/",
            "http://127.8.9.10/",
            "http://[::1]:3000/",
            "https://example.com/",
            "https://192.168.0.1/",
        ] {
            assert_eq!(check(good), Ok(()), "{good}");
        }
        for bad in ["http://example.com/", "http://192.168.0.1:3000/", "http://0.0.0.0/", "http://notlocalhost/"] {
            assert_eq!(check(bad), Err(RefusalKind::MixedContent), "{bad}");
            assert_eq!(check_url(&Url::parse(bad).unwrap(), false), Ok(()), "{bad} without the rules");
        }
    }

    #[test]
    fn bad_ports_schemes_and_credentials_are_refused() {
        assert!(BAD_PORTS.is_sorted());
        for port in [0, 1, 7, 9, 22, 25, 6000, 6667, 10080] {
            assert_eq!(check(&format!("http://localhost:{port}/")), Err(RefusalKind::BadPort { port }));
        }
        for port in [2, 80, 3000, 5000, 6001, 8080, 65535] {
            assert_eq!(check(&format!("http://localhost:{port}/")), Ok(()), "{port}");
        }
        assert_eq!(check("ftp://localhost/"), Err(RefusalKind::BadScheme { scheme: "ftp".into() }));
        for url in ["http://a@localhost/", "http://:b@localhost/", "http://a:b@localhost/"] {
            assert_eq!(check(url), Err(RefusalKind::CredentialsInUrl), "{url}");
        }
    }

    #[test]
    fn methods_are_normalised_as_the_standard_says() {
        for (given, sent) in
            [("get", "GET"), ("Post", "POST"), ("delete", "DELETE"), ("patch", "patch"), ("PATCH", "PATCH")]
        {
            assert_eq!(normalize_method(given).as_deref(), Ok(sent));
        }
        for bad in ["", "CONNECT", "trace", "Track", "GE T", "GET\r\n", "Ü"] {
            assert!(normalize_method(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_site_is_that_of_the_page() {
        for (url, site) in [
            ("https://www.freecodecamp.org/x", Site::Origin),
            ("https://www.freecodecamp.org:444/x", Site::Same),
            ("https://cdn.freecodecamp.org/x", Site::Same),
            ("http://cdn.freecodecamp.org/x", Site::Cross),
            ("https://notfreecodecamp.org/x", Site::Cross),
            ("http://localhost:3000/", Site::Cross),
        ] {
            assert_eq!(site_of(&Url::parse(url).unwrap()), site, "{url}");
        }
    }
}
