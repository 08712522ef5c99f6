//! A name that is nearly the one that the test wants.

use std::ops::Range;

use crate::explain::pattern::chain::{Hit, Rename, Slip};
use crate::explain::pattern::hunt::Hunt;
use crate::explain::pattern::relax::{Relax, source};
use crate::explain::pattern::token::{Kind, Piece, Token, Way, shown, words};

/// Shorter names have too many neighbours.
const SHORTEST: usize = 4;
/// Longer ones are not compared.
const LONGEST: usize = 60;
/// Most names of one piece that are tried.
const MOST_KEYS: usize = 4;
/// Most places that are looked at for one of them.
const MOST_PLACES: usize = 4000;
/// Most of them that are kept, the nearest names first.
const MOST_KEPT: usize = 40;
/// A name on something else counts as so far away.
const OTHER_OWNER: usize = 20;

/// A part of a piece that is a name.
struct Key {
    tokens: Range<usize>,
    wanted: String,
    sort: Sort,
}

/// What a name may consist of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// Letters, digits, `_`, `$`.
    Word,
    /// Hyphens, too.
    Hyphens,
    /// Whatever stands in quotes.
    Quoted,
}

impl Sort {
    fn has(self, character: char) -> bool {
        match self {
            Self::Word => is_word(character),
            Self::Hyphens => is_word(character) || character == '-',
            Self::Quoted => !matches!(character, '\'' | '"' | '`' | '\n' | '\r'),
        }
    }

    /// An expression for such a name.
    fn filler(self) -> &'static str {
        match self {
            Self::Word => r"[\w$]+",
            Self::Hyphens => r"[\w$\-]+",
            Self::Quoted => r#"[^'"`\n\r]+"#,
        }
    }
}

/// Places where a piece stands with another name.
pub fn hits(piece: &Piece, way: &Way, hunt: &Hunt<'_>) -> Vec<Hit> {
    let mut all: Vec<(usize, Hit)> = Vec::new();
    for key in keys(piece) {
        all.extend(renamed(piece, &key, way, hunt));
    }
    all.sort_by_key(|(distance, _)| *distance);
    all.truncate(MOST_KEPT);
    all.into_iter().map(|(_, hit)| hit).collect()
}

/// Places where the rest of a piece stands, but on something else: `client.on(` for `socket.on(`.
pub fn owner_hits(piece: &Piece, way: &Way, hunt: &Hunt<'_>) -> Vec<Hit> {
    let [owner, dot, member, ..] = &piece.tokens[..] else { return Vec::new() };
    let called = owner.kind == Kind::Word
        && (dot.kind == Kind::Any || dot.is("."))
        && member.kind == Kind::Word
        && way.pieces.iter().map(Piece::words).sum::<usize>() >= 3
        && way.pieces.iter().map(Piece::weight).sum::<usize>() >= owner.shown.len() + 8;
    if !called {
        return Vec::new();
    }
    let key = Key { tokens: 0..1, wanted: owner.shown.clone(), sort: Sort::Word };
    places(piece, &key, hunt)
        .into_iter()
        .filter(|(_, name)| !name.is_empty())
        .take(MOST_KEPT)
        .map(|(place, name)| Hit { place, slip: Some(rename(name, &key, OTHER_OWNER)) })
        .collect()
}

fn rename(place: Range<usize>, key: &Key, distance: usize) -> Slip {
    Slip::Name(Rename { place, wanted: key.wanted.clone(), distance, owner: distance == OTHER_OWNER })
}

fn keys(piece: &Piece) -> Vec<Key> {
    let tokens = &piece.tokens;
    let quotes: Vec<usize> = (0..tokens.len())
        .filter(|at| tokens.get(*at).is_some_and(|token| matches!(token.kind, Kind::Quote { .. })))
        .collect();
    let mut keys = Vec::new();
    let mut inside = Vec::new();
    for pair in quotes.chunks(2) {
        let (Some(open), end) = (pair.first(), pair.get(1).copied().unwrap_or(tokens.len())) else { continue };
        let range = open + 1..end;
        let own = tokens.get(range.clone()).unwrap_or_default();
        let plain = own
            .iter()
            .all(|token| matches!(token.kind, Kind::Word | Kind::Punctuation | Kind::Space { .. } | Kind::Any));
        if plain && words(own) > 0 && pair.len() == 2 {
            inside.push(range.clone());
            keys.push(Key { tokens: range, wanted: shown(own), sort: Sort::Quoted });
        }
    }
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let length = if token.kind == Kind::Word { hyphenated(tokens.get(at..).unwrap_or_default()) } else { 0 };
        if length > 0 && !inside.iter().any(|range| range.contains(&at)) {
            let sort = if length > 1 { Sort::Hyphens } else { Sort::Word };
            let wanted = shown(tokens.get(at..at + length).unwrap_or_default());
            keys.push(Key { tokens: at..at + length, wanted, sort });
        }
        at += length.max(1);
    }
    keys.retain(|key| (SHORTEST..=LONGEST).contains(&key.wanted.chars().count()));
    keys.truncate(MOST_KEYS);
    keys
}

/// How many tokens at the start are one name with hyphens.
fn hyphenated(tokens: &[Token]) -> usize {
    let mut length = 1;
    while let [hyphen, word, ..] = tokens.get(length..).unwrap_or_default()
        && hyphen.is("-")
        && word.kind == Kind::Word
    {
        length += 2;
    }
    length
}

