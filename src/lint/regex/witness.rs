//! Texts that terms of a regular expression match.

use oxc_regular_expression::ast::{Disjunction, Term};

use super::literal::Regex;
use super::program::{groups, set_of};

/// Longer texts are not made.
const LONGEST: usize = 400;

/// Makes texts for the terms of one expression, in their order.
pub(super) struct Witness<'a> {
    groups: Vec<(u32, Option<&'a str>)>,
    /// What was made for the groups, by their order.
    made: Vec<Vec<u32>>,
    ignore_case: bool,
    dot_all: bool,
}

impl<'a> Witness<'a> {
    pub(super) fn new(regex: &Regex<'a>) -> Self {
        let groups = groups(regex.pattern);
        let made = vec![Vec::new(); groups.len()];
        Self { groups, made, ignore_case: regex.has('i'), dot_all: regex.has('s') }
    }

    /// A text that the term matches, of the alternative `choice` where there are several; repetitions are done once
    /// where they must be done.
    pub(super) fn term(&mut self, term: &Term<'_>, choice: usize) -> Option<Vec<u32>> {
        if let Some(set) = set_of(term, self.ignore_case, self.dot_all) {
            return Some(vec![set.sample()?]);
        }
        let text = match term {
            Term::Quantifier(quantifier) => {
                let once = self.term(&quantifier.body, choice)?;
                let times = usize::try_from(quantifier.min).ok()?;
                (once.len().saturating_mul(times) <= LONGEST).then(|| once.repeat(times))?
            }
            Term::CapturingGroup(group) => {
                let text = self.disjunction(&group.body, choice)?;
                let number = self.groups.binary_search_by_key(&group.span.start, |(start, _)| *start).ok()?;
                self.made.get_mut(number)?.clone_from(&text);
                text
            }
            Term::IgnoreGroup(group) => self.disjunction(&group.body, choice)?,
            Term::IndexedReference(reference) => self.made.get((reference.index as usize).checked_sub(1)?)?.clone(),
            Term::NamedReference(reference) => {
                let number = self.groups.iter().position(|(_, name)| *name == Some(reference.name.as_str()))?;
                self.made.get(number)?.clone()
            }
            Term::BoundaryAssertion(_) => Vec::new(),
            _ => return None,
        };
        (text.len() <= LONGEST).then_some(text)
    }

    fn disjunction(&mut self, body: &Disjunction<'_>, choice: usize) -> Option<Vec<u32>> {
        let alternative = body.body.get(choice).or_else(|| body.body.first())?;
        let mut text = Vec::new();
        for term in &alternative.body {
            text.extend(self.term(term, choice)?);
            (text.len() <= LONGEST).then_some(())?;
        }
        Some(text)
    }
}
