//! The HTML report: what strangers' texts must not do to it, and what a browser, `html-validate` and axe say to it.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail by panicking")]

#[path = "html/samples.rs"]
mod samples;

use std::path::Path;

use grade::report::html;
use grade::report::model::Report;

fn page(report: &Report) -> String {
    let mut out = Vec::new();
    html::write(report, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn pages_are_written() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/html-report");
    std::fs::create_dir_all(&folder).unwrap();
    for (name, report) in [("pass", samples::pass()), ("mixed", samples::mixed()), ("many", samples::many()), ("empty", samples::empty())] {
        let started = std::time::Instant::now();
        let page = page(&report);
        println!("{name}: {} KiB {:?}", page.len() / 1024, started.elapsed());
        std::fs::write(folder.join(format!("{name}.html")), page).unwrap();
    }
}
