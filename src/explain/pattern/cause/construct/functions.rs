//! `function (a) {}` and `a => {}`.

use super::{Instead, exactly, first, is_space, missing, word};
use crate::explain::pattern::case::Look;
use crate::explain::pattern::token::{Kind, Token, words};

const ARROW: &str = r"(?:async\s*)?(?:\([^()]*\)|[\w$]+)\s*=>";

pub fn find(look: &Look<'_>) -> Option<Instead> {
    missing(look).find_map(|tokens| wants_function(look, tokens).or_else(|| wants_arrow(look, tokens)))
}

fn wants_function(look: &Look<'_>, tokens: &[Token]) -> Option<Instead> {
    let at = word(tokens, "function")?;
    let (before, after) = (tokens.get(..at)?, tokens.get(at + 1..)?);
    let instead = |place| Instead { place, found: "an arrow function".to_owned(), wanted: "`function`".to_owned() };
    let mut after = after.iter().skip_while(|token| is_space(token));
    // `function name(`: there is a constant of that name.
    if let Some(name) = after.clone().next().filter(|token| token.kind == Kind::Word) {
        let expression =
            format!(r"\b{}\s*=\s*(?:{ARROW}|(?:async\s+)?function\b)", exactly(std::slice::from_ref(name)));
        return first(look.hunt, &expression)
            .map(|place| Instead { found: "a variable that holds a function".to_owned(), ..instead(place) });
    }
    if words(before) > 0 {
        let expression = format!(r"{}\s*{ARROW}", exactly(before));
        return first(look.hunt, &expression).map(instead);
    }
    let parameters: Vec<Token> = {
        let open = after.next().filter(|token| token.is("("))?.clone();
        let inside: Vec<Token> = after.take_while(|token| !token.is(")")).cloned().collect();
        [open].into_iter().chain(inside).collect()
    };
    (words(&parameters) > 0)
        .then(|| first(look.hunt, &format!(r"{}\s*\)\s*=>", exactly(&parameters))))
        .flatten()
        .map(instead)
}

fn wants_arrow(look: &Look<'_>, tokens: &[Token]) -> Option<Instead> {
    let arrow = tokens.windows(2).position(|pair| matches!(pair, [one, other] if one.is("=") && other.is(">")))?;
    let before = tokens.get(..arrow)?;
    let last = before.iter().rposition(|token| !is_space(token))?;
    let start = if before.get(last)?.is(")") { before.iter().rposition(|token| token.is("("))? } else { last };
    let before = before.get(..start).filter(|before| words(before) > 0)?;
    let place = first(look.hunt, &format!(r"{}\s*(?:async\s+)?function\b", exactly(before)))?;
    Some(Instead { place, found: "a `function`".to_owned(), wanted: "an arrow function (`=>`)".to_owned() })
}
