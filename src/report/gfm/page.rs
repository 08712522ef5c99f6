//! A text that must not become too long, and the table of challenges.

use super::escape::inline;
use crate::report::model::{Challenge, Report};
use crate::report::plain::challenge_verdict;
use crate::report::text::count;

/// Longest title in the table, in bytes.
const TITLE: usize = 100;
/// Room kept for the last lines of a page, in bytes.
const TAIL: usize = 400;

/// A text of sections that takes no more once one of them had no room.
pub struct Page {
    text: String,
    limit: usize,
    left_out: usize,
}

impl Page {
    /// A page of at most `limit` bytes.
    pub fn new(limit: usize) -> Self {
        Self { text: String::new(), limit, left_out: 0 }
    }

    /// Adds a section, or counts it as left out. The first one that is left out leaves out all that follow, which are not
    /// even made: a reader should see a text that ends, not one with holes.
    pub fn add(&mut self, section: impl FnOnce() -> String) {
        if self.left_out == 0 {
            let section = section();
            if self.text.len() + section.len() + TAIL <= self.limit {
                self.text.push_str(&section);
                return;
            }
        }
        self.left_out += 1;
    }

    /// The text; what was left out is counted in its last line as `what` (`hint`).
    pub fn finish(mut self, what: &str, why: &str) -> String {
        if self.left_out > 0 {
            self.text += &format!("*{} more left out: {why}.*\n\n", count(self.left_out, what));
        }
        self.text
    }
}

/// The challenges with their verdicts and counts, in at most about `limit` bytes. Where there is no room for all, those
/// that passed are left out first.
pub fn table(report: &Report, limit: usize) -> String {
    let head = "| Challenge | Verdict | Passed | Failed | Could not check | No test | Skipped |\n|---|---|--:|--:|--:|--:|--:|\n";
    let passed = |challenge: &Challenge| challenge_verdict(challenge) == "passed";
    let rows: Vec<(bool, String)> =
        report.challenges.iter().map(|challenge| (passed(challenge), row(challenge))).collect();
    let mut room = limit.saturating_sub(head.len());
    let mut fits: Vec<bool> = vec![false; rows.len()];
    for turn in [false, true] {
        for ((_, row), fits) in rows.iter().zip(&mut fits).filter(|((passed, _), _)| *passed == turn) {
            let Some(rest) = room.checked_sub(row.len()) else {
                room = 0;
                break;
            };
            (room, *fits) = (rest, true);
        }
    }
    let mut out = head.to_owned();
    out.extend(rows.iter().zip(&fits).filter(|(_, fits)| **fits).map(|((_, row), _)| row.as_str()));
    let left_out = fits.iter().filter(|fits| !**fits).count();
    if left_out > 0 {
        out += &format!("\n*{} more.*\n", count(left_out, "challenge"));
    }
    out
}

fn row(challenge: &Challenge) -> String {
    let counts = &challenge.counts;
    format!(
        "| {} | {} | {} | {} | {} | {} | {} |\n",
        inline(&challenge.title, TITLE),
        challenge_verdict(challenge),
        counts.passed,
        counts.failed,
        counts.errored,
        counts.unchecked,
        counts.skipped,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::model::Outcome;
    use crate::report::sample;

    #[test]
    fn a_page_ends_where_there_is_no_room() {
        let mut page = Page::new(TAIL + 10);
        for section in ["12345", "1234567", "1"] {
            page.add(|| section.to_owned());
        }
        assert_eq!(page.finish("hint", "too long"), "12345*2 hints more left out: too long.*\n\n");
    }

    #[test]
    fn what_passed_makes_room() {
        let of = |name: &str, outcome| sample::challenge(name, name, name, vec![sample::hint(0, "x", outcome)]);
        let mut challenges: Vec<_> = (0..50).map(|number| of(&format!("good{number}"), Outcome::Passed)).collect();
        challenges.push(of("bad", Outcome::Failed));
        let text = table(&sample::report(challenges), 500);
        assert!(text.contains("| bad | failed | 0 | 1 | 0 | 0 | 0 |\n") && text.contains("| good0 |"), "{text}");
        assert!(!text.contains("| good40 |") && text.len() < 600, "{text}");
        assert!(text.ends_with(" challenges more.*\n"), "{text}");
    }
}
