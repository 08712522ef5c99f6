//! All pieces are there, but not in the order of the test.

use crate::explain::code::Code;
use crate::explain::excerpt::Label;
use crate::explain::pattern::case::{Finding, Look, code};
use crate::explain::pattern::chain::{Hit, longest};
use crate::explain::pattern::hunt::Hunt;
use crate::explain::pattern::token::{Gap, Kind, Piece, Reach, Way};

/// The rest of the test has to ask for so many letters; less is found in any text.
const LEAST: usize = 6;

/// A piece may be out of order alone only where it stands so near.
const NEAR_LINES: usize = 2;

/// Claimed only where the whole rest of the test is there: all of it before what it should follow, or only its first piece.
pub fn find(look: &Look<'_>) -> Option<Finding> {
    rest_before(look).or_else(|| one_before(look))
}

fn finding(look: &Look<'_>, last: &Hit, first: &Hit) -> Finding {
    let (one, other) = (look.hunt.slice(&first.place), look.hunt.slice(&last.place));
    let headline = format!("{} stands before {}; the test wants it to follow.", code(one), code(other));
    let labels = vec![
        Label::primary(last.place.clone(), "matched up to here"),
        Label::secondary(first.place.clone(), "this is wanted after that"),
    ];
    Finding::new(Code::WrongOrder, headline, labels).help("Change the order.")
}

/// The next piece stands right before what it should follow, and the others follow.
fn one_before(look: &Look<'_>) -> Option<Finding> {
    let matched = look.chain.links.len();
    let last = &look.chain.links.last()?.hit;
    let piece = look.way.pieces.get(matched)?;
    if piece.words() == 0 || look.way.pieces.len() < matched + 2 {
        return None;
    }
    let without = |at: &usize| *at != matched;
    let indices = (0..look.way.pieces.len()).filter(without);
    let way = Way {
        pieces: indices.clone().filter_map(|at| look.way.pieces.get(at).cloned()).collect(),
        gaps: indices.clone().filter_map(|at| look.way.gaps.get(at).cloned()).collect(),
    };
    let hits: Vec<Vec<Hit>> = indices.filter_map(|at| look.hits.get(at).cloned()).collect();
    let chain = longest(&way, &hits, look.hunt);
    if chain.links.len() < way.pieces.len() || chain.slips().next().is_some() {
        return None;
    }
    let line = look.hunt.line(last.place.start);
    let before = look
        .hits
        .get(matched)?
        .iter()
        .rev()
        .find(|hit| hit.place.end <= last.place.start && stands_alone(piece, hit, look.hunt))?;
    (line - look.hunt.line(before.place.start) <= NEAR_LINES).then(|| finding(look, last, before))
}

fn rest_before(look: &Look<'_>) -> Option<Finding> {
    let matched = look.chain.links.len();
    let pieces = look.way.pieces.get(matched..).filter(|rest| !rest.is_empty() && matched > 0)?;
    let last = look.chain.links.last()?;
    if pieces.iter().map(Piece::weight).sum::<usize>() < LEAST {
        return None;
    }
    let rest = Way { pieces: pieces.to_vec(), gaps: look.way.gaps.get(matched..)?.to_vec() };
    let same_line = matches!(rest.gaps.first(), Some(Gap { reach: Reach::Line, .. }));
    let line = look.hunt.line(last.hit.place.start);
    let hits: Vec<Vec<Hit>> = rest
        .pieces
        .iter()
        .zip(look.hits.get(matched..)?)
        .map(|(piece, hits)| {
            let before =
                hits.iter().filter(|hit| hit.place.end <= last.hit.place.start && stands_alone(piece, hit, look.hunt));
            before.filter(|hit| !same_line || look.hunt.line(hit.place.start) == line).cloned().collect()
        })
        .collect();
    let found = longest(&rest, &hits, look.hunt);
    let first =
        found.links.first().filter(|_| found.links.len() == rest.pieces.len() && found.slips().next().is_none())?;
    Some(finding(look, &last.hit, &first.hit))
}

/// Whether a place is no part of a longer word.
fn stands_alone(piece: &Piece, hit: &Hit, hunt: &Hunt<'_>) -> bool {
    let word = |character: Option<char>| character.is_some_and(|it| it.is_alphanumeric() || it == '_' || it == '$');
    let begins = piece.tokens.first().is_some_and(|token| token.kind == Kind::Word);
    let ends = piece.tokens.last().is_some_and(|token| token.kind == Kind::Word);
    let before = hunt.text.get(..hit.place.start).and_then(|text| text.chars().next_back());
    let after = hunt.text.get(hit.place.end..).and_then(|text| text.chars().next());
    !(begins && word(before) || ends && word(after))
}
