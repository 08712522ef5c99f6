//! Explanations, put together piece by piece.

use super::code::Code;
use super::model::{DiffLine, Evidence, Excerpt, Explanation, Fault};
use super::show;

impl Explanation {
    /// An explanation without evidence; the project is at fault unless told otherwise.
    pub(super) fn new(code: Code, headline: impl Into<String>) -> Self {
        let headline = sentence(&headline.into());
        Self { code, headline, evidence: Vec::new(), help: None, fault: Fault::Project }
    }

    /// With the one thing to do.
    pub(super) fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(sentence(&text.into()));
        self
    }

    /// With the one thing to do, where it is known.
    pub(super) fn maybe_help(self, text: Option<String>) -> Self {
        match text {
            Some(text) => self.help(text),
            None => self,
        }
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

/// With a capital at its beginning and a full stop at its end. Code that stands on lines of its own at the end has none.
fn sentence(text: &str) -> String {
    let mut out = show::capital(text);
    let code = out.lines().last().is_some_and(|line| line.starts_with("    "));
    if !code && !out.ends_with(['.', '?', '!', '…']) {
        out.push('.');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_whole() {
        for (text, whole) in [
            ("nothing listens", "Nothing listens."),
            ("`a` is missing.", "`a` is missing."),
            ("is it there?", "Is it there?"),
            ("package.json has none", "package.json has none."),
            ("write:\n    app.use(cors());", "Write:\n    app.use(cors());"),
            ("", "."),
        ] {
            assert_eq!(sentence(text), whole);
        }
    }
}
