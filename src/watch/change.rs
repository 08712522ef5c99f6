//! What is different from one run to the next.

use std::fmt;

use crate::verdict::Outcome;

/// What became of a hint, without the reasons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// It passed.
    Passed,
    /// It failed.
    Failed,
    /// It could not be checked.
    Errored,
    /// It was not looked at, or has no test.
    Open,
}

impl From<&Outcome> for Mark {
    fn from(outcome: &Outcome) -> Self {
        match outcome {
            Outcome::Passed => Self::Passed,
            Outcome::Failed(_) => Self::Failed,
            Outcome::Errored(_) => Self::Errored,
            Outcome::Unchecked | Outcome::Skipped(_) => Self::Open,
        }
    }
}

/// A hint that is not what it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// Number of the hint, from 1.
    pub hint: usize,
    /// What it is now.
    pub now: Mark,
}

impl fmt::Display for Change {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.now {
            Mark::Passed => "now passes",
            Mark::Failed => "fails now",
            Mark::Errored => "could not be checked now",
            Mark::Open => "was not looked at now",
        };
        write!(formatter, "hint {} {what}", self.hint)
    }
}

/// The hints that are not what they were, told apart by their texts: a hint that is new, or says something else, has no past.
pub fn changes(before: &[(String, Mark)], now: &[(String, Mark)]) -> Vec<Change> {
    let same = |index: usize, text: &str| before.get(index).filter(|(known, _)| known == text);
    let of = |(index, (text, mark)): (usize, &(String, Mark))| {
        let known = same(index, text).or_else(|| before.iter().find(|(known, _)| known == text));
        known.filter(|(_, was)| was != mark).map(|_| Change { hint: index + 1, now: *mark })
    };
    now.iter().enumerate().filter_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hints(marks: &[(&str, Mark)]) -> Vec<(String, Mark)> {
        marks.iter().map(|(text, mark)| ((*text).to_owned(), *mark)).collect()
    }

    #[test]
    fn hints_are_told_apart_by_their_texts() {
        let before = hints(&[("a", Mark::Failed), ("b", Mark::Passed), ("c", Mark::Passed)]);
        let now = hints(&[("a", Mark::Passed), ("b", Mark::Failed), ("c", Mark::Passed)]);
        let told: Vec<String> = changes(&before, &now).iter().map(ToString::to_string).collect();
        assert_eq!(told, ["hint 1 now passes", "hint 2 fails now"]);
        // One was put in front, and one is new.
        let now = hints(&[("new", Mark::Failed), ("a", Mark::Failed), ("b", Mark::Errored)]);
        let told: Vec<String> = changes(&before, &now).iter().map(ToString::to_string).collect();
        assert_eq!(told, ["hint 3 could not be checked now"]);
        assert_eq!(changes(&before, &before), []);
    }
}
