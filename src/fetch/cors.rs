//! The checks of the CORS protocol: pure functions over headers.

use super::error::RefusalKind;
use super::headers::{Header, Pairs, joined};

/// Names of answers' headers that every page may read.
const SAFE_RESPONSE_HEADERS: [&str; 7] =
    ["cache-control", "content-language", "content-length", "content-type", "expires", "last-modified", "pragma"];

/// The most bytes of one safelisted header, and of all of them together.
const SAFE_VALUE_LIMIT: usize = 128;
const SAFE_TOTAL_LIMIT: usize = 1024;

/// "CORS check": whether the answer's headers let `origin` read it.
pub(super) fn check_access(answer: &Pairs, origin: &str, credentials: bool) -> Result<(), RefusalKind> {
    let Some(value) = joined(answer, "access-control-allow-origin") else {
        return Err(RefusalKind::MissingAllowOrigin { origin: origin.to_owned() });
    };
    if value == "*" && !credentials {
        return Ok(());
    }
    if value == "*" {
        return Err(RefusalKind::WildcardWithCredentials { origin: origin.to_owned() });
    }
    if value != origin {
        return Err(RefusalKind::WrongAllowOrigin { value: value.into_owned(), origin: origin.to_owned() });
    }
    if credentials && joined(answer, "access-control-allow-credentials").as_deref() != Some("true") {
        return Err(RefusalKind::MissingAllowCredentials);
    }
    Ok(())
}

/// Names, in lower case and sorted, of the headers that a page may not send without asking first.
pub(super) fn unsafe_headers(headers: &Pairs) -> Vec<String> {
    let mut names = Vec::new();
    let mut safe_names = Vec::new();
    let mut safe_bytes = 0_usize;
    for (name, value) in headers {
        if is_safe_request_header(name, value) {
            safe_bytes += value.len();
            safe_names.push(name.to_string());
        } else {
            names.push(name.to_string());
        }
    }
    if safe_bytes > SAFE_TOTAL_LIMIT {
        names.append(&mut safe_names);
    }
    names.sort_unstable();
    names.dedup();
    names
}

/// Whether a request has to be announced by an OPTIONS request.
pub(super) fn needs_preflight(method: &str, unsafe_headers: &[String]) -> bool {
    !is_safe_method(method) || !unsafe_headers.is_empty()
}

fn is_safe_method(method: &str) -> bool {
    matches!(method, "GET" | "HEAD" | "POST")
}

/// Whether the answer to the preflight lists what the request uses.
pub(super) fn check_preflight(
    answer: &Pairs,
    method: &str,
    unsafe_headers: &[String],
    credentials: bool,
) -> Result<(), RefusalKind> {
    let methods = list(answer, "access-control-allow-methods");
    let listed = methods.iter().any(|allowed| allowed == method || (allowed == "*" && !credentials));
    if !listed && !is_safe_method(method) {
        return Err(RefusalKind::MethodNotAllowed { method: method.to_owned() });
    }
    let allowed = list(answer, "access-control-allow-headers");
    let any = !credentials && allowed.iter().any(|name| name == "*");
    for header in unsafe_headers {
        // `*` stands for Authorization too in Chromium, unlike in the standard.
        if !any && !allowed.iter().any(|name| name.eq_ignore_ascii_case(header)) {
            return Err(RefusalKind::HeaderNotAllowed { header: header.clone() });
        }
    }
    Ok(())
}

/// For how long an answer to a preflight holds, in seconds: 5 unless it says otherwise, two hours at most (Chromium).
pub(super) fn preflight_max_age(answer: &Pairs) -> u64 {
    joined(answer, "access-control-max-age").and_then(|value| value.trim().parse::<u64>().ok()).unwrap_or(5).min(7200)
}

/// The headers of an answer that script code may read.
pub(super) fn exposed_headers(answer: &Pairs, credentials: bool, all: bool) -> Vec<Header> {
    let exposed = list(answer, "access-control-expose-headers");
    let any = all || (!credentials && exposed.iter().any(|name| name == "*"));
    answer
        .iter()
        .filter(|(name, _)| !matches!(name.as_str(), "set-cookie" | "set-cookie2"))
        .filter(|(name, _)| {
            any || SAFE_RESPONSE_HEADERS.contains(&name.as_str())
                || exposed.iter().any(|other| other.eq_ignore_ascii_case(name))
        })
        .cloned()
        .collect()
}

