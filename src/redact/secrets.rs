//! Values that must not be shown.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use regex::{Regex, RegexBuilder};
use thiserror::Error;

use super::cut::{Pieces, cuts};
use super::pattern::pattern;
use super::url::{credentials, credentials_given};

/// Shorter values would mask half of every text.
const SHORTEST: usize = 3;
/// Values that are taken from an address are masked outside of addresses from this length on: `?key=true` must not mask every `true`.
const SHORTEST_IN_URL: usize = 6;
/// Longest value, in bytes.
const LONGEST: usize = 4 * 1024;
/// Memory for the pattern of one value, in bytes.
const PATTERN_MEMORY: usize = 64 * 1024 * 1024;

/// Secret values, by name. Cheap to clone.
#[derive(Clone, Default)]
pub struct Secrets(Arc<[Secret]>);

#[derive(Clone)]
struct Secret {
    name: String,
    pattern: Regex,
    pieces: Pieces,
}

/// A secret that cannot be masked. No message holds its value.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SecretError {
    /// There is no `=`.
    #[error("--secret wants NAME=VALUE, such as --secret DB_PASSWORD=...")]
    NoValue,
    /// The name has other characters than letters, digits and `_`.
    #[error("the name of a secret may have letters, digits and `_` only, as in --secret DB_PASSWORD=...")]
    BadName,
    /// The value is too short.
    #[error("the secret {name} is shorter than {SHORTEST} characters: masking it would garble every report")]
    TooShort {
        /// Its name.
        name: String,
    },
    /// The value is too long.
    #[error("the secret {name} is longer than {LONGEST} bytes")]
    TooLong {
        /// Its name.
        name: String,
    },
}

/// A `NAME=VALUE` of the command line.
fn split(given: &str) -> Result<(&str, &str), SecretError> {
    let (name, value) = given.split_once('=').ok_or(SecretError::NoValue)?;
    let fits = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if fits { Ok((name, value)) } else { Err(SecretError::BadName) }
}

impl Secrets {
    /// The secrets of `--secret` (`NAME=VALUE`), of the environment (names and values; empty ones are none), and those in
    /// addresses that were given: passwords, and parameters such as `token`.
    pub fn new<'a>(
        given: impl IntoIterator<Item = &'a str>,
        environment: impl IntoIterator<Item = (String, String)>,
        addresses: impl IntoIterator<Item = &'a str>,
    ) -> Result<Self, SecretError> {
        let mut secrets = Vec::new();
        for text in given {
            let (name, value) = split(text)?;
            secrets.push(Secret::new(name, value)?);
        }
        for (name, value) in environment {
            if !value.trim_end_matches(['\r', '\n']).is_empty() {
                secrets.push(Secret::new(&name, &value)?);
            }
        }
        for (name, value) in addresses.into_iter().flat_map(credentials_given) {
            if value.chars().count() >= SHORTEST_IN_URL {
                secrets.push(Secret::new(&name, &value)?);
            }
        }
        Ok(Self(secrets.into()))
    }

    /// The same, and those in an address.
    pub fn and_address(&self, address: &str) -> Result<Self, SecretError> {
        let mut more = Vec::new();
        for (name, value) in credentials_given(address) {
            if value.chars().count() >= SHORTEST_IN_URL {
                more.push(Secret::new(&name, &value)?);
            }
        }
        Ok(if more.is_empty() { self.clone() } else { Self(self.0.iter().cloned().chain(more).collect()) })
    }

    /// Whether these are the very same: what they mask is the same, too.
    pub fn are(&self, others: &Self) -> bool {
        Arc::ptr_eq(&self.0, &others.0)
    }

    /// The text with every secret, and every credential in an address, replaced by stars.
    pub fn mask<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let mut spans: Vec<(Range<usize>, Option<&str>)> =
            credentials(text).into_iter().map(|span| (span, None)).collect();
        let cuts = if self.0.is_empty() { Vec::new() } else { cuts(text) };
        for secret in self.0.iter() {
            let name = Some(secret.name.as_str());
            let pieces = cuts.iter().flat_map(|cut| secret.pieces.beside(text, cut));
            spans.extend(pieces.map(|span| (span, name)));
            spans.extend(secret.pattern.find_iter(text).map(|found| (found.range(), name)));
        }
        if spans.is_empty() {
            return Cow::Borrowed(text);
        }
        spans.sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
        let mut masked = String::with_capacity(text.len());
        let mut at = 0;
        let mut spans = spans.into_iter().peekable();
        while let Some((mut span, mut name)) = spans.next() {
            // Secrets that overlap are one.
            while let Some((next, other)) = spans.next_if(|(next, _)| next.start < span.end) {
                span.end = span.end.max(next.end);
                name = name.or(other);
            }
            masked.push_str(text.get(at..span.start).unwrap_or_default());
            masked.push_str("***");
            if let Some(name) = name {
                masked.push_str(name);
                masked.push_str("***");
            }
            at = span.end;
        }
        masked.push_str(text.get(at..).unwrap_or_default());
        Cow::Owned(masked)
    }

    /// The same for an address as it was given, perhaps without a scheme.
    pub fn mask_address(&self, address: &str) -> String {
        const SCHEME: &str = "http://";
        if address.contains("://") {
            return self.mask(address).into_owned();
        }
        let whole = format!("{SCHEME}{address}");
        let masked = self.mask(&whole);
        masked.strip_prefix(SCHEME).unwrap_or(&masked).to_owned()
    }
}

