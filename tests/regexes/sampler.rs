//! Texts that nearly match: made from an expression's own parts, then damaged in the ways in which people do it.

use oxc_allocator::Allocator;
use oxc_regular_expression::ast::{
    CharacterClass, CharacterClassContents, CharacterClassEscapeKind, Disjunction, Pattern, Term,
};
use oxc_regular_expression::{LiteralParser, Options};

use crate::support::random::Random;

/// Characters that are put where an expression does not say which.
const ANY: &[&str] = &[
    "a", "b", "c", "x", "y", "A", "K", "S", "k", "s", "0", "7", "_", "-", " ", "\t", "\n", "\r", "\u{2028}",
    "\u{2029}", "\u{85}", "\u{a0}", "\u{feff}", "'", "\"", "`", "(", ")", "{", "}", "[", "]", "/", "\\", ".", ",", ";",
    ":", "é", "\u{17f}", "\u{212a}", "ß", "😀", "=>", "//", "\0",
];

/// What is put into a text, or in the place of a part of it.
const NOISE: &[&str] = &[
    "\n", "\r", "\r\n", "\u{2028}", "\u{2029}", "\u{85}", "\u{b}", "\u{c}", " ", "  ", "\t", "\u{a0}", "\u{feff}",
    "\u{180e}", "\u{200b}", "\u{17f}", "\u{212a}", "😀", "é", "'", "\"", "`", ";", ",", "(", ")", "\\", "/", "_", "1",
];

/// A text for `/source/flags`.
pub fn text(source: &str, flags: &str, sources: &[String], random: &mut Random) -> String {
    let allocator = Allocator::default();
    let pattern = LiteralParser::new(&allocator, source, Some(flags), Options::default()).parse().unwrap();
    let mut text = sample(&pattern, random);
    if random.once_in(6) {
        text.push_str(&sample(&pattern, random));
    }
    if !random.once_in(4) {
        for _ in 0..=random.below(3) {
            damage(&mut text, random);
        }
    }
    match random.below(8) {
        0 => text.insert_str(0, one(ANY, random)),
        1 => text.push_str(one(ANY, random)),
        2 => text = format!("{}{text}{}", one(ANY, random), one(ANY, random)),
        3 => {
            let around = random.pick(sources);
            let lines: Vec<&str> = around.lines().collect();
            let at = random.below(lines.len().max(1));
            let (before, after) = lines.split_at(at.min(lines.len()));
            let before = before.iter().rev().take(3).rev().copied().collect::<Vec<_>>().join("\n");
            let after = after.iter().take(3).copied().collect::<Vec<_>>().join("\n");
            text = format!("{before}\n{text}\n{after}");
        }
        _ => {}
    }
    text
}

fn damage(text: &mut String, random: &mut Random) {
    let mut all: Vec<char> = text.chars().collect();
    if all.is_empty() {
        text.push_str(one(NOISE, random));
        return;
    }
    let at = random.below(all.len());
    match random.below(9) {
        0 => {
            all.remove(at);
        }
        1 => all.insert(at, all[at]),
        2 => {
            let next = (at + 1) % all.len();
            all.swap(at, next);
        }
        3 => {
            for character in &mut all {
                if matches!(character, '\'' | '"' | '`') && !random.once_in(3) {
                    *character = *random.pick(&['\'', '"', '`']);
                }
            }
        }
        4 => {
            for character in &mut all {
                if random.once_in(2) {
                    *character = flipped(*character);
                }
            }
        }
        5 => {
            for character in &mut all {
                match character {
                    's' | 'S' if random.once_in(2) => *character = '\u{17f}',
                    'k' | 'K' if random.once_in(2) => *character = '\u{212a}',
                    _ => {}
                }
            }
        }
        6 => all.truncate(at),
        7 => all.retain(|character| !character.is_whitespace()),
        _ => {
            *text = all[..at].iter().collect::<String>() + one(NOISE, random) + &all[at..].iter().collect::<String>();
            return;
        }
    }
    *text = all.into_iter().collect();
}

