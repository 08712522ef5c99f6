//! `a.b`, `a['b']` and `const { b } = a`.

use super::{Instead, exactly, first, is_dot, is_quote, missing};
use crate::explain::pattern::case::Look;
use crate::explain::pattern::token::{Kind, Token};

pub fn find(look: &Look<'_>) -> Option<Instead> {
    missing(look).find_map(|tokens| wants_dot(look, tokens).or_else(|| wants_brackets(look, tokens)))
}

fn wants_dot(look: &Look<'_>, tokens: &[Token]) -> Option<Instead> {
    let at = (1..tokens.len())
        .rev()
        .find(|at| tokens.get(*at).is_some_and(|token| token.kind == Kind::Word) && is_dot(tokens.get(at - 1)))?;
    let owner = owner(tokens.get(..at - 1)?)?;
    let name = exactly(tokens.get(at..=at)?);
    let wanted = format!("`.{}`", tokens.get(at)?.shown);
    if let Some(place) = first(look.hunt, &format!(r#"{owner}\s*\[\s*['"`]{name}['"`]\s*\]"#)) {
        return Some(Instead { place, found: "in brackets".to_owned(), wanted });
    }
    let place = first(look.hunt, &format!(r"\{{[^{{}}]*\b{name}\b[^{{}}]*\}}\s*=\s*{owner}\b"))?;
    Some(Instead { place, found: "a destructuring".to_owned(), wanted })
}

fn wants_brackets(look: &Look<'_>, tokens: &[Token]) -> Option<Instead> {
    let open = tokens.iter().position(|token| token.is("["))?;
    let owner = owner(tokens.get(..open)?)?;
    let rest = tokens.get(open + 1..)?;
    let name = match rest {
        [quote, name, ..] if is_quote(quote) && name.kind == Kind::Word => name,
        _ => return None,
    };
    let place = first(look.hunt, &format!(r"{owner}\s*\.\s*{}\b", exactly(std::slice::from_ref(name))))?;
    Some(Instead { place, found: "written with a dot".to_owned(), wanted: format!("`['{}']`", name.shown) })
}

/// What a member belongs to, back to the last token that is no name: `process.env` of `secret: process.env`.
fn owner(tokens: &[Token]) -> Option<String> {
    let start =
        tokens.iter().rposition(|token| token.kind != Kind::Word && !is_dot(Some(token))).map_or(0, |at| at + 1);
    let own = tokens.get(start..).filter(|own| own.iter().any(|token| token.kind == Kind::Word))?;
    Some(format!(r"\b{}", exactly(own)))
}
