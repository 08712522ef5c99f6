//! `module.exports = a` and `export default a`.

use super::{Instead, first, word};
use crate::explain::pattern::case::Look;

pub fn find(look: &Look<'_>) -> Option<Instead> {
    let wants = |name: &str| super::missing(look).any(|tokens| word(tokens, name).is_some());
    if wants("exports") {
        let place = first(look.hunt, r"\bexport\s+(?:default\b|const\b|let\b|function\b|class\b|async\b|\{)")?;
        return Some(Instead { place, found: "an `export`".to_owned(), wanted: "`module.exports`".to_owned() });
    }
    if wants("export") {
        let place = first(look.hunt, r"\b(?:module\s*\.\s*)?exports\b\s*[.=]")?;
        return Some(Instead { place, found: "`module.exports`".to_owned(), wanted: "`export`".to_owned() });
    }
    None
}
