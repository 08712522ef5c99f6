//! Applies fixes, again and again until none is left.

use super::file::File;
use super::finding::{Edit, Finding, Fix};
use super::linter::{Linted, Linter};
use crate::challenge::{Source, parse};

/// Rounds. A fix that makes room for another needs one more; two that undo each other would go on for ever.
const ROUNDS: usize = 10;

/// A file after its fixes.
#[derive(Debug)]
pub struct Repaired {
    /// Its name and text.
    pub source: Source,
    /// How many fixes were applied.
    pub fixed: usize,
    /// What is left.
    pub linted: Linted,
}

impl Linter {
    /// Applies every fix that this linter's rules offer for a file, be it against its original. Of two that touch, the first in the file wins, and
    /// the other is looked at again. A round that would make a challenge unreadable is not taken.
    pub fn repair(&self, mut source: Source, original: Option<&File<'_>>) -> Repaired {
        let mut linted = self.compare(&source, original);
        let mut fixed = 0;
        for _ in 0..ROUNDS {
            let chosen = compatible(&linted.findings, &source.text);
            if chosen.is_empty() {
                break;
            }
            let text = apply(&source.text, chosen.iter().flat_map(|fix| &fix.edits));
            if text == source.text {
                break;
            }
            let next = Source { name: source.name.clone(), text };
            if parse(&source).is_ok() && parse(&next).is_err() {
                break;
            }
            fixed += chosen.len();
            linted = self.compare(&next, original);
            source = next;
        }
        Repaired { source, fixed, linted }
    }
}

/// The fixes that can be applied together, in the order of the file.
fn compatible<'f>(findings: &'f [Finding], text: &str) -> Vec<&'f Fix> {
    let mut fixes: Vec<&Fix> =
        findings.iter().filter_map(|it| it.fix.as_ref()).filter(|fix| sound(fix, text)).collect();
    fixes.sort_by_key(|fix| fix.edits.first().map(|edit| edit.range.start));
    let mut free = 0;
    let mut first = true;
    fixes.retain(|fix| {
        let (Some(start), Some(end)) = (fix.edits.first(), fix.edits.last()) else { return false };
        let fits = first || start.range.start > free;
        if fits {
            (free, first) = (end.range.end, false);
        }
        fits
    });
    fixes
}

/// Whether all edits are parts of the text, in order and apart.
fn sound(fix: &Fix, text: &str) -> bool {
    let apart = fix.edits.windows(2).all(|pair| match pair {
        [one, other] => one.range.end <= other.range.start,
        _ => true,
    });
    apart && !fix.edits.is_empty() && fix.edits.iter().all(|edit| text.get(edit.range.clone()).is_some())
}

/// The text with edits that are in order and apart.
fn apply<'e>(text: &str, edits: impl Iterator<Item = &'e Edit>) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    let mut at = 0;
    for edit in edits {
        out.push_str(text.get(at..edit.range.start).unwrap_or(""));
        out.push_str(&edit.text);
        at = edit.range.end;
    }
    out.push_str(text.get(at..).unwrap_or(""));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::challenge::{Position, Span};
    use crate::lint::{ALL, Level};

    fn finding(edits: &[(std::ops::Range<usize>, &str)]) -> Finding {
        let edits = edits.iter().map(|(range, text)| Edit { range: range.clone(), text: (*text).to_owned() }).collect();
        Finding {
            rule: ALL[0],
            level: Level::Warning,
            message: String::new(),
            span: Span { start: 0, end: 0, position: Position { line: 1, column: 1 } },
            labels: Vec::new(),
            help: None,
            fix: Some(Fix { title: String::new(), edits }),
            file: 0,
        }
    }

    fn mended(text: &str, findings: &[Finding]) -> String {
        let fixes = compatible(findings, text);
        apply(text, fixes.iter().flat_map(|fix| &fix.edits))
    }

    #[test]
    fn the_first_of_two_that_touch_wins() {
        let text = "abcdef";
        let all = [finding(&[(3..5, "X")]), finding(&[(0..2, "Y"), (4..5, "Z")]), finding(&[(6..6, "!")])];
        assert_eq!(mended(text, &all), "YcdZf!");
        assert_eq!(mended(text, &all[..1]), "abcXf");
        assert_eq!(mended(text, &[finding(&[(1..1, "1")]), finding(&[(1..1, "2")])]), "a1bcdef");
        assert_eq!(mended(text, &[finding(&[(0..0, "1")]), finding(&[(0..1, "2")])]), "1abcdef");
    }

    #[test]
    fn unsound_fixes_are_left() {
        for edits in [vec![(5..9, "")], vec![(3..4, ""), (0..1, "")], vec![(1..2, "")], vec![]] {
            assert_eq!(mended("aébcd", &[finding(&edits)]), "aébcd", "{edits:?}");
        }
    }
}
