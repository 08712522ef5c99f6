//! The URL as the tests see it: freeCodeCamp normalises what was typed (npm `normalize-url` 4.5.1, `stripWWW: false`).

use std::borrow::Cow;

use ::url::{ParseError, Url, form_urlencoded};
use thiserror::Error;

use super::advice::{self, Advice};

/// The longest URL that is looked at, in bytes.
const MAX_LENGTH: usize = 8 * 1024;

/// A normalised URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubmittedUrl {
    code: String,
    url: Url,
}

impl SubmittedUrl {
    /// The string that the tests get as `code` or `getUserInput('url')`: without a slash at the end.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The same, parsed.
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// What looks like a slip.
    pub fn advice(&self) -> Vec<Advice> {
        advice::of(&self.url)
    }
}

/// A URL that cannot be graded.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum UrlError {
    /// There is nothing but blanks.
    #[error("the URL is empty")]
    Empty,
    /// It is far too long.
    #[error("the URL is longer than {MAX_LENGTH} bytes")]
    TooLong,
    /// It is a path.
    #[error("`{input}` is a path; a URL begins with a host, as in http://localhost:3000")]
    Relative {
        /// As typed.
        input: String,
    },
    /// It is no URL.
    #[error("`{input}` is not a valid URL: {why}")]
    Invalid {
        /// As typed.
        input: String,
        /// What the parser says.
        why: ParseError,
    },
    /// Its path has a `%` that does not stand for a character; freeCodeCamp refuses it too.
    #[error("the path of `{input}` has a `%` that does not encode a character")]
    Malformed {
        /// As typed.
        input: String,
    },
    /// Nothing but http and https is graded.
    #[error("`{scheme}:` URLs cannot be graded; use http:// or https://")]
    Scheme {
        /// The scheme.
        scheme: String,
    },
}

/// Normalises what the user typed.
pub fn normalize(input: &str) -> Result<SubmittedUrl, UrlError> {
    let typed = input.trim_matches(is_blank);
    if typed.is_empty() {
        return Err(UrlError::Empty);
    }
    if typed.len() > MAX_LENGTH {
        return Err(UrlError::TooLong);
    }
    let invalid = |why| UrlError::Invalid { input: typed.to_owned(), why };
    let mut url = Url::parse(&with_scheme(typed)?).map_err(invalid)?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(UrlError::Scheme { scheme: url.scheme().to_owned() });
    }
    // Every part that is changed has the whole written anew, and most addresses need no change. Neither of the two fails for
    // http(s), which always has a host.
    if !url.username().is_empty() || url.password().is_some() {
        let _ = url.set_username("");
        let _ = url.set_password(None);
    }
    if url.path().contains("//") {
        let merged = merge_slashes(url.path());
        url.set_path(&merged);
    }
    if url.path().contains('%') {
        let decoded = decode_path(url.path()).ok_or_else(|| UrlError::Malformed { input: typed.to_owned() })?;
        url.set_path(&decoded);
    }
    if let Some(host) = url.host_str().and_then(|host| host.strip_suffix('.')).map(str::to_owned) {
        // A host of nothing but a dot stays, as there.
        let _ = url.set_host(Some(&host));
    }
    if url.query().is_some() {
        let query = sorted_query(&url);
        url.set_query(query.as_deref());
    }
    if let Some(path) = url.path().strip_suffix('/').map(str::to_owned) {
        url.set_path(&path);
    }

    let text = url.as_str();
    let no_fragment = url.fragment().unwrap_or_default().is_empty();
    let code = text.strip_suffix('/').filter(|_| no_fragment).unwrap_or(text).to_owned();
    // A host alone has its slash again once it is parsed.
    let is_host_alone = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
    let url = if is_host_alone { url } else { Url::parse(&code).map_err(invalid)? };
    Ok(SubmittedUrl { code, url })
}

/// White space as JavaScript's `trim` knows it.
fn is_blank(character: char) -> bool {
    (character.is_whitespace() && character != '\u{85}') || character == '\u{feff}'
}

/// Puts `http:` before everything that does not begin with `scheme://`.
fn with_scheme(typed: &str) -> Result<Cow<'_, str>, UrlError> {
    if let Some((scheme, _)) = typed.split_once(':').filter(|(scheme, _)| scheme.eq_ignore_ascii_case("data")) {
        return Err(UrlError::Scheme { scheme: scheme.to_ascii_lowercase() });
    }
    if !typed.starts_with("//") && typed.trim_start_matches('.').starts_with('/') {
        return Err(UrlError::Relative { input: typed.to_owned() });
    }
    let is_word =
        |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    match typed.split_once("://") {
        Some((scheme, _)) if is_word(scheme) => Ok(Cow::Borrowed(typed)),
        _ => Ok(Cow::Owned(format!("http:{typed}"))),
    }
}

/// Makes one slash of several; two after a colon stay, as in `/http://x`.
fn merge_slashes(path: &str) -> String {
    let mut merged = String::with_capacity(path.len());
    let mut rest = path;
    while let Some(at) = rest.find('/') {
        let (before, slashes) = rest.split_at(at);
        merged.push_str(before);
        let count = slashes.len() - slashes.trim_start_matches('/').len();
        merged.push_str(if count == 2 && before.ends_with(':') { "//" } else { "/" });
        rest = slashes.trim_start_matches('/');
    }
    merged.push_str(rest);
    merged
}

/// `decodeURI`: decodes what stands for a character, except for the characters with a meaning in URLs.
fn decode_path(path: &str) -> Option<String> {
    let mut decoded = String::with_capacity(path.len());
    let mut rest = path;
    while let Some(at) = rest.find('%') {
        decoded.push_str(rest.get(..at)?);
        rest = rest.get(at..)?;
        let first = octet(rest)?;
        let length = match first {
            0..0x80 => 1,
            0xc2..0xe0 => 2,
            0xe0..0xf0 => 3,
            0xf0..0xf5 => 4,
            _ => return None,
        };
        let encoded = rest.get(..length * 3)?;
        let bytes: Option<Vec<u8>> = (0..length).map(|index| octet(encoded.get(index * 3..)?)).collect();
        let text = String::from_utf8(bytes?).ok()?;
        decoded.push_str(if text.contains([';', '/', '?', ':', '@', '&', '=', '+', '$', ',', '#']) {
            encoded
        } else {
            &text
        });
        rest = rest.get(length * 3..)?;
    }
    decoded.push_str(rest);
    Some(decoded)
}

/// The value of a `%XX` at the start of the text.
fn octet(text: &str) -> Option<u8> {
    let digits = text.strip_prefix('%')?.get(..2)?;
    digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u8::from_str_radix(digits, 16).ok())?
}

/// The query without `utm_*`, sorted by name; `None` when nothing is left.
fn sorted_query(url: &Url) -> Option<String> {
    let mut pairs: Vec<(Cow<'_, str>, Cow<'_, str>)> =
        url.query_pairs().filter(|(name, _)| !is_tracking(name)).collect();
    // By UTF-16 code units, as JavaScript compares.
    pairs.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
    if pairs.is_empty() {
        return None;
    }
    Some(form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish())
}

fn is_tracking(name: &str) -> bool {
    let Some((start, rest)) = name.split_at_checked(4) else { return false };
    start.eq_ignore_ascii_case("utm_") && rest.bytes().next().is_some_and(|b| b.is_ascii_alphanumeric() || b == b'_')
}

#[cfg(test)]
mod tests;
