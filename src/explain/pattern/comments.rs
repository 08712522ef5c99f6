//! A hint that passes only because of what stands in a comment.

use super::case::code;
use super::cause::comment::within;
use super::origin::{script_of, source_of};
use super::script::{Script, blanked, uncommented};
use super::searches::{Search, wanted};
use crate::explain::Subject;
use crate::explain::code::Code;
use crate::explain::excerpt::{Label, TextIndex};
use crate::explain::model::{Evidence, Explanation, Fault, Source};
use crate::fetch::decode_text;

/// Says so if one of the searches of a passed test finds something in a comment of the project, and nothing in its code.
/// What it says is no reason to change the outcome: the browser passes it too.
pub(in crate::explain) fn rests_on_comment(subject: &Subject<'_>) -> Option<Explanation> {
    let searches = wanted(subject.test);
    if searches.is_empty() {
        return None;
    }
    let bodies: Vec<_> = subject.result.exchanges.iter().map(|exchange| decode_text(&exchange.body)).collect();
    let scripts: Vec<Option<Script>> = subject
        .result
        .exchanges
        .iter()
        .zip(&bodies)
        .map(|(exchange, body)| {
            let may_hold = body.contains("//") || body.contains("/*");
            may_hold.then(|| script_of(exchange, body)).flatten().filter(|script| script.mistake.is_none())
        })
        .collect();
    if scripts.iter().flatten().all(|script| script.comments.is_empty()) {
        return None;
    }
    searches.iter().find_map(|search| {
        // Which answer the test searched is not known here: it has to be the only one in which there is something.
        let mut found = bodies.iter().enumerate().filter(|(_, body)| search.find(body).is_some());
        let (index, body) = found.next()?;
        if found.any(|(_, other)| other != body) {
            return None;
        }
        let source = source_of(subject.result.exchanges.get(index)?, index);
        explain(search, body, scripts.get(index)?.as_ref()?, source)
    })
}

fn explain(search: &Search, body: &str, script: &Script, source: Source) -> Option<Explanation> {
    if search.find(&blanked(body, &script.comments)).is_some() {
        return None;
    }
    let found = search.find(body)?;
    let touched = |place: &std::ops::Range<usize>| place.start < found.end && found.start < place.end;
    let comment = script.comments.iter().find(|comment| touched(&comment.place))?;
    let place = within(comment, &found, body, &uncommented(body, &script.comments))?;
    let index = TextIndex::new(body);
    let name = source.file.as_deref().unwrap_or(&source.name);
    let headline = format!(
        "It passes, but {} matches only inside a comment, {name}:{}.",
        code(&search.shown()),
        index.position(place.start).0
    );
    let excerpt = index.excerpt(source, &[Label::primary(place, "this is a comment")]);
    Some(Explanation {
        code: Code::CommentedOut,
        headline,
        evidence: vec![Evidence::Excerpt(excerpt), Evidence::Fact { label: "wanted".to_owned(), text: search.shown() }],
        help: Some("If the hint asks for code that runs, take the comment signs away.".to_owned()),
        fault: Fault::Project,
    })
}
