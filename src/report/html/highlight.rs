//! A little colour for JavaScript: enough to tell words, texts and comments apart. A wrong guess costs a colour, nothing else.

/// Sorts of pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Plain,
    Keyword,
    /// A string, a template or a regular expression.
    Literal,
    Comment,
}

/// What a line is inside of when it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Inside {
    #[default]
    Code,
    Comment,
    Template,
}

const KEYWORDS: &[&str] = &[
    "async",
    "await",
    "break",
    "case",
    "catch",
    "class",
    "const",
    "continue",
    "default",
    "delete",
    "do",
    "else",
    "export",
    "extends",
    "false",
    "finally",
    "for",
    "from",
    "function",
    "if",
    "import",
    "in",
    "instanceof",
    "let",
    "new",
    "null",
    "of",
    "return",
    "static",
    "super",
    "switch",
    "this",
    "throw",
    "true",
    "try",
    "typeof",
    "undefined",
    "var",
    "void",
    "while",
    "yield",
];

/// Whether a text is JavaScript by its name or its type.
pub fn is_script(name: &str, content_type: Option<&str>) -> bool {
    let path = name.split(['?', '#']).next().unwrap_or_default();
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    match ending.as_deref() {
        Some("js" | "mjs" | "cjs" | "jsx" | "ts" | "mts" | "cts" | "tsx" | "json") => true,
        _ => content_type.is_some_and(|kind| kind.contains("javascript") || kind.contains("json")),
    }
}

/// The pieces of a line in order; together they are the line.
pub fn pieces<'a>(line: &'a str, inside: &mut Inside) -> Vec<(Kind, &'a str)> {
    let mut scanner = Scanner { rest: line, plain: line, pieces: Vec::new(), before: None, hopeless: false };
    scanner.line(inside);
    scanner.pieces
}

struct Scanner<'a> {
    rest: &'a str,
    /// From the first character that belongs to no piece yet.
    plain: &'a str,
    pieces: Vec<(Kind, &'a str)>,
    /// The last character of code that is no white space.
    before: Option<char>,
    /// Whether a regular expression was looked for in vain: looking again and again would take long in a long line.
    hopeless: bool,
}

impl Scanner<'_> {
    fn line(&mut self, inside: &mut Inside) {
        match inside {
            Inside::Code => {}
            Inside::Comment => self.until_comment_ends(0, inside),
            Inside::Template => self.until_template_ends(0, inside),
        }
        while let Some(character) = self.rest.chars().next() {
            match character {
                '/' if self.rest.starts_with("//") => self.take(Kind::Comment, self.rest.len()),
                '/' if self.rest.starts_with("/*") => self.until_comment_ends(2, inside),
                '/' => match self.regex() {
                    Some(length) => self.take(Kind::Literal, length),
                    None => self.skip(1),
                },
                '"' | '\'' => self.take(Kind::Literal, quoted(self.rest, character).unwrap_or(self.rest.len())),
                '`' => self.until_template_ends(1, inside),
                _ if is_word(character) => self.word(),
                _ => self.skip(character.len_utf8()),
            }
        }
        self.end_plain();
    }

    fn word(&mut self) {
        let length = self.rest.find(|character| !is_word(character)).unwrap_or(self.rest.len());
        let word = self.rest.get(..length).unwrap_or_default();
        if self.before != Some('.') && KEYWORDS.contains(&word) {
            self.take(Kind::Keyword, length);
            // As after a sign: `return /x/`.
            self.before = None;
        } else {
            self.skip(length);
        }
    }

    /// The length of a regular expression that begins here, if one can.
    fn regex(&mut self) -> Option<usize> {
        let possible = !self.hopeless && self.before.is_none_or(|before| "(,=:[!&|?{};+-*%<>~^".contains(before));
        let mut class = false;
        let mut escaped = false;
        for (at, character) in self.rest.char_indices().skip(1).filter(|_| possible) {
            match character {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '[' => class = true,
                ']' => class = false,
                '/' if !class => {
                    let flags = self.rest.get(at + 1..)?;
                    let end = flags.find(|flag: char| !flag.is_ascii_alphabetic()).unwrap_or(flags.len());
                    return Some(at + 1 + end);
                }
                _ => {}
            }
        }
        self.hopeless |= possible;
        None
    }

    fn until_comment_ends(&mut self, from: usize, inside: &mut Inside) {
        let end = self.rest.get(from..).and_then(|rest| rest.find("*/")).map(|at| from + at + 2);
        *inside = if end.is_some() { Inside::Code } else { Inside::Comment };
        self.take(Kind::Comment, end.unwrap_or(self.rest.len()));
    }

    fn until_template_ends(&mut self, from: usize, inside: &mut Inside) {
        let end = if from == 0 { closing(self.rest, '`') } else { quoted(self.rest, '`') };
        *inside = if end.is_some() { Inside::Code } else { Inside::Template };
        self.take(Kind::Literal, end.unwrap_or(self.rest.len()));
    }

    fn skip(&mut self, length: usize) {
        let (skipped, rest) = self.rest.split_at(length.min(self.rest.len()));
        self.before = skipped.trim_end().chars().next_back().or(self.before);
        self.rest = rest;
    }

    fn take(&mut self, kind: Kind, length: usize) {
        self.end_plain();
        let (taken, rest) = self.rest.split_at(length.min(self.rest.len()));
        if !taken.is_empty() {
            self.pieces.push((kind, taken));
        }
        if kind != Kind::Comment {
            self.before = Some('x');
        }
        self.rest = rest;
        self.plain = rest;
    }

    fn end_plain(&mut self) {
        let length = self.plain.len() - self.rest.len();
        if let Some(plain) = self.plain.get(..length).filter(|plain| !plain.is_empty()) {
            self.pieces.push((Kind::Plain, plain));
        }
        self.plain = self.rest;
    }
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '_' | '$')
}

