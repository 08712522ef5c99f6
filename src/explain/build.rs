//! Explanations, put together piece by piece.

use super::code::Code;
use super::model::{DiffLine, Evidence, Excerpt, Explanation, Fault};

impl Explanation {
    /// An explanation without evidence; the project is at fault unless told otherwise.
    pub(super) fn new(code: Code, headline: impl Into<String>) -> Self {
        Self { code, headline: headline.into(), evidence: Vec::new(), help: None, fault: Fault::Project }
    }

    /// With the one thing to do.
    pub(super) fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// With the one thing to do, where it is known.
    pub(super) fn maybe_help(mut self, text: Option<String>) -> Self {
        self.help = text.or(self.help);
        self
    }

    /// With somebody else to blame.
    pub(super) fn fault(mut self, fault: Fault) -> Self {
        self.fault = fault;
        self
    }

    /// With a labelled fact.
    pub(super) fn fact(mut self, label: &str, text: impl Into<String>) -> Self {
        self.evidence.push(Evidence::Fact { label: label.to_owned(), text: text.into() });
        self
    }

    /// With a labelled fact, where there is one.
    pub(super) fn maybe_fact(self, label: &str, text: Option<String>) -> Self {
        match text {
            Some(text) => self.fact(label, text),
            None => self,
        }
    }

    /// With two values.
    pub(super) fn values(mut self, (expected, actual): (String, String)) -> Self {
        self.evidence.push(Evidence::Values { expected, actual });
        self
    }

    /// With a comparison of lines, if there are any.
    pub(super) fn diff(mut self, lines: Vec<DiffLine>) -> Self {
        if !lines.is_empty() {
            self.evidence.push(Evidence::Diff { lines });
        }
        self
    }

    /// With a piece of a text, where there is one.
    pub(super) fn excerpt(mut self, excerpt: Option<Excerpt>) -> Self {
        self.evidence.extend(excerpt.map(Evidence::Excerpt));
        self
    }
}
