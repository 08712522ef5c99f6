//! A quick look at hints that passed: for most it is plain that their searches find code, and no comment has to be looked for.

use std::ops::Range;

use super::searches::{Ready, Search, wanted};
use crate::fetch::decode_text;
use crate::verdict::HintResult;

/// The searches of a test, compiled once for many results.
#[derive(Debug)]
pub struct Searches(Vec<Ready>);

impl Searches {
    /// Those of a test block.
    pub fn of(test: &str) -> Self {
        Self(wanted(test).iter().filter_map(Search::ready).collect())
    }

    /// Whether it is plain that a pass does not rest on a comment, so that there is nothing to explain. What looks like the
    /// beginning of a comment counts as one here, even within a text.
    pub fn find_code(&self, result: &HintResult) -> bool {
        self.0.is_empty()
            || result.exchanges.iter().all(|exchange| {
                let body = decode_text(&exchange.body);
                let Some(code) = without_comments(&body) else { return true };
                self.0.iter().all(|search| search.finds(&code) || !search.finds(&body))
            })
    }
}

/// The text with blanks for everything that may be a comment; nothing if there is no such thing.
fn without_comments(text: &str) -> Option<String> {
    let mut code: Option<Vec<u8>> = None;
    let mut at = 0;
    while let Some(comment) = next_comment(text.as_bytes(), at) {
        at = comment.end;
        let blank = code.get_or_insert_with(|| text.as_bytes().to_vec()).get_mut(comment)?;
        for byte in blank.iter_mut().filter(|byte| **byte != b'\n') {
            *byte = b' ';
        }
    }
    // Comments begin and end between characters.
    String::from_utf8(code?).ok()
}

/// The next thing from `from` on that may be a comment.
fn next_comment(text: &[u8], from: usize) -> Option<Range<usize>> {
    let slashes = memchr::memchr_iter(b'/', text.get(from..)?).map(|at| from + at);
    for start in slashes {
        let inner = start + 2;
        let rest = text.get(inner..).unwrap_or_default();
        let end = match text.get(start + 1) {
            Some(b'/') => memchr::memchr(b'\n', rest),
            Some(b'*') => memchr::memchr_iter(b'*', rest).find(|at| rest.get(at + 1) == Some(&b'/')).map(|at| at + 2),
            _ => continue,
        };
        return Some(start..end.map_or(text.len(), |end| inner + end));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_a_comment_is_blank() {
        for (text, code) in [
            ("a / b", None),
            ("", None),
            ("a // b\nc", Some("a     \nc")),
            ("a /* é\n */ c / d", Some("a      \n    c / d")),
            ("'http://x' y", Some("'http:      ")),
            ("/*/ x", Some("     ")),
            ("//", Some("  ")),
        ] {
            assert_eq!(without_comments(text).as_deref(), code, "{text}");
        }
    }

    #[test]
    fn only_what_may_rest_on_a_comment_is_looked_at_closely() {
        let result = |body: &str| {
            let hop = crate::fetch::Hop {
                method: "GET".to_owned(),
                url: url::Url::parse("http://a/server.js").unwrap(),
                preflight: false,
                request_headers: [].into(),
                status: Some(200),
                response_headers: Vec::new(),
            };
            HintResult {
                index: 0,
                text: String::new(),
                outcome: crate::verdict::Outcome::Passed,
                notes: Vec::new(),
                engine: None,
                exchanges: vec![crate::fetch::Exchange {
                    method: "GET".to_owned(),
                    url: hop.url.clone(),
                    hops: [hop].into(),
                    end: crate::fetch::ExchangeEnd::Answered,
                    body: body.to_owned().into(),
                    duration: std::time::Duration::ZERO,
                    from_memo: false,
                    file: None,
                }],
                console: Vec::new(),
                line: 1,
                duration: std::time::Duration::ZERO,
            }
        };
        let test = "const text = await (await fetch(code)).text();\nassert.match(text, /socket\\.on/);";
        let searches = Searches::of(test);
        for (body, plain) in [
            ("socket.on('x')", true),
            ("// socket.on\nsocket.on('x')", true),
            ("socket.on('x'); // it is on", true),
            ("// socket.on", false),
            ("'http://a'; socket.on('x')", false),
            ("// nothing of it", true),
        ] {
            let result = result(body);
            assert_eq!(searches.find_code(&result), plain, "{body}");
            let subject = crate::explain::Subject { result: &result, test, url: "http://a" };
            assert!(!plain || super::super::rests_on_comment(&subject).is_none(), "{body}");
        }
        assert!(Searches::of("assert(1)").find_code(&result("// a")));
    }
}
