//! Looks at a source as JavaScript: where its comments are, and whether it can be read at all.

use std::ops::Range;

use oxc_allocator::Allocator;
use oxc_parser::{ParseOptions, Parser, ParserReturn};
use oxc_span::SourceType;

use crate::port::js::with_stack_for;

/// A longer source is not parsed; those of learners have a few KB.
const LONGEST: usize = 128 * 1024;

/// What is known of a source.
#[derive(Debug, Default)]
pub(super) struct Script {
    /// In order.
    pub comments: Vec<Comment>,
    /// The first mistake, where it is no JavaScript.
    pub mistake: Option<Mistake>,
}

/// A comment with its delimiters.
#[derive(Debug, Clone)]
pub(super) struct Comment {
    pub place: Range<usize>,
}

/// Why a source is no JavaScript.
#[derive(Debug)]
pub(super) struct Mistake {
    /// The parser's words.
    pub message: String,
    /// Where.
    pub place: Range<usize>,
    /// A bracket that nothing closes, where the source ends too early.
    pub open: Option<usize>,
}

/// Parses a source; nothing when it is too long to be looked at.
pub(super) fn scan(text: &str) -> Option<Script> {
    (text.len() <= LONGEST).then(|| with_stack_for(text.len(), || parse(text)))
}

/// As a module, as a script of Node, and as what browsers and build tools know beyond JavaScript.
fn parse(text: &str) -> Script {
    let module = attempt(text, SourceType::mjs());
    if module.mistake.is_none() {
        return module;
    }
    let script = attempt(text, SourceType::cjs());
    if script.mistake.is_none() {
        return script;
    }
    for other in [SourceType::jsx(), SourceType::tsx(), SourceType::ts()] {
        let other = attempt(text, other);
        if other.mistake.is_none() {
            return other;
        }
    }
    // The way that got further knows better what was meant.
    let reach = |script: &Script| script.mistake.as_ref().map_or(0, |mistake| mistake.place.start);
    if reach(&module) > reach(&script) { module } else { script }
}

fn attempt(text: &str, kind: SourceType) -> Script {
    let allocator = Allocator::default();
    let options = ParseOptions { allow_return_outside_function: true, ..ParseOptions::default() };
    let parsed = Parser::new(&allocator, text, kind).with_options(options).parse();
    let comments = parsed
        .program
        .comments
        .iter()
        .map(|comment| Comment { place: comment.span.start as usize..comment.span.end as usize })
        .collect();
    Script { comments, mistake: mistake(text, &parsed) }
}

fn mistake(text: &str, parsed: &ParserReturn<'_>) -> Option<Mistake> {
    let error = parsed.diagnostics.first()?;
    let places: Vec<Range<usize>> = error
        .labels
        .iter()
        .map(oxc_span::LabeledSpan::span)
        .map(|span| (span.start as usize).min(text.len())..(span.end as usize).min(text.len()))
        .collect();
    let place = places.iter().max_by_key(|place| place.start).cloned().unwrap_or(0..0);
    let ends = text.get(place.start..).is_some_and(|rest| rest.trim().is_empty());
    let open = places.iter().map(|place| place.start).find(|start| ends && *start < place.start);
    Some(Mistake { message: error.message.to_string(), place, open })
}

/// The text without its comments, each byte of them a blank, lines kept.
pub(super) fn blanked(text: &str, comments: &[Comment]) -> String {
    replaced(text, comments, |comment, out| {
        out.extend(comment.bytes().map(|byte| if byte == b'\n' || byte == b'\r' { byte } else { b' ' }));
    })
}

/// The text with its comments as code: only their delimiters are blanks.
pub(super) fn uncommented(text: &str, comments: &[Comment]) -> String {
    replaced(text, comments, |comment, out| {
        let start = out.len();
        out.extend(comment.bytes());
        let Some(own) = out.get_mut(start..) else { return };
        if comment.starts_with("/*") {
            let end = own.len();
            for at in [0, 1, end.saturating_sub(2), end.saturating_sub(1)] {
                if let Some(byte) = own.get_mut(at) {
                    *byte = b' ';
                }
            }
            // The stars that people put before each line.
            let mut first = true;
            for byte in own {
                match *byte {
                    b'*' if first => *byte = b' ',
                    b'\n' | b'\r' => first = true,
                    b' ' | b'\t' => {}
                    _ => first = false,
                }
            }
        } else {
            own.iter_mut().take_while(|byte| **byte == b'/').for_each(|byte| *byte = b' ');
        }
    })
}

fn replaced(text: &str, comments: &[Comment], mut put: impl FnMut(&str, &mut Vec<u8>)) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut done = 0;
    for comment in comments {
        let (Some(before), Some(own)) = (text.get(done..comment.place.start), text.get(comment.place.clone())) else {
            continue;
        };
        out.extend(before.bytes());
        put(own, &mut out);
        done = comment.place.end;
    }
    out.extend(text.get(done..).unwrap_or_default().bytes());
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_blanked_or_become_code() {
        let text = "a(); // b('é')\r\n/* c(\n * d */ '// no'";
        let script = scan(text).unwrap();
        assert_eq!(script.comments.len(), 2);
        let blank = blanked(text, &script.comments);
        assert_eq!(blank.len(), text.len());
        assert_eq!(blank.split_whitespace().collect::<Vec<_>>(), ["a();", "'//", "no'"]);
        let code = uncommented(text, &script.comments);
        assert_eq!(code.len(), text.len());
        assert_eq!(code.split_whitespace().collect::<Vec<_>>(), ["a();", "b('é')", "c(", "d", "'//", "no'"]);
    }

    #[test]
    fn what_node_or_a_browser_takes_is_no_mistake() {
        for text in [
            "import a from 'b'; await a();",
            "return 1; with (a) {}",
            "#!/usr/bin/env node\nvar let_ = 010;",
            "const a = <b>c</b>;",
            "const a: number = 1; type B = string;",
            "module.exports = async () => { for await (const a of b()) {} }",
        ] {
            assert!(scan(text).unwrap().mistake.is_none(), "{text}");
        }
    }

    #[test]
    fn mistakes_have_a_place() {
        let place = |text: &str| scan(text).unwrap().mistake.unwrap();
        assert_eq!(place("a();\nconst b = ;\n").place.start, 15);
        assert_eq!(place("f(1, 2;\n").place.start, 6);
        let open = place("f(() => {\n  a();\n");
        println!("{open:?}");
        assert_eq!(open.open, Some(8));
        for text in ["const a = 'b;\n", "`", "/*", "a(", "}", "\u{0}"] {
            let mistake = place(text);
            assert!(mistake.place.end <= text.len(), "{text}: {mistake:?}");
        }
    }
}