/// A comma-separated list of tokens. A list with something that is no token in it is no list at all.
fn list(headers: &Pairs, name: &str) -> Vec<String> {
    let Some(value) = joined(headers, name) else { return Vec::new() };
    let items: Vec<&str> =
        value.split(',').map(|item| item.trim_matches([' ', '\t'])).filter(|i| !i.is_empty()).collect();
    if items.iter().any(|item| !item.bytes().all(super::policy::is_token_byte)) {
        return Vec::new();
    }
    items.into_iter().map(str::to_owned).collect()
}

/// "CORS-safelisted request-header".
fn is_safe_request_header(name: &str, value: &str) -> bool {
    if value.len() > SAFE_VALUE_LIMIT {
        return false;
    }
    match name {
        "accept" => !value.bytes().any(is_unsafe_byte),
        "accept-language" | "content-language" => {
            value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b" *,-.;=".contains(&byte))
        }
        "content-type" => !value.bytes().any(is_unsafe_byte) && is_safe_content_type(value),
        "range" => is_simple_range(value),
        // Client hints, which Chromium adds to the standard's list.
        "device-memory" | "downlink" | "dpr" | "rtt" | "viewport-width" | "width" => value.parse::<f64>().is_ok(),
        "ect" => matches!(value, "slow-2g" | "2g" | "3g" | "4g"),
        "save-data" => value.eq_ignore_ascii_case("on"),
        _ => false,
    }
}

/// "CORS-unsafe request-header byte".
fn is_unsafe_byte(byte: u8) -> bool {
    (byte < 0x20 && byte != b'\t') || b"\"():<>?@[\\]{}\x7f".contains(&byte)
}

fn is_safe_content_type(value: &str) -> bool {
    let essence =
        value.split(';').next().unwrap_or_default().trim_matches([' ', '\t', '\r', '\n']).to_ascii_lowercase();
    matches!(essence.as_str(), "application/x-www-form-urlencoded" | "multipart/form-data" | "text/plain")
}

