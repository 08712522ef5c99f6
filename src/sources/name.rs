//! Names of collections, which are names of folders too.

use std::fmt;

use super::error::SourceError;

const LONGEST: usize = 64;

/// A name that is safe as a folder's name on every system.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name(String);

impl Name {
    /// Checks a name. Two characters at least, so that it is no drive of Windows.
    pub fn new(text: &str) -> Result<Self, SourceError> {
        let bad = |why| Err(SourceError::Name { name: text.chars().take(LONGEST).collect(), why });
        if text.len() < 2 || text.len() > LONGEST {
            return bad("it must have 2 to 64 characters");
        }
        if !text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.')) {
            return bad("only letters, digits, `-`, `_` and `.` are allowed");
        }
        if text.starts_with(['.', '-']) || text.ends_with('.') {
            return bad("it must begin with a letter or digit, and not end with a dot");
        }
        let stem = text.split('.').next().unwrap_or_default().to_ascii_lowercase();
        if matches!(stem.as_str(), "con" | "prn" | "aux" | "nul") || (stem.len() == 4 && is_port(&stem)) {
            return bad("Windows keeps it for itself");
        }
        Ok(Self(text.to_owned()))
    }

    /// The name that an address suggests: its last part, without `.git`.
    pub fn of_address(address: &str) -> Result<Self, SourceError> {
        let last = address.trim_end_matches(['/', '\\']).rsplit(['/', '\\', ':']).next().unwrap_or_default();
        let stem = last.strip_suffix(".git").unwrap_or(last);
        let text: String =
            stem.chars().map(|c| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '-' }).collect();
        Self::new(&text.to_ascii_lowercase())
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_port(stem: &str) -> bool {
    (stem.starts_with("com") || stem.starts_with("lpt")) && stem.ends_with(|last: char| last.is_ascii_digit())
}

impl fmt::Display for Name {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_never_leave_their_folder() {
        for good in ["fcc", "my-school", "a1", "freeCodeCamp", "v2.0"] {
            assert!(Name::new(good).is_ok(), "{good}");
        }
        let long = "x".repeat(65);
        for bad in
            ["", "a", "..", ".git", "-x", "a/b", "a\\b", "a b", "ä1", "a:b", "nul", "com1.x", "x.", "a\0b", &long]
        {
            assert!(Name::new(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn an_address_suggests_a_name() {
        let of = |address| Name::of_address(address).map(|name| name.0).unwrap_or_default();
        assert_eq!(of("https://github.com/freeCodeCamp/freeCodeCamp.git"), "freecodecamp");
        assert_eq!(of("git@github.com:me/my-challenges"), "my-challenges");
        assert_eq!(of("/home/me/My Challenges/"), "my-challenges");
        assert_eq!(of("https://example.com/"), "example.com");
        assert_eq!(of("https://example.com/.."), "");
    }
}
