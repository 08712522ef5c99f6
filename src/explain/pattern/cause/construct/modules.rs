//! `require('a')` and `import a from 'a'`.

use super::{Instead, exactly, first, quoted, word};
use crate::explain::pattern::case::Look;
use crate::explain::pattern::token::{Kind, Token};

pub fn find(look: &Look<'_>) -> Option<Instead> {
    let wants = |name: &str| look.way.pieces.iter().any(|piece| word(&piece.tokens, name).is_some());
    let module = module(look)?;
    let module = exactly(&module);
    if wants("require") {
        let place = first(look.hunt, &format!(r#"\bimport\b[^;'"`]*?['"`](?:node:)?{module}['"`]"#))?;
        return Some(Instead { place, found: "an `import`".to_owned(), wanted: "`require`".to_owned() });
    }
    if wants("import") {
        let expression = format!(r#"\brequire\s*\(\s*['"`](?:node:)?{module}['"`]\s*\)"#);
        let place = first(look.hunt, &expression)?;
        return Some(Instead { place, found: "a `require`".to_owned(), wanted: "`import`".to_owned() });
    }
    None
}

/// The name of the module: the last text in quotes, or the last word.
fn module(look: &Look<'_>) -> Option<Vec<Token>> {
    let mut pieces = look.way.pieces.iter().rev().map(|piece| &piece.tokens);
    // The quotes may be in the piece before: `require.*"` and a gap.
    if let Some(inside) = pieces.clone().find_map(|tokens| quoted(tokens)) {
        return Some(inside.to_vec());
    }
    let last = pieces.next()?.iter().rfind(|token| token.kind == Kind::Word)?;
    (!last.is_word("require") && !last.is_word("import")).then(|| vec![last.clone()])
}
