//! Words that all reports share: reasons, notes, requests, times.

use std::borrow::Cow;
use std::time::Duration;

use crate::fetch::{Exchange, ExchangeEnd, FetchError};
use crate::verdict::{Cause, Note, SkipReason};

/// Why a hint was not looked at; `exchanges` are what it asked for until then.
pub fn skipped(reason: &SkipReason, exchanges: &[Exchange]) -> String {
    match reason {
        SkipReason::NeedsRunningProject => {
            let why = exchanges.iter().find_map(|exchange| match &exchange.end {
                ExchangeEnd::Failed(FetchError::Transport(error)) => Some(error.detail.as_str()),
                _ => None,
            });
            let why = why.unwrap_or(if exchanges.is_empty() {
                "the test looks at no file"
            } else {
                // A file was not there, and the test passed all the same.
                "a pass would rest on the text of an error page"
            });
            format!("Needs a running project (--url or --start): {why}.")
        }
        SkipReason::Stopped => "The run was stopped before it was checked.".to_owned(),
        SkipReason::Deselected => "Not selected.".to_owned(),
    }
}

/// Why there is no verdict, without a full stop; `file` is the path of the challenge file.
pub fn cause(cause: &Cause, file: &str) -> String {
    match cause {
        Cause::Transport(error) => error.to_string(),
        Cause::TimedOut { limit, waiting_for } => {
            let after = format!("no verdict within {}", seconds(*limit));
            waiting_for.as_ref().map_or_else(|| after.clone(), |what| format!("{after}, while {what}"))
        }
        Cause::Flaky { verdicts, .. } => format!("its verdict changes: {verdicts}"),
        Cause::Limit { name } => format!("the test was stopped: {name}"),
        Cause::Unsupported { what } => format!("the test uses {what}, which grade does not provide"),
        Cause::Syntax { message, line, column } => {
            format!("the test is no valid JavaScript: {message} ({file}:{line}:{column})")
        }
        Cause::NeedsScript { reason } => format!("needs the script engine: the test has {reason}"),
        Cause::Internal { message } => format!("grade itself failed: {message}"),
    }
}

/// What the reader should know, as a sentence.
pub fn note(note: &Note) -> Cow<'static, str> {
    Cow::Borrowed(match note {
        Note::NotAwaitedThere => {
            "freeCodeCamp passes this hint without checking it: its test does not wait for the answer."
        }
        Note::CookiesKept => {
            "Cookies were kept for this hint, as its test means them to be; a browser would not send them."
        }
        Note::EmptyPassesThere => "freeCodeCamp passes this hint without checking it: it has no test.",
        Note::SubstitutedAnswer { url } => {
            return Cow::Owned(format!("{url} could not be reached; a picture of grade's own took its place."));
        }
    })
}

/// `GET http://… -> 200, 12 bytes, text/plain`
pub fn exchange(exchange: &Exchange) -> String {
    let mut text = format!("{} {}", exchange.method, exchange.url);
    if let Some(last) = exchange.hops.last()
        && last.url != exchange.url
    {
        text = format!("{text} -> {}", last.url);
    }
    match exchange.status() {
        Some(status) => {
            let size = exchange.body.len();
            let unit = if size == 1 { "byte" } else { "bytes" };
            // That a text is UTF-8 goes without saying.
            let kind = exchange.header("content-type").map(|kind| match kind.split_once(';') {
                Some((essence, charset)) if charset.trim().eq_ignore_ascii_case("charset=utf-8") => {
                    format!(", {essence}")
                }
                _ => format!(", {kind}"),
            });
            let kind = kind.unwrap_or_default();
            let memo = if exchange.from_memo { ", asked before" } else { "" };
            format!("{text} -> {status}, {size} {unit}{kind}{memo}")
        }
        None => format!("{text} -> no answer"),
    }
}

/// `1.5 s`, or `20 ms` below a second.
pub fn seconds(duration: Duration) -> String {
    if duration >= Duration::from_secs(1) {
        format!("{:.1} s", duration.as_secs_f64())
    } else {
        format!("{} ms", duration.as_millis())
    }
}
