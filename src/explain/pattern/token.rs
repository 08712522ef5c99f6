//! The parts of a search: tokens that stand next to each other in pieces, and gaps between the pieces.

use std::fmt::Write as _;

/// One way in which a search can succeed: pieces in order, each after a gap (that of the first may be ignored).
#[derive(Debug, Clone)]
pub(super) struct Way {
    /// What has to be there.
    pub pieces: Vec<Piece>,
    /// `gaps[i]` stands before `pieces[i]`.
    pub gaps: Vec<Gap>,
}

/// Tokens that follow each other directly.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    /// At least one.
    pub tokens: Vec<Token>,
}

/// What may stand between two pieces.
#[derive(Debug, Clone)]
pub(super) struct Gap {
    /// Which characters.
    pub reach: Reach,
    /// Whether at least one is needed.
    pub some: bool,
}

/// Which characters a gap may hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reach {
    /// All of one line.
    Line,
    /// All.
    Text,
    /// Those of a class, given as its source.
    Class(String),
}

/// A part of a sequence.
#[derive(Debug, Clone)]
pub(super) enum Item {
    Token(Token),
    Gap(Gap),
}

/// The smallest part of a piece.
#[derive(Debug, Clone)]
pub(super) struct Token {
    pub kind: Kind,
    /// JavaScript source of an expression for it alone.
    pub source: String,
    /// As a person would write it.
    pub shown: String,
}

/// Sorts of tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters, digits, `_`, `$`.
    Word,
    /// One other character.
    Punctuation,
    /// White space.
    Space {
        /// Whether there has to be some.
        required: bool,
    },
    /// A quote: `shown` has all that it may be.
    Quote {
        /// The group that makes several quotes the same.
        group: Option<usize>,
    },
    /// Any one character: often a dot that was not escaped.
    Any,
    /// The start, the end, a boundary of words.
    Edge,
    /// Something else.
    Other {
        /// Whether it may be empty.
        optional: bool,
    },
}

impl Token {
    /// A code unit (or code point up to U+FFFF).
    pub fn unit(unit: u32) -> Self {
        let source = format!("\\u{unit:04x}");
        let Some(character) = char::from_u32(unit) else { return Self::other(&source, false) };
        if matches!(character, '\'' | '"' | '`') {
            return Self::quote(&character.to_string(), None);
        }
        let kind = match character {
            '_' | '$' => Kind::Word,
            _ if character.is_whitespace() => Kind::Space { required: true },
            _ if character.is_alphanumeric() => Kind::Word,
            _ => Kind::Punctuation,
        };
        Self { kind, source: escaped(character), shown: character.to_string() }
    }

    /// Any one character.
    pub fn any() -> Self {
        Self { kind: Kind::Any, source: ".".to_owned(), shown: ".".to_owned() }
    }

    /// White space.
    pub fn space(source: &str, required: bool) -> Self {
        let shown = if required { " " } else { "" };
        Self { kind: Kind::Space { required }, source: source.to_owned(), shown: shown.to_owned() }
    }

    /// One of the quotes.
    pub fn quote(quotes: &str, group: Option<usize>) -> Self {
        Self { kind: Kind::Quote { group }, source: format!("[{quotes}]"), shown: quotes.to_owned() }
    }

    /// The start, the end, a boundary of words.
    pub fn edge(source: &str) -> Self {
        Self { kind: Kind::Edge, source: source.to_owned(), shown: String::new() }
    }

    /// Something else.
    pub fn other(source: &str, optional: bool) -> Self {
        Self { kind: Kind::Other { optional }, source: source.to_owned(), shown: source.to_owned() }
    }

    /// Whether it may match nothing.
    pub fn optional(&self) -> bool {
        matches!(self.kind, Kind::Space { required: false } | Kind::Edge | Kind::Other { optional: true })
    }

    /// Whether it is that one character.
    pub fn is(&self, character: &str) -> bool {
        self.kind == Kind::Punctuation && self.shown == character
    }

    /// Whether it is that word.
    pub fn is_word(&self, word: &str) -> bool {
        self.kind == Kind::Word && self.shown == word
    }
}

/// A character as source of an expression.
fn escaped(character: char) -> String {
    if character.is_ascii_alphanumeric() || character == '_' {
        return character.to_string();
    }
    let mut units = [0; 2];
    character.encode_utf16(&mut units).iter().fold(String::new(), |mut source, unit| {
        let _ = write!(source, "\\u{unit:04x}");
        source
    })
}

/// The way of a plain text.
pub(super) fn plain(text: &str) -> Vec<Way> {
    let items = text.chars().take(4000).flat_map(|character| {
        let mut units = [0; 2];
        character
            .encode_utf16(&mut units)
            .iter()
            .map(|unit| Item::Token(Token::unit(u32::from(*unit))))
            .collect::<Vec<_>>()
    });
    ways_of(vec![items.collect()])
}

/// Cuts sequences at their gaps, and joins letters to words.
pub(super) fn ways_of(sequences: Vec<Vec<Item>>) -> Vec<Way> {
    sequences.into_iter().map(way_of).filter(|way| !way.pieces.is_empty()).collect()
}

fn way_of(items: Vec<Item>) -> Way {
    let mut way = Way { pieces: Vec::new(), gaps: Vec::new() };
    let mut gap = Gap { reach: Reach::Text, some: false };
    let mut tokens: Vec<Token> = Vec::new();
    for item in items {
        match item {
            Item::Token(token) => push(&mut tokens, token),
            Item::Gap(next) => {
                if way.close(&mut tokens, &gap) {
                    gap = next;
                } else {
                    gap = wider(&gap, next);
                }
            }
        }
    }
    way.close(&mut tokens, &gap);
    way
}

