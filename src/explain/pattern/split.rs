//! Takes a regular expression apart: pieces that have to stand there, and the gaps between them.
//!
//! Choices between alternatives are multiplied out, so that each [`Way`] is one plain sequence. What cannot be searched for (a
//! lookahead, a reference to a group of unlimited texts) becomes a gap: an explanation may be vaguer than the expression.

use oxc_allocator::Allocator;
use oxc_regular_expression::ast::{
    BoundaryAssertionKind, CharacterClass, CharacterClassContents, CharacterClassEscapeKind, Disjunction, Quantifier,
    Term,
};
use oxc_regular_expression::{LiteralParser, Options};
use oxc_span::Span;

use super::token::{Gap, Item, Reach, Token, Way, ways_of};

/// Longest expression that is taken apart.
const LONGEST: usize = 4000;
/// Most ways that alternatives are multiplied out to.
const MOST_WAYS: usize = 12;
/// Most items of all ways together.
const MOST_ITEMS: usize = 4000;
/// A repetition of any character up to this often is a gap.
const LONG_REPETITION: u64 = 16;

/// The ways in which `/source/flags` can match; empty when it cannot be read.
pub(super) fn split(source: &str, flags: &str) -> Vec<Way> {
    if source.len() > LONGEST || nesting(source) > 50 {
        return Vec::new();
    }
    let allocator = Allocator::default();
    let Ok(pattern) = LiteralParser::new(&allocator, source, Some(flags), Options::default()).parse() else {
        return Vec::new();
    };
    let mut splitter = Splitter { source, dot_all: flags.contains('s'), groups: Vec::new(), items: 0 };
    ways_of(splitter.disjunction(&pattern.body))
}

fn nesting(source: &str) -> usize {
    let mut depth = 0_usize;
    source.bytes().fold(0, |deepest, byte| {
        match byte {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest.max(depth)
    })
}

/// What a reference to a group stands for.
struct Group {
    name: Option<String>,
    /// The quotes that it can be, where it is one.
    quotes: Option<String>,
    /// Its inside as source, where that can stand alone.
    source: Option<String>,
}

/// Whether a group is counted, and its name.
enum Capture {
    As(Option<String>),
    Nothing,
}

struct Splitter<'s> {
    source: &'s str,
    dot_all: bool,
    groups: Vec<Group>,
    items: usize,
}

type Sequences = Vec<Vec<Item>>;

