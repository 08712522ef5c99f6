//! What jQuery 3 makes of an answer: data by its `Content-Type`, or a jqXHR.

use std::sync::Arc;

use super::Stop;
use crate::fetch::{Answer, decode_text};
use crate::port::js::{JsonError, parse_json};
use crate::verdict::{Object, Value};

/// What the promise of `$.ajax` settles with.
pub(super) enum Converted {
    /// Fulfilled.
    Data(Value),
    /// Rejected with a jqXHR, as far as tests look at it.
    Failed(Value),
}

/// Converts an answer; `want_json` is `$.getJSON` or `dataType: "json"`.
pub(super) fn convert(answer: Answer, want_json: bool) -> Result<Converted, Stop> {
    let Ok(response) = answer else {
        return Ok(Converted::Failed(xhr(0, "error", None, None)));
    };
    let Ok(body) = &response.body else {
        return Ok(Converted::Failed(xhr(0, "error", None, None)));
    };
    let kind = response.header("content-type").unwrap_or_default().to_lowercase();
    if kind.split_once("charset=").is_some_and(|(_, set)| !set.trim_start_matches(['"', '\'']).starts_with("utf-8")) {
        return Err(Stop::bail("an answer in another encoding than UTF-8"));
    }
    let text = decode_text(body).into_owned();
    // A status line without a phrase (HTTP/2) gives jQuery's own word.
    let phrase = |word: &'static str| if response.status_text.is_empty() { word } else { &response.status_text };
    let success = response.ok() || response.status == 304;
    if success && matches!(response.status, 204 | 304) {
        return if response.status == 204 {
            Ok(Converted::Data(Value::Undefined))
        } else {
            Err(Stop::bail("an answer 304"))
        };
    }
    let json = want_json || words(&kind).any(|word| word == "json");
    if !want_json && words(&kind).any(|word| word == "xml") && !words(&kind).any(|word| word == "html") {
        return Err(Stop::bail("an XML answer"));
    }
    let parsed = if json {
        match parse_json(&text) {
            Ok(value) => Some(Ok(value)),
            Err(JsonError::Syntax(_)) => Some(Err(())),
            Err(JsonError::Inexact(reason)) => return Err(Stop::Bail(reason)),
        }
    } else {
        None
    };
    Ok(match (success, parsed) {
        (true, None) => Converted::Data(Value::from(text)),
        (true, Some(Ok(value))) => Converted::Data(value),
        (true, Some(Err(()))) => Converted::Failed(xhr(response.status, phrase("parsererror"), Some(text), None)),
        (false, parsed) => {
            let parsed = parsed.and_then(Result::ok);
            Converted::Failed(xhr(response.status, phrase("error"), Some(text), parsed))
        }
    })
}

/// What a jqXHR that nobody handles is reported as.
pub(super) fn rejection(xhr: &Value) -> String {
    let field = |name| match xhr {
        Value::Object(xhr) => xhr.get(name).cloned(),
        _ => None,
    };
    let text = match field("statusText") {
        Some(Value::String(text)) => text.to_string(),
        _ => String::new(),
    };
    match field("status") {
        Some(Value::Number(status)) if status != 0.0 => format!("the request was rejected: {status} {text}"),
        _ => format!("the request was rejected: {text}"),
    }
}

fn words(kind: &str) -> impl Iterator<Item = &str> {
    kind.split(|character: char| !(character.is_ascii_alphanumeric() || character == '_'))
}

fn xhr(status: u16, phrase: &str, text: Option<String>, json: Option<Value>) -> Value {
    let mut entries: Vec<(Arc<str>, Value)> = vec![
        ("readyState".into(), Value::Number(if status == 0 { 0.0 } else { 4.0 })),
        ("status".into(), Value::Number(f64::from(status))),
        ("statusText".into(), Value::from(phrase)),
    ];
    entries.extend(text.map(|text| (Arc::from("responseText"), Value::from(text))));
    entries.extend(json.map(|json| (Arc::from("responseJSON"), json)));
    Value::Object(Arc::new(Object::from_entries(entries)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unhandled_rejection_says_what_came() {
        let said = |status, phrase| rejection(&xhr(status, phrase, None, None));
        assert_eq!(said(404, "Not Found"), "the request was rejected: 404 Not Found");
        assert_eq!(said(0, "error"), "the request was rejected: error");
    }
}
