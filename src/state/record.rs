//! What is remembered of a project.

use serde::{Deserialize, Serialize};

/// The version of the file's form. A file of another version is set aside.
pub(super) const VERSION: u32 = 1;
/// Challenges that are remembered of one project; the oldest are forgotten first.
const MOST_CHALLENGES: usize = 2000;
/// Hints that are remembered of one challenge.
const MOST_HINTS: usize = 1000;
/// Characters of a title or name that are remembered.
const LONGEST: usize = 300;

/// What is remembered of a project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Record {
    pub(super) version: u32,
    /// The project's folder, without links.
    pub folder: String,
    /// Its challenges, in the order in which they were first graded.
    pub challenges: Vec<Graded>,
}

/// A challenge as it was last graded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Graded {
    /// Which.
    #[serde(flatten)]
    pub id: Id,
    /// Its name, for people.
    pub name: String,
    /// Its title.
    pub title: String,
    /// When, in seconds since 1970.
    pub at: i64,
    /// What became of its hints, in order.
    pub hints: Vec<Mark>,
}

/// What tells challenges apart.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Id {
    /// Language folder.
    pub language: Option<String>,
    /// Block.
    pub block: Option<String>,
    /// The challenge's id.
    pub id: String,
}

/// What became of a hint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mark {
    /// It passed.
    Passed,
    /// It failed.
    Failed,
    /// It could not be checked.
    Errored,
    /// It has no test.
    Unchecked,
    /// It was not looked at, and never before either.
    Skipped,
}

impl Record {
    /// Nothing yet.
    pub(super) fn new(folder: String) -> Self {
        Self { version: VERSION, folder, challenges: Vec::new() }
    }

    /// Takes note of a challenge. Hints that were not looked at this time keep what became of them before, as long as
    /// the challenge has as many hints as then.
    pub fn note(&mut self, mut new: Graded) {
        new.hints.truncate(MOST_HINTS);
        for text in [&mut new.name, &mut new.title] {
            *text = text.chars().take(LONGEST).collect();
        }
        match self.challenges.iter_mut().find(|old| old.id == new.id) {
            // Of two runs at once, the one that began later knows better.
            Some(old) if old.at > new.at => {}
            Some(old) => {
                if old.hints.len() == new.hints.len() {
                    for (new, old) in new.hints.iter_mut().zip(&old.hints) {
                        if *new == Mark::Skipped {
                            *new = *old;
                        }
                    }
                }
                *old = new;
            }
            None => self.challenges.push(new),
        }
        if self.challenges.len() > MOST_CHALLENGES {
            let oldest = self.challenges.iter().enumerate().min_by_key(|(_, graded)| graded.at).map(|(index, _)| index);
            if let Some(oldest) = oldest {
                self.challenges.remove(oldest);
            }
        }
    }

    /// What is known of a challenge.
    pub fn get(&self, id: &Id) -> Option<&Graded> {
        self.challenges.iter().find(|graded| graded.id == *id)
    }
}

impl Graded {
    /// How many hints have this mark.
    pub fn count(&self, mark: Mark) -> usize {
        self.hints.iter().filter(|hint| **hint == mark).count()
    }

    /// Whether a hint failed or could not be checked.
    pub fn is_open(&self) -> bool {
        self.hints.iter().any(|hint| matches!(hint, Mark::Failed | Mark::Errored))
    }

    /// Whether it passed as a whole: every hint that has a test.
    pub fn is_passed(&self) -> bool {
        let settled = self.hints.iter().all(|hint| matches!(hint, Mark::Passed | Mark::Unchecked));
        settled && self.hints.contains(&Mark::Passed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Mark::{Failed, Passed, Skipped, Unchecked};

    fn graded(id: &str, at: i64, hints: &[Mark]) -> Graded {
        let id = Id { language: None, block: None, id: id.to_owned() };
        Graded { id, name: "n".into(), title: "t".into(), at, hints: hints.to_vec() }
    }

    #[test]
    fn what_was_not_looked_at_is_as_before() {
        let mut record = Record::new(String::new());
        record.note(graded("a", 1, &[Failed, Passed]));
        record.note(graded("a", 2, &[Skipped, Passed]));
        assert_eq!(record.challenges[0].hints, [Failed, Passed]);
        record.note(graded("a", 3, &[Skipped, Passed, Passed]));
        assert_eq!(record.challenges[0].hints, [Skipped, Passed, Passed]);
        assert_eq!(record.challenges.len(), 1);
    }

    #[test]
    fn an_older_run_does_not_overwrite_a_newer_one() {
        let mut record = Record::new(String::new());
        record.note(graded("a", 2, &[Passed]));
        record.note(graded("a", 1, &[Failed]));
        assert_eq!(record.challenges[0].hints, [Passed]);
    }

    #[test]
    fn the_record_is_bounded() {
        let mut record = Record::new(String::new());
        for index in 0..MOST_CHALLENGES + 5 {
            let mut graded = graded(&index.to_string(), i64::try_from(index).unwrap(), &[Passed; 2 * MOST_HINTS]);
            graded.title = "t".repeat(1000);
            record.note(graded);
        }
        assert_eq!(record.challenges.len(), MOST_CHALLENGES);
        assert_eq!(record.challenges[0].id.id, "5");
        assert_eq!((record.challenges[0].hints.len(), record.challenges[0].title.len()), (MOST_HINTS, LONGEST));
    }

    #[test]
    fn passed_and_open() {
        assert!(graded("a", 1, &[Passed, Unchecked]).is_passed());
        assert!(!graded("a", 1, &[Unchecked]).is_passed());
        assert!(!graded("a", 1, &[Passed, Skipped]).is_passed() && !graded("a", 1, &[Passed, Skipped]).is_open());
        assert!(graded("a", 1, &[Passed, Failed]).is_open());
    }
}
