//! Mutants of texts: source code, pages, anything that has lines.

use std::collections::HashSet;
use std::ops::Range;

use super::focus::Focus;
use super::letters;
use super::lexeme::{Lexeme, Sort, by_looks};
use super::mutation::{Change, Kind, Mutation};
use super::random::Random;
use super::script;
use super::thin::Thinned;

/// A longer line is looked at in pieces of this size.
const PIECE: usize = 160;
/// So often each line is tried at most, each time in another way.
const ROUNDS: usize = 12;
/// Longest excerpt within words.
const EXCERPT: usize = 40;

/// A line, or a piece of a long one.
#[derive(Debug, Clone)]
struct Piece {
    number: usize,
    /// The piece.
    at: Range<usize>,
    /// The whole line without its end, where the piece is its beginning.
    line: Option<Range<usize>>,
    /// The whole line with its end.
    with_end: Range<usize>,
}

/// At most `want` mutants of a text, the most telling ones first; every line is tried once before one is tried twice.
pub fn mutants(text: &str, answer: usize, focus: &Focus, want: usize, random: &mut Random) -> Vec<Mutation> {
    let pieces = pieces(text);
    let mut chosen = random.spread(pieces.len(), want);
    chosen.sort_unstable();
    let chosen: Vec<&Piece> = chosen.into_iter().filter_map(|at| pieces.get(at)).collect();
    let parts = if script::is_page(text) {
        chosen.iter().map(|piece| by_looks(text, piece.at.clone())).collect()
    } else {
        script::parts_within(text, &chosen.iter().map(|piece| piece.at.clone()).collect::<Vec<_>>())
    };
    let mut writer = Writer { text, answer, focus, random, out: Vec::new() };
    let mut states: Vec<State<'_>> =
        chosen.into_iter().zip(parts).map(|(piece, lexemes)| writer.state(piece, lexemes)).collect();
    writer.random.shuffle(&mut states);
    // What the test names comes first.
    states.sort_by_key(|state| std::cmp::Reverse(state.named));
    for round in 0..ROUNDS {
        for state in &mut states {
            if writer.out.len() >= want {
                return writer.out;
            }
            writer.round(round, state, next_line(&pieces, state.piece));
        }
    }
    writer.out
}

/// The lines that are not blank, long ones in pieces.
fn pieces(text: &str) -> Vec<Piece> {
    let mut kept = Thinned::default();
    let mut start = 0;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let with_end = start..start + line.len();
        let whole = start..start + line.trim_end_matches(['\n', '\r']).len();
        start = with_end.end;
        if line.trim().is_empty() {
            continue;
        }
        let mut from = whole.start;
        while from < whole.end {
            let to = if whole.end - from <= PIECE { whole.end } else { text.ceil_char_boundary(from + PIECE) };
            kept.offer(|| Piece {
                number: index + 1,
                at: from..to,
                line: (from == whole.start).then(|| whole.clone()),
                with_end: with_end.clone(),
            });
            from = to;
        }
    }
    kept.into_vec()
}

/// The line after a piece's, if it was kept.
fn next_line<'p>(pieces: &'p [Piece], piece: &Piece) -> Option<&'p Range<usize>> {
    let after = pieces.partition_point(|other| other.number <= piece.number);
    pieces.get(after)?.line.as_ref()
}

/// How far a piece has been tried.
struct State<'p> {
    piece: &'p Piece,
    /// How many of the test's words are in it.
    named: usize,
    /// What can be changed in it, in the order of trial.
    lexemes: Vec<Lexeme>,
    changed: bool,
    dropped: bool,
    swapped: bool,
}

struct Writer<'t> {
    text: &'t str,
    answer: usize,
    focus: &'t Focus,
    random: &'t mut Random,
    out: Vec<Mutation>,
}

