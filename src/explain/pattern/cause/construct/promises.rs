//! `a().then(...)` and `await a()`.

use super::{Instead, exactly, first, is_dot, is_space, word};
use crate::explain::pattern::case::Look;
use crate::explain::pattern::token::{Token, words};

pub fn find(look: &Look<'_>) -> Option<Instead> {
    let matched = look.chain.links.len();
    let missing = look.way.pieces.iter().enumerate().skip(matched);
    missing.into_iter().find_map(|(index, piece)| {
        let before = index.checked_sub(1).and_then(|before| look.way.pieces.get(before)).map(|piece| &piece.tokens[..]);
        wants_then(look, &piece.tokens, before.unwrap_or_default()).or_else(|| wants_await(look, &piece.tokens))
    })
}

fn wants_then(look: &Look<'_>, tokens: &[Token], before: &[Token]) -> Option<Instead> {
    let at = word(tokens, "then")?;
    is_dot(tokens.get(at.checked_sub(1)?)).then_some(())?;
    let own = tokens.get(..at - 1)?;
    let call = if words(own) > 0 { own } else { before };
    let call = trimmed(call).filter(|call| words(call) > 0)?;
    let place = first(look.hunt, &format!(r"\bawait\s[^;\n]*?{}", exactly(call)))?;
    Some(Instead { place, found: "awaited".to_owned(), wanted: "`.then(`".to_owned() })
}

fn wants_await(look: &Look<'_>, tokens: &[Token]) -> Option<Instead> {
    let at = word(tokens, "await")?;
    let rest = tokens.get(at + 1..)?;
    let call = trimmed(rest).filter(|call| words(call) > 0)?;
    let place = first(look.hunt, &format!(r"{}[^;]*?\.\s*then\(", exactly(call)))?;
    Some(Instead { place, found: "a promise with `.then(`".to_owned(), wanted: "`await`".to_owned() })
}

fn trimmed(tokens: &[Token]) -> Option<&[Token]> {
    let start = tokens.iter().position(|token| !is_space(token))?;
    let end = tokens.iter().rposition(|token| !is_space(token))?;
    tokens.get(start..=end)
}
