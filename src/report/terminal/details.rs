//! What stands below a hint: labelled lines, wrapped under each other.

use std::io::{self, Write};

use super::TerminalSettings;
use super::layout::wrap;
use crate::fetch::Exchange;
use crate::grader::Prepared;
use crate::report::value::harmless;
use crate::report::words;
use crate::verdict::Failure;

/// Width of the column with the verdict.
pub const VERDICT: usize = 8;
/// Below this width there is no room to stand under the hint's text.
const NARROW: usize = 56;
/// Width of the column with the labels.
const LABEL: usize = 10;

/// Writes below one hint.
pub struct Details<'a> {
    pub settings: &'a TerminalSettings,
    pub out: &'a mut dyn Write,
    pub challenge: &'a Prepared,
}

impl Details<'_> {
    /// Columns before everything.
    pub fn indent(&self) -> usize {
        if self.settings.width < NARROW { 4 } else { VERDICT + 3 }
    }

    /// Columns that are left for a labelled value.
    pub fn room(&self) -> usize {
        self.settings.width.saturating_sub(self.indent() + LABEL).max(20)
    }

    pub fn line(&mut self, text: &str) -> io::Result<()> {
        self.labelled("", text, str::to_owned)
    }

    /// A label and a text, wrapped under each other. Lines that begin with blanks are code, and keep them.
    pub fn labelled(&mut self, label: &str, text: &str, paint: impl Fn(&str) -> String) -> io::Result<()> {
        let indent = " ".repeat(self.indent());
        let width = LABEL - 1;
        let first = if label.is_empty() { indent } else { format!("{indent}{label:width$} ") };
        let rest = " ".repeat(first.chars().count());
        let mut lines = Vec::new();
        for (index, paragraph) in text.split('\n').enumerate() {
            let lead = if index == 0 { &first } else { &rest };
            let code = paragraph.len() - paragraph.trim_start().len();
            lines.extend(wrap(paragraph.trim_start(), &format!("{lead}{}", " ".repeat(code)), self.settings.width));
        }
        for (index, line) in lines.into_iter().enumerate() {
            let (head, body) = line.split_at(first.len().min(line.len()));
            if index == 0 && !label.is_empty() {
                let painted = self.settings.styles.dim(label);
                writeln!(self.out, "{}{}", head.replacen(label, &painted, 1), paint(body))?;
            } else {
                writeln!(self.out, "{head}{}", paint(body))?;
            }
        }
        Ok(())
    }

    pub fn help(&mut self, text: &str) -> io::Result<()> {
        let styles = self.settings.styles;
        self.labelled("help", text, |text| styles.help(text))
    }

    pub fn exchange(&mut self, exchange: Option<&Exchange>) -> io::Result<()> {
        let Some(exchange) = exchange else { return Ok(()) };
        let styles = self.settings.styles;
        self.labelled("asked", &harmless(&words::exchange(exchange)), |text| styles.dim(text))
    }

    pub fn position(&mut self, failure: &Failure) -> io::Result<()> {
        let Some(place) = failure.position else { return Ok(()) };
        let text = format!("{}:{}:{}", self.challenge.file, place.line, place.column);
        let styles = self.settings.styles;
        self.labelled("test", &text, |text| styles.dim(text))
    }
}
