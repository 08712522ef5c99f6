//! What rules find.

use std::ops::Range;

use super::level::{Level, Levels};
use super::rule::Rule;
use crate::challenge::Span;

/// One thing that a rule found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Who says so.
    pub rule: &'static Rule,
    /// How much it counts; never [`Level::Off`].
    pub level: Level,
    /// What was found: a sentence that stands alone, without a full stop.
    pub message: String,
    /// Where: a part of the file that is never empty unless the file is, or the file ends there.
    pub span: Span,
    /// Other places of the same file that matter.
    pub labels: Vec<Label>,
    /// What to do, in one sentence without a full stop.
    pub help: Option<String>,
    /// What would mend it for certain.
    pub fix: Option<Fix>,
    /// The file, by its place in what is linted together; [`Tree`](super::Tree) rules say which.
    pub file: usize,
}

/// A place with a few words about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What is there.
    pub text: String,
}

/// Changes that mend a finding without a doubt about what the author meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does: `put await before the promise`.
    pub title: String,
    /// In the order of the file; they do not touch each other.
    pub edits: Vec<Edit>,
}

/// Bytes of the file and what replaces them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// In [`Source::text`](crate::challenge::Source).
    pub range: Range<usize>,
    /// What stands there afterwards.
    pub text: String,
}

impl Finding {
    /// Adds advice.
    pub fn help(&mut self, text: impl Into<String>) -> &mut Self {
        self.help = Some(text.into());
        self
    }

    /// Adds another place of the same file.
    pub fn label(&mut self, span: Span, text: impl Into<String>) -> &mut Self {
        self.labels.push(Label { span, text: text.into() });
        self
    }

    /// Adds a fix with one edit.
    pub fn fix(&mut self, title: impl Into<String>, range: Range<usize>, text: impl Into<String>) -> &mut Self {
        self.fix = Some(Fix { title: title.into(), edits: vec![Edit { range, text: text.into() }] });
        self
    }

    /// Adds a fix with several edits.
    pub fn edits(&mut self, title: impl Into<String>, edits: Vec<Edit>) -> &mut Self {
        self.fix = Some(Fix { title: title.into(), edits });
        self
    }

    /// Says that it is about another file of the tree than the one that is looked at.
    pub fn of_file(&mut self, file: usize) -> &mut Self {
        self.file = file;
        self
    }
}

/// Where rules put what they find.
#[derive(Debug)]
pub struct Findings<'r> {
    rule: &'static Rule,
    levels: &'r Levels,
    found: &'r mut Vec<Finding>,
}

impl<'r> Findings<'r> {
    pub(super) fn new(rule: &'static Rule, levels: &'r Levels, found: &'r mut Vec<Finding>) -> Self {
        Self { rule, levels, found }
    }

    /// Adds a finding of the rule that runs.
    pub fn add(&mut self, span: Span, message: impl Into<String>) -> &mut Finding {
        let level = self.levels.of(self.rule);
        self.found.push(Finding {
            rule: self.rule,
            level,
            message: message.into(),
            span,
            labels: Vec::new(),
            help: None,
            fix: None,
            file: 0,
        });
        let last = self.found.len() - 1;
        #[expect(clippy::indexing_slicing, reason = "it was just put there")]
        &mut self.found[last]
    }
}
