//! Which of the files and routes that hints ask for are there.

use std::time::{Duration, Instant};

use url::Url;

use super::ask::{Asked, Asker};
use super::cors;
use super::model::{Finding, Level, Step};
use crate::fetch::{ExchangeEnd, FetchError};

/// What the chosen challenges need of a project.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Paths of files that their hints ask for: `/_api/server.js`, `/public/style.css`.
    pub paths: Vec<String>,
    /// Methods that a browser asks about first: PUT, DELETE.
    pub methods: Vec<String>,
    /// Whether they send JSON.
    pub json: bool,
}

impl Wanted {
    /// Whether nothing is known to be needed.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What freeCodeCamp's project templates have, asked for when no challenge is chosen.
const USUAL: [&str; 4] = ["/_api/package.json", "/_api/server.js", "/_api/app-info", "/_api/get-tests"];
const TESTS: &str = "/_api/get-tests";

/// The most paths that are asked for, and for how long.
const MOST: usize = 40;
const BUDGET: Duration = Duration::from_secs(20);

pub(super) async fn look(via: &Asker, code: &str, wanted: &Wanted) -> Vec<Finding> {
    let usual: Vec<String> = USUAL.map(str::to_owned).to_vec();
    let needed = !wanted.paths.is_empty();
    let paths = if needed { &wanted.paths } else { &usual };
    let begun = Instant::now();
    let mut findings = Vec::new();
    for (index, path) in paths.iter().take(MOST).enumerate() {
        if begun.elapsed() > BUDGET {
            let left = paths.len() - index;
            findings.push(Finding::not_looked_at(Step::Files, format!("{left} more: the project is too slow")));
            return findings;
        }
        if let Ok(url) = Url::parse(&format!("{code}{path}")) {
            findings.push(judge(path, &via.get(&url).await, needed));
        }
    }
    if paths.len() > MOST {
        findings.push(Finding::not_looked_at(Step::Files, format!("{} more", paths.len() - MOST)));
    }
    if !needed && findings.iter().all(|finding| finding.text.ends_with(ABSENT)) {
        return vec![Finding::warning(
            Step::Files,
            format!("none of {} is there", USUAL.join(", ")),
            "hints that read source files will fail: projects made from freeCodeCamp's templates answer these; name the \
             challenges to see what they need",
        )];
    }
    findings
}

const ABSENT: &str = "not there (404)";

fn judge(path: &str, asked: &Asked, needed: bool) -> Finding {
    let lack = if needed { Level::Problem } else { Level::Ok };
    match &asked.exchange().end {
        ExchangeEnd::Failed(FetchError::Refused(refusal)) => {
            let finding = cors::refused(refusal);
            return Finding { step: Step::Files, text: format!("{path}: {}", finding.text), ..finding };
        }
        ExchangeEnd::Failed(FetchError::Transport(error)) => {
            let help = "look at the project's own output while it is asked for this path";
            return Finding::problem(Step::Files, format!("{path}: {error}"), help);
        }
        ExchangeEnd::Answered => {}
    }
    let status = asked.status().unwrap_or_default();
    let text = asked.text();
    let size = asked.exchange().body.len();
    match status {
        404 => {
            let finding = Finding::new(Step::Files, lack, format!("{path}: {ABSENT}"));
            if needed { finding.with_help(missing(path)) } else { finding }
        }
        500.. => Finding::problem(
            Step::Files,
            format!("{path}: status {status}"),
            "the project fails on this path: look at its output for the error",
        ),
        400.. => {
            let finding = Finding::new(Step::Files, lack.max(Level::Warning), format!("{path}: status {status}"));
            finding.with_help("hints want this path to be answered")
        }
        _ if path == TESTS && is_unavailable(&text) => {
            let level = if needed { Level::Problem } else { Level::Warning };
            Finding::new(Step::Files, level, format!("{path}: the project's own tests are unavailable"))
                .with_help("start the project with NODE_ENV=test, such as a line `NODE_ENV=test` in its .env file")
        }
        _ if is_page_instead(path, &text) => {
            let level = if needed { Level::Problem } else { Level::Warning };
            Finding::new(Step::Files, level, format!("{path}: an HTML page instead of the file"))
                .with_help("a route that answers everything comes before this one: move it to the end")
        }
        _ => Finding::ok(Step::Files, format!("{path}: there, {size} bytes")),
    }
}

fn missing(path: &str) -> String {
    if path.starts_with("/_api/") {
        "hints ask the running project for its own source at this path; freeCodeCamp's templates have routes for it, so \
         start from one, or answer the path with the file"
            .to_owned()
    } else {
        "put the file there, and let Express serve the folder: \
         app.use('/public', express.static(process.cwd() + '/public'))"
            .to_owned()
    }
}

/// `{"status": "unavailable"}`
fn is_unavailable(text: &str) -> bool {
    serde_json::from_str::<serde_json::Value>(text)
        .is_ok_and(|answer| answer.get("status").and_then(serde_json::Value::as_str) == Some("unavailable"))
}

/// Whether a page came where source was wanted.
fn is_page_instead(path: &str, text: &str) -> bool {
    let start = text.trim_start().get(..15).unwrap_or_default().to_ascii_lowercase();
    let html = std::path::Path::new(path).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("html"));
    !html && (start.starts_with("<!doctype html") || start.starts_with("<html"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_that_are_not_what_was_asked_for() {
        assert!(is_unavailable(r#"{"status":"unavailable"}"#) && !is_unavailable(r#"[{"title":"x"}]"#));
        assert!(!is_unavailable("unavailable"));
        assert!(is_page_instead("/_api/package.json", "\n<!DOCTYPE html><html>"));
        assert!(!is_page_instead("/public/a.html", "<html>") && !is_page_instead("/_api/server.js", "<"));
    }
}
