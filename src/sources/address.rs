//! Where collections come from: addresses that git may be given, and how they are shown.

use std::path::{Path, PathBuf};

use url::Url;

use super::error::SourceError;

/// An address that is safe to hand to git.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// Something that git understands; it may have a password.
    Remote(String),
    /// A repository of this computer, or a plain folder.
    Folder(PathBuf),
}

impl Address {
    /// Checks what was typed: an address with https, ssh, git or file, `user@host:path`, or a folder.
    pub fn parse(text: &str) -> Result<Self, SourceError> {
        let bad = |why| Err(SourceError::Address { address: shown(text), why });
        if text.is_empty() || text.len() > 2000 || text.chars().any(char::is_control) {
            return bad("it is empty, too long, or has control characters");
        }
        if text.starts_with('-') {
            return bad("an address does not begin with `-`");
        }
        if let Some((scheme, rest)) = text.split_once("://") {
            return match scheme.to_ascii_lowercase().as_str() {
                "https" | "ssh" | "git" if rest.starts_with('-') || rest.contains("@-") => {
                    bad("a host does not begin with `-`")
                }
                "https" | "ssh" | "git" => match Url::parse(text) {
                    Ok(url) if url.host_str().is_some_and(|host| !host.is_empty()) => Ok(Self::Remote(text.to_owned())),
                    _ => bad("it has no valid host"),
                },
                "file" => match Url::parse(text).ok().and_then(|url| url.to_file_path().ok()) {
                    Some(path) => Self::folder(&path, text),
                    None => bad("it is no path of this computer"),
                },
                "http" => bad("http can be changed on the way; use https"),
                _ => bad("only https, ssh, git and file are allowed"),
            };
        }
        let path = Path::new(text);
        if path.exists() {
            return Self::folder(path, text);
        }
        if text.contains("::") {
            return bad("only https, ssh, git and file are allowed");
        }
        // `user@host:path`, as git writes ssh addresses.
        match text.split_once(':') {
            Some((host, path)) if !host.contains(['/', '\\']) && host.len() > 1 && !path.starts_with('-') => {
                let name = host.rsplit('@').next().unwrap_or_default();
                let plain =
                    |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_".contains(&byte));
                if name.is_empty() || name.starts_with('-') || !host.split('@').all(plain) {
                    return bad("it has no valid host");
                }
                Ok(Self::Remote(text.to_owned()))
            }
            _ => bad("there is no such folder, and it is no address"),
        }
    }

    fn folder(path: &Path, text: &str) -> Result<Self, SourceError> {
        if !path.is_dir() {
            return Err(SourceError::Address { address: shown(text), why: "it is no folder" });
        }
        let path = std::path::absolute(path).map_err(SourceError::disk("find", path))?;
        Ok(Self::Folder(path))
    }

    /// Whether git can fetch from it.
    pub fn is_repository(&self) -> bool {
        match self {
            Self::Remote(_) => true,
            Self::Folder(path) => {
                path.join(".git").exists() || (path.join("HEAD").is_file() && path.join("objects").is_dir())
            }
        }
    }

    /// What git is given.
    pub(super) fn for_git(&self) -> Option<String> {
        match self {
            Self::Remote(text) => Some(text.clone()),
            // A plain path would be copied whole, whatever depth is asked for.
            Self::Folder(path) => {
                Url::from_directory_path(path).ok().map(|url| url.as_str().trim_end_matches('/').to_owned())
            }
        }
    }

    /// For people: without user names of https, and without passwords.
    pub fn shown(&self) -> String {
        match self {
            Self::Remote(text) => shown(text),
            Self::Folder(path) => path.display().to_string(),
        }
    }
}

/// An address without what may be secret.
pub(super) fn shown(text: &str) -> String {
    let text: String = text.chars().filter(|character| !character.is_control()).take(200).collect();
    let Some((scheme, rest)) = text.split_once("://") else { return text };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let Some((user, host)) = authority.rsplit_once('@') else { return format!("{scheme}://{authority}{path}") };
    let user = match user.split_once(':') {
        None if scheme.eq_ignore_ascii_case("ssh") => user,
        _ => "***",
    };
    format!("{scheme}://{user}@{host}{path}")
}

/// The part of an address that must not be shown, if it has one.
pub(super) fn secret(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let (user, _) = authority.rsplit_once('@')?;
    (!user.is_empty() && (user.contains(':') || !text.starts_with("ssh"))).then_some(user)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_that_do_nothing_but_fetch() {
        for good in [
            "https://github.com/freeCodeCamp/freeCodeCamp",
            "ssh://git@example.com/x.git",
            "git://example.com/x",
            "git@github.com:me/x.git",
            "github.com:me/x",
        ] {
            assert_eq!(Address::parse(good).unwrap(), Address::Remote(good.to_owned()), "{good}");
        }
        for bad in [
            "",
            "-u/tmp/x",
            "--upload-pack=touch /tmp/x",
            "ext::sh -c touch% /tmp/x",
            "ext://x",
            "http://example.com/x",
            "ftp://example.com/x",
            "https://",
            "ssh://-oProxyCommand=x/y",
            "ssh://a@-oProxyCommand=x/y",
            "-oProxyCommand=x:y",
            "git@-x:y",
            "fd::17/x",
            "host:-x",
            "a b:c",
            "no/such/folder",
            "https://x\ny/",
            "file://host/x",
        ] {
            assert!(Address::parse(bad).is_err(), "{bad}");
        }
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(Address::parse(folder.path().to_str().unwrap()).unwrap(), Address::Folder(_)));
    }

    #[test]
    fn passwords_are_never_shown() {
        assert_eq!(shown("https://me:secret@example.com/x.git"), "https://***@example.com/x.git");
        assert_eq!(shown("https://token@example.com/x?key=secret"), "https://***@example.com/x");
        assert_eq!(shown("ssh://git@example.com/x"), "ssh://git@example.com/x");
        assert_eq!(shown("ssh://git:pw@example.com/x"), "ssh://***@example.com/x");
        assert_eq!(shown("git@example.com:x"), "git@example.com:x");
        assert_eq!(secret("https://me:secret@example.com/x"), Some("me:secret"));
        assert_eq!(secret("https://example.com/@x"), None);
        assert_eq!(secret("ssh://git@example.com/x"), None);
        let error = Address::parse("http://me:secret@example.com/x").unwrap_err().to_string();
        assert!(!error.contains("secret"), "{error}");
    }
}
