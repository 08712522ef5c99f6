//! Annotations: `::error file=a.md,line=4,col=1,title=...::message`, a line each.
//!
//! GitHub shows ten of a kind and drops the others without a word, so no more are written, and a line says how many there
//! would have been.

use std::io::{self, Write};

use super::terminal::closing;
use super::{Checked, Totals, View};
use crate::lint::{Finding, Level, Lines};
use crate::report::github::{MOST, data, property};
use crate::report::text::{count, line};

/// Longest line of a message, and longest path, in bytes.
const LINE: usize = 600;

#[derive(Debug, Default)]
pub(super) struct Github {
    errors: usize,
    warnings: usize,
}

impl View for Github {
    fn begin(&mut self, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    fn file(&mut self, checked: &Checked<'_>, out: &mut dyn Write) -> io::Result<()> {
        let lines = Lines::new(checked.text);
        for finding in checked.findings {
            let (command, written) = match finding.level {
                Level::Error => ("error", &mut self.errors),
                Level::Warning | Level::Off => ("warning", &mut self.warnings),
            };
            if *written < MOST {
                writeln!(out, "{}", annotation(command, checked.file, finding, &lines))?;
            }
            *written += 1;
        }
        Ok(())
    }

    fn end(&mut self, totals: &Totals, out: &mut dyn Write) -> io::Result<()> {
        for (total, what) in [(self.errors, "error"), (self.warnings, "warning")] {
            if let Some(more) = total.checked_sub(MOST).filter(|more| *more > 0) {
                let more = count(more, &format!("more {what}"));
                writeln!(out, "{more} without an annotation: GitHub shows {MOST} of a kind.")?;
            }
        }
        writeln!(out, "{}", closing(totals))
    }
}

fn annotation(command: &str, file: &str, finding: &Finding, lines: &Lines<'_>) -> String {
    let start = finding.span.position;
    let end = lines.position(finding.span.end);
    // Columns mean something on one line only.
    let end = if end.line == start.line && end.column > start.column {
        format!("endLine={},endColumn={}", end.line, end.column)
    } else {
        format!("endLine={}", end.line.max(start.line))
    };
    let rule = finding.rule;
    let mut message = vec![line(&finding.message, LINE)];
    message.extend(finding.help.as_ref().map(|help| format!("help: {}", line(help, LINE))));
    message.push(format!("`grade explain {}` tells more.", rule.code));
    format!(
        "::{command} file={},line={},col={},{end},title={}::{}",
        property(&line(file, LINE)),
        start.line,
        start.column,
        property(&format!("{} {}", rule.code, rule.name)),
        data(&message.join("\n"))
    )
}
