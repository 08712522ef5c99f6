//! How far the test matched, where no better cause is known: the beginning is there, or nothing is.

use std::ops::Range;

use crate::explain::code::Code;
use crate::explain::excerpt::Label;
use crate::explain::pattern::case::{Finding, Look, code, code_end};
use crate::explain::pattern::chain::{Hit, longest};
use crate::explain::pattern::relax::Relax;
use crate::explain::pattern::token::{Kind, Piece, Token, Way, shown, words};

/// A part of a piece that stands where the chain goes on.
struct Part {
    tokens: usize,
    place: Range<usize>,
}

pub fn find(look: &Look<'_>, name: &str) -> Finding {
    let matched = look.chain.links.len();
    let Some(piece) = look.way.pieces.get(matched) else { return unclear(look, name) };
    let part = part(look, matched, piece);
    let partial = part.as_ref().map_or(0, |part| part.tokens);
    let done = piece.tokens.get(..partial).unwrap_or_default();
    let rest = piece.tokens.get(partial..).unwrap_or_default();
    let before: usize = look.way.pieces.iter().take(matched).map(Piece::words).sum();
    // One name alone may stand there for any reason; a name and what it is given to is a beginning.
    let telling = if done.is_empty() {
        matched > 0 && look.way.pieces.iter().take(matched).any(|piece| piece.words() > 0 && opens(&piece.tokens))
    } else {
        opens(done)
    };
    let beginning = before + words(done) >= 2 || (before + words(done) == 1 && telling);
    if beginning { incomplete(look, matched, part, rest) } else { absent(look, matched, piece, name) }
}

/// Whether tokens end with something that opens what is wanted next: `a:`, `a(`, `a {`, but not `a.`.
fn opens(tokens: &[Token]) -> bool {
    let last = tokens.iter().rev().find(|token| !token.optional());
    last.is_some_and(|token| match token.kind {
        Kind::Punctuation => token.shown != ".",
        Kind::Quote { .. } => true,
        _ => false,
    })
}

/// The longest beginning of a piece that stands behind the chain.
fn part(look: &Look<'_>, matched: usize, piece: &Piece) -> Option<Part> {
    let (mut good, mut bad) = (None, piece.tokens.len());
    let mut low = 0;
    while low + 1 < bad {
        let middle = usize::midpoint(low, bad);
        let tokens = piece.tokens.get(..middle)?;
        match reached(look, matched, tokens) {
            Some(place) => (low, good) = (middle, Some(Part { tokens: middle, place })),
            None => bad = middle,
        }
    }
    good.filter(|part| words(piece.tokens.get(..part.tokens).unwrap_or_default()) > 0)
}

/// Where the chain goes on to if that is all of the next piece.
fn reached(look: &Look<'_>, matched: usize, tokens: &[Token]) -> Option<Range<usize>> {
    let pieces = look.way.pieces.iter().take(matched).cloned().chain([Piece { tokens: tokens.to_vec() }]).collect();
    let way = Way { pieces, gaps: look.way.gaps.iter().take(matched + 1).cloned().collect() };
    let next = look.hunt.relaxed(tokens, Relax::Nothing).into_iter().map(|place| Hit { place, slip: None }).collect();
    let hits: Vec<Vec<Hit>> = look.hits.iter().take(matched).cloned().chain([next]).collect();
    let chain = longest(&way, &hits, look.hunt);
    let exact = chain.links.len() == matched + 1 && chain.slips().next().is_none();
    chain.links.last().filter(|_| exact).map(|link| link.hit.place.clone())
}

fn incomplete(look: &Look<'_>, matched: usize, part: Option<Part>, rest: &[Token]) -> Finding {
    let before = look.chain.links.last().map(|link| link.hit.place.clone());
    let place = part.map(|part| part.place).or(before).unwrap_or(0..0);
    let wanted = shown(rest);
    let there = look.hunt.slice(&place);
    let next = next_word(look, place.end);
    let value = rest.iter().find(|token| !token.optional()).is_some_and(|token| token.kind == Kind::Word);
    let headline = match &next {
        Some(next) if value && matched + 1 == look.way.pieces.len() => format!(
            "{} is followed by {}; the test wants {}.",
            code_end(there),
            code(look.hunt.slice(next)),
            code(&wanted)
        ),
        _ if rest.iter().all(|token| token.optional() || matches!(token.kind, Kind::Quote { .. })) => {
            format!("{} is there, but no text in quotes follows.", code_end(there))
        }
        _ => format!("{} is there, but {} does not follow.", code_end(there), code(&wanted)),
    };
    let mut labels = vec![Label::primary(place.clone(), "matched up to here")];
    if let Some(hit) = elsewhere(look, matched, place.end) {
        labels.push(Label::secondary(hit.place.clone(), "this is wanted, but elsewhere"));
    }
    Finding::new(Code::Incomplete, headline, labels)
}

/// Where the next piece stands, nearest to where it should.
fn elsewhere<'l>(look: &'l Look<'_>, matched: usize, at: usize) -> Option<&'l Hit> {
    look.hits.get(matched)?.iter().min_by_key(|hit| hit.place.start.abs_diff(at))
}

/// The word right behind a place, on its line.
fn next_word(look: &Look<'_>, at: usize) -> Option<Range<usize>> {
    let rest = look.hunt.text.get(at..)?;
    let line = rest.split(['\n', '\r']).next()?;
    let start = line.len() - line.trim_start().len();
    let word = line.get(start..)?;
    let end = word.find(|it: char| !it.is_alphanumeric() && it != '_' && it != '$').unwrap_or(word.len());
    (end > 0 && end <= 40).then_some(at + start..at + start + end)
}

fn absent(look: &Look<'_>, matched: usize, piece: &Piece, name: &str) -> Finding {
    let wanted = code(&piece.shown());
    if look.hunt.text.trim().is_empty() {
        return Finding::new(Code::Absent, format!("{name} is empty; the test looks for {wanted}."), Vec::new());
    }
    match (elsewhere(look, matched, look.chain.end()), look.chain.links.last()) {
        (Some(hit), Some(last)) => {
            let before = look.hunt.slice(&last.hit.place);
            let headline = format!("There is no {wanted} after {} in {name}.", code_end(before));
            Finding::new(
                Code::Absent,
                headline,
                vec![Label::primary(hit.place.clone(), "this is wanted, but elsewhere")],
            )
        }
        _ => Finding::new(Code::Absent, format!("There is no {wanted} anywhere in {name}."), Vec::new()),
    }
}

/// All pieces are there, but the test's expression asks for more than pieces.
fn unclear(look: &Look<'_>, name: &str) -> Finding {
    let labels = look.chain.links.last().map(|link| Label::primary(link.hit.place.clone(), "matched up to here"));
    let headline = format!("All parts that the test looks for are in {name}, but not together as it wants them.");
    Finding::new(Code::Incomplete, headline, labels.into_iter().collect())
}