impl fmt::Debug for Secrets {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_set().entries(self.0.iter().map(|secret| &secret.name)).finish()
    }
}

impl Secret {
    fn new(name: &str, value: &str) -> Result<Self, SecretError> {
        // Files and CI systems add a line break at the end.
        let value = value.trim_end_matches(['\r', '\n']);
        if value.chars().count() < SHORTEST {
            return Err(SecretError::TooShort { name: name.to_owned() });
        }
        let too_long = || SecretError::TooLong { name: name.to_owned() };
        if value.len() > LONGEST {
            return Err(too_long());
        }
        let pattern = RegexBuilder::new(&pattern(value)).size_limit(PATTERN_MEMORY).build().map_err(|_| too_long())?;
        Ok(Self { name: name.to_owned(), pattern, pieces: Pieces::of(value) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secrets(given: &[&str]) -> Secrets {
        Secrets::new(given.iter().copied(), [], []).unwrap()
    }

    #[test]
    fn values_are_masked_in_every_form() {
        let secrets = secrets(&["PW=p@ss w/\"ö\"+<&", "TOKEN=abc123"]);
        for (text, masked) in [
            ("a p@ss w/\"ö\"+<& b", "a ***PW*** b"),
            ("p%40ss%20w%2F%22%C3%B6%22%2B%3C%26", "***PW***"),
            ("p%40ss+w%2f%22%c3%b6%22%2b%3c%26", "***PW***"),
            ("p@ss%20w/%22%C3%B6%22+%3C&", "***PW***"),
            (r#"{"x":"p@ss w/\"ö\"+<&"}"#, r#"{"x":"***PW***"}"#),
            (r"p@ss w\/\u0022\u00f6\u0022+\u003c\u0026", "***PW***"),
            ("p@ss w/&quot;ö&quot;+&lt;&amp;", "***PW***"),
            ("p@ss w/&#34;&#xF6;&#34;&#43;&#60;&#38;", "***PW***"),
            ("cEBzcyB3LyLDtiIrPCY=", "***PW***"),
            ("cEBzcyB3LyLDtiIrPCY", "***PW***"),
            ("Basic dXNlcjphYmMxMjM=", "Basic dXNlcjp***TOKEN***"),
            ("YWJjMTIz", "***TOKEN***"),
            (
                "{\"text\":\"{\\\"x\\\":\\\"p@ss w/\\\\\\\"ö\\\\\\\"+<&\\\"}\"}",
                "{\"text\":\"{\\\"x\\\":\\\"***PW***\\\"}\"}",
            ),
            ("cEBzcyB3LyL2IiA9PQ==", "cEBzcyB3LyL2IiA9PQ=="),
            ("cEBzcyB3LyL2Iis8Jg==", "***PW***"),
            ("to equal 'p@ss w…'", "to equal '***PW***…'"),
            ("abc123abc123!", "***TOKEN******TOKEN***!"),
            ("ABC123", "ABC123"),
            ("", ""),
        ] {
            assert_eq!(secrets.mask(text), masked, "{text}");
        }
    }

    #[test]
    fn base64_is_found_wherever_the_value_begins() {
        let value = "hunter2-and-more";
        let secrets = secrets(&[&format!("V={value}")]);
        // base64 of "x:", "xy:", "xyz:" before the value, and of "!" after it.
        for text in ["eDpodW50ZXIyLWFuZC1tb3JlIQ==", "eHk6aHVudGVyMi1hbmQtbW9yZSE=", "eHl6Omh1bnRlcjItYW5kLW1vcmUh"] {
            let masked = secrets.mask(text).into_owned();
            assert!(masked.contains("***V***") && masked.len() < 20, "{text} -> {masked}");
        }
    }

    #[test]
    fn overlapping_secrets_leave_nothing_over() {
        let secrets = secrets(&["A=abcd", "B=cdefgh", "C=efg"]);
        assert_eq!(secrets.mask("xabcdefghx"), "x***A***x");
        assert_eq!(secrets.mask("efg"), "***C***");
    }

    #[test]
    fn what_cannot_be_masked_is_refused_without_telling_it() {
        let error = |given: &str| Secrets::new([given], [], []).unwrap_err();
        assert_eq!(error("hidden"), SecretError::NoValue);
        assert_eq!(error("a-b=hidden"), SecretError::BadName);
        assert_eq!(error("=hidden"), SecretError::BadName);
        assert_eq!(error("A=hi"), SecretError::TooShort { name: "A".to_owned() });
        assert_eq!(error("A=hi\n"), SecretError::TooShort { name: "A".to_owned() });
        assert_eq!(error(&format!("A={}", "x".repeat(LONGEST + 1))), SecretError::TooLong { name: "A".to_owned() });
        assert!(Secrets::new([format!("A={}", "/".repeat(LONGEST)).as_str()], [], []).is_ok());
        let environment = |value: &str| Secrets::new([], [("A".to_owned(), value.to_owned())], []);
        assert_eq!(environment("ab").unwrap_err(), SecretError::TooShort { name: "A".to_owned() });
        assert_eq!(environment("\n").unwrap().mask("\n"), "\n");
    }

    #[test]
    fn secrets_of_the_address_are_masked_everywhere() {
        let secrets = Secrets::new([], [], ["http://me:hunter22@localhost:3000/?token=abcdef&key=true"]).unwrap();
        assert_eq!(secrets.mask("hunter22 abcdef true"), "***URL_PASSWORD*** ***URL_TOKEN*** true");
        assert_eq!(secrets.mask("GET http://x/?a=1&key=true"), "GET http://x/?a=1&key=***");
        assert_eq!(format!("{secrets:?}"), r#"{"URL_PASSWORD", "URL_TOKEN"}"#);
    }

    #[test]
    fn addresses_may_lack_a_scheme() {
        let secrets = Secrets::default();
        for (given, masked) in [
            ("me:pw@localhost:3000/?token=x", "***@localhost:3000/?token=***"),
            ("https://me:pw@x", "https://***@x"),
            ("localhost:3000/@me", "localhost:3000/@me"),
        ] {
            assert_eq!(secrets.mask_address(given), masked);
        }
    }

    #[test]
    fn masking_twice_changes_nothing() {
        let secrets = Secrets::new(["A=hunter22"], [], []).unwrap();
        for text in ["http://u:hunter22@x/?token=hunter22&b=1", "http://u:p@x/?token=y#key=z", "hunter22"] {
            let once = secrets.mask(text).into_owned();
            assert_eq!(secrets.mask(&once), once);
        }
    }
}
