//! Pieces of a value beside a place where a text was cut: messages show the start of a long text (`'hunter2-an…'`), or a
//! window of it (`..."nter2-an"...`).

use std::collections::HashMap;
use std::ops::Range;

/// Shorter pieces tell nothing, and would mask ordinary words.
const PIECE: usize = 4;
/// The most places in a value that are tried for a piece.
const TRIED: usize = 16;

/// A value, made ready to find pieces of it.
#[derive(Clone)]
pub(super) struct Pieces {
    /// Without backslashes, which messages add and remove.
    value: Vec<char>,
    /// Where in the value each piece begins.
    starts: HashMap<[char; PIECE], Vec<usize>>,
}

impl Pieces {
    pub(super) fn of(value: &str) -> Self {
        let value: Vec<char> = value.chars().filter(|&character| character != '\\').collect();
        let mut starts: HashMap<_, Vec<usize>> = HashMap::new();
        for (at, piece) in value.windows(PIECE).enumerate() {
            if let Ok(piece) = <[char; PIECE]>::try_from(piece) {
                let known = starts.entry(piece).or_default();
                if known.len() < TRIED {
                    known.push(at);
                }
            }
        }
        Self { value, starts }
    }

    /// Where in a text pieces of the value stand beside a cut.
    pub(super) fn beside(&self, text: &str, cut: &Range<usize>) -> Vec<Range<usize>> {
        let before = text.get(..cut.start).unwrap_or_default().char_indices().rev();
        let before = self.length(before, |start| start.checked_add(PIECE - 1), |at| at.checked_sub(1), true);
        let after = text.get(cut.end..).unwrap_or_default().char_indices();
        let after = self.length(after, Some, |at| at.checked_add(1), false);
        let before = before.map(|piece| piece.start..piece.end);
        let after = after.map(|piece| cut.end + piece.start..cut.end + piece.end);
        before.into_iter().chain(after).collect()
    }

    /// The piece of the value that `characters` begin with, after a quote or a blank; they come from the cut outwards.
    fn length(
        &self,
        characters: impl Iterator<Item = (usize, char)>,
        first: impl Fn(usize) -> Option<usize>,
        next: impl Fn(usize) -> Option<usize>,
        backwards: bool,
    ) -> Option<Range<usize>> {
        let mut characters = characters
            .skip_while(|&(_, character)| matches!(character, ' ' | '"' | '\'' | '`'))
            .filter(|&(_, character)| character != '\\');
        let mut seen: Vec<(usize, char)> = characters.by_ref().take(PIECE).collect();
        let mut piece =
            <[char; PIECE]>::try_from(seen.iter().map(|&(_, character)| character).collect::<Vec<_>>()).ok()?;
        if backwards {
            piece.reverse();
        }
        let starts = self.starts.get(&piece)?;
        seen.extend(characters.take(self.value.len()));
        let longest = starts
            .iter()
            .map(|&start| {
                let mut at = first(start);
                let fits = |&&(_, character): &&(usize, char)| {
                    let same = at.and_then(|at| self.value.get(at)) == Some(&character);
                    at = at.and_then(&next);
                    same
                };
                seen.iter().take_while(fits).count()
            })
            .max()?;
        let (edge, far) = (seen.first()?, seen.get(longest.checked_sub(1)?)?);
        Some(if backwards { far.0..edge.0 + edge.1.len_utf8() } else { edge.0..far.0 + far.1.len_utf8() })
    }
}

/// Where a text was cut: an ellipsis, or three dots or more.
pub(super) fn cuts(text: &str) -> Vec<Range<usize>> {
    let mut cuts = Vec::new();
    let mut dots = 0..0;
    for (at, character) in text.char_indices() {
        match character {
            '…' => cuts.push(at..at + character.len_utf8()),
            '.' if dots.end == at => dots.end = at + 1,
            '.' => dots = at..at + 1,
            _ => continue,
        }
        let follows = text.as_bytes().get(dots.end) == Some(&b'.');
        if character == '.' && dots.len() >= 3 && !follows {
            cuts.push(dots.clone());
        }
    }
    cuts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(value: &str, text: &str) -> String {
        let pieces = Pieces::of(value);
        let mut spans: Vec<_> = cuts(text).iter().flat_map(|cut| pieces.beside(text, cut)).collect();
        spans.sort_by_key(|span| span.start);
        spans.dedup();
        let mut out = text.to_owned();
        for span in spans.into_iter().rev() {
            out.replace_range(span, "*");
        }
        out
    }

    #[test]
    fn pieces_beside_a_cut_are_found() {
        for (text, expected) in [
            ("expected 'x hunter2-an…' to equal", "expected 'x *…' to equal"),
            ("..., ...\"nter2-an\"... is not valid JSON", "..., ...\"*\"... is not valid JSON"),
            ("\"pw=hunte\"... is not", "\"pw=*\"... is not"),
            ("...\"more'!\" is not", "...\"*!\" is not"),
            ("'it is and-more\\'…'", "'it is *\\'…'"),
            ("hunter2-and … (more)", "* … (more)"),
            ("hun… x unte.. nothing here… …", "hun… x unte.. nothing here… …"),
            ("hunter2", "hunter2"),
            ("….hunter", "….hunter"),
        ] {
            assert_eq!(masked("hunter2-and-more'", text), expected);
        }
        assert_eq!(masked("ééééé", "xéééé…"), "x*…");
        assert_eq!(masked("aaaaaaaaaa", &format!("{}…", "a".repeat(30))), format!("{}*…", "a".repeat(20)));
    }
}
