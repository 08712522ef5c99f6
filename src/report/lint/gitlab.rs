//! GitLab's code quality report: a JSON array, in the fields that GitLab reads.

use std::io::{self, Write};

use serde::Serialize;

use super::fingerprint::Fingerprints;
use super::json::write_item;
use super::{Checked, Totals, View};
use crate::lint::Level;
use crate::report::text::line;

/// Longest description, in bytes: it is shown in a list.
const DESCRIPTION: usize = 1000;

#[derive(Debug, Default)]
pub(super) struct Gitlab {
    items: usize,
}

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'a str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Begin,
}

#[derive(Serialize)]
struct Begin {
    begin: usize,
}

impl View for Gitlab {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"[")
    }

    fn file(&mut self, checked: &Checked<'_>, out: &mut dyn Write) -> io::Result<()> {
        let mut fingerprints = Fingerprints::default();
        for finding in checked.findings {
            let rule = finding.rule;
            let help = finding.help.as_ref().map(|help| format!("; {help}")).unwrap_or_default();
            let issue = Issue {
                description: line(&format!("{}: {}{help}", rule.code, finding.message), DESCRIPTION),
                check_name: rule.name,
                fingerprint: fingerprints.of(checked, finding),
                severity: if finding.level == Level::Error { "major" } else { "minor" },
                location: Location { path: checked.file, lines: Begin { begin: finding.span.position.line } },
            };
            write_item(&issue, &mut self.items, out)?;
        }
        Ok(())
    }

    fn end(&mut self, _: &Totals, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(if self.items == 0 { b"]\n" } else { b"\n]\n" })
    }
}