fn one(from: &[&'static str], random: &mut Random) -> &'static str {
    from[random.below(from.len())]
}

fn flipped(character: char) -> char {
    let mut other: Vec<char> = character.to_uppercase().collect();
    if other == [character] {
        other = character.to_lowercase().collect();
    }
    if let [one] = other[..] { one } else { character }
}

/// Text that the expression is likely to match.
fn sample(pattern: &Pattern<'_>, random: &mut Random) -> String {
    let mut sampler = Sampler { units: Vec::new(), groups: Vec::new(), random };
    sampler.disjunction(&pattern.body);
    String::from_utf16_lossy(&sampler.units)
}

struct Sampler<'r> {
    units: Vec<u16>,
    groups: Vec<(Option<String>, Vec<u16>)>,
    random: &'r mut Random,
}

impl Sampler<'_> {
    fn disjunction(&mut self, body: &Disjunction<'_>) {
        let alternative = self.random.pick(&body.body);
        for term in &alternative.body {
            self.term(term);
        }
    }

    fn term(&mut self, term: &Term<'_>) {
        match term {
            Term::Character(character) => self.code(character.value),
            Term::Quantifier(quantifier) => {
                let min = quantifier.min;
                let room = quantifier.max.map_or(4, |max| max.saturating_sub(min).min(4));
                let extra = self.random.below(usize::try_from(room).unwrap_or(4) + 1);
                for _ in 0..usize::try_from(min).unwrap_or(0).min(20) + extra {
                    self.term(&quantifier.body);
                }
            }
            Term::Dot(_) | Term::UnicodePropertyEscape(_) => self.any(),
            Term::CharacterClassEscape(escape) => self.escape(escape.kind),
            Term::CharacterClass(class) => self.class(class),
            Term::CapturingGroup(group) => {
                let start = self.units.len();
                let place = self.groups.len();
                self.groups.push((group.name.map(|name| name.to_string()), Vec::new()));
                self.disjunction(&group.body);
                self.groups[place].1 = self.units[start..].to_vec();
            }
            Term::IgnoreGroup(group) => self.disjunction(&group.body),
            Term::IndexedReference(reference) => {
                let at = usize::try_from(reference.index).unwrap_or(0).wrapping_sub(1);
                let text = self.groups.get(at).map(|(_, text)| text.clone()).unwrap_or_default();
                self.units.extend(text);
            }
            Term::NamedReference(reference) => {
                let name = reference.name.as_str();
                let text = self.groups.iter().find(|(known, _)| known.as_deref() == Some(name));
                let text = text.map(|(_, text)| text.clone()).unwrap_or_default();
                self.units.extend(text);
            }
            Term::BoundaryAssertion(_) | Term::LookAroundAssertion(_) => {}
        }
    }

    fn class(&mut self, class: &CharacterClass<'_>) {
        if class.negative || class.body.is_empty() {
            return self.any();
        }
        let random = &mut *self.random;
        match random.pick(&class.body) {
            CharacterClassContents::Character(character) => self.code(character.value),
            CharacterClassContents::CharacterClassRange(range) => {
                let span = usize::try_from(range.max.value.saturating_sub(range.min.value)).unwrap_or(0);
                let offset = u32::try_from(random.below(span + 1)).unwrap_or(0);
                self.code(range.min.value + offset);
            }
            CharacterClassContents::CharacterClassEscape(escape) => self.escape(escape.kind),
            _ => self.any(),
        }
    }

    fn escape(&mut self, kind: CharacterClassEscapeKind) {
        use CharacterClassEscapeKind::{D, S, W};
        let from: &[&str] = match kind {
            D => &["0", "5", "9", "٣"],
            S => &[" ", "\t", "\n", "\u{feff}", "\u{a0}", "\u{2028}", "\u{85}"],
            W => &["a", "Z", "_", "0", "é", "\u{17f}"],
            _ => return self.any(),
        };
        let text = *self.random.pick(from);
        self.units.extend(text.encode_utf16());
    }

    fn any(&mut self) {
        let text = *self.random.pick(ANY);
        self.units.extend(text.encode_utf16());
    }

    fn code(&mut self, code: u32) {
        let mut buffer = [0; 2];
        match char::from_u32(code) {
            Some(character) => self.units.extend_from_slice(character.encode_utf16(&mut buffer)),
            None => self.units.extend(u16::try_from(code)),
        }
    }
}
