//! The same thing written in another way than the test knows: one file for each pair of ways.

mod exports;
mod functions;
mod members;
mod modules;
mod promises;
mod routes;
mod texts;

use std::ops::Range;

use crate::explain::code::Code;
use crate::explain::excerpt::Label;
use crate::explain::pattern::case::{Finding, Look, code};
use crate::explain::pattern::hunt::Hunt;
use crate::explain::pattern::relax::{Relax, source};
use crate::explain::pattern::token::{Kind, Token};

/// What is found instead.
struct Instead {
    /// Where.
    place: Range<usize>,
    /// What it is, as a noun: `an arrow function`.
    found: String,
    /// What the test looks for.
    wanted: String,
}

/// The first of the pairs of which one side is wanted and the other is there.
pub fn find(look: &Look<'_>) -> Option<Finding> {
    let pairs =
        [modules::find, exports::find, routes::find, functions::find, members::find, promises::find, texts::find];
    let instead = pairs.iter().find_map(|pair| pair(look))?;
    let text = look.hunt.slice(&instead.place);
    let headline = format!("{} is {}; the test looks for {}.", code(text), instead.found, instead.wanted);
    Some(
        Finding::new(Code::AnotherConstruct, headline, vec![Label::primary(instead.place, instead.found)])
            .help(format!("It may do the same, but the test knows only {}.", instead.wanted)),
    )
}

/// The tokens of all pieces from the first that did not match exactly.
fn missing<'l>(look: &'l Look<'_>) -> impl Iterator<Item = &'l [Token]> {
    look.way.pieces.iter().skip(look.chain.links.len()).map(|piece| &piece.tokens[..])
}

/// Longest place of another construct: what its parts stand further apart from is something else.
const LONGEST: usize = 600;

/// Where an expression of our own matches, in the part that is looked at.
fn first(hunt: &Hunt<'_>, expression: &str) -> Option<Range<usize>> {
    let finder = hunt.own(expression)?;
    hunt.places(&finder, 8).into_iter().find(|place| place.len() <= LONGEST)
}

/// Source of tokens, as the test has them.
fn exactly(tokens: &[Token]) -> String {
    source(tokens, Relax::Nothing)
}

/// Where a word stands among tokens.
fn word(tokens: &[Token], word: &str) -> Option<usize> {
    tokens.iter().position(|token| token.is_word(word))
}

/// Whether there is a dot, escaped or not.
fn is_dot(token: Option<&Token>) -> bool {
    token.is_some_and(|token| token.kind == Kind::Any || token.is("."))
}

fn is_quote(token: &Token) -> bool {
    matches!(token.kind, Kind::Quote { .. })
}

fn is_space(token: &Token) -> bool {
    matches!(token.kind, Kind::Space { .. })
}

/// The tokens between a quote and the next one, or the end.
fn quoted(tokens: &[Token]) -> Option<&[Token]> {
    let open = tokens.iter().position(is_quote)?;
    let rest = tokens.get(open + 1..)?;
    let end = rest.iter().position(is_quote).unwrap_or(rest.len());
    rest.get(..end).filter(|inside| inside.iter().any(|token| token.kind == Kind::Word))
}
