//! All findings as one JSON object. Its schema is `docs/schema/lint-1.json`.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::{Checked, Totals, View};
use crate::challenge::Span;
use crate::lint::{Edit, Finding, Lines};
use crate::report::json::write_line;

/// A new key is a minor version, anything else a major one.
const SCHEMA_VERSION: &str = "1.0";

/// What `grade lint --format json` writes.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Document<'a> {
    /// Version of this schema.
    pub schema_version: &'a str,
    /// `grade`.
    pub tool: &'a str,
    /// Version of the tool.
    pub version: &'a str,
    /// Findings by file, and in the order of the file; those that concern several files come last.
    pub findings: Vec<Item<'a>>,
    /// Counts.
    pub summary: Summary,
}

/// One finding.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Item<'a> {
    /// Code of the rule; stable.
    code: &'a str,
    /// Name of the rule.
    name: &'a str,
    /// What the rule is about.
    group: &'a str,
    /// `error` or `warning`.
    level: &'a str,
    /// What was found.
    message: &'a str,
    /// Path of the file, relative where it can be.
    file: &'a str,
    /// Where it is.
    place: Part,
    /// Other places of the same file that matter.
    labels: Vec<Labelled<'a>>,
    /// What to do.
    help: Option<&'a str>,
    /// What would mend it for certain.
    fix: Option<Mend<'a>>,
}

/// A part of a file. Lines and columns are from 1, columns count characters, and the end is the first place that is not part of it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Part {
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    /// First byte, from 0, in the file without a byte order mark.
    start: usize,
    /// One past the last byte.
    end: usize,
}

/// A place with a few words about it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Labelled<'a> {
    place: Part,
    text: &'a str,
}

/// Changes that mend a finding.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Mend<'a> {
    /// What they do.
    title: &'a str,
    /// In the order of the file; they do not overlap.
    edits: Vec<Change<'a>>,
}

/// A part and what replaces it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Change<'a> {
    place: Part,
    text: &'a str,
}

/// Counts.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Summary {
    /// Files that were looked at.
    files: usize,
    /// Files that could not be read.
    unreadable: usize,
    /// Findings of level `error`.
    errors: usize,
    /// Findings of level `warning`.
    warnings: usize,
    /// Whether warnings count as errors.
    deny_warnings: bool,
    /// Findings that `--fix` would mend.
    fixable: usize,
    /// Findings that a file says not to report.
    suppressed: usize,
    /// Fixes that were applied.
    fixed: usize,
}

#[derive(Debug, Default)]
pub(super) struct Json {
    items: usize,
}

impl View for Json {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let version = env!("CARGO_PKG_VERSION");
        write!(
            out,
            "{{\"schema_version\":\"{SCHEMA_VERSION}\",\"tool\":\"grade\",\"version\":\"{version}\",\"findings\":["
        )
    }

    fn file(&mut self, checked: &Checked<'_>, out: &mut dyn Write) -> io::Result<()> {
        let lines = Lines::new(checked.text);
        for finding in checked.findings {
            write_item(&item(checked.file, finding, &lines), &mut self.items, out)?;
        }
        Ok(())
    }

    fn end(&mut self, totals: &Totals, out: &mut dyn Write) -> io::Result<()> {
        if self.items > 0 {
            out.write_all(b"\n")?;
        }
        out.write_all(b"],\"summary\":")?;
        write_bare(&summary(totals), out)?;
        out.write_all(b"}\n")
    }
}

/// An item of an array, on a line of its own.
pub(super) fn write_item(value: &impl Serialize, items: &mut usize, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(if *items == 0 { b"\n" } else { b",\n" })?;
    *items += 1;
    write_bare(value, out)
}

/// A value without the line break after it.
pub(super) fn write_bare(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    let mut line = Vec::new();
    write_line(value, &mut line)?;
    out.write_all(line.trim_ascii_end())
}

fn item<'a>(file: &'a str, finding: &'a Finding, lines: &Lines<'_>) -> Item<'a> {
    Item {
        code: finding.rule.code,
        name: finding.rule.name,
        group: finding.rule.group.title(),
        level: finding.level.word(),
        message: &finding.message,
        file,
        place: part(finding.span, lines),
        labels: finding
            .labels
            .iter()
            .map(|label| Labelled { place: part(label.span, lines), text: &label.text })
            .collect(),
        help: finding.help.as_deref(),
        fix: finding.fix.as_ref().map(|fix| Mend { title: &fix.title, edits: changes(&fix.edits, lines) }),
    }
}

fn changes<'a>(edits: &'a [Edit], lines: &Lines<'_>) -> Vec<Change<'a>> {
    let place = |edit: &Edit| between(edit.range.start, edit.range.end, lines);
    edits.iter().map(|edit| Change { place: place(edit), text: &edit.text }).collect()
}

fn part(span: Span, lines: &Lines<'_>) -> Part {
    let Part { end_line, end_column, .. } = between(span.start, span.end, lines);
    let (line, column) = (span.position.line, span.position.column);
    Part { line, column, end_line, end_column, start: span.start, end: span.end }
}

fn between(start: usize, end: usize, lines: &Lines<'_>) -> Part {
    let (first, last) = (lines.position(start), lines.position(end));
    Part { line: first.line, column: first.column, end_line: last.line, end_column: last.column, start, end }
}

fn summary(totals: &Totals) -> Summary {
    Summary {
        files: totals.files,
        unreadable: totals.unreadable,
        errors: totals.errors,
        warnings: totals.warnings,
        deny_warnings: totals.deny_warnings,
        fixable: totals.fixable,
        suppressed: totals.suppressed,
        fixed: totals.fixed,
    }
}
