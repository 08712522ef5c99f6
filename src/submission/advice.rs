//! URLs that look like a slip: they are graded all the same, with a word about it.

use std::fmt;

use ::url::Url;

/// What freeCodeCamp would warn about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Advice {
    /// The URL opens an editor, not the running project.
    EditorLink,
    /// The URL is that of a repository.
    RepositoryLink,
    /// The URL is one of freeCodeCamp's own example projects.
    ExampleProject,
    /// The URL is http, and not of this machine.
    NotSecure,
    /// The scheme lacks a slash, so its name became the host.
    MistypedScheme,
}

impl fmt::Display for Advice {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::EditorLink => "this is the address of an editor; use the address at which the project itself runs",
            Self::RepositoryLink => {
                "this is the address of source code; use the address at which the project itself runs"
            }
            Self::ExampleProject => "this is one of freeCodeCamp's own projects; freeCodeCamp does not accept it",
            Self::NotSecure => "freeCodeCamp accepts http only from localhost; use https",
            Self::MistypedScheme => "the scheme wants two slashes: http://... or https://...",
        })
    }
}

/// Everything that is to be said about a URL.
pub(super) fn of(url: &Url) -> Vec<Advice> {
    let host = url.host_str().unwrap_or_default();
    let path = url.path();
    let mut advice = Vec::new();
    if matches!(host, "http" | "https") {
        advice.push(Advice::MistypedScheme);
    }
    if is_example(host, path) {
        advice.push(Advice::ExampleProject);
    } else if is_editor(host, url) {
        advice.push(Advice::EditorLink);
    } else if is_host(host, "github.com") || is_host(host, "gitlab.com") {
        advice.push(Advice::RepositoryLink);
    }
    if url.scheme() == "http" && !is_local(url) {
        advice.push(Advice::NotSecure);
    }
    advice
}

fn is_host(host: &str, name: &str) -> bool {
    host == name || host.strip_prefix("www.") == Some(name)
}

fn is_under(host: &str, name: &str) -> bool {
    host.strip_suffix(name).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

fn is_example(host: &str, path: &str) -> bool {
    let owner = path.split('/').nth(1).unwrap_or_default().to_ascii_lowercase();
    let hosted = (is_host(host, "codepen.io") || is_host(host, "github.com")) && owner == "freecodecamp";
    hosted || is_under(host, "freecodecamp.rocks") || is_under(host, "freecodecamp.org")
}

fn is_editor(host: &str, url: &Url) -> bool {
    let path = url.path();
    let within =
        |name: &str, starts: &[&str]| is_host(host, name) && starts.iter().any(|start| path.starts_with(start));
    within("glitch.com", &["/edit", "/~"])
        || within("replit.com", &["/@"])
        || within("repl.it", &["/@"])
        || within("codesandbox.io", &["/s/", "/p/"])
        || within("stackblitz.com", &["/edit", "/~"])
        || within("codepen.io", &["/"])
        || (is_host(host, "gitpod.io") && url.fragment().is_some())
        || is_under(host, "github.dev") && !host.contains(".app.")
        || is_host(host, "vscode.dev")
}

fn is_local(url: &Url) -> bool {
    match url.host() {
        Some(::url::Host::Ipv4(address)) => address.is_loopback(),
        Some(::url::Host::Ipv6(address)) => address.is_loopback(),
        Some(::url::Host::Domain(name)) => is_under(name, "localhost"),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_named() {
        for (url, expected) in [
            ("http://localhost:3000", &[][..]),
            ("http://127.0.0.1:3000", &[]),
            ("https://my-project.glitch.me", &[]),
            ("https://3000-me-app.ws-eu1.gitpod.io", &[]),
            ("https://me-3000.app.github.dev", &[]),
            ("https://glitch.com/edit/#!/my-project", &[Advice::EditorLink]),
            ("https://replit.com/@me/my-project", &[Advice::EditorLink]),
            ("https://codesandbox.io/s/abc", &[Advice::EditorLink]),
            ("https://gitpod.io/#https://github.com/a/b", &[Advice::EditorLink]),
            ("https://github.com/me/project", &[Advice::RepositoryLink]),
            ("https://github.com/freeCodeCamp/boilerplate-npm", &[Advice::ExampleProject]),
            ("https://timestamp-microservice.freecodecamp.rocks", &[Advice::ExampleProject]),
            ("https://www.freecodecamp.org/learn", &[Advice::ExampleProject]),
            ("http://example.com", &[Advice::NotSecure]),
            ("http://http/localhost:3000", &[Advice::MistypedScheme, Advice::NotSecure]),
        ] {
            assert_eq!(of(&Url::parse(url).unwrap()), expected, "{url}");
        }
    }
}
