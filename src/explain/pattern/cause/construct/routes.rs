//! `app.get('/a', ...)` and `app.route('/a').get(...)`.

use super::{Instead, exactly, first, is_dot, is_quote, missing, word};
use crate::explain::pattern::case::Look;
use crate::explain::pattern::token::{Kind, Token};

const VERBS: [&str; 7] = ["get", "post", "put", "patch", "delete", "all", "use"];

pub fn find(look: &Look<'_>) -> Option<Instead> {
    missing(look).find_map(|tokens| wants_verb(look, tokens)).or_else(|| wants_route(look))
}

fn wants_verb(look: &Look<'_>, tokens: &[Token]) -> Option<Instead> {
    let at = tokens.iter().position(|token| VERBS.iter().any(|verb| token.is_word(verb)))?;
    is_dot(tokens.get(at.checked_sub(1)?)).then_some(())?;
    let (verb, rest) = (&tokens.get(at)?.shown, tokens.get(at + 1..)?);
    let quote = rest.iter().position(is_quote).filter(|quote| *quote <= 3)?;
    let path = path(rest.get(quote + 1..)?)?;
    let expression = format!(r#"\.\s*route\(\s*['"`]{}['"`]\s*\)[^]*?\.\s*{verb}\b"#, exactly(path));
    let place = first(look.hunt, &expression)?;
    Some(Instead { place, found: "a chained route".to_owned(), wanted: format!("`.{verb}(` with the path in it") })
}

fn wants_route(look: &Look<'_>) -> Option<Instead> {
    let all: Vec<Token> = look.way.pieces.iter().flat_map(|piece| piece.tokens.iter().cloned()).collect();
    let route = word(&all, "route")?;
    let rest = all.get(route + 1..)?;
    let slash = rest.iter().position(|token| token.is("/"))?;
    let path = path(rest.get(slash..)?)?;
    let after = rest.get(slash + path.len()..)?;
    let verb = VERBS.iter().find(|verb| word(after, verb).is_some())?;
    let place = first(look.hunt, &format!(r#"\.\s*{verb}\(\s*['"`]{}['"`]"#, exactly(path)))?;
    Some(Instead { place, found: format!("a route in one call of `.{verb}(`"), wanted: "`.route(`".to_owned() })
}

/// The tokens of a path at the start of those.
fn path(tokens: &[Token]) -> Option<&[Token]> {
    let part = |token: &Token| token.kind == Kind::Word || ["/", ":", "-", ".", "?"].iter().any(|sign| token.is(sign));
    let length = tokens.iter().take_while(|token| part(token)).count();
    tokens.get(..length).filter(|path| path.first().is_some_and(|first| first.is("/")))
}