impl Splitter<'_> {
    fn disjunction(&mut self, body: &Disjunction<'_>) -> Sequences {
        let mut all = Vec::new();
        for alternative in &body.body {
            let sequences = self.sequence(&alternative.body);
            if all.len() < MOST_WAYS {
                all.extend(sequences);
                all.truncate(MOST_WAYS);
            }
        }
        all
    }

    fn sequence(&mut self, terms: &[Term<'_>]) -> Sequences {
        let mut all: Sequences = vec![Vec::new()];
        for term in terms {
            let next = self.term(term);
            match &next[..] {
                [one] => all.iter_mut().for_each(|sequence| sequence.extend(one.iter().cloned())),
                [] => {}
                many => {
                    let room = (MOST_WAYS / all.len()).max(1);
                    all = all
                        .iter()
                        .flat_map(|sequence| {
                            many.iter().take(room).map(|more| sequence.iter().chain(more).cloned().collect::<Vec<_>>())
                        })
                        .collect();
                }
            }
            self.items += all.len();
            if self.items > MOST_ITEMS {
                break;
            }
        }
        all
    }

    fn term(&mut self, term: &Term<'_>) -> Sequences {
        let item = match term {
            Term::Character(character) => Item::Token(Token::unit(character.value)),
            Term::Dot(_) => Item::Token(Token::any()),
            Term::CharacterClassEscape(escape) if escape.kind == CharacterClassEscapeKind::S => {
                Item::Token(Token::space(r"\s", true))
            }
            Term::CharacterClassEscape(escape) => self.other(escape.span),
            Term::CharacterClass(class) => self.class(class),
            Term::Quantifier(quantifier) => return self.quantifier(quantifier),
            Term::CapturingGroup(group) => {
                return self.group(&group.body, Capture::As(group.name.map(|name| name.to_string())));
            }
            Term::IgnoreGroup(group) if group.modifiers.is_none() => return self.group(&group.body, Capture::Nothing),
            Term::IgnoreGroup(group) => {
                self.count(&group.body);
                Item::Gap(Gap::anything())
            }
            Term::IndexedReference(reference) => {
                let index = usize::try_from(reference.index).unwrap_or(0).wrapping_sub(1);
                self.reference(index)
            }
            Term::NamedReference(reference) => {
                let name = reference.name.as_str();
                let index = self.groups.iter().position(|group| group.name.as_deref() == Some(name));
                self.reference(index.unwrap_or(usize::MAX))
            }
            Term::BoundaryAssertion(edge) if edge.kind != BoundaryAssertionKind::NegativeBoundary => {
                Item::Token(Token::edge(self.slice(edge.span)))
            }
            Term::BoundaryAssertion(_) => return vec![Vec::new()],
            Term::LookAroundAssertion(assertion) => {
                self.count(&assertion.body);
                return vec![Vec::new()];
            }
            Term::UnicodePropertyEscape(_) => Item::Token(Token::other("[^]", false)),
        };
        vec![vec![item]]
    }

    fn reference(&self, index: usize) -> Item {
        match self.groups.get(index) {
            Some(Group { quotes: Some(quotes), .. }) => Item::Token(Token::quote(quotes, Some(index))),
            Some(Group { source: Some(source), .. }) => Item::Token(Token::other(&format!("(?:{source})"), false)),
            _ => Item::Gap(Gap::anything()),
        }
    }

    fn class(&self, class: &CharacterClass<'_>) -> Item {
        if let Some(quotes) = quotes_of_class(class) {
            Item::Token(Token::quote(&quotes, None))
        } else if space_class(class) {
            Item::Token(Token::space(self.slice(class.span), true))
        } else {
            self.other(class.span)
        }
    }

    fn quantifier(&mut self, quantifier: &Quantifier<'_>) -> Sequences {
        let (min, max) = (quantifier.min, quantifier.max);
        let long = max.is_none_or(|max| max >= LONG_REPETITION);
        let item = match self.reach(&quantifier.body) {
            Some(reach) if long => Item::Gap(Gap { reach, some: min > 0 }),
            _ if is_space(&quantifier.body) => {
                self.count_term(&quantifier.body);
                Item::Token(Token::space(self.slice(quantifier.span), min > 0))
            }
            _ if (min, max) == (0, Some(1)) => {
                let mut ways = self.term(&quantifier.body);
                ways.push(Vec::new());
                return ways;
            }
            _ => {
                let known = self.groups.len();
                self.count_term(&quantifier.body);
                let token = Token::other(self.slice(quantifier.span), min == 0);
                // A group inside may be referred to from inside only, and then a slice alone would mean something else.
                if self.groups.len() > known && self.refers(quantifier.span) {
                    Item::Gap(Gap::anything())
                } else {
                    Item::Token(token)
                }
            }
        };
        vec![vec![item]]
    }

    /// How far a repetition of that term reaches, if it is one of nearly any character.
    fn reach(&self, body: &Term<'_>) -> Option<Reach> {
        match body {
            Term::Dot(_) => Some(if self.dot_all { Reach::Text } else { Reach::Line }),
            Term::CharacterClass(class) if class.negative && class.body.is_empty() => Some(Reach::Text),
            Term::CharacterClass(class) if class.negative && quotes_of_class(class).is_none() => {
                Some(Reach::Class(self.slice(class.span).to_owned()))
            }
            Term::CharacterClass(class) if !class.negative && complementary(class) => Some(Reach::Text),
            _ => None,
        }
    }

    fn group(&mut self, body: &Disjunction<'_>, capture: Capture) -> Sequences {
        let quotes = quotes_of(body);
        let place = self.groups.len();
        let captures = matches!(capture, Capture::As(_));
        if let Capture::As(name) = capture {
            let inside = self.slice(body.span).to_owned();
            let alone = !inside.contains('(') && !self.refers(body.span);
            self.groups.push(Group { name, quotes: quotes.clone(), source: alone.then_some(inside) });
        }
        if let Some(quotes) = quotes {
            self.count(body);
            return vec![vec![Item::Token(Token::quote(&quotes, captures.then_some(place)))]];
        }
        if space_group(body) {
            self.count(body);
            let required = !body.body.iter().any(|alternative| alternative.body.iter().all(may_be_nothing));
            return vec![vec![Item::Token(Token::space(&format!("(?:{})", self.slice(body.span)), required))]];
        }
        self.disjunction(body)
    }

    /// Registers the groups inside of what is not taken apart: they keep their numbers.
    fn count(&mut self, body: &Disjunction<'_>) {
        for term in body.body.iter().flat_map(|alternative| &alternative.body) {
            self.count_term(term);
        }
    }

    fn count_term(&mut self, term: &Term<'_>) {
        match term {
            Term::CapturingGroup(group) => {
                let name = group.name.map(|name| name.to_string());
                self.groups.push(Group { name, quotes: quotes_of(&group.body), source: None });
                self.count(&group.body);
            }
            Term::IgnoreGroup(group) => self.count(&group.body),
            Term::LookAroundAssertion(assertion) => self.count(&assertion.body),
            Term::Quantifier(quantifier) => self.count_term(&quantifier.body),
            _ => {}
        }
    }

    /// Whether that part of the source may hold a reference: a backslash before a digit or `k`.
    fn refers(&self, span: Span) -> bool {
        let slice = self.slice(span).as_bytes();
        slice.windows(2).any(|pair| matches!(pair, [b'\\', b'1'..=b'9' | b'k']))
    }

    fn other(&self, span: Span) -> Item {
        Item::Token(Token::other(self.slice(span), false))
    }

    fn slice(&self, span: Span) -> &str {
        self.source.get(span.start as usize..span.end as usize).unwrap_or_default()
    }
}

