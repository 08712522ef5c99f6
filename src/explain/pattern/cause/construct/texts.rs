//! `'a ' + b` and `` `a ${b}` ``.

use super::{Instead, exactly, first, is_quote, is_space, missing, quoted};
use crate::explain::pattern::case::Look;
use crate::explain::pattern::token::Token;

pub fn find(look: &Look<'_>) -> Option<Instead> {
    missing(look).find_map(|tokens| wants_sum(look, tokens).or_else(|| wants_template(look, tokens)))
}

fn wants_sum(look: &Look<'_>, tokens: &[Token]) -> Option<Instead> {
    let inside = quoted(tokens)?;
    let close = tokens.iter().rposition(is_quote)?;
    let next = tokens.get(close + 1..)?.iter().find(|token| !is_space(token))?;
    next.is("+").then_some(())?;
    let place = first(look.hunt, &format!(r"`[^`]*?{}[^`]*?\$\{{[^`]*?`", exactly(inside)))?;
    Some(Instead { place, found: "a template".to_owned(), wanted: "a sum of texts (`+`)".to_owned() })
}

fn wants_template(look: &Look<'_>, tokens: &[Token]) -> Option<Instead> {
    let tick = tokens.iter().position(|token| is_quote(token) && token.shown.contains('`'))?;
    let rest = tokens.get(tick + 1..)?;
    let end = rest.iter().position(|token| token.shown == "$" || is_quote(token))?;
    rest.get(end)?.shown.starts_with('$').then_some(())?;
    let inside = rest.get(..end).filter(|inside| !inside.is_empty())?;
    let place = first(look.hunt, &format!(r#"['"]{}['"]\s*\+"#, exactly(inside)))?;
    Some(Instead { place, found: "a sum of texts".to_owned(), wanted: "a template".to_owned() })
}
