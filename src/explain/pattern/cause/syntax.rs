//! A file of the project that is no JavaScript: nothing else can be said before that.

use crate::explain::code::Code;
use crate::explain::excerpt::{Label, TextIndex};
use crate::explain::model::{Evidence, Explanation, Fault};
use crate::explain::pattern::origin::Origin;
use crate::explain::pattern::script::Mistake;

pub fn explain(origin: &Origin<'_>, mistake: &Mistake) -> Explanation {
    let index = TextIndex::new(&origin.shown);
    let message = mistake.message.trim_end_matches('.');
    let (headline, labels) = if let Some(open) = mistake.open {
        let bracket = origin.shown.get(open..).and_then(|rest| rest.chars().next()).unwrap_or('{');
        let line = index.position(open).0;
        (
            format!(
                "{} ends before the `{bracket}` of line {line} is closed, so it is no valid JavaScript.",
                origin.name()
            ),
            vec![
                Label::primary(open..open + bracket.len_utf8(), "nothing closes this"),
                Label::secondary(origin.shown.trim_end().len()..origin.shown.trim_end().len(), "the file ends here"),
            ],
        )
    } else {
        let line = index.position(mistake.place.start).0;
        (
            format!("{} is no valid JavaScript; line {line}: {message}.", origin.name()),
            vec![Label::primary(mistake.place.clone(), message)],
        )
    };
    Explanation {
        code: Code::SourceSyntax,
        headline,
        evidence: vec![Evidence::Excerpt(index.excerpt(origin.source.clone(), &labels))],
        help: Some("Put this right first: Node cannot run the file as it is.".to_owned()),
        fault: Fault::Project,
    }
}