impl Writer<'_> {
    fn state<'p>(&mut self, piece: &'p Piece, mut lexemes: Vec<Lexeme>) -> State<'p> {
        lexemes.retain(|lexeme| lexeme.sort != Sort::Open);
        self.random.shuffle(&mut lexemes);
        let named = |lexeme: &Lexeme| self.text.get(lexeme.at.clone()).is_some_and(|word| self.focus.names(word));
        lexemes.sort_by_key(|lexeme| (!named(lexeme), lexeme.sort == Sort::Quote));
        // The next to try is the last.
        lexemes.reverse();
        let words: HashSet<&str> = lexemes
            .iter()
            .filter(|lexeme| named(lexeme))
            .filter_map(|lexeme| self.text.get(lexeme.at.clone()))
            .collect();
        let named = words.len();
        State { piece, named, lexemes, changed: false, dropped: false, swapped: false }
    }

    /// One more mutant of a piece: what the test names is changed first, another line is taken away first.
    fn round(&mut self, round: usize, state: &mut State<'_>, next: Option<&Range<usize>>) {
        let by_letter = if state.named > 0 { round != 1 } else { round != 0 };
        if !by_letter && !state.dropped && state.piece.line.is_some() {
            state.dropped = true;
            self.drop_line(state.piece, state.named);
            return;
        }
        if round >= 3
            && !state.swapped
            && let (Some(line), Some(next)) = (&state.piece.line, next)
        {
            state.swapped = true;
            self.swap_lines(line, next, state.piece.number);
            return;
        }
        if state.lexemes.is_empty() && !state.changed && state.piece.line.is_none() {
            // In the middle of something very long.
            state.lexemes.push(Lexeme { sort: Sort::Word, at: state.piece.at.clone() });
        }
        state.changed = true;
        while let Some(lexeme) = state.lexemes.pop() {
            if self.change(state.piece.number, &lexeme, state.named) {
                return;
            }
        }
        if !state.dropped && state.piece.line.is_some() {
            state.dropped = true;
            self.drop_line(state.piece, state.named);
        }
    }

    fn push(&mut self, kind: Kind, change: Change, line: usize, what: String, named: usize) {
        self.out.push(Mutation { answer: self.answer, kind, change, what, line: Some(line), path: None, named });
    }

    fn drop_line(&mut self, piece: &Piece, named: usize) {
        let change = Change::Splice { at: piece.with_end.clone(), with: String::new() };
        self.push(Kind::LineDropped, change, piece.number, format!("line {} is gone", piece.number), named);
    }

    fn swap_lines(&mut self, first: &Range<usize>, second: &Range<usize>, number: usize) {
        let between = self.text.get(first.end..second.start).unwrap_or_default();
        let second_number = number + between.matches('\n').count();
        let what = format!("lines {number} and {second_number} change places");
        let change = Change::Swap { first: first.clone(), second: second.clone() };
        self.push(Kind::LinesSwapped, change, number, what, 0);
    }

    /// Changes one part; false where there is nothing to change in it.
    fn change(&mut self, line: usize, lexeme: &Lexeme, named: usize) -> bool {
        let at = &lexeme.at;
        let changed = match lexeme.sort {
            Sort::Quote => self.other_quote(at),
            Sort::Number => letters::change_number(self.text, at, self.random),
            Sort::Name | Sort::Word | Sort::Open => letters::change(self.text, at, self.random),
        };
        let Some((place, character)) = changed else { return false };
        let was = self.text.get(at.clone()).unwrap_or_default();
        let before = self.text.get(at.start..place.start).unwrap_or_default();
        let after = self.text.get(place.end..at.end).unwrap_or_default();
        let (kind, what) = match lexeme.sort {
            Sort::Quote => {
                (Kind::QuoteChanged, format!("a string ends with {character} instead of {was} in line {line}"))
            }
            sort => {
                let kind = match sort {
                    Sort::Number => Kind::NumberChanged,
                    Sort::Name => Kind::NameChanged,
                    _ => Kind::StringChanged,
                };
                let is = format!("{before}{character}{after}");
                (kind, format!("`{}` instead of `{}` in line {line}", excerpt(&is), excerpt(was)))
            }
        };
        let change = Change::Splice { at: place, with: character.to_string() };
        self.push(kind, change, line, what, named);
        true
    }

    fn other_quote(&mut self, at: &Range<usize>) -> Option<(Range<usize>, char)> {
        let others: Vec<char> = ['\'', '"', '`']
            .into_iter()
            .filter(|quote| self.text.get(at.clone()) != Some(quote.to_string().as_str()))
            .collect();
        Some((at.clone(), *self.random.pick(&others)?))
    }
}