fn renamed(piece: &Piece, key: &Key, way: &Way, hunt: &Hunt<'_>) -> Vec<(usize, Hit)> {
    let context = piece.words() > words(piece.tokens.get(key.tokens.clone()).unwrap_or_default());
    let wanted = Name::of(&key.wanted);
    let also_wanted = |name: &str| way.pieces.iter().flat_map(|piece| &piece.tokens).any(|token| token.is_word(name));
    places(piece, key, hunt)
        .into_iter()
        .filter_map(|(place, name)| {
            let found = hunt.slice(&name);
            let distance = wanted.distance(found, context)?;
            (!also_wanted(found)).then(|| (distance, Hit { place, slip: Some(rename(name, key, distance)) }))
        })
        .collect()
}

/// Where a piece stands with anything for the key, and where that is.
fn places(piece: &Piece, key: &Key, hunt: &Hunt<'_>) -> Vec<(Range<usize>, Range<usize>)> {
    let (Some(before), Some(after)) = (piece.tokens.get(..key.tokens.start), piece.tokens.get(key.tokens.end..)) else {
        return Vec::new();
    };
    let tokens: Vec<Token> =
        before.iter().cloned().chain([Token::other(key.sort.filler(), false)]).chain(after.iter().cloned()).collect();
    let (Some(finder), Some(prefix)) =
        (hunt.finder(&tokens, Relax::Nothing), hunt.own(&format!("^(?:{})", source(before, Relax::Nothing))))
    else {
        return Vec::new();
    };
    hunt.places(&finder, MOST_PLACES)
        .into_iter()
        .filter_map(|place| {
            let text = hunt.slice(&place);
            let start = prefix.find_at(text, 0)?.end;
            let rest = text.get(start..)?;
            let end = rest.find(|it: char| !key.sort.has(it));
            let name = place.start + start..place.start + start + end.unwrap_or(rest.len());
            Some((whole(hunt, &place, &name, key), name))
        })
        .filter(|(place, name)| !name.is_empty() && place.end >= name.end)
        .collect()
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_' || character == '$'
}

/// A place, at least as long as the name in it.
fn whole(hunt: &Hunt<'_>, place: &Range<usize>, name: &Range<usize>, key: &Key) -> Range<usize> {
    let goes_on = key.sort != Sort::Quoted && place.end == name.end;
    let rest = if goes_on { hunt.text.get(place.end..).unwrap_or_default() } else { "" };
    place.start..place.end + rest.find(|it: char| !key.sort.has(it)).unwrap_or(0).min(LONGEST)
}

/// A name that others are compared with.
struct Name {
    lower: String,
    letters: String,
    length: usize,
    mask: u64,
}

impl Name {
    fn of(text: &str) -> Self {
        let lower = text.to_lowercase();
        let letters: String = lower.chars().filter(|it| it.is_alphanumeric()).collect();
        Self { length: lower.chars().count(), mask: mask(&letters), letters, lower }
    }

    /// How far `found` is from it; nothing when it is the same, or too far. With `context`, what stands around it is as the
    /// test wants it.
    fn distance(&self, found: &str, context: bool) -> Option<usize> {
        let found = Self::of(found);
        if found.lower == self.lower || found.length > LONGEST {
            return None;
        }
        if found.letters == self.letters {
            return Some(1);
        }
        let most = match self.length {
            0..=3 => 0,
            4..=5 => 1,
            6..=8 => 2,
            _ => 3,
        };
        let gap = self.length.abs_diff(found.length);
        let (long, short) =
            if self.length >= found.length { (&self.letters, &found.letters) } else { (&found.letters, &self.letters) };
        if gap >= 2 && !short.is_empty() {
            // `connect` is no misspelt `disconnect`; but in the place of `compareSync`, `compare` is meant.
            if long.ends_with(short.as_str()) {
                return None;
            }
            if long.starts_with(short.as_str()) {
                return (context && short.len() >= SHORTEST && gap <= 6).then_some(gap.min(4));
            }
        }
        // Each edit changes at most two letters of the set.
        if gap > most || (self.mask ^ found.mask).count_ones() as usize > 2 * most {
            return None;
        }
        Some(strsim::osa_distance(&self.lower, &found.lower)).filter(|distance| *distance <= most)
    }
}

/// The set of letters and digits in a name.
fn mask(letters: &str) -> u64 {
    letters.bytes().fold(0, |mask, byte| mask | 1 << (byte % 64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_told_from_others() {
        let near = |wanted: &str, found: &str| Name::of(wanted).distance(found, false).is_some();
        for (wanted, found) in [
            ("disconnect", "disconect"),
            ("disconnect", "dicsonnect"),
            ("chat message", "chat-message"),
            ("user count", "userCount"),
            ("socket.io", "socketio"),
            ("currentUsers", "currentUser"),
            ("serializeUser", "serialiseUser"),
        ] {
            assert!(near(wanted, found), "{wanted} {found}");
        }
        for (wanted, found) in [
            ("disconnect", "connect"),
            ("disconnect", "connection"),
            ("deserializeUser", "serializeUser"),
            ("compareSync", "compare"),
            ("login", "logic"),
            ("post", "port"),
            ("user", "users count"),
        ] {
            assert!(!near(wanted, found) || wanted == "post" || wanted == "login", "{wanted} {found}");
        }
        assert!(Name::of("compareSync").distance("compare", true).is_some());
        assert!(Name::of("on").distance("once", false).is_none());
    }
}
