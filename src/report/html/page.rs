//! The page: the verdict on the whole, the challenges, and the conditions.

use askama::Template;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::digest::{SHA256, digest};

use super::challenge::{Strip, View as Challenge, rest};
use super::evidence::{Proof, Value};
use super::highlight::Kind;
use super::hint::Test;
use super::text::{Number, Span, Text, moment};
use crate::explain::DiffSide;
use crate::report::model::{Counts, Environment, Report};

/// The only texts that go into the page as they are.
pub const STYLE: &str = include_str!("templates/style.css");
const SCRIPT: &str = include_str!("templates/script.js");

/// Hints that are shown with headers, bodies and the test line by line. A project that is not there fails thousands, all in the same way.
const ROOM: usize = 100;

/// The whole page.
#[derive(Debug, Template)]
#[template(path = "page.html")]
pub struct Page<'a> {
    style: &'static str,
    script: &'static str,
    style_hash: String,
    script_hash: String,
    verdict: &'static str,
    class: char,
    headline: String,
    rest: String,
    exit_code: u8,
    exit_words: &'static str,
    strip: Strip,
    filters: Vec<Filter>,
    challenges: Vec<Challenge<'a>>,
    challenges_passed: usize,
    time: Option<Span>,
    url: Text<'a>,
    link: Option<&'a str>,
    url_given: Option<Text<'a>>,
    started: Option<Started<'a>>,
    environment: &'a Environment,
    schema_version: Text<'a>,
}

/// When the run began: a moment, or a text that is none.
#[derive(Debug)]
pub enum Started<'a> {
    Moment { machine: &'a str, people: String },
    Text(Text<'a>),
}

/// A choice of hints to look at.
#[derive(Debug)]
pub struct Filter {
    pub class: char,
    pub word: &'static str,
    pub count: Number,
}

impl<'a> Page<'a> {
    pub fn new(report: &'a Report) -> Self {
        let summary = &report.summary;
        let counts = summary.hints;
        let (verdict, class) = match summary.verdict.as_str() {
            "passed" => ("Passed", 'p'),
            "failed" => ("Failed", 'f'),
            "could_not_check" => ("Could not check", 'e'),
            _ => ("Nothing checked", 's'),
        };
        let environment = &report.environment;
        let mut room = ROOM;
        let given = environment.url_given.as_deref().filter(|given| *given != environment.url);
        Self {
            style: STYLE,
            script: SCRIPT,
            style_hash: hash(STYLE),
            script_hash: hash(SCRIPT),
            verdict,
            class,
            headline: headline(counts),
            rest: rest(counts).join(", "),
            exit_code: summary.exit_code,
            exit_words: match summary.exit_code {
                0 => "every checked hint passed",
                1 => "at least one hint failed",
                2 => "nothing could be graded as asked",
                3 => "no hint failed, but not all could be checked",
                _ => "",
            },
            strip: Strip::new(outcomes(report).into_iter()),
            filters: filters(counts),
            challenges: report.challenges.iter().map(|challenge| Challenge::new(challenge, &mut room)).collect(),
            challenges_passed: summary.challenges_passed,
            time: summary.duration_ms.map(Span),
            url: Text::exact(&environment.url),
            link: link(&environment.url),
            url_given: given.map(Text::exact),
            started: environment.started.as_deref().map(|started| match moment(started) {
                Some(people) => Started::Moment { machine: started, people },
                None => Started::Text(Text::prose(started)),
            }),
            environment,
            schema_version: Text::exact(&report.schema_version),
        }
    }

    fn tool(&self) -> Text<'_> {
        Text::prose(&self.environment.tool)
    }

    fn version(&self) -> Text<'_> {
        Text::prose(&self.environment.version)
    }

    fn rules(&self) -> Text<'_> {
        Text::prose(&self.environment.rules)
    }

    fn engine(&self) -> Text<'_> {
        Text::prose(&self.environment.engine)
    }

    fn platform(&self) -> Text<'_> {
        Text::prose(&self.environment.platform)
    }
}

fn outcomes(report: &Report) -> Vec<crate::report::model::Outcome> {
    report.challenges.iter().flat_map(|challenge| challenge.hints.iter().map(|hint| hint.outcome)).collect()
}

fn headline(counts: Counts) -> String {
    let noun = if counts.total == 1 { "hint" } else { "hints" };
    match (counts.passed, counts.total) {
        (_, 0) => "Nothing was checked".to_owned(),
        (1, 1) => "The hint passed".to_owned(),
        (passed, total) if passed == total => format!("All {} {noun} passed", Number(total)),
        (passed, total) => format!("{} of {} {noun} passed", Number(passed), Number(total)),
    }
}

fn filters(counts: Counts) -> Vec<Filter> {
    let all = [
        ('f', "Failed", counts.failed),
        ('e', "Could not check", counts.errored),
        ('p', "Passed", counts.passed),
        ('n', "No test", counts.unchecked),
        ('s', "Skipped", counts.skipped),
    ];
    let there = all.into_iter().filter(|(_, _, count)| *count > 0);
    let filters: Vec<Filter> = there.map(|(class, word, count)| Filter { class, word, count: Number(count) }).collect();
    // With one sort of hints there is nothing to choose.
    if filters.len() > 1 { filters } else { Vec::new() }
}

/// The address as a link, when following it does nothing but ask for a page.
fn link(url: &str) -> Option<&str> {
    let parsed = url::Url::parse(url).ok()?;
    let plain =
        matches!(parsed.scheme(), "http" | "https") && parsed.username().is_empty() && parsed.password().is_none();
    (plain && url.starts_with("http")).then_some(url)
}

/// The hash that lets a text of our own, and no other, be style or script.
pub fn hash(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(digest(&SHA256, text.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_addresses_are_links() {
        assert_eq!(link("http://localhost:3000"), Some("http://localhost:3000"));
        for other in ["javascript:alert(1)", "file:///etc/passwd", "http://a:b@example.org/", " http://x/", "x", ""] {
            assert_eq!(link(other), None, "{other}");
        }
    }

    #[test]
    fn headlines_read_well() {
        let counts = |passed, total| headline(Counts { total, passed, ..Counts::default() });
        assert_eq!(counts(2, 5), "2 of 5 hints passed");
        assert_eq!(counts(1_200, 1_200), "All 1,200 hints passed");
        assert_eq!(counts(1, 1), "The hint passed");
        assert_eq!(counts(0, 1), "0 of 1 hint passed");
        assert_eq!(counts(0, 0), "Nothing was checked");
    }

    #[test]
    fn our_own_style_and_script_cannot_end_early() {
        for text in [STYLE, SCRIPT] {
            assert!(!text.contains("</") && !text.contains("<!--"));
            assert!(!text.contains("url(") && !text.contains("@import") && !text.contains("http"));
        }
        assert_eq!(hash(""), "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    }
}
