//! Tests that threw: they could not work with the answer, or gave up with a message.

use super::missing::missing;
use super::named::deepest;
use crate::explain::answer::Answer;
use crate::explain::code::Code;
use crate::explain::json_text::path_text;
use crate::explain::model::{Explanation, Fault};
use crate::explain::show;
use crate::explain::source_text::{Chain, chain, chains_reading};
use crate::explain::subject::Subject;
use crate::verdict::{Failure, FailureKind, Value};

pub fn explain(subject: &Subject<'_>, failure: &Failure) -> Option<Explanation> {
    let FailureKind::Thrown { name } = &failure.kind else { return None };
    let answer = Answer::of(subject, failure);
    if name == "TypeError" {
        return Some(type_error(subject, failure, answer.as_ref()));
    }
    if name == "ReferenceError" {
        return Some(
            Explanation::new(
                Code::TestCannotPass,
                format!("The test uses a name that does not exist: {}", show::line(&failure.message, 200)),
            )
            .fault(Fault::Test)
            .help("the project is not at fault; tell whoever maintains the challenge"),
        );
    }
    Some(gave_up(name, failure, answer.as_ref()))
}

fn gave_up(name: &str, failure: &Failure, answer: Option<&Answer<'_>>) -> Explanation {
    let message = show::line(&failure.message, 200);
    let says = answer.and_then(Answer::says);
    let headline = match (name, message.is_empty()) {
        (_, false) if name == "Error" || name.is_empty() => format!("The test gave up: {message}"),
        ("" | "Error", true) => "The test gave up without a message".to_owned(),
        (_, true) => format!("The test gave up: {}", show::line(name, 60)),
        (_, false) => format!("The test gave up: {}: {message}", show::line(name, 60)),
    };
    let repeated = says.as_deref().is_some_and(|says| says == message);
    Explanation::new(Code::AuthorMessage, headline)
        .maybe_fact("asked", answer.map(Answer::asked))
        .maybe_fact("answer", says.filter(|_| !repeated))
        .help("compare the answer with what the hint asks for")
}

fn type_error(subject: &Subject<'_>, failure: &Failure, answer: Option<&Answer<'_>>) -> Explanation {
    let message = failure.message.as_str();
    if let Some((base, key)) = reading(message) {
        return undefined(subject, answer, base, key, message);
    }
    if let Some(callee) = message.strip_suffix(" is not a function").and_then(chain) {
        return no_function(answer, &callee, message);
    }
    if let Some(subject) = message.strip_suffix(" is not iterable") {
        return no_list(answer, subject, message);
    }
    other(answer, message)
}

/// `Cannot read properties of undefined (reading 'x')`: `undefined` and `x`.
fn reading(message: &str) -> Option<(&'static str, &str)> {
    let rest = message.strip_prefix("Cannot read properties of ")?;
    let (base, rest) = match rest.strip_prefix("undefined") {
        Some(rest) => ("undefined", rest),
        None => ("null", rest.strip_prefix("null")?),
    };
    let key = rest.strip_prefix(" (reading '")?.strip_suffix("')")?;
    Some((base, key))
}

fn undefined(subject: &Subject<'_>, answer: Option<&Answer<'_>>, base: &str, key: &str, message: &str) -> Explanation {
    let Some(answer) = answer else { return other(None, message) };
    let Some(document) = answer.json() else { return other(Some(answer), message) };
    // Which chain of the test was it: one that ends where the answer has nothing.
    let culprits: Vec<Chain> = chains_reading(subject.test, key)
        .filter(|chain| !chain.keys.is_empty())
        .filter(|chain| {
            let (inner, depth) = deepest(document, &chain.keys);
            if base == "null" {
                depth == chain.keys.len() && *inner == Value::Null
            } else {
                depth + 1 == chain.keys.len()
            }
        })
        .collect();
    let Some(culprit) = culprits.first().filter(|first| culprits.iter().all(|other| other.keys == first.keys)) else {
        return other(Some(answer), message);
    };
    let (inner, depth) = deepest(document, &culprit.keys);
    let path = culprit.keys.get(..depth).unwrap_or_default();
    let lacking = culprit.keys.get(depth).map_or(key, String::as_str);
    let inner_explained = missing(Some(answer), Some(path), Some(inner), lacking);
    let read = format!(
        "the test reads `{}.{key}`",
        path_text(&[std::slice::from_ref(&culprit.root), culprit.keys.as_slice()].concat())
    );
    let mut explanation = Explanation::new(Code::ThrewOnAnswer, inner_explained.headline);
    explanation.evidence = inner_explained.evidence;
    explanation.fact("because", show::line(&read, 160)).maybe_help(inner_explained.help)
}

