//! All results as one JSON object, and as lines.

use std::io::{self, Write};

use serde::Serialize;

use super::line::SCHEMA_VERSION;
use super::reports::About;
use crate::batch::{Results, Totals};
use crate::report::model::Counts;

#[derive(Serialize)]
struct Environment<'a> {
    tool: &'static str,
    version: &'a str,
    rules: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    engine: &'a str,
}

#[derive(Serialize)]
struct Summary {
    submissions: u64,
    passed: u64,
    failed: u64,
    errored: u64,
    ungraded: u64,
    hints: Counts,
}

/// Writes the report: what graded, the verdicts counted, and the lines of all submissions.
pub(super) fn write(about: &About, totals: Totals, results: &Results, out: &mut dyn Write) -> io::Result<()> {
    let About { version, rules, engine } = about;
    let environment = Environment { tool: env!("CARGO_PKG_NAME"), version, rules, engine };
    let Totals { passed, failed, errored, ungraded, hints } = totals;
    let summary = Summary { submissions: totals.count(), passed, failed, errored, ungraded, hints: hints.into() };
    write!(out, "{{\"schema_version\":\"{SCHEMA_VERSION}\",\"environment\":")?;
    serde_json::to_writer(&mut *out, &environment)?;
    out.write_all(b",\"summary\":")?;
    serde_json::to_writer(&mut *out, &summary)?;
    out.write_all(b",\"submissions\":[")?;
    let mut first = true;
    results.each(&mut |record| {
        out.write_all(if std::mem::take(&mut first) { b"\n" } else { b",\n" })?;
        out.write_all(record.line)
    })?;
    out.write_all(b"\n]}\n")
}

/// Writes the lines.
pub(super) fn lines(results: &Results, out: &mut dyn Write) -> io::Result<()> {
    results.each(&mut |record| {
        out.write_all(record.line)?;
        out.write_all(b"\n")
    })
}
