//! All pieces are there, but not in the order of the test.

use crate::explain::code::Code;
use crate::explain::excerpt::Label;
use crate::explain::pattern::case::{Finding, Look, code};
use crate::explain::pattern::chain::{Hit, longest};
use crate::explain::pattern::hunt::Hunt;
use crate::explain::pattern::token::{Gap, Kind, Piece, Reach, Way};

/// The rest of the test has to ask for so many letters; less is found in any text.
const LEAST: usize = 6;

/// Claimed only where the whole rest of the test stands before what it should follow.
pub fn find(look: &Look<'_>) -> Option<Finding> {
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
    let (one, other) = (look.hunt.slice(&first.hit.place), look.hunt.slice(&last.hit.place));
    let headline = format!("{} stands before {}; the test wants it to follow.", code(one), code(other));
    Some(
        Finding::new(
            Code::WrongOrder,
            headline,
            vec![
                Label::primary(last.hit.place.clone(), "matched up to here"),
                Label::secondary(first.hit.place.clone(), "this is wanted after that"),
            ],
        )
        .help("Change the order."),
    )
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