/// The length of a quoted text with both its quotes; nothing when it does not end.
fn quoted(text: &str, quote: char) -> Option<usize> {
    closing(text.get(1..)?, quote).map(|length| length + 1)
}

/// The length up to the closing quote, and with it.
fn closing(text: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    text.char_indices().find_map(|(at, character)| {
        let ends = character == quote && !escaped;
        escaped = character == '\\' && !escaped;
        ends.then_some(at + 1)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(lines: &str) -> String {
        let mut inside = Inside::default();
        let mut out = String::new();
        for line in lines.split('\n') {
            let pieces = pieces(line, &mut inside);
            assert_eq!(pieces.iter().map(|piece| piece.1).collect::<String>(), line);
            for (kind, text) in pieces {
                out += &match kind {
                    Kind::Plain => text.to_owned(),
                    Kind::Keyword => format!("<{text}>"),
                    Kind::Literal => format!("«{text}»"),
                    Kind::Comment => format!("#{text}#"),
                };
            }
            out.push('\n');
        }
        out.pop();
        out
    }

    #[test]
    fn words_texts_and_comments_differ() {
        assert_eq!(marked("const a = 'it\\'s' // \"x\""), "<const> a = «'it\\'s'» #// \"x\"#");
        assert_eq!(marked("x.default(new_one) /* a\nb */ return"), "x.default(new_one) #/* a#\n#b */# <return>");
        assert_eq!(marked("`a\n${b} \\`c` + `d`"), "«`a»\n«${b} \\`c`» + «`d`»");
    }

    #[test]
    fn a_slash_divides_or_begins_an_expression() {
        assert_eq!(marked("a / b / c"), "a / b / c");
        assert_eq!(marked("match(data, /[/'\"]\\//gi, 'x')"), "match(data, «/[/'\"]\\//gi», «'x'»)");
        assert_eq!(marked("return /x/.test(y)"), "<return> «/x/».test(y)");
        assert_eq!(marked("= /never closed"), "= /never closed");
    }

    #[test]
    fn any_text_comes_out_whole() {
        for text in ["'", "\"é", "`é", "/*é", "/é[", "é\\", "$é", "'\\", "\u{1b}", "//", "/", "مرحبا 'مر"]
        {
            marked(text);
        }
    }
}
