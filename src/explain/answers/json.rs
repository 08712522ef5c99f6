//! JSON was wanted, and the answer is something else.

use super::looked::Looked;
use crate::explain::answer::Answer;
use crate::explain::code::Code;
use crate::explain::excerpt::Label;
use crate::explain::html;
use crate::explain::model::Explanation;
use crate::verdict::{Failure, FailureKind, Value};

pub fn explain(failure: &Failure, answer: &Answer<'_>, looked: &Looked) -> Option<Explanation> {
    match looked {
        Looked::Json => Some(no_json(answer)),
        Looked::Text if empty_search(failure) && answer.is_empty() => Some(empty(answer)),
        Looked::Value => value(failure, answer),
        // `Cannot read properties of undefined`, because a page was taken for data.
        Looked::Gave(_) if type_error(failure) && answer.is_page() && wants_json(answer) => Some(page(answer)),
        _ => None,
    }
}

fn empty_search(failure: &Failure) -> bool {
    failure.assertion.as_ref().and_then(|facts| facts.text.as_ref()).is_some_and(|text| text.text.trim().is_empty())
}

fn type_error(failure: &Failure) -> bool {
    matches!(&failure.kind, FailureKind::Thrown { name } if name == "TypeError")
}

fn wants_json(answer: &Answer<'_>) -> bool {
    answer.exchange.url.path().contains("/api")
}

fn no_json(answer: &Answer<'_>) -> Explanation {
    if answer.is_empty() {
        return empty(answer);
    }
    if answer.is_page() {
        return page(answer);
    }
    invalid(answer)
}

fn empty(answer: &Answer<'_>) -> Explanation {
    let asked = answer.asked();
    let status = answer.status();
    let help = if status == Some(204) {
        "status 204 means that there is no body: answer with 200 and the data"
    } else {
        "look whether the handler sends something in every case: res.json(...) or res.send(...)"
    };
    Explanation::new(Code::EmptyBody, format!("The answer to {asked} is empty"))
        .maybe_fact("status", status.map(super::looked::status_text))
        .help(help)
}

fn page(answer: &Answer<'_>) -> Explanation {
    let asked = answer.asked();
    let title = html::title(&answer.text);
    let first = html::lines(&answer.text, 1).into_iter().next();
    let told = title.as_ref().map(|title| format!(" (\"{title}\")")).unwrap_or_default();
    Explanation::new(Code::HtmlForJson, format!("{asked} answers with a page{told} where the test wants JSON"))
        .maybe_fact("page", first.filter(|line| title.as_ref() != Some(line)))
        .maybe_fact("type", answer.content_type())
        .help("send the data with res.json(...); if the page is the front page, the route stands behind a handler of all paths")
}

fn invalid(answer: &Answer<'_>) -> Explanation {
    let asked = answer.asked();
    let (at, what) = fault(&answer.text);
    let excerpt = answer.excerpt(&[Label::primary(at..next(&answer.text, at), what.clone())]);
    let (line, column) = excerpt.marks.first().map_or((1, 1), |mark| (mark.line, mark.column));
    let headline = format!("The answer to {asked} is no valid JSON: {what}, line {line} column {column}");
    let help = if answer.exchange.url.path().ends_with("package.json") {
        "mend package.json there; `npm install` complains about the same place"
    } else {
        "do not write JSON by hand: res.json(object) does it"
    };
    Explanation::new(Code::InvalidJson, headline).excerpt(Some(excerpt)).help(help)
}

/// The byte where a text stops being JSON, and what is wrong there.
fn fault(text: &str) -> (usize, String) {
    let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(text) else {
        return (0, "it cannot be read".to_owned());
    };
    let line_start: usize = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    let mut at = (line_start + error.column().saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default();
    let rest = text.get(at..).unwrap_or_default();
    let before = text.get(..at).unwrap_or_default().trim_end();
    let what = match rest.chars().next() {
        _ if message.contains("EOF") => "it ends too early",
        Some('\'' | '‘' | '’') => "a text has to stand in double quotes",
        Some('“' | '”') => "a typographic quote, where a plain double quote has to stand",
        Some('/') => "JSON has no comments",
        Some('}' | ']') if before.ends_with(',') => "a comma before the closing bracket",
        _ if message.contains("trailing comma") => "a comma before the closing bracket",
        _ if message.contains("trailing characters") => "something follows after the end",
        _ if message.contains("key must be a string") => "a key has to stand in double quotes",
        _ if message.contains("expected `,`") => "a comma is missing before this",
        _ if message.contains("expected `:`") => "a colon is missing before this",
        _ if message.contains("control character") => "a line break or a tab within a text",
        _ if message.contains("invalid escape") => "a backslash that means nothing",
        _ if message.contains("expected ident") || message.contains("expected value") => {
            "no JSON value begins like this"
        }
        _ if message.contains("invalid number") => "no valid number",
        _ => "it cannot be read from here on",
    };
    (at, what.to_owned())
}

fn next(text: &str, at: usize) -> usize {
    text.get(at..)
        .and_then(|rest| rest.chars().next())
        .filter(|c| !matches!(c, '\n' | '\r'))
        .map_or(at, |c| at + c.len_utf8())
}

/// jQuery hands over a text where the answer does not say that it is JSON.
fn value(failure: &Failure, answer: &Answer<'_>) -> Option<Explanation> {
    let facts = failure.assertion.as_ref()?;
    let Some(Value::String(got)) = &facts.actual else { return None };
    let wants_data = matches!(
        facts.name.as_str(),
        "property"
            | "propertyVal"
            | "deepPropertyVal"
            | "nestedProperty"
            | "isArray"
            | "isObject"
            | "hasAllKeys"
            | "hasAnyKeys"
            | "containsAllKeys"
    );
    if !wants_data || **got != *answer.text {
        return None;
    }
    if answer.is_page() {
        return Some(page(answer));
    }
    if answer.is_empty() {
        return Some(empty(answer));
    }
    let kind = answer.content_type().unwrap_or_else(|| "nothing".to_owned());
    if kind.contains("json") || !matches!(answer.json(), Some(Value::Object(_) | Value::Array(_))) {
        return None;
    }
    Some(
        Explanation::new(
            Code::MislabelledJson,
            format!("The answer to {} is JSON, but says that it is {kind}, so the test gets a text", answer.asked()),
        )
        .fact("answer", crate::explain::show::line(&answer.text, 200))
        .help("send it with res.json(...), which sets Content-Type: application/json"),
    )
}
