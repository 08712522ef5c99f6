//! Who answers: the project, or somebody who stands in its place.

use super::ask::Asked;
use super::model::{Finding, Level, Step};
use crate::submission::{Advice, normalize};

/// Whether an Express app answers, as far as it says so.
pub(super) fn is_express(asked: &Asked) -> bool {
    let powered = asked.exchange().header("x-powered-by").is_some_and(|value| value.eq_ignore_ascii_case("express"));
    powered || is_express_error(asked.status(), &asked.text())
}

/// Express's own page for a path without a route.
fn is_express_error(status: Option<u16>, text: &str) -> bool {
    status == Some(404) && text.contains("<pre>Cannot GET ")
}

/// Judges the answer to the first request.
pub(super) fn look(asked: &Asked) -> Finding {
    let url = asked.last_url();
    let text = asked.text();
    let answer = Answer {
        status: asked.status().unwrap_or_default(),
        header: &|name| asked.exchange().header(name),
        text: text.to_ascii_lowercase(),
    };
    let stand_in = stand_in(&answer).or_else(|| {
        let advice = normalize(url.as_str()).map(|url| url.advice()).unwrap_or_default();
        advice.contains(&Advice::EditorLink).then(|| StandIn {
            who: format!("the editor at {}", url.host_str().unwrap_or_default()),
            help: Advice::EditorLink.to_string(),
        })
    });
    if let Some(StandIn { who, help }) = stand_in {
        return Finding::problem(
            Step::Answer,
            format!("status {}, from {who}, not from the project", answer.status),
            help,
        );
    }
    if let Some(error) = asked.transport() {
        let help = "look at the project's own output: it may have crashed while it answered; a compression middleware or \
                    a wrong Content-Length do this too";
        return Finding::problem(Step::Answer, format!("status {}, but {error}", answer.status), help);
    }
    project(&answer, is_express(asked))
}

/// An answer of what is taken to be the project itself.
fn project(answer: &Answer<'_>, express: bool) -> Finding {
    let status = answer.status;
    let who = if express {
        "an Express app".to_owned()
    } else if let Some(name) = answer.get("x-powered-by").or(answer.get("server")) {
        format!("a server that calls itself `{}`", name.chars().take(60).collect::<String>())
    } else {
        "a server that does not say what it is".to_owned()
    };
    let text = format!("status {status}, from {who}");
    match status {
        500.. => Finding::problem(
            Step::Answer,
            text,
            "the project fails on its own front page: look at its output for the error",
        ),
        401 | 403 | 407 => Finding::warning(
            Step::Answer,
            text,
            "a page of freeCodeCamp has no password and no cookies: the project must answer without",
        ),
        400.. => Finding::warning(
            Step::Answer,
            text,
            "there is nothing at the address itself, which is fine if hints ask for other paths only",
        ),
        _ => Finding::new(Step::Answer, Level::Ok, text),
    }
}

/// An answer in the form in which signs look at it.
struct Answer<'a> {
    status: u16,
    header: &'a dyn Fn(&str) -> Option<&'a str>,
    /// In lower case.
    text: String,
}

impl<'a> Answer<'a> {
    fn get(&self, name: &str) -> Option<&'a str> {
        (self.header)(name)
    }

    fn server_begins(&self, name: &str) -> bool {
        self.get("server").is_some_and(|server| server.to_ascii_lowercase().starts_with(name))
    }
}

/// Somebody who answers in the place of the project.
#[derive(Debug, PartialEq, Eq)]
struct StandIn {
    who: String,
    help: String,
}

const WAKE: &str = "open the address in a browser, wait until the project itself shows, then grade again";
const START: &str = "the host has no running project there: start or deploy it, and look at the host's log";

/// Texts by which a page of a host, not of the project, is known; in lower case. Each wants all of its texts.
const PAGES: &[(&[&str], &str, &str)] = &[
    (&["herokucdn.com/error-pages/no-such-app"], "Heroku's page for apps that do not exist", START),
    (&["herokucdn.com/error-pages/"], "Heroku's error page", START),
    (&["run this app to see the results here"], "Replit's page for projects that do not run", START),
    (&["run this repl to see the results here"], "Replit's page for projects that do not run", START),
    (&["<title>", "waking up</title>"], "the splash page of a host that is waking the project", WAKE),
    (&["service waking up"], "the splash page of a host that is waking the project", WAKE),
    (&["this service has been suspended"], "the host's page for suspended projects", START),
    (&["codesandbox", "preview", "do you want to continue"], "CodeSandbox's page before previews", WAKE),
    (&["you are about to access a development port"], "the page before forwarded ports of GitHub Codespaces", WAKE),
    (&["loca.lt", "tunnel password"], "the page before tunnels of localtunnel", "use the project's own address"),
    (
        &["directory listing for /"],
        "a server of plain files",
        "start the project itself (npm start), not a file server",
    ),
    (
        &["code injected by live-server"],
        "a server of plain files (Live Server)",
        "start the project itself (npm start)",
    ),
];

