//! What would be found if a comment were code.

use std::ops::Range;

use crate::explain::code::Code;
use crate::explain::excerpt::Label;
use crate::explain::pattern::case::{Case, Finding, code};
use crate::explain::pattern::script::{Comment, uncommented};
use crate::port::regex::{Finder, Haystack};

/// A miss that would be a match.
pub fn explain(case: &Case<'_>, exact: &Finder) -> Option<Finding> {
    let script = case.origin.script.as_ref().filter(|script| !script.comments.is_empty())?;
    let shown = &case.origin.shown;
    let opened = uncommented(shown, &script.comments);
    // Searched as it is where the test takes comments away, and with its comments as code where it does not.
    let text = if case.origin.without_comments { shown.as_ref() } else { &opened };
    let haystack = Haystack::new(text);
    let found = exact.find_at(haystack.text(), 0)?;
    let found = haystack.original(found.start)..haystack.original(found.end);
    let comment = script.comments.iter().find(|comment| overlap(&comment.place, &found).is_some())?;
    let place = within(comment, &found, shown, &opened)?;
    let own = opened.get(place.clone()).unwrap_or_default().trim();
    let headline = format!("{} is only in a comment; as code it would be found.", code(own));
    // Both texts are equally long wherever there are comments to look at.
    let mark = (case.origin.searched.len() == shown.len())
        .then(|| case.haystack.place(place.start)..case.haystack.place(place.end))?;
    Some(
        Finding::new(Code::CommentedOut, headline, vec![Label::primary(mark, "this is a comment")])
            .help("Take the comment signs away, if this is meant to run."),
    )
}

/// The part of a match that is a comment's: its first line with something on it.
pub fn within(comment: &Comment, found: &Range<usize>, shown: &str, opened: &str) -> Option<Range<usize>> {
    let part = overlap(&comment.place, found)?;
    let text = opened.get(part.clone())?;
    let start = part.start + (text.len() - text.trim_start().len());
    let line = shown.get(start..part.end)?.split(['\n', '\r']).next()?;
    let end = start + line.trim_end().len();
    Some(if end > start { start..end } else { part })
}

fn overlap(one: &Range<usize>, other: &Range<usize>) -> Option<Range<usize>> {
    let both = one.start.max(other.start)..one.end.min(other.end);
    (!both.is_empty()).then_some(both)
}
