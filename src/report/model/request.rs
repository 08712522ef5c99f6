//! Requests for a report.

use super::Times;
use super::bounds::{BODY_START, start};
use super::types::{Header, Request};
use crate::fetch::{Exchange, ExchangeEnd};

/// Headers of answers that tell the time, or the time taken.
const TELL_THE_TIME: [&str; 6] = ["age", "date", "expires", "server-timing", "x-response-time", "x-runtime"];

impl Request {
    /// The request for a report.
    pub(super) fn of(exchange: &Exchange, times: Times) -> Self {
        let last = exchange.hops.last();
        let headers = |pairs: &[crate::fetch::Header]| -> Vec<Header> {
            pairs
                .iter()
                .filter(|(name, _)| times == Times::Shown || !TELL_THE_TIME.contains(&name.as_str()))
                .map(|(name, value)| Header { name: name.to_string(), value: value.to_string() })
                .collect()
        };
        Self {
            method: exchange.method.clone(),
            url: exchange.url.to_string(),
            final_url: last.filter(|hop| hop.url != exchange.url).map(|hop| hop.url.to_string()),
            status: exchange.status(),
            content_type: exchange.header("content-type").map(str::to_owned),
            file: exchange.file.as_deref().map(str::to_owned),
            size: exchange.body.len(),
            error: match &exchange.end {
                ExchangeEnd::Answered => None,
                ExchangeEnd::Failed(error) => Some(error.to_string()),
            },
            from_memo: exchange.from_memo,
            request_headers: last.map(|hop| headers(&hop.request_headers)).unwrap_or_default(),
            response_headers: last.map(|hop| headers(&hop.response_headers)).unwrap_or_default(),
            body_start: body_start(&exchange.body),
            duration_ms: times.milliseconds(exchange.duration),
        }
    }
}

/// The start of a body that is text in UTF-8.
fn body_start(body: &[u8]) -> Option<String> {
    if body.is_empty() {
        return None;
    }
    // One character more than may be kept, so that a cut through a character is not mistaken for damage.
    let piece = body.get(..BODY_START + 4).unwrap_or(body);
    let text = match std::str::from_utf8(piece) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() && piece.len() < body.len() => {
            std::str::from_utf8(piece.get(..error.valid_up_to())?).ok()?
        }
        Err(_) => return None,
    };
    (!text.contains('\0')).then(|| start(text, BODY_START).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_start_of_texts_is_kept() {
        assert_eq!(body_start(b""), None);
        assert_eq!(body_start(b"\x89PNG\0"), None);
        assert_eq!(body_start(b"\xff\xfe"), None);
        assert_eq!(body_start("añb".as_bytes()).as_deref(), Some("añb"));
        for shift in 0..4 {
            let long = format!("{}{}", "x".repeat(shift), "𝒳".repeat(BODY_START));
            let kept = body_start(long.as_bytes()).unwrap();
            assert!(kept.len() <= BODY_START && kept.len() > BODY_START - 4 && long.starts_with(&kept));
        }
    }
}
