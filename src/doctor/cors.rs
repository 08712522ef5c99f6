//! What a page of freeCodeCamp may read and send.

use url::Url;

use super::ask::{Asked, Asker};
use super::files::Wanted;
use super::model::{Finding, Level, Step};
use crate::fetch::{FetchError, PAGE_URL, Refusal, RefusalKind, Request};

/// The lines that mend it in an Express app.
fn express_lines() -> Vec<String> {
    [
        "npm install cors                      once, in the project's folder",
        "const cors = require('cors');         in server.js",
        "app.use(cors({ origin: '*' }));       in server.js, before all routes",
    ]
    .map(str::to_owned)
    .to_vec()
}

/// Mixed content, and CORS of a plain GET.
pub(super) fn look(asked: &Asked) -> [Finding; 2] {
    let mixed = Finding::ok(Step::MixedContent, "a page on https may ask this address");
    let refusal = match asked.result() {
        Ok(_) => {
            let header = asked.exchange().header("access-control-allow-origin");
            let text = match header {
                Some(value) => {
                    format!("a page of freeCodeCamp may read the answer (Access-Control-Allow-Origin: {value})")
                }
                None => "a page of freeCodeCamp may read the answer".to_owned(),
            };
            return [mixed, Finding::ok(Step::Cors, text)];
        }
        Err(FetchError::Refused(refusal)) => refusal,
        Err(FetchError::Transport(error)) => {
            let text = format!("asked once more, the project did not answer: {error}");
            return [mixed, Finding::warning(Step::Cors, text, "look at the project's own output")];
        }
    };
    match &refusal.kind {
        RefusalKind::MixedContent => [mixed_content(&refusal.url), unseen("a browser does not even ask")],
        RefusalKind::BadPort { .. } => {
            let help = "let the project listen on another port, such as 3000";
            [mixed, Finding::problem(Step::Cors, refusal.to_string(), help)]
        }
        // Those are told with the redirects.
        RefusalKind::TooManyRedirects | RefusalKind::BadRedirect { .. } => {
            [mixed, unseen("the redirects lead nowhere")]
        }
        _ => [mixed, refused(refusal)],
    }
}

fn unseen(why: &str) -> Finding {
    Finding::not_looked_at(Step::Cors, why)
}

fn mixed_content(url: &Url) -> Finding {
    let mut secure = url.clone();
    // Keeps the port, which the host has to serve with TLS.
    let _ = secure.set_scheme("https");
    Finding::problem(
        Step::MixedContent,
        format!(
            "freeCodeCamp is on https, and a browser lets its pages fetch http from this computer only, not from {url}"
        ),
        format!("use the https address of the project, such as {}", secure.as_str().trim_end_matches('/')),
    )
}

/// An answer that CORS keeps from the page.
pub(super) fn refused(refusal: &Refusal) -> Finding {
    let place = if refusal.hop > 0 { format!(" (after a redirect, at {})", refusal.url) } else { String::new() };
    let help = match &refusal.kind {
        RefusalKind::WrongAllowOrigin { value, .. } if value.contains(',') => {
            "the header is sent twice, or with a list: leave it to one middleware, and send one value".to_owned()
        }
        RefusalKind::WrongAllowOrigin { .. } => {
            "allow every origin, or exactly the one of freeCodeCamp; in Express:".to_owned()
        }
        _ => "let every answer of the project have the header; in Express:".to_owned(),
    };
    Finding::problem(Step::Cors, format!("{}{place}", refusal.kind), help).with_lines(express_lines())
}

/// Asks as a browser does before it sends JSON. The request itself is a GET, which changes nothing.
pub(super) async fn preflight(page: &Asker, url: &Url, wanted: &Wanted) -> Finding {
    let request = Request {
        headers: vec![("content-type".to_owned(), "application/json".to_owned())],
        ..Request::get(url.clone())
    };
    let asked = page.ask(request).await;
    let needed = wanted.json || !wanted.methods.is_empty();
    let level = if needed { Level::Problem } else { Level::Warning };
    let concern = if needed { "the chosen challenges send such requests" } else { "few challenges send such requests" };
    if let Err(FetchError::Refused(refusal)) = asked.result()
        && refusal.preflight
    {
        return Finding::new(Step::Preflight, level, format!("JSON cannot be sent from a page: {}", refusal.kind))
            .with_lines(express_lines())
            .with_help(format!("{concern}; a browser asks with OPTIONS first, which in Express this answers:"));
    }
    let Some(hop) = asked.exchange().hops.iter().find(|hop| hop.preflight && hop.status.is_some()) else {
        return match asked.transport() {
            Some(error) => Finding::warning(
                Step::Preflight,
                format!("the request that a browser sends first (OPTIONS) was not answered: {error}"),
                "look at the project's own output",
            ),
            None => Finding::not_looked_at(Step::Preflight, format!("a page of {PAGE_URL} sends none there")),
        };
    };
    let values = hop.response_headers.iter().filter(|(name, _)| name == "access-control-allow-methods");
    let listed: Vec<&str> = values.flat_map(|(_, value)| value.split(',')).map(str::trim).collect();
    let missing: Vec<&str> =
        ["PUT", "DELETE"].into_iter().filter(|method| !listed.contains(method) && !listed.contains(&"*")).collect();
    if missing.is_empty() {
        return Finding::ok(Step::Preflight, "a page of freeCodeCamp may send JSON, PUT and DELETE");
    }
    let text = format!("a page may send JSON, but Access-Control-Allow-Methods does not list {}", missing.join(", "));
    let level = match missing.iter().any(|method| wanted.methods.iter().any(|wanted| wanted == method)) {
        true => Level::Problem,
        false if wanted.is_empty() => Level::Warning,
        false => Level::Ok,
    };
    let finding = Finding::new(Step::Preflight, level, text);
    if level == Level::Ok {
        return finding;
    }
    finding.with_lines(express_lines()).with_help("hints that send these will fail; in Express:")
}