/// The start of a text on one line.
pub fn excerpt(text: &str) -> String {
    let mut characters = text.chars();
    let start: String = characters.by_ref().take(EXCERPT).map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    if characters.next().is_some() { format!("{start}…") } else { start }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use bytes::Bytes;

    const SOURCE: &str =
        "const io = require('socket.io');\n\n// a comment\nio.on('connection', (socket) => {\n  count += 1;\n});\n";

    fn of(text: &str, code: &str, want: usize, seed: u64) -> Vec<Mutation> {
        mutants(text, 0, &Focus::of(code), want, &mut Random::new(seed, &[]))
    }

    #[test]
    fn every_line_is_tried_before_one_is_tried_twice() {
        let lines: Vec<String> = (0..40).map(|line| format!("app.get('/{line}', handler{line});")).collect();
        let text = lines.join("\n");
        let lines = |want| {
            let mut lines: Vec<usize> = of(&text, "", want, 5).iter().filter_map(|mutant| mutant.line).collect();
            lines.sort_unstable();
            lines
        };
        assert_eq!(lines(40), (1..=40).collect::<Vec<_>>());
        let ten = lines(10);
        assert_eq!(ten.iter().map(|line| (line - 1) / 4).collect::<Vec<_>>(), (0..10).collect::<Vec<_>>());
        let many = lines(100);
        assert!((1..=40).all(|line| many.contains(&line)) && many.len() == 100);
    }

    #[test]
    fn what_the_test_names_comes_first() {
        let mutants = of(SOURCE, "assert.match(source, /connection/)", 60, 1);
        assert_eq!((mutants[0].line, mutants[0].kind, mutants[0].named), (Some(4), Kind::StringChanged, 1));
        assert!(mutants[0].what.ends_with("instead of `connection` in line 4"), "{}", mutants[0].what);
        let kinds: std::collections::BTreeSet<Kind> = mutants.iter().map(|mutant| mutant.kind).collect();
        for kind in [Kind::LineDropped, Kind::LinesSwapped, Kind::NameChanged, Kind::NumberChanged, Kind::QuoteChanged]
        {
            assert!(kinds.contains(&kind), "{kind:?}");
        }
        assert!(mutants.iter().all(|mutant| mutant.line != Some(2)), "blank lines are left alone");
    }

    #[test]
    fn a_long_line_is_tried_in_many_places() {
        let text = (0..200).map(|number| format!("f({number},'x{number}');")).collect::<Vec<_>>().concat();
        let mutants = of(&text, "", 20, 3);
        let mut places: Vec<usize> = mutants
            .iter()
            .filter_map(|mutant| match &mutant.change {
                Change::Splice { at, .. } => Some(at.start / (text.len() / 4)),
                _ => None,
            })
            .collect();
        places.sort_unstable();
        places.dedup();
        assert!(places.len() >= 4, "{places:?}");
    }

    #[test]
    fn a_large_text_costs_little() {
        let text = "let x = 'abc'; // comment\n".repeat(200_000);
        let mutants = of(&text, "abc", 50, 1);
        assert_eq!(mutants.len(), 50);
        let size: usize = mutants.iter().map(|mutant| mutant.what.len()).sum();
        assert!(size < 10_000);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]
        #[test]
        fn every_mutant_is_another_text(text in "([a-z'\"`(){}/ 0-9é\r\n\\\\]|漢|const |x = ){0,60}", seed: u64, want in 1..50_usize) {
            let body = Bytes::from(text.clone());
            let mutants = of(&text, "x = const", want, seed);
            prop_assert!(mutants.len() <= want);
            for mutant in &mutants {
                let changed = mutant.change.apply(&body).unwrap();
                let same = matches!(mutant.kind, Kind::LinesSwapped) && changed == body;
                prop_assert!(same || changed != body, "{mutant:?}");
                prop_assert!(std::str::from_utf8(&changed).is_ok(), "{mutant:?}");
            }
            prop_assert_eq!(mutants, of(&text, "x = const", want, seed));
        }
    }
}
