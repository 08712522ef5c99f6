//! What must not be there, and is.

use std::ops::Range;

use crate::explain::code::Code;
use crate::explain::excerpt::Label;
use crate::explain::pattern::case::{Case, Finding, code};

/// `found` is where, if that is known.
pub fn explain(case: &Case<'_>, found: Option<Range<usize>>) -> Finding {
    let name = case.origin.name();
    let Some(found) = found.filter(|found| !found.is_empty()) else {
        let headline = format!("{name} matches {}, and must not.", code(case.wanted));
        return Finding::new(Code::Unwanted, headline, Vec::new());
    };
    let text = case.haystack.text().get(found.clone()).unwrap_or_default();
    let headline = format!("There is {} in {name}, and the test wants that it is not there.", code(text));
    Finding::new(Code::Unwanted, headline, vec![Label::primary(found, "this must not be there")])
        .help("Remove it, or write it in another way.")
}
