//! Finds tokens in a text, within a budget of work.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::ops::Range;

use super::relax::{Relax, flags, source};
use super::token::Token;
use crate::explain::excerpt::TextIndex;
use crate::port::regex::Finder;

/// Most expressions that are compiled for one explanation.
const MOST_COMPILED: usize = 80;
/// The same in a text of more than half a mebibyte, where each takes its time to search, too.
const MOST_COMPILED_FOR_LONG: usize = 24;
const LONG: usize = 512 * 1024;
/// Most memory of one of them.
const LARGEST: usize = 256 * 1024;
/// Most places of one piece.
const MOST_PLACES: usize = 400;
/// In a longer text, only this much of it is looked at more closely.
const FOCUS: usize = 96 * 1024;

/// Compiles expressions, each once, for all hunts of an explanation.
#[derive(Debug)]
pub(super) struct Compiler<'f> {
    flags: &'f str,
    left: Cell<usize>,
    /// Compiled before, by flags and source.
    known: RefCell<HashMap<(String, String), Option<Finder>>>,
}

impl<'f> Compiler<'f> {
    /// A compiler with the flags of the test's expression, for a text of that many bytes.
    pub fn new(flags: &'f str, length: usize) -> Self {
        let most = if length > LONG { MOST_COMPILED_FOR_LONG } else { MOST_COMPILED };
        Self { flags, left: Cell::new(most), known: RefCell::default() }
    }

    fn compile(&self, source: &str, flags: String) -> Option<Finder> {
        let key = (flags, source.to_owned());
        if let Some(known) = self.known.borrow().get(&key) {
            return known.clone();
        }
        self.left.set(self.left.get().checked_sub(1)?);
        let finder = Finder::new(source, &key.0, LARGEST);
        self.known.borrow_mut().insert(key, finder.clone());
        finder
    }
}

/// A text that is searched.
#[derive(Debug)]
pub(super) struct Hunt<'t> {
    /// The text, as expressions see it.
    pub text: &'t str,
    /// Its lines.
    pub index: &'t TextIndex<'t>,
    /// The part that is looked at more closely.
    pub focus: Range<usize>,
    compiler: &'t Compiler<'t>,
}

impl<'t> Hunt<'t> {
    /// A hunt in a text with that index.
    pub fn new(text: &'t str, index: &'t TextIndex<'t>, compiler: &'t Compiler<'t>) -> Self {
        let mut hunt = Self { text, index, focus: 0..text.len(), compiler };
        hunt.focus_on(0);
        hunt
    }

    /// Looks more closely at what is around a place, where the text is too long for all of it.
    pub fn focus_on(&mut self, place: usize) {
        if self.text.len() <= FOCUS {
            return;
        }
        let start = self.boundary(place.saturating_sub(FOCUS / 2));
        self.focus = start..self.boundary((start + FOCUS).min(self.text.len()));
    }

    /// The nearest start of a character at or before a place.
    pub fn boundary(&self, mut place: usize) -> usize {
        while !self.text.is_char_boundary(place) {
            place -= 1;
        }
        place
    }

    /// Compiles tokens; nothing when that is not possible or the budget is spent.
    pub fn finder(&self, tokens: &[Token], relax: Relax) -> Option<Finder> {
        self.compiler.compile(&source(tokens, relax), flags(self.compiler.flags, relax))
    }

    /// Compiles an expression of our own, with the test's flags.
    pub fn own(&self, source: &str) -> Option<Finder> {
        self.compiler.compile(source, flags(self.compiler.flags, Relax::Nothing))
    }

    /// Where tokens stand exactly, in the whole text.
    pub fn exact(&self, tokens: &[Token]) -> Vec<Range<usize>> {
        self.finder(tokens, Relax::Nothing)
            .map(|finder| finder.all(self.text).filter(|place| !place.is_empty()).take(MOST_PLACES).collect())
            .unwrap_or_default()
    }

    /// Where tokens stand if something is allowed, in the part that is looked at.
    pub fn relaxed(&self, tokens: &[Token], relax: Relax) -> Vec<Range<usize>> {
        self.finder(tokens, relax).map(|finder| self.places(&finder, MOST_PLACES)).unwrap_or_default()
    }

    /// Places in the part that is looked at.
    pub fn places(&self, finder: &Finder, most: usize) -> Vec<Range<usize>> {
        let start = self.focus.start;
        let part = self.slice(&self.focus);
        finder
            .all(part)
            .filter(|place| !place.is_empty())
            .take(most)
            .map(|place| place.start + start..place.end + start)
            .collect()
    }

    /// That part of the text.
    pub fn slice(&self, place: &Range<usize>) -> &'t str {
        self.text.get(place.clone()).unwrap_or_default()
    }

    /// How many tokens of a piece match exactly, one after the other, from the start of a place, and where they end.
    pub fn agreement(&self, tokens: &[Token], place: &Range<usize>) -> (usize, usize) {
        let (mut good, mut bad) = ((0, place.start), tokens.len() + 1);
        while good.0 + 1 < bad {
            let middle = usize::midpoint(good.0, bad);
            match self.starts(tokens.get(..middle).unwrap_or_default(), place) {
                Some(end) => good = (middle, end),
                None => bad = middle,
            }
        }
        good
    }

    /// Where tokens end that begin at the start of a place, and end within it.
    pub fn starts(&self, tokens: &[Token], place: &Range<usize>) -> Option<usize> {
        let finder = self.own(&format!("^(?:{})", source(tokens, Relax::Nothing)))?;
        finder.find_at(self.slice(place), 0).map(|found| place.start + found.end)
    }

    /// The line of a place, from 0.
    pub fn line(&self, place: usize) -> usize {
        self.index.line_at(place)
    }
}
