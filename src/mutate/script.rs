//! The parts of JavaScript, as a scanner sees them: names and strings are what they are, and comments are none of them.
//!
//! A parser would know better, but it recurses: a source of nothing but `!` would end the program. This needs no stack, reads what
//! has mistakes in it too, and where it errs a mutant is less telling, no more.

use std::ops::Range;

use super::lexeme::{Lexeme, Sort, begins_name, continues_name, is_reserved, name, string, words};

/// A longer pattern is none: a `/` that ends nowhere must not be looked for again and again.
const LONGEST_PATTERN: usize = 2000;
/// Templates within templates beyond this are read as code.
const DEEPEST: usize = 500;

/// Tells the parts of a script in order. Linear.
pub fn scan(text: &str, tell: &mut dyn FnMut(Lexeme)) {
    Scanner {
        text,
        bytes: text.as_bytes(),
        at: 0,
        templates: Vec::new(),
        value_before: false,
        no_pattern_before: 0,
        tell,
    }
    .run();
}

struct Scanner<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    /// For each template that is open: how many braces are open in its `${`.
    templates: Vec<usize>,
    /// Whether a value came before, so that `/` divides.
    value_before: bool,
    /// Up to here it was looked for the end of a pattern, and there was none.
    no_pattern_before: usize,
    tell: &'t mut dyn FnMut(Lexeme),
}

impl Scanner<'_> {
    fn run(mut self) {
        while let Some(byte) = self.peek(0) {
            match byte {
                b'/' if self.peek(1) == Some(b'/') => self.at = self.find(self.at, b"\n"),
                b'/' if self.peek(1) == Some(b'*') => {
                    self.at = (self.find(self.at + 2, b"*/") + 2).min(self.bytes.len());
                }
                b'/' if !self.value_before => self.pattern(),
                b'"' | b'\'' => self.quoted(byte),
                b'`' => {
                    self.at += 1;
                    self.template();
                }
                b'{' => {
                    if let Some(open) = self.templates.last_mut() {
                        *open += 1;
                    }
                    self.sign(false);
                }
                b'}' => match self.templates.last_mut() {
                    Some(0) => {
                        self.templates.pop();
                        self.at += 1;
                        self.template();
                    }
                    Some(open) => {
                        *open -= 1;
                        self.sign(true);
                    }
                    None => self.sign(true),
                },
                b')' | b']' => self.sign(true),
                b'0'..=b'9' => self.number(),
                b'.' if self.peek(1).is_some_and(|next| next.is_ascii_digit()) => self.number(),
                _ if byte.is_ascii_whitespace() => self.at += 1,
                _ => self.other(),
            }
        }
    }

    fn peek(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    /// Where `wanted` comes next, or the end.
    fn find(&self, from: usize, wanted: &[u8]) -> usize {
        let rest = self.bytes.get(from..).unwrap_or_default();
        rest.windows(wanted.len()).position(|window| window == wanted).map_or(self.bytes.len(), |at| from + at)
    }

    fn sign(&mut self, value: bool) {
        self.at += 1;
        self.value_before = value;
    }

    fn told(&mut self, parts: impl FnOnce(&str, &mut Vec<Lexeme>)) {
        let mut out = Vec::new();
        parts(self.text, &mut out);
        out.into_iter().for_each(&mut self.tell);
    }

    fn number(&mut self) {
        let start = self.at;
        let rest = self.bytes.get(start..).unwrap_or_default();
        let length = rest.iter().position(|byte| !byte.is_ascii_alphanumeric() && !matches!(byte, b'.' | b'_'));
        self.at += length.unwrap_or(rest.len());
        (self.tell)(Lexeme { sort: Sort::Number, at: start..self.at });
        self.value_before = true;
    }

    /// A name or a sign.
    fn other(&mut self) {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let Some(first) = rest.chars().next() else {
            // Within a character, which cannot be: what is passed is always whole.
            self.at += 1;
            return;
        };
        if !begins_name(first) {
            self.at += first.len_utf8();
            self.value_before = false;
            return;
        }
        let start = self.at;
        self.at += rest.find(|character| !continues_name(character)).unwrap_or(rest.len());
        let at = start..self.at;
        self.value_before = !self.text.get(at.clone()).is_some_and(is_reserved);
        self.told(|text, out| name(text, at, out));
    }

    /// Where what began at `from` ends: after the unescaped `end` of the same line, or where the line or our patience ends.
    fn end_of(&self, from: usize, end: u8, classes: bool) -> Result<usize, usize> {
        let mut at = from;
        let mut in_class = false;
        let most = if classes { from + LONGEST_PATTERN } else { usize::MAX };
        while let Some(byte) = self.bytes.get(at).filter(|_| at < most) {
            match byte {
                b'\n' => return Err(at),
                b'\\' => at += 1,
                b'[' if classes => in_class = true,
                b']' if classes => in_class = false,
                byte if *byte == end && !in_class => return Ok(at + 1),
                _ => {}
            }
            at += 1;
        }
        Err(self.bytes.len().min(most))
    }

    fn quoted(&mut self, quote: u8) {
        let start = self.at;
        match self.end_of(start + 1, quote, false) {
            Ok(end) => {
                self.at = end;
                self.told(|text, out| string(text, start..end, out));
            }
            Err(end) => {
                self.at = end;
                self.told(|text, out| words(text, start + 1..end, out));
            }
        }
        self.value_before = true;
    }

    /// A regular expression, if it ends in this line; else a sign.
    fn pattern(&mut self) {
        let start = self.at;
        if start < self.no_pattern_before {
            return self.sign(false);
        }
        let end = match self.end_of(start + 1, b'/', true) {
            Ok(end) => end,
            Err(end) => {
                self.no_pattern_before = end;
                return self.sign(false);
            }
        };
        let rest = self.bytes.get(end..).unwrap_or_default();
        let flags = rest.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        self.at = end + flags;
        self.told(|text, out| words(text, start + 1..end - 1, out));
        self.value_before = true;
    }

    /// The text of a template from here on, to its end or to the next `${`.
    fn template(&mut self) {
        let start = self.at;
        let mut end = self.bytes.len();
        let mut inner = false;
        while let Some(byte) = self.peek(0) {
            match byte {
                b'`' => {
                    end = self.at;
                    self.at += 1;
                    break;
                }
                b'$' if self.peek(1) == Some(b'{') && self.templates.len() < DEEPEST => {
                    end = self.at;
                    self.at += 2;
                    inner = true;
                    break;
                }
                b'\\' => self.at += 2,
                _ => self.at += 1,
            }
        }
        if inner {
            self.templates.push(0);
        }
        self.value_before = !inner;
        self.told(|text, out| words(text, start..end, out));
    }
}

