//! Something that stands between two tokens where the test wants nothing.

use crate::explain::pattern::chain::{Hit, Slip};
use crate::explain::pattern::hunt::Hunt;
use crate::explain::pattern::relax::Relax;
use crate::explain::pattern::token::{Kind, Piece};

/// Longest text that stands in between.
const LONGEST: usize = 20;
/// Longest rest that is searched for behind it.
const LONGEST_REST: usize = 300;
/// In longer pieces, only the end of what matches is looked at.
const FEW_TOKENS: usize = 9;

/// Places of a piece with one such text in it.
pub fn hits(piece: &Piece, hunt: &Hunt<'_>) -> Vec<Hit> {
    let solid = piece.tokens.iter().filter(|token| !token.optional()).count();
    if solid < 2 || piece.weight() < 2 {
        return Vec::new();
    }
    let all: Vec<usize> = if piece.tokens.len() <= FEW_TOKENS {
        (1..piece.tokens.len()).collect()
    } else {
        furthest(piece, hunt).into_iter().collect()
    };
    all.into_iter().flat_map(|at| parted(piece, at, hunt)).collect()
}

/// How many tokens at the start of a piece stand anywhere.
fn furthest(piece: &Piece, hunt: &Hunt<'_>) -> Option<usize> {
    let (mut good, mut bad) = (0, piece.tokens.len());
    while good + 1 < bad {
        let middle = usize::midpoint(good, bad);
        let there = !hunt.relaxed(piece.tokens.get(..middle)?, Relax::Nothing).is_empty();
        if there { good = middle } else { bad = middle }
    }
    (good > 0).then_some(good)
}

/// Places where something stands before a token.
fn parted(piece: &Piece, at: usize, hunt: &Hunt<'_>) -> Vec<Hit> {
    let (Some(before), Some(after)) = (piece.tokens.get(..at), piece.tokens.get(at..)) else { return Vec::new() };
    let starts = hunt.relaxed(before, Relax::Nothing);
    let finder = (!starts.is_empty()).then(|| hunt.finder(after, Relax::Nothing)).flatten();
    let Some(finder) = finder else { return Vec::new() };
    starts
        .into_iter()
        .filter_map(|start| {
            let window = start.end..hunt.boundary((start.end + LONGEST + LONGEST_REST).min(hunt.text.len()));
            let found = finder.find_at(hunt.slice(&window), 0).filter(|found| found.start <= LONGEST)?;
            let extra = start.end..start.end + found.start;
            let text = hunt.slice(&extra);
            let thing = !text.trim().is_empty() && !text.contains(['\n', '\r']) && apart(piece, at, text);
            thing.then(|| Hit { place: start.start..start.end + found.end, slip: Some(Slip::Extra(extra)) })
        })
        .collect()
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
