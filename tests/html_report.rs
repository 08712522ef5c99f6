//! The HTML report: what strangers' texts must not do to it, and what a browser, `html-validate` and axe say to it.
//!
//! `GRADE_REQUIRE_BROWSER` makes it a failure that Chromium or node is not there.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail by panicking")]

#[path = "html/browser.rs"]
mod browser;
#[path = "html/cohort.rs"]
mod cohort;
#[path = "html/samples.rs"]
mod samples;

use std::path::Path;
use std::time::Instant;

use grade::report::html;
use grade::report::model::{Outcome, Report};

/// What breaks out of careless pages: markup, a template, ends of CDATA, script and style, control characters, directions.
const NASTY: &str = "<&\"'>]]></script><script>alert(1)</script></style><img src=x onerror=alert(1)>{{ 7*7 }}{% if %}<!-- `a` \0\u{1b}[31m\u{202e}\r\n\t👩\u{200d}💻 مرحبا </pre></details></li><a href=\"javascript:alert(1)\">";

/// Bytes that a report of 50 challenges and 2,000 hints may have.
const LARGEST: usize = 3 * 1024 * 1024;

fn page(report: &Report) -> String {
    let mut out = Vec::new();
    html::write(report, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// The page from its landmarks on, without style and script.
fn body(page: &str) -> &str {
    let start = page.find("<body>").unwrap();
    &page[start..page.rfind("<script>").unwrap()]
}

/// The text of a page: tags taken out, references resolved.
fn text(page: &str) -> String {
    let mut out = String::new();
    for part in body(page).split('<') {
        out += part.split_once('>').map_or(part, |(_, text)| text);
    }
    [("&#60;", "<"), ("&#62;", ">"), ("&#34;", "\""), ("&#39;", "'"), ("&#38;", "&")]
        .iter()
        .fold(out, |text, (reference, character)| text.replace(reference, character))
}

#[test]
fn all_outcomes_have_their_words() {
    insta::with_settings!({ prepend_module_to_snapshot => false, snapshot_path => "html/snapshots" }, {
        insta::assert_snapshot!("mixed", body(&page(&samples::mixed())));
    });
}

#[test]
fn the_headline_says_what_became_of_the_run() {
    let title = |report: &Report| {
        let page = page(report);
        page.split_once("<title>").unwrap().1.split_once("</title>").unwrap().0.to_owned()
    };
    assert_eq!(title(&samples::pass()), "Passed: All 5 hints passed – grading report");
    assert_eq!(title(&samples::mixed()), "Failed: 5 of 12 hints passed – grading report");
    assert_eq!(title(&samples::empty()), "Nothing checked: Nothing was checked – grading report");
    let alone = |outcome| {
        let hints = vec![samples::hint(0, "A hint.", outcome)];
        samples::report(vec![samples::challenge("Title", "block", "english", "name", hints)])
    };
    assert_eq!(title(&alone(Outcome::Errored)), "Could not check: 0 of 1 hint passed – grading report");
    assert_eq!(title(&alone(Outcome::Skipped)), "Nothing checked: 0 of 1 hint passed – grading report");
}

#[test]
fn an_empty_run_passes_nothing() {
    let text = text(&page(&samples::empty()));
    assert!(text.contains("Nothing passes because nothing ran"), "{text}");
    assert!(!text.contains("All 0"));
}

#[test]
fn texts_of_strangers_are_text() {
    let page = page(&samples::made_of(NASTY));
    let body = body(&page);
    for markup in
        ["<script", "<img", "<a href=\"javascript", "</style", "<!--", "{%- ", "\0", "\u{1b}", "\u{202e}", "\r"]
    {
        assert!(!body.contains(markup), "{markup:?}");
    }
    // In a place where white space counts, nothing is lost of it.
    let shown = NASTY.replace('\0', "\\u{0}").replace('\u{1b}', "\\u{1b}").replace('\u{202e}', "\\u{202e}");
    let shown = shown.replace('\r', "\\u{d}");
    let text = text(&page);
    assert!(text.contains(&shown.replace('`', "")) || text.contains(&shown), "{text}");
    assert!(text.contains(&shown.replace('\u{200d}', "\\u{200d}")), "{text}");
    assert!(text.contains("{{ 7*7 }}"));
}

#[test]
fn nothing_is_asked_for_and_nothing_starts() {
    for report in [samples::mixed(), samples::made_of(NASTY), samples::made_of("https://example.org/x.js")] {
        let page = page(&report);
        let own = format!("href=\"{}\"", report.environment.url);
        let mut tags = page.split('<').filter_map(|part| part.split_once('>')).map(|(tag, _)| tag);
        assert!(tags.clone().count() > 100);
        let bad = tags.find(|tag| {
            // Names of attributes: what stands outside of quotes.
            let names: String = tag.split('"').step_by(2).collect();
            let attribute = |name: &str| names.contains(&format!(" {name}="));
            let loads = ["src", "srcset", "data", "action", "poster", "background", "style", "xlink:href", "ping"];
            let link = attribute("href") && !tag.contains("href=\"#") && !tag.contains(&own);
            link || loads.iter().any(|name| attribute(name)) || names.contains(" on") || tag.starts_with("link")
        });
        assert_eq!(bad, None);
        assert!(page.contains("content=\"default-src 'none'; style-src 'sha256-"));
        assert!(!page.contains("unsafe-inline"));
    }
}

#[test]
fn addresses_with_other_schemes_are_no_links() {
    let mut report = samples::pass();
    report.environment.url = "javascript:alert(1)".to_owned();
    assert!(!page(&report).contains("href=\"javascript"));
    assert!(page(&samples::pass()).contains("<a href=\"http://localhost:3000\" rel=\"noopener noreferrer\">"));
}

#[test]
fn long_texts_are_folded_and_say_what_is_left_out() {
    let mut report = samples::pass();
    let hint = &mut report.challenges[0].hints[0];
    hint.outcome = Outcome::Failed;
    hint.message = Some(format!("begin {} end", "é".repeat(100_000)));
    hint.console = vec!["line".to_owned(); 250];
    hint.test_code = "assert(true);\n".repeat(1_000);
    hint.requests = vec![samples::request("/x", Some(200)); 220];
    let page = page(&report);
    assert!(page.len() < 400_000, "{}", page.len());
    let text = text(&page);
    for told in [
        "Show more of 100,010 characters",
        "92,010 characters more are not on this page.",
        "150 more lines are not on this page.",
        "800 lines more are not on this page.",
        "170 more requests are not on this page.",
        "220 requests",
    ] {
        assert!(text.contains(told), "{told}");
    }
}

#[test]
fn large_runs_stay_small() {
    let report = samples::many();
    assert_eq!((report.summary.hints.total, report.challenges.len()), (2_000, 50));
    let started = Instant::now();
    let page = page(&report);
    println!("{} KiB in {:?}", page.len() / 1024, started.elapsed());
    assert!(page.len() < LARGEST, "{} bytes", page.len());
    // A project that is not there fails all of them.
    let all = self::page(&samples::all_failed());
    println!("{} KiB when all failed", all.len() / 1024);
    assert!(all.len() < LARGEST / 3 * 4, "{} bytes", all.len());
    assert!(text(&all).contains("Headers and bodies are not on this page: too many hints did not pass."));
    assert!(!text(&page).contains("too many hints did not pass"));
    // The same report, the same bytes.
    assert_eq!(page, self::page(&samples::many()));
}

#[test]
fn browsers_and_validators_have_no_complaint() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = root.join("target/html-report");
    std::fs::create_dir_all(&folder).unwrap();
    let pages = [
        ("pass", samples::pass()),
        ("mixed", samples::mixed()),
        ("many", samples::many()),
        ("empty", samples::empty()),
        ("nasty", samples::made_of(NASTY)),
        ("long", samples::made_of(&"long".repeat(25_000))),
    ];
    for (name, report) in pages {
        std::fs::write(folder.join(format!("{name}.html")), page(&report)).unwrap();
    }
    let sample = |submissions, challenges, hints| cohort::Sample { submissions, challenges, hints };
    sample(120, 3, 4).report(&folder.join("cohort.html"), false);
    sample(30, 2, 4).report(&folder.join("cohort-anonymous.html"), true);
    sample(0, 0, 0).report(&folder.join("cohort-empty.html"), false);
    // Only opened and timed: a validator would take minutes.
    sample(5_000, 8, 5).report(&folder.join("large/cohort.html"), false);
    let required = std::env::var_os("GRADE_REQUIRE_BROWSER").is_some();
    match browser::check(&root.join("tests/html"), &folder, &root.join("target/screenshots")) {
        Ok(said) => println!("{said}"),
        Err(browser::Problem::Missing(what)) => {
            assert!(!required, "{what}, and GRADE_REQUIRE_BROWSER is set");
            println!("skipped: {what}");
        }
        Err(browser::Problem::Found(problems)) => panic!("{problems}"),
    }
}
