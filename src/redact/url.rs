//! Credentials in addresses: what stands before an `@`, and parameters such as `token`.

use std::borrow::Cow;
use std::ops::Range;

use ::url::form_urlencoded;

/// Parts of names that say that the value is a secret.
const SECRET_PARTS: [&str; 9] =
    ["token", "secret", "passw", "pwd", "apikey", "credential", "signature", "session", "authorization"];
/// Whole words of names that say so.
const SECRET_WORDS: [&str; 6] = ["auth", "jwt", "key", "pass", "sid", "sig"];

/// Whether a parameter or header of that name holds a secret.
pub(super) fn is_secret_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    SECRET_PARTS.iter().any(|part| name.contains(part))
        || name.ends_with("key")
        || name.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| SECRET_WORDS.contains(&word))
}

/// Where in a text credentials stand in absolute addresses. Linear in the length of the text.
pub(super) fn credentials(text: &str) -> Vec<Range<usize>> {
    let mut spans = Vec::new();
    if has_none(text) {
        return spans;
    }
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(scheme_end) {
        let start = at + found + 3;
        let rest = text.get(start..).unwrap_or_default();
        let end = start + rest.find(ends_address).unwrap_or(rest.len());
        in_address(text, start..end, &mut spans);
        at = end.max(start);
    }
    spans
}

/// Where in an address without a scheme, such as the `Location` of a redirect, parameters are secret.
pub(super) fn in_relative(text: &str) -> Vec<Range<usize>> {
    let mut spans = Vec::new();
    parameters(text, 0..text.len(), &mut spans);
    spans
}

/// Whether there is nothing in a text that credentials stand before or after. Most texts have nothing.
fn has_none(text: &str) -> bool {
    memchr::memchr2(b'@', b'=', text.as_bytes()).is_none()
}

/// Where the next `://` begins.
fn scheme_end(text: &str) -> Option<usize> {
    memchr::memchr_iter(b':', text.as_bytes()).find(|at| text.get(*at..).is_some_and(|rest| rest.starts_with("://")))
}

fn ends_address(character: char) -> bool {
    character.is_whitespace() || character.is_control() || matches!(character, '"' | '\'' | '`' | '<' | '>' | '\\')
}

/// An address without its scheme; there may be another one in its parameters.
fn in_address(text: &str, address: Range<usize>, spans: &mut Vec<Range<usize>>) {
    let mut start = address.start;
    loop {
        let rest = text.get(start..address.end).unwrap_or_default();
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        if let Some(at) = authority.rfind('@') {
            push(text, start..start + at, spans);
        }
        match rest.find("://") {
            Some(next) => start += next + 3,
            None => break,
        }
    }
    parameters(text, address, spans);
}

/// `name=value` after `?`, `&`, `;` or `#`.
fn parameters(text: &str, address: Range<usize>, spans: &mut Vec<Range<usize>>) {
    let mut at = address.start;
    let mut first = true;
    for piece in text.get(address).unwrap_or_default().split(['?', '&', ';', '#']) {
        // What comes before the first of them is the path.
        if !std::mem::take(&mut first)
            && let Some((name, value)) = piece.split_once('=')
            && is_secret_name(name)
        {
            let start = at + name.len() + 1;
            push(text, start..start + value.len(), spans);
        }
        at += piece.len() + 1;
    }
}

fn push(text: &str, span: Range<usize>, spans: &mut Vec<Range<usize>>) {
    let value = text.get(span.clone()).unwrap_or_default();
    let masked = value.len() >= 3 && value.starts_with("***") && value.ends_with("***");
    if !value.is_empty() && !masked {
        spans.push(span);
    }
}

/// Names and values of the secrets in an address as it was given, perhaps without a scheme.
pub(super) fn credentials_given(address: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    if has_none(address) {
        return found;
    }
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if let Some((user_info, _)) = authority.rsplit_once('@') {
        let (name, value) = match user_info.split_once(':') {
            Some((_, password)) => ("URL_PASSWORD", password),
            // Some services take a token as the user's name.
            None => ("URL_USER", user_info),
        };
        found.push((name.to_owned(), decoded(value)));
    }
    let mut pieces = rest.split(['?', '&', ';', '#']);
    pieces.next();
    for (name, value) in pieces.filter_map(|piece| piece.split_once('=')) {
        if is_secret_name(name) {
            let word: String =
                name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' }).collect();
            found.push((format!("URL_{word}"), decoded(value)));
        }
    }
    found
}

/// What percent-encoded text stands for; `+` stays, which is masked as a blank is.
fn decoded(text: &str) -> String {
    let text = text.replace('+', "%2B").replace('&', "%26").replace('=', "%3D");
    form_urlencoded::parse(text.as_bytes()).map(|(name, _)| name).next().unwrap_or(Cow::Borrowed("")).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(text: &str) -> String {
        let mut out = text.to_owned();
        for span in credentials(text).into_iter().rev() {
            out.replace_range(span, "*");
        }
        out
    }

    #[test]
    fn credentials_are_found_in_addresses_only() {
        for (text, expected) in [
            ("http://user:pass@host/x", "http://*@host/x"),
            ("'mongodb+srv://u:p@ss@c.net/db?w=1'", "'mongodb+srv://*@c.net/db?w=1'"),
            ("https://TOKEN@github.com", "https://*@github.com"),
            ("https://medium.com/@user", "https://medium.com/@user"),
            ("http://x/?api_key=1&a=2;ACCESS_TOKEN=3#sig=4", "http://x/?api_key=*&a=2;ACCESS_TOKEN=*#sig=*"),
            ("http://x/?to=https://u:p@y/&keys=1", "http://x/?to=https://*@y/&keys=1"),
            ("a ? key=1 : user:pass@host", "a ? key=1 : user:pass@host"),
            ("see http://a/b \"http://x/?token=t\" key=2", "see http://a/b \"http://x/?token=*\" key=2"),
            ("http://x/?token=", "http://x/?token="),
            ("http://***@x/?token=***A***", "http://***@x/?token=***A***"),
            ("://", "://"),
        ] {
            assert_eq!(masked(text), expected);
        }
    }

    #[test]
    fn names_tell_secrets() {
        for name in
            ["token", "access_token", "X-Api-Key", "apiKey", "client_secret", "Password", "passwd", "sig", "sid"]
        {
            assert!(is_secret_name(name), "{name}");
        }
        for name in ["id", "keys", "author", "message", "q", "compass", "side"] {
            assert!(!is_secret_name(name), "{name}");
        }
    }

    #[test]
    fn given_addresses_need_no_scheme() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(credentials_given("me:p%40ss+1@localhost:3000"), [pair("URL_PASSWORD", "p@ss+1")]);
        assert_eq!(
            credentials_given("http://token@h/?api-key=a%20b&x=1"),
            [pair("URL_USER", "token"), pair("URL_API_KEY", "a b")]
        );
        assert!(credentials_given("localhost:3000/a@b").is_empty());
    }

    #[test]
    fn long_texts_take_linear_time() {
        for text in ["://".repeat(200_000), "://a@".repeat(100_000), "http://x/?token=&".repeat(50_000)] {
            credentials(&text);
        }
    }
}
