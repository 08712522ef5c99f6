//! A quick look at hints that passed: for most it is plain that their searches find code, and no comment has to be looked for.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::searches::{Ready, Search, wanted};
use crate::fetch::decode_text;
use crate::verdict::HintResult;

/// How comments begin, and how those end that may be of several lines. Made once: making takes as long as a search.
static LINE: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("//"));
static BLOCK: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("/*"));
static CLOSE: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("*/"));

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
    let mut comments = Comments::of(text.as_bytes());
    let mut next = Some(comments.next()?);
    let mut code = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(comment) = next {
        // Comments begin and end between characters.
        code.push_str(text.get(at..comment.start)?);
        at = comment.end;
        for (number, line) in text.get(comment)?.split('\n').enumerate() {
            if number > 0 {
                code.push('\n');
            }
            push_blanks(&mut code, line.len());
        }
        next = comments.next();
    }
    code.push_str(text.get(at..)?);
    Some(code)
}

/// Many at a time: a fifth of a text may be comments.
fn push_blanks(text: &mut String, count: usize) {
    const BLANKS: &str = "                                                                ";
    let mut left = count;
    while left > 0 {
        let some = left.min(BLANKS.len());
        text.push_str(BLANKS.get(..some).unwrap_or_default());
        left -= some;
    }
}

/// What may be comments, one after the other.
struct Comments<'t> {
    text: &'t [u8],
    at: usize,
    /// Where the next of each kind begins, as far as it has been looked for: texts have many slashes and few comments.
    lines: usize,
    blocks: usize,
}

impl<'t> Comments<'t> {
    fn of(text: &'t [u8]) -> Self {
        let mut comments = Self { text, at: 0, lines: 0, blocks: 0 };
        comments.lines = comments.place_of(&LINE);
        comments.blocks = comments.place_of(&BLOCK);
        comments
    }

    /// Where the next one begins from here on; no place of the text where there is none.
    fn place_of(&self, what: &Finder<'_>) -> usize {
        self.text.get(self.at..).and_then(|rest| what.find(rest)).map_or(usize::MAX, |found| self.at + found)
    }
}

impl Iterator for Comments<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        if self.lines < self.at {
            self.lines = self.place_of(&LINE);
        }
        if self.blocks < self.at {
            self.blocks = self.place_of(&BLOCK);
        }
        let start = self.lines.min(self.blocks);
        let inner = self.text.get(start.checked_add(2)?..)?;
        let end = if start == self.lines { memchr::memchr(b'\n', inner) } else { CLOSE.find(inner).map(|at| at + 2) };
        self.at = end.map_or(self.text.len(), |end| start + 2 + end);
        Some(start..self.at)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

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
            ("a /* // */ b // c", Some("a          b     ")),
            ("/* a *///b\n//c /* d\ne /* f */", Some("          \n        \ne        ")),
            ("a // b /* c\nd */ e", Some("a          \nd */ e")),
        ] {
            assert_eq!(without_comments(text).as_deref(), code, "{text}");
        }
    }

    /// The same, a character at a time.
    fn blanked(text: &str) -> String {
        let (mut code, mut rest) = (String::new(), text);
        while let Some(first) = rest.chars().next() {
            let length = match rest.get(..2) {
                Some("//") => rest.find('\n').unwrap_or(rest.len()),
                Some("/*") => rest[2..].find("*/").map_or(rest.len(), |at| at + 4),
                _ => {
                    code.push(first);
                    rest = &rest[first.len_utf8()..];
                    continue;
                }
            };
            code.extend(rest[..length].bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
            rest = &rest[length..];
        }
        code
    }

    proptest! {
        #[test]
        fn all_that_may_be_a_comment_is_blank(text in "[/*/*a\\né]{0,24}") {
            prop_assert_eq!(without_comments(&text).unwrap_or_else(|| text.clone()), blanked(&text));
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