fn stand_in(answer: &Answer<'_>) -> Option<StandIn> {
    let of = |who: &str, help: &str| Some(StandIn { who: who.to_owned(), help: help.to_owned() });
    if let Some(code) = answer.get("ngrok-error-code") {
        return Some(StandIn {
            who: format!("ngrok ({})", code.chars().take(40).collect::<String>()),
            help: "the tunnel shows a page of its own: a page of freeCodeCamp gets no further either".to_owned(),
        });
    }
    if answer.get("x-vercel-error").is_some() {
        return of("Vercel's error page", START);
    }
    if answer.get("x-railway-fallback").is_some() {
        return of("Railway's page for projects that do not run", START);
    }
    let routing = answer.get("x-render-routing").unwrap_or_default();
    if ["no-server", "suspend", "error"].iter().any(|word| routing.contains(word)) {
        return of("Render's error page", START);
    }
    if answer.server_begins("airtunes") {
        return of(
            "the AirPlay receiver of macOS",
            "let the project listen on another port than 5000, or turn the AirPlay receiver off",
        );
    }
    for (texts, who, help) in PAGES {
        if texts.iter().all(|text| answer.text.contains(text)) {
            return of(who, help);
        }
    }
    let cloudflare = answer.server_begins("cloudflare") && matches!(answer.status, 502 | 504 | 520..=530);
    let gateway = matches!(answer.status, 502..=504)
        && ["nginx", "openresty", "caddy", "envoy", "apache"]
            .iter()
            .any(|name| answer.server_begins(name) || answer.text.contains(&format!("<center>{name}")));
    if cloudflare || gateway {
        let name = if cloudflare { "Cloudflare" } else { "a proxy" };
        return of(
            &format!("{name} before the project"),
            "the proxy is there and the project behind it is not: start it, and look which port the proxy hands on to",
        );
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(status: u16, headers: &'static [(&'static str, &'static str)], text: &str) -> Option<StandIn> {
        let header = move |name: &str| headers.iter().find(|(key, _)| *key == name).map(|(_, value)| *value);
        stand_in(&Answer { status, header: &header, text: text.to_ascii_lowercase() })
    }

    #[test]
    fn those_who_stand_in_are_known() {
        for (status, headers, text, who) in [
            (404, &[("ngrok-error-code", "ERR_NGROK_3200")][..], "", "ngrok (ERR_NGROK_3200)"),
            (403, &[("server", "AirTunes/710.79")], "", "AirPlay"),
            (
                503,
                &[("server", "Cowboy")],
                "<iframe src=\"//www.herokucdn.com/error-pages/application-error.html\">",
                "Heroku",
            ),
            (200, &[], "<p>Run this app to see the results here.</p>", "Replit"),
            (200, &[], "<title>my-app is waking up</title>", "splash page"),
            (502, &[("server", "nginx/1.18.0")], "<center><h1>502 Bad Gateway</h1></center>", "a proxy"),
            (521, &[("server", "cloudflare")], "", "Cloudflare"),
            (404, &[("x-render-routing", "no-server")], "Not Found", "Render"),
            (200, &[("server", "SimpleHTTP/0.6 Python/3.13")], "<title>Directory listing for /</title>", "plain files"),
        ] {
            let found = seen(status, headers, text).unwrap_or_else(|| panic!("{text}"));
            assert!(found.who.contains(who), "{found:?}");
        }
    }

    #[test]
    fn a_project_behind_a_proxy_is_the_project() {
        assert_eq!(seen(200, &[("server", "nginx"), ("x-powered-by", "Express")], "<h1>hello</h1>"), None);
        assert_eq!(seen(200, &[("server", "cloudflare")], "x"), None);
        assert_eq!(seen(503, &[("x-powered-by", "Express")], "busy"), None);
        assert_eq!(seen(200, &[("x-render-origin-server", "Render")], ""), None);
    }

    #[test]
    fn statuses_of_the_project_itself() {
        let level = |status| project(&Answer { status, header: &|_| None, text: String::new() }, true).level;
        assert_eq!(level(200), Level::Ok);
        assert_eq!(level(404), Level::Warning);
        assert_eq!(level(401), Level::Warning);
        assert_eq!(level(500), Level::Problem);
    }
}
