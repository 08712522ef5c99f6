//! An explanation: a headline with its code, what shows it, and what to do.

use std::io;

use super::details::Details;
use super::excerpt::draw;
use super::layout::{fit, width};
use crate::explain::{DiffLine, DiffSide, Evidence, Explanation};
use crate::report::value::harmless;

impl Details<'_> {
    /// The headline stands alone.
    pub fn headline(&mut self, explanation: &Explanation) -> io::Result<()> {
        self.with_code(explanation, &explanation.headline)
    }

    /// A sentence with the code of the cause before it.
    pub fn with_code(&mut self, explanation: &Explanation, told: &str) -> io::Result<()> {
        let code = explanation.code.id();
        let styles = self.settings.styles;
        // Wrapped as a whole, and the code painted afterwards.
        self.labelled("", &format!("{code}: {}", harmless(told)), |line| match line.strip_prefix(code) {
            Some(rest) if rest.starts_with(':') => format!("{}{rest}", styles.title(code)),
            _ => line.to_owned(),
        })
    }

    /// What shows the cause.
    pub fn evidence(&mut self, explanation: &Explanation) -> io::Result<()> {
        let styles = self.settings.styles;
        for evidence in &explanation.evidence {
            match evidence {
                Evidence::Excerpt(excerpt) => {
                    let indent = self.indent();
                    for line in draw(excerpt, self.settings.width.saturating_sub(indent), styles) {
                        writeln!(self.out, "{}{line}", " ".repeat(indent))?;
                    }
                }
                Evidence::Values { expected, actual } => self.values(expected, actual)?,
                Evidence::Diff { lines } => self.diff(lines)?,
                Evidence::Fact { label, text } => {
                    let text = harmless(text);
                    match label.as_str() {
                        "expected" | "wanted" => self.labelled(label, &text, |text| styles.expected(text))?,
                        "actual" | "found" => self.labelled(label, &text, |text| styles.actual(text))?,
                        _ => self.labelled(label, &text, str::to_owned)?,
                    }
                }
            }
        }
        Ok(())
    }

    /// Two values on a line each, cut around their first difference.
    fn values(&mut self, expected: &str, actual: &str) -> io::Result<()> {
        let styles = self.settings.styles;
        let (expected, actual) = (harmless(expected), harmless(actual));
        let same = expected.chars().zip(actual.chars()).take_while(|(left, right)| left == right).count();
        let room = self.room();
        self.labelled("expected", &fit(&expected, same, room), |text| styles.expected(text))?;
        self.labelled("actual", &fit(&actual, same, room), |text| styles.actual(text))
    }

    /// Lines with their side before them, as a diff has them.
    fn diff(&mut self, lines: &[DiffLine]) -> io::Result<()> {
        let styles = self.settings.styles;
        let indent = " ".repeat(self.indent());
        let room = self.settings.width.saturating_sub(self.indent() + 2);
        writeln!(self.out, "{indent}{}, {}", styles.expected("- expected"), styles.actual("+ actual"))?;
        for line in lines {
            let text = harmless(&line.text);
            let text = if width(&text) <= room { text } else { fit(&text, 0, room) };
            let text = match line.side {
                DiffSide::Both => format!("  {text}"),
                DiffSide::Expected => styles.expected(&format!("- {text}")),
                DiffSide::Actual => styles.actual(&format!("+ {text}")),
            };
            writeln!(self.out, "{indent}{text}")?;
        }
        Ok(())
    }
}
