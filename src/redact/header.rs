//! Headers that carry credentials.

use std::borrow::Cow;

use super::secrets::Secrets;
use super::url::{in_relative, is_secret_name};

/// The value of a header, fit to be shown; `name` in lower case.
pub(super) fn masked(secrets: &Secrets, name: &str, value: &str) -> String {
    let value = match name {
        "authorization" | "proxy-authorization" => match value.split_once(' ') {
            // The scheme, such as `Basic` or `Bearer`, says what is wrong when it is the wrong one.
            Some((scheme, _)) => Cow::Owned(format!("{scheme} ***")),
            None => Cow::Borrowed("***"),
        },
        "cookie" => Cow::Owned(value.split("; ").map(pair).collect::<Vec<_>>().join("; ")),
        "set-cookie" => match value.split_once(';') {
            Some((cookie, attributes)) => Cow::Owned(format!("{};{attributes}", pair(cookie))),
            None => Cow::Owned(pair(value)),
        },
        "location" | "content-location" | "referer" | "refresh" | "link" => {
            let mut text = value.to_owned();
            for span in in_relative(value).into_iter().rev() {
                text.replace_range(span, "***");
            }
            Cow::Owned(text)
        }
        _ if is_secret_name(name) && !value.is_empty() => Cow::Borrowed("***"),
        _ => Cow::Borrowed(value),
    };
    secrets.mask(&value).into_owned()
}

/// A cookie without its value.
fn pair(cookie: &str) -> String {
    match cookie.split_once('=') {
        Some((name, _)) => format!("{name}=***"),
        None => "***".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_are_masked_and_the_rest_is_kept() {
        for (name, value, expected) in [
            ("authorization", "Bearer abc.def", "Bearer ***"),
            ("proxy-authorization", "abc", "***"),
            ("cookie", "a=1; b=2=3", "a=***; b=***"),
            ("set-cookie", "sid=abc; Path=/; HttpOnly", "sid=***; Path=/; HttpOnly"),
            ("set-cookie", "flag", "***"),
            ("x-api-key", "abc", "***"),
            ("location", "/next?token=abc&x=1", "/next?token=***&x=1"),
            ("location", "http://u:p@h/", "http://***@h/"),
            ("content-type", "text/html", "text/html"),
            ("access-control-allow-headers", "Authorization", "Authorization"),
        ] {
            assert_eq!(masked(&Secrets::default(), name, value), expected, "{name}: {value}");
        }
    }
}
