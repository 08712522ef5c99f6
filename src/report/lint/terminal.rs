//! For people: what was found, the lines that show it, what to do.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::{Checked, LintSettings, Totals, View};
use crate::explain::{Label, Source, TextIndex};
use crate::lint::{Finding, Level};
use crate::report::Styles;
use crate::report::terminal::{draw, wrap};
use crate::report::text::count;
use crate::report::value::harmless;

pub(super) struct Terminal {
    styles: Styles,
    width: usize,
    most: usize,
    shown: usize,
    /// Findings that were not shown, by rule.
    more: BTreeMap<(&'static str, &'static str), usize>,
}

impl Terminal {
    pub fn new(settings: &LintSettings, styles: Styles) -> Self {
        let (styles, width, most) = settings.terminal(styles);
        Self { styles, width, most, shown: 0, more: BTreeMap::new() }
    }

    fn finding(
        &self,
        checked: &Checked<'_>,
        index: &TextIndex<'_>,
        finding: &Finding,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let (styles, rule) = (self.styles, finding.rule);
        let head = format!("{}[{}]:", finding.level.word(), rule.code);
        let painted = match finding.level {
            Level::Error => styles.fail(&head),
            Level::Warning | Level::Off => styles.error(&head),
        };
        for line in wrap(&format!("{head} {}", flat(&finding.message)), "", self.width) {
            writeln!(out, "{}", line.replacen(&head, &painted, 1))?;
        }
        let source = Source { name: checked.file.to_owned(), file: None, request: None };
        let mut labels = vec![Label::primary(finding.span.range(), "")];
        labels.extend(finding.labels.iter().map(|label| Label::secondary(label.span.range(), flat(&label.text))));
        for line in draw(&index.excerpt(source, &labels), self.width, styles) {
            writeln!(out, "{line}")?;
        }
        if let Some(help) = &finding.help {
            self.labelled("help:", help, out)?;
        }
        if let Some(fix) = &finding.fix {
            self.labelled("fix:", &format!("{} (--fix does it)", fix.title), out)?;
        }
        writeln!(out)
    }

    fn labelled(&self, label: &str, text: &str, out: &mut dyn Write) -> io::Result<()> {
        for line in wrap(&flat(text), &format!("  {label} "), self.width) {
            writeln!(out, "{}", line.replacen(label, &self.styles.help(label), 1))?;
        }
        Ok(())
    }
}

/// On one line, and nothing that a terminal obeys.
fn flat(text: &str) -> String {
    harmless(text).replace('\n', " ")
}

impl View for Terminal {
    fn begin(&mut self, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    fn file(&mut self, checked: &Checked<'_>, out: &mut dyn Write) -> io::Result<()> {
        let room = self.most - self.shown;
        let (shown, more) = checked.findings.split_at(room.min(checked.findings.len()));
        if !shown.is_empty() {
            let index = TextIndex::new(checked.text);
            for finding in shown {
                self.finding(checked, &index, finding, out)?;
            }
        }
        self.shown += shown.len();
        for finding in more {
            *self.more.entry((finding.rule.code, finding.rule.name)).or_default() += 1;
        }
        Ok(())
    }

    fn end(&mut self, totals: &Totals, out: &mut dyn Write) -> io::Result<()> {
        if !self.more.is_empty() {
            let total: usize = self.more.values().sum();
            writeln!(out, "{} not shown (--max-findings 0 shows all):", count(total, "more finding"))?;
            let digits = self.more.values().max().map_or(1, |most| most.to_string().len());
            for ((code, name), number) in &self.more {
                writeln!(out, "  {number:>digits$}  {code} {name}")?;
            }
            writeln!(out)?;
        }
        for line in wrap(&closing(totals), "", self.width) {
            let painted = match totals {
                Totals { errors: 1.., .. } => self.styles.fail(&line),
                Totals { warnings: 1.., .. } => self.styles.error(&line),
                _ => self.styles.pass(&line),
            };
            writeln!(out, "{painted}")?;
        }
        Ok(())
    }
}

/// The last line: what there was, and how long it took.
pub(super) fn closing(totals: &Totals) -> String {
    let mut parts = match (totals.errors, totals.warnings) {
        (0, 0) => vec!["no findings".to_owned()],
        (errors, warnings) => vec![count(errors, "error"), count(warnings, "warning")],
    };
    if totals.deny_warnings && totals.warnings > 0 {
        parts.push("warnings count as errors".to_owned());
    }
    let some = |number: usize, text: String| (number > 0).then_some(text);
    parts.extend(some(totals.fixed, format!("{} fixed", totals.fixed)));
    parts.extend(some(totals.fixable, format!("{} fixable with --fix", totals.fixable)));
    parts.extend(some(totals.suppressed, format!("{} suppressed", totals.suppressed)));
    parts.push(count(totals.files, "file"));
    parts.extend(some(totals.unreadable, format!("{} unreadable", totals.unreadable)));
    let time = totals.duration.map(|time| {
        let milliseconds = time.as_millis();
        if milliseconds < 1000 { format!("{milliseconds} ms") } else { format!("{:.1} s", time.as_secs_f64()) }
    });
    parts.extend(time);
    parts.join(", ")
}
