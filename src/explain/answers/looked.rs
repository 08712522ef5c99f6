//! What a test looked at when it failed.

use crate::explain::answer::Answer;
use crate::explain::subject::Subject;
use crate::verdict::{AssertionFacts, Failure, FailureKind, Value};

/// What a test looked at when it failed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Looked {
    /// At the status: the one that it wanted, where it says so.
    Status(Option<f64>),
    /// At the body, as JSON, and it is none.
    Json,
    /// For something in a text.
    Text,
    /// That something is not in a text.
    Unwanted,
    /// At a value.
    Value,
    /// At nothing: it threw an error that tells what the project answered.
    Gave(Told),
}

/// What an error that the test threw tells of the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// Its status.
    Status,
    /// Its body.
    Body,
    /// Something else.
    Other,
}

impl Looked {
    /// Classifies a failure.
    pub fn at(subject: &Subject<'_>, failure: &Failure, answer: &Answer<'_>) -> Self {
        if let FailureKind::Thrown { name } = &failure.kind {
            return thrown(name, &failure.message, answer);
        }
        let Some(facts) = &failure.assertion else { return Self::Value };
        if let Some(status) = status(subject, failure, facts, answer) {
            return status;
        }
        match &facts.text {
            Some(text) if text.negated => Self::Unwanted,
            Some(_) => Self::Text,
            None => Self::Value,
        }
    }
}

fn thrown(name: &str, message: &str, answer: &Answer<'_>) -> Looked {
    let no_json = message.contains("JSON") || message.contains("parsererror");
    let empty = answer.is_empty() || answer.json().is_none();
    if no_json && empty && matches!(name, "SyntaxError" | "jqXHR" | "Error" | "AssertionError") {
        return Looked::Json;
    }
    if name == "jqXHR" {
        return Looked::Gave(Told::Status);
    }
    let message = message.trim();
    let body = answer.text.trim();
    if !message.is_empty() && (body == message || (message.len() > 3 && body.contains(message))) {
        return Looked::Gave(Told::Body);
    }
    let says_status = answer.status().is_some_and(|status| {
        let words = reason(status);
        message.contains(&status.to_string()) || (!words.is_empty() && message.contains(words))
    });
    Looked::Gave(if says_status { Told::Status } else { Told::Other })
}

/// Whether an assertion is on the status of the answer.
fn status(subject: &Subject<'_>, failure: &Failure, facts: &AssertionFacts, answer: &Answer<'_>) -> Option<Looked> {
    let status = answer.status()?;
    let statement = facts.failed_part.as_deref().or_else(|| subject.statement(failure)).unwrap_or_default();
    if statement.contains(".status") && !statement.contains(".statusText") {
        let is_status = |value: &Option<Value>| *value == Some(Value::Number(f64::from(status)));
        let number = |value: &Option<Value>| match value {
            Some(Value::Number(number)) => Some(*number),
            _ => None,
        };
        if is_status(&facts.actual) {
            return Some(Looked::Status(number(&facts.expected)));
        }
        if is_status(&facts.expected) && number(&facts.actual).is_some() {
            return Some(Looked::Status(number(&facts.actual)));
        }
    }
    // The script engine knows a condition by its words only.
    if facts.failed_part.is_none()
        && let Some(wanted) = crate::explain::source_text::arguments(statement).first().and_then(|it| status_wanted(it))
    {
        return (wanted != status).then(|| Looked::Status(Some(f64::from(wanted))));
    }
    let is_ok = statement.contains(".ok") && !(200..300).contains(&status);
    is_ok.then_some(Looked::Status(None))
}

/// `res.status === 200`: 200.
fn status_wanted(condition: &str) -> Option<u16> {
    let (left, right) = condition.split_once("===").or_else(|| condition.split_once("=="))?;
    left.trim().ends_with(".status").then(|| right.trim().parse().ok()).flatten()
}

/// The usual words for a status.
pub fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        201 => "Created",
        202 => "Accepted",
        204 => "No Content",
        301 => "Moved Permanently",
        302 => "Found",
        303 => "See Other",
        304 => "Not Modified",
        307 => "Temporary Redirect",
        308 => "Permanent Redirect",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        409 => "Conflict",
        413 => "Payload Too Large",
        415 => "Unsupported Media Type",
        418 => "I'm a teapot",
        422 => "Unprocessable Entity",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        _ => "",
    }
}

/// `404 Not Found`
pub fn status_text(status: u16) -> String {
    format!("{status} {}", reason(status)).trim_end().to_owned()
}
