//! A miss that is to be explained, and the way from places to an explanation.

use std::ops::Range;

use super::chain::{Chain, Hit};
use super::hunt::Hunt;
use super::origin::Origin;
use super::token::Way;
use crate::explain::code::Code;
use crate::explain::excerpt::{Label, TextIndex};
use crate::explain::model::{Evidence, Explanation, Fault};
use crate::port::regex::Haystack;

/// A search that did not end as the test wants.
pub(super) struct Case<'a> {
    /// Where the text is from.
    pub origin: &'a Origin<'a>,
    /// The text, ready to be searched.
    pub haystack: &'a Haystack<'a>,
    /// The test's expression or text, as it stands there.
    pub wanted: &'a str,
}

/// What an explanation says, before it has its evidence.
pub(super) struct Finding {
    pub code: Code,
    pub headline: String,
    /// Places of [`Haystack::text`], the most important first.
    pub labels: Vec<Label>,
    pub help: Option<String>,
    pub fault: Fault,
}

impl Finding {
    /// A mistake of the project.
    pub fn new(code: Code, headline: String, labels: Vec<Label>) -> Self {
        Self { code, headline, labels, help: None, fault: Fault::Project }
    }

    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl Case<'_> {
    /// Puts a finding together with what shows it.
    pub fn explain(&self, finding: Finding) -> Explanation {
        let mut evidence = Vec::new();
        if !finding.labels.is_empty() {
            let labels: Vec<Label> =
                finding.labels.into_iter().map(|label| Label { span: self.shown(&label.span), ..label }).collect();
            let index = TextIndex::new(&self.origin.shown);
            evidence.push(Evidence::Excerpt(index.excerpt(self.origin.source.clone(), &labels)));
        }
        evidence.push(Evidence::Fact { label: "wanted".to_owned(), text: self.wanted.to_owned() });
        Explanation {
            code: finding.code,
            headline: finding.headline,
            evidence,
            help: finding.help,
            fault: finding.fault,
        }
    }

    fn shown(&self, place: &Range<usize>) -> Range<usize> {
        let start = self.origin.place(self.haystack.original(place.start));
        if place.is_empty() {
            let before = self.origin.end(self.haystack.original(place.start));
            return before..before;
        }
        start..self.origin.end(self.haystack.original(place.end)).max(start)
    }
}

/// Longest piece of code in a sentence.
const LONGEST: usize = 48;

/// More of a text is not even looked at for that: what matched may be all of an answer.
const LOOKED_AT: usize = 4 * LONGEST;

/// Code within a sentence: on one line, in backticks, not too long.
pub(super) fn code(text: &str) -> String {
    let start = text
        .trim_start()
        .char_indices()
        .nth(LOOKED_AT)
        .map_or(text.trim_start(), |(end, _)| text.trim_start().get(..end).unwrap_or_default());
    let line = start.split_whitespace().collect::<Vec<_>>().join(" ");
    ticked(&if line.chars().count() > LONGEST {
        format!("{}…", line.chars().take(LONGEST - 1).collect::<String>())
    } else {
        line
    })
}

/// Code of which white space matters.
pub(super) fn spaced(text: &str) -> String {
    if text.len() > LOOKED_AT {
        return code(text);
    }
    let shown = text.replace('\t', "\\t").replace('\r', "\\r").replace('\n', "\\n");
    if shown.contains('`') || shown.chars().count() > LONGEST { code(text) } else { ticked(&shown) }
}

/// The end of some code within a sentence.
pub(super) fn code_end(text: &str) -> String {
    let text = text.trim_end();
    let end = text.char_indices().rev().nth(LOOKED_AT).map_or(text, |(start, _)| text.get(start..).unwrap_or_default());
    let line = end.split_whitespace().collect::<Vec<_>>().join(" ");
    let length = line.chars().count();
    ticked(&if length > LONGEST {
        format!("…{}", line.chars().skip(length - LONGEST + 1).collect::<String>())
    } else {
        line
    })
}

fn ticked(code: &str) -> String {
    if code.contains('`') { format!("`` {code} ``") } else { format!("`{code}`") }
}

/// What is common to all causes that look into the text.
pub(super) struct Look<'h> {
    /// The way that is nearest.
    pub way: &'h Way,
    /// How far it leads exactly.
    pub chain: Chain,
    /// The text.
    pub hunt: &'h Hunt<'h>,
    /// Exact places of each piece.
    pub hits: Vec<Vec<Hit>>,
}
