//! Finding places, for those who explain a miss: where an expression matches, not only whether it does.

use std::borrow::Cow;
use std::ops::Range;

use super::{surrogate_form, translate};

/// A text to search, made ready once for many expressions.
#[derive(Debug, Clone)]
pub struct Haystack<'t> {
    form: Cow<'t, str>,
    /// Where in the form the halves of characters beyond U+FFFF begin, a pair at a time.
    pairs: Vec<usize>,
}

impl<'t> Haystack<'t> {
    /// Makes a text ready, in one pass.
    pub fn new(text: &'t str) -> Self {
        let mut pairs = Vec::new();
        let form = surrogate_form(text);
        if matches!(form, Cow::Owned(_)) {
            // Each byte from 0xf0 on begins a character that is four bytes longer there.
            let wide = text.bytes().enumerate().filter(|(_, byte)| *byte >= 0xf0);
            pairs.extend(wide.enumerate().map(|(before, (at, _))| at + 4 * before));
        }
        Self { form, pairs }
    }

    /// The text as expressions see it. All places that a [`Finder`] gives are bytes of this.
    pub fn text(&self) -> &str {
        &self.form
    }

    /// The place in the original text; within a character, its start.
    pub fn original(&self, place: usize) -> usize {
        let before = self.pairs.partition_point(|pair| *pair < place);
        // A pair takes eight bytes here and four there; half a pair has no place there.
        match before.checked_sub(1).and_then(|last| self.pairs.get(last)) {
            Some(pair) if place < pair + 8 => pair - 4 * (before - 1),
            _ => place - 4 * before,
        }
    }

    /// Where a place of the original text is in [`Haystack::text`].
    pub fn place(&self, original: usize) -> usize {
        // The places of the pairs there, from those here: each pair before took four bytes less.
        let (mut low, mut high) = (0, self.pairs.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            match self.pairs.get(middle) {
                Some(pair) if pair - 4 * middle < original => low = middle + 1,
                _ => high = middle,
            }
        }
        original + 4 * low
    }
}

/// A translated expression that finds places.
#[derive(Debug, Clone)]
pub struct Finder(regex::Regex);

impl Finder {
    /// Translates and compiles `/source/flags`; nothing when it has no exact translation or needs more than `size` bytes.
    pub fn new(source: &str, flags: &str, size: usize) -> Option<Self> {
        let translation = translate(source, flags).ok()?;
        regex::RegexBuilder::new(&translation.pattern).size_limit(size).build().ok().map(Self)
    }

    /// Whether there is a match in a [`Haystack::text`].
    pub fn finds(&self, text: &str) -> bool {
        self.0.is_match(text)
    }

    /// The first match at or after a place of [`Haystack::text`].
    pub fn find_at(&self, text: &str, from: usize) -> Option<Range<usize>> {
        if !text.is_char_boundary(from) {
            return None;
        }
        self.0.find_at(text, from).map(|found| found.range())
    }

    /// All matches from the start on that do not overlap.
    pub fn all<'r, 't: 'r>(&'r self, text: &'t str) -> impl Iterator<Item = Range<usize>> + 'r {
        self.0.find_iter(text).map(|found| found.range())
    }

    /// Whether it matches anywhere.
    pub fn is_match(&self, text: &str) -> bool {
        self.0.is_match(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_lead_back_to_the_text() {
        let text = "a😀é😀b";
        let haystack = Haystack::new(text);
        let finder = Finder::new("b|é", "", 1 << 20).unwrap();
        let places: Vec<_> = finder.all(haystack.text()).map(|found| haystack.original(found.start)).collect();
        assert_eq!(places, [text.find('é').unwrap(), text.find('b').unwrap()]);
        let low = Finder::new("\\uDE00", "", 1 << 20).unwrap();
        let found = low.find_at(haystack.text(), 0).unwrap();
        assert_eq!(haystack.original(found.start), 1, "half a character is at its start");
        assert_eq!(haystack.original(found.end), 5);
        assert_eq!(haystack.original(haystack.text().len()), text.len());
        for (at, _) in text.char_indices().chain([(text.len(), ' ')]) {
            assert_eq!(haystack.original(haystack.place(at)), at);
        }
    }

    #[test]
    fn too_large_expressions_are_not_compiled() {
        assert!(Finder::new("(?:[^]{100}){100}", "", 10_000).is_none());
        assert!(Finder::new("(?=a)", "", 10_000).is_none());
    }
}