fn no_function(answer: Option<&Answer<'_>>, callee: &Chain, message: &str) -> Explanation {
    let Some((method, keys)) = callee.keys.split_last() else { return other(answer, message) };
    let Some((answer, document)) = answer.and_then(|answer| Some((answer, answer.json()?))) else {
        return other(answer, message);
    };
    let (value, depth) = deepest(document, keys);
    if depth < keys.len() {
        return other(Some(answer), message);
    }
    let wanted = match method.as_str() {
        "map" | "filter" | "find" | "forEach" | "some" | "every" | "reduce" | "findIndex" | "push" | "join"
        | "sort" | "flat" => "an array",
        "toLowerCase" | "toUpperCase" | "trim" | "split" | "match" | "replace" | "startsWith" | "endsWith"
        | "charAt" => "a text",
        "toFixed" => "a number",
        _ => return other(Some(answer), message),
    };
    let fits = matches!(
        (wanted, value),
        ("an array", Value::Array(_)) | ("a text", Value::String(_)) | ("a number", Value::Number(_))
    );
    if fits {
        return other(Some(answer), message);
    }
    let place = if keys.is_empty() { "The answer".to_owned() } else { format!("`{}`", path_text(keys)) };
    let inner = match value {
        Value::Object(object) => {
            object.iter().find(|(_, value)| matches!(value, Value::Array(_))).map(|(key, _)| key.to_string())
        }
        _ => None,
    };
    let help = match inner {
        Some(key) if wanted == "an array" => {
            format!("send the array itself, without `{}` around it", show::line(&key, 60))
        }
        _ => format!("send {wanted} there"),
    };
    let excerpt = if keys.is_empty() { None } else { answer.marked(keys, &show::kind(value)) };
    let shown = excerpt.is_none().then(|| show::brief(value, 300));
    Explanation::new(Code::ThrewOnAnswer, format!("{place} is {}; the test needs {wanted}", show::kind(value)))
        .excerpt(excerpt)
        .maybe_fact("found", shown)
        .fact(
            "because",
            format!("the test calls `{}`", show::line(message.trim_end_matches(" is not a function"), 100)),
        )
        .help(help)
}

fn no_list(answer: Option<&Answer<'_>>, what: &str, message: &str) -> Explanation {
    let document = answer.and_then(Answer::json);
    match (answer, document) {
        (Some(answer), Some(value))
            if !matches!(value, Value::Array(_)) && chain(what).is_none_or(|chain| chain.keys.is_empty()) =>
        {
            Explanation::new(
                Code::ThrewOnAnswer,
                format!("The answer is {}; the test needs an array", show::kind(value)),
            )
            .maybe_fact("answer", answer.says())
            .help("send an array, even when it has one element or none: [ ... ]")
        }
        _ => other(answer, message),
    }
}

fn other(answer: Option<&Answer<'_>>, message: &str) -> Explanation {
    Explanation::new(
        Code::ThrewOnAnswer,
        format!("The test could not work with the answer: {}", show::line(message, 200)),
    )
    .maybe_fact("answer", answer.map(|answer| answer.says().unwrap_or_else(|| "empty".to_owned())))
    .help("compare the answer with what the hint asks for: a part that the test reads is not there")
}