/// Whether a text is a page, and not a script.
pub fn is_page(text: &str) -> bool {
    text.trim_start().starts_with('<')
}

/// The parts that begin within each of these stretches, which are in order.
pub fn parts_within(text: &str, stretches: &[Range<usize>]) -> Vec<Vec<Lexeme>> {
    let mut found: Vec<Vec<Lexeme>> = vec![Vec::new(); stretches.len()];
    let mut current = 0;
    scan(text, &mut |lexeme| {
        while stretches.get(current).is_some_and(|stretch| stretch.end <= lexeme.at.start) {
            current += 1;
        }
        let within = stretches.get(current).is_some_and(|stretch| stretch.contains(&lexeme.at.start));
        if let Some(parts) = found.get_mut(current).filter(|_| within) {
            parts.push(lexeme);
        }
    });
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::lexeme::tests::shown;
    use super::*;

    fn parts(text: &str) -> Vec<Lexeme> {
        let mut parts = Vec::new();
        scan(text, &mut |part| parts.push(part));
        parts
    }

    #[test]
    fn a_script_is_read_and_its_comments_are_not() {
        let text = "const io = require('socket.io'); // io\nio.on(/dis+[/]/g, `a ${x.y + {}} b`, 1.5, ...z / 2); /* no */ class A { #p = .5 }";
        let expected = [
            (Sort::Name, "io"),
            (Sort::Name, "require"),
            (Sort::Open, "'"),
            (Sort::Word, "socket"),
            (Sort::Word, "io"),
            (Sort::Quote, "'"),
            (Sort::Name, "io"),
            (Sort::Name, "on"),
            (Sort::Word, "dis"),
            (Sort::Word, "a"),
            (Sort::Name, "x"),
            (Sort::Name, "y"),
            (Sort::Word, "b"),
            (Sort::Number, "1.5"),
            (Sort::Name, "z"),
            (Sort::Number, "2"),
            (Sort::Name, "A"),
            (Sort::Name, "p"),
            (Sort::Number, ".5"),
        ];
        assert_eq!(shown(text, &parts(text)), expected);
    }

    #[test]
    fn what_does_not_end_is_read_to_its_end() {
        for (text, expected) in [
            ("'a\nb", vec![(Sort::Word, "a"), (Sort::Name, "b")]),
            ("/a\nb", vec![(Sort::Name, "a"), (Sort::Name, "b")]),
            ("/* a", vec![]),
            ("`a ${b", vec![(Sort::Word, "a"), (Sort::Name, "b")]),
            ("'a\\", vec![(Sort::Word, "a")]),
            (
                "return /a'b/.test(c)",
                vec![(Sort::Word, "a"), (Sort::Word, "b"), (Sort::Name, "test"), (Sort::Name, "c")],
            ),
        ] {
            assert_eq!(shown(text, &parts(text)), expected, "{text}");
        }
        parts(&"`${".repeat(100_000));
        for costly in ["!", "[/", "/", "'", "//", "/*", "\\", "`", "{"] {
            parts(&costly.repeat(300_000));
        }
    }

    #[test]
    fn parts_are_given_to_their_stretches() {
        let text = "a b\nc d\ne";
        let found = parts_within(text, &[0..2, 4..7]);
        let shown: Vec<Vec<_>> = found.iter().map(|parts| shown(text, parts)).collect();
        assert_eq!(shown, [vec![(Sort::Name, "a")], vec![(Sort::Name, "c"), (Sort::Name, "d")]]);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]
        #[test]
        fn parts_come_in_order_and_are_whole(text in "([a-z'\"`${}()/\\*\\[\\]\\\\ 0-9.é\r\n]|漢|//|/\\*|\\$\\{){0,60}") {
            let mut end = 0;
            for part in parts(&text) {
                prop_assert!(part.at.start >= end && part.at.start < part.at.end, "{part:?}");
                prop_assert!(text.get(part.at.clone()).is_some(), "{part:?}");
                end = part.at.end;
            }
        }
    }
}
