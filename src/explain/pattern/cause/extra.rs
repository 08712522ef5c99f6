//! Something that stands between two tokens where the test wants nothing.

use std::ops::Range;

use crate::explain::pattern::chain::{Hit, Slip};
use crate::explain::pattern::hunt::Hunt;
use crate::explain::pattern::relax::Relax;
use crate::explain::pattern::token::{Kind, Piece};

/// How many places are looked at more closely.
const MOST: usize = 6;
/// Longest text that stands in between.
const LONGEST: usize = 20;

/// Places of a piece with one such text in it.
pub fn hits(piece: &Piece, hunt: &Hunt<'_>) -> Vec<Hit> {
    let solid = piece.tokens.iter().filter(|token| !token.optional()).count();
    if solid < 2 || piece.weight() < 2 {
        return Vec::new();
    }
    let Some(finder) = hunt.finder(&piece.tokens, Relax::Between) else { return Vec::new() };
    hunt.places(&finder, MOST)
        .into_iter()
        .filter_map(|place| {
            let extra = between(piece, &place, hunt)?;
            Some(Hit { place, slip: Some(Slip::Extra(extra)) })
        })
        .collect()
}

/// What stands in between, if it is at one place only.
fn between(piece: &Piece, place: &Range<usize>, hunt: &Hunt<'_>) -> Option<Range<usize>> {
    let (good, start) = hunt.agreement(&piece.tokens, place);
    let suffix = piece.tokens.get(good..).filter(|suffix| !suffix.is_empty())?;
    let finder = hunt.finder(suffix, Relax::Nothing)?;
    let found = finder.find_at(hunt.slice(&(start..place.end)), 0)?;
    let extra = start..start + found.start;
    let text = hunt.slice(&extra);
    let short = !extra.is_empty() && extra.len() <= LONGEST && good > 0 && start + found.end == place.end;
    (short && !text.trim().is_empty() && apart(piece, good, text)).then_some(extra)
}

/// Whether it is a thing of its own: letters next to letters make another name, words in a quoted text another text.
fn apart(piece: &Piece, good: usize, text: &str) -> bool {
    let kind = |at: Option<usize>| at.and_then(|at| piece.tokens.get(at)).map(|token| &token.kind);
    let (before, after) = (kind(good.checked_sub(1)), kind(Some(good)));
    let word = |character: Option<char>| character.is_some_and(|it| it.is_alphanumeric() || it == '_' || it == '$');
    let joins = (before == Some(&Kind::Word) && word(text.chars().next()))
        || (after == Some(&Kind::Word) && word(text.chars().next_back()));
    let quoted = matches!(before, Some(Kind::Quote { .. })) || matches!(after, Some(Kind::Quote { .. }));
    !(joins || quoted && text.contains(char::is_whitespace))
}
