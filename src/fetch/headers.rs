//! Headers: what script code may set, and what a browser adds.

use std::borrow::Cow;
use std::ops::Deref;

use compact_str::CompactString;

use super::error::RefusalKind;
use super::policy::{is_forbidden_method, is_token_byte};

/// A header: its name in lower case, and its value. Both are short as a rule, and then stand where they are without memory of
/// their own.
pub type Header = (CompactString, CompactString);

/// Headers in order, repeated ones kept.
pub(super) type Pairs = [Header];

/// All values of a header, joined as the standard joins them.
pub(super) fn joined<'a>(pairs: &'a Pairs, name: &str) -> Option<Cow<'a, str>> {
    let mut values = pairs.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let mut whole = Cow::Borrowed(values.next()?);
    for value in values {
        let text = whole.to_mut();
        text.push_str(", ");
        text.push_str(value);
    }
    Some(whole)
}

/// Headers as a script words them, the way they are written down.
pub fn as_sent(headers: &[(String, String)]) -> Vec<Header> {
    headers.iter().map(|(name, value)| (name.into(), value.into())).collect()
}

/// The headers of a request under way.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Headers(Vec<Header>);

impl FromIterator<Header> for Headers {
    fn from_iter<T: IntoIterator<Item = Header>>(pairs: T) -> Self {
        Self(pairs.into_iter().collect())
    }
}

impl Deref for Headers {
    type Target = Pairs;

    fn deref(&self) -> &Pairs {
        &self.0
    }
}

impl Headers {
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(key, _)| key == name)
    }

    pub(super) fn push(&mut self, name: &str, value: &str) {
        self.0.push((name.into(), value.into()));
    }

    pub(super) fn remove(&mut self, names: &[&str]) {
        self.0.retain(|(key, _)| !names.contains(&key.as_str()));
    }
}

/// The headers of a script, without those that scripts may not set; repeated ones are joined, as `Headers` does.
pub(super) fn from_script(given: &[(String, String)]) -> Result<Headers, RefusalKind> {
    let mut headers = Headers::default();
    for (name, value) in given {
        let value = value.trim_matches([' ', '\t', '\r', '\n']);
        if name.is_empty() || !name.bytes().all(is_token_byte) || value.contains(['\r', '\n', '\0']) {
            return Err(RefusalKind::BadHeader { name: name.clone() });
        }
        let name = name.to_ascii_lowercase();
        if is_forbidden(&name, value) {
            continue;
        }
        match headers.0.iter_mut().find(|(key, _)| *key == name) {
            Some((_, existing)) => {
                existing.push_str(", ");
                existing.push_str(value);
            }
            None => headers.0.push((name.into(), value.into())),
        }
    }
    Ok(headers)
}

/// "Forbidden request-header", and `User-Agent`, which Chromium drops too.
fn is_forbidden(name: &str, value: &str) -> bool {
    const NAMES: [&str; 23] = [
        "accept-charset",
        "accept-encoding",
        "access-control-request-headers",
        "access-control-request-method",
        "access-control-request-private-network",
        "connection",
        "content-length",
        "cookie",
        "cookie2",
        "date",
        "dnt",
        "expect",
        "host",
        "keep-alive",
        "origin",
        "referer",
        "set-cookie",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "user-agent",
        "via",
    ];
    if NAMES.contains(&name) || name.starts_with("proxy-") || name.starts_with("sec-") {
        return true;
    }
    matches!(name, "x-http-method" | "x-http-method-override" | "x-method-override")
        && value.split(',').any(|method| is_forbidden_method(method.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn script(pairs: &[(&str, &str)]) -> Result<Vec<Header>, RefusalKind> {
        let pairs: Vec<_> = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        from_script(&pairs).map(|headers| headers.0)
    }

    #[test]
    fn forbidden_headers_are_dropped_in_silence() {
        let kept = script(&[
            ("User-Agent", "x"),
            ("Cookie", "a=b"),
            ("Host", "x"),
            ("Referer", "x"),
            ("Origin", "x"),
            ("Sec-Fetch-Site", "none"),
            ("Proxy-Authorization", "x"),
            ("X-HTTP-Method-Override", "TRACE"),
            ("X-Method-Override", "PUT"),
            ("Accept", " text/html "),
            ("X-A", "1"),
            ("x-a", "2"),
        ]);
        let expected = [("x-method-override", "PUT"), ("accept", "text/html"), ("x-a", "1, 2")]
            .map(|(name, value)| (name.into(), value.into()));
        assert_eq!(kept.unwrap(), expected);
    }

    #[test]
    fn headers_that_http_cannot_carry_are_refused() {
        for (name, value) in [("", "x"), ("a b", "x"), ("ä", "x"), ("a:", "x"), ("a", "x\ny"), ("a", "x\0")] {
            assert!(script(&[(name, value)]).is_err(), "{name:?} {value:?}");
        }
    }
}