/// `bytes=N-` or `bytes=N-M`.
fn is_simple_range(value: &str) -> bool {
    let Some((from, to)) = value.strip_prefix("bytes=").and_then(|range| range.split_once('-')) else { return false };
    let (Ok(from), true) = (from.parse::<u64>(), from.bytes().all(|byte| byte.is_ascii_digit())) else { return false };
    to.is_empty() || (to.bytes().all(|byte| byte.is_ascii_digit()) && to.parse().is_ok_and(|to: u64| from <= to))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORIGIN: &str = "https://www.freecodecamp.org";

    fn headers(pairs: &[(&str, &str)]) -> Vec<Header> {
        pairs.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect()
    }

    #[test]
    fn only_star_and_the_very_origin_allow() {
        let check = |values: &[&str], credentials| {
            let pairs: Vec<_> = values.iter().map(|value| ("access-control-allow-origin", *value)).collect();
            check_access(&headers(&pairs), ORIGIN, credentials)
        };
        assert_eq!(check(&["*"], false), Ok(()));
        assert_eq!(check(&[ORIGIN], false), Ok(()));
        assert_eq!(check(&[], false), Err(RefusalKind::MissingAllowOrigin { origin: ORIGIN.into() }));
        for wrong in [
            &["null"][..],
            &["http://www.freecodecamp.org"],
            &["https://www.freecodecamp.org/"],
            &["https://WWW.freecodecamp.org"],
            &["https://www.freecodecamp.org, https://a.b"],
            &["*", "*"],
            &[ORIGIN, ORIGIN],
            &[""],
            &["*.freecodecamp.org"],
        ] {
            assert!(matches!(check(wrong, false), Err(RefusalKind::WrongAllowOrigin { .. })), "{wrong:?}");
        }
        assert!(matches!(check(&["*"], true), Err(RefusalKind::WildcardWithCredentials { .. })));
        assert_eq!(check(&[ORIGIN], true), Err(RefusalKind::MissingAllowCredentials));
        for (value, good) in [("true", true), ("TRUE", false), ("false", false), ("true, true", false)] {
            let pairs = [("access-control-allow-origin", ORIGIN), ("access-control-allow-credentials", value)];
            assert_eq!(check_access(&headers(&pairs), ORIGIN, true).is_ok(), good, "{value}");
        }
    }

    #[test]
    fn which_requests_are_announced() {
        for (method, pairs, expected) in [
            ("GET", &[][..], false),
            ("HEAD", &[], false),
            ("POST", &[("content-type", "text/plain;charset=UTF-8")], false),
            ("POST", &[("content-type", "application/x-www-form-urlencoded; charset=UTF-8")], false),
            ("POST", &[("content-type", "multipart/form-data; boundary=x")], false),
            ("POST", &[("content-type", "TEXT/Plain")], false),
            ("POST", &[("content-type", "application/json")], true),
            ("POST", &[("content-type", "text/plain; a=\"b\"")], true),
            ("POST", &[("content-type", "")], true),
            ("PUT", &[], true),
            ("DELETE", &[], true),
            ("PATCH", &[], true),
            ("OPTIONS", &[], true),
            ("GET", &[("x-a", "b")], true),
            ("GET", &[("authorization", "b")], true),
            ("GET", &[("accept", "application/json"), ("accept-language", "en-US,en;q=0.5")], false),
            ("GET", &[("accept", "a<b")], true),
            ("GET", &[("accept-language", "a_b")], true),
            ("GET", &[("range", "bytes=0-")], false),
            ("GET", &[("range", "bytes=5-9")], false),
            ("GET", &[("range", "bytes=9-5")], true),
            ("GET", &[("range", "bytes=-5")], true),
            ("GET", &[("save-data", "on")], false),
            ("GET", &[("save-data", "off")], true),
            ("GET", &[("dpr", "2"), ("ect", "4g")], false),
            ("GET", &[("dpr", "x")], true),
            ("GET", &[("ect", "5g")], true),
        ] {
            let unsafe_names = unsafe_headers(&headers(pairs));
            assert_eq!(needs_preflight(method, &unsafe_names), expected, "{method} {pairs:?}");
        }
        let long = "a".repeat(129);
        assert_eq!(unsafe_headers(&headers(&[("accept", &long)])), ["accept"]);
        let many: Vec<_> = (0..9).map(|_| ("accept", &long[..120])).collect();
        assert_eq!(unsafe_headers(&headers(&many)), ["accept"]);
        assert_eq!(unsafe_headers(&headers(&[("x-b", "1"), ("x-a", "1"), ("x-b", "2")])), ["x-a", "x-b"]);
    }

    #[test]
    fn what_a_preflight_answer_has_to_list() {
        let check = |pairs: &[(&str, &str)], method: &str, names: &[&str], credentials| {
            let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
            check_preflight(&headers(pairs), method, &names, credentials).is_ok()
        };
        let methods = |value| [("access-control-allow-methods", value)];
        let names = |value| [("access-control-allow-headers", value)];
        assert!(check(&[], "POST", &[], false));
        assert!(!check(&[], "PUT", &[], false));
        assert!(check(&methods("GET, PUT ,DELETE"), "DELETE", &[], false));
        assert!(!check(&methods("put"), "PUT", &[], false));
        assert!(check(&methods("*"), "PUT", &[], false));
        assert!(!check(&methods("*"), "PUT", &[], true));
        assert!(!check(&methods("PUT (all)"), "PUT", &[], false));
        assert!(check(&names("Content-Type"), "POST", &["content-type"], false));
        assert!(!check(&names("Origin, Accept"), "POST", &["content-type"], false));
        assert!(check(&names("*"), "POST", &["x-a"], false));
        assert!(!check(&names("*"), "POST", &["x-a"], true));
        assert!(check(&names("*"), "GET", &["authorization"], false));
        assert!(!check(&names("*"), "GET", &["authorization"], true));
    }

    #[test]
    fn what_a_page_may_read_of_an_answer() {
        let answer = headers(&[
            ("content-type", "text/html"),
            ("x-powered-by", "PHP 7.4.3"),
            ("x-secret", "1"),
            ("set-cookie", "a=b"),
            ("access-control-expose-headers", "X-Powered-By"),
        ]);
        let names = |headers: Vec<Header>| headers.into_iter().map(|(name, _)| name).collect::<Vec<_>>();
        assert_eq!(names(exposed_headers(&answer, false, false)), ["content-type", "x-powered-by"]);
        let star = headers(&[("x-secret", "1"), ("set-cookie", "a=b"), ("access-control-expose-headers", "*")]);
        assert_eq!(names(exposed_headers(&star, false, false)), ["x-secret", "access-control-expose-headers"]);
        assert!(exposed_headers(&star, true, false).is_empty());
        assert!(names(exposed_headers(&answer, false, true)).contains(&"x-secret".into()));
    }

    #[test]
    fn a_preflight_holds_five_seconds_unless_told() {
        assert_eq!(preflight_max_age(&headers(&[])), 5);
        assert_eq!(preflight_max_age(&headers(&[("access-control-max-age", "0")])), 0);
        assert_eq!(preflight_max_age(&headers(&[("access-control-max-age", "99999999")])), 7200);
        assert_eq!(preflight_max_age(&headers(&[("access-control-max-age", "x")])), 5);
    }
}
