//! The parts of a text that a mutant can change: names, words within strings, numbers, closing quotes.

use std::ops::Range;

/// A longer string is none: somebody forgot a quote.
const LONGEST_STRING: usize = 1000;
/// Words of JavaScript itself: changing one gives a program that does not run, which tells little.
const RESERVED: [&str; 38] = [
    "async",
    "await",
    "break",
    "case",
    "catch",
    "class",
    "const",
    "continue",
    "debugger",
    "default",
    "delete",
    "do",
    "else",
    "export",
    "extends",
    "false",
    "finally",
    "for",
    "function",
    "if",
    "import",
    "in",
    "instanceof",
    "let",
    "new",
    "null",
    "return",
    "static",
    "super",
    "switch",
    "this",
    "throw",
    "true",
    "try",
    "typeof",
    "var",
    "while",
    "yield",
];

/// Sorts of parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// A name.
    Name,
    /// A word within a string, a template, a pattern, or the text of a page.
    Word,
    /// A number.
    Number,
    /// The quote that begins a string.
    Open,
    /// The quote that ends a string.
    Quote,
}

/// A part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lexeme {
    /// Its sort.
    pub sort: Sort,
    /// Where, in bytes.
    pub at: Range<usize>,
}

/// Whether it is one of the language's own words.
pub fn is_reserved(word: &str) -> bool {
    RESERVED.contains(&word)
}

/// Whether a name may begin so.
pub fn begins_name(character: char) -> bool {
    character.is_alphabetic() || matches!(character, '_' | '$')
}

/// Whether a name may go on so.
pub fn continues_name(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '_' | '$')
}

/// The parts of `text[at]` by its looks, for what is no JavaScript. Strings do not go beyond it. Linear.
pub fn by_looks(text: &str, at: Range<usize>) -> Vec<Lexeme> {
    let mut out = Vec::new();
    let end = at.end;
    let mut position = at.start;
    while let Some(character) = text.get(position..end).and_then(|rest| rest.chars().next()) {
        let rest = text.get(position..end).unwrap_or_default();
        let next = if begins_name(character) {
            let length = rest.find(|c| !continues_name(c)).unwrap_or(rest.len());
            name(text, position..position + length, &mut out);
            position + length
        } else if character.is_ascii_digit() {
            let length = rest.find(|c: char| !c.is_alphanumeric() && c != '.').unwrap_or(rest.len());
            out.push(Lexeme { sort: Sort::Number, at: position..position + length });
            position + length
        } else if let Some(length) = closed(rest, character) {
            string(text, position..position + length, &mut out);
            position + length
        } else {
            position + character.len_utf8()
        };
        position = next;
    }
    out
}

/// The length of the string with which `rest` begins, its quotes included.
fn closed(rest: &str, quote: char) -> Option<usize> {
    // An apostrophe within a word has been passed with the word, if not with its rest.
    if !matches!(quote, '"' | '\'' | '`') {
        return None;
    }
    let mut escaped = false;
    for (offset, character) in rest.char_indices().skip(1).take(LONGEST_STRING) {
        match character {
            '\n' => return None,
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if character == quote => return Some(offset + 1),
            _ => {}
        }
    }
    None
}

/// A name, unless it is one of the language's own words.
pub fn name(text: &str, at: Range<usize>, out: &mut Vec<Lexeme>) {
    if text.get(at.clone()).is_some_and(|name| !is_reserved(name)) {
        out.push(Lexeme { sort: Sort::Name, at });
    }
}

/// The quotes of a string, and its words.
pub fn string(text: &str, at: Range<usize>, out: &mut Vec<Lexeme>) {
    out.push(Lexeme { sort: Sort::Open, at: at.start..at.start + 1 });
    words(text, at.start + 1..at.end.saturating_sub(1), out);
    if at.len() >= 2 {
        out.push(Lexeme { sort: Sort::Quote, at: at.end - 1..at.end });
    }
}

/// The words of a template, a pattern or a plain text.
pub fn words(text: &str, at: Range<usize>, out: &mut Vec<Lexeme>) {
    let Some(inner) = text.get(at.clone()) else { return };
    let mut start = None;
    for (offset, character) in inner.char_indices().chain([(inner.len(), ' ')]) {
        match (start, character.is_alphanumeric() || character == '_') {
            (None, true) => start = Some(offset),
            (Some(begin), false) => {
                out.push(Lexeme { sort: Sort::Word, at: at.start + begin..at.start + offset });
                start = None;
            }
            _ => {}
        }
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// The parts as texts.
    pub fn shown<'t>(text: &'t str, lexemes: &[Lexeme]) -> Vec<(Sort, &'t str)> {
        lexemes.iter().map(|lexeme| (lexeme.sort, &text[lexeme.at.clone()])).collect()
    }

    #[test]
    fn parts_of_a_line_by_its_looks() {
        let text = "<a href=\"x.js\">It's 3.5 'ok' if é_1</a>";
        let lexemes = by_looks(text, 0..text.len());
        let expected = [
            (Sort::Name, "a"),
            (Sort::Name, "href"),
            (Sort::Open, "\""),
            (Sort::Word, "x"),
            (Sort::Word, "js"),
            (Sort::Quote, "\""),
            (Sort::Name, "It"),
            (Sort::Open, "'"),
            (Sort::Word, "s"),
            (Sort::Word, "3"),
            (Sort::Word, "5"),
            (Sort::Quote, "'"),
            (Sort::Name, "ok"),
            (Sort::Name, "é_1"),
            (Sort::Name, "a"),
        ];
        assert_eq!(shown(text, &lexemes), expected);
        assert!(by_looks("'never closed", 0..1).is_empty());
    }
}