/// Two gaps in a row hold what either may hold.
fn wider(one: &Gap, other: Gap) -> Gap {
    if one.reach == Reach::Text { Gap { reach: Reach::Text, some: one.some || other.some } } else { other }
}

impl Way {
    /// Makes a piece of the tokens, unless they may all be nothing.
    fn close(&mut self, tokens: &mut Vec<Token>, gap: &Gap) -> bool {
        let mut piece = std::mem::take(tokens);
        // White space that may be missing says nothing at an end.
        while piece.last().is_some_and(|token| token.kind == Kind::Space { required: false }) {
            piece.pop();
        }
        let start = piece.iter().take_while(|token| token.kind == Kind::Space { required: false }).count();
        piece.drain(..start);
        if piece.iter().all(Token::optional) {
            return false;
        }
        self.pieces.push(Piece { tokens: piece });
        self.gaps.push(gap.clone());
        true
    }
}

fn push(tokens: &mut Vec<Token>, token: Token) {
    match tokens.last_mut() {
        Some(last) if last.kind == Kind::Word && token.kind == Kind::Word => {
            last.source.push_str(&token.source);
            last.shown.push_str(&token.shown);
        }
        Some(last) if last.kind == Kind::Space { required: true } && token.kind == last.kind => {
            last.source.push_str(&token.source);
            last.shown.push_str(&token.shown);
        }
        _ => tokens.push(token),
    }
}

impl Piece {
    /// As a person would write it.
    pub fn shown(&self) -> String {
        shown(&self.tokens)
    }

    /// How many words it has, texts in quotes counted as one.
    pub fn words(&self) -> usize {
        words(&self.tokens)
    }

    /// Letters and digits that it asks for.
    pub fn weight(&self) -> usize {
        self.tokens.iter().filter(|token| token.kind == Kind::Word).map(|token| token.shown.chars().count()).sum()
    }
}

/// How many words there are.
pub(super) fn words(tokens: &[Token]) -> usize {
    tokens.iter().filter(|token| token.kind == Kind::Word).count()
}

/// Tokens as a person would write them.
pub(super) fn shown(tokens: &[Token]) -> String {
    let mut text = String::new();
    for (index, token) in tokens.iter().enumerate() {
        let (before, after) = (index.checked_sub(1).and_then(|at| tokens.get(at)), tokens.get(index + 1));
        match &token.kind {
            Kind::Quote { .. } => text.push(quote(&token.shown)),
            // Where there may be some or none, as most people write it.
            Kind::Space { required: false } if airy(before, after) => text.push(' '),
            _ => text.push_str(&token.shown),
        }
    }
    text.trim().to_owned()
}

/// Whether most people put a blank between the two.
fn airy(before: Option<&Token>, after: Option<&Token>) -> bool {
    let is = |token: Option<&Token>, signs: &[&str]| token.is_some_and(|token| signs.iter().any(|sign| token.is(sign)));
    is(before, &[",", ":", "=", "+", ">", "{", "|", "&"]) || is(after, &["=", "+", "{", "}", "|", "&"])
}

/// The quote to show of several.
pub(super) fn quote(quotes: &str) -> char {
    if quotes.contains('\'') { '\'' } else { quotes.chars().next().unwrap_or('\'') }
}

#[cfg(test)]
mod tests {
    use super::super::split::split;
    use super::*;

    fn written(source: &str, flags: &str) -> Vec<String> {
        split(source, flags)
            .iter()
            .map(|way| {
                way.pieces
                    .iter()
                    .zip(&way.gaps)
                    .map(|(piece, gap)| {
                        let sign = match &gap.reach {
                            Reach::Line => "-",
                            Reach::Text => "~",
                            Reach::Class(class) => class,
                        };
                        format!("{sign}{}", piece.shown())
                    })
                    .collect::<Vec<_>>()
                    .join(" ")
            })
            .collect()
    }

    #[test]
    fn pieces_and_gaps() {
        assert_eq!(written(r#"socket.on.*('|")disconnect\1"#, ""), ["~socket.on -'disconnect'"]);
        assert_eq!(written(r#"socket.on.*('|")user\1[^]*messages.*li"#, "s"), ["~socket.on ~'user' ~messages ~li"]);
        assert_eq!(written(r"body\s*\{[^\}]*\}", ""), [r"~body { [^\}]}"]);
        assert_eq!(written(r"a[\s\S]*?b", ""), ["~a ~b"]);
        assert_eq!(written(r".*\/x\.y", ""), ["~/x.y"]);
    }

    #[test]
    fn alternatives_are_multiplied_out() {
        assert_eq!(
            written(r#"process\.env(\.PORT|\[(?<q>"|')PORT\k<q>\])"#, ""),
            ["~process.env.PORT", "~process.env['PORT']"]
        );
        assert_eq!(
            written(r#"require\s*\(('|")\.\/routes(\.js)?\1\)"#, ""),
            ["~require('./routes.js')", "~require('./routes')"]
        );
        assert_eq!(written("showLogin:( |)true", ""), ["~showLogin: true"]);
        assert_eq!(written("a|b", ""), ["~a", "~b"]);
        assert!(split("(a|b)(c|d)(e|f)(g|h)(i|j)(k|l)", "").len() <= 12);
    }

    #[test]
    fn what_cannot_be_searched_for_is_a_gap() {
        assert_eq!(written(r"(a(b))c\1d", ""), ["~abc ~d"]);
        // Repeats its group, not what the group has found.
        assert_eq!(written(r"(a+)b\1c", ""), ["~a+b(?:a+)c"]);
        assert_eq!(written(r"(?=x)ab(?!c)", ""), ["~ab"]);
        assert_eq!(written("(", ""), [""; 0]);
    }
}