fn is_quote(unit: u32) -> bool {
    [u32::from(b'\''), u32::from(b'"'), u32::from(b'`')].contains(&unit)
}

fn quotes_of_class(class: &CharacterClass<'_>) -> Option<String> {
    if class.negative || class.body.is_empty() {
        return None;
    }
    class
        .body
        .iter()
        .map(|item| match item {
            CharacterClassContents::Character(character) if is_quote(character.value) => {
                char::from_u32(character.value)
            }
            _ => None,
        })
        .collect()
}

/// The quotes that a group of nothing else can be.
fn quotes_of(body: &Disjunction<'_>) -> Option<String> {
    let mut quotes = String::new();
    for alternative in &body.body {
        match &alternative.body[..] {
            [Term::Character(character)] if is_quote(character.value) => quotes.extend(char::from_u32(character.value)),
            [Term::CharacterClass(class)] => quotes.push_str(&quotes_of_class(class)?),
            _ => return None,
        }
    }
    Some(quotes).filter(|quotes| !quotes.is_empty())
}

fn space_unit(unit: u32) -> bool {
    char::from_u32(unit).is_some_and(char::is_whitespace)
}

fn space_class(class: &CharacterClass<'_>) -> bool {
    !class.negative
        && !class.body.is_empty()
        && class.body.iter().all(|item| match item {
            CharacterClassContents::Character(character) => space_unit(character.value),
            CharacterClassContents::CharacterClassEscape(escape) => escape.kind == CharacterClassEscapeKind::S,
            _ => false,
        })
}

fn is_space(term: &Term<'_>) -> bool {
    match term {
        Term::Character(character) => space_unit(character.value),
        Term::CharacterClassEscape(escape) => escape.kind == CharacterClassEscapeKind::S,
        Term::CharacterClass(class) => space_class(class),
        Term::Quantifier(quantifier) => is_space(&quantifier.body),
        Term::CapturingGroup(group) => space_group(&group.body),
        Term::IgnoreGroup(group) => space_group(&group.body),
        _ => false,
    }
}

/// A group of white space, and of nothing: `( |)`.
fn space_group(body: &Disjunction<'_>) -> bool {
    let mut terms = body.body.iter().flat_map(|alternative| &alternative.body).peekable();
    terms.peek().is_some() && terms.all(is_space)
}

fn may_be_nothing(term: &Term<'_>) -> bool {
    matches!(term, Term::Quantifier(quantifier) if quantifier.min == 0)
}

/// `[\s\S]` and its kin: a class escape and its opposite.
fn complementary(class: &CharacterClass<'_>) -> bool {
    use CharacterClassEscapeKind::{D, NegativeD, NegativeS, NegativeW, S, W};
    let has = |kind| {
        class
            .body
            .iter()
            .any(|item| matches!(item, CharacterClassContents::CharacterClassEscape(escape) if escape.kind == kind))
    };
    [(D, NegativeD), (S, NegativeS), (W, NegativeW)].into_iter().any(|(one, other)| has(one) && has(other))
}

impl Gap {
    /// For what cannot be searched for.
    fn anything() -> Self {
        Self { reach: Reach::Text, some: false }
    }
}
